import Standoff

/// A span that at least one finder proposes, with what each says of it.
struct Candidate {
  let label: String
  var fragments: [TextRange]
  /// The words covered, without marks and blanks at the edges: what makes two proposals the same.
  let key: [TextRange]
  /// The lexicon's proposal.
  var lexicon: Suggestion?
  /// Whether it is a fragment of what the lexicon proposes, and whether a sentence ends between its own fragments.
  var isFragment = false
  var crossesSentence = false
  /// The proposal that follows from a kept model's content, and the probability by the kept and the own model.
  var derived: Suggestion?
  var kept: Double?
  var own: Double?

  init(label: String, fragments: [TextRange], key: [TextRange]) {
    self.label = label
    self.fragments = fragments
    self.key = key
  }

  /// Whether another one lies in a fragment of this one, and is not all of it.
  func holds(_ other: Candidate) -> Bool {
    guard let first = other.fragments.first, let last = other.fragments.last else { return false }
    let hull = TextRange(first.start, last.end)
    return fragments.contains { $0.contains(hull) && $0 != hull }
  }

  /// The number of ``values(quoted:words:rivals:support:)``.
  static let count = 26

  /// The candidate as numbers from about −4 to 4, for weighing.
  ///
  /// - Parameters:
  ///   - quoted: whether it lies in quotation marks.
  ///   - words: how many words and marks it has.
  ///   - rivals: how many candidates of its label overlap it.
  ///   - support: for a source or cue, the greatest probability of a content that hangs on it; nil for a content.
  func values(quoted: Bool, words: Int, rivals: Int, support: Double?) -> [Double] {
    func logit(_ probability: Double?) -> Double {
      guard let probability else { return 0 }
      let p = min(0.98, max(0.02, probability))
      return Logarithm.of(p / (1 - p))
    }
    let hasLexicon = lexicon == nil ? 0.0 : 1
    let hasKept = kept == nil ? 0.0 : 1
    let hasOwn = own == nil ? 0.0 : 1
    let suggestion = lexicon ?? (derived?.isOfModel == true ? nil : derived)
    var kinds = [0.0, 0, 0, 0]
    var isSure = 0.0
    switch suggestion?.reason {
    case .quotationMarks?: kinds[0] = 1
    case .cue?: kinds[1] = 1
    case .denial(_)?: kinds[suggestion.map { $0.confidence >= 0.75 } == true ? 2 : 3] = 1
    default: break
    }
    if let suggestion { isSure = (suggestion.confidence - 0.5) * 4 }
    return [
      1, hasLexicon, hasKept, logit(kept), hasOwn, logit(own), hasLexicon * hasKept, hasLexicon * hasOwn,
      hasKept * hasOwn, kinds[0], kinds[1], kinds[2], kinds[3], isSure,
      suggestion != nil && suggestion?.source == nil ? 1 : 0, quoted ? 1 : 0,
      words == 1 ? 1 : 0, words > 25 ? 1 : 0, words > 4 ? 0 : 1, fragments.count > 1 ? 1 : 0,
      rivals == 0 ? 0 : 1, rivals > 2 ? 1 : 0, isFragment ? 1 : 0, fragments.count > 1 && crossesSentence ? 1 : 0,
      support.map { $0 * 2 - 1 } ?? 0, support == nil ? 0 : 1,
    ]
  }
}

extension Suggestion {
  /// Whether a model alone says so, without a rule.
  fileprivate var isOfModel: Bool {
    if case .model = reason { true } else { false }
  }
}

/// Logarithms by the series of the inverse hyperbolic tangent: the same digits on every machine.
enum Logarithm {
  static func of(_ x: Double) -> Double {
    var significand = x.significand
    var exponent = Double(x.exponent)
    if significand > 1.5 {
      significand /= 2
      exponent += 1
    }
    let t = (significand - 1) / (significand + 1)
    var (power, sum) = (t, 0.0)
    for k in stride(from: 1, to: 40, by: 2) {
      sum += power / Double(k)
      power *= t * t
    }
    return 2 * sum + exponent * 0.693_147_180_559_945_3
  }

  /// 1 / (1 + e⁻ˣ).
  static func logistic(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    let part = min(30, max(-30, -x)) / 64
    for n in 1...14 {
      term *= part / Double(n)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return 1 / (1 + sum)
  }
}
