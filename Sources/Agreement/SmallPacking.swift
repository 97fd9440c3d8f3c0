/// The best choice of a few sets that are no two to share a unit, by trying all.
struct SmallPacking {
  /// More sets than this are not tried.
  private static let most = 12

  private var units: [Int32] = []
  /// The units of each set as bits.
  private var masks: [UInt64] = []
  private var gains: [Int] = []
  /// What this set and those behind it gain together.
  private var rest: [Int] = []
  private var best = 0
  private var bestSets: UInt64 = 0

  /// Adds the best choice of a part of a packing, where it is small.
  mutating func add(_ part: ArraySlice<Int>, of packing: SetPacking, to choice: inout SetPacking.Choice) -> Bool {
    guard part.count <= Self.most else { return false }
    units.removeAll(keepingCapacity: true)
    masks.removeAll(keepingCapacity: true)
    gains.removeAll(keepingCapacity: true)
    rest.removeAll(keepingCapacity: true)
    var sum = 0
    for set in part { sum += packing.gains[set] }
    for set in part {
      var mask: UInt64 = 0
      for unit in packing.units(of: set) {
        var bit = 0
        while bit < units.count, units[bit] != unit { bit += 1 }
        if bit == units.count { units.append(unit) }
        guard bit < 64 else { return false }
        mask |= 1 << UInt64(bit)
      }
      masks.append(mask)
      gains.append(packing.gains[set])
      rest.append(sum)
      sum -= packing.gains[set]
    }
    (best, bestSets) = (-1, 0)
    search(0, taken: 0, gain: 0, chosen: 0)
    choice.gain += best
    for place in masks.indices where bestSets >> UInt64(place) & 1 == 1 {
      choice.sets.append(Int32(truncatingIfNeeded: part[part.startIndex + place]))
    }
    return true
  }

  private mutating func search(_ set: Int, taken: UInt64, gain: Int, chosen: UInt64) {
    if gain > best { (best, bestSets) = (gain, chosen) }
    guard set < masks.count, gain + rest[set] > best else { return }
    if taken & masks[set] == 0 {
      search(set + 1, taken: taken | masks[set], gain: gain + gains[set], chosen: chosen | 1 << UInt64(set))
    }
    search(set + 1, taken: taken, gain: gain, chosen: chosen)
  }
}
