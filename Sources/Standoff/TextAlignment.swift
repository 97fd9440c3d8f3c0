/// An alignment of the tokens of an old and a new text by unchanged stretches.
///
/// Stretches of four tokens that occur once in each text come first. Of these, the heaviest chain in the same order in
/// both texts is kept and extended as far as tokens are equal. The parts between are aligned by ``ShortestEdit``, and
/// left apart if that takes too many edits. Unchanged stretches are trusted only if nothing but their place explains
/// them. Stretches that moved are then sought in the rest.
///
/// - Complexity: O(*tokens* log *stretches*) if few tokens changed, O(*tokens* · ``ShortestEdit/limit``) at worst.
struct TextAlignment {
  /// Consecutive tokens that are equal in both texts.
  struct Run: Equatable {
    var old: Int
    var new: Int
    var count: Int
    /// Whether the stretch moved relative to the text around it.
    var isMoved = false

    var oldEnd: Int { old + count }
    var newEnd: Int { new + count }
  }

  /// The length from which a stretch with a unique part is trusted.
  static let trustedLength = 8
  /// The greatest number of changed tokens between a trusted stretch and a shorter one that is trusted too: one of
  /// three tokens, or one at the same distance in both texts.
  static let trustedGap = 4

  let old: [Int32]
  let new: [Int32]
  /// The unchanged stretches in the order of the old text; those that did not move are in the same order in the new
  /// one.
  private(set) var runs: [Run] = []
  /// The stretches that are unique in both texts, with their places in each.
  let blocks: [UniqueStretches.Block]
  /// Whether each token of the new text belongs to an unchanged stretch.
  private(set) var isTaken: [Bool]
  /// The pure insertion or deletion after each run, and before it.
  private(set) var hunksAfter: [Hunk?] = []
  private(set) var hunksBefore: [Hunk?] = []

  init(_ old: [Int32], _ new: [Int32]) {
    self.old = old
    self.new = new
    blocks = UniqueStretches.blocks(old, new)
    isTaken = [Bool](repeating: false, count: new.count)
    runs = Self.trusted(alignInOrder())
    take()
    runs = (runs + Self.trusted(movedRuns())).sorted { $0.old < $1.old }
    take()
    findHunks()
  }

  private mutating func findHunks() {
    hunksAfter = runs.map { _ in nil }
    hunksBefore = hunksAfter
    let inOrder = runs.indices.filter { !runs[$0].isMoved }
    for (before, after) in zip(inOrder, inOrder.dropFirst()) {
      let hunk = Hunk(between: runs[before], and: runs[after], old, new)
      hunksAfter[before] = hunk
      hunksBefore[after] = hunk
    }
  }

  private mutating func take() {
    for run in runs { for token in run.new..<run.newEnd { isTaken[token] = true } }
  }

  /// A run, and whether it contains a unique stretch.
  private typealias Found = (run: Run, isAnchored: Bool)

  // MARK: in order

  private func alignInOrder() -> [Found] {
    var found: [Found] = []
    func add(_ run: Run, isAnchored: Bool) {
      guard run.count > 0 else { return }
      if let last = found.last?.run, last.oldEnd == run.old, last.newEnd == run.new {
        found[found.count - 1].run.count += run.count
        found[found.count - 1].isAnchored = found[found.count - 1].isAnchored || isAnchored
      } else {
        found.append((run, isAnchored))
      }
    }
    let edge = [Run(old: old.count - 1, new: new.count - 1, count: 1)]
    let chain = UniqueStretches.heaviestChain(of: blocks).map { Run(old: $0.old, new: $0.new, count: $0.tokens) }
    var (x, y) = (0, 0)
    for anchor in [Run(old: 0, new: 0, count: 1)] + chain + edge {
      let overlap = max(0, x - anchor.old, y - anchor.new)
      guard overlap < anchor.count else { continue }
      var run = Run(old: anchor.old + overlap, new: anchor.new + overlap, count: anchor.count - overlap)
      while run.old > x, run.new > y, old[run.old - 1] == new[run.new - 1] {
        run = Run(old: run.old - 1, new: run.new - 1, count: run.count + 1)
      }
      for (a, b) in ShortestEdit.kept(old[x..<run.old], new[y..<run.new]) {
        add(Run(old: a, new: b, count: 1), isAnchored: false)
      }
      while run.oldEnd < old.count, run.newEnd < new.count, old[run.oldEnd] == new[run.newEnd] { run.count += 1 }
      add(run, isAnchored: true)
      (x, y) = (run.oldEnd, run.newEnd)
    }
    return found
  }

