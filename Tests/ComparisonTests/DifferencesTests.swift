import Pages
import Prompt
import Agreement
import Commands
import Foundation
import JSONText
import Standoff
import TestSupport
import Testing

@testable import Comparison

/// What compare finds between annotators.
@Suite struct DifferencesTests {
  static let time = Timestamp(secondsSince1970: 1_795_000_000)

  /// A disagreement as it was planted, or as it was found.
  struct Finding: Hashable, CustomStringConvertible {
    let sentence: Int
    let labels: Set<String>
    let kinds: Set<Disagreement.Kind>
    var startWords = 0
    var endWords = 0

    var description: String {
      "sentence \(sentence) \(labels.sorted()) \(kinds.map(\.rawValue).sorted()) \(startWords) \(endWords)"
    }
  }

  /// Two annotators' sets of a made text, equal but for what is planted.
  struct Planted {
    let document: Document
    var sets: [AnnotationSet]
    var findings: Set<Finding> = []
    private var generator: SeededGenerator
    private let scheme: Scheme

    /// Words of a sentence: source 1–2, cue 3, content 5–14 with a quote on 8–11, and a tail of five.
    private static let words = 20

    init(seed: UInt64, sentences: Int) throws {
      var generator = SeededGenerator(seed: seed)
      var text = ""
      for _ in 0..<sentences {
        let words = (0..<Self.words).map { index in
          let length = Int.random(in: 2...8, using: &generator)
          let word = String((0..<length).compactMap { _ in "abcdeéß".randomElement(using: &generator) })
          return index == 0 ? "A" + word : word
        }
        text += words.joined(separator: " ") + ".\n"
      }
      document = Document(id: "doc", text: DocumentText(text), sha256: String(repeating: "0", count: 64), title: "T")
      scheme = try Desk.scheme()
      self.generator = generator
      sets = []
      sets = try ["dana", "eli"].map { try gold($0) }
      for sentence in 0..<sentences { try plant(sentence) }
    }

    func range(_ sentence: Int, _ first: Int, _ last: Int) -> TextRange {
      let words = Words.ranges(in: document.sentences[sentence], of: document.text)
      return TextRange(words[first - 1].start, words[last - 1].end)
    }

    /// In sentence i: source 4i+1, cue 4i+2, content 4i+3, quote 4i+4; the denial of each odd sentence denies the claim before.
    private func gold(_ annotator: String) throws -> AnnotationSet {
      var set = AnnotationSet(
        document: "doc", annotator: annotator, scheme: scheme, textSHA256: document.sha256,
        textLength: document.text.count)
      var (spans, relations): ([Annotation], [Relation]) = ([], [])
      for sentence in 0..<document.sentences.count {
        let content = sentence.isMultiple(of: 2) ? "claim" : "denial"
        let parts = [("source", 1, 2), ("cue", 3, 3), (content, 5, 14), ("quote", 8, 11)]
        for (index, (label, first, last)) in parts.enumerated() {
          spans.append(
            Annotation(
              id: 4 * sentence + index + 1, label: label, fragments: [range(sentence, first, last)],
              attributes: index > 1 ? ["speaker": "Ann", "about": "tax"] : [:], created: DifferencesTests.time))
        }
        func relate(_ type: String, _ to: Relation.Target) {
          relations.append(
            Relation(
              id: relations.count + 1, type: type, from: 4 * sentence + 3, to: to, created: DifferencesTests.time))
        }
        relate("said-by", .span(4 * sentence + 1))
        relate("cued-by", .span(4 * sentence + 2))
        if content == "denial" { relate("denies", sentence % 4 == 1 ? .span(4 * sentence - 1) : .absent("no")) }
      }
      try set.fill(spans: spans, relations: relations, status: .complete, seenTo: document.text.count)
      return set
    }

