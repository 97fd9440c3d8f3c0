/// How far each annotator can be trusted, and which category each item has, where an annotator either knows an item's
/// category or guesses by habit.
///
/// An annotator knows with a probability c, the competence, and then says the category; otherwise the annotator says
/// whatever their strategy, a distribution over categories, gives. All categories are equally probable beforehand. With
/// s_k0 and s_k1 the probabilities that annotator k guesses and knows, and t_kl the strategy, an item has category j with a
/// probability in proportion to Π_k (s_k0 t_kl + s_k1 [l = j]) over the responses l.
///
/// Source: Hovy, Berg-Kirkpatrick, Vaswani and Hovy, “Learning whom to trust with MACE”, *NAACL-HLT* (2013), pages
/// 1120–1130, with the settings of their program: priors ½ and ½ on guessing and knowing and 10 on each category of a
/// strategy, 50 iterations, the best of 10 random starts.
///
/// Items with the same responses are taken together, in an order of their own, so that no digit depends on the order of
/// items. The random starts follow from the seed.
public struct MACE: Sendable {
  /// How parameters follow from expected counts.
  public enum Training: Sendable {
    /// Shares of the counts, smoothed by 0.01 divided by the number of categories.
    case expectationMaximisation
    /// Variational Bayes: exponentials of digammas of the counts and priors. The parameters then add up to less than 1.
    case variationalBayes
  }

  /// Where an estimate begins.
  public struct Start: Equatable, Sendable {
    /// Annotators × 2: the weights of guessing and of knowing.
    public let spamming: [[Double]]
    /// Annotators × categories: the weights of each answer of one who guesses.
    public let strategies: [[Double]]

    /// Creates a start.
    public init(spamming: [[Double]], strategies: [[Double]]) {
      self.spamming = spamming
      self.strategies = strategies
    }
  }

  /// Items × categories: the probability of each category; equal shares where nobody responded.
  public let posteriors: [[Double]]
  /// Annotators × 2: the weights of guessing and of knowing.
  public let spamming: [[Double]]
  /// Annotators × categories: the weights of each answer of one who guesses.
  public let strategies: [[Double]]
  /// The logarithm of the probability of all responses.
  public let logLikelihood: Double

  /// Estimates from a table of items × annotators; nil is no response.
  ///
  /// - Parameters:
  ///   - items: the categories, counted from 0.
  ///   - counts: how many items have these responses; nil for one each.
  ///   - categories: the number of categories.
  ///   - training: how parameters are estimated.
  ///   - iterations: how many to make.
  ///   - restarts: the number of random starts, of which the most probable is taken.
  ///   - seed: the seed of the starts.
  /// - Throws: as for ``init(items:counts:categories:training:iterations:starts:)``.
  public init(
    items: [[Int?]], counts: [Int]? = nil, categories: Int, training: Training = .variationalBayes,
    iterations: Int = 50, restarts: Int = 10, seed: UInt64 = 1
  ) throws(Undefined) {
    guard 1...10_000 ~= restarts, 1...1024 ~= categories else { throw .invalid(.settingOutOfRange) }
    let annotators = items.first?.count ?? 0
    let starts = (0..<restarts).map { restart in
      var random = SeededGenerator(seed: seed, stream: restart)
      func shares(_ count: Int) -> [Double] {
        let weights = (0..<count).map { _ in 1 + random.share() / 2 }
        let all = weights.reduce(0, +)
        return weights.map { $0 / all }
      }
      return Start(
        spamming: (0..<annotators).map { _ in shares(2) },
        strategies: (0..<annotators).map { _ in shares(categories) })
    }
    try self.init(
      items: items, counts: counts, categories: categories, training: training, iterations: iterations,
      starts: starts)
  }

