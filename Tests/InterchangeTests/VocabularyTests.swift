import Standoff
import Interchange
import Testing

@Suite struct VocabularyTests {
  /// What a file of marks with these labels holds.
  private static func vocabulary(_ labels: [String]) throws -> Vocabulary {
    var vocabulary = Vocabulary()
    let marks = labels.map { "⟦\($0): words⟧" }.joined(separator: " ")
    for document in try MarkedText.read(Array(marks.utf8), texts: { _ in nil }) { vocabulary.add(document) }
    return vocabulary
  }

  @Test func `labels are known once, in the order of their first place`() throws {
    #expect(try Self.vocabulary(["cue", "claim", "cue"]).labels.map(\.name) == ["cue", "claim"])
  }

  @Test func `a scheme is made with a free key for each label, and what it says of itself tells it`() throws {
    let scheme = try Self.vocabulary(["claim", "cue", "rumour", "source"]).scheme(named: "new", after: nil).scheme
    #expect(scheme.labels.map(\.key).count == Set(scheme.labels.map(\.key)).count)
    #expect(scheme.labels.map(\.kind) == [.content, .cue, .other, .source])
    #expect(scheme.labels.map(\.colour) == [.blue, .red, .green, .magenta])
    #expect(scheme.version == "1.0.0" && Vocabulary.isMadeHere(scheme))
  }

  @Test func `a scheme that was made here grows and counts up, and keeps its keys`() throws {
    let first = try Self.vocabulary(["claim"]).scheme(named: "new", after: nil).scheme
    let vocabulary = try Self.vocabulary(["cue", "claim"])
    #expect(vocabulary.labels(notIn: first) == ["cue"] && !vocabulary.fits(first))
    let second = try vocabulary.scheme(named: "new", after: first).scheme
    #expect(second.version == "1.1.0")
    #expect(second.labels.map(\.name) == ["claim", "cue"] && second.labels[0].key == first.labels[0].key)
    #expect(vocabulary.fits(second))
  }

  @Test func `as many labels as there may be have keys of their own`() throws {
    let labels = (0..<Vocabulary.mostLabels).map { "label-\($0)" }
    let scheme = try Self.vocabulary(labels).scheme(named: "new", after: nil).scheme
    #expect(Set(scheme.labels.map(\.key)).count == Vocabulary.mostLabels)
    #expect(scheme.labels.allSatisfy { (1...2).contains($0.key.count) })
  }
}
