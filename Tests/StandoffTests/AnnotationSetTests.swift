import Standoff
import Testing

@Suite struct AnnotationSetTests {
  static let time = Timestamp(secondsSince1970: 1_795_000_000)

  static func scheme() throws -> Scheme {
    try Scheme(
      name: "test", version: "1.0.0",
      labels: [
        Scheme.Label(
          name: "claim", key: "c", colour: .blue, kind: .content, selects: .sentence, description: "A claim."),
        Scheme.Label(
          name: "denial", key: "d", colour: .red, kind: .content, selects: .sentence, description: "A denial.",
          requires: [["denies"]]),
        Scheme.Label(name: "source", key: "s", colour: .cyan, kind: .source, selects: nil, description: "A source."),
      ],
      attributes: [
        Scheme.Attribute(name: "speaker", labels: ["claim", "denial"], values: nil, description: "Who."),
        Scheme.Attribute(name: "negation", labels: ["denial"], values: ["content", "cue"], description: "Where."),
      ],
      relations: [
        Scheme.RelationType(name: "denies", from: ["denial"], to: ["claim"], absent: true, description: "What."),
        Scheme.RelationType(
          name: "said-by", from: ["claim", "denial"], to: ["source"], absent: false, description: "By whom."),
      ])
  }

  static func set() throws -> AnnotationSet {
    AnnotationSet(document: "d", annotator: "a", scheme: try scheme(), textSHA256: "", textLength: 100)
  }

  static func span(_ id: Int, _ label: String = "claim", _ ranges: [TextRange] = [TextRange(0, 5)]) -> Annotation {
    Annotation(id: id, label: label, fragments: ranges, created: time)
  }

