import Agreement
import Comparison
import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Prompt

/// What must hold whatever keys a lead types.
@Suite struct AdjudicationKeysTests {
  static let text = "The mayor said taxes will fall in May. An aide, records show, denied that rents rose, she said."

  /// A document that two or three people annotated at random, with nested, split and equal spans.
  static func desk(seed: UInt64) throws -> Desk {
    var random = SeededGenerator(seed: seed)
    let desk = try Desk()
    try desk.add(Self.text)
    let document = try desk.workspace.document("doc")
    let scheme = try Desk.scheme()
    let words = Words.ranges(in: document.text.range, of: document.text)
    // What everybody draws from, so that much of it is equal.
    let pool = (0..<9).map { index -> (String, [TextRange]) in
      let edges = (0..<4).map { _ in Int.random(in: 0..<words.count, using: &random) }.sorted()
      let first = TextRange(words[edges[0]].start, words[edges[1]].end)
      let label = ["claim", "denial", "quote", "claim", "source", "source", "cue", "claim", "source"][index]
      let isSplit = label != "source" && edges[2] > edges[1] + 1 && Bool.random(using: &random)
      return (label, isSplit ? [first, TextRange(words[edges[2]].start, words[edges[3]].end)] : [first])
    }
    for name in ["ana", "ben", "cleo"].prefix(seed % 2 == 0 ? 2 : 3) {
      var set = AnnotationSet(
        document: "doc", annotator: name, scheme: scheme, textSHA256: document.sha256, textLength: document.text.count)
      for (label, fragments) in pool where Int.random(in: 0..<4, using: &random) > 0 {
        var attributes: [String: String] = [:]
        if scheme.attribute("about")?.labels.contains(label) == true, Bool.random(using: &random) {
          attributes["about"] = ["tax", "rent"].randomElement(using: &random)
        }
        if label == "source", Bool.random(using: &random) { attributes["speaker"] = "Ida Holm" }
        _ = try? set.apply(
          set.adding(label: label, fragments: fragments, attributes: attributes, note: "doubt: \(name)", at: Desk.time))
      }
      for from in set.spans {
        for type in scheme.relations where Bool.random(using: &random) {
          guard let to = set.spans.randomElement(using: &random), to.id != from.id else { continue }
          _ = try? set.apply(set.relating(type.name, from: from.id, to: .span(to.id), at: Desk.time))
        }
      }
      _ = try set.apply(#require(set.setting(.complete)))
      let bytes = AnnotationFile.encode(set, text: document.text)
      try desk.write(String(decoding: bytes, as: UTF8.self), to: "Annotations/doc/\(name).json")
    }
    return desk
  }

  /// A relation between spans by their words, whatever their ids are.
  struct Tie: Hashable {
    let type: String
    let from: SpanKey
    let to: SpanKey
  }

  static func ties(_ set: AnnotationSet) -> Set<Tie> {
    Set(
      set.relations.compactMap { relation in
        guard case .span(let id) = relation.to, let from = set.span(relation.from), let to = set.span(id) else {
          return nil
        }
        return Tie(type: relation.type, from: SpanKey(from), to: SpanKey(to))
      })
  }

  @Test(arguments: 1...60) func `what all versions share is in gold unless a decision named it`(seed: Int) throws {
    let desk = try Self.desk(seed: UInt64(seed))
    let document = try desk.workspace.document("doc")
    let sets = try ["ana", "ben", "cleo"].compactMap { try desk.workspace.annotations(of: $0, on: document) }
    var session = try desk.adjudicate("doc")
    defer { _ = session.close() }
    var random = SeededGenerator(seed: UInt64(7919 * seed))
    let shared = sets.dropFirst().reduce(Set(sets[0].spans.map(SpanKey.init))) {
      $0.intersection($1.spans.map(SpanKey.init))
    }
    let sharedTies = sets.dropFirst().reduce(Self.ties(sets[0])) { $0.intersection(Self.ties($1)) }
    var named: Set<Int> = []
    var namedTypes: Set<String> = []
    for _ in 0..<40 {
      guard let adjudication = session.adjudication else { break }
      let before = session.set
      let wasSettled = session.settledDisputes
      let keys = [
        "1", "2", "3", "0", "+", "|", "&", "", "p", "u", "redo", "0 not said", "rest ben !", "agreed", "c 3-5",
      ]
      let key = keys.randomElement(using: &random) ?? "1"
      if key.hasPrefix("0") || Int(key) != nil || ["+", "|", "&", "c 3-5"].contains(key),
        let dispute = adjudication.dispute
      {
        if case .relations(let group, let type) = dispute {
          namedTypes.insert("\(group) \(type)")
        } else {
          if let group = dispute.group { named.insert(group) }
        }
      }
      if key.hasPrefix("rest") { named.formUnion(adjudication.openDisputes(before).compactMap(\.group)) }
      let page = session.answer(key)
      // What was settled and is open again is said, except where the lead undid it.
      let nowOpen = session.adjudication?.openDisputes(session.set) ?? []
      if key != "u", key != "redo", wasSettled.contains(where: nowOpen.contains) {
        #expect(page.text.contains("Open again"), "\(seed) \(key) \(page.text)")
      }
      #expect(session.set.spans.allSatisfy { $0.note.isEmpty })

      let adjudicated = Set(session.set.spans.map(SpanKey.init))
      for (group, spans) in adjudication.part.alignment.groups.enumerated() where !named.contains(group) {
        for key in shared where spans.holders.count == sets.count {
          guard spans.spans.allSatisfy({ $0?.contains { SpanKey($0) == key } == true }) else { continue }
          let isDisputed = adjudication.disputes.contains(.spans(group: group))
          if !isDisputed { #expect(adjudicated.contains(key), "\(seed): \(key) after \(key)") }
        }
      }
      let ties = Self.ties(session.set)
      for tie in sharedTies where adjudicated.contains(tie.from) && adjudicated.contains(tie.to) {
        let groups = adjudication.part.alignment.groups.indices.filter {
          adjudication.part.alignment.groups[$0].spans.contains { $0?.contains { SpanKey($0) == tie.from } == true }
        }
        if groups.contains(where: { named.contains($0) || namedTypes.contains("\($0) \(tie.type)") }) { continue }
        if adjudication.disputes.contains(where: {
          if case .relations(let group, let type) = $0 { groups.contains(group) && type == tie.type } else { false }
        }) {
          continue
        }
        #expect(ties.contains(tie), "\(seed): \(tie)")
      }
    }
  }
}

/// What a lead sees and decides, in words.
extension AdjudicationKeysTests {
  static func session(_ first: [String], _ second: [String], text: String = text) throws -> (Desk, Session) {
    try AdjudicatingSessionTests.session(text, first, second)
  }

  @Test func `a dispute shows what differs, and a missing span all that is said of it`() throws {
    let (_, opened) = try Self.session(
      ["c taxes..May < The mayor < said about=tax", "g 2", "d rents..rose < she"],
      ["c taxes..fall < The mayor < said about=taxes", "note 1 is May part of it?"])
    var session = opened
    let boundary = session.view(width: 80, colour: false).text
    #expect(boundary.contains("1  claim ‹taxes will fall[ in May]› · dana"))
    #expect(boundary.contains("2  claim ‹taxes will fall› · eli"))
    #expect(boundary.contains("about: 1 “tax” · 2 “taxes”"))
    #expect(boundary.contains("note of eli: is May part of it?"))
    _ = session.answer("1")
    #expect(session.set.spans.allSatisfy { $0.note.isEmpty }, "a doubt is settled with its place")
    let missing = session.view(width: 80, colour: false).text
    #expect(missing.contains("denial · missing") && missing.contains("said-by source ‹she› (sentence 2)"), "\(missing)")
    let again = session.answer(".")
    #expect(again.after == .sentence && !again.isRefusal)
    _ = session.close()
  }

  @Test func `words of all versions keep what these agree on, and the rest is asked`() throws {
    let lines = ["< The mayor < said about="]
    for key in ["|", "&", "c will..fall"] {
      var (_, session) = try Self.session(["c 4-8 \(lines[0])tax"], ["c 4-6 \(lines[0])taxes"])
      #expect(!session.answer(key).isRefusal, "\(key)")
      let span = try #require(session.set.spans.first { $0.label == "claim" })
      #expect(
        session.set.relations.filter { $0.from == span.id }.map(\.type).sorted() == ["cued-by", "said-by"], "\(key)")
      #expect(span.attributes["about"] == nil)
      if key.hasPrefix("c") { _ = session.answer("") }
      let view = session.view(width: 80, colour: false).text
      #expect(view.contains("about of claim") && view.contains("2  “taxes” · eli"), "\(view)")
      #expect(session.prompt == "doc 1 of 2 open> ")
      _ = session.answer("2 the list has it")
      #expect(session.set.span(span.id)?.attributes["about"] == "taxes", "\(key)")
      #expect(session.prompt == "doc all settled> ")
      _ = session.close()
    }
  }

  @Test func `a reason for none is kept, in the file too`() throws {
    let (desk, opened) = try Self.session(["c 4-6"], ["q 2:10"])
    var session = opened
    _ = session.answer("0 an opinion")
    _ = session.close()
    let document = try desk.workspace.document("doc")
    let gold = try #require(try desk.workspace.annotations(of: "gold", on: document))
    #expect(gold.declined.map(\.reason) == ["an opinion"])
    let file = try String(contentsOf: desk.file("Annotations/doc/gold.json"), encoding: .utf8)
    #expect(file.contains("\"format\": 2") && file.contains("\"reason\": \"an opinion\""))
  }

  @Test func `unlink settles a relation's dispute`() throws {
    var (_, session) = try Self.session(
      ["c 4-6", "s The mayor", "s 2:9-10", "by 1 2"], ["c 4-6", "s The mayor", "s 2:9-10"])
    #expect(session.prompt == "doc 1 of 1 open> ")
    _ = session.answer("link 2 said-by 1")
    #expect(session.prompt == "doc all settled> ")
    _ = session.answer("unlink 2 said-by 1")
    #expect(session.prompt == "doc all settled> " && session.set.relations.isEmpty)
    _ = session.close()
  }

  @Test func `the rest is taken as one annotator has it, after it was shown, and undone as one`() throws {
    var (_, session) = try Self.session(["c 4-6", "q 2:10", "s The mayor"], ["c 4-8", "d 2:6-8", "s mayor"])
    let asked = session.answer("rest eli")
    #expect(
      asked.isRefusal && asked.text.contains("That takes eli's version of 4 disputes: missing 2, boundary 2."),
      "\(asked.text)")
    #expect(session.set.spans.isEmpty)
    #expect(session.answer("rest eli boundary !").text.contains("2 disputes settled as eli has it."))
    #expect(session.answer("rest eli !").text.contains("2 disputes settled as eli has it."))
    #expect(session.prompt == "doc all settled> ")
    _ = session.answer("u")
    #expect(session.prompt == "doc 2 of 4 open> ")
    #expect(session.answer("rest nobody").text.contains("none of these annotators"))
    _ = session.close()
  }

