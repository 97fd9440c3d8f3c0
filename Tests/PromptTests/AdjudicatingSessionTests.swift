import Comparison
import Storage
import Foundation
import Pages
import Reports
import Standoff
import TestSupport
import Testing

@testable import Prompt

/// The prompt over what annotators differ in.
@Suite struct AdjudicatingSessionTests {
  /// What a set says, whatever its ids, times, notes and origins.
  ///
  /// - Parameter document: if given, attributes are taken as they count, with speakers wherever they stand.
  static func content(_ set: AnnotationSet, in document: Document? = nil) -> Set<String> {
    let counted = document.map { SharedLists().counted(set, in: $0) }
    func name(_ id: Int) -> String {
      set.span(id).map { span in
        // Who speaks is said of the contents; two annotators' sources may say it or not.
        let attributes = document != nil && span.label == "source" ? [:] : counted?[id] ?? span.attributes
        return "\(span.label) \(span.fragments) \(attributes.sorted { $0.key < $1.key })"
      } ?? "?"
    }
    return Set(
      set.spans.map { name($0.id) }
        + set.relations.map { relation in
          switch relation.to {
          case .span(let id): "\(name(relation.from)) \(relation.type) \(name(id))"
          case .absent: "\(name(relation.from)) \(relation.type) absent"
          }
        })
  }

  /// Always taking one annotator's version makes that annotator's file, in documents of the sample corpus.
  @Test(.tags(.slow), arguments: ["dana", "eli", "noor"]) func `whose version is always taken is whose file comes out`(
    who: String
  )
    throws
  {
    let desk = try Desk.unadjudicated()
    for name in try desk.workspace.documentNames().prefix(4) {
      let document = try desk.workspace.document(name)
      guard let own = try desk.workspace.annotations(of: who, on: document) else { continue }
      var session = try desk.adjudicate(name)
      for _ in 0..<200 {
        guard let adjudication = session.adjudication, let dispute = adjudication.dispute else { break }
        let index = try #require(adjudication.part.annotators.firstIndex(of: who))
        var number: Int?
        switch dispute {
        case .document: continue
        case .spans(let group):
          number = adjudication.versions(of: group).firstIndex { $0.annotators.contains(index) }
        case .attribute(let group, let name):
          number = adjudication.values(of: group, name).firstIndex { $0.annotators.contains(index) }
        case .relations(let group, let type):
          number = adjudication.targets(of: group, type, session.set).firstIndex { $0.annotators.contains(index) }
        }
        let page = session.answer(number.map { "\($0 + 1)" } ?? "0")
        #expect(!page.isRefusal, "\(page.text)")
      }
      #expect(session.prompt == "\(name) all settled> ")
      let differ = Self.content(session.set, in: document).symmetricDifference(Self.content(own, in: document))
      #expect(differ.isEmpty, "\(name): \(differ.sorted())")
      #expect(session.answer("done!").text.contains("F1 with gold"))
      #expect(session.set.status == .complete)
      _ = session.close()
      #expect(try WorkspaceCheck(in: desk.workspace, documents: [name]).isClean)
    }
  }

  @Test func `what is agreed is taken over, each span says how it came to be, and nobody's file is touched`() throws {
    let desk = try Desk.unadjudicated()
    let before = try Self.files(desk)
    var session = try desk.adjudicate()
    let agreed = session.set.spans.count
    #expect(agreed > 5 && session.set.spans.allSatisfy { $0.origin["decision"] == "agreed" })
    #expect(session.set.spans[0].origin["annotators"] == "dana eli noor")
    _ = session.answer("1 the letter says so")
    let decided = try #require(session.set.spans.last)
    #expect(decided.origin["decision"] == "version" && decided.origin["adjudicator"] == "lead")
    #expect(decided.origin["reason"] == "the letter says so")
    #expect(session.set.role == .gold && session.set.annotator == "gold")
    _ = session.close()
    #expect(try Self.files(desk) == before)
  }

