import Agreement
import Standoff

/// What one document contributes to a comparison: all that is kept of it once it is read.
struct Contribution {
  /// The values of items, each once with its count; of several parts where sentences are to be resampled.
  struct Part {
    var rows: [(row: ComparedDocument.Row, count: Int)] = []
  }

  /// What two annotators, by index, have in common: counts for each row of figures of pairs.
  struct Pair {
    let first: Int
    let second: Int
    let counts: [[Int32]]
  }

  /// The longest stretch of words of which one annotator says one thing and another something else.
  struct Example {
    let words: Int
    let document: String
    let text: String
    let first: Int
    let second: Int
    let firstMask: UInt64
  }

  /// Two different sets of labels, the one with the smaller bits first.
  struct Difference: Hashable {
    let low: UInt64
    let high: UInt64

    init(_ a: UInt64, _ b: UInt64) {
      low = min(a, b)
      high = max(a, b)
    }
  }

  let document: String
  /// For each unit that was asked for.
  private(set) var parts: [[Part]] = []
  private(set) var pairs: [Pair] = []
  /// Labels and none × labels and none: how the spans of two annotators that overlap are labelled, pairs taken as one.
  private(set) var confusion: [Int]
  private(set) var examples: [Difference: Example] = [:]

  /// - Parameter bySentence: whether each sentence is a part of its own.
  init(
    _ compared: ComparedDocument, _ units: [ComparedDocument.Unit], _ rows: [PairRow], _ setting: PairRow.Setting,
    bySentence: Bool
  ) {
    document = compared.document.id
    confusion = [Int](repeating: 0, count: (setting.labels.count + 1) * (setting.labels.count + 1))
    for unit in units { parts.append(Self.parts(compared, unit, bySentence)) }
    let present = compared.columns.indices.filter { compared.columns[$0] != nil }
    for first in present {
      for second in present where second > first {
        let counts = rows.map { $0.counts(compared, first, second, setting).map { Int32(truncatingIfNeeded: $0) } }
        pairs.append(Pair(first: first, second: second, counts: counts))
        confuse(compared, first, second, setting.labels.count)
      }
    }
    exemplify(compared)
  }

  private static func parts(_ compared: ComparedDocument, _ unit: ComparedDocument.Unit, _ bySentence: Bool) -> [Part] {
    let starts = bySentence ? compared.sentences.map(\.start) : [0]
    var parts = [Part](repeating: Part(), count: max(1, starts.count))
    var counts: [ComparedDocument.Row: Int] = [:]
    var order: [ComparedDocument.Row] = []
    var part = 0
    func close() {
      parts[part].rows = order.map { ($0, counts[$0] ?? 0) }
      (counts, order) = ([:], [])
    }
    for (range, row) in compared.items(unit) {
      while part + 1 < starts.count, range.start >= starts[part + 1] {
        close()
        part += 1
      }
      if counts[row] == nil { order.append(row) }
      counts[row, default: 0] += ComparedDocument.count(range, unit)
    }
    close()
    return parts
  }

  private mutating func confuse(_ compared: ComparedDocument, _ first: Int, _ second: Int, _ labels: Int) {
    guard let one = compared.columns[first], let other = compared.columns[second] else { return }
    let limit = min(one.limit, other.limit)
    let ours = compared.spans(one, upTo: limit).map(compared.unit)
    let theirs = compared.spans(other, upTo: limit).map(compared.unit)
    var (alone, left) = (Set(ours.indices), Set(theirs.indices))
    for pair in Alignment(ours, theirs, by: .partial).pairs {
      alone.remove(pair.first)
      left.remove(pair.second)
      confusion[ours[pair.first].label * (labels + 1) + theirs[pair.second].label] += 1
    }
    for unit in alone { confusion[ours[unit].label * (labels + 1) + labels] += 1 }
    for unit in left { confusion[labels * (labels + 1) + theirs[unit].label] += 1 }
  }

  private mutating func exemplify(_ compared: ComparedDocument) {
    let words = compared.items(.word)
    let present = compared.columns.indices.filter { compared.columns[$0] != nil }
    for first in present {
      for second in present where second > first {
        var start = 0
        for index in 0...words.count {
          let isSame =
            index < words.count && words[index].row.masks[first] == words[start].row.masks[first]
            && words[index].row.masks[second] == words[start].row.masks[second]
          if isSame { continue }
          if start < index { note(compared, Array(words[start..<index]), first, second) }
          start = index
        }
      }
    }
  }

  private mutating func note(
    _ compared: ComparedDocument, _ stretch: [(range: TextRange, row: ComparedDocument.Row)], _ first: Int,
    _ second: Int
  ) {
    guard let one = stretch[0].row.masks[first], let other = stretch[0].row.masks[second], one != other else { return }
    let difference = Difference(one, other)
    guard stretch.count > examples[difference]?.words ?? 0 else { return }
    let range = TextRange(stretch[0].range.start, stretch[min(stretch.count, 12) - 1].range.end)
    examples[difference] = Example(
      words: stretch.count, document: document,
      text: compared.document.text[range] + (stretch.count > 12 ? " …" : ""), first: first, second: second,
      firstMask: one)
  }
}
