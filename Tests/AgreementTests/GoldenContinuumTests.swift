import Foundation
import Testing

@testable import Agreement

/// Values of the alphas for unitizing and of gamma that other programs agree on.
@Suite struct GoldenContinuumTests {
  struct Span: Decodable {
    let annotator: String
    let start: Double
    let end: Double
    let label: String
  }

  struct Unitizing: Decodable, CustomTestStringConvertible {
    struct Values: Decodable {
      let numbers: [String: Double?]
      /// By two values, such as `claim|φ`.
      let coincidences: [String: Double]?

      init(from decoder: any Decoder) throws {
        struct Key: CodingKey {
          let stringValue: String
          var intValue: Int? { nil }
          init(stringValue: String) { self.stringValue = stringValue }
          init?(intValue: Int) { nil }
        }
        let container = try decoder.container(keyedBy: Key.self)
        let observed = Key(stringValue: "u_alpha_observed_coincidences")
        coincidences = try container.decodeIfPresent([String: Double].self, forKey: observed)
        var numbers: [String: Double?] = [:]
        for key in container.allKeys where !key.stringValue.hasSuffix("coincidences") {
          numbers[key.stringValue] = .some(try? container.decodeIfPresent(Double.self, forKey: key))
        }
        self.numbers = numbers
      }
    }
    let name: String
    let annotators: [String]
    let begin: Double
    let length: Double
    let spans: [Span]
    let expected: Values
    var testDescription: String { name }
  }

  struct Corpus: Decodable, CustomTestStringConvertible {
    struct Document: Decodable {
      let id: String
      let length: Double
      let spans: [Span]
    }
    struct Settled: Decodable {
      let documents: [String: [Setting]]
      let pooled: [Pooled]
    }
    struct Pooled: Decodable {
      let alpha: Double
      let beta: Double
      let delta_empty: Double
      let cost: Double
      let n_units: Int
      let pooled_disorder: Double
    }
    let name: String
    let annotators: [String]
    let documents: [Document]
    let continuum: Unitizing.Values
    let gamma: Settled
    var testDescription: String { name }

    /// All documents one after the other.
    var joined: Unitizing {
      var (spans, length): ([Span], Double) = ([], 0)
      for document in documents {
        spans += document.spans.map {
          Span(annotator: $0.annotator, start: $0.start + length, end: $0.end + length, label: $0.label)
        }
        length += document.length
      }
      return Unitizing(
        name: name, annotators: annotators, begin: 0, length: length, spans: spans, expected: continuum)
    }
  }

  struct Setting: Decodable {
    let alpha: Double
    let beta: Double
    let delta_empty: Double
    let best_disorder: Double?
    let best_cost: Double?
    let n_units: Int?
    let soft_disorder: Double?
    let unique_optimum: Bool?
    let best_alignment: [[Row?]]?
    let cat: Double?
    let labels: [String: Double?]?
  }

  /// `[start, end, label]`.
  struct Row: Decodable, Hashable {
    let start: Double
    let end: Double
    let label: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      start = try container.decode(Double.self)
      end = try container.decode(Double.self)
      label = try container.decode(String.self)
    }

