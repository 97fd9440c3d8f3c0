import Foundation
import Standoff
import Testing

@testable import Suggestion

/// Who speaks, and which claim a denial denies, in words of our own.
@Suite struct RelatingTests {
  private static func scheme() throws -> Scheme {
    func label(_ name: String, _ key: String, _ kind: Scheme.Label.Kind, _ selects: Scheme.Label.Default? = nil)
      -> Scheme.Label
    {
      Scheme.Label(name: name, key: key, colour: .cyan, kind: kind, selects: selects, description: "")
    }
    return try Scheme(
      name: "s", version: "1.0.0",
      labels: [
        label("claim", "c", .content, .sentence), label("denial", "d", .content, .sentence),
        label("source", "s", .source),
      ],
      attributes: [Scheme.Attribute(name: "speaker", labels: ["claim", "source"], values: nil, description: "")],
      relations: [
        Scheme.RelationType(name: "denies", from: ["denial"], to: ["claim"], absent: false, description: ""),
        Scheme.RelationType(
          name: "said-by", from: ["claim", "denial"], to: ["source"], absent: false, description: ""),
      ])
  }

  /// A document of marked text, as `⟦claim: words⟧`, with its spans in reading order.
  private struct Marked {
    let document: Document
    var set: AnnotationSet

    init(_ marked: String, speakers: [Int: String] = [:], saidBy: [Int: Int] = [:], denies: [Int: Int] = [:]) throws {
      var (text, spans): (String, [(String, Int, Int)]) = ("", [])
      for piece in marked.split(separator: "⟦", omittingEmptySubsequences: false) {
        let parts = piece.split(separator: "⟧", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let colon = parts[0].firstIndex(of: ":") else {
          text += piece
          continue
        }
        let words = parts[0][colon...].dropFirst(2)
        spans.append((String(parts[0][..<colon]), text.unicodeScalars.count, words.unicodeScalars.count))
        text += words + parts[1]
      }
      document = Document(
        id: "d", text: DocumentText(text), sha256: String(repeating: "0", count: 64), title: "d", language: "en")
      set = AnnotationSet(
        document: "d", annotator: "ana", scheme: try RelatingTests.scheme(), textSHA256: document.sha256,
        textLength: document.text.count)
      let time = Timestamp(secondsSince1970: 0)
      for (place, (label, start, length)) in spans.enumerated() {
        let fragments = [TextRange(start, start + length)]
        try set.apply(set.adding(label: label, fragments: fragments, at: time))
        if let speaker = speakers[place + 1],
          let edit = set.changing(place + 1, at: time, { $0.attributes["speaker"] = speaker })
        {
          try set.apply(edit)
        }
      }
      for (type, pairs) in [("said-by", saidBy), ("denies", denies)] {
        for (from, to) in pairs.sorted(by: { $0.key < $1.key }) {
          try set.apply(set.relating(type, from: from, to: .span(to), at: time))
        }
      }
    }

    func range(_ words: String) throws -> TextRange {
      let found = try #require(document.text.string.range(of: words, options: .backwards))
      let start = document.text.string.unicodeScalars.distance(
        from: document.text.string.startIndex, to: found.lowerBound)
      return TextRange(start, start + words.unicodeScalars.count)
    }
  }

  /// Who speaks by some words of a text, the last that are like these; a guess with a question mark.
  private func name(_ words: String, _ text: String, speakers: [Int: String] = [:]) throws -> String? {
    let marked = try Marked(text, speakers: speakers)
    let names = SpeakerNames(try FinderTests.lexicon("en"), marked.document, marked.set) {
      $0 == "Reed" ? "Tom Reed" : nil
    }
    return names.name(of: try marked.range(words)).map { $0.name + ($0.isGuess ? "?" : "") }
  }

  @Test(
    arguments: [
      ("Harbour master Olav Brandt", "Olav Brandt"), ("Foreign Ministry spokesman Noor Hale", "Noor Hale"),
      ("Kenya's Foreign Minister Noor Hale", "Noor Hale"),
      ("Eve T. Falk, a spokeswoman for Acme Mobile", "Eve T. Falk"),
      ("Sen. Ida Holm", "Ida Holm"), ("the mayor, Ida Holm", "Ida Holm"), ("Ida Holm’s", "Ida Holm"),
      ("The Harbour Gazette", "Harbour Gazette"), ("the US government", "US government"), ("Acme", "Acme"),
      ("Jan van der Berg", "Jan van der Berg"), ("Reed", "Tom Reed"),
    ]) func `a source gives the name without titles, roles and descriptions`(source: String, name: String) throws
  {
    #expect(try self.name(source, "On Monday \(source) said it was so.") == name)
  }

