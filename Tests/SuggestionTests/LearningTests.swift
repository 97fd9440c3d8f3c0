import Foundation
import Standoff
import Testing

@testable import Suggestion

@Suite struct LearningTests {
  private static func scheme() throws -> Scheme {
    try Scheme(
      name: "attribution", version: "1.0.0",
      labels: [
        Scheme.Label(
          name: "content", key: "c", colour: .cyan, kind: .content, selects: .sentence, description: "What is said."),
        Scheme.Label(
          name: "source", key: "s", colour: .green, kind: .source, selects: nil, description: "Who says it."),
        Scheme.Label(name: "cue", key: "k", colour: .yellow, kind: .cue, selects: nil, description: "How."),
      ])
  }

  /// Short articles in which contents are marked with “that”, which the lexicon does not do.
  private static func documents(_ count: Int) throws -> [TaggedDocument] {
    let names = ["Ann Low", "the mayor", "Tom Reed", "a spokesman", "Eve Falk", "the board", "Dr. Noor Hale"]
    let claims = ["taxes would fall in May", "the bridge was safe", "no bus ran on Sunday", "the well had run dry"]
    return try (0..<count).map { index in
      var (text, spans): (String, [(String, Range<Int>)]) = ("", [])
      for line in 0..<4 {
        let name = names[(index * 3 + line) % names.count]
        let cue = ["said", "claimed", "told reporters"][(index + line) % 3]
        let content = "that \(claims[(index + 2 * line) % claims.count])"
        var at = text.unicodeScalars.count
        for (label, words) in [("source", name), ("cue", cue), ("content", content)] {
          let length = words.unicodeScalars.count
          spans.append((label, at..<(at + (label == "cue" && cue != "said" && cue != "claimed" ? 4 : length))))
          at += length + 1
        }
        text += "\(name) \(cue) \(content). It rained in \(2000 + index).\n\n"
      }
      let document = Document(
        id: "d\(index)", text: DocumentText(text), sha256: String(repeating: "\(index % 10)", count: 64), title: "d",
        language: "en")
      var set = AnnotationSet(
        document: document.id, annotator: "ana", scheme: try scheme(), textSHA256: document.sha256,
        textLength: document.text.count)
      for (label, words) in spans {
        let range = TextRange(words.lowerBound, words.upperBound)
        try set.apply(set.adding(label: label, fragments: [range], at: Timestamp(secondsSince1970: 0)))
      }
      return TaggedDocument(document, set)
    }
  }

  private static func suggester() throws -> Suggester {
    Suggester(scheme: try scheme(), lexicon: try FinderTests.lexicon("en"))
  }

  @Test func `what is marked another way than the lexicon has it is learned from seven documents`() throws {
    let documents = try Self.documents(8)
    let learning = try #require(Learning(Array(documents.dropLast()), suggester: Self.suggester()))
    let found = learning.spans(in: documents[7].document)
    for label in ["content", "source", "cue"] {
      let gold = Set(documents[7].set.spans.filter { $0.label == label }.map(\.fragments))
      #expect(Set(found[label] ?? []).intersection(gold).count >= gold.count - 1, "\(label): \(found[label] ?? [])")
    }
    let held = try #require(learning.heldOut["content"])
    #expect(held.wanted == 28 && held.right > 18 && held.shown >= held.right)
  }

  @Test func `the same documents in another order give the same bytes`() throws {
    let documents = try Self.documents(6)
    let models = try [documents, documents.reversed()].map { documents in
      try #require(Learning(Array(documents), suggester: Self.suggester())?.kept(as: "m", documents: 6)).encoded()
    }
    #expect(models[0] == models[1])
  }

  @Test func `a kept model finds what it found, under the names that it was given, and holds no word of the text`()
    throws
  {
    let documents = try Self.documents(8)
    let learning = try #require(Learning(Array(documents.dropLast()), suggester: Self.suggester()))
    let bytes = try #require(learning.kept(as: "desk", documents: 7)).encoded()
    let kept = try KeptModel(bytes)
    #expect(Set(kept.labels) == ["content", "source", "cue"] && kept.name == "desk" && kept.documents == 7)
    let again = Learning(kept, suggester: try Self.suggester()).spans(in: documents[7].document)
    #expect(again["content"] == learning.spans(in: documents[7].document)["content"])
    let renamed = try #require(learning.kept(as: "desk", documents: 7, renaming: ["content": "claim"]))
    #expect(renamed.labels.contains("claim") && !renamed.labels.contains("content"))
    let text = String(decoding: bytes, as: UTF8.self)
    for word in ["mayor", "bridge", "reporters", "Falk"] { #expect(!text.contains(word)) }
  }

  @Test func `a model that is no model, is cut short or has one bit turned is refused`() throws {
    let learning = try #require(Learning(try Self.documents(4), suggester: Self.suggester()))
    let bytes = try #require(learning.kept(as: "desk", documents: 4)).encoded()
    #expect(throws: KeptModel.Fault.otherFormat) { try KeptModel(Array("{}".utf8)) }
    #expect(throws: KeptModel.Fault.damaged) { try KeptModel(bytes.dropLast()) }
    #expect(throws: KeptModel.Fault.damaged) { try KeptModel(bytes + [0]) }
    for place in stride(from: 20, to: bytes.count, by: bytes.count / 40) {
      var damaged = bytes
      damaged[place] ^= 4
      #expect(throws: KeptModel.Fault.self) { try KeptModel(damaged) }
    }
  }

  @Test func `fragments around source and cue are one span where examples say so`() throws {
    var documents: [TaggedDocument] = []
    for index in 0..<8 {
      var (text, pieces): (String, [[String]]) = ("", [])
      for (name, first, second) in [
        ("Ann Low", "“It is late,”", "“and we are tired.”"), ("the mayor", "“Nobody came,”", "“because it rained.”"),
      ] {
        text += "\(first) said \(name), \(second)\n\nIt was the \(index)th day.\n\n"
        pieces.append([first, second])
      }
      let document = Document(
        id: "q\(index)", text: DocumentText(text), sha256: String(repeating: "\(index)", count: 64), title: "q",
        language: "en")
      var set = AnnotationSet(
        document: document.id, annotator: "ana", scheme: try Self.scheme(), textSHA256: document.sha256,
        textLength: document.text.count)
      for fragments in pieces {
        let ranges = fragments.map { words in
          let start = text.unicodeScalars.distance(
            from: text.unicodeScalars.startIndex, to: text.range(of: words)?.lowerBound ?? text.startIndex)
          return TextRange(start, start + words.unicodeScalars.count)
        }
        try set.apply(set.adding(label: "content", fragments: ranges, at: Timestamp(secondsSince1970: 0)))
      }
      documents.append(TaggedDocument(document, set))
    }
    let learning = try #require(Learning(Array(documents.dropLast()), suggester: Self.suggester()))
    let found = Set(learning.spans(in: documents[7].document)["content"] ?? [])
    #expect(found == Set(documents[7].set.spans.map(\.fragments)))
  }
}
