/// A study that can be reduced to two of its annotators.
public protocol PairedStudy: Sendable {
  /// The number of annotators.
  var annotators: Int { get }

  /// The study of two annotators, by index, with all documents.
  func pair(_ first: Int, _ second: Int) -> Self
}

/// Counts for a measure of two annotators.
public protocol PairTally: Tally {
  /// Whether the two annotators have nothing in common to compare.
  var isApart: Bool { get }
}
