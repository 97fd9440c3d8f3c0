/// How far a coefficient may be off if its items were sampled at random, each independently of the others.
///
/// Words and characters of a text are not: for them, resample documents with ``Bootstrap``.
public struct Significance: Equatable, Sendable {
  /// The standard error of the coefficient.
  public let standardError: Double
  /// The probability of a value at least as far from 0, were the true one 0: two-sided, by Student's t with
  /// ``degreesOfFreedom``.
  public let p: Double
  /// One less than the number of items.
  public let degreesOfFreedom: Int

  /// The significance of a value from a linearised value for each item: their spread is that of the coefficient.
  ///
  /// - Parameters:
  ///   - value: the coefficient.
  ///   - center: what the items' values spread around.
  ///   - terms: the items' values, each with the number of items that have it.
  /// - Returns: nil with fewer than two items, or if all have the same value.
  init?(of value: Double, around center: Double, _ terms: [(value: Double, count: Int)]) {
    let items = terms.reduce(0) { $0 + $1.count }
    guard items > 1 else { return nil }
    // In ascending order, so that no digit depends on the order of items.
    let squares = terms.map { (($0.value - center) * ($0.value - center), $0.count) }.sorted { $0 < $1 }
      .reduce(0.0) { $0 + $1.0 * Double($1.1) }
    let variance = squares / (Double(items) * Double(items - 1))
    // What is left of equal values is rounding.
    guard variance > 1e-30 else { return nil }
    standardError = variance.squareRoot()
    degreesOfFreedom = items - 1
    p = StudentT.beyond(value / standardError, degreesOfFreedom: items - 1)
  }
}

/// Student's t distribution.
enum StudentT {
  /// The probability of a t at least as far from 0, on either side: the regularised incomplete beta function
  /// I_x(ν/2, ½) of x = ν/(ν + t²), by its continued fraction.
  ///
  /// Source: Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.5.8 and 26.7.1.
  static func beyond(_ t: Double, degreesOfFreedom: Int) -> Double {
    let freedom = Double(degreesOfFreedom)
    let x = freedom / (freedom + t * t)
    guard x < 1 else { return 1 }
    let y = t * t / (freedom + t * t)
    // x^(ν/2) y^½ / B(ν/2, ½)
    let front = Elementary.exp(freedom / 2 * Elementary.log(x)) * y.squareRoot() / beta(degreesOfFreedom)
    let (a, b) = (freedom / 2, 0.5)
    return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(y, b, a) / b
  }

  /// B(ν/2, ½), from B(½, ½) = π or B(1, ½) = 2 by B(a + 1, ½) = B(a, ½) · a/(a + ½).
  private static func beta(_ degreesOfFreedom: Int) -> Double {
    var (value, a) = degreesOfFreedom % 2 == 1 ? (Elementary.pi, 0.5) : (2, 1)
    while 2 * a < Double(degreesOfFreedom) {
      value *= a / (a + 0.5)
      a += 1
    }
    return value
  }

  /// The continued fraction of the incomplete beta function, by Lentz's method.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func nonzero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var product = d
    for step in 1...10_000 {
      let m = Double(step)
      var factor = 1.0
      for numerator in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 / nonzero(1 + numerator * d)
        c = nonzero(1 + numerator / c)
        factor = c * d
        product *= factor
      }
      if abs(factor - 1) < 1e-16 { break }
    }
    return product
  }
}

// MARK: coefficients

