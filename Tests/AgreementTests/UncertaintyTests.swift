import Agreement
import Testing

/// The bootstrap and the permutation test against enumeration, SciPy and textbook values.
@Suite struct UncertaintyTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let documents: [[[String?]]]
    let estimate: Double
    /// Type 7 quantiles over all nⁿ resamples; nil where there are too many.
    let linear: [Double]?
    let mean: Double
    let sd: Double
    let interval: [Double]
    /// SciPy's, from 9,999 resamples.
    let bca: [Double]?
    let intervalTolerance: Double
    var testDescription: String { name }

    var study: CodingStudy {
      let labels = Set(documents.joined().joined().compactMap { $0 }).sorted()
      var study = CodingStudy(annotators: documents[0][0].count)
      for document in documents {
        study.beginDocument()
        for item in document { study.append(item.map { $0.flatMap(labels.firstIndex) }) }
      }
      return study
    }
  }

  static let cases = Golden.load(Case.self, prefix: "bootstrap_")

  @Test func `all golden files are read`() { #expect(Self.cases.count == 3) }

  @Test(arguments: cases) func `percentiles are those of 200,000 resamples in NumPy`(golden: Case) throws {
    let study = golden.study
    #expect(abs(try KrippendorffAlpha().coefficient(of: study).value - golden.estimate) < 1e-9)
    let values = Self.resamples(study, 20_000)
    for (share, expected) in zip([0.025, 0.975], golden.linear ?? golden.interval) {
      let place = share * Double(values.count - 1)
      let value = values[Int(place)] + (place - place.rounded(.down)) * (values[Int(place) + 1] - values[Int(place)])
      #expect(abs(value - expected) <= golden.intervalTolerance)
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    #expect(abs(mean - golden.mean) < 0.01 && abs(deviation - golden.sd) < 0.01)
    let interval = try Bootstrap(resamples: 20_000).interval(of: KrippendorffAlpha(), in: study)
    #expect(interval.method == .bca)
    if let bca = golden.bca {
      #expect(abs(interval.low - bca[0]) <= 2 * golden.intervalTolerance)
      #expect(abs(interval.high - bca[1]) <= 2 * golden.intervalTolerance)
    }
  }

  /// Sorted values of resamples by the plain way: the documents drawn are added up as they are.
  private static func resamples(_ study: CodingStudy, _ count: Int) -> [Double] {
    (0..<count).compactMap { number in
      var generator = SeededGenerator(seed: 7, stream: number)
      let drawn = (0..<study.documentCount).map { _ in Int.random(in: 0..<study.documentCount, using: &generator) }
      return try? KrippendorffAlpha().coefficient(of: study.documents(drawn)).value
    }.sorted()
  }

  @Test func `the same seed gives the same digits, another seed others`() throws {
    let study = Self.cases[1].study
    let first = try Bootstrap(resamples: 500, seed: 3).interval(of: FleissKappa(), in: study)
    for _ in 0..<5 { #expect(try Bootstrap(resamples: 500, seed: 3).interval(of: FleissKappa(), in: study) == first) }
    #expect(try Bootstrap(resamples: 500, seed: 4).interval(of: FleissKappa(), in: study) != first)
    // What one machine gave, another must give.
    #expect([first.low, first.high] == [0.49782269954235664, 0.8370455923437825])
  }

  @Test func `a resample of tallies is a resample of documents`() throws {
    // Each draw of a bootstrap with one resample shows as an interval of one value.
    for (index, golden) in Self.cases.enumerated() {
      let study = golden.study
      for seed in 0..<50 {
        let bootstrap = Bootstrap(resamples: 1, seed: UInt64(seed))
        guard let interval = try? bootstrap.interval(of: KrippendorffAlpha(), in: study) else { continue }
        var generator = SeededGenerator(seed: UInt64(seed), stream: 0)
        let drawn = (0..<study.documentCount).map { _ in
          Int(generator.next().multipliedFullWidth(by: UInt64(study.documentCount)).high)
        }
        let value = try KrippendorffAlpha().coefficient(of: study.documents(drawn)).value
        #expect(interval.low == value && interval.high == value, "\(index) \(seed)")
      }
    }
  }

  @Test func `intervals of several measures are those of each alone`() throws {
    let study = Self.cases[2].study
    let bootstrap = Bootstrap(resamples: 300)
    let pooled = try PooledTally.tallies(of: study)
    let pairs = MeanOverPairs(CohenKappa())
    let found = bootstrap.intervals(of: [
      Estimands(pooled, [FleissKappa().result, ObservedAgreement().result]),
      Estimands(try pairs.tallies(of: study), [pairs.result]),
    ])
    #expect(try found[0][0].get() == bootstrap.interval(of: FleissKappa(), in: study))
    #expect(try found[0][1].get() == bootstrap.interval(of: ObservedAgreement(), in: study))
    #expect(try found[1][0].get() == bootstrap.interval(of: pairs, in: study))
  }

  @Test func `counts beyond 32 bits give the intervals of small ones in the same proportions`() throws {
    func interval(times: Int) throws -> Interval {
      var study = CodingStudy(annotators: 2)
      for document in 1...8 {
        study.beginDocument()
        study.append([0, 0], count: document * times)
        study.append([1, 1], count: 5 * times)
        study.append([0, 1], count: document % 3 * times)
      }
      return try Bootstrap(resamples: 400).interval(of: CohenKappa(), in: study)
    }
    let (small, great) = (try interval(times: 1), try interval(times: 1_000_000_000))
    #expect(abs(small.low - great.low) < 1e-9 && abs(small.high - great.high) < 1e-9)
    #expect(small.method == great.method)
  }

  @Test func `where there is no interval the reason is said`() {
    var study = CodingStudy(annotators: 2)
    study.append([0, 1])
    study.append([1, 1])
    #expect(throws: Interval.Absence.oneDocument) { try Bootstrap().interval(of: KrippendorffAlpha(), in: study) }
    study.beginDocument()
    study.append([0, 0])
    #expect(throws: Interval.Absence.noValue(.fewerThanTwoCategories)) {
      try Bootstrap().interval(of: BennettS(categories: 1), in: study)
    }
    // The only category that varies stands in one document of three: it is drawn by two resamples in three.
    var rare = CodingStudy(annotators: 2)
    for values in [[0, 0], [0, 0], [0, 1]] {
      rare.beginDocument()
      rare.append(values)
    }
    let interval = try? Bootstrap().interval(of: CohenKappa(), in: rare)
    #expect((interval?.undefinedResamples ?? 0) > 200 && interval?.method == .percentile)
  }

  @Test func `a paired permutation test is exact for few documents`() throws {
    // Two groups of two annotators; the first agrees in all documents, the second in none but one.
    var study = CodingStudy(annotators: 4)
    for document in 0..<6 {
      study.beginDocument()
      for item in 0..<4 { study.append([item % 2, item % 2, item % 2, document == 0 ? item % 2 : (item + 1) % 2]) }
    }
    let first = try PooledTally.tallies(of: study.choosing([0, 1]))
    let second = try PooledTally.tallies(of: study.choosing([2, 3]))
    let test = try PermutationTest(permutations: 1000).paired(ObservedAgreement(), first, second)
    // Of the 2⁶ dealings the five documents that differ must all go one way, whichever way the sixth goes.
    #expect(test.isExact && test.permutations == 64 && test.p == 4.0 / 64)
    #expect(abs(test.difference - 5.0 / 6) < 1e-12)
    let sampled = try PermutationTest(permutations: 63).paired(ObservedAgreement(), first, second)
    #expect(!sampled.isExact && sampled.p > 0 && sampled.p < 0.3)
  }

  @Test func `groups that use fewer categories than the study can be compared`() throws {
    var study = CodingStudy(annotators: 4)
    for item in 0..<6 {
      study.beginDocument()
      study.append([item % 2, 0, item % 3, 2])
    }
    let (first, second) = (study.choosing([0, 1]), study.choosing([2, 3]))
    #expect(first.categories == 3 && second.categories == 3)
    let test = try PermutationTest(permutations: 100).paired(
      KrippendorffAlpha(), KrippendorffAlpha().tallies(of: first), KrippendorffAlpha().tallies(of: second))
    #expect(test.p > 0 && test.p <= 1)
  }

  @Test func `an interval never turns round, however great the confidence`() throws {
    for golden in Self.cases {
      for confidence in [0.5, 0.9, 0.99, 0.9999, 0.999_999_999] {
        let interval = try Bootstrap(resamples: 200, confidence: confidence).interval(
          of: FleissKappa(), in: golden.study)
        #expect(interval.low <= interval.high)
      }
    }
  }

  @Test func `an unpaired permutation test finds what enumeration finds`() throws {
    for seed in 0..<5 {
      let table = LawTests.table(seed * 31 + 2)
      var study = CodingStudy(annotators: table[0].count)
      for row in table.prefix(9) {
        study.beginDocument()
        study.append(row)
      }
      let (size, all) = (study.documentCount / 2, Array(0..<study.documentCount))
      guard size > 1 else { continue }
      let tallies = { (part: [Int]) in try PooledTally.tallies(of: study.documents(part)) }
      let (first, second) = (Array(all.prefix(size)), Array(all.dropFirst(size)))
      func difference(_ one: [Int], _ other: [Int]) -> Double? {
        guard let a = try? ObservedAgreement().coefficient(of: study.documents(one)).value,
          let b = try? ObservedAgreement().coefficient(of: study.documents(other)).value
        else { return nil }
        return a - b
      }
      guard let observed = difference(first, second) else { continue }
      let ways = Self.choices(size, of: all)
      let asGreat = ways.count { chosen in
        difference(chosen, all.filter { !chosen.contains($0) }).map { abs($0) >= abs(observed) - 1e-12 } ?? true
      }
      let test = try PermutationTest(permutations: 4000).unpaired(ObservedAgreement(), tallies(first), tallies(second))
      #expect(abs(test.difference - observed) < 1e-12)
      #expect(abs(test.p - Double(asGreat) / Double(ways.count)) < 0.035, "\(seed)")
      // Several measures at once, from the tallies of all documents.
      let estimands = Estimands(try tallies(all), [ObservedAgreement().result, FleissKappa().result])
      let together = PermutationTest(permutations: 4000).unpaired(estimands, first: size)
      let found = try together[0].get()
      #expect(found.difference.difference == test.difference && found.difference.p == test.p, "\(seed)")
      #expect(abs(found.first - found.second - test.difference) < 1e-12)
    }
  }

  /// A study of documents of ten items; two annotators agree on each with a probability of the document's own.
  private static func drawn(_ documents: Int, _ random: inout SeededGenerator) -> CodingStudy {
    var study = CodingStudy(annotators: 2, categories: 2)
    for _ in 0..<documents {
      study.beginDocument()
      let chance = Double.random(in: 0.5...1, using: &random)
      for _ in 0..<10 {
        let value = Int.random(in: 0...1, using: &random)
        study.append([value, Double.random(in: 0..<1, using: &random) < chance ? value : 1 - value])
      }
    }
    return study
  }

  @Test func `corpora of the size that a pilot advises have intervals as wide as wished`() throws {
    var random = SeededGenerator(seed: 5)
    let pilot = Self.drawn(150, &random)
    let measure = ObservedAgreement()
    for width in [0.04, 0.08] {
      let size = try #require(try SampleSize(width: width).documents(of: measure, in: measure.tallies(of: pilot)))
      let values = try (0..<600).map { _ in try measure.coefficient(of: Self.drawn(size, &random)).value }.sorted()
      #expect(abs((values[584] - values[15]) / width - 1) < 0.2, "\(size)")
      // In theory: the variance of a document's share is that of the chances, 1/48, plus the mean of p(1 − p)/10.
      let variance: Double = 1.0 / 48 + (0.75 - 0.5625 - 1.0 / 48) / 10
      let due = variance * (2 * 1.96 / width) * (2 * 1.96 / width)
      #expect(abs(Double(size) / due - 1) < 0.3, "\(size) of \(due)")
    }
    // Half the width takes four times the documents; the same seed gives the same number.
    let sizes = try [0.08, 0.04, 0.04].map { width in
      try #require(try SampleSize(width: width).documents(of: measure, in: measure.tallies(of: pilot)))
    }
    #expect(abs(Double(sizes[1]) / Double(sizes[0]) - 4) < 1 && sizes[1] == sizes[2])
    #expect(try SampleSize(width: 0.0001).documents(of: measure, in: measure.tallies(of: pilot)) == nil)
    #expect(throws: Interval.Absence.oneDocument) {
      try SampleSize(width: 0.1).documents(of: measure, in: measure.tallies(of: Self.drawn(1, &random)))
    }
    #expect(throws: Interval.Absence.noValue(.invalid(.settingOutOfRange))) {
      try SampleSize(width: 0).documents(of: measure, in: measure.tallies(of: pilot))
    }
  }

  private static func choices(_ count: Int, of all: [Int]) -> [[Int]] {
    if count == 0 { return [[]] }
    return all.indices.flatMap { index in
      choices(count - 1, of: Array(all.dropFirst(index + 1))).map { [all[index]] + $0 }
    }
  }
}