  static func files(_ desk: Desk) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in ["dana", "eli", "noor"] {
      let path = desk.workspace.path(of: name, on: "ferry-contract")
      files[path] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return files
  }

  /// Two annotators of a text, and the session over what they differ in.
  static func session(_ text: String, _ first: [String], _ second: [String]) throws -> (Desk, Session) {
    let desk = try Desk()
    try desk.add(text)
    for (annotator, lines) in [("dana", first), ("eli", second)] {
      var session = try desk.open(as: annotator)
      for line in lines { #expect(!session.answer(line).isRefusal, "\(line)") }
      _ = session.answer("done!")
      _ = session.close()
    }
    return (desk, try desk.adjudicate("doc"))
  }

  static let text = "The mayor said taxes will certainly fall in May."

  @Test func `union, intersection, all and none do what they say`() throws {
    for (key, marked) in [
      ("1", "The mayor said ⟦claim: taxes will certainly⟧ fall in May."),
      ("2", "The mayor said taxes ⟦claim: will certainly fall⟧ in May."),
      ("|", "The mayor said ⟦claim: taxes will certainly fall⟧ in May."),
      ("&", "The mayor said taxes ⟦claim: will certainly⟧ fall in May."),
      ("0", "The mayor said taxes will certainly fall in May."),
    ] {
      var (_, session) = try Self.session(Self.text, ["c 4-6"], ["c 5-7"])
      #expect(!session.answer(key).isRefusal)
      #expect(session.marked == marked, "\(key)")
      #expect(session.prompt == "doc all settled> ")
      _ = session.answer("u")
      #expect(session.prompt == "doc 1 of 1 open> " && session.set.spans.isEmpty)
      _ = session.close()
    }
    var (_, session) = try Self.session(Self.text, ["c 4-6"], ["c 5-7"])
    _ = session.answer("+")
    #expect(session.set.spans.count == 2 && session.prompt == "doc all settled> ")
    // A second thought replaces the first.
    _ = session.answer("p")
    _ = session.answer("2")
    #expect(session.marked == "The mayor said taxes ⟦claim: will certainly fall⟧ in May.")
  }

  @Test func `any other verb corrects a span and so settles the dispute`() throws {
    var (_, session) = try Self.session(Self.text, ["c 4-6"], ["c 5-7"])
    #expect(session.answer("c taxes..May").text.contains("+ claim 1"))
    #expect(session.prompt == "doc all settled> ")
    let span = try #require(session.set.spans.first)
    #expect(span.origin["decision"] == "corrected" && span.origin["adjudicator"] == "lead")
    #expect(session.set.declined.count == 2)
    _ = session.answer("u")
    #expect(session.prompt == "doc 1 of 1 open> ")
    // What lies elsewhere settles nothing.
    _ = session.answer("s 1-2")
    #expect(session.prompt == "doc 1 of 1 open> ")
    #expect(session.set.spans.last?.origin["decision"] == "added")
  }

  @Test func `what is said of a span that was decided settles nothing else`() throws {
    // The same words are a denial and a claim: two places.
    var (desk, session) = try Self.session(
      Self.text, ["d 4-6", "c 4-6", "set 2 about tax"], ["d 4-6", "set 1 about tax"])
    #expect(session.prompt == "doc 2 of 2 open> ")
    _ = session.answer("1")
    #expect(session.prompt == "doc 1 of 2 open> ")
    for line in ["note 1 check the tape", "set 1 about rates", "by 1 \"The mayor\"", "doubt 1 why"] {
      #expect(!session.answer(line).isRefusal && session.prompt == "doc 1 of 2 open> ", "\(line)")
    }
    #expect(session.set.spans[0].origin["decision"] == "corrected" && session.set.declined.isEmpty)
    // Other words, or another label, settle the place of the span and no other.
    #expect(!session.answer("e 1 5-6").isRefusal && session.prompt == "doc 1 of 2 open> ")
    #expect(!session.answer("e 1 denial").isRefusal && session.prompt == "doc 1 of 2 open> ")
    #expect(session.set.declined.map(\.key.label) == ["claim"])
    _ = session.close()
    session = try desk.adjudicate("doc")
    #expect(session.prompt == "doc 1 of 2 open> ")
  }

  @Test func `what was agreed and is corrected, or deleted, does not come back`() throws {
    for line in ["e 1 5-6", "e 1 denial", "x 1"] {
      var (desk, session) = try Self.session(Self.text, ["c 4-6", "s 1-2", "k 3"], ["c 4-6", "s 1-2"])
      let spans = session.set.spans
      #expect(spans.map(\.origin["decision"]) == ["agreed", "agreed"])
      let claim = try #require(spans.first { $0.label == "claim" })
      #expect(!session.answer(line.replacing(" 1", with: " \(claim.id)", maxReplacements: 1)).isRefusal)
      let after = session.set.spans
      _ = session.close()
      session = try desk.adjudicate("doc")
      #expect(session.set.spans == after, "\(line)")
      #expect(session.prompt == "doc 1 of 1 open> ")
    }
  }

  @Test func `a corrected span gets its source when that is settled later`() throws {
    var (_, session) = try Self.session(
      Self.text, ["c 4-6 < 1-2"], ["c 4-7 < The mayor", "s 2"])
    let claim = try #require(session.adjudication?.dispute)
    #expect(session.adjudication?.isSettled(claim, session.set) == false)
    _ = session.answer("c 5-6")
    #expect(session.set.relations.map(\.type) == [])
    for _ in 0..<3 { _ = session.answer("1") }
    #expect(session.set.relations.map(\.type) == ["said-by"])
  }

  @Test func `labels and attributes are decided by version, and what cannot be combined is refused`() throws {
    var (_, session) = try Self.session(
      Self.text, ["c 4-6", "set . about tax"], ["d 4-6", "set . about tax"])
    #expect(session.answer("|").isRefusal && session.answer("3").isRefusal)
    #expect(!session.answer("2").isRefusal)
    #expect(session.set.spans.map(\.label) == ["denial"])
    (_, session) = try Self.session(Self.text, ["c 4-6", "set . about tax"], ["c 4-6", "set . about rates"])
    #expect(session.answer("+").isRefusal)
    #expect(!session.answer("2").isRefusal)
    #expect(session.set.spans.map(\.attributes) == [["about": "rates"]])
    #expect(session.prompt == "doc all settled> ")
  }

  @Test func `relations are decided once their ends are`() throws {
    let text = "The mayor said taxes fall. The premier said rents fall. Both deny it."
    let lines = ["c 4-5", "n", "c 4-5", "n", "d 2-3"]
    var (_, session) = try Self.session(text, lines + ["3 > 1"], lines + ["3 > 2"])
    #expect(session.set.spans.count == 3 && session.prompt == "doc 1 of 1 open> ")
    let view = session.plainView.text
    #expect(view.contains("denies of denial") && view.contains("taxes fall") && view.contains("rents fall"))
    _ = session.answer("2")
    #expect(session.set.relations.map(\.to) == [.span(2)])
    #expect(session.prompt == "doc all settled> ")
    _ = session.answer("u")
    _ = session.answer("0")
    #expect(session.set.relations.isEmpty && session.prompt == "doc all settled> ")
    _ = session.answer("p")
    _ = session.answer("+")
    #expect(session.set.relations.count == 2)
  }

  @Test(.tags(.slow)) func `who is blind sees letters, in an order that tells nothing`() throws {
    let desk = try Desk.unadjudicated()
    var pages = ""
    var session = try desk.adjudicate(blind: true, canAsk: true)
    for _ in 0..<30 {
      pages += session.opening.text + session.view(width: 100, colour: false).text + session.answer("1").text
    }
    for line in ["compare", "agree", "status", "show \(session.set.spans.last?.id ?? 1)"] {
      pages += session.answer(line).text
    }
    for name in ["dana", "eli", "noor"] {
      let line = pages.split(separator: "\n").first { $0.split { !$0.isLetter }.contains(name[...]) }
      #expect(line == nil)
    }
    #expect(pages.contains("A    ") && pages.contains("· A"))
    var orders: Set<[String]> = []
    for name in try desk.workspace.documentNames() {
      let other = try desk.adjudicate(name == "ferry-contract" ? "harbor-audit" : name, blind: true)
      orders.insert(other.adjudication?.part.annotators ?? [])
      var copy = other
      _ = copy.close()
    }
    #expect(orders.count > 2)
    _ = session.close()
  }

  @Test func `a decision is where it was on coming back, and next goes to another document`() throws {
    let desk = try Desk.unadjudicated()
    var session = try desk.adjudicate()
    for _ in 0..<5 { _ = session.answer("1") }
    let (prompt, content) = (session.prompt, Self.content(session.set))
    _ = session.close()
    session = try desk.adjudicate()
    #expect(session.prompt == prompt && Self.content(session.set) == content)
    #expect(session.answer("done").text.contains("disputes are open"))
    #expect(session.set.status == .inProgress)
    #expect(!session.answer("next").isRefusal)
    #expect(session.document.id == "harbor-audit" && session.adjudication != nil)
    _ = session.close()
  }

  @Test func `Enter goes to what is open, n and p to the neighbours, and adjudicate begins at the prompt`() throws {
    let desk = try Desk.unadjudicated()
    var session = try desk.open("ferry-contract", as: "lead")
    #expect(session.answer("adjudicate blindly").isRefusal)
    #expect(!session.answer("adjudicate blind").isRefusal)
    #expect(session.adjudication?.isBlind == true && session.annotator == "gold")
    #expect(session.answer("adjudicate").text.hasPrefix("Open: 30 disputes – missing 10, boundary 9, label 2, split 1"))
    let places = try #require(session.adjudication).open(session.set)
    _ = session.answer("1")
    _ = session.answer("p")
    #expect(session.adjudication?.current == places[0])
    _ = session.answer("")
    #expect(session.adjudication?.current == places[1])
    _ = session.answer("")
    #expect(session.adjudication?.current == places[2])
    for _ in 2..<places.count { _ = session.answer("") }
    #expect(session.adjudication?.current == places[1], "round to the first that is open")
    _ = session.answer("n")
    #expect(session.adjudication?.current == places[2])
    _ = session.close()
  }

  @Test func `without an adjudication its words mean nothing, and without two who are done there is none`() throws {
    let desk = try Desk.unadjudicated()
    var session = try desk.open("ferry-contract")
    #expect(session.answer("1").text.contains("Numbers need a label's key before them"))
    #expect(session.answer("|").text.contains("“|” decides a dispute."))
    _ = session.close()
    try desk.add("Nobody has read this.", id: "new")
    #expect(throws: Complaint.self) { try desk.adjudicate("new") }
    #expect(throws: Complaint.self) {
      try Session(
        adjudicating: "ferry-contract", in: desk.workspace, by: "gold", annotators: [], isBlind: false, canAsk: false,
        me: ""
      ) { Desk.time }
    }
  }

