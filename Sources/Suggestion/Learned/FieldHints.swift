import Standoff

/// What other finders propose for a paragraph, as states of its words: a field learns how far to follow each.
struct FieldHints {
  /// What the lexicon proposes, as a model that learns has it in sight.
  enum Hint: Int {
    case source = 1
    case cue, content, denial, quotation

    /// The first number of a kept model's proposals.
    static let firstOfModel: UInt64 = 10
  }

  /// A finder's proposals of one label.
  struct Slot {
    /// Tells the finder and label apart.
    let name: UInt64
    var ranges: [TextRange] = []

    init(name: UInt64, ranges: [TextRange]) {
      self.name = name
      self.ranges = ranges
    }

    init(_ hint: Hint, _ ranges: [TextRange]) { self.init(name: UInt64(hint.rawValue), ranges: ranges) }
  }

  /// The most slots that become features.
  static let slots = 10
  static let templates = slots + 4

  private let names: [UInt64]
  /// By slot: 0 outside, 1 first, 2 inside, 3 last, 4 alone.
  private var states: [[UInt8]]

  init(_ slots: [Slot], _ paragraph: FieldParagraph) {
    names = slots.prefix(Self.slots).map(\.name)
    states = slots.prefix(Self.slots).map { slot in
      var states = [UInt8](repeating: 0, count: paragraph.words.count)
      for range in slot.ranges {
        guard let words = paragraph.words(in: range) else { continue }
        for index in words { states[index] = 2 }
        states[words.upperBound - 1] = 3
        states[words.lowerBound] = words.count == 1 ? 4 : 1
      }
      return states
    }
  }

  /// Appends ``templates`` keys for a word.
  func add(_ index: Int, _ form: UInt64, to keys: inout [UInt32]) {
    func state(_ slot: Int, _ index: Int) -> Int {
      index >= 0 && index < states[slot].count ? Int(states[slot][index]) : 5
    }
    func all(_ index: Int) -> UInt64 {
      var hash = FeatureHash(690)
      for slot in states.indices {
        hash.add(names[slot])
        hash.add(state(slot, index))
      }
      return UInt64(hash.key)
    }
    for slot in 0..<Self.slots {
      guard slot < states.count else {
        keys.append(0)
        continue
      }
      let (before, here, after) = (state(slot, index - 1), state(slot, index), state(slot, index + 1))
      guard here > 0 || before % 5 > 0 || after % 5 > 0 else {
        keys.append(0)
        continue
      }
      var hash = FeatureHash(700)
      hash.add(names[slot])
      hash.add(before)
      hash.add(here)
      hash.add(after)
      keys.append(hash.key)
    }
    guard !states.isEmpty else {
      keys += [0, 0, 0, 0]
      return
    }
    let here = all(index)
    for (template, other) in [(701, 0), (702, all(index - 1)), (703, all(index + 1)), (704, form)] {
      var hash = FeatureHash(template)
      hash.add(here)
      hash.add(other)
      keys.append(hash.key)
    }
  }
}
