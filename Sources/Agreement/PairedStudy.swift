/// A study that can be reduced to two of its annotators.
public protocol PairedStudy: Sendable {
  /// The number of annotators.
  var annotators: Int { get }

  /// What is wrong with the study, so that no measure takes it; nil if nothing is.
  var fault: InvalidInput? { get }

  /// The study of two annotators, by index, with all documents.
  func pair(_ first: Int, _ second: Int) -> Self
}

extension PairedStudy {
  /// Nothing is wrong, unless a kind of study says otherwise.
  public var fault: InvalidInput? { nil }

  /// - Throws: what is wrong with the study.
  func check() throws(Undefined) {
    if let fault { throw .invalid(fault) }
  }

  /// - Throws: what is wrong with the study as one of two annotators.
  func checkPair() throws(Undefined) {
    try check()
    guard annotators == 2 else { throw .invalid(.notTwoAnnotators) }
  }
}

/// Counts for a measure of two annotators.
public protocol PairTally: Tally {
  /// Whether the two annotators have nothing in common to compare.
  var isApart: Bool { get }
}

/// Counts of two annotators that mean the same in every pair, so that those of several pairs add up.
public protocol PoolableTally: PairTally {}
