import Testing

@testable import Agreement

/// Input that no measure can take, and input that looks like it.
@Suite struct InvalidInputTests {
  typealias Unit = UnitizingStudy.Unit

  // MARK: category numbers

  /// Identifiers and hashes as categories, 2³² and 2³¹ among them, which once became category 0 and a missing value.
  @Test func `categories beyond 32 bits are categories of their own`() throws {
    for great in [1 << 31, 1 << 32, 1 << 40, Int.max, 70_000] {
      var study = CodingStudy(annotators: 2)
      for row in [[great, 0], [1, 1], [0, 1]] { study.append(row) }
      // By hand: one item of three agrees; of six values, one, three and two are alike, so chance lets 22 of 30 differ.
      #expect(try ObservedAgreement().coefficient(of: study).value == 1.0 / 3)
      let alpha = try KrippendorffAlpha().coefficient(of: study).value
      #expect(abs(alpha - (1 - (2.0 / 3) / (22.0 / 30))) < 1e-12)
      #expect(study.items == 3 && study.categories == 3)
      #expect(study.distinctRows.map(\.values) == [[great, 0], [1, 1], [0, 1]])
    }
  }

  @Test func `what categories are called changes no coefficient`() throws {
    for seed in 0..<60 {
      var random = SeededGenerator(seed: UInt64(seed))
      let names = (0..<5).map { ($0 + 1) << Int.random(in: 17...58, using: &random) | $0 }.sorted()
      var (named, numbered) = (CodingStudy(annotators: 3), CodingStudy(annotators: 3))
      for _ in 0..<4 {
        named.beginDocument()
        numbered.beginDocument()
        for _ in 0..<8 {
          let row: CodingStudy.Row = (0..<3).map { _ in
            Int.random(in: 0..<6, using: &random) == 5 ? nil : Int.random(in: 0..<5, using: &random)
          }
          named.append(row.map { $0.map { names[$0] } })
          numbered.append(row)
        }
      }
      // All five occur, so that both studies have as many categories.
      for category in 0..<5 {
        named.append([names[category], names[category], nil])
        numbered.append([category, category, nil])
      }
      func hold<M: Measure<CodingStudy>>(_ measure: M, _ other: M? = nil) throws {
        #expect(measure.result(named) == (other ?? measure).result(numbered), "\(seed) \(M.self)")
      }
      try hold(KrippendorffAlpha())
      try hold(KrippendorffAlpha(.ordinal))
      try hold(FleissKappa())
      try hold(HubertKappa())
      try hold(GwetAC1(categories: named.categories))
      try hold(MeanOverPairs(CohenKappa()))
      try hold(MeanOverPairs(ScottPi()))
      try hold(SpecificAgreement(category: names[2]), SpecificAgreement(category: 2))
      let far = Distance { Double(abs($0 - $1)) }
      let near = Distance { Double(abs(names[$0] - names[$1])) }
      try hold(KrippendorffAlpha(far), KrippendorffAlpha(near))
      try hold(
        MeanOverPairs(WeightedKappa.linear),
        MeanOverPairs(WeightedKappa { abs(Double(names[$0]) - Double(names[$1])) }))
      #expect(named.choosing([0, 1]).categories == 5 && named.collapsed(to: names[3]) == numbered.collapsed(to: 3))
      #expect(named.renamed { names.firstIndex(of: $0) ?? -1 } == numbered)
    }
  }

  // MARK: units outside

  /// Lengths in words and units in characters: the commonest slip there is.
  @Test func `a unit that leaves its continuum is refused by every measure`() throws {
    for (length, unit) in [(10, Unit(5..<20, label: 0)), (10, Unit(-3..<4, label: 0)), (10, Unit(12..<20, label: 0))] {
      var study = UnitizingStudy(annotators: 2)
      study.append(UnitizingStudy.Continuum(length: length, units: [[unit], [Unit(5..<10, label: 0)]]))
      #expect(study.fault == .unitOutside && study.partition.fault == .unitOutside)
      let undefined = Undefined.invalid(.unitOutside)
      for kind in [UnitizingAlpha.Kind.overall, .binary, .coding, .value(0)] {
        #expect(throws: undefined) { try UnitizingAlpha(kind, labels: 1).coefficient(of: study) }
      }
      #expect(throws: undefined) { try UnitizingAlpha1995(labels: [0]).coefficient(of: study) }
      #expect(throws: undefined) { try GammaTally.tallies(of: study, by: Dissimilarity(), labels: 1) }
      #expect(throws: undefined) { try SpanScore(.f1, by: .strict).coefficient(of: study) }
      #expect(throws: undefined) { try MeanOverPairs(SpanScore(.f1, by: .type)).coefficient(of: study) }
      #expect(throws: undefined) { try MacroSpanScore(SpanScore(.f1, by: .type), labels: 1).coefficient(of: study) }
    }
    // To the very ends is inside.
    var whole = UnitizingStudy(annotators: 2)
    whole.append(UnitizingStudy.Continuum(length: 10, units: [[Unit(0..<10, label: 0)], [Unit(5..<10, label: 0)]]))
    #expect(whole.fault == nil)
  }

  @Test func `a label beyond those declared is refused, not counted elsewhere`() throws {
    var study = UnitizingStudy(annotators: 2)
    study.append(UnitizingStudy.Continuum(length: 9, units: [[Unit(0..<4, label: 3)], [Unit(0..<4, label: 0)]]))
    let undefined = Undefined.invalid(.noSuchCategory)
    #expect(throws: undefined) { try UnitizingAlpha(.overall, labels: 3).coefficient(of: study) }
    #expect(throws: undefined) { try GammaTally.tallies(of: study, by: Dissimilarity(), labels: 2) }
    let grades = Dissimilarity(categorical: .ordinal(count: 3))
    #expect(throws: undefined) { try GammaTally.tallies(of: study, by: grades, labels: 4) }
    #expect(throws: undefined) { try BestAlignment(study.continua[0].units.compactMap { $0 }, by: grades) }
  }

  @Test func `a measure of two annotators says so of three`() throws {
    var study = CodingStudy(annotators: 3)
    study.append([0, 1, 0], count: 4)
    #expect(throws: Undefined.invalid(.notTwoAnnotators)) { try CohenKappa().coefficient(of: study) }
    #expect(throws: Undefined.invalid(.notTwoAnnotators)) { try WeightedKappa.linear.coefficient(of: study) }
    #expect(throws: Undefined.invalid(.noSuchAnnotator)) { try CohenKappa().coefficient(of: study.pair(0, 3)) }
    study.append([0, 1])
    #expect(throws: Undefined.invalid(.annotatorsMissing)) { try FleissKappa().coefficient(of: study) }
  }
}

extension Measure {
  fileprivate func result(_ study: Study) -> Result<Coefficient, Undefined> {
    do throws(Undefined) { return .success(try coefficient(of: study)) } catch { return .failure(error) }
  }
}
