import Agreement

/// Units that annotators have marked on one text, made from a seed.
///
/// Lengths are 5 to 60, of every twentieth unit on average up to 300. Each annotator passes over a tenth of the true
/// units, adds one for every twentieth, shifts two fifths of the ends by 1 to 4 and changes a tenth of the labels.
struct MadeContinuum {
  /// How true units lie.
  enum Texture: Equatable {
    /// Apart, with gaps of 0 to 60.
    case text
    /// The same, and no annotator's units overlap.
    case flat
    /// So many over one another everywhere; 1 for end to end.
    case dense(depth: Int)
    /// End to end, and every tenth one reaches over the ten that follow.
    case nested
  }

  private static let labels = 4

  let continuum: Continuum

  /// - Parameter units: the true ones.
  init(annotators: Int, units: Int, _ texture: Texture = .text) {
    var dice = Dice()
    let truth = Self.truth(units, texture, &dice)
    continuum = Continuum(
      (0..<annotators).map { _ in
        let marked = Self.marked(truth, &dice)
        return texture == .flat ? Self.flat(marked) : Self.distinct(marked)
      })
  }

  // MARK: making

  struct Mark {
    var start: Int
    var end: Int
    var label: Int
  }

  private static func length(_ dice: inout Dice) -> Int {
    dice.number(1...20) == 1 ? dice.number(61...300) : dice.number(5...60)
  }

  private static func shift(_ dice: inout Dice) -> Int {
    dice.number(1...5) > 2 ? 0 : dice.number(1...4) * (dice.number(0...1) * 2 - 1)
  }

  private static func truth(_ units: Int, _ texture: Texture, _ dice: inout Dice) -> [Mark] {
    var truth: [Mark] = []
    var at = 0
    for _ in 0..<units {
      let length = Self.length(&dice)
      truth.append(Mark(start: at, end: at + length, label: dice.number(0...labels - 1)))
      switch texture {
      case .text, .flat: at += length + dice.number(0...60)
      case .dense(let depth): at += max(1, length / depth)
      case .nested: at += length
      }
    }
    guard texture == .nested else { return truth }
    let ends = truth.map(\.end)
    for index in stride(from: 0, to: units, by: 10) { truth[index].end = ends[min(index + 10, units - 1)] }
    return truth
  }

  private static func marked(_ truth: [Mark], _ dice: inout Dice) -> [Mark] {
    var marked: [Mark] = []
    for mark in truth {
      if dice.number(1...10) > 1 {
        let start = max(0, mark.start + shift(&dice))
        let end = max(start + 1, mark.end + shift(&dice))
        let change = dice.number(1...10) == 1 ? dice.number(1...labels - 1) : 0
        marked.append(Mark(start: start, end: end, label: (mark.label + change) % labels))
      }
      if dice.number(1...20) == 1 {
        let start = max(0, mark.start + dice.number(-60...60))
        marked.append(Mark(start: start, end: start + length(&dice), label: dice.number(0...labels - 1)))
      }
    }
    return marked
  }

  /// In the order of the text, without what is there twice.
  static func distinct(_ marks: [Mark]) -> [UnitizingStudy.Unit] {
    var units: [UnitizingStudy.Unit] = []
    for mark in sorted(marks) {
      let unit = UnitizingStudy.Unit(mark.start..<mark.end, label: mark.label)
      if unit != units.last { units.append(unit) }
    }
    return units
  }

  /// Each from where the one before it ends.
  private static func flat(_ marks: [Mark]) -> [UnitizingStudy.Unit] {
    var units: [UnitizingStudy.Unit] = []
    var last = 0
    for mark in sorted(marks) where mark.end > last {
      units.append(UnitizingStudy.Unit(max(last, mark.start)..<mark.end, label: mark.label))
      last = mark.end
    }
    return units
  }

  private static func sorted(_ marks: [Mark]) -> [Mark] {
    marks.sorted { ($0.start, $0.end, $0.label) < ($1.start, $1.end, $1.label) }
  }
}
