import Agreement
import Testing

/// Whether annotators put the same items together, whatever they call the groups.
@Suite struct PartitionTests {
  struct Suite: Decodable {
    struct Case: Decodable {
      let name: String
      let a, b: [Int]
      let precision, recall, f1: Double
      let ari: Double?
    }
    let cases: [Case]
  }

  private static func study(_ first: [Int], _ second: [Int]) -> CodingStudy {
    var study = CodingStudy(annotators: 2)
    for (one, other) in zip(first, second) { study.append([one, other]) }
    return study
  }

  @Test func `the adjusted Rand index is scikit-learn's, B-cubed that of its definition, 68 values`() throws {
    let cases = try #require(Golden.load(Suite.self, prefix: "suite_partition.").first).cases
    #expect(cases.count == 17)
    for one in cases {
      // The groups have other names in the second partition: only who is together counts.
      for study in [Self.study(one.a, one.b), Self.study(one.a, one.b.map { 7 * ($0 + 1) })] {
        try Golden.hold("\(one.name): ARI", to: one.ari, tolerance: 1e-9) {
          try AdjustedRandIndex().coefficient(of: study)
        }
        for (kind, expected) in [(SpanScore.Kind.precision, one.precision), (.recall, one.recall), (.f1, one.f1)] {
          try Golden.hold("\(one.name): \(kind)", to: expected, tolerance: 1e-9) {
            try BCubed(kind).coefficient(of: study)
          }
        }
      }
    }
  }

  @Test func `keys that differ in spelling alone are full agreement`() throws {
    let study = Self.study([0, 0, 1, 1, 2], [9, 9, 4, 4, 5])
    #expect(try AdjustedRandIndex().coefficient(of: study).value == 1)
    #expect(try BCubed(.f1).coefficient(of: study).value == 1)
    #expect(throws: Undefined.oneCategory) { try AdjustedRandIndex().coefficient(of: Self.study([0, 0], [1, 1])) }
    #expect(throws: Undefined.noPairableItems) { try BCubed(.f1).coefficient(of: CodingStudy(annotators: 2)) }
  }
}