  @Test func `a document is adjudicated from the first dispute to the last`() throws {
    let desk = try Desk.compared()
    var session = try desk.adjudicate("taxes")
    let opening = session.opening.text
    expect(
      opening
        + session.transcript([
          "", "2 eli has the words", "1", "u", "0", "1", "show", "p", "list", "1", "2", "1", "1", "done!",
        ]),
      #"""
      Title
      gold · 3 sentences · 1 span · scheme claims-denials-quotes 1.1.0
      adjudicated by lead: dana and eli, 4 span disputes and 0 relations to settle, 1 agreed
      Open: 4 disputes – missing 2, boundary 1, label 1, about 1; one may be of several kinds.
      1–9 a version  0 none  + all  | any words  & common words  rest NAME  · u · . again · Enter for the next · help
      taxes 4 of 4 open> 
      taxes 4 of 4 open> 2 eli has the words
      + claim 2 ‹taxes will fall›
      + 2 said-by 1
      taxes 3 of 4 open> 1
      + denial 3 ‹“That is baseless,”› about=taxes
      + 3 denies 2
      taxes 2 of 4 open> u
      Undone: − 3 denies 2
      Undone: no longer declined: quote ‹“That is baseless,”›
      Undone: − denial 3 ‹“That is baseless,”› about=taxes
      taxes 3 of 4 open> 0
      not taken: denial ‹“That is baseless,”›
      not taken: quote ‹“That is baseless,”›
      None taken.
      taxes 2 of 4 open> 1
      not taken: claim ‹rose›
      taxes 1 of 4 open> show
      Title
      1  The mayor said taxes will fall in May.
          source 1 ‹The mayor›
          claim 2 ‹taxes will fall›  said-by 1
      2  “That is baseless,” Ms. Tarn said, “and he knows it.”
      3  Taxes rose.
      taxes 1 of 4 open> p
      This is the first dispute.
      taxes 1 of 4 open> list
      1: source 1 ‹The mayor›
      1: claim 2 ‹taxes will fall›
          2 said-by 1
      taxes 1 of 4 open> 1
      + cue 4 ‹said›
      All is settled. “done” marks the adjudicated version done; “p” goes back.
      taxes all settled> 2
      There is nothing to decide.
      “done” marks the adjudicated version done.
      taxes all settled> 1
      There is nothing to decide.
      “done” marks the adjudicated version done.
      taxes all settled> 1
      There is nothing to decide.
      “done” marks the adjudicated version done.
      taxes all settled> done!
      Done: taxes. “next” opens the next document.
      F1 with gold    all  claim  denial  quote  source    cue
      dana          0.571  0.000   0.000      –   1.000  1.000
      eli           0.571  0.667       –  0.000   1.000  0.000
      Exact spans, this document only; “agree --reference gold” covers all documents, with intervals.

      """#)
  }

  @Test(.tags(.slow)) func `a habit is settled as a whole, shown with examples first, and taken back by one undo`()
    throws
  {
    let desk = try Desk.unadjudicated()
    var session = try desk.adjudicate(canAsk: true)
    let list = session.answer("settle").text
    #expect(list.contains("2. eli leaves about unset on quotes, dana and noor do not: 32 of 32; 5 open here"))
    let before = session.set
    let offer = session.answer("settle 2").text
    #expect(offer.contains("That takes dana's version of 5 disputes here:") && offer.contains("1  take them"))
    #expect(offer.split(separator: "\n").count { $0.hasPrefix("  sentence ") } == 3 && session.set == before)
    let answer = session.answer("1").text
    #expect(answer.contains("5 disputes settled as dana has it. “u” takes all of it back."))
    #expect(session.set.spans.count { $0.label == "quote" && $0.attributes["about"] != nil } >= 5)
    #expect(!session.answer("settle").text.contains("2. eli leaves about unset"))
    _ = session.answer("u")
    #expect(session.set.spans == before.spans && session.set.relations == before.relations)
    #expect(session.answer("settle 9").text.contains("No habit 9 is open in this document."))
    #expect(session.answer("settle 2 nobody").text.contains("“nobody” is none of these annotators."))
    #expect(session.answer("settle 2 noor").text.contains("That takes noor's version of"))
    _ = session.close()
    var blind = try desk.adjudicate(blind: true)
    #expect(blind.answer("settle").text.contains("this adjudication hides the names"))
    _ = blind.close()
  }
}
