/// How well each annotator tells the categories apart, and which category each item has, estimated together.
///
/// With T_ij the probability that item i has category j, n_il the responses l of annotator k to it, p_j the share of
/// category j and π_jl⁽ᵏ⁾ the probability that annotator k responds l to an item of category j,
///
///     p_j = mean over i of T_ij,   π_jl⁽ᵏ⁾ = Σ_i T_ij n_il⁽ᵏ⁾ / Σ_il T_ij n_il⁽ᵏ⁾,
///     T_ij ∝ p_j Π_k Π_l (π_jl⁽ᵏ⁾)^n_il⁽ᵏ⁾
///
/// Expectation and maximisation alternate from T_ij = the share of response j among all responses to item i. There is no
/// smoothing. An annotator may respond to an item several times.
///
/// Source: Dawid and Skene, “Maximum likelihood estimation of observer error-rates using the EM algorithm”, *Applied
/// Statistics* 28 (1979), pages 20–28, equations 2.3 to 2.5 and 3.1.
///
/// Items with the same responses are taken together, in an order of their own, so that no digit depends on the order of
/// items. Limitation: the estimate is a local maximum, and one with few items for each annotator says little.
public struct DawidSkene: Sendable {
  /// Items × categories: the probability of each category; ``prevalence`` where nobody responded.
  public let posteriors: [[Double]]
  /// The share of each category.
  public let prevalence: [Double]
  /// Annotators × categories × responses: how often an annotator responds so to an item of the category; 0 for a category
  /// of which the annotator saw no item.
  public let errorRates: [[[Double]]]
  /// The number of iterations that were made.
  public let iterations: Int

  /// Estimates from responses.
  ///
  /// - Parameters:
  ///   - responses: items × annotators: the categories, counted from 0, that the annotator gave; empty for none.
  ///   - counts: how many items have these responses; nil for one each.
  ///   - categories: the number of categories.
  ///   - iterations: how many to make at most.
  ///   - tolerance: the estimate is taken if no probability of an item changes by more.
  /// - Throws: ``Undefined/noPairableItems`` if there is no response; ``InvalidInput`` for a category beyond
  ///   *categories*, an item with another number of annotators, or a setting out of range.
  public init(
    responses: [[[Int]]], counts: [Int]? = nil, categories: Int, iterations: Int = 1000, tolerance: Double = 1e-10
  ) throws(Undefined) {
    guard iterations >= 1, tolerance >= 0 else { throw .invalid(.settingOutOfRange) }
    let annotators = responses.first?.count ?? 0
    let patterns = try ResponsePattern.counted(responses, counts, categories: categories)
    var model = Model(patterns, annotators: annotators, categories: categories)
    var made = 0
    repeat {
      made += 1
      if model.iterate() <= tolerance { break }
    } while made < iterations
    let known = Dictionary(zip(patterns.map(\.pattern), model.posteriors)) { first, _ in first }
    let prevalence = model.prevalence
    posteriors = responses.map { known[ResponsePattern($0)] ?? prevalence }
    self.prevalence = prevalence
    errorRates = model.errorRates
    self.iterations = made
  }

  /// Estimates from a table of items × annotators; nil is no response.
  ///
  /// - Throws: as for responses.
  public init(
    items: [[Int?]], counts: [Int]? = nil, categories: Int, iterations: Int = 1000, tolerance: Double = 1e-10
  ) throws(Undefined) {
    try self.init(
      responses: items.map { item in item.map { response in response.map { [$0] } ?? [] } }, counts: counts,
      categories: categories, iterations: iterations, tolerance: tolerance)
  }

  /// The most probable category of each item; the first of those that are equally probable.
  public var labels: [Int] {
    posteriors.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
  }

  /// The probability that an annotator responds with an item's category: Σ_j p_j π_jj; 0 for nobody of that index.
  public func competence(of annotator: Int) -> Double {
    guard errorRates.indices ~= annotator else { return 0 }
    return prevalence.indices.reduce(0.0) { $0 + prevalence[$1] * errorRates[annotator][$1][$1] }
  }

  /// The state between iterations.
  private struct Model {
    private let patterns: [(pattern: ResponsePattern, count: Double)]
    private(set) var posteriors: [[Double]]
    private(set) var prevalence: [Double]
    private(set) var errorRates: [[[Double]]]

    init(_ patterns: [(pattern: ResponsePattern, count: Double)], annotators: Int, categories: Int) {
      self.patterns = patterns
      prevalence = [Double](repeating: 0, count: categories)
      errorRates = [[[Double]]](
        repeating: [[Double]](repeating: [Double](repeating: 0, count: categories), count: categories),
        count: annotators)
      posteriors = patterns.map { pattern, _ in
        var shares = [Double](repeating: 0, count: categories)
        let all = pattern.responses.joined()
        for response in all { shares[response] += 1 / Double(all.count) }
        return shares
      }
    }

    /// One maximisation and one expectation.
    ///
    /// - Returns: the greatest change of a probability.
    mutating func iterate() -> Double {
      maximise()
      var greatest = 0.0
      for (place, (pattern, _)) in patterns.enumerated() {
        let found = expectation(pattern)
        for (one, other) in zip(found, posteriors[place]) { greatest = max(greatest, abs(one - other)) }
        posteriors[place] = found
      }
      return greatest
    }

    private mutating func maximise() {
      let items = patterns.reduce(0.0) { $0 + $1.count }
      for category in prevalence.indices {
        var sum = 0.0
        for (place, (_, count)) in patterns.enumerated() { sum += posteriors[place][category] * count }
        prevalence[category] = sum / items
      }
      for annotator in errorRates.indices {
        for category in prevalence.indices {
          var rates = [Double](repeating: 0, count: prevalence.count)
          for (place, (pattern, count)) in patterns.enumerated() {
            for response in pattern.responses[annotator] { rates[response] += posteriors[place][category] * count }
          }
          let all = rates.reduce(0, +)
          errorRates[annotator][category] = all > 0 ? rates.map { $0 / all } : rates
        }
      }
    }

    /// The probabilities of an item's categories. They are scaled after every factor, so that none gets too small.
    private func expectation(_ pattern: ResponsePattern) -> [Double] {
      var likely = prevalence
      for (annotator, responses) in pattern.responses.enumerated() {
        for response in responses {
          for category in likely.indices { likely[category] *= errorRates[annotator][category][response] }
          let greatest = likely.max() ?? 0
          if greatest > 0 { likely = likely.map { $0 / greatest } }
        }
      }
      let all = likely.reduce(0, +)
      return all > 0 ? likely.map { $0 / all } : prevalence
    }
  }
}
