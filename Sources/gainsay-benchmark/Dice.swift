import Agreement

/// Numbers from a seed, for what is made.
struct Dice {
  private var generator = SeededGenerator(seed: 3)

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(generator.next() % UInt64(range.count))
  }
}
