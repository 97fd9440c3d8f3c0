/// The tokens that annotators put under labels, document by document.
public struct TokenStudy: PairedStudy {
  /// Consecutive tokens under a label.
  public struct Piece: Hashable, Sendable {
    /// The number of the label.
    public let label: Int
    /// The tokens, by their indices in the document.
    public let tokens: Range<Int>

    /// Creates a piece.
    public init(label: Int, tokens: Range<Int>) {
      self.label = label
      self.tokens = tokens
    }
  }

  /// The number of annotators.
  public let annotators: Int
  /// For each document each annotator's pieces, in any order; nil for one who did not annotate it.
  public private(set) var documents: [[[Piece]?]] = []
  public private(set) var fault: InvalidInput?

  /// Creates a study of no documents.
  public init(annotators: Int) {
    (self.annotators, fault) = InvalidInput.annotators(annotators)
  }

  /// Adds a document: the pieces of each annotator, or nil for one who did not annotate it.
  ///
  /// The study is at fault if a label is negative, or a token lies beyond ``InvalidInput/largest``.
  public mutating func append(_ layers: [[Piece]?]) {
    guard layers.count == annotators else { return fault = fault ?? .annotatorsMissing }
    let areSound = layers.lazy.flatMap { $0 ?? [] }.allSatisfy { piece in
      piece.label >= 0 && piece.tokens.lowerBound >= 0 && piece.tokens.upperBound <= InvalidInput.largest
    }
    if !areSound { fault = fault ?? .malformedUnit }
    documents.append(layers)
  }

  public func pair(_ first: Int, _ second: Int) -> TokenStudy {
    var study = TokenStudy(annotators: 2)
    study.fault = fault
    guard 0..<annotators ~= first, 0..<annotators ~= second else {
      study.fault = fault ?? .noSuchAnnotator
      return study
    }
    study.documents = documents.map { [$0[first], $0[second]] }
    return study
  }

  /// The tokens of which units cover at least one position.
  ///
  /// Units that are equal in fragments and label count once; each fragment is a piece.
  ///
  /// - Parameters:
  ///   - units: an annotator's units.
  ///   - tokens: the ranges of positions of a document's tokens, in order, without overlap.
  public static func pieces(of units: [UnitizingStudy.Unit], tokens: [Range<Int>]) -> [Piece] {
    // Equal units stand next to each other.
    let sorted = units.sorted { one, other in
      (one.hull.lowerBound, one.hull.upperBound, one.label) < (
        other.hull.lowerBound, other.hull.upperBound, other.label
      )
    }
    var pieces: [Piece] = []
    pieces.reserveCapacity(units.count)
    for (place, unit) in sorted.enumerated() {
      let isAgain = sorted[..<place].reversed().prefix { $0.hull == unit.hull && $0.label == unit.label }.contains(unit)
      if isAgain { continue }
      for fragment in unit.fragments {
        let first = partition(tokens) { $0.upperBound <= fragment.lowerBound }
        let end = partition(tokens) { $0.lowerBound < fragment.upperBound }
        if first < end { pieces.append(Piece(label: unit.label, tokens: first..<end)) }
      }
    }
    return pieces
  }

  /// The index of the first token for which a condition does not hold, which holds for all before it.
  private static func partition(_ tokens: [Range<Int>], where isBefore: (Range<Int>) -> Bool) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(tokens[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Precision, recall or F1 of one annotator's labelled tokens against another's.
///
/// The tokens under each label are a multiset: one that lies under two spans of a label counts twice. With ``SpanTally``
/// as for ``SpanScore``, a token counts as correct as often as both have it under the label:
///
///     F1 = 2 Σ min(a, b) / Σ (a + b)
///
/// It is not corrected for chance. It forgives a boundary that is one word off, and long spans weigh more than short ones.
///
/// Source: the program bratiaa (Kolditz and others, “Annotating German clinical documents for de-identification”, *MedInfo*
/// 2019), version 0.1.4, whose tokens are those between white space.
///
/// Undefined if the denominator is 0.
public struct TokenScore: Measure {
  private let score: SpanScore

  /// Creates a score.
  public init(_ kind: SpanScore.Kind) { score = SpanScore(kind, by: .strict) }

  /// The counts of each document of a study of two annotators, the reference first.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: TokenStudy) throws(Undefined) -> Tallies<SpanTally> {
    try study.checkPair()
    return try Tallies(SpanTally(), study.documents) { (first, second) throws(Undefined) in
      Self.tally(first, second)
    }
  }

  public func coefficient(of tally: SpanTally) throws(Undefined) -> Coefficient { try score.coefficient(of: tally) }

  /// The counts of one document.
  public static func tally(_ first: [TokenStudy.Piece], _ second: [TokenStudy.Piece]) -> SpanTally {
    // Where the number of an annotator's pieces over a token changes.
    var borders: [(label: Int, token: Int, annotator: Int, change: Int)] = []
    borders.reserveCapacity(2 * (first.count + second.count))
    for (annotator, pieces) in [first, second].enumerated() {
      for piece in pieces {
        borders.append((piece.label, piece.tokens.lowerBound, annotator, 1))
        borders.append((piece.label, piece.tokens.upperBound, annotator, -1))
      }
    }
    borders.sort { ($0.label, $0.token) < ($1.label, $1.token) }
    var (covering, counts) = ([0, 0], [0, 0, 0])
    for (place, border) in borders.enumerated() {
      if place > 0, borders[place - 1].label == border.label {
        let length = border.token - borders[place - 1].token
        counts[0] += length * covering[0]
        counts[1] += length * covering[1]
        counts[2] += length * min(covering[0], covering[1])
      }
      covering[border.annotator] += border.change
    }
    var tally = SpanTally()
    tally.counts = [1, counts[0], counts[1], counts[2], 0, 0]
    return tally
  }
}