extension WeightedCoefficient {
  /// The standard error and p of the coefficient, by the linearised variance of its source.
  ///
  /// With n items of which n′ have two values, P_i the mean weight in item i, and E_i its part in Aₑ,
  ///
  ///     x_i = (n/n′)(P_i − Aₑ)/(1 − Aₑ) − 2(1 − κ)(E_i − Aₑ)/(1 − Aₑ),   s² = Σ (x_i − κ)² / (n(n − 1))
  ///
  /// where the first term is 0 for an item with one value, and Brennan and Prediger's has no second term.
  ///
  /// - Returns: nil with fewer than two items, or if nothing varies.
  /// - Throws: what the coefficient throws.
  public func significance(of study: CodingStudy) throws(Undefined) -> Significance? {
    let found = try coefficient(of: study)
    guard let expected = found.expected else { return nil }
    let table = ItemTable(study, categories: weights.categories) { $0 > 0 }
    let (all, pairable) = (Double(table.items), Double(found.items))
    let parts = expectedParts(table, expected)
    return Significance(
      of: found.value, around: found.value,
      table.rows.indices.map { place in
        let row = table.rows[place]
        let agreement = row.agreement(weights).map { all / pairable * ($0 - expected) / (1 - expected) } ?? 0
        return (agreement - 2 * (1 - found.value) * (parts[place] - expected) / (1 - expected), row.count)
      })
  }

  /// Each item's part in chance, whose mean is Aₑ.
  private func expectedParts(_ table: ItemTable, _ expected: Double) -> [Double] {
    let indices = weights.weights.indices
    switch chance {
    case .brennanPrediger: return table.rows.map { _ in expected }
    case .ac2:
      let (shares, count) = (table.shares, Double(weights.categories))
      let sum = weights.weights.joined().reduce(0, +) / (count * (count - 1))
      return table.rows.map { row in
        indices.reduce(0.0) { $0 + row.share($1) * (1 - shares[$1]) } * sum
      }
    case .fleiss:
      let shares = table.shares
      let mean = indices.map { first in
        indices.reduce(0.0) { $0 + weights.weights[first][$1] * shares[$1] }
      }
      return table.rows.map { row in indices.reduce(0.0) { $0 + row.share($1) * mean[$1] } }
    case .conger: return table.congerParts(weights.weights)
    }
  }
}

extension KrippendorffAlpha {
  /// The standard error and p of alpha, by Gwet's linearised variance with the weights 1 − δ²/max δ².
  ///
  /// Source: Gwet's R package irrCAC, of 2024, whose terms use the same agreement as its mean.
  ///
  /// - Returns: nil for the ordinal distance, which depends on the items themselves; with fewer than two items; or if
  ///   nothing varies.
  /// - Throws: what alpha throws.
  public func significance(of study: CodingStudy) throws(Undefined) -> Significance? {
    let found = try coefficient(of: study)
    let count = study.categories
    guard !distance.isOrdinal, count <= 1 << 10 else { return nil }
    let numbers = study.numbers
    let squares = (0..<count).map { first in (0..<count).map { distance.squared(numbers[first], numbers[$0]) } }
    guard let greatest = squares.joined().max(), greatest > 0 else { return nil }
    let weights = squares.map { row in row.map { 1 - $0 / greatest } }
    let table = ItemTable(study, categories: count) { $0 > 1 }
    let items = Double(table.items)
    let mean = Double(table.rows.reduce(0) { $0 + $1.values * $1.count }) / items
    let shares = (0..<count).map { category in
      Double(table.rows.reduce(0) { $0 + $1.counts[category] * $1.count }) / (items * mean)
    }
    let expectation = weights.map { row in zip(row, shares).reduce(0.0) { $0 + $1.0 * $1.1 } }
    let expected = zip(expectation, shares).reduce(0.0) { $0 + $1.0 * $1.1 }
    let agreements = table.rows.map { row in
      (row.agreement(weights) ?? 0) * Double(row.values) / mean
    }
    let observed = zip(agreements, table.rows).map { $0 * Double($1.count) }.sorted().reduce(0, +) / items
    let value = (observed - expected) / (1 - expected)
    return Significance(
      of: found.value, around: value,
      zip(table.rows, agreements).map { row, agreement in
        let excess = (Double(row.values) - mean) / mean
        let own = agreement - observed * excess
        let chance =
          (0..<count).reduce(0.0) { $0 + Double(row.counts[$1]) / mean * expectation[$1] } - expected * excess
        return (
          (own - expected) / (1 - expected) - 2 * (1 - value) * (chance - expected) / (1 - expected), row.count
        )
      })
  }
}

