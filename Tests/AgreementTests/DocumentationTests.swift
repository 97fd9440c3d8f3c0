import Agreement
import Testing

/// The examples of the documentation, compiled and run; each stands there as it stands here.
@Suite struct DocumentationTests {
  @Test func `three annotators, a value missing`() throws {
    // EXAMPLE
    var study = CodingStudy(annotators: 3)
    study.append([0, 0, 0], count: 40)
    study.append([1, 1, nil], count: 30)
    study.append([0, 1, 1], count: 5)
    let alpha = try KrippendorffAlpha().coefficient(of: study)
    let kappa = try MeanOverPairs(CohenKappa()).coefficient(of: study)
    // EXAMPLE
    #expect(alpha.items == 75 && alpha.value > 0.85 && alpha.value < 0.95)
    #expect(kappa.items == 75 + 45 + 45)
  }

  @Test func `columns, ranks and one category`() throws {
    // EXAMPLE
    let study = CodingStudy(columns: [[0, 0, 1, 2, 2], [0, 1, 1, 2, CodingStudy.missing]])
    let nominal = try KrippendorffAlpha().coefficient(of: study)
    let ordinal = try KrippendorffAlpha(.ordinal).coefficient(of: study)
    let rare = try KrippendorffAlpha().coefficient(of: study.collapsed(to: 2))
    let chosen = try SpecificAgreement(category: 2).coefficient(of: study)
    // EXAMPLE
    #expect(nominal.items == 4 && ordinal.value > nominal.value)
    #expect(rare.value == 1 && chosen.value == 1)
  }

  @Test func `a text cut by two annotators`() throws {
    // EXAMPLE
    var study = UnitizingStudy(annotators: 2)
    let dana: [UnitizingStudy.Unit] = [.init(0..<9, label: 0), .init(20..<30, label: 1)]
    let eli: [UnitizingStudy.Unit] = [.init(0..<9, label: 0), .init(24..<30, label: 1)]
    study.append(UnitizingStudy.Continuum(length: 100, units: [dana, eli]))
    let overall = try UnitizingAlpha(.overall, labels: 2).coefficient(of: study)
    let labels = try UnitizingAlpha(.coding, labels: 2).coefficient(of: study)
    // EXAMPLE
    #expect(labels.value == 1 && overall.value > 0.8 && overall.value < 0.9)
    let tally = try UnitizingAlpha(.overall, labels: 2).tallies(of: study).total
    #expect(tally.coincidence(0, 0) == 18 && tally.coincidence(1, 1) == 12 && tally.coincidence(2, 1) == 4)
  }

  @Test func `two units that nearly fit`() throws {
    // EXAMPLE
    typealias Unit = UnitizingStudy.Unit
    var study = UnitizingStudy(annotators: 2)
    study.append(UnitizingStudy.Continuum(length: 100, units: [[Unit(0..<9, label: 0)], [Unit(2..<9, label: 0)]]))
    let tallies = try GammaTally.tallies(of: study, by: Dissimilarity(), labels: 1)
    let gamma = try Gamma(.overall).coefficient(of: tallies.total)
    // EXAMPLE
    #expect(gamma.observed == 1.0 / 64 && gamma.value > 0.9 && gamma.sampling?.samples == 30)
  }

  @Test func `spans of two annotators`() throws {
    // EXAMPLE
    typealias Unit = UnitizingStudy.Unit
    var study = UnitizingStudy(annotators: 2)
    let (dana, eli) = ([Unit(0..<9, label: 0)], [Unit(0..<9, label: 0), Unit(20..<30, label: 1)])
    study.append(UnitizingStudy.Continuum(length: 100, units: [dana, eli]))
    let strict = try SpanScore(.f1, by: .strict).coefficient(of: study)
    let recall = try SpanScore(.recall, by: .overlap(minimum: 0.5)).coefficient(of: study)
    // EXAMPLE
    #expect(strict.value == 2.0 / 3 && recall.value == 1)
  }

  @Test func `an interval over four documents`() throws {
    // EXAMPLE
    let columns: [[UInt8]] = [[0, 1, 1, 0, 0, 1, 0, 1, 1], [0, 1, 0, 0, 0, 1, 0, 1, 0]]
    let study = CodingStudy(columns: columns, documents: [3, 2, 2, 2])
    let interval = try Bootstrap(resamples: 1000, seed: 1).interval(of: FleissKappa(), in: study)
    // EXAMPLE
    #expect(interval.low < interval.high && interval.high <= 1)
  }

  @Test func `a conditional kappa of one's own has intervals, thresholds and a test`() throws {
    var study = CodingStudy(annotators: 3)
    for more in 0..<6 {
      study.beginDocument()
      study.append([1, 1, 1], count: 20 + more)
      study.append([1, 0, 1], count: 2)
      study.append([0, 1, 0], count: 3)
      study.append([0, 0, 1], count: 12 - more)
    }
    // EXAMPLE
    let kappa = ConditionalKappa(category: 1)
    let value = try kappa.coefficient(of: study.pair(0, 1)).value
    let interval = try Bootstrap().interval(of: kappa, in: study.pair(0, 1))
    let isReliable = interval.low >= 0.6
    let mean = try MeanOverPairs(kappa).coefficient(of: study)
    // EXAMPLE
    // 135 of 147 items agree where the first chose 1; the second chose it for 153 of 222.
    #expect(abs(value - (135.0 / 147 - 153.0 / 222) / (1 - 153.0 / 222)) < 1e-12)
    #expect(interval.low <= value && value <= interval.high && isReliable == (interval.low >= 0.6))
    #expect(mean.items == 3 * 222)
    // EXAMPLE
    let (before, after) = (try kappa.tallies(of: study.pair(0, 1)), try kappa.tallies(of: study.pair(0, 2)))
    let difference = try PermutationTest().paired(kappa, before, after)
    // EXAMPLE
    let other = try kappa.coefficient(of: study.pair(0, 2)).value
    #expect(difference.difference == value - other && difference.isExact)
    #expect(throws: Undefined.noPairableItems) { try ConditionalKappa(category: 7).coefficient(of: study.pair(0, 1)) }
  }
}

// EXAMPLE
struct ConditionalKappa: MarginMeasure {
  let category: Int
  func coefficient(of tally: MarginTally) throws(Undefined) -> Coefficient {
    let observed = try share(tally.agreeing(on: category), of: tally.margin(0, category))
    return try Coefficient(
      observed: observed, expected: share(tally.margin(1, category), of: tally.items), items: tally.items)
  }
}
// EXAMPLE

// EXAMPLE
extension ConditionalKappa {
  private func share(_ count: Int, of whole: Int) throws(Undefined) -> Double {
    guard whole > 0 else { throw .noPairableItems }
    return Double(count) / Double(whole)
  }
}
// EXAMPLE
