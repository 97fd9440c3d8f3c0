/// The units that annotators marked on the continua of several documents.
///
/// Positions may be of any unit (code points, words, seconds), as long as it is the same throughout; ranges are
/// half-open.
public struct UnitizingStudy: PairedStudy, Equatable {
  /// A stretch of a continuum under a label, possibly with gaps.
  ///
  /// A unit that is not one (see ``InvalidInput/malformedUnit``) has an empty hull, and no measure takes it.
  public struct Unit: Hashable, Sendable {
    /// The range from the first fragment's start to the last fragment's end.
    public let hull: Range<Int>
    /// The number of the label, counted from 0.
    public let label: Int
    /// The fragments if there are several; else empty.
    private let several: [Range<Int>]

    /// Creates a unit without gaps.
    ///
    /// - Parameters:
    ///   - range: the place; not empty, within ± ``InvalidInput/largest``.
    ///   - label: the number of the label, from 0 to 1,048,575.
    public init(_ range: Range<Int>, label: Int) { self.init(hull: range, label, []) }

    private init(hull: Range<Int>, _ label: Int, _ several: [Range<Int>]) {
      let isUnit =
        !hull.isEmpty && hull.lowerBound >= -InvalidInput.largest && hull.upperBound <= InvalidInput.largest
        && 0..<InvalidInput.mostCategories ~= label
      self.hull = isUnit ? hull : 0..<0
      self.label = isUnit ? label : 0
      self.several = isUnit ? several : []
    }

    /// Creates a unit of several fragments.
    ///
    /// - Parameters:
    ///   - fragments: at least one, in order, none empty, none touching or overlapping another.
    ///   - label: the number of the label, as for a unit without gaps.
    public init(fragments: [Range<Int>], label: Int) {
      let areApart =
        fragments.allSatisfy { !$0.isEmpty }
        && zip(fragments, fragments.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
      guard let first = fragments.first, let last = fragments.last, areApart else {
        self.init(hull: 0..<0, label, [])
        return
      }
      self.init(hull: first.lowerBound..<last.upperBound, label, fragments.count > 1 ? fragments : [])
    }

    /// Whether it is a unit; see ``InvalidInput/malformedUnit``.
    public var isWellFormed: Bool { !hull.isEmpty }

    /// Whether it has no gap.
    package var isContinuous: Bool { several.isEmpty }

    /// The fragments in order: at least one, none touching or overlapping another.
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
    /// What is wrong with the continuum, so that no measure takes it; nil if nothing is.
    public let fault: InvalidInput?

    /// Creates a continuum.
    ///
    /// - Parameters:
    ///   - length: its length, from 0 to ``InvalidInput/largest``; units have to lie from 0 to there.
    ///   - units: the units of each annotator; nil for one who did not annotate the document.
    public init(length: Int, units: [[Unit]?]) {
      var marked: [Int] = []
      var fault: InvalidInput? = length < 0 ? .malformedItems : length > InvalidInput.largest ? .tooLarge : nil
      for unit in units.lazy.compactMap({ $0 }).joined() {
        if !unit.isWellFormed { fault = fault ?? .malformedUnit }
        if unit.hull.lowerBound < 0 || unit.hull.upperBound > length { fault = fault ?? .unitOutside }
        while marked.count <= unit.label { marked.append(0) }
        marked[unit.label] += 1
      }
      self.init(length: length, units: units, marked: marked, fault: fault)
    }

    private init(length: Int, units: [[Unit]?], marked: [Int], fault: InvalidInput?) {
      self.length = length
      self.units = units
      self.marked = marked
      self.fault = fault
    }

    /// The continuum of some annotators, by index.
    public func choosing(_ annotators: [Int]) -> Continuum {
      guard annotators.allSatisfy({ units.indices ~= $0 }) else {
        return Continuum(length: length, units: [], marked: [], fault: .noSuchAnnotator)
      }
      return Continuum(length: length, units: annotators.map { units[$0] })
    }

    /// The continuum of other annotators, each one of these by index or, with nil, one who did not annotate the document.
    package func choosing(_ annotators: [Int?]) -> Continuum {
      Continuum(
        length: length, units: annotators.map { $0.flatMap { units.indices ~= $0 ? units[$0] : nil } }, marked: marked,
        fault: fault)
    }

    /// The continuum of the units with one label.
    package func choosing(label: Int) -> Continuum {
      Continuum(length: length, units: units.map { $0?.filter { $0.label == label } })
    }

    /// The continuum with each fragment as a unit, and units of one label and annotator merged if they touch or
    /// overlap.
    package var partition: Continuum {
      Continuum(length: length, units: units.map { $0.map(Self.parts) }, marked: marked, fault: fault)
    }

    private static func parts(_ units: [Unit]) -> [Unit] {
      var fragments: [(range: Range<Int>, label: Int)] = []
      fragments.reserveCapacity(units.count)
      for unit in units where unit.isWellFormed {
        if unit.isContinuous {
          fragments.append((unit.hull, unit.label))
        } else {
          for fragment in unit.fragments { fragments.append((fragment, unit.label)) }
        }
      }
      let isSorted = fragments.indices.dropFirst().allSatisfy {
        fragments[$0 - 1].range.lowerBound <= fragments[$0].range.lowerBound
      }
      if !isSorted { fragments.sort { $0.range.lowerBound < $1.range.lowerBound } }
      var parts: [Unit] = []
      parts.reserveCapacity(fragments.count)
      // The last part of each label plus one; 0 for none.
      var last = [Int](repeating: 0, count: fragments.reduce(0) { max($0, $1.label + 1) })
      for (range, label) in fragments {
        let place = last[label] - 1
        if place >= 0, parts[place].hull.upperBound >= range.lowerBound {
          let hull = parts[place].hull
          parts[place] = Unit(hull.lowerBound..<max(hull.upperBound, range.upperBound), label: label)
        } else {
          parts.append(Unit(range, label: label))
          last[label] = parts.count
        }
      }
      return parts
    }
  }

