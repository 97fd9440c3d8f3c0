/// Lengths over which annotators have the same or different values, the counts for Krippendorff's alphas for unitizing.
///
/// Values are the labels and, as the last one, the gap φ. Counts are kept by the number *m* of annotators of a
/// document, so that they are integers and add up.
public struct UnitizingTally: Tally {
  public var counts: [Int]
  /// The number of labels.
  public let labels: Int
  private let annotators: Int

  /// Creates the tally of no document.
  ///
  /// - Parameters:
  ///   - labels: the number of labels; units have labels below it.
  ///   - annotators: the greatest number of annotators of a document.
  /// - Throws: ``InvalidInput/settingOutOfRange``, ``InvalidInput/tooLarge``.
  public init(labels: Int, annotators: Int) throws(Undefined) {
    guard 0...InvalidInput.mostCategories ~= labels, 0...InvalidInput.mostAnnotators ~= annotators else {
      throw .invalid(.settingOutOfRange)
    }
    self.labels = labels
    self.annotators = annotators
    let width = Self.width(labels, annotators)
    guard width <= InvalidInput.mostCounts else { throw .invalid(.tooLarge) }
    counts = [Int](repeating: 0, count: width)
  }

  /// The number of counts.
  package static func width(_ labels: Int, _ annotators: Int) -> Int {
    let (values, kinds) = (labels + 1, max(0, annotators - 1))
    return 2 + 3 * labels + kinds * (values * (values + 1) / 2 + labels)
  }

  /// - Throws: ``InvalidInput`` unless it has the counts of a study.
  func check() throws(Undefined) { try check(Self.width(labels, annotators), bits: 62) }

  /// A count; 0 where there is none.
  private func count(_ place: Int) -> Int { counts.indices ~= place ? counts[place] : 0 }

  /// Annotators in whose continuum of a document units overlap; nothing else is counted of such a document.
  public internal(set) var overlapping: Int {
    get { count(0) }
    set { counts[0] = newValue }
  }

  /// ℓ··, the length of all annotators' continua.
  public internal(set) var length: Int {
    get { count(1) }
    set { counts[1] = newValue }
  }

  /// The number of units of all annotators.
  public var units: Int { counts.dropFirst(2).prefix(labels).reduce(0, &+) }

  /// The number of units with a label.
  public func units(_ label: Int) -> Int { 0..<labels ~= label ? count(2 + label) : 0 }

  /// R_c, the sum of squared lengths of a label's units.
  public func squares(_ label: Int) -> Int { 0..<labels ~= label ? count(2 + labels + label) : 0 }

  mutating func add(square: Int, _ label: Int) { counts[2 + labels + label] += square }

  /// R*_c, the sum of squared lengths that units of a label share with other annotators' units of any label.
  public func pairableSquares(_ label: Int, _ form: UnitizingAlpha.Pairable) -> Double {
    guard 0..<labels ~= label else { return 0 }
    switch form {
    case .union: return Double(count(2 + 2 * labels + label))
    case .pairwise:
      return stride(from: 2, through: annotators, by: 1).reduce(0) { sum, present in
        sum + Double(count(start(present) + label)) / Double(present - 1)
      }
    }
  }

  mutating func add(pairableSquare: Int, _ label: Int, present: Int) {
    counts[start(present) + label] += pairableSquare
  }

  mutating func add(unionSquare: Int, _ label: Int) { counts[2 + 2 * labels + label] += unionSquare }

  /// The start of the counts of documents with this many annotators.
  private func start(_ present: Int) -> Int {
    2 + 3 * labels + (present - 2) * ((labels + 1) * (labels + 2) / 2 + labels)
  }

  /// The position of the length for two values among those counts, in either order.
  private func place(_ first: Int, _ second: Int) -> Int {
    let (low, high) = (min(first, second), max(first, second))
    return labels + high * (high + 1) / 2 + low
  }

  /// Adds a length over which two annotators have these values.
  mutating func add(_ common: Int, _ first: Int, _ second: Int, present: Int) {
    counts[start(present) + place(first, second)] += common
  }

  /// ℓ_ck, the length over which two annotators have the values c and k; ``labels`` stands for φ.
  ///
  /// It is summed over both orders of all pairs of annotators and divided by the number of annotators less one.
  public func coincidence(_ first: Int, _ second: Int) -> Double {
    guard 0...labels ~= first, 0...labels ~= second else { return 0 }
    let times = first == second ? 2.0 : 1.0
    return stride(from: 2, through: annotators, by: 1).reduce(0) { sum, present in
      sum + times * Double(count(start(present) + place(first, second))) / Double(present - 1)
    }
  }
}