  /// The runs that nothing but their place explains.
  private static func trusted(_ found: [Found]) -> [Run] {
    var trusted = found.map { $0.isAnchored && ($0.run.count >= trustedLength || $0.run.old == 0 || $0.run.new == 0) }
    // The end of the text is trusted even if it stands alone.
    if let last = found.indices.last, found[last].isAnchored { trusted[last] = true }
    func isNear(_ a: Run, _ b: Run, _ candidate: Run) -> Bool {
      let (olds, news) = (b.old - a.oldEnd, b.new - a.newEnd)
      guard (0...trustedGap).contains(olds), (0...trustedGap).contains(news) else { return false }
      return olds == news || candidate.count >= 3
    }
    for index in found.indices.dropFirst() where !trusted[index] && trusted[index - 1] {
      trusted[index] = isNear(found[index - 1].run, found[index].run, found[index].run)
    }
    for index in found.indices.dropLast().reversed() where !trusted[index] && trusted[index + 1] {
      trusted[index] = isNear(found[index].run, found[index + 1].run, found[index].run)
    }
    return found.indices.filter { trusted[$0] }.map { found[$0].run }
  }

  // MARK: moved

  private func movedRuns() -> [Found] {
    var found: [Found] = []
    var isLeft = [Bool](repeating: true, count: old.count)
    var isFree = isTaken.map { !$0 }
    for run in runs { for token in run.old..<run.oldEnd { isLeft[token] = false } }
    for block in blocks where block.tokens > 0 {
      var place = block.old
      while place < block.old + block.count {
        let offset = block.new - block.old
        defer { place += 1 }
        guard (0..<UniqueStretches.length).allSatisfy({ isLeft[place + $0] && isFree[place + offset + $0] }) else {
          continue
        }
        var run = Run(old: place, new: place + offset, count: UniqueStretches.length, isMoved: true)
        while isLeft[run.old - 1], isFree[run.new - 1], old[run.old - 1] == new[run.new - 1] {
          run = Run(old: run.old - 1, new: run.new - 1, count: run.count + 1, isMoved: true)
        }
        while isLeft[run.oldEnd], isFree[run.newEnd], old[run.oldEnd] == new[run.newEnd] { run.count += 1 }
        for index in 0..<run.count {
          isLeft[run.old + index] = false
          isFree[run.new + index] = false
        }
        found.append((run, true))
        place = max(place, run.oldEnd - 1)
      }
    }
    // A short stretch, though unique, may be a phrase that occurs here by chance.
    return found.sorted { $0.run.old < $1.run.old }.map { ($0.run, $0.run.count >= Self.trustedLength) }
  }

  // MARK: looking

  /// The run that contains an old token; nil if the token changed or was deleted.
  func run(holding token: Int) -> Int? {
    guard let index = lastRun(startingUpTo: token), token < runs[index].oldEnd else { return nil }
    return index
  }

  /// The last run that starts at or before an old token.
  func lastRun(startingUpTo token: Int) -> Int? {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].old > token { high = middle } else { low = middle + 1 }
    }
    return low > 0 ? low - 1 : nil
  }

  /// The new position of an old token; nil if it changed or was deleted.
  func image(of token: Int) -> Int? { run(holding: token).map { runs[$0].new + token - runs[$0].old } }

  /// Whether a stretch of old tokens contains one that is unique in both texts and whose new place agrees.
  func isUnique(_ tokens: Range<Int>, at place: Int) -> Bool {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].old + blocks[middle].count > tokens.lowerBound { high = middle } else { low = middle + 1 }
    }
    guard low < blocks.count else { return false }
    let block = blocks[low]
    return max(block.old, tokens.lowerBound) + UniqueStretches.length <= tokens.upperBound
      && block.new - block.old == place - tokens.lowerBound
  }
}