  /// The number of annotators.
  public let annotators: Int
  /// One for each document.
  public private(set) var continua: [Continuum] = []
  public private(set) var fault: InvalidInput?

  /// Creates a study of no documents.
  public init(annotators: Int) {
    (self.annotators, fault) = InvalidInput.annotators(annotators)
  }

  /// Adds a document.
  ///
  /// The study is at fault if there are not units, or nil, for each annotator, or the continuum is at fault.
  public mutating func append(_ continuum: Continuum) {
    guard continuum.units.count == annotators else {
      fault = fault ?? continuum.fault ?? .annotatorsMissing
      return
    }
    fault = fault ?? continuum.fault
    continua.append(continuum)
  }

  /// A study of the same documents, each changed.
  private func mapping(annotators: Int, _ change: (Continuum) -> Continuum) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: annotators)
    study.fault = fault
    for continuum in continua { study.append(change(continuum)) }
    return study
  }

  public func pair(_ first: Int, _ second: Int) -> UnitizingStudy {
    guard 0..<annotators ~= first, 0..<annotators ~= second else {
      var study = UnitizingStudy(annotators: 2)
      study.fault = fault ?? .noSuchAnnotator
      return study
    }
    return mapping(annotators: 2) { $0.choosing([first, second]) }
  }

  /// - Throws: ``InvalidInput/settingOutOfRange`` for a number of labels that cannot be,
  ///   ``InvalidInput/noSuchCategory`` if a unit has a label beyond it.
  func check(labels: Int) throws(Undefined) {
    guard 0...InvalidInput.mostCategories ~= labels else { throw .invalid(.settingOutOfRange) }
    guard continua.allSatisfy({ $0.marked.count <= labels }) else { throw .invalid(.noSuchCategory) }
  }

  /// The study with each fragment as a unit of its own, and with units of one label and annotator merged if they touch
  /// or overlap.
  public var partition: UnitizingStudy {
    mapping(annotators: annotators, \.partition)
  }

  /// The study of one document, by index.
  public func document(_ place: Int) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: annotators)
    study.fault = fault
    if continua.indices ~= place { study.append(continua[place]) } else { study.fault = fault ?? .noSuchDocument }
    return study
  }

  /// The study of the units with some labels.
  public func choosing(labels: Set<Int>) -> UnitizingStudy {
    mapping(annotators: annotators) { continuum in
      Continuum(length: continuum.length, units: continuum.units.map { $0?.filter { labels.contains($0.label) } })
    }
  }
}
