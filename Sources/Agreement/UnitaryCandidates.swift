/// The unitary alignments of two units and more that a best alignment may have to contain.
///
/// A unitary alignment takes one unit at most from each annotator. Splitting T into A and B, with X the dissimilarities
/// between the two, saves nothing unless
///
///     X(A, B) < (n(n − 1)/2 + |A||B|) · Δ∅
///
/// so only those are listed for which this holds for every split. It bounds each pair, hence each shift: units are looked up
/// among those of like length that begin near by, and cost grows with the units that overlap, not with all.
struct UnitaryCandidates {
  /// What Δ∅ counts as, so that costs are whole numbers and add up to the same in any order.
  static let scale = 1 << 40

  /// How many annotators there are.
  let annotators: Int
  /// All units with their annotators and their indices among the annotator's, by the middle of their place.
  let units: [(place: Dissimilarity.Place, annotator: Int, index: Int)]
  /// The units of all candidates, one after the other; those of each candidate in ascending order.
  private(set) var members: [Int32] = []
  /// Where the units of each candidate begin, and where those of the last end.
  private(set) var starts: [Int32] = [0]
  /// What each candidate saves against leaving its units alone, times n(n − 1)/2.
  private(set) var gains: [Int] = []

  /// n(n − 1)/2.
  var pairs: Int { annotators * (annotators - 1) / 2 }

  private let dissimilarity: Dissimilarity
  /// Above this, two units, or one with all others of a candidate, are never aligned.
  private let limit: Int
  private let shelves: [Shelves]

  init(_ layers: [[Dissimilarity.Place]], _ dissimilarity: Dissimilarity) {
    annotators = layers.count
    self.dissimilarity = dissimilarity
    units = layers.enumerated().flatMap { annotator, places in places.enumerated().map { ($1, annotator, $0) } }
      .enumerated().sorted { first, second in
        let (a, b) = (first.element.place, second.element.place)
        let (left, right) = (a.start + a.end, b.start + b.end)
        return left != right ? left < right : first.offset < second.offset
      }.map(\.element)
    limit = (layers.count * (layers.count - 1) / 2 + layers.count - 1) * Self.scale
    var places = [[(index: Int32, place: Dissimilarity.Place)]](repeating: [], count: layers.count)
    for (index, unit) in units.enumerated() {
      places[unit.annotator].append((Int32(truncatingIfNeeded: index), unit.place))
    }
    shelves = places.map(Shelves.init)
  }

  /// Which candidates are wanted: those that gain more than their units' prices less a margin.
  struct Demand {
    /// One for each unit.
    let prices: [Int]
    var margin = 0
    /// How many there may be with the same first unit.
    var most = Int.max
  }

  /// One annotator's units by length, each length class by start.
  private struct Shelves {
    struct Shelf {
      var longest = 0.0
      var starts: [Double] = []
      var indices: [Int32] = []
    }

    /// Of lengths below 2, 4, 8 and so on.
    private(set) var shelves: [Shelf] = []

    init(_ places: [(index: Int32, place: Dissimilarity.Place)]) {
      for (index, place) in places.sorted(by: { ($0.place.start, $0.index) < ($1.place.start, $1.index) }) {
        let exponent = place.length < 1 ? 0 : Int(place.length.exponent)
        while shelves.count <= exponent { shelves.append(Shelf()) }
        shelves[exponent].longest = max(shelves[exponent].longest, place.length)
        shelves[exponent].starts.append(place.start)
        shelves[exponent].indices.append(index)
      }
    }
  }

  /// A unit that may join those chosen so far, with its dissimilarity to all of them.
  private struct Joining {
    let unit: Int32
    let sum: Int
  }

