import Agreement
import Testing

/// Precision, recall and F1 of labelled tokens.
@Suite struct TokenScoreTests {
  struct Suite: Decodable {
    struct Annotation: Decodable {
      let label: Int
      let spans: [[Int]]

      var unit: UnitizingStudy.Unit {
        UnitizingStudy.Unit(fragments: spans.map { $0[0]..<$0[1] }, label: label)
      }
    }
    struct Document: Decodable {
      let tokens: [[Int]]
      let annotations: [[Annotation]]
    }
    struct Pair: Decodable {
      let first, second: Int
      let f1: Double?
      /// For each label, the tokens in common and those of both.
      let labels: [[Int]]
    }
    struct Case: Decodable {
      let name: String
      let labels, annotators: Int
      let documents: [Document]
      let pairs: [Pair]
      let mean: Double?
    }
    let cases: [Case]
  }

  private static func study(_ one: Suite.Case, label: Int? = nil) -> TokenStudy {
    var study = TokenStudy(annotators: one.annotators)
    for document in one.documents {
      let tokens = document.tokens.map { $0[0]..<$0[1] }
      study.append(
        document.annotations.map { annotations in
          let units = annotations.map(\.unit).filter { label == nil || $0.label == label }
          return TokenStudy.pieces(of: units, tokens: tokens)
        })
    }
    return study
  }

  @Test func `F1 over tokens, its mean over pairs and the counts of each label are bratiaa's`() throws {
    var figures = 0
    for one in try #require(Golden.load(Suite.self, prefix: "suite_bratiaa_tokens.").first).cases {
      let study = Self.study(one)
      for pair in one.pairs {
        let found = try? TokenScore(.f1).coefficient(of: study.pair(pair.first, pair.second)).value
        #expect(found == pair.f1 || abs((found ?? .nan) - (pair.f1 ?? .nan)) < 1e-12, "\(one.name)")
        for (label, counts) in pair.labels.enumerated() {
          let tally = try TokenScore(.f1).tallies(
            of: Self.study(one, label: label).pair(pair.first, pair.second)
          ).total
          #expect([tally.correct, tally.reference + tally.response] == counts, "\(one.name) \(label)")
          figures += 2
        }
        figures += 1
      }
      // Where a pair has no value, bratiaa has no mean.
      if let mean = one.mean {
        let found = try MeanOverPairs(TokenScore(.f1)).coefficient(of: study).value
        #expect(abs(found - mean) < 1e-12, "\(one.name)")
        figures += 1
      }
    }
    #expect(figures == 197)
  }

  @Test func `annotators may change places, labels their numbers; a document twice changes nothing`() throws {
    for seed in 0..<200 {
      var random = SeededGenerator(seed: UInt64(seed), stream: 3)
      func layer() -> [TokenStudy.Piece] {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
          let start = Int.random(in: 0..<20, using: &random)
          return TokenStudy.Piece(
            label: Int.random(in: 0...2, using: &random), tokens: start..<start + Int.random(in: 1...5, using: &random))
        }
      }
      let layers = [layer(), layer()]
      func study(_ documents: [[[TokenStudy.Piece]?]]) -> TokenStudy {
        var study = TokenStudy(annotators: 2)
        for document in documents { study.append(document) }
        return study
      }
      let found = try TokenScore(.f1).coefficient(of: study([layers]))
      #expect(try TokenScore(.f1).coefficient(of: study([layers.reversed()])) == found)
      #expect(try TokenScore(.f1).coefficient(of: study([layers, layers])).value == found.value)
      let renamed = layers.map { $0.map { TokenStudy.Piece(label: 7 - $0.label, tokens: $0.tokens) } }
      #expect(try TokenScore(.f1).coefficient(of: study([renamed])) == found)
      // Each token by itself.
      var common = 0
      for label in 0...2 {
        for token in 0..<30 {
          let covering = layers.map { $0.count { $0.label == label && $0.tokens.contains(token) } }
          common += min(covering[0], covering[1])
        }
      }
      let all = layers.joined().reduce(0) { $0 + $1.tokens.count }
      #expect(found.value == 2 * Double(common) / Double(all) && found.items == all)
      #expect(
        try TokenScore(.precision).coefficient(of: study([layers])).value
          == TokenScore(.recall).coefficient(of: study([layers.reversed()])).value)
    }
  }

  @Test func `what is no token study is refused`() {
    var study = TokenStudy(annotators: 2)
    #expect(throws: Undefined.noSharedDocument) { try TokenScore(.f1).coefficient(of: study) }
    study.append([[], []])
    #expect(throws: Undefined.noSpans) { try TokenScore(.f1).coefficient(of: study) }
    #expect(throws: Undefined.invalid(.noSuchAnnotator)) { try TokenScore(.f1).coefficient(of: study.pair(0, 2)) }
    study.append([[TokenStudy.Piece(label: -1, tokens: 0..<1)], []])
    #expect(throws: Undefined.invalid(.malformedUnit)) { try TokenScore(.f1).coefficient(of: study) }
    #expect(throws: Undefined.invalid(.notTwoAnnotators)) {
      try TokenScore(.f1).coefficient(of: TokenStudy(annotators: 3))
    }
  }
}