    init(_ place: Dissimilarity.Place, _ labels: [String]) {
      (start, end, label) = (place.start, place.end, labels[place.label])
    }
  }

  struct Aligned: Decodable, CustomTestStringConvertible {
    struct Chance: Decodable {
      struct Sampled: Decodable {
        let spans: [Span]
        let best_disorder: Double
      }
      let sampler: String
      let n_samples: Int
      let alpha: Double
      let beta: Double
      let delta_empty: Double
      let expected_mean: Double
      let se_of_mean: Double
      let soft: Bool
      let sampled: [Sampled]
      let over_these: Double?
    }
    let name: String
    let annotators: [String]
    let spans: [Span]
    let settings: [Setting]
    let chance: [Chance]
    var testDescription: String { name }
  }

  static let unitizing = Golden.load(Unitizing.self, prefix: "unitizing_")
  static let corpora = Golden.load(Corpus.self, prefix: "corpus_")
  static let aligned = Golden.load(Aligned.self, prefix: "gamma_")

  @Test func `all golden files are read`() {
    #expect(Self.unitizing.count == 6)
    #expect(Self.corpora.count == 16)
    #expect(Self.aligned.count == 11)
  }

  // MARK: alphas

  @Test(arguments: unitizing + corpora.map(\.joined))
  func `alphas for unitizing are those of other programs`(golden: Unitizing) throws {
    let labels = Set(golden.spans.map(\.label)).sorted()
    var study = UnitizingStudy(annotators: golden.annotators.count)
    study.append(
      UnitizingStudy.Continuum(
        length: Int(golden.length),
        units: golden.annotators.map { annotator in
          golden.spans.filter { $0.annotator == annotator }.map { span in
            UnitizingStudy.Unit(
              Int(span.start - golden.begin)..<Int(span.end - golden.begin),
              label: labels.firstIndex(of: span.label) ?? 0)
          }
        }))
    var held = 0
    for (name, expected) in golden.expected.numbers.sorted(by: { $0.key < $1.key }) {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      let form: UnitizingAlpha.Pairable = parts[0].hasSuffix("union") ? .union : .pairwise
      func label(_ name: String) -> Int { labels.firstIndex(of: name) ?? labels.count }
      func alpha(_ kind: UnitizingAlpha.Kind) -> () throws -> Coefficient {
        { try UnitizingAlpha(kind, labels: labels.count, pairable: form).coefficient(of: study) }
      }
      func alpha1995(_ name: String) throws -> Coefficient {
        try UnitizingAlpha1995(labels: [label(name)]).coefficient(of: study)
      }
      held += 1
      switch parts[0] {
      case "u_alpha": try Golden.hold(name, to: expected, tolerance: 1e-9, alpha(.overall))
      case "u_alpha_binary": try Golden.hold(name, to: expected, tolerance: 1e-9, alpha(.binary))
      case "cu_alpha", "cu_alpha_pairwise", "cu_alpha_union":
        try Golden.hold(name, to: expected, tolerance: 1e-9, alpha(.coding))
      case "ku_alpha", "ku_alpha_pairwise", "ku_alpha_union":
        try Golden.hold(name, to: expected, tolerance: 1e-9, alpha(.value(label(parts[1]))))
      case "alphaU1995":
        try Golden.hold(name, to: expected, tolerance: 1e-9) {
          try UnitizingAlpha1995(labels: Array(labels.indices)).coefficient(of: study)
        }
      case let name where name.hasPrefix("alphaU_category_"):
        try Golden.hold(name, to: expected, tolerance: 1e-9) { try alpha1995(String(name.dropFirst(16))) }
      case let name where name.hasPrefix("alphaU_Do_"):
        #expect(abs(try alpha1995(String(name.dropFirst(10))).observed ?? -1) - (expected ?? 0) < 1e-9)
      case let name where name.hasPrefix("alphaU_De_"):
        #expect(abs((try alpha1995(String(name.dropFirst(10))).expected ?? -1) - (expected ?? 0)) < 1e-9)
      case "coverage_cu", "unitizing_convention": held -= 1
      default: Issue.record("\(name) is not held")
      }
    }
    #expect(held > 0 || golden.name.hasSuffix("overlap"))
    guard let coincidences = golden.expected.coincidences else { return }
    let tally = try UnitizingAlpha(.overall, labels: labels.count).tallies(of: study).total
    for (key, expected) in coincidences {
      let values = key.split(separator: "|").map { labels.firstIndex(of: String($0)) ?? labels.count }
      #expect(abs(tally.coincidence(values[0], values[1]) - expected) < 1e-9, "\(key)")
    }
  }

  // MARK: gamma

  private func layers(_ spans: [Span], _ annotators: [String], _ labels: [String]) -> [[Dissimilarity.Place]] {
    annotators.map { annotator in
      spans.filter { $0.annotator == annotator }.map {
        Dissimilarity.Place(start: $0.start, end: $0.end, label: labels.firstIndex(of: $0.label) ?? labels.count)
      }
    }
  }

  private func hold(_ setting: Setting, _ layers: [[Dissimilarity.Place]], _ labels: [String]) throws {
    let dissimilarity = Dissimilarity(alpha: setting.alpha, beta: setting.beta, deltaEmpty: setting.delta_empty)
    let best = BestAlignment(places: layers, by: dissimilarity, isSoft: false)
    #expect(abs((best.disorder ?? -1) - (setting.best_disorder ?? -1)) < 1e-9)
    let cost = setting.best_cost ?? 0
    #expect(abs(best.cost - cost) < 1e-9 * max(1, cost))
    #expect(abs(best.unitary.reduce(0) { $0 + $1.cost } - best.cost) < 1e-9)
    #expect(best.units == setting.n_units ?? 0)
    if let soft = setting.soft_disorder {
      let found = BestAlignment(places: layers, by: dissimilarity, isSoft: true).disorder ?? -1
      #expect(abs(found - soft) < 1e-9)
    }
    guard setting.unique_optimum == true else { return }
    if let rows = setting.best_alignment {
      let found = best.unitary.map { unitary in
        unitary.units.enumerated().map { annotator, unit in unit.map { Row(layers[annotator][$0], labels) } }
      }
      #expect(Set(found) == Set(rows))
    }
    // The oracle weighs places by α, as pygamma-agreement does.
    var drawing = GammaTally.Drawing()
    drawing.weight = .scaledPosition
    var tally = GammaTally(labels: labels.count, samples: 0, deltaEmpty: setting.delta_empty)
    tally.counts =
      [Int](repeating: 0, count: labels.count)
      + GammaTally.counts(layers, dissimilarity, drawing, labels: labels.count)
    func ratio(_ kind: Gamma.Kind) -> Double? { tally.ratio(kind, of: 0).map { $0 * setting.delta_empty } }
    if let cat = setting.cat { #expect(abs((ratio(.categories) ?? -1) - cat) < 1e-12) }
    for (label, expected) in setting.labels ?? [:] {
      let found = ratio(.label(labels.firstIndex(of: label) ?? 0))
      if let expected { #expect(abs((found ?? -1) - expected) < 1e-12, "\(label)") } else { #expect(found == nil) }
    }
  }

  @Test(arguments: aligned) func `best alignments are those of other programs`(golden: Aligned) throws {
    let labels = Set(golden.spans.map(\.label)).sorted()
    let layers = layers(golden.spans, golden.annotators, labels)
    for setting in golden.settings { try hold(setting, layers, labels) }
    for chance in golden.chance {
      let dissimilarity = Dissimilarity(alpha: chance.alpha, beta: chance.beta, deltaEmpty: chance.delta_empty)
      for sampled in chance.sampled {
        let annotators = Set(sampled.spans.map(\.annotator)).sorted()
        var layers = self.layers(sampled.spans, annotators, labels)
        while layers.count < golden.annotators.count { layers.append([]) }
        let found = BestAlignment(places: layers, by: dissimilarity, isSoft: chance.soft)
        #expect(abs((found.disorder ?? -1) - sampled.best_disorder) < 1e-9)
      }
    }
  }

  @Test(arguments: corpora) func `best alignments of corpora are those of other programs`(golden: Corpus) throws {
    let labels = Set(golden.documents.flatMap { $0.spans.map(\.label) }).sorted()
    var costs = [Double](repeating: 0, count: golden.gamma.pooled.count)
    for document in golden.documents {
      let layers = layers(document.spans, golden.annotators, labels)
      for setting in golden.gamma.documents[document.id] ?? [] { try hold(setting, layers, labels) }
      for (index, pooled) in golden.gamma.pooled.enumerated() {
        let dissimilarity = Dissimilarity(alpha: pooled.alpha, beta: pooled.beta, deltaEmpty: pooled.delta_empty)
        costs[index] += BestAlignment(places: layers, by: dissimilarity, isSoft: false).cost
      }
    }
    for (pooled, cost) in zip(golden.gamma.pooled, costs) {
      #expect(abs(pooled.cost - cost) < 1e-9 * max(1, cost))
      let disorder = cost * Double(golden.annotators.count) / Double(pooled.n_units)
      #expect(abs(pooled.pooled_disorder - disorder) < 1e-9)
    }
  }

  @Test(arguments: aligned) func `chance is that of other programs within the error of both`(golden: Aligned) throws {
    let labels = Set(golden.spans.map(\.label)).sorted()
    for chance in golden.chance {
      let isShuffled = chance.sampler.hasPrefix("Shuffle")
      var study = UnitizingStudy(annotators: golden.annotators.count)
      let units = layers(golden.spans, golden.annotators, labels).map { places in
        places.map { UnitizingStudy.Unit(Int($0.start)..<Int($0.end), label: $0.label) }
      }
      study.append(UnitizingStudy.Continuum(length: Int(golden.spans.map(\.end).max() ?? 0), units: units))
      var drawing = GammaTally.Drawing()
      drawing.sampler = isShuffled ? .shuffle(.half) : .statistical
      drawing.samples = golden.spans.count > 1000 ? 8 : golden.spans.count > 100 ? 20 : 120
      drawing.isSoft = chance.soft
      let dissimilarity = Dissimilarity(alpha: chance.alpha, beta: chance.beta, deltaEmpty: chance.delta_empty)
      let tallies = try GammaTally.tallies(of: study, by: dissimilarity, labels: labels.count, drawing)
      let found = try Gamma(.overall).coefficient(of: tallies.total)
      let error = try #require(found.sampling?.standardError)
      // Of thirty draws the error itself is rough: of gamma_edge_identical other thirty by the same program are 4 of it away.
      let errors = chance.n_samples < 100 ? 5.0 : 4.0
      let bound = errors * (error * error + chance.se_of_mean * chance.se_of_mean).squareRoot()
      #expect(
        abs((found.expected ?? 0) - chance.expected_mean) < bound,
        "\(chance.sampler) α \(chance.alpha): \(found.expected ?? 0), \(chance.expected_mean), \(bound)")
    }
  }
}
