import Agreement

/// Continua on which many alignments are nearly as good, made from a seed.
enum HardContinua {
  typealias Unit = UnitizingStudy.Unit

  /// Three units over the whole text, and 150 short ones under them, all with ends that differ a little.
  static func longOverShort(annotators: Int) -> Continuum {
    var dice = Dice()
    return Continuum(
      (0..<annotators).map { _ in
        let long = (0..<3).map { _ in
          Unit(dice.number(0...60)..<3000 - dice.number(0...60), label: dice.number(0...1))
        }
        let short = (0..<150).map { place in
          let start = max(0, place * 20 + dice.number(-4...4))
          return Unit(start..<start + dice.number(8...13), label: dice.number(0...1))
        }
        return long + short
      })
  }

  /// Units that all annotators mark, of 12 to 31 with ends up to 8 apart.
  static func alike(annotators: Int, units: Int) -> Continuum {
    var dice = Dice()
    return Continuum(
      (0..<annotators).map { _ in
        (0..<units).map { place in
          let start = max(0, place * 40 + dice.number(-8...8))
          return Unit(start..<start + dice.number(12...31), label: dice.number(0...1))
        }
      })
  }

  /// Units between any two places of a text of 200.
  static func tangled(annotators: Int, units: Int) -> Continuum {
    var dice = Dice()
    return Continuum(
      (0..<annotators).map { _ in
        (0..<units).map { _ in
          let (one, other) = (dice.number(0...199), dice.number(0...199))
          return Unit(min(one, other)..<max(one, other) + 1, label: dice.number(0...1))
        }
      })
  }
}
