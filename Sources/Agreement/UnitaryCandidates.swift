/// The unitary alignments of two or more units that a best alignment may contain.
///
/// A unitary alignment takes at most one unit from each annotator. Splitting T into A and B, with X the dissimilarities
/// between the two, saves nothing unless
///
///     X(A, B) < (n(n − 1)/2 + |A||B|) · Δ∅
///
/// so only those are listed for which this holds for every split. It bounds each pair and hence each shift: units are
/// sought among those of similar length with middles near by, and the cost grows with the units that overlap, not with
/// all.
struct UnitaryCandidates {
  /// The integer that stands for Δ∅, so that sums of costs do not depend on the order.
  static let scale = 1 << 40

  /// The number of annotators.
  let annotators: Int
  /// All units with their annotators and indices, sorted by the middle of their place.
  let units: [(place: Dissimilarity.Place, annotator: Int, index: Int)]
  /// The candidates listed last, and the saving of each over leaving its units alone, times n(n − 1)/2.
  private(set) var sets = SetPacking.Sets()
  /// The most that each unit adds to the saving of a candidate that was ever listed.
  private(set) var most: [Int]
  /// Whether the last list has all that was asked for; not if it was too long or time was up.
  private(set) var isWhole = true
  /// Whether time was up for it.
  private var isLate = false
  /// What a candidate has to gain beyond its units' prices to be listed.
  private var floor = 0
  /// How many candidates with other first units were listed before.
  private var before = 0
  /// How many units were tried, to look at the clock now and then.
  private var tried = 0

  /// n(n − 1)/2.
  var pairs: Int { annotators * (annotators - 1) / 2 }

  private let dissimilarity: Dissimilarity
  /// The dissimilarity above which two units, or one and the others of a candidate together, are never aligned.
  private let limit: Int
  /// The shelves: annotators × classes of length.
  private var shelves: [Shelf]
  private let shelvesOfEach: Int
  /// The units of all shelves, each shelf sorted by middle.
  private var shelved: [(middle: Double, unit: Int32)]

  init(_ layers: [[Dissimilarity.Place]], _ dissimilarity: Dissimilarity) {
    annotators = layers.count
    self.dissimilarity = dissimilarity
    limit = (layers.count * (layers.count - 1) / 2 + layers.count - 1) * Self.scale
    var order: [(middle: Double, annotator: Int32, index: Int32)] = []
    order.reserveCapacity(layers.reduce(0) { $0 + $1.count })
    var classes = 1
    for (annotator, places) in layers.enumerated() {
      for (index, place) in places.enumerated() {
        order.append(
          (place.start + place.end, Int32(truncatingIfNeeded: annotator), Int32(truncatingIfNeeded: index)))
        classes = max(classes, Shelf.number(of: place) + 1)
      }
    }
    order.sort { first, second in
      if first.middle != second.middle { return first.middle < second.middle }
      return first.annotator != second.annotator ? first.annotator < second.annotator : first.index < second.index
    }
    units = order.map { (layers[Int($0.annotator)][Int($0.index)], Int($0.annotator), Int($0.index)) }
    most = [Int](repeating: 0, count: order.count)
    shelvesOfEach = classes
    shelves = [Shelf](repeating: Shelf(), count: layers.count * classes)
    shelved = [(middle: Double, unit: Int32)](repeating: (0, 0), count: order.count)
    for (place, annotator, _) in units { shelves[annotator * classes + Shelf.number(of: place)].end += 1 }
    var sum = 0
    for shelf in shelves.indices {
      (shelves[shelf].begin, sum) = (sum, sum + shelves[shelf].end)
      shelves[shelf].end = shelves[shelf].begin
    }
    for (unit, (place, annotator, _)) in units.enumerated() {
      let shelf = annotator * classes + Shelf.number(of: place)
      shelved[shelves[shelf].end] = (order[unit].middle, Int32(truncatingIfNeeded: unit))
      shelves[shelf].end += 1
      shelves[shelf].longest = max(shelves[shelf].longest, place.length)
    }
  }

  /// Whether the costs of annotators with so many units, or of chance samples of them, can be summed.
  static func canBeSummed(_ units: [Int]) -> Bool {
    let pairs = units.count * (units.count - 1) / 2
    return Double(units.count * pairs) * Double(units.max() ?? 0) <= 0x1p21
  }