  /// Estimates from a table of items × annotators and from chosen starts, of which the most probable is taken, the first
  /// of several.
  ///
  /// - Throws: ``Undefined/noPairableItems`` if there is no response; ``InvalidInput`` for a category beyond
  ///   *categories*, an item with another number of annotators, a start of another shape or with a weight that is not above 0, or a setting out of range.
  public init(
    items: [[Int?]], counts: [Int]? = nil, categories: Int, training: Training = .variationalBayes,
    iterations: Int = 50, starts: [Start]
  ) throws(Undefined) {
    let responses = items.map { item in item.map { response in response.map { [$0] } ?? [] } }
    let patterns = try ResponsePattern.counted(responses, counts, categories: categories)
    let annotators = items.first?.count ?? 0
    guard 0...100_000 ~= iterations, !starts.isEmpty else { throw .invalid(.settingOutOfRange) }
    for start in starts {
      guard start.spamming.count == annotators, start.strategies.count == annotators,
        start.spamming.allSatisfy({ $0.count == 2 }), start.strategies.allSatisfy({ $0.count == categories }),
        (start.spamming + start.strategies).joined().allSatisfy({ $0 > 0 && $0.isFinite })
      else { throw .invalid(.settingOutOfRange) }
    }
    var best: Model?
    for start in starts {
      var model = Model(patterns, start, categories)
      for _ in 0..<iterations { model.iterate(training) }
      if model.logLikelihood > best?.logLikelihood ?? -.infinity { best = model }
    }
    guard let best else { throw .invalid(.tooLarge) }
    let known = Dictionary(zip(patterns.map(\.pattern), best.posteriors)) { first, _ in first }
    let equal = [Double](repeating: 1 / Double(categories), count: categories)
    posteriors = responses.map { known[ResponsePattern($0)] ?? equal }
    (spamming, strategies, logLikelihood) = (best.spamming, best.strategies, best.logLikelihood)
  }

  /// The most probable category of each item; the first of those that are equally probable.
  public var labels: [Int] {
    posteriors.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
  }

  /// The weight of an annotator's knowing an item's category, as the authors' program prints it; 0 for nobody of that index.
  public func competence(of annotator: Int) -> Double {
    spamming.indices ~= annotator ? spamming[annotator][1] : 0
  }

  /// The state between iterations; its expectations are those of its parameters.
  private struct Model {
    private let patterns: [(pattern: ResponsePattern, count: Double)]
    private let categories: Int
    private(set) var spamming: [[Double]]
    private(set) var strategies: [[Double]]
    private(set) var posteriors: [[Double]] = []
    private(set) var logLikelihood = 0.0
    /// Annotators × 2 and annotators × categories: how often each is expected to guess, to know, and to guess so.
    private var knowing: [[Double]] = []
    private var guessing: [[Double]] = []

    init(_ patterns: [(pattern: ResponsePattern, count: Double)], _ start: Start, _ categories: Int) {
      (self.patterns, self.categories) = (patterns, categories)
      (spamming, strategies) = (start.spamming, start.strategies)
      expect()
    }

    mutating func iterate(_ training: Training) {
      switch training {
      case .expectationMaximisation:
        let smoothing = 0.01 / Double(categories)
        spamming = knowing.map { Self.shares($0, smoothing) }
        strategies = guessing.map { Self.shares($0, smoothing) }
      case .variationalBayes:
        spamming = knowing.map { Self.variational($0, prior: 0.5) }
        strategies = guessing.map { Self.variational($0, prior: 10) }
      }
      expect()
    }

    private static func shares(_ counts: [Double], _ smoothing: Double) -> [Double] {
      let smoothed = counts.map { $0 + smoothing }
      let all = smoothed.reduce(0, +)
      return all > 0 ? smoothed.map { $0 / all } : smoothed
    }

    private static func variational(_ counts: [Double], prior: Double) -> [Double] {
      let all = Elementary.digamma(counts.reduce(0) { $0 + $1 + prior })
      return counts.map { Elementary.exp(Elementary.digamma($0 + prior) - all) }
    }

    private mutating func expect() {
      posteriors = []
      logLikelihood = 0
      knowing = spamming.map { _ in [0, 0] }
      guessing = strategies.map { _ in [Double](repeating: 0, count: categories) }
      for (pattern, count) in patterns {
        var likely = [Double](repeating: 1 / Double(categories), count: categories)
        // The probabilities are scaled after every factor, so that none gets too small.
        var scale = 1.0
        for (annotator, said) in pattern.responses.enumerated() {
          for response in said {
            let guess = spamming[annotator][0] * strategies[annotator][response]
            for category in likely.indices {
              likely[category] *= guess + (category == response ? spamming[annotator][1] : 0)
            }
            let greatest = likely.max() ?? 1
            likely = likely.map { $0 / greatest }
            scale *= greatest
          }
        }
        let all = likely.reduce(0, +)
        logLikelihood += count * Elementary.log(all * scale + 1e-8)
        let posterior = likely.map { $0 / all }
        posteriors.append(posterior)
        for (annotator, said) in pattern.responses.enumerated() {
          for response in said {
            let guess = spamming[annotator][0] * strategies[annotator][response]
            let known = posterior[response] * spamming[annotator][1] / (guess + spamming[annotator][1])
            var guessed = 0.0
            for (category, share) in posterior.enumerated() {
              guessed += guess * share / (guess + (category == response ? spamming[annotator][1] : 0))
            }
            guessing[annotator][response] += guessed * count
            knowing[annotator][0] += guessed * count
            knowing[annotator][1] += known * count
          }
        }
      }
    }
  }
}
