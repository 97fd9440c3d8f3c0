/// The tags of a field over some labels: outside, and for each label begins, inside, ends and single (BIES).
///
/// Source: Ratinov and Roth, “Design challenges and misconceptions in named entity recognition”, *CoNLL* (2009).
struct FieldTags: Sendable, Equatable {
  /// The labels, in the order of their tags.
  let labels: [String]

  /// The number of tags.
  var count: Int { 1 + 4 * labels.count }
  /// The number of blocks of eight that a row of tags takes.
  var blocks: Int { (count + 7) / 8 }
  /// The length of a row of tags, a multiple of eight.
  var stride: Int { 8 * blocks }

  static let outside = 0
  static func begins(_ label: Int) -> Int { 1 + 4 * label }
  static func inside(_ label: Int) -> Int { 2 + 4 * label }
  static func ends(_ label: Int) -> Int { 3 + 4 * label }
  static func single(_ label: Int) -> Int { 4 + 4 * label }

  private static func isOpen(_ tag: Int) -> Bool { tag > 0 && (tag - 1) % 4 < 2 }
  private static func goesOn(_ tag: Int) -> Bool { tag > 0 && [1, 2].contains((tag - 1) % 4) }

  /// Whether a sequence can begin with a tag.
  static func canBegin(_ tag: Int) -> Bool { !goesOn(tag) }

  /// Whether a sequence can end with a tag.
  static func canEnd(_ tag: Int) -> Bool { !isOpen(tag) }

  /// Whether one tag can follow another.
  static func follows(_ next: Int, _ tag: Int) -> Bool {
    isOpen(tag) ? goesOn(next) && (next - 1) / 4 == (tag - 1) / 4 : !goesOn(next)
  }

  /// The tags that can follow each tag.
  var moves: [(from: Int, to: Int)] {
    (0..<count).flatMap { from in (0..<count).filter { Self.follows($0, from) }.map { (from, $0) } }
  }

  /// The tags of given stretches of words; of those that overlap, the shorter, then the earlier wins.
  func tags(_ spans: [(label: Int, words: Range<Int>)], count: Int) -> [UInt8] {
    var tags = [UInt8](repeating: 0, count: count)
    let ordered = spans.sorted { a, b in
      (a.words.count, a.words.lowerBound, a.label) < (b.words.count, b.words.lowerBound, b.label)
    }
    for (label, words) in ordered where !words.isEmpty && words.allSatisfy({ tags[$0] == 0 }) {
      for index in words { tags[index] = UInt8(Self.inside(label)) }
      tags[words.lowerBound] = UInt8(Self.begins(label))
      tags[words.upperBound - 1] = UInt8(words.count == 1 ? Self.single(label) : Self.ends(label))
    }
    return tags
  }
}