extension UnitizingTally {
  /// The tallies of each document of a study.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/tooLarge`` if all annotators' continua of a document together
  ///   are longer than 2³¹, so that squares of lengths do not fit.
  /// - Complexity: O(*units* · *annotators*²), plus sorting if units are not in order.
  static func tallies(of study: UnitizingStudy, labels: Int) throws(Undefined) -> Tallies<UnitizingTally> {
    try study.check()
    try study.check(labels: labels)
    let zero = try UnitizingTally(labels: labels, annotators: study.annotators)
    guard Double(zero.counts.count) * Double(study.continua.count) <= Double(InvalidInput.mostCounts) else {
      throw .invalid(.tooLarge)
    }
    var tallies: [UnitizingTally] = []
    for continuum in study.continua { tallies.append(try zero.counting(continuum)) }
    return try Tallies(zero, tallies)
  }

  /// The tally of a continuum of no more annotators and labels than this tally is for.
  ///
  /// - Throws: what is wrong with the continuum; ``InvalidInput/tooLarge`` if all annotators' continua together are longer
  ///   than 2³¹, so that squares of lengths do not fit.
  package func counting(_ continuum: UnitizingStudy.Continuum) throws(Undefined) -> UnitizingTally {
    if let fault = continuum.fault { throw .invalid(fault) }
    guard continuum.marked.count <= labels, continuum.units.count <= annotators else {
      throw .invalid(.noSuchCategory)
    }
    guard Double(continuum.length) * Double(continuum.units.count) <= 0x1p31 else { throw .invalid(.tooLarge) }
    var tally = self
    tally.count(continuum)
    return tally
  }

  /// One annotator's units during a pass along a continuum.
  private struct Track {
    let units: [UnitizingStudy.Unit]
    var next = 0
    /// The length that the current unit shares with each other annotator's units, and with those of all others
    /// together.
    var common: [Int]
    var union = 0

    /// Creates a track; nil if units overlap.
    init?(_ units: [UnitizingStudy.Unit], _ present: Int) {
      var units = units
      let isSorted = zip(units, units.dropFirst()).allSatisfy { $0.hull.lowerBound <= $1.hull.lowerBound }
      if !isSorted { units.sort { $0.precedes($1) } }
      guard zip(units, units.dropFirst()).allSatisfy({ $0.hull.upperBound <= $1.hull.lowerBound }) else { return nil }
      self.units = units
      common = [Int](repeating: 0, count: present)
    }

    /// The unit that covers a position.
    func unit(at place: Int) -> UnitizingStudy.Unit? {
      next < units.count && units[next].hull.lowerBound <= place ? units[next] : nil
    }

    /// The position after a given one at which the value changes.
    func border(after place: Int, _ end: Int) -> Int {
      guard next < units.count else { return end }
      return units[next].hull.lowerBound > place ? units[next].hull.lowerBound : units[next].hull.upperBound
    }
  }

  private mutating func count(_ continuum: UnitizingStudy.Continuum) {
    let layers = continuum.units.compactMap { $0 }
    guard layers.count > 1 else { return }
    let tracks = layers.map { Track($0, layers.count) }
    overlapping = tracks.count { $0 == nil }
    for (label, count) in continuum.marked.enumerated() { counts[2 + label] = count }
    length = layers.count * continuum.length
    guard overlapping == 0 else { return }
    count(tracks.compactMap { $0 }, continuum.length)
  }

  private mutating func count(_ tracks: [Track], _ length: Int) {
    var tracks = tracks
    var values = [Int](repeating: labels, count: tracks.count)
    var place = 0
    while place < length {
      var end = length
      var covered = 0
      for index in tracks.indices {
        end = min(end, tracks[index].border(after: place, length))
        values[index] = tracks[index].unit(at: place)?.label ?? labels
        if values[index] < labels { covered += 1 }
      }
      for first in tracks.indices {
        for second in first + 1..<tracks.count {
          add(end - place, values[first], values[second], present: tracks.count)
          guard values[first] < labels, values[second] < labels else { continue }
          tracks[first].common[second] += end - place
          tracks[second].common[first] += end - place
        }
        if covered > 1, values[first] < labels { tracks[first].union += end - place }
      }
      for index in tracks.indices where tracks[index].unit(at: place)?.hull.upperBound == end { leave(&tracks[index]) }
      place = end
    }
  }

  /// Counts the current unit of a track and moves on to the next.
  private mutating func leave(_ track: inout Track) {
    let unit = track.units[track.next]
    add(square: unit.hull.count * unit.hull.count, unit.label)
    add(unionSquare: track.union * track.union, unit.label)
    for other in track.common.indices {
      add(pairableSquare: track.common[other] * track.common[other], unit.label, present: track.common.count)
      track.common[other] = 0
    }
    track.union = 0
    track.next += 1
  }
}
