import Agreement

/// Attributions that annotators have marked on one text as they do in news, made from a seed.
///
/// An attribution is a source of 5 to 40 characters, the cue of 4 to 15 next to it, and next to that the content of 30
/// to 250; in every third one the content comes first. Every sixth content has another attribution inside. Each
/// annotator passes over an eighth of the attributions, with all three spans, adds one of their own for every fortieth,
/// and begins or ends every seventh span 4 to 12 characters away; the other spans are equal.
struct MadeAttributions {
  let continuum: Continuum

  private typealias Attribution = [UnitizingStudy.Unit]

  /// The labels of an attribution's parts.
  private enum Part: Int { case source, cue, content }

  /// - Parameter units: the true ones, three for each attribution.
  init(annotators: Int, units: Int) {
    var dice = Dice()
    let truth = Self.truth(units / 3, &dice)
    continuum = Continuum((0..<annotators).map { _ in MadeContinuum.distinct(Self.marked(truth, &dice)) })
  }

  private static func truth(_ count: Int, _ dice: inout Dice) -> [Attribution] {
    var truth: [Attribution] = []
    var at = 0
    while truth.count < count {
      let holdsAnother = dice.number(1...6) == 1 && truth.count + 1 < count
      let attribution = attribution(at: at, content: holdsAnother ? 200...250 : 30...250, &dice)
      truth.append(attribution)
      if holdsAnother, let content = attribution.first(where: { $0.label == Part.content.rawValue }) {
        // At most 19 + 55 + 2 + 120 characters: it fits.
        let start = content.hull.lowerBound + dice.number(0...19)
        truth.append(Self.attribution(at: start, content: 30...120, &dice))
      }
      at = attribution[2].hull.upperBound + dice.number(2...60)
    }
    return truth
  }

  /// The three spans in the order of the text, a blank between them.
  private static func attribution(at start: Int, content: ClosedRange<Int>, _ dice: inout Dice) -> Attribution {
    let parts: [(Part, Int)] = [
      (.source, dice.number(5...40)), (.cue, dice.number(4...15)), (.content, dice.number(content)),
    ]
    var start = start
    return (dice.number(1...3) == 1 ? parts.reversed() : parts).map { part, length in
      defer { start += length + 1 }
      return UnitizingStudy.Unit(start..<start + length, label: part.rawValue)
    }
  }

  private static func marked(_ truth: [Attribution], _ dice: inout Dice) -> [MadeContinuum.Mark] {
    let end = truth.joined().reduce(0) { max($0, $1.hull.upperBound) }
    var marked: [MadeContinuum.Mark] = []
    for attribution in truth {
      if dice.number(1...8) > 1 { marked += attribution.map { mark($0, &dice) } }
      if dice.number(1...40) == 1 {
        marked += Self.attribution(at: dice.number(0...end), content: 30...250, &dice).map { mark($0, &dice) }
      }
    }
    return marked
  }

  private static func mark(_ unit: UnitizingStudy.Unit, _ dice: inout Dice) -> MadeContinuum.Mark {
    var mark = MadeContinuum.Mark(start: unit.hull.lowerBound, end: unit.hull.upperBound, label: unit.label)
    guard dice.number(1...7) == 1 else { return mark }
    let shift = dice.number(4...12) * (dice.number(0...1) * 2 - 1)
    if dice.number(0...1) == 0 {
      mark.start = min(max(0, mark.start + shift), mark.end - 1)
    } else {
      mark.end = max(mark.start + 1, mark.end + shift)
    }
    return mark
  }
}
