import Agreement
import Foundation
import Testing

/// Values of independent implementations, in files that name their source and the tools that agree on them.
@Suite struct GoldenTests {
  struct Nominal: Decodable, CustomTestStringConvertible {
    let name: String
    let source: String
    let items: [[String?]]
    let expected: [String: Double?]
    let tolerance: Double
    var testDescription: String { "\(name): \(source)" }

    var categories: [String] { Set(items.joined().compactMap { $0 }).sorted() }

    var study: CodingStudy {
      var study = CodingStudy(annotators: items[0].count)
      let categories = categories
      for item in items { study.append(item.map { $0.flatMap(categories.firstIndex) }) }
      return study
    }
  }

  static func load<Case: Decodable>(_ type: Case.Type, prefix: String) -> [Case] {
    guard let folder = Bundle.module.url(forResource: "Golden", withExtension: nil),
      let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    else { return [] }
    return files.filter { $0.lastPathComponent.hasPrefix(prefix) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .compactMap { try? JSONDecoder().decode(type, from: Data(contentsOf: $0)) }
  }

  static let nominal = load(Nominal.self, prefix: "nominal_")

  @Test func `all golden files are read`() {
    #expect(Self.nominal.count == 19)
    #expect(Self.corpora.count == 16)
  }

  @Test(arguments: nominal) func `nominal coefficients are those of other programs`(golden: Nominal) throws {
    let study = golden.study
    var measures: [(String, () throws -> Coefficient)] = [
      ("percent_agreement_item_mean", { try observedAgreement(study) }),
      ("fleiss_kappa", { try fleissKappa(study) }),
      ("alpha_nominal", { try krippendorffAlpha(study) }),
    ]
    if study.annotators == 2 {
      measures.append(("cohen_kappa", { try cohenKappa(study) }))
      // Scott's pi leaves out items with one value, Fleiss' kappa uses them for the shares.
      if !golden.items.joined().contains(nil) { measures.append(("scott_pi", { try fleissKappa(study) })) }
    } else {
      measures.append(("avg_pairwise_cohen", { try meanCohenKappa(study) }))
    }
    for (index, category) in golden.categories.enumerated() {
      measures.append(("alpha_nominal_category:\(category)", { try krippendorffAlpha(study.collapsed(to: index)) }))
    }
    for (name, measure) in measures {
      guard let expected = golden.expected[name] else { continue }
      if let expected {
        let value = try measure().value
        #expect(abs(value - expected) <= golden.tolerance * max(1, abs(expected)), "\(name)")
      } else {
        #expect(throws: Undefined.self, "\(name)") { try measure() }
      }
    }
  }

  struct Corpus: Decodable, CustomTestStringConvertible {
    struct Document: Decodable {
      let length: Int
      let spans: [Span]
    }
    struct Span: Decodable {
      let annotator: String
      let start: Int
      let end: Int
      let label: String
    }
    struct Pair: Decodable {
      struct Exact: Decodable {
        let tp: Int
        let fp: Int
        let fn: Int
        let f1: Double?
      }
      let exact_set: Exact
    }
    let name: String
    let annotators: [String]
    let labels: [String]
    let documents: [Document]
    let span_f1: [String: Pair]
    var testDescription: String { name }

    var study: UnitizingStudy {
      var study = UnitizingStudy(annotators: annotators.count)
      for document in documents {
        let units = annotators.map { annotator -> [UnitizingStudy.Unit]? in
          // The golden counts are of sets: equal spans of one annotator are one.
          var seen: Set<UnitizingStudy.Unit> = []
          return document.spans.filter { $0.annotator == annotator }.map { span in
            UnitizingStudy.Unit(
              fragments: [span.start..<span.end], label: labels.firstIndex(of: span.label) ?? labels.count)
          }.filter { seen.insert($0).inserted }
        }
        study.append(UnitizingStudy.Continuum(length: document.length, units: units))
      }
      return study
    }
  }

  static let corpora = load(Corpus.self, prefix: "corpus_")

  @Test(arguments: corpora) func `exact span F1 is that of set comparison`(golden: Corpus) throws {
    let study = golden.study
    for (names, pair) in golden.span_f1 {
      let ends = names.split(separator: "|").map(String.init).compactMap(golden.annotators.firstIndex)
      let counts = SpanCounts(study.pair(ends[0], ends[1]), .exact)
      #expect(counts.matched == pair.exact_set.tp)
      #expect(counts.reference - counts.matched == pair.exact_set.fn)
      #expect(counts.response - counts.matched == pair.exact_set.fp)
      if let f1 = pair.exact_set.f1 {
        #expect(abs(try counts.f1().value - f1) < 1e-12)
      } else {
        #expect(throws: Undefined.noSpans) { try counts.f1() }
      }
    }
  }
}
