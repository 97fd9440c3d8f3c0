/// Stretches of a few tokens that occur exactly once in each of two texts, the anchors of an alignment.
enum UniqueStretches {
  /// The number of tokens in a stretch.
  static let length = 4

  /// Consecutive stretches, each one token after the last in both texts; *count* of them.
  struct Block: Equatable {
    let old: Int
    let new: Int
    var count: Int

    /// The number of tokens covered.
    var tokens: Int { count + UniqueStretches.length - 1 }
  }

  /// All unique stretches, in the order of the old text.
  ///
  /// - Complexity: O(*tokens*).
  static func blocks(_ old: [Int32], _ new: [Int32]) -> [Block] {
    guard old.count >= length, new.count >= length else { return [] }
    var size = 1 << 4
    while size < 2 * old.count { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    // By place in the old text: whether the stretch is unique there, and its place in the new one; -1 for none, -2 for several.
    var isUnique = [Bool](repeating: true, count: old.count)
    var partner = [Int32](repeating: -1, count: old.count)
    func slot(_ tokens: [Int32], _ place: Int) -> Int {
      var slot = hash(tokens, place) & (size - 1)
      while slots[slot] >= 0, !isEqual(old, Int(slots[slot]), tokens, place) { slot = (slot + 1) & (size - 1) }
      return slot
    }
    for place in 0...old.count - length {
      let slot = slot(old, place)
      if slots[slot] < 0 { slots[slot] = Int32(place) } else { isUnique[Int(slots[slot])] = false }
    }
    for place in 0...new.count - length {
      let found = Int(slots[slot(new, place)])
      if found >= 0, isUnique[found] { partner[found] = partner[found] == -1 ? Int32(place) : -2 }
    }
    var blocks: [Block] = []
    for place in old.indices where partner[place] >= 0 {
      let new = Int(partner[place])
      if let last = blocks.last, last.old + last.count == place, last.new + last.count == new {
        blocks[blocks.count - 1].count += 1
      } else {
        blocks.append(Block(old: place, new: new, count: 1))
      }
    }
    return blocks
  }

  private static func hash(_ tokens: [Int32], _ place: Int) -> Int {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for token in tokens[place..<place + length] {
      hash = (hash ^ UInt64(truncatingIfNeeded: token)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash & 0x7FFF_FFFF_FFFF_FFFF)
  }

  private static func isEqual(_ a: [Int32], _ at: Int, _ b: [Int32], _ bt: Int) -> Bool {
    for index in 0..<length where a[at + index] != b[bt + index] { return false }
    return true
  }

  /// The blocks in the same order in both texts that contain the most stretches, which are those that did not move.
  ///
  /// - Complexity: O(*blocks* log *blocks*).
  static func heaviestChain(of blocks: [Block]) -> [Block] {
    let ranks = blocks.indices.sorted { blocks[$0].new < blocks[$1].new }
    var rank = [Int](repeating: 0, count: blocks.count)
    for (index, block) in ranks.enumerated() { rank[block] = index + 1 }
    // A Fenwick tree: the heaviest chain that ends at or before each rank.
    var best = [(weight: Int, block: Int)](repeating: (0, -1), count: blocks.count + 1)
    var previous = [Int](repeating: -1, count: blocks.count)
    for (index, block) in blocks.enumerated() {
      var before = (weight: 0, block: -1)
      var at = rank[index] - 1
      while at > 0 {
        if best[at].weight > before.weight { before = best[at] }
        at -= at & -at
      }
      previous[index] = before.block
      let weight = before.weight + block.count
      at = rank[index]
      while at <= blocks.count {
        if weight > best[at].weight { best[at] = (weight, index) }
        at += at & -at
      }
    }
    var end = (weight: 0, block: -1)
    var at = blocks.count
    while at > 0 {
      if best[at].weight > end.weight { end = best[at] }
      at -= at & -at
    }
    var chain: [Block] = []
    while end.block >= 0 {
      chain.append(blocks[end.block])
      end.block = previous[end.block]
    }
    return chain.reversed()
  }
}