  /// A restriction of the candidates to those that gain more than their units' prices less a margin.
  struct Demand {
    /// The price of each unit.
    let prices: [Int]
    var margin = 0
    /// The greatest number of candidates with the same first unit.
    var most = Int.max
    /// Whether only the candidate that gains most beyond its units' prices is listed, of those with the same first unit.
    var isOfGreatest = false
    /// When to stop although there are more.
    var end = SearchLimit()
  }

  /// One annotator's units of a class of lengths: below 4, 16, 64 and so on.
  private struct Shelf {
    var longest = 0.0
    var begin = 0
    var end = 0

    static func number(of place: Dissimilarity.Place) -> Int { place.length < 1 ? 0 : Int(place.length.exponent) / 2 }
  }

  /// A unit that may join the units chosen so far.
  private struct Joining {
    let unit: Int32
    /// The position of this unit in the list before the last one was chosen.
    let before: Int32
    /// The dissimilarity to the last unit chosen.
    let apart: Int
    /// The sum of dissimilarities to all units chosen.
    let sum: Int
  }

  /// Lists all candidates, or those that a demand asks for; see ``isWhole``.
  ///
  /// - Parameter most: the number of candidates beyond which all of them are not listed.
  mutating func list(_ demand: Demand? = nil, atMost most: Int = .max) {
    sets.removeAll()
    (isWhole, isLate) = (true, false)
    // The shifts of both ends together are at most this times the lengths, and so is twice the shift of the middle.
    let reach = (Double(limit) / Double(Self.scale) / dissimilarity.alpha).squareRoot()
    var open = Open(annotators)
    var chosen = Chosen(annotators)
    // The first unit after the current one, on each shelf.
    var cursors = shelves.map(\.begin)
    for first in units.indices {
      if let demand, isLate || demand.end.isOver { return isWhole = false }
      let (place, annotator, _) = units[first]
      let middle = place.start + place.end
      open.clear()
      for other in annotator + 1..<max(annotators, annotator + 1) {
        open.begin(0, other)
        for number in other * shelvesOfEach..<(other + 1) * shelvesOfEach {
          let shelf = shelves[number]
          if shelf.begin == shelf.end { continue }
          while cursors[number] < shelf.end, shelved[cursors[number]].unit < first { cursors[number] += 1 }
          let window = reach * (place.length + shelf.longest)
          var index = cursors[number]
          while index > shelf.begin, shelved[index - 1].middle >= middle - window { index -= 1 }
          while index < shelf.end, shelved[index].middle <= middle + window {
            let unit = shelved[index].unit
            let distance = distance(first, Int(unit))
            if distance < limit { open.append(Joining(unit: unit, before: -1, apart: distance, sum: distance)) }
            index += 1
          }
        }
        open.end(0, other)
        if let demand { open.sort(0, other) { $0.sum + demand.prices[Int($0.unit)] } }
      }
      guard open.count > 0 else { continue }
      chosen.begin(Int32(truncatingIfNeeded: first))
      if let demand {
        let end = demand.most < .max ? sets.gains.count + demand.most : .max
        (floor, before) = (-demand.margin, sets.gains.count)
        extend(&chosen, from: annotator + 1, &open, demand, surplus: -demand.prices[first], end: end)
      } else {
        extend(&chosen, from: annotator + 1, &open)
        if sets.gains.count > most { return isWhole = false }
      }
    }
  }

  /// Whether a list ends here, because it is long enough or time is up.
  @inline(__always)
  private mutating func isOver(_ demand: Demand, at end: Int) -> Bool {
    tried &+= 1
    if tried & 0xFFFF == 0, demand.end.isOver { isLate = true }
    guard isLate || sets.gains.count >= end else { return false }
    isWhole = false
    return true
  }

  /// The units that may join the units chosen so far: for each number of chosen units, a list for each annotator.
  private struct Open {
    private let annotators: Int
    private var joining: [Joining] = []
    private var begins: [Int]
    private var ends: [Int]
    /// The most that units of later annotators can add, for each number of chosen units and annotator.
    private var rests: [Int]
    private var adding: [Int] = []

    init(_ annotators: Int) {
      self.annotators = annotators
      begins = [Int](repeating: 0, count: annotators * annotators)
      ends = begins
      rests = begins
    }

    func rest(_ depth: Int, _ annotator: Int) -> Int { rests[depth * annotators + annotator] }

