import Agreement
import Foundation
import Testing

/// Figures of another project's own tests, with their source.
struct PeerSuite<Case: PeerCase>: Decodable {
  let suite: String
  let source: String
  let cases: [Case]

  static func load(_ name: String) throws -> PeerSuite {
    try #require(Golden.load(PeerSuite.self, prefix: "suite_\(name).").first, "\(name)")
  }

  /// Holds every figure to the library, within half a unit of its last decimal, and counts the figures.
  func hold() throws -> Int {
    var held = 0
    for peer in cases {
      for (figure, expected) in peer.expected.sorted(by: { $0.key < $1.key }) {
        let place: Comment = "\(suite): \(peer.name), \(figure)"
        if let expected {
          let value = try peer.value(figure)
          let decimals = peer.digits?[figure] ?? peer.decimals
          #expect(abs(value - expected) <= 0.5 * pow(10, -Double(decimals)) + 1e-12, place)
        } else {
          #expect(throws: Undefined.self, place) { try peer.value(figure) }
        }
        held += 1
      }
    }
    return held
  }
}

/// Data with the figures that a project expects of it.
protocol PeerCase: Decodable {
  var name: String { get }
  /// By figure; nil where the project has no value.
  var expected: [String: Double?] { get }
  /// The decimals of all figures but those in ``digits``.
  var decimals: Int { get }
  var digits: [String: Int]? { get }

  /// The library's value.
  func value(_ figure: String) throws -> Double
}

/// Items that annotators put into categories, in one of three forms.
struct PeerTable: PeerCase {
  let name: String
  /// Items × annotators.
  let items: [[Int?]]?
  /// First annotator × second.
  let table: [[Int]]?
  /// Items × categories: the number of annotators.
  let counts: [[Int]]?
  /// The disagreement of two categories, by the distance of their places.
  let weights: [Double]?
  let expected: [String: Double?]
  let decimals: Int
  let digits: [String: Int]?

  /// The values that the categories stand for.
  private var scale: [Int] {
    if let items { return Set(items.joined().compactMap { $0 }).sorted() }
    return Array(0..<(table ?? counts ?? [[]])[0].count)
  }

  private var study: CodingStudy {
    if let table { return Published.study(table: table) }
    let scale = self.scale
    let rows =
      items.map { $0.map { $0.map { $0.flatMap(scale.firstIndex) } } }
      ?? counts.map { $0.map { $0.enumerated().flatMap { [Int?](repeating: $0, count: $1) } } } ?? []
    var study = CodingStudy(annotators: rows.first?.count ?? 0)
    for row in rows { study.append(row) }
    return study
  }

  /// A figure is a measure; after a dot a part of it, after an at sign the program that computed it.
  func value(_ figure: String) throws -> Double {
    let study = self.study
    let name = figure.prefix { $0 != "@" }.split(separator: ".").map(String.init)
    let measure = try #require(measures(study)[name[0]], "\(figure)")
    let coefficient = try measure()
    // Where a pair has no value, the other projects give no mean; the library leaves the pair out and says so.
    if coefficient.pairs?.undefined ?? 0 > 0 { throw Undefined.oneCategory }
    guard name.count > 1 else { return coefficient.value }
    let part = try #require(name[1] == "pa" ? coefficient.observed : coefficient.expected, "\(figure)")
    guard name[0] == "alpha_nominal" else { return part }
    // Of alpha the library has disagreements. irrCAC has agreements, in which each of the n pairable values is also
    // paired with itself; the coefficient is the same.
    let pairable = study.distinctRows.reduce(0) { sum, row in
      let values = row.values.count { $0 != nil }
      return sum + (values > 1 ? values * row.count : 0)
    }
    return 1 - part * (1 - 1 / Double(pairable))
  }