    private mutating func plant(_ sentence: Int) throws {
      let who = Int.random(in: 0...1, using: &generator)
      let content = 4 * sentence + 3
      let label = sentence.isMultiple(of: 2) ? "claim" : "denial"
      func change(_ set: AnnotationSet, _ id: Int, _ body: (inout Annotation) -> Void) throws -> Edit {
        let edit = set.changing(id, at: DifferencesTests.time, body)
        return try #require(edit)
      }
      var set = sets[who]
      var finding: Finding?
      switch Int.random(in: 0..<9, using: &generator) {
      case 0:
        let part = Int.random(in: 1...4, using: &generator)
        try set.apply(try #require(set.deleting(4 * sentence + part)))
        let label = ["source", "cue", label, "quote"][part - 1]
        finding = Finding(sentence: sentence, labels: [label], kinds: [.missing])
      case 1:
        let words = Int.random(in: 1...3, using: &generator)
        try set.apply(change(set, content) { $0.fragments = [range(sentence, 5 + words, 14)] })
        finding = Finding(sentence: sentence, labels: [label], kinds: [.boundary], startWords: words)
      case 2:
        let words = Int.random(in: 1...4, using: &generator)
        try set.apply(change(set, content) { $0.fragments = [range(sentence, 5, 14 + words)] })
        finding = Finding(sentence: sentence, labels: [label], kinds: [.boundary], endWords: words)
      case 3:
        let other = label == "claim" ? "denial" : "claim"
        try set.apply(try #require(set.relabelling(content, other, at: DifferencesTests.time)).edit)
        finding = Finding(sentence: sentence, labels: ["claim", "denial"], kinds: [.label])
      case 4:
        try set.apply(change(set, content) { $0.fragments = [range(sentence, 5, 9)] })
        try set.apply(
          set.adding(
            label: label, fragments: [range(sentence, 11, 14)], attributes: ["speaker": "Ann", "about": "tax"],
            at: DifferencesTests.time))
        finding = Finding(sentence: sentence, labels: [label], kinds: [.split])
      case 5:
        let value = Bool.random(using: &generator) ? "Bob" : nil
        try set.apply(change(set, content) { $0.attributes["speaker"] = value })
        finding = Finding(sentence: sentence, labels: [label], kinds: [.attribute])
      case 6:
        let mine = set.relations.filter { $0.from == content }
        let relation = try #require(mine.randomElement(using: &generator))
        try set.apply(Edit([.relation(from: relation, to: nil)]))
        finding = Finding(sentence: sentence, labels: [label], kinds: [.relation])
      case 7:
        try set.apply(
          change(set, content) { $0.fragments = [range(sentence, 5, 8), range(sentence, 10, 14)] })
        finding = Finding(sentence: sentence, labels: [label], kinds: [.boundary])
      default: break
      }
      sets[who] = set
      if let finding { findings.insert(finding) }
    }
  }

  static func findings(_ document: Document, _ sets: [AnnotationSet]) throws -> [Finding] {
    let alignment = try DocumentAlignment(CountedAnnotations(of: document, sets))
    return alignment.disagreements(document.text, sets[0].scheme).map { found in
      Finding(
        sentence: document.sentences.index(at: found.spans.hull.start) ?? -1, labels: Set(found.spans.labels),
        kinds: Set(found.kinds), startWords: found.startWords, endWords: found.endWords)
    }
  }

  @Test(arguments: 1...30) func `every planted disagreement is found with its kind and size, and no other`(seed: Int)
    throws
  {
    let planted = try Planted(seed: UInt64(seed), sentences: 24)
    for order in [[0, 1], [1, 0]] {
      let found = try Self.findings(planted.document, order.map { planted.sets[$0] })
      #expect(Set(found) == planted.findings && found.count == planted.findings.count)
    }
  }

  @Test(arguments: 1...12) func `a third annotator who is one of the two adds nothing`(seed: Int) throws {
    let planted = try Planted(seed: UInt64(1000 + seed), sentences: 16)
    for twin in 0...1 {
      let found = try Self.findings(planted.document, planted.sets + [planted.sets[twin]])
      #expect(Set(found) == planted.findings && found.count == planted.findings.count)
    }
  }

  /// Hundreds of spans over the same few words: the search for the best would not end.
  @Test(.tags(.slow)) func `where spans lie too deep the closest are aligned, and that is said`() throws {
    let scheme = try Desk.scheme()
    let document = Document(
      id: "deep", text: DocumentText(String(repeating: "word ", count: 40)), sha256: String(repeating: "0", count: 64),
      title: "T")
    let sets = try ["a", "b", "c"].enumerated().map { place, name -> AnnotationSet in
      var set = AnnotationSet(
        document: "deep", annotator: name, scheme: scheme, textSHA256: document.sha256, textLength: 200)
      var spans: [Annotation] = []
      for start in 0..<18 {
        for end in 19..<40 where (start * 7 + end * 3 + place) % 4 < 2 {
          spans.append(
            Annotation(
              id: spans.count + 1, label: "claim", fragments: [TextRange(start * 5, end * 5 - 1)], created: Self.time))
        }
      }
      try set.fill(spans: spans, relations: [], status: .complete, seenTo: 200)
      return set
    }
    let alignment = try DocumentAlignment(CountedAnnotations(of: document, sets))
    let isExact = alignment.isExact
    #expect(!isExact)
    // Equal spans are aligned with one another all the same, and every span is in one group.
    #expect(
      alignment.groups.reduce(0) { $0 + $1.spans.reduce(0) { $0 + ($1?.count ?? 0) } }
        == sets.reduce(0) { $0 + $1.spans.count })
    for (first, second) in [(0, 1), (1, 2)] {
      let both = Set(sets[first].spans.map(\.fragments)).intersection(sets[second].spans.map(\.fragments))
      #expect(!both.isEmpty)
      for fragments in both {
        let isTogether = alignment.groups.contains { group in
          [first, second].allSatisfy { group.held(by: $0).contains { $0.fragments == fragments } }
        }
        #expect(isTogether, "\(fragments)")
      }
    }
    #expect(try DocumentAlignment(CountedAnnotations(of: document, Array(sets.prefix(2)))).isExact)
  }