    /// Bounds what units of the annotators after each can add once a unit of that annotator has joined, taking the best
    /// of each annotator at once.
    ///
    /// - Parameters:
    ///   - alone: what a unit that costs nothing adds to the units chosen so far.
    ///   - worth: minus the cost of a unit.
    @inline(__always)
    mutating func bound(_ depth: Int, from annotator: Int, alone: Int, _ worth: (Joining) -> Int) {
      adding.removeAll(keepingCapacity: true)
      for later in (annotator..<annotators).reversed() {
        // Each that joins adds more for those that join after it.
        var (sum, most) = (0, 0)
        for (index, value) in adding.enumerated() {
          sum += value + (index + 1) * UnitaryCandidates.scale
          most = max(most, sum)
        }
        rests[depth * annotators + later] = most
        var best = Int.min
        for place in range(depth, later) { best = max(best, worth(joining[place])) }
        guard best > .min else { continue }
        let value = alone + best
        var place = adding.count
        adding.append(value)
        while place > 0, adding[place - 1] < value {
          adding[place] = adding[place - 1]
          place -= 1
        }
        adding[place] = value
      }
    }

    var count: Int { joining.count }
    subscript(place: Int) -> Joining { joining[place] }

    func range(_ depth: Int, _ annotator: Int) -> Range<Int> {
      begins[depth * annotators + annotator]..<ends[depth * annotators + annotator]
    }

    mutating func begin(_ depth: Int, _ annotator: Int) { begins[depth * annotators + annotator] = joining.count }
    mutating func end(_ depth: Int, _ annotator: Int) { ends[depth * annotators + annotator] = joining.count }
    mutating func append(_ candidate: Joining) { joining.append(candidate) }
    /// Sorts a list by the cost of its units.
    mutating func sort(_ depth: Int, _ annotator: Int, _ cost: (Joining) -> Int) {
      joining[range(depth, annotator)].sort { (cost($0), $0.unit) < (cost($1), $1.unit) }
    }
    mutating func clear() { joining.removeAll(keepingCapacity: true) }
    mutating func cut(to count: Int) { joining.removeLast(joining.count - count) }
  }

  /// d / Δ∅ in units of ``scale``, at most the limit.
  @inline(__always)
  func distance(_ first: Int, _ second: Int) -> Int {
    let distance = dissimilarity.relative(units[first].place, units[second].place) * Double(Self.scale)
    // To the nearest, since it is not negative.
    return distance < Double(limit) ? Int(distance + 0.5) : limit
  }

  /// Units of different annotators with the dissimilarities between them.
  ///
  /// Inlined throughout: passing it copies what was just written, and the copy waits for that.
  private struct Chosen {
    private(set) var count = 0
    private(set) var units: [Int32]
    private let width: Int
    /// The dissimilarity of each unit to all others, for each number of units chosen.
    private var sums: [Int]
    private var distances: [Int]

    init(_ annotators: Int) {
      width = annotators
      units = [Int32](repeating: 0, count: annotators)
      sums = [Int](repeating: 0, count: annotators * annotators)
      distances = sums
    }

    /// The dissimilarity of one unit to all others.
    func sum(_ place: Int) -> Int { sums[(count - 1) * width + place] }

    mutating func begin(_ unit: Int32) { (units[0], count) = (unit, 1) }

    /// Adds the unit at a position.
    @inline(__always)
    mutating func append(_ place: Int, of open: Open) {
      units[count] = open[place].unit
      sums[count * width + count] = open[place].sum
      var place = place
      for other in (0..<count).reversed() {
        let joining = open[place]
        distances[other * width + count] = joining.apart
        sums[count * width + other] = sums[(count - 1) * width + other] + joining.apart
        place = Int(joining.before)
      }
      count += 1
    }

    mutating func removeLast() { count -= 1 }

    /// Whether each unit's dissimilarity to all others together is below a limit.
    @inline(__always)
    func isWithin(_ limit: Int) -> Bool {
      for unit in 0..<count where sum(unit) >= limit { return false }
      return true
    }

