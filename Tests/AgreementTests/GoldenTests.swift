import Agreement
import Foundation
import Testing

/// Values of independent implementations, in files that name their source and the tools that agree on them.
enum Golden {
  static func load<Case: Decodable>(_ type: Case.Type, prefix: String) -> [Case] {
    guard let folder = Bundle.module.url(forResource: "Golden", withExtension: nil),
      let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    else { return [] }
    return files.filter { $0.lastPathComponent.hasPrefix(prefix) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .compactMap { try? JSONDecoder().decode(type, from: Data(contentsOf: $0)) }
  }

  /// Holds a measure to a value, or to there being none.
  static func hold(
    _ name: String, to expected: Double?, tolerance: Double, _ measure: () throws -> Coefficient
  ) throws {
    if let expected {
      let value = try measure().value
      #expect(abs(value - expected) <= tolerance * max(1, abs(expected)), "\(name)")
    } else {
      #expect(throws: Undefined.self, "\(name)") { try measure() }
    }
  }
}

/// A table of items × annotators with the values of measures.
struct GoldenTable: Decodable, CustomTestStringConvertible {
  struct Published: Decodable {
    let value: Double
    let decimals: Int
    let rounds: Bool
  }

  let name: String
  let source: String
  let published: [String: Published]
  let labels: [String]
  let items: [[String?]]
  let expected: [String: Double?]
  let tolerance: Double
  var testDescription: String { "\(name): \(source)" }

  var study: CodingStudy {
    var study = CodingStudy(annotators: items[0].count)
    for item in items { study.append(item.map { $0.flatMap(labels.firstIndex) }) }
    return study
  }

  /// The measures by the names of the golden files.
  func measures() -> [String: () throws -> Coefficient] {
    Self.measures(study, labels)
  }

  static func measures(_ study: CodingStudy, _ labels: [String]) -> [String: () throws -> Coefficient] {
    let (seen, alpha) = (study.categories, KrippendorffAlpha())
    var measures: [String: () throws -> Coefficient] = [
      "percent_agreement_item_mean": { try ObservedAgreement().coefficient(of: study) },
      "percent_agreement_pairable": {
        let found = try alpha.coefficient(of: study)
        return Coefficient(value: 1 - (found.observed ?? .nan), items: found.items)
      },
      "fleiss_kappa": { try FleissKappa().coefficient(of: study) },
      "hubert_kappa": { try HubertKappa().coefficient(of: study) },
      "conger_kappa_missing": { try HubertKappa().coefficient(of: study) },
      "bennett_s": { try BennettS(categories: labels.count).coefficient(of: study) },
      "bennett_s_observedK": { try BennettS(categories: seen).coefficient(of: study) },
      "gwet_ac1": { try GwetAC1(categories: labels.count).coefficient(of: study) },
      "gwet_ac1_observedK": { try GwetAC1(categories: seen).coefficient(of: study) },
      "alpha_nominal": { try alpha.coefficient(of: study) },
      "avg_pairwise_cohen": { try MeanOverPairs(CohenKappa()).coefficient(of: study) },
    ]
    if study.annotators == 2 {
      measures["cohen_kappa"] = { try CohenKappa().coefficient(of: study) }
      measures["scott_pi"] = { try ScottPi().coefficient(of: study) }
    }
    for (index, label) in labels.enumerated() {
      measures["alpha_nominal_category:\(label)"] = { try alpha.coefficient(of: study.collapsed(to: index)) }
    }
    return measures
  }
}

@Suite struct GoldenTests {
  static let nominal = Golden.load(GoldenTable.self, prefix: "nominal_")
  static let weighted = Golden.load(Weighted.self, prefix: "weighted_")
  static let sets = Golden.load(Sets.self, prefix: "sets_")
  static let segmentations = Golden.load(Segmented.self, prefix: "segmentation_")

  @Test func `all golden files are read`() {
    #expect(Self.nominal.count == 19)
    #expect(Self.weighted.count == 4)
    #expect(Self.sets.count == 3)
    #expect(Self.segmentations.count == 5)
  }

  @Test(arguments: nominal) func `nominal coefficients are those of other programs`(golden: GoldenTable) throws {
    let measures = golden.measures()
    for (name, expected) in golden.expected where name != "percent_agreement_pair_pooled" {
      let measure = try #require(measures[name], "\(name)")
      // Without disagreement to be expected the share of agreeing pairs is still defined; alpha's observed one is not.
      if name == "percent_agreement_pairable", golden.expected["alpha_nominal"] == .some(nil) { continue }
      try Golden.hold(name, to: expected, tolerance: golden.tolerance, measure)
    }
  }