  /// Two annotators who share a claim in two parts, under another claim that only one of them marked over it.
  @Test func `a span that both have is equal to itself, whatever lies over it`() throws {
    let desk = try Desk()
    try desk.add("Rents fell in April, surveys say, and rose in June, she said.")
    for (who, lines) in [("dana", ["c 1-4 + 7-10", "c 1-10"]), ("eli", ["c 1-4 + 7-10"])] {
      var session = try desk.open(as: who)
      for line in lines { #expect(!session.answer(line).isRefusal, "\(line)") }
      _ = session.answer("done!")
      _ = session.close()
    }
    let report = try Differences(in: desk.workspace, Differences.Request())
    let all = try #require(report.parts.first?.all)
    #expect(all.count == 1 && all[0].kinds == [.missing])
    #expect(all.first?.spans.held(by: 0).map(\.isDiscontinuous) == [false])
    #expect(Remedy.remedies(report.parts).now.f1 == 2.0 / 3)
  }

  /// Whatever three annotators mark, spans that two of them have alike stand in one group.
  @Test(arguments: 1...300) func `equal spans stand in one group`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let scheme = try Desk.scheme()
    let document = Document(
      id: "equal", text: DocumentText(String(repeating: "word ", count: 12)), sha256: String(repeating: "0", count: 64),
      title: "T")
    let sets = try ["a", "b", "c"].map { name -> AnnotationSet in
      var set = AnnotationSet(
        document: "equal", annotator: name, scheme: scheme, textSHA256: document.sha256, textLength: 60)
      for _ in 0..<Int.random(in: 0...7, using: &random) {
        let edges = (0..<4).map { _ in Int.random(in: 0...11, using: &random) }.sorted()
        let ranges = [TextRange(5 * edges[0], 5 * edges[1] + 4), TextRange(5 * edges[2], 5 * edges[3] + 4)]
        let label = ["claim", "quote", "source"].randomElement(using: &random) ?? "claim"
        let attributes = Bool.random(using: &random) && label != "source" ? ["about": "a"] : [:]
        _ = try? set.apply(
          set.adding(
            label: label, fragments: Bool.random(using: &random) ? ranges : [ranges[0]], attributes: attributes,
            at: Self.time))
      }
      _ = try set.apply(#require(set.setting(.complete)))
      return set
    }
    let alignment = try DocumentAlignment(CountedAnnotations(of: document, sets))
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
      for key in Set(sets[one].spans.map(SpanKey.init)).intersection(sets[other].spans.map(SpanKey.init)) {
        let count = alignment.groups.reduce(0) { sum, group in
          func count(_ layer: Int) -> Int { group.held(by: layer).count { SpanKey($0) == key } }
          return sum + min(count(one), count(other))
        }
        let expected = min(
          sets[one].spans.count { SpanKey($0) == key }, sets[other].spans.count { SpanKey($0) == key })
        #expect(count == expected, "\(seed) \(key)")
      }
    }
  }