  private func measures(_ study: CodingStudy) -> [String: () throws -> Coefficient] {
    let values = scale.map(Double.init)
    let weights = self.weights ?? []
    let more: [String: () throws -> Coefficient] = [
      "percent_agreement": {
        let share = try ObservedAgreement().coefficient(of: study)
        return Coefficient(value: 100 * share.value, items: share.items)
      },
      "alpha_ordinal": { try KrippendorffAlpha(.ordinal).coefficient(of: study) },
      "alpha_interval": { try KrippendorffAlpha(.interval(values)).coefficient(of: study) },
      "alpha_ratio": { try KrippendorffAlpha(.ratio(values)).coefficient(of: study) },
      "weighted_kappa_linear": { try WeightedKappa.linear.coefficient(of: study) },
      "weighted_kappa_quadratic": { try WeightedKappa.quadratic.coefficient(of: study) },
      "weighted_kappa": { try WeightedKappa { weights[abs($0 - $1)] }.coefficient(of: study) },
    ]
    return GoldenTable.measures(study, scale.map(String.init)).merging(more) { $1 }
  }
}

/// Two segmentations, or several of each of some documents, which stand for the mean over their ordered pairs.
struct PeerSegmentations: PeerCase {
  let name: String
  let hypothesis: [Int]?
  let reference: [Int]?
  let window: Int?
  /// Documents × annotators: the masses.
  let documents: [[[Int]]]?
  let expected: [String: Double?]
  let decimals: Int
  let digits: [String: Int]?

  private var pairs: [(hypothesis: SegmentedSequence, reference: SegmentedSequence)] {
    let together = documents ?? []
    var pairs = together.flatMap { document in
      document.indices.flatMap { first in
        document.indices.filter { $0 != first }.map { (document[first], document[$0]) }
      }
    }
    if let hypothesis, let reference { pairs.append((hypothesis, reference)) }
    return pairs.map { (SegmentedSequence(masses: $0), SegmentedSequence(masses: $1)) }
  }

  func value(_ figure: String) throws -> Double {
    let (pairs, window) = (self.pairs, self.window)
    let measures: [String: (SegmentedSequence, SegmentedSequence) throws -> Double] = [
      "pk": { try SegmentedSequence.pk($0, reference: $1, window: window) },
      "window_diff": { try SegmentedSequence.windowDiff($0, reference: $1, window: window) },
      "boundary_similarity": { try SegmentedSequence.boundarySimilarity($0, $1) },
    ]
    let isComplement = figure.hasPrefix("one_minus_")
    let measure = try #require(measures[isComplement ? String(figure.dropFirst(10)) : figure], "\(figure)")
    let values = try pairs.map { try measure($0.hypothesis, $0.reference) }
    try #require(!values.isEmpty, "\(name)")
    let mean = values.reduce(0, +) / Double(values.count)
    return isComplement ? 1 - mean : mean
  }
}

/// The tests of other projects: their data, and the values that they expect of themselves.
@Suite struct PeerSuitesTests {
  /// Unweighted coefficients with their observed and expected agreement.
  @Test func `values of irrCAC's own tests are equal, 86 of them`() throws {
    #expect(try PeerSuite<PeerTable>.load("irrcac").hold() == 86)
  }

  /// Freelon's tables 9 and 10, in which mean kappa is twice not available, and eleven values of alpha.
  @Test func `values of icr's own tests are equal, 111 of them`() throws {
    #expect(try PeerSuite<PeerTable>.load("icr").hold() == 111)
  }

  /// 78 values of its tests, and 345 that it computes of its sample data.
  @Test func `values of segeval's own tests and samples are equal, 423 of them`() throws {
    #expect(try PeerSuite<PeerSegmentations>.load("segeval").hold() == 423)
  }

  @Test func `values of statsmodels' own tests are equal, 18 of them`() throws {
    #expect(try PeerSuite<PeerTable>.load("statsmodels").hold() == 18)
  }

  /// AC1 with its observed and expected agreement, as R's irrCAC computes them.
  @Test func `values of DKPro's fixtures of Gwet's AC1 are equal, 15 of them`() throws {
    #expect(try PeerSuite<PeerTable>.load("dkpro_gwet").hold() == 15)
  }
}