    /// Whether it costs less than any two parts of it.
    @inline(__always)
    func isIrreducible(pairs: Int) -> Bool {
      if count == 2 { return sum(0) < (pairs + 1) * UnitaryCandidates.scale }
      // The units of one side as bits; the last unit is always on the other.
      for side in 1..<1 << (count - 1) {
        var (crossing, size) = (0, 0)
        for unit in 0..<count - 1 where side >> unit & 1 == 1 {
          size += 1
          crossing += sum(unit)
          for other in 0..<unit where side >> other & 1 == 1 { crossing -= 2 * distances[other * width + unit] }
        }
        if crossing >= (pairs + size * (count - size)) * UnitaryCandidates.scale { return false }
      }
      return true
    }
  }

  /// Lists the units that may join after the one at a position has.
  @inline(__always)
  private func narrow(
    _ open: inout Open, _ place: Int, _ depth: Int, from annotator: Int,
    where isOfUse: (_ sum: Int, _ unit: Int32) -> Bool = { _, _ in true }
  ) {
    let unit = Int(open[place].unit)
    for later in annotator..<max(annotators, annotator) {
      open.begin(depth + 1, later)
      for before in open.range(depth, later) {
        let joining = open[before]
        let apart = distance(unit, Int(joining.unit))
        guard joining.sum + apart < limit, isOfUse(joining.sum + apart, joining.unit) else { continue }
        open.append(
          Joining(
            unit: joining.unit, before: Int32(truncatingIfNeeded: before), apart: apart, sum: joining.sum + apart))
      }
      open.end(depth + 1, later)
    }
  }

  private mutating func extend(_ chosen: inout Chosen, from annotator: Int, _ open: inout Open) {
    let depth = chosen.count - 1
    for next in annotator..<annotators {
      for place in open.range(depth, next) {
        chosen.append(place, of: open)
        // Dissimilarities only grow as more join.
        if chosen.isWithin(limit) {
          if chosen.isIrreducible(pairs: pairs) { add(chosen) }
          let count = open.count
          narrow(&open, place, depth, from: next + 1)
          if open.count > count { extend(&chosen, from: next + 1, &open) }
          open.cut(to: count)
        }
        chosen.removeLast()
      }
    }
  }

  /// Extends the chosen units by those that a demand asks for.
  private mutating func extend(
    _ chosen: inout Chosen, from annotator: Int, _ open: inout Open, _ demand: Demand, surplus: Int, end: Int
  ) {
    let depth = chosen.count - 1
    open.bound(depth, from: annotator, alone: (pairs + chosen.count) * Self.scale) {
      -$0.sum - demand.prices[Int($0.unit)]
    }
    for next in annotator..<annotators {
      let rest = open.rest(depth, next)
      for place in open.range(depth, next) {
        if isOver(demand, at: end) { return }
        let joining = open[place]
        let more = surplus + (pairs + chosen.count) * Self.scale - joining.sum - demand.prices[Int(joining.unit)]
        guard more + rest > floor else { continue }
        chosen.append(place, of: open)
        // Dissimilarities only grow as more join.
        if chosen.isWithin(limit) {
          if more > floor, chosen.isIrreducible(pairs: pairs) {
            if demand.isOfGreatest {
              floor = more
              if sets.gains.count > before { sets.removeLast() }
            }
            add(chosen)
          }
          let count = open.count
          // What a unit must not cost to be of use, with all others that may join.
          let most = more + rest + (pairs + chosen.count + annotators) * Self.scale - floor
          narrow(&open, place, depth, from: next + 1) { $0 + demand.prices[Int($1)] < most }
          if open.count > count { extend(&chosen, from: next + 1, &open, demand, surplus: more, end: end) }
          open.cut(to: count)
        }
        chosen.removeLast()
      }
    }
  }

  @inline(__always)
  private mutating func add(_ chosen: Chosen) {
    let count = chosen.count
    var within = 0
    for place in 0..<count { within += chosen.sum(place) }
    let gain = ((count - 1) * pairs + count * (count - 1) / 2) * Self.scale - within / 2
    guard gain > 0 else { return }
    let start = sets.members.count
    for place in 0..<count {
      let unit = chosen.units[place]
      most[Int(unit)] = max(most[Int(unit)], (pairs + count - 1) * Self.scale - chosen.sum(place))
      sets.members.append(unit)
      var here = sets.members.count - 1
      while here > start, unit < sets.members[here - 1] {
        sets.members[here] = sets.members[here - 1]
        here -= 1
      }
      sets.members[here] = unit
    }
    sets.starts.append(Int32(truncatingIfNeeded: sets.members.count))
    sets.gains.append(gain)
  }
}