  @Test func `annotators who say the same differ in nothing`() throws {
    let planted = try Planted(seed: 5, sentences: 8)
    #expect(try Self.findings(planted.document, [planted.sets[0], planted.sets[0]]).isEmpty)
    #expect(try Self.findings(planted.document, [planted.sets[0]]).isEmpty)
  }

  /// Exact F1 if one kind were settled, by carrying the remedy out span by span.
  @Test(arguments: 1...20) func `a remedy brings what it promises`(seed: Int) throws {
    let planted = try Planted(seed: UInt64(2000 + seed), sentences: 20)
    let alignment = try DocumentAlignment(CountedAnnotations(of: planted.document, planted.sets))
    let scheme = planted.sets[0].scheme
    let all = alignment.disagreements(planted.document.text, scheme)
    let part = DocumentDifferences(
      document: planted.document, scheme: scheme, alignment: alignment, all: all, shown: all)
    let (remedies, now) = Remedy.remedies([part])
    typealias Marks = [(label: String, fragments: [TextRange])]
    func f1(_ a: Marks, _ b: Marks) -> Double {
      let common = a.count { one in b.contains { $0.label == one.label && $0.fragments == one.fragments } }
      return 2 * Double(common) / Double(a.count + b.count)
    }
    let marks: [Marks] = planted.sets.map { set in set.spans.map { span in (span.label, span.fragments) } }
    #expect(now.f1 == f1(marks[0], marks[1]))
    for remedy in remedies {
      var mended = marks
      for found in all
      where found.kinds == [remedy.kind] && found.spans.labels.sorted().joined(separator: " – ") == remedy.label {
        // Everybody takes over the first version; where somebody has nothing, that is what the other has.
        let kept = found.spans.holders.map { found.spans.held(by: $0) }.min { $0.count < $1.count } ?? []
        for layer in 0...1 {
          mended[layer].removeAll { mark in
            found.spans.held(by: layer).contains { $0.label == mark.label && $0.fragments == mark.fragments }
          }
          mended[layer] += kept.map { span in (span.label, span.fragments) }
        }
      }
      #expect(abs((remedy.settled ?? 0) - f1(mended[0], mended[1])) < 1e-12, "\(remedy)")
    }
  }

  @Test func `exact F1 is the one that agree has of two annotators`() throws {
    let desk = try Desk.sample()
    let report = try Differences(
      in: desk.workspace, Differences.Request(annotators: ["dana", "eli"]))
    let agree = try AgreeOptions.read("--annotators dana,eli --measure span-f1-exact --bootstrap 0 --csv").outcome(
      in: desk.workspace)
    let f1 = try #require(Remedy.remedies(report.parts).now.f1)
    #expect(String(decoding: agree.data ?? [], as: UTF8.self).contains("\(f1)"))
  }

  @Test func `who has not read so far does not miss what lies beyond`() throws {
    let desk = try Desk()
    try desk.add("The mayor said taxes fall.\nThe mayor said rents fall.\n")
    var dana = try desk.open(as: "dana")
    _ = dana.answer("c 4-5")
    _ = dana.answer("n")
    _ = dana.answer("c 4-5")
    _ = dana.close()
    var eli = try desk.open(as: "eli")
    eli.see()
    _ = eli.answer("k 3")
    _ = eli.close()
    func run(_ words: String) throws -> String {
      try CompareOptions.read(words).outcome(in: desk.workspace).page.text
    }
    #expect(try run("--full").contains("dana on doc, not done yet."))
    let page = try run("--in-progress")
    #expect(page.contains("sentence 1 · claim · missing: not marked by eli"))
    #expect(!page.contains("sentence 2"))
  }
}