  /// Lists all candidates, or those that are wanted.
  mutating func list(_ demand: Demand? = nil) {
    let reach = (Double(limit) / Double(Self.scale) / dissimilarity.alpha).squareRoot()
    var open = Open(annotators)
    var chosen = Chosen(annotators)
    for first in units.indices {
      let (place, annotator, _) = units[first]
      open.clear()
      for other in annotator + 1..<max(annotators, annotator + 1) {
        open.begin(0, other)
        for shelf in shelves[other].shelves where !shelf.starts.isEmpty {
          let window = reach * (place.length + shelf.longest)
          var index = Self.first(shelf.starts, notBelow: place.start - window)
          while index < shelf.starts.count, shelf.starts[index] <= place.start + window {
            let distance = distance(first, Int(shelf.indices[index]))
            if distance < limit { open.append(Joining(unit: shelf.indices[index], sum: distance)) }
            index += 1
          }
        }
        open.end(0, other)
        if let demand { open.sort(0, other) { $0.sum + demand.prices[Int($0.unit)] } }
      }
      guard open.count > 0 else { continue }
      chosen.count = 0
      chosen.append(Int32(truncatingIfNeeded: first)) { _ in 0 }
      if let demand {
        let end = demand.most < .max ? gains.count + demand.most : .max
        extend(&chosen, from: annotator + 1, &open, demand, surplus: -demand.prices[first], end: end)
      } else {
        extend(&chosen, from: annotator + 1, &open)
      }
    }
  }

  /// Who may join the units chosen so far: for each number of them a list for each annotator, one after the other.
  private struct Open {
    private let annotators: Int
    private var joining: [Joining] = []
    private var begins: [Int]
    private var ends: [Int]

    init(_ annotators: Int) {
      self.annotators = annotators
      begins = [Int](repeating: 0, count: annotators * annotators)
      ends = begins
    }

    var count: Int { joining.count }
    subscript(place: Int) -> Joining { joining[place] }

    func range(_ depth: Int, _ annotator: Int) -> Range<Int> {
      begins[depth * annotators + annotator]..<ends[depth * annotators + annotator]
    }

    mutating func begin(_ depth: Int, _ annotator: Int) { begins[depth * annotators + annotator] = joining.count }
    mutating func end(_ depth: Int, _ annotator: Int) { ends[depth * annotators + annotator] = joining.count }
    mutating func append(_ candidate: Joining) { joining.append(candidate) }
    /// Puts a list in the order of what its candidates cost.
    mutating func sort(_ depth: Int, _ annotator: Int, _ cost: (Joining) -> Int) {
      joining[range(depth, annotator)].sort { (cost($0), $0.unit) < (cost($1), $1.unit) }
    }
    mutating func clear() { joining.removeAll(keepingCapacity: true) }
    mutating func cut(to count: Int) { joining.removeLast(joining.count - count) }
  }

  /// Where the first of sorted numbers stands that is not below a bound.
  private static func first(_ numbers: [Double], notBelow bound: Double) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// d / Δ∅ in ``scale``; what is beyond the limit is the limit.
  private func distance(_ first: Int, _ second: Int) -> Int {
    let distance = dissimilarity.relative(units[first].place, units[second].place) * Double(Self.scale)
    // To the nearest, since it is not negative.
    return distance < Double(limit) ? Int(distance + 0.5) : limit
  }

  /// Units of different annotators with the dissimilarities between them.
  private struct Chosen {
    var count = 0
    private(set) var units: [Int32]
    /// The dissimilarity of each to all others.
    private(set) var sums: [Int]
    private let width: Int
    private var distances: [Int]

    init(_ annotators: Int) {
      width = annotators
      units = [Int32](repeating: 0, count: annotators)
      sums = [Int](repeating: 0, count: annotators)
      distances = [Int](repeating: 0, count: annotators * annotators)
    }

    mutating func append(_ unit: Int32, _ distance: (Int32) -> Int) {
      units[count] = unit
      sums[count] = 0
      for other in 0..<count {
        let apart = distance(units[other])
        distances[other * width + count] = apart
        sums[other] += apart
        sums[count] += apart
      }
      count += 1
    }

    mutating func removeLast() {
      count -= 1
      for other in 0..<count { sums[other] -= distances[other * width + count] }
    }

    /// Whether each is apart from all others together by less than a limit.
    func isWithin(_ limit: Int) -> Bool {
      for unit in 0..<count where sums[unit] >= limit { return false }
      return true
    }

    /// Whether it is cheaper than any two parts of it.
    func isIrreducible(pairs: Int) -> Bool {
      if count == 2 { return sums[0] < (pairs + 1) * UnitaryCandidates.scale }
      // The units of one side as bits; the last unit is always on the other.
      for side in 1..<1 << (count - 1) {
        var (crossing, size) = (0, 0)
        for unit in 0..<count - 1 where side >> unit & 1 == 1 {
          size += 1
          crossing += sums[unit]
          for other in 0..<unit where side >> other & 1 == 1 { crossing -= 2 * distances[other * width + unit] }
        }
        if crossing >= (pairs + size * (count - size)) * UnitaryCandidates.scale { return false }
      }
      return true
    }
  }

