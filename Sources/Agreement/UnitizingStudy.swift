/// The units that annotators marked on the continua of several documents.
///
/// Positions may be of any unit (code points, words, seconds), as long as it is the same throughout; ranges are
/// half-open.
public struct UnitizingStudy: PairedStudy, Equatable {
  /// A stretch of a continuum under a label, possibly with gaps.
  public struct Unit: Hashable, Sendable {
    /// The range from the first fragment's start to the last fragment's end.
    public let hull: Range<Int>
    /// The number of the label, counted from 0.
    public let label: Int
    /// The fragments if there are several; else empty.
    private let several: [Range<Int>]

    /// Creates a unit without gaps.
    ///
    /// - Precondition: a range that is not empty, and a label of 0 or more.
    public init(_ range: Range<Int>, label: Int) {
      precondition(!range.isEmpty && label >= 0)
      hull = range
      self.label = label
      several = []
    }

    /// Creates a unit of several fragments.
    ///
    /// - Precondition: at least one fragment, none empty, in order, none touching or overlapping another; a label of 0
    ///   or more.
    public init(fragments: [Range<Int>], label: Int) {
      precondition(!fragments.isEmpty && fragments.allSatisfy { !$0.isEmpty } && label >= 0)
      precondition(zip(fragments, fragments.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
      hull = fragments[0].lowerBound..<fragments[fragments.count - 1].upperBound
      self.label = label
      several = fragments.count > 1 ? fragments : []
    }

    /// The fragments in order: at least one, none empty, none touching or overlapping another.
    public var fragments: [Range<Int>] { several.isEmpty ? [hull] : several }

    /// The length covered, gaps excluded.
    public var length: Int { several.isEmpty ? hull.count : several.reduce(0) { $0 + $1.count } }

    /// Whether the unit precedes another: by start, then end, then label, then fragments.
    func precedes(_ other: Unit) -> Bool {
      if hull.lowerBound != other.hull.lowerBound { return hull.lowerBound < other.hull.lowerBound }
      if hull.upperBound != other.hull.upperBound { return hull.upperBound < other.hull.upperBound }
      if label != other.label { return label < other.label }
      if several == other.several { return false }
      return several.lexicographicallyPrecedes(other.several) {
        ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
      }
    }

    /// Whether two units cover the same places, whatever their labels.
    public func hasSameFragments(as other: Unit) -> Bool { hull == other.hull && several == other.several }

    /// The length that both units cover.
    ///
    /// - Complexity: O(*fragments* of both).
    public func intersection(_ other: Unit) -> Int {
      let common = max(0, min(hull.upperBound, other.hull.upperBound) - max(hull.lowerBound, other.hull.lowerBound))
      if common == 0 || several.isEmpty && other.several.isEmpty { return common }
      let (ours, theirs) = (fragments, other.fragments)
      var (a, b, length) = (0, 0, 0)
      while a < ours.count, b < theirs.count {
        let (x, y) = (ours[a], theirs[b])
        length += max(0, min(x.upperBound, y.upperBound) - max(x.lowerBound, y.lowerBound))
        if x.upperBound < y.upperBound { a += 1 } else { b += 1 }
      }
      return length
    }
  }

  /// One document's continuum, with the units of each annotator.
  public struct Continuum: Equatable, Sendable {
    /// The length of the continuum.
    public let length: Int
    /// The units of each annotator; nil for one who did not annotate the document.
    public let units: [[Unit]?]
    /// The number of units with each label, of all annotators, counted before any ``UnitizingStudy/partition``.
    public let marked: [Int]

    /// Creates a continuum.
    public init(length: Int, units: [[Unit]?]) {
      var marked: [Int] = []
      for unit in units.lazy.compactMap({ $0 }).joined() {
        while marked.count <= unit.label { marked.append(0) }
        marked[unit.label] += 1
      }
      self.init(length: length, units: units, marked: marked)
    }

    private init(length: Int, units: [[Unit]?], marked: [Int]) {
      self.length = length
      self.units = units
      self.marked = marked
    }

    /// The continuum of some annotators, by index.
    public func choosing(_ annotators: [Int]) -> Continuum {
      Continuum(length: length, units: annotators.map { units[$0] })
    }

    /// The continuum with each fragment as a unit, and units of one label and annotator merged if they touch or
    /// overlap.
    var partition: Continuum {
      Continuum(length: length, units: units.map { $0.map(Self.parts) }, marked: marked)
    }

    private static func parts(_ units: [Unit]) -> [Unit] {
      var parts: [Unit] = []
      // The last part of each label.
      var last: [Int: Int] = [:]
      let fragments = units.flatMap { unit in unit.fragments.map { (range: $0, label: unit.label) } }
      for (range, label) in fragments.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        if let place = last[label], parts[place].hull.upperBound >= range.lowerBound {
          let hull = parts[place].hull
          parts[place] = Unit(hull.lowerBound..<max(hull.upperBound, range.upperBound), label: label)
        } else {
          last[label] = parts.count
          parts.append(Unit(range, label: label))
        }
      }
      return parts
    }
  }

  /// The number of annotators.
  public let annotators: Int
  /// One for each document.
  public private(set) var continua: [Continuum] = []

  /// Creates a study of no documents.
  public init(annotators: Int) { self.annotators = annotators }

  /// Adds a document.
  ///
  /// - Precondition: units, or nil, for each annotator.
  public mutating func append(_ continuum: Continuum) {
    precondition(continuum.units.count == annotators)
    continua.append(continuum)
  }

  public func pair(_ first: Int, _ second: Int) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: 2)
    study.continua = continua.map { Continuum(length: $0.length, units: [$0.units[first], $0.units[second]]) }
    return study
  }

  /// The study with each fragment as a unit of its own, and with units of one label and annotator merged if they touch
  /// or overlap.
  public var partition: UnitizingStudy {
    var study = UnitizingStudy(annotators: annotators)
    study.continua = continua.map(\.partition)
    return study
  }

  /// The study of one document, by index.
  public func document(_ place: Int) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: annotators)
    study.continua = [continua[place]]
    return study
  }

  /// The study of the units with some labels.
  public func choosing(labels: Set<Int>) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: annotators)
    study.continua = continua.map { continuum in
      Continuum(length: continuum.length, units: continuum.units.map { $0?.filter { labels.contains($0.label) } })
    }
    return study
  }
}
