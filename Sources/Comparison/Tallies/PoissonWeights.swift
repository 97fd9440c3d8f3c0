import Agreement

/// How often a document counts in each resample of a Poisson bootstrap: numbers that follow from its name and the seed.
///
/// Each weight is drawn from the Poisson distribution with mean 1, to which the weights of the usual bootstrap come close
/// where there are many documents. A resample then needs to know no other document, so that sums of resamples add up.
///
/// Source: Hanley and MacGibbon, “Creating non-parametric bootstrap samples using Poisson frequencies”, *Computer Methods
/// and Programs in Biomedicine* 83 (2006), pages 57–62.
enum PoissonWeights {
  /// The weights of a document in so many resamples.
  static func weights(of document: String, resamples: Int, seed: UInt64) -> [Int] {
    // FNV-1a, 64 bits.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in document.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var seeds = SeededGenerator(seed: seed)
    var generator = SeededGenerator(seed: seeds.next() ^ hash)
    return (0..<resamples).map { _ in weight(Double(generator.next() >> 11) / 0x1p53) }
  }

  /// The weight at a share of the distribution: 0 up to e⁻¹, then 1 up to 2e⁻¹, and so on.
  private static func weight(_ share: Double) -> Int {
    var (weight, term) = (0, 0x1.78b5_6362_cef38p-2)
    var sum = term
    while share >= sum, weight < 32 {
      weight += 1
      term /= Double(weight)
      sum += term
    }
    return weight
  }
}
