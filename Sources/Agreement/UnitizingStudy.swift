/// Units that annotators have marked on the continua of several documents.
public struct UnitizingStudy: Equatable, Sendable {
  /// A stretch of a continuum under a label, possibly with gaps.
  public struct Unit: Hashable, Sendable {
    /// Half-open, in order, apart, none empty; at least one.
    public let fragments: [Range<Int>]
    /// Counted from 0.
    public let label: Int

    /// - Precondition: *fragments* as described.
    public init(fragments: [Range<Int>], label: Int) {
      precondition(!fragments.isEmpty && fragments.allSatisfy { !$0.isEmpty } && label >= 0)
      self.fragments = fragments
      self.label = label
    }

    /// From the first fragment's start to the last one's end.
    public var hull: Range<Int> { (fragments.first?.lowerBound ?? 0)..<(fragments.last?.upperBound ?? 0) }

    /// The length that it covers.
    public var length: Int { fragments.reduce(0) { $0 + $1.count } }

    /// The length that both cover.
    ///
    /// - Complexity: O(*fragments* of both).
    public func intersection(_ other: Unit) -> Int {
      var (a, b, length) = (0, 0, 0)
      while a < fragments.count, b < other.fragments.count {
        let (x, y) = (fragments[a], other.fragments[b])
        length += max(0, min(x.upperBound, y.upperBound) - max(x.lowerBound, y.lowerBound))
        if x.upperBound < y.upperBound { a += 1 } else { b += 1 }
      }
      return length
    }
  }

  /// One document's continuum.
  public struct Continuum: Equatable, Sendable {
    public let length: Int
    /// Each annotator's units; nil for one who did not annotate this document.
    public let units: [[Unit]?]

    public init(length: Int, units: [[Unit]?]) {
      self.length = length
      self.units = units
    }
  }

  /// Number of annotators.
  public let annotators: Int
  public private(set) var continua: [Continuum] = []

  public init(annotators: Int) { self.annotators = annotators }

  /// - Precondition: units, or nil, for each annotator.
  public mutating func append(_ continuum: Continuum) {
    precondition(continuum.units.count == annotators)
    continua.append(continuum)
  }
}
