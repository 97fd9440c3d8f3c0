public import Standoff

/// The lines of a brat annotation file (`.ann`), parsed but not interpreted.
///
/// Offsets are code points, half-open. Lines end at a line feed alone. Nothing is refused: a line that fits no kind is
/// kept in ``others``.
///
/// Source: *brat standoff format*, brat.nlplab.org.
public struct BratFile: Sendable {
  /// A `T` line: a span with its words.
  public struct TextBound: Equatable, Sendable {
    /// The id, such as `T1`.
    public let id: String
    /// The label.
    public let type: String
    /// The ranges in the order of the line, which need not be reading order.
    public let fragments: [TextRange]
    /// The words as the line gives them, fragments joined by a space.
    public let text: String
    /// The line, counted from 1.
    public let line: Int
  }

  /// An `E` or `R` line: an event or relation with its arguments.
  public struct Event: Sendable {
    /// The id, such as `E1` or `R1`.
    public let id: String
    /// The type of event or relation.
    public let type: String
    /// The id of the event's `T` line; nil for a relation.
    public let trigger: String?
    /// The arguments: each a role with the id that fills it; two for a relation.
    public let arguments: [(role: String, id: String)]
    /// The line, counted from 1.
    public let line: Int
  }

  /// An `A`, `M`, `N` or `#` line: an attribute, normalization or comment on another line.
  public struct Remark: Equatable, Sendable {
    /// The kind of line: `A` or `M`, `N`, `#`.
    public enum Kind: Sendable { case attribute, normalization, comment }
    /// The kind of line.
    public let kind: Kind
    /// Whether an attribute stands on an `M` line, as in older files.
    public let isModification: Bool
    /// The name of the attribute, the type of the normalization or comment.
    public let type: String
    /// The id of the line that it is about.
    public let of: String
    /// The value or text; empty if there is none.
    public let value: String
    /// The line, counted from 1.
    public let line: Int
  }

  /// The `T` lines, in the order of the file.
  public private(set) var textBounds: [TextBound] = []
  /// The `E` and `R` lines, in the order of the file.
  public private(set) var events: [Event] = []
  /// The `A`, `M`, `N` and `#` lines, in the order of the file.
  public private(set) var remarks: [Remark] = []
  /// The `*` lines: types with the ids of equivalent annotations, and the line, counted from 1.
  public private(set) var equivalences: [(type: String, ids: [String], line: Int)] = []
  /// The lines of no known kind or form, with their numbers, counted from 1.
  public private(set) var others: [(line: Int, text: String)] = []

  /// Parses the text of a file.
  public init(_ text: String) {
    var number = 0
    // By code points: CR LF would be one Character, and other breaks do not end a line in brat.
    for scalars in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let line = Substring(scalars.last == "\r" ? scalars.dropLast() : scalars)
      if line.isEmpty { continue }
      if !read(line, number) { others.append((number, String(line))) }
    }
  }

  private mutating func read(_ line: Substring, _ number: Int) -> Bool {
    switch line.unicodeScalars.first {
    case "T":
      guard let textBound = Self.textBound(line, number) else { return false }
      textBounds.append(textBound)
    case "E", "R":
      guard let event = Self.event(line, number) else { return false }
      events.append(event)
    case "A", "M", "N", "#":
      guard let remark = Self.remark(line, number) else { return false }
      remarks.append(remark)
    case "*":
      let columns = Self.pieces(line, at: "\t")
      let words = columns.count > 1 ? Self.pieces(columns[1], at: " ").map(String.init) : []
      guard words.count > 2 else { return false }
      equivalences.append((words[0], Array(words.dropFirst()), number))
    default: return false
    }
    return true
  }

  /// The parts of a text between separators, found in UTF-8 so that a combining mark after a separator does not hide
  /// it.
  private static func pieces(
    _ text: Substring, at separator: Unicode.Scalar, most: Int = .max, withEmpty: Bool = false
  ) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: separator), maxSplits: most, omittingEmptySubsequences: !withEmpty)
      .map(Substring.init)
  }

  private static func textBound(_ line: Substring, _ number: Int) -> TextBound? {
    let columns = pieces(line, at: "\t", most: 2, withEmpty: true)
    guard columns.count == 3, let blank = columns[1].utf8.firstIndex(of: 32) else { return nil }
    var fragments: [TextRange] = []
    for piece in columns[1][columns[1].index(after: blank)...].utf8.split(separator: UInt8(ascii: ";")) {
      let ends = pieces(Substring(piece), at: " ").compactMap { Int($0) }
      guard ends.count == 2, let range = TextRange(checking: ends[0], ends[1]) else { return nil }
      fragments.append(range)
    }
    guard !fragments.isEmpty else { return nil }
    return TextBound(
      id: String(columns[0]), type: String(columns[1][..<blank]), fragments: fragments, text: String(columns[2]),
      line: number)
  }

  private static func event(_ line: Substring, _ number: Int) -> Event? {
    guard let tab = line.utf8.firstIndex(of: 9) else { return nil }
    let words = pieces(line[line.index(after: tab)...], at: "\t").flatMap { pieces($0, at: " ") }
    guard let head = words.first else { return nil }
    func pair(_ word: Substring) -> (role: String, id: String)? {
      guard let colon = word.utf8.firstIndex(of: 58) else { return nil }
      return (String(word[..<colon]), String(word[word.index(after: colon)...]))
    }
    let arguments = words.dropFirst().compactMap(pair)
    guard arguments.count == words.count - 1 else { return nil }
    if line.hasPrefix("R") {
      guard arguments.count == 2 else { return nil }
      return Event(id: String(line[..<tab]), type: String(head), trigger: nil, arguments: arguments, line: number)
    }
    guard let (type, trigger) = pair(head) else { return nil }
    return Event(id: String(line[..<tab]), type: type, trigger: trigger, arguments: arguments, line: number)
  }

  private static func remark(_ line: Substring, _ number: Int) -> Remark? {
    let columns = pieces(line, at: "\t", most: 2, withEmpty: true)
    guard columns.count > 1 else { return nil }
    let words = pieces(columns[1], at: " ", most: 2).map(String.init)
    guard words.count > 1 else { return nil }
    let kind: Remark.Kind =
      switch line.unicodeScalars.first {
      case "N": .normalization
      case "#": .comment
      default: .attribute
      }
    // brat puts one tab more before the text of a normalization each time it writes the file.
    let text = columns.count > 2 ? columns[2].drop { $0 == "\t" } : ""
    let value = (Array(words.dropFirst(2)) + [String(text)]).filter { !$0.isEmpty }.joined(separator: " ")
    return Remark(
      kind: kind, isModification: line.hasPrefix("M"), type: words[0], of: words[1], value: value, line: number)
  }
}
