import Agreement
import Testing

@Suite struct LawTests {
  /// A table of up to 40 items × 5 annotators, up to 4 categories, some values missing.
  static func table(_ seed: Int) -> [[Int?]] {
    var random = SeededGenerator(seed: UInt64(seed))
    let annotators = Int.random(in: 2...5, using: &random)
    let categories = Int.random(in: 1...4, using: &random)
    let missing = Double.random(in: 0...0.4, using: &random)
    return (0..<Int.random(in: 1...40, using: &random)).map { _ in
      let truth = Int.random(in: 0..<categories, using: &random)
      return (0..<annotators).map { _ in
        if Double.random(in: 0...1, using: &random) < missing { return nil }
        return Double.random(in: 0...1, using: &random) < 0.6 ? truth : Int.random(in: 0..<categories, using: &random)
      }
    }
  }

  static func study(_ table: [[Int?]]) -> CodingStudy {
    var study = CodingStudy(annotators: table[0].count)
    for row in table { study.append(row) }
    return study
  }

  static func value<M: Measure>(_ measure: M) -> @Sendable (M.Study) -> Double? {
    { study in try? measure.coefficient(of: study).value }
  }

  /// Those of nominal values that need no declared categories; observed agreement first.
  static let measures: [@Sendable (CodingStudy) -> Double?] = [
    value(ObservedAgreement()), value(MeanOverPairs(CohenKappa())), value(FleissKappa()), value(KrippendorffAlpha()),
    value(HubertKappa()), value(MeanOverPairs(ScottPi())),
  ]

  @Test func `order of items, annotators and categories changes no digit`() {
    for seed in 0..<1500 {
      let table = Self.table(seed)
      var random = SeededGenerator(seed: UInt64(seed) + 1_000_000)
      let columns = table[0].indices.shuffled(using: &random)
      let names = [0, 1, 2, 3].shuffled(using: &random)
      let changed = table.shuffled(using: &random).map { row in columns.map { row[$0].map { names[$0] } } }
      for measure in Self.measures + [Self.value(BennettS(categories: 4)), Self.value(GwetAC1(categories: 4))] {
        #expect(measure(Self.study(table)) == measure(Self.study(changed)), "\(seed)")
      }
    }
  }

  @Test func `perfect agreement is 1, or undefined where one category is all there is`() {
    for seed in 0..<500 {
      let table = Self.table(seed).map { row in row.map { _ in row.compactMap { $0 }.first ?? 0 } }
      let varied = Set(table.map { $0[0] }).count > 1
      for measure in Self.measures.dropFirst() { #expect(measure(Self.study(table)) == (varied ? 1 : nil)) }
    }
  }

  @Test func `alpha is that of the coincidence matrix written out`() {
    for seed in 0..<1500 {
      let table = Self.table(seed)
      var coincidences = [[Double]](repeating: [Double](repeating: 0, count: 4), count: 4)
      for row in table {
        let values = row.compactMap { $0 }
        guard values.count > 1 else { continue }
        for i in values.indices {
          for j in values.indices where i != j { coincidences[values[i]][values[j]] += 1 / Double(values.count - 1) }
        }
      }
      let margins = coincidences.map { $0.reduce(0, +) }
      let n = margins.reduce(0, +)
      var (observed, expected) = (0.0, 0.0)
      for c in 0..<4 {
        for k in 0..<4 where c != k {
          observed += coincidences[c][k] / n
          expected += margins[c] * margins[k] / (n * (n - 1))
        }
      }
      let value = Self.measures[3](Self.study(table))
      if n == 0 || expected == 0 {
        #expect(value == nil)
      } else {
        #expect(abs((value ?? .nan) - (1 - observed / expected)) < 1e-12, "\(seed)")
      }
    }
  }

  @Test func `two annotators without missing values: alpha follows from Scott's pi`() throws {
    for seed in 0..<500 {
      let table = Self.table(seed).map { row in row.prefix(2).map { $0 ?? 0 } as [Int?] }
      let study = Self.study(table)
      guard let pi = Self.measures[2](study) else { continue }
      let n = Double(2 * table.count)
      #expect(abs(try KrippendorffAlpha().coefficient(of: study).value - (1 - (1 - pi) * (n - 1) / n)) < 1e-12)
    }
  }

  // MARK: spans

  static func units(_ random: inout SeededGenerator) -> [UnitizingStudy.Unit] {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in
      let start = Int.random(in: 0...20, using: &random)
      let end = start + Int.random(in: 1...8, using: &random)
      let gap = Int.random(in: 1...3, using: &random)
      let tail = Int.random(in: 0...3, using: &random)
      let fragments = tail == 0 ? [start..<end] : [start..<end, (end + gap)..<(end + gap + tail)]
      return UnitizingStudy.Unit(fragments: fragments, label: Int.random(in: 0...1, using: &random))
    }
  }

  /// The most pairs by trying all ways.
  static func most(
    _ first: ArraySlice<UnitizingStudy.Unit>, _ second: [UnitizingStudy.Unit],
    _ fits: (UnitizingStudy.Unit, UnitizingStudy.Unit) -> Bool
  ) -> Int {
    guard let unit = first.first else { return 0 }
    var best = most(first.dropFirst(), second, fits)
    for (index, other) in second.enumerated() where fits(unit, other) {
      var rest = second
      rest.remove(at: index)
      best = max(best, 1 + most(first.dropFirst(), rest, fits))
    }
    return best
  }

  @Test func `matching of overlapping spans finds as many pairs as trying all ways`() {
    for seed in 0..<2000 {
      var random = SeededGenerator(seed: UInt64(seed))
      let (first, second) = (Self.units(&random), Self.units(&random))
      let minimum = [0, 0.3, 0.5, 1][seed % 4]
      var study = UnitizingStudy(annotators: 2)
      study.append(UnitizingStudy.Continuum(length: 40, units: [first, second]))
      let expected = Self.most(first[...], second) { a, b in
        let covered = { (unit: UnitizingStudy.Unit) in Set(unit.fragments.joined()) }
        let common = covered(a).intersection(covered(b)).count
        return a.label == b.label && common > 0
          && Double(common) >= minimum * Double(covered(a).union(covered(b)).count)
      }
      #expect(SpanScore(.f1, by: .overlap(minimum: minimum)).tallies(of: study).total.correct == expected, "\(seed)")
      let equal = Self.most(first[...], second) { $0 == $1 }
      #expect(SpanScore(.f1, by: .strict).tallies(of: study).total.correct == equal, "\(seed)")
    }
  }

  @Test func `a mean over pairs names the pair that is undefined`() {
    var study = CodingStudy(annotators: 3)
    study.append([0, 0, 0])
    study.append([0, 0, 1])
    #expect(throws: Undefined.pair(0, 1, .oneCategory)) { try MeanOverPairs(CohenKappa()).coefficient(of: study) }
  }
}