  @Test(
    arguments: [
      "the company", "its editors", "The dean of Low College", "Ann Low and Tom Reed", "police",
      "the ministry's website",
      "officials",
    ]) func `a source that names nobody has no name`(source: String) throws
  {
    #expect(try name(source, "Then \(source) said it was so.") == nil)
  }

  @Test func `a capital that only begins the sentence makes no name`() throws {
    #expect(try name("Police", "It rained. Police said it was so.") == nil)
    #expect(try name("Divers", "There were divers. Divers said it was so.") == nil)
    #expect(try name("Acme", "It rained. Acme said it was so.") == "Acme")
  }

  @Test func `a surname stands for the last full name before it, else the first after it`() throws {
    #expect(try name("Low", "Ann Low came. Tom Low left. Then Low said so.") == "Tom Low")
    #expect(try name("Low", "The headline said Low wins.\n\nAnn Low came. Mayor Tom Reed left.") == "Ann Low")
    #expect(
      try name("Acme", "⟦source: Acme Mobile⟧ said so. Then Acme said more.", speakers: [1: "Acme Mobile"])
        == "Acme Mobile")
  }

  @Test func `words that had a speaker before have it again`() throws {
    #expect(
      try name("Berlin", "⟦source: Berlin⟧ said so. Then Berlin said more.", speakers: [1: "Germany"]) == "Germany")
  }

  @Test func `of a pronoun the speaker is guessed, the person who spoke last`() throws {
    #expect(
      try name("she", "⟦source: Ida Holm⟧ said so. ⟦source: The Harbour Bank⟧ agreed. Then she said more.")
        == "Ida Holm?")
    #expect(try name("she", "Then she said more.") == nil)
  }

  /// The number of the claim that some words of a text deny.
  private func denied(_ words: String, _ marked: Marked, by speaker: String? = nil) throws -> Int? {
    let claims = try #require(DeniedClaims(FinderTests.lexicon("en"), marked.document, marked.set))
    return claims.claim(deniedBy: [try marked.range(words)], speaker: speaker)
  }

  @Test func `a denial denies the clause that hangs on it`() throws {
    let inside = try Marked(
      "⟦claim: The dam leaks⟧, they said. The owner said the allegation that ⟦claim: the gate was open⟧ was false.")
    #expect(try denied("the allegation that the gate was open was false", inside) == 2)
    let after = try Marked("He spoke of ⟦denial: invented⟧ reports that ⟦claim: the mine is closed⟧.")
    #expect(try denied("invented", after) == 2)
    let claims = try #require(DeniedClaims(FinderTests.lexicon("en"), after.document, after.set))
    #expect(claims.denial(of: [try after.range("the mine is closed")]) == 1)
    let other = try Marked("He ⟦denial: denied it⟧ and said that ⟦claim: the mine is open⟧.")
    let others = try #require(DeniedClaims(FinderTests.lexicon("en"), other.document, other.set))
    #expect(others.denial(of: [try other.range("the mine is open")]) == nil)
  }

  @Test func `a denial denies the earlier claim that says the same, not the nearest`() throws {
    let marked = try Marked(
      "Farmers said ⟦claim: the dam was leaking⟧, and hikers reported that ⟦claim: its gate had been left open⟧. "
        + "The operator said the dam was not leaking.")
    #expect(try denied("the dam was not leaking", marked) == 1)
  }

  @Test func `nobody denies what they said themselves`() throws {
    let marked = try Marked(
      "⟦source: The union⟧ said ⟦claim: the yard had hidden accidents⟧. ⟦source: Ann Low⟧ said "
        + "⟦claim: the yard had few accidents⟧ then. Low said the yard had hidden no accidents.",
      saidBy: [2: 1, 4: 3])
    #expect(try denied("the yard had hidden no accidents", marked, by: "Ann Low") == 2)
  }

  @Test func `what only says that it is not so denies what was denied before`() throws {
    let marked = try Marked(
      "⟦claim: The dam was leaking⟧, farmers said; hikers said ⟦claim: the gate was open⟧. Brandt said "
        + "⟦denial: the dam was not leaking⟧. “They made it up,” he said.", denies: [3: 1])
    #expect(try denied("“They made it up,”", marked) == 1)
  }

  @Test func `where nothing speaks for a claim none is proposed`() throws {
    let far = try Marked(
      "⟦claim: The dam was leaking⟧, farmers said. \(String(repeating: "It rained. ", count: 40))The bank denied it knew of "
        + "missing deposits.")
    #expect(try denied("it knew of missing deposits", far) == nil)
    let near = try Marked("⟦claim: The dam was leaking⟧, farmers said. Brandt said nobody had complained.")
    #expect(try denied("nobody had complained", near) == nil)
    #expect(try denied("It rained", try Marked("It rained.")) == nil)
  }
}