  @Test(arguments: nominal) func `nominal coefficients are those of the papers`(golden: GoldenTable) throws {
    let measures = golden.measures()
    for (name, published) in golden.published where published.rounds {
      let measure = try #require(measures[name])
      let value = try measure().value
      #expect(abs(value - published.value) <= 0.5 * pow(10, -Double(published.decimals)) + 1e-12, "\(name)")
    }
  }

  struct Weighted: Decodable, CustomTestStringConvertible {
    let name: String
    let source: String
    let scale: [Int]
    let items: [[Int?]]
    let expected: [String: Double?]
    let tolerance: Double
    var testDescription: String { "\(name): \(source)" }
  }

  @Test(arguments: weighted) func `coefficients of scales are those of other programs`(golden: Weighted) throws {
    var study = CodingStudy(annotators: golden.items[0].count)
    for item in golden.items { study.append(item.map { $0.flatMap(golden.scale.firstIndex) }) }
    let values = golden.scale.map(Double.init)
    let distances: [String: Distance] = [
      "alpha_nominal": .nominal, "alpha_ordinal": .ordinal, "alpha_interval": .interval(values),
      "alpha_ratio": .ratio(values),
    ]
    // Cohen (1968) gives the three kinds of disagreement of his example the weights 1, 3 and 6.
    let cohen = [[0.0, 1, 3], [1, 0, 6], [3, 6, 0]]
    let kappas: [String: WeightedKappa] = [
      "weighted_kappa_linear": .linear, "weighted_kappa_quadratic": .quadratic,
      "weighted_kappa_cohen1968_weights": WeightedKappa { cohen[$0][$1] },
    ]
    for (name, expected) in golden.expected {
      try Golden.hold(name, to: expected, tolerance: golden.tolerance) {
        if let distance = distances[name] { return try KrippendorffAlpha(distance).coefficient(of: study) }
        return try #require(kappas[name], "\(name)").coefficient(of: study)
      }
    }
  }

  struct Sets: Decodable, CustomTestStringConvertible {
    let name: String
    let items: [[[String]?]]
    let expected: [String: Double?]
    let tolerance: Double
    var testDescription: String { name }
  }

  @Test(arguments: sets) func `coefficients of sets of labels are those of other programs`(golden: Sets) throws {
    let labels = Set(golden.items.joined().compactMap { $0 }.joined()).sorted()
    var sets: [UInt64] = []
    var study = CodingStudy(annotators: golden.items[0].count)
    for item in golden.items {
      study.append(
        item.map { value in
          guard let value else { return nil }
          let bits = value.reduce(UInt64(0)) { $0 | 1 << UInt64(labels.firstIndex(of: $1) ?? 0) }
          if !sets.contains(bits) { sets.append(bits) }
          return sets.firstIndex(of: bits)
        })
    }
    let distances: [String: Distance] = [
      "alpha_masi": .masi(sets), "alpha_jaccard": .jaccard(sets), "alpha_nominal_sets": .nominal,
    ]
    for (name, expected) in golden.expected {
      let distance = try #require(distances[name])
      try Golden.hold(name, to: expected, tolerance: golden.tolerance) {
        try KrippendorffAlpha(distance).coefficient(of: study)
      }
    }
  }

  struct Segmented: Decodable, CustomTestStringConvertible {
    let name: String
    let hypothesis: [Int]
    let reference: [Int]
    let expected: [String: Double]
    let tolerance: Double
    var testDescription: String { name }
  }

  @Test(arguments: segmentations) func `measures of segmentation are those of segeval`(golden: Segmented) throws {
    let hypothesis = SegmentedSequence(masses: golden.hypothesis)
    let reference = SegmentedSequence(masses: golden.reference)
    let found = [
      "window_k": Double(reference.window), "pk": try SegmentedSequence.pk(hypothesis, reference: reference),
      "window_diff": try SegmentedSequence.windowDiff(hypothesis, reference: reference),
      "boundary_similarity": try SegmentedSequence.boundarySimilarity(hypothesis, reference),
    ]
    for (name, expected) in golden.expected {
      #expect(abs(try #require(found[name]) - expected) <= golden.tolerance, "\(name)")
    }
  }
}
