import Agreement
import Testing

/// Values printed in papers, each suite a paper.
enum Published {
  /// A study of two annotators from a table of first × second.
  static func study(table: [[Int]]) -> CodingStudy {
    var study = CodingStudy(annotators: 2)
    for (first, row) in table.enumerated() {
      for (second, count) in row.enumerated() { study.append([first, second], count: count) }
    }
    return study
  }

  /// A study from the annotators' values, written one line each: a digit or a letter an item, `.` where it is missing.
  static func study(lines: [String]) -> CodingStudy {
    let columns = lines.map { line in
      line.map { $0 == "." ? nil : $0.wholeNumberValue ?? Int(($0.asciiValue ?? 97) - 97) }
    }
    var study = CodingStudy(annotators: lines.count)
    for item in columns[0].indices { study.append(columns.map { $0[item] }) }
    return study
  }

  static func rounded(_ value: Double?, _ places: Int = 3) -> Double? {
    value.map { value in
      let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
      return (value * scale).rounded() / scale
    }
  }
}

/// Cohen, “A coefficient of agreement for nominal scales”, *Educational and Psychological Measurement* 20 (1960).
@Suite struct Cohen1960 {
  let study = Published.study(table: [[88, 14, 18], [10, 40, 10], [2, 6, 12]])

  @Test func `page 45: 200 diagnoses of two clinicians`() throws {
    let kappa = try CohenKappa().coefficient(of: study)
    #expect(Published.rounded(kappa.value) == 0.492)
    #expect(Published.rounded(kappa.observed, 2) == 0.70)
    #expect(Published.rounded(kappa.expected, 2) == 0.41)
  }

  /// Cohen, “Weighted kappa”, *Psychological Bulletin* 70 (1968), takes the same table with the weights 1, 3 and 6.
  @Test func `Cohen 1968: the same diagnoses, some confusions worse than others`() throws {
    let weights = [[0.0, 1, 3], [1, 0, 6], [3, 6, 0]]
    let kappa = try WeightedKappa { weights[$0][$1] }.coefficient(of: study)
    #expect(Published.rounded(kappa.value) == 0.348)
  }
}

/// Fleiss, “Measuring nominal scale agreement among many raters”, *Psychological Bulletin* 76 (1971), table 1: thirty
/// patients, six diagnoses each, of five kinds.
@Suite struct Fleiss1971 {
  static let table = [
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006", "10050", "11040",
    "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203", "00006", "01050", "02013", "20040",
    "10041", "05010", "40002", "02040", "10500", "00006",
  ]

  let study = {
    var study = CodingStudy(annotators: 6)
    for counts in table {
      let digits = counts.compactMap(\.wholeNumberValue).enumerated()
      study.append(digits.flatMap { [Int?](repeating: $0, count: $1) })
    }
    return study
  }()

  @Test func `page 380: kappa of all diagnoses`() throws {
    let kappa = try FleissKappa().coefficient(of: study)
    #expect(Published.rounded(kappa.value) == 0.430)
    #expect(Published.rounded(kappa.observed) == 0.556)
    #expect(Published.rounded(kappa.expected) == 0.220)
  }

  @Test func `page 381: kappa of each diagnosis`() throws {
    let kappas = try (0..<5).map { try FleissKappa().coefficient(of: study.collapsed(to: $0)).value }
    #expect(kappas.map { Published.rounded($0) } == [0.245, 0.245, 0.520, 0.471, 0.566])
  }
}

/// Krippendorff, *Content Analysis: An Introduction to Its Methodology* (1980), page 139.
@Suite struct Krippendorff1980 {
  @Test func `three coders, nine items`() throws {
    let study = Published.study(lines: ["112412132", "122442232", "122442332"])
    #expect(Published.rounded(try KrippendorffAlpha().coefficient(of: study).value) == 0.642)
  }
}

/// Krippendorff, *Content Analysis* (2004), page 246, first table.
@Suite struct Krippendorff2004 {
  @Test func `a table in which S, pi and kappa are nearly the same`() throws {
    let study = Published.study(table: [[12, 9, 9], [9, 14, 9], [9, 9, 20]])
    #expect(Published.rounded(try ObservedAgreement().coefficient(of: study).value) == 0.460)
    #expect(Published.rounded(try BennettS(categories: 3).coefficient(of: study).value) == 0.190)
    #expect(Published.rounded(try ScottPi().coefficient(of: study).value) == 0.186)
    #expect(Published.rounded(try CohenKappa().coefficient(of: study).value) == 0.186)
  }
}

/// Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011).
@Suite struct Krippendorff2011 {
  @Test func `section A: binary data, two observers`() throws {
    let study = Published.study(lines: ["0100000010", "1110010000"])
    #expect(Published.rounded(try KrippendorffAlpha().coefficient(of: study).value) == 0.095)
  }

  @Test func `section B: nominal data, two observers`() throws {
    let study = Published.study(lines: ["aabbdcccedda", "babbbccceddd"])
    #expect(Published.rounded(try KrippendorffAlpha().coefficient(of: study).value) == 0.692)
  }

  /// Values 1 to 5; 0 is never used. Gwet's software brings the same table as its example for four raters.
  static let lines = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]

  @Test func `sections C and D: four observers, missing values, four metrics`() throws {
    let study = Published.study(lines: Self.lines)
    let values = (0...5).map(Double.init)
    func alpha(_ distance: Distance) throws -> Double? {
      Published.rounded(try KrippendorffAlpha(distance).coefficient(of: study).value)
    }
    #expect(try alpha(.nominal) == 0.743)
    #expect(try alpha(.ordinal) == 0.815)
    #expect(try alpha(.interval(values)) == 0.849)
    #expect(try alpha(.ratio(values)) == 0.797)
  }
}

/// Hayes and Krippendorff, “Answering the call for a standard reliability measure for coding data”, *Communication
/// Methods and Measures* 1 (2007), page 84: forty articles, five observers, a scale of four.
@Suite struct HayesKrippendorff2007 {
  @Test func `ordinal alpha`() throws {
    let study = Published.study(lines: [
      "112.001122.01311211000201001111223222221", "1130000.21102311121000302102111122222221",
      "203000222100221123001.30.1012202.2232.21", ".13....0.10022...31.103021122..122...12.",
      "2..0001.2....3112..0.0..2.0..20.2.2222.1",
    ])
    #expect(Published.rounded(try KrippendorffAlpha(.ordinal).coefficient(of: study).value, 4) == 0.7598)
  }
}

/// Artstein and Poesio, “Inter-coder agreement for computational linguistics”, *Computational Linguistics* 34 (2008).
@Suite struct ArtsteinPoesio2008 {
  @Test func `page 558, table 1: S, pi and kappa of one table`() throws {
    let study = Published.study(table: [[20, 10], [20, 50]])
    #expect(Published.rounded(try ObservedAgreement().coefficient(of: study).value) == 0.7)
    #expect(Published.rounded(try BennettS(categories: 2).coefficient(of: study).value) == 0.4)
    #expect(Published.rounded(try ScottPi().coefficient(of: study).value) == 0.341)
    #expect(Published.rounded(try CohenKappa().coefficient(of: study).value) == 0.348)
  }

  /// The page prints 0.799 for pi, cut and not rounded: it is 0.79953.
  @Test func `page 568: two coders, three categories`() throws {
    let study = Published.study(table: [[46, 0, 0], [6, 32, 6], [0, 0, 10]])
    #expect(Published.rounded(try ObservedAgreement().coefficient(of: study).value) == 0.88)
    #expect(Published.rounded(try BennettS(categories: 3).coefficient(of: study).value) == 0.82)
    #expect(try ScottPi().coefficient(of: study).value > 0.799 && ScottPi().coefficient(of: study).value < 0.8)
    #expect(Published.rounded(try CohenKappa().coefficient(of: study).value) == 0.801)
  }
}

/// Gwet, “Computing inter-rater reliability and its variance in the presence of high agreement”, *British Journal of
/// Mathematical and Statistical Psychology* 61 (2008).
@Suite struct Gwet2008 {
  @Test func `AC1 stands where pi falls: nearly all in one category`() throws {
    let study = Published.study(table: [[8, 1], [0, 1]])
    #expect(Published.rounded(try GwetAC1(categories: 2).coefficient(of: study).value, 4) == 0.8658)
    #expect(Published.rounded(try ScottPi().coefficient(of: study).value, 4) == 0.6078)
  }

  @Test func `AC1 of the four raters of his software`() throws {
    // Categories 1 to 5 from 0.
    let study = Published.study(lines: Krippendorff2011.lines).renamed { $0 - 1 }
    #expect(Published.rounded(try GwetAC1(categories: 5).coefficient(of: study).value, 5) == 0.77544)
  }
}

/// Fournier, “Evaluating text segmentation using boundary edit distance”, *ACL* (2013).
@Suite struct Fournier2013 {
  @Test func `one boundary of two is missed: B is a half`() throws {
    let value = try SegmentedSequence.boundarySimilarity(
      SegmentedSequence(masses: [2, 3, 6]), SegmentedSequence(masses: [5, 6]))
    #expect(value == 0.5)
  }
}