/// The items of a study, those with the same values together.
private struct ItemTable {
  struct Row {
    /// The place of each annotator's value among the categories; nil for none.
    let places: [Int?]
    /// How often each category is among the values.
    let counts: [Int]
    /// The number of values.
    let values: Int
    /// The number of items.
    let count: Int

    /// The share of a category among the values.
    func share(_ category: Int) -> Double { Double(counts[category]) / Double(values) }

    /// The mean weight of two values of different annotators; nil if there are none.
    func agreement(_ weights: AgreementWeights) -> Double? { agreement(weights.weights) }

    func agreement(_ weights: [[Double]]) -> Double? {
      guard values > 1 else { return nil }
      let used = counts.indices.filter { counts[$0] > 0 }
      var sum = 0.0
      for first in used {
        for second in used {
          let pairs = counts[first] * (first == second ? counts[first] - 1 : counts[second])
          sum += weights[first][second] * Double(pairs)
        }
      }
      return sum / Double(values * (values - 1))
    }
  }

  let rows: [Row]

  /// - Parameter isWanted: whether items with so many values count.
  init(_ study: CodingStudy, categories: Int, where isWanted: (Int) -> Bool) {
    let numbers = study.numbers
    rows = study.distinctRows.compactMap { values, count in
      let places = values.map { $0.flatMap { numbers.index(of: $0) } }
      let present = places.compactMap { $0 }
      guard count > 0, isWanted(present.count) else { return nil }
      var counts = [Int](repeating: 0, count: categories)
      for place in present { counts[place] += 1 }
      return Row(places: places, counts: counts, values: present.count, count: count)
    }
  }

  /// The number of items.
  var items: Int { rows.reduce(0) { $0 + $1.count } }

  /// The mean over items of each category's share.
  var shares: [Double] {
    let items = Double(items)
    return (rows.first?.counts ?? []).indices.map { category in
      rows.map { $0.share(category) * Double($0.count) }.sorted().reduce(0, +) / items
    }
  }

  /// Each item's part in Conger's chance agreement.
  func congerParts(_ weights: [[Double]]) -> [Double] {
    let categories = weights.indices
    let all = Double(items)
    var uses = (rows.first?.places ?? []).map { _ in [Double](repeating: 0, count: weights.count) }
    for row in rows {
      for (annotator, place) in row.places.enumerated() {
        if let place { uses[annotator][place] += Double(row.count) }
      }
    }
    let totals = uses.map { $0.reduce(0, +) }
    let annotators = uses.indices.filter { totals[$0] > 0 }
    let shares = zip(uses, totals).map { use, total in use.map { total > 0 ? $0 / total : 0 } }
    let sums = categories.map { category in annotators.map { shares[$0][category] }.sorted().reduce(0, +) }
    let others = shares.map { own in categories.map { sums[$0] - own[$0] } }
    /// Σ_k (Σ_h p_hk − p_gk) w_kl, for each annotator g and category l.
    let weighed = others.map { other in
      categories.map { second in categories.reduce(0.0) { $0 + other[$1] * weights[$1][second] } }
    }
    let own = annotators.map { annotator in
      categories.reduce(0.0) { $0 + weighed[annotator][$1] * shares[annotator][$1] }
    }
    let pairs = Double(annotators.count * (annotators.count - 1))
    return rows.map { row in
      zip(annotators, own).map { annotator, own in
        let place = row.places[annotator]
        let here =
          (place.map { weighed[annotator][$0] } ?? 0) - ((place == nil ? 0 : 1) - totals[annotator] / all) * own
        return all / totals[annotator] * here
      }.sorted().reduce(0, +) / pairs
    }
  }
}
