import Agreement
import Foundation
import Testing

/// Spans of several annotators with the values that nervaluate, seqeval and bratiaa give them.
@Suite struct GoldenCorpusTests {
  struct Corpus: Decodable, CustomTestStringConvertible {
    struct Document: Decodable {
      let id: String
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
        let macro_f1: Double?
      }
      struct Counts: Decodable {
        let correct: Int
        let incorrect: Int
        let partial: Int
        let missed: Int
        let spurious: Int
        let f1: Double
      }
      struct Nervaluate: Decodable {
        let overall: [String: Counts]
        let per_label: [String: [String: Counts]]
      }
      let exact_set: Exact
      let nervaluate: Nervaluate
      let seqeval: [String: Double]?
    }
    let name: String
    let annotators: [String]
    let labels: [String]
    let documents: [Document]
    let span_f1: [String: Pair]
    let instance_mean: Double?
    let tokens: [String: [String: [String]]]?
    let token_expected: [String: Double?]
    var testDescription: String { name }

    /// - Parameter asSets: whether equal spans of one annotator are one.
    func study(asSets: Bool) -> UnitizingStudy {
      var study = UnitizingStudy(annotators: annotators.count)
      for document in documents {
        let units = annotators.map { annotator -> [UnitizingStudy.Unit]? in
          var seen: Set<UnitizingStudy.Unit> = []
          return document.spans.filter { $0.annotator == annotator }.map { span in
            UnitizingStudy.Unit(span.start..<span.end, label: labels.firstIndex(of: span.label) ?? labels.count)
          }.filter { seen.insert($0).inserted || !asSets }
            // The golden lists are in the order of start, end and label.
            .sorted {
              ($0.hull.lowerBound, $0.hull.upperBound, labels[$0.label]) < (
                $1.hull.lowerBound, $1.hull.upperBound, labels[$1.label]
              )
            }
        }
        study.append(UnitizingStudy.Continuum(length: document.length, units: units))
      }
      return study
    }

    func pairs(of study: UnitizingStudy) -> [(study: UnitizingStudy, ends: [String], golden: Pair)] {
      span_f1.sorted { $0.key < $1.key }.map { names, golden in
        let ends = names.split(separator: "|").map(String.init)
        let indices = ends.compactMap(annotators.firstIndex)
        return (study.pair(indices[0], indices[1]), ends, golden)
      }
    }
  }

  static let corpora = Golden.load(Corpus.self, prefix: "corpus_")

  @Test func `all golden files are read`() { #expect(Self.corpora.count == 16) }

  @Test(arguments: corpora) func `strict counts are those of comparing sets`(golden: Corpus) throws {
    let score = SpanScore(.f1, by: .strict)
    for (study, _, pair) in golden.pairs(of: golden.study(asSets: true)) {
      let tally = try score.tallies(of: study).total
      #expect(tally.correct == pair.exact_set.tp)
      #expect(tally.reference - tally.correct == pair.exact_set.fn)
      #expect(tally.response - tally.correct == pair.exact_set.fp)
      try Golden.hold("f1", to: pair.exact_set.f1, tolerance: 1e-12) { try score.coefficient(of: study) }
      try Golden.hold("macro", to: pair.exact_set.macro_f1, tolerance: 1e-12) {
        try MacroSpanScore(score, labels: golden.labels.count).coefficient(of: study)
      }
    }
    try Golden.hold("mean over pairs", to: golden.instance_mean, tolerance: 1e-9) {
      try MeanOverPairs(score).coefficient(of: golden.study(asSets: true))
    }
  }

  static let criteria: [String: SpanCriterion] = [
    "strict": .strict, "exact": .boundary, "partial": .partial, "ent_type": .type,
  ]

  @Test(arguments: corpora) func `in nervaluate's order the counts are nervaluate's`(golden: Corpus) throws {
    for (study, ends, pair) in golden.pairs(of: golden.study(asSets: false)) {
      for (name, criterion) in Self.criteria {
        let score = SpanScore(.f1, by: criterion, pairing: .nervaluate)
        var cases = [(study, pair.nervaluate.overall[name], "all")]
        for (index, label) in golden.labels.enumerated() {
          cases.append((study.choosing(labels: [index]), pair.nervaluate.per_label[label]?[name], label))
        }
        for (study, expected, label) in cases {
          guard let expected else { continue }
          let tally = try score.tallies(of: study).total
          let found = [tally.correct, tally.incorrect, tally.partial, tally.missing, tally.spurious]
          let counts = [expected.correct, expected.incorrect, expected.partial, expected.missed, expected.spurious]
          #expect(found == counts, "\(ends) \(name) \(label)")
        }
      }
    }
  }

  @Test(arguments: corpora) func `the best pairing never credits less than nervaluate's`(golden: Corpus) throws {
    for (study, _, pair) in golden.pairs(of: golden.study(asSets: false)) {
      for (name, criterion) in Self.criteria {
        let tally = try SpanScore(.f1, by: criterion).tallies(of: study).total
        let expected = try #require(pair.nervaluate.overall[name])
        #expect(2 * tally.correct + tally.partial >= 2 * expected.correct + expected.partial, "\(name)")
      }
    }
  }

  @Test(arguments: corpora.filter { $0.tokens != nil })
  func `coefficients over tokens are those of other programs`(golden: Corpus) throws {
    let labels = ["O"] + golden.labels
    var study = CodingStudy(annotators: golden.annotators.count)
    for document in golden.documents {
      study.beginDocument()
      let tags = try golden.annotators.map { try #require(golden.tokens?[document.id]?[$0]) }
      for token in tags[0].indices {
        study.append(tags.map { labels.firstIndex(of: $0[token] == "O" ? "O" : String($0[token].dropFirst(2))) })
      }
    }
    let measures = GoldenTable.measures(study, labels)
    for (name, expected) in golden.token_expected where name != "percent_agreement_pair_pooled" {
      try Golden.hold(name, to: expected, tolerance: 1e-9, try #require(measures[name], "\(name)"))
    }
  }

  @Test(arguments: corpora.filter { $0.tokens != nil })
  func `strict F1 over tokens is seqeval's`(golden: Corpus) throws {
    var study = UnitizingStudy(annotators: golden.annotators.count)
    for document in golden.documents {
      let layers = try golden.annotators.map { annotator in
        Self.units(try #require(golden.tokens?[document.id]?[annotator]), golden.labels)
      }
      study.append(UnitizingStudy.Continuum(length: document.length, units: layers))
    }
    for (study, _, pair) in golden.pairs(of: study) {
      // seqeval gives 0 where there is no span at all.
      guard let micro = pair.seqeval?["micro"], try SpanScore(.f1, by: .strict).tallies(of: study).total.reference > 0
      else {
        continue
      }
      let value = try SpanScore(.f1, by: .strict).coefficient(of: study).value
      #expect(abs(value - micro) < 1e-9)
    }
  }

  private static func units(_ tags: [String], _ labels: [String]) -> [UnitizingStudy.Unit] {
    var units: [UnitizingStudy.Unit] = []
    var start: Int?
    for (token, tag) in (tags + ["O"]).enumerated() {
      if let first = start, !tag.hasPrefix("I-") {
        let label = String(tags[first].dropFirst(2))
        units.append(UnitizingStudy.Unit(first..<token, label: labels.firstIndex(of: label) ?? labels.count))
        start = nil
      }
      if tag.hasPrefix("B-") { start = token }
    }
    return units
  }
}