  @Test func `spans that both have stay in gold, whatever lies over them`() throws {
    var (_, session) = try Self.session(["c 1-3 + 7-8", "c 1-8"], ["c 1-3 + 7-8"])
    #expect(session.prompt == "doc 1 of 1 open> ")
    _ = session.answer("1")
    #expect(session.set.spans.map(\.isDiscontinuous).sorted { !$0 && $1 } == [false, true])
    _ = session.answer("p")
    _ = session.answer("2")
    #expect(session.set.spans.map(\.isDiscontinuous) == [true] && session.prompt == "doc all settled> ")
    _ = session.close()
  }

  @Test func `a decision is undone although something new was taken over since`() throws {
    let (desk, opened) = try Self.session(["c 4-6"], ["c 4-8"])
    var session = opened
    _ = session.answer("1 the first")
    _ = session.close()
    for who in ["dana", "eli"] {
      var own = try desk.open(as: who)
      _ = own.answer("s 2:2")
      _ = own.answer("done!")
      _ = own.close()
    }
    session = try desk.adjudicate("doc")
    #expect(session.set.spans.map(\.label).sorted() == ["claim", "source"])
    #expect(session.answer("u").text.contains("Undone: − claim 1"))
    #expect(session.set.spans.map(\.label) == ["source"] && session.prompt == "doc 1 of 1 open> ")
    #expect(session.answer("u").isRefusal)
    _ = session.close()
  }

