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
    let tally = UnitizingAlpha(.overall, labels: 2).tallies(of: study).total
    #expect(tally.coincidence(0, 0) == 18 && tally.coincidence(1, 1) == 12 && tally.coincidence(2, 1) == 4)
  }

  @Test func `two units that nearly fit`() throws {
    // EXAMPLE
    typealias Unit = UnitizingStudy.Unit
    var study = UnitizingStudy(annotators: 2)
    study.append(UnitizingStudy.Continuum(length: 100, units: [[Unit(0..<9, label: 0)], [Unit(2..<9, label: 0)]]))
    let tallies = GammaTally.tallies(of: study, by: Dissimilarity(), labels: 1)
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
}