  private mutating func extend(_ chosen: inout Chosen, from annotator: Int, _ open: inout Open) {
    let depth = chosen.count - 1
    for next in annotator..<annotators {
      for place in open.range(depth, next) {
        let unit = open[place].unit
        chosen.append(unit) { distance(Int($0), Int(unit)) }
        // Dissimilarities only grow as more join.
        if chosen.isWithin(limit) {
          if chosen.isIrreducible(pairs: pairs) { add(chosen) }
          let count = open.count
          for later in next + 1..<annotators {
            open.begin(depth + 1, later)
            for other in open.range(depth, later) {
              let sum = open[other].sum + distance(Int(unit), Int(open[other].unit))
              if sum < limit { open.append(Joining(unit: open[other].unit, sum: sum)) }
            }
            open.end(depth + 1, later)
          }
          if open.count > count { extend(&chosen, from: next + 1, &open) }
          open.cut(to: count)
        }
        chosen.removeLast()
      }
    }
  }

  /// The same for those that are wanted.
  private mutating func extend(
    _ chosen: inout Chosen, from annotator: Int, _ open: inout Open, _ demand: Demand, surplus: Int, end: Int
  ) {
    let depth = chosen.count - 1
    for next in annotator..<annotators {
      guard mayReach(demand, surplus, chosen.count, open, from: next) else { return }
      for place in open.range(depth, next) {
        if gains.count >= end { return }
        let (unit, sum) = (open[place].unit, open[place].sum)
        let more = surplus + (pairs + chosen.count) * Self.scale - sum - demand.prices[Int(unit)]
        chosen.append(unit) { distance(Int($0), Int(unit)) }
        if chosen.isWithin(limit) {
          if more > -demand.margin, chosen.isIrreducible(pairs: pairs) { add(chosen) }
          let count = open.count
          for later in next + 1..<annotators {
            open.begin(depth + 1, later)
            for other in open.range(depth, later) {
              let sum = open[other].sum + distance(Int(unit), Int(open[other].unit))
              if sum < limit { open.append(Joining(unit: open[other].unit, sum: sum)) }
            }
            open.end(depth + 1, later)
          }
          if open.count > count { extend(&chosen, from: next + 1, &open, demand, surplus: more, end: end) }
          open.cut(to: count)
        }
        chosen.removeLast()
      }
    }
  }

  /// Whether units that may join can bring what is wanted: of each annotator the one that brings most, all in one place.
  private func mayReach(_ demand: Demand, _ surplus: Int, _ count: Int, _ open: Open, from annotator: Int) -> Bool {
    var brings: [Int] = []
    for later in annotator..<annotators {
      var most = Int.min
      for place in open.range(count - 1, later) {
        most = max(most, -open[place].sum - demand.prices[Int(open[place].unit)])
      }
      if most > Int.min { brings.append((pairs + count) * Self.scale + most) }
    }
    brings.sort(by: >)
    var surplus = surplus
    for (index, brought) in brings.enumerated() {
      surplus += brought + index * Self.scale
      if surplus > -demand.margin { return true }
    }
    return false
  }

  /// Forgets all candidates.
  mutating func clear() { (members, starts, gains) = ([], [0], []) }

  /// The units of a candidate.
  func units(of candidate: Int) -> ArraySlice<Int32> { members[Int(starts[candidate])..<Int(starts[candidate + 1])] }

  private mutating func add(_ chosen: Chosen) {
    let count = chosen.count
    var within = 0
    for unit in 0..<count { within += chosen.sums[unit] }
    let gain = ((count - 1) * pairs + count * (count - 1) / 2) * Self.scale - within / 2
    guard gain > 0 else { return }
    let start = members.count
    for place in 0..<count {
      members.append(chosen.units[place])
      var here = members.count - 1
      while here > start, members[here] < members[here - 1] {
        members.swapAt(here, here - 1)
        here -= 1
      }
    }
    starts.append(Int32(truncatingIfNeeded: members.count))
    gains.append(gain)
  }
}