  @Test func `a new span takes its attributes in the same line`() throws {
    var (_, session) = try Self.session(["c 4-6"], ["c 4-8"])
    let page = session.answer("c 4-7 < The mayor < said about=tax by=\"Ida Holm\"")
    #expect(!page.isRefusal, "\(page.text)")
    let span = try #require(session.set.spans.first { $0.label == "claim" })
    #expect(span.attributes["about"] == "tax" && span.origin["decision"] == "corrected")
    #expect(session.prompt == "doc all settled> ")
    _ = session.answer("q 2:1-4 about=rent")
    #expect(
      session.set.spans.last?.attributes["about"] == "rent" && session.set.spans.last?.origin["decision"] == "added")
    _ = session.close()
  }

  @Test func `a version without a span says what it does not take, and keeps the reason`() throws {
    var (_, session) = try Self.session(["c 4-6"], ["q 2:10"])
    let page = session.answer("2 the verb is a fact")
    #expect(page.text.contains("not taken: claim ‹taxes will fall›"), "\(page.text)")
    #expect(session.set.declined.map(\.reason) == ["the verb is a fact"])
    #expect(session.answer("1 2").isRefusal)
    _ = session.close()
  }

  @Test func `gold does not say two things of one speaker`() throws {
    for key in ["1", "2"] {
      var (_, session) = try Self.session(
        ["c 4-8 < The mayor < said", "by 1 \"Ida Holm\""],
        ["c 4-8 < The mayor < said", "set 1 speaker \"Ada Holm\""])
      #expect(session.set.spans.first { $0.label == "source" }?.attributes["speaker"] == nil)
      _ = session.answer(key)
      let claim = try #require(session.set.spans.first { $0.label == "claim" })
      #expect(claim.attributes["speaker"] == (key == "1" ? "Ida Holm" : "Ada Holm"))
      #expect(session.prompt == "doc all settled> ")
      _ = session.close()
    }
  }

  @Test func `a question takes no document back that is done`() throws {
    let (desk, opened) = try Self.session(["c 4-6"], ["c 4-8"])
    var session = opened
    _ = session.close()
    session = try desk.open(as: "eli")
    _ = session.answer("ask is this right?")
    #expect(session.set.status == .complete)
    _ = session.close()
  }
}