  @Test func `an edit and its inverse leave the set as it was, over thousands of edits`() throws {
    for seed in 0..<60 {
      var random = Seeded(seed)
      var set = try Self.set()
      var undo: [(Edit, AnnotationSet)] = []
      for _ in 0..<60 {
        let before = set
        let edit: Edit?
        let ids = set.spans.map(\.id)
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
          let start = Int.random(in: 0..<90, using: &random)
          let end = start + Int.random(in: 1...8, using: &random)
          let label = ["claim", "denial", "source"].randomElement(using: &random) ?? "claim"
          edit = set.adding(label: label, fragments: [TextRange(start, end)], at: Self.time)
        case 2: edit = ids.randomElement(using: &random).flatMap { set.deleting($0) }
        case 3:
          edit = ids.randomElement(using: &random).flatMap { set.relabelling($0, "denial", at: Self.time)?.edit }
        case 4:
          guard let a = ids.randomElement(using: &random), let b = ids.randomElement(using: &random) else { continue }
          edit = set.relating(
            "denies", from: a, to: Bool.random(using: &random) ? .span(b) : .absent("x"), at: Self.time)
        default: edit = set.setting(set.status == .complete ? .inProgress : .complete)
        }
        guard let edit else { continue }
        do throws(AnnotationSet.Refusal) {
          let inverse = try set.apply(edit)
          #expect(inverse == edit.inverse)
          undo.append((inverse, before))
        } catch {
          #expect(set == before, "a refused edit changes nothing")
        }
      }
      while let (inverse, before) = undo.popLast() {
        try set.apply(inverse)
        #expect(set.spans == before.spans && set.relations == before.relations && set.status == before.status)
      }
      #expect(set.spans.isEmpty)
    }
  }

  @Test func `ids are never given twice, also after undo`() throws {
    var set = try Self.set()
    let inverse = try set.apply(set.adding(label: "claim", fragments: [TextRange(0, 3)], at: Self.time))
    try set.apply(inverse)
    #expect(set.nextSpanID == 2)
  }

  @Test func `what the rules forbid is refused with the rule`() throws {
    var set = try Self.set()
    try set.apply(
      Edit([.span(from: nil, to: Self.span(1)), .span(from: nil, to: Self.span(2, "denial", [TextRange(6, 9)]))]))
    func refusal(_ change: Edit.Change) -> AnnotationSet.Refusal? {
      var copy = set
      do throws(AnnotationSet.Refusal) { try copy.apply(Edit([change])) } catch { return error }
      return nil
    }
    func add(_ span: Annotation) -> AnnotationSet.Refusal? { refusal(.span(from: nil, to: span)) }
    #expect(add(Self.span(3)) == .duplicate(of: 1))
    #expect(add(Self.span(1, "denial")) == .spanDiffers(id: 1))
    #expect(add(Self.span(0, "denial")) == .idNotAllowed(0))
    #expect(add(Self.span(3, "rumour")) == .unknownLabel("rumour"))
    #expect(add(Self.span(3, "claim", [TextRange(98, 101)])) == .outsideText(TextRange(98, 101), length: 100))
    #expect(add(Self.span(3, "claim", [])) == .fragmentsNotAllowed(id: 3))
    #expect(add(Self.span(3, "claim", [TextRange(4, 4)])) == .fragmentsNotAllowed(id: 3))
    #expect(add(Self.span(3, "claim", [TextRange(4, 6), TextRange(6, 8)])) == .fragmentsNotAllowed(id: 3))
    #expect(add(Self.span(3, "claim", [TextRange(7, 8), TextRange(1, 3)])) == .fragmentsNotAllowed(id: 3))
    var odd = Self.span(3, "claim", [TextRange(10, 12)])
    odd.attributes = ["negation": "cue"]
    #expect(add(odd) == .attributeNotAllowed("negation", label: "claim"))
    odd.label = "denial"
    odd.attributes = ["negation": "both"]
    #expect(add(odd) == .valueNotAllowed("both", attribute: "negation", choices: ["content", "cue"]))
    func relate(_ type: String, _ from: Int, _ to: Relation.Target) -> AnnotationSet.Refusal? {
      refusal(.relation(from: nil, to: Relation(id: 1, type: type, from: from, to: to, created: Self.time)))
    }
    #expect(relate("denies", 2, .span(1)) == nil)
    #expect(relate("denies", 1, .span(2)) == .relationNotAllowed("denies", from: "claim", to: "denial"))
    #expect(relate("denies", 2, .span(9)) == .noSpan(9))
    #expect(relate("denies", 9, .span(1)) == .noSpan(9))
    #expect(relate("said-by", 2, .absent("")) == .relationNotAllowed("said-by", from: "denial", to: nil))
  }

  @Test func `a span with relations cannot go alone`() throws {
    var set = try Self.set()
    try set.apply(
      Edit([.span(from: nil, to: Self.span(1)), .span(from: nil, to: Self.span(2, "denial", [TextRange(6, 9)]))]))
    try set.apply(set.relating("denies", from: 2, to: .span(1), at: Self.time))
    let before = set
    let alone = Edit([.span(from: set.span(1), to: nil)])
    #expect(throws: AnnotationSet.Refusal.stillRelated(span: 1, relation: 1)) { try set.apply(alone) }
    #expect(set == before)
    try set.apply(try #require(set.deleting(1)))
    #expect(set.relations.isEmpty && set.spans.map(\.id) == [2])
  }

  @Test func `filling at once holds the same rules as edit after edit`() throws {
    for seed in 0..<400 {
      var random = Seeded(seed)
      let spans = (1...6).map { id in
        let start = Int.random(in: 0..<12, using: &random)
        let label = ["claim", "denial", "rumour"][Int.random(in: 0..<20, using: &random) % 19 == 18 ? 2 : id % 2]
        return Self.span(id, label, [TextRange(start, start + Int.random(in: 1...3, using: &random))])
      }
      let relations = (1...2).map { id in
        Relation(
          id: id, type: "denies", from: Int.random(in: 1...7, using: &random),
          to: .span(Int.random(in: 1...6, using: &random)), created: Self.time)
      }
      var one = try Self.set()
      var all = try Self.set()
      let edit = Edit(
        spans.map { .span(from: nil, to: $0) } + relations.map { .relation(from: nil, to: $0) })
      let stepwise = (try? one.apply(edit)) != nil
      let atOnce = (try? all.fill(spans: spans, relations: relations, status: .inProgress, seenTo: 0)) != nil
      #expect(stepwise == atOnce)
      #expect(one.spans == all.spans && one.relations == all.relations)
    }
  }

  @Test func `what a finished denial lacks is named`() throws {
    var set = try Self.set()
    try set.apply(Edit([.span(from: nil, to: Self.span(1, "denial"))]))
    #expect(set.missingRequirements(of: try #require(set.span(1))) == [["denies"]])
    try set.apply(set.relating("denies", from: 1, to: .absent(""), at: Self.time))
    #expect(set.missingRequirements(of: try #require(set.span(1))) == [])
  }

  @Test func `undo and redo go to and fro without limit`() {
    var history = History()
    let edits = (1...500).map { Edit([.span(from: nil, to: Self.span($0))]) }
    for edit in edits { history.record(edit) }
    for edit in edits.reversed() { #expect(history.undo() == edit) }
    #expect(history.undo() == nil)
    for edit in edits { #expect(history.redo() == edit) }
    #expect(history.redo() == nil)
    _ = history.undo()
    history.record(edits[0])
    #expect(history.redo() == nil)
  }

  @Test func `majority keeps what more than half marked alike`() throws {
    func set(_ annotator: String, _ spans: [Annotation], _ relations: [Relation] = []) throws -> AnnotationSet {
      var set = AnnotationSet(
        document: "d", annotator: annotator, scheme: try Self.scheme(), textSHA256: "", textLength: 100)
      try set.fill(spans: spans, relations: relations, status: .complete, seenTo: 100)
      return set
    }
    let claim = Self.span(1)
    let denial = Self.span(2, "denial", [TextRange(6, 9)])
    let link = Relation(id: 1, type: "denies", from: 2, to: .span(1), created: Self.time)
    let merged = Merge.majority([
      try set("a", [claim, denial], [link]), try set("b", [claim, denial], [link]),
      try set("c", [Self.span(7, "claim", [TextRange(0, 6)]), Self.span(8, "denial", [TextRange(6, 9)])]),
    ])
    #expect(merged.spans.map(\.fragments) == [claim.fragments, denial.fragments])
    #expect(merged.spans.map { $0.origin["annotators"] } == ["a b", "a b c"])
    #expect(merged.relations.map(\.to) == [.span(1)])
  }
}
