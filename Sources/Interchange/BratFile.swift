public import Standoff

/// What a brat annotation file (`.ann`) holds, line by line.
///
/// Offsets are code points, as brat counts. Source: the standoff format page of brat.
public struct BratFile: Sendable {
  /// A `T` line.
  public struct TextBound: Equatable, Sendable {
    public let id: String
    public let type: String
    /// In the order of the line, which need not be that of the text.
    public let fragments: [TextRange]
    public let text: String
    /// Counted from 1.
    public let line: Int
  }

  /// An `E` or `R` line: roles with the ids that play them.
  public struct Event: Sendable {
    public let id: String
    public let type: String
    /// The text-bound annotation that an event stands on; nil of a relation.
    public let trigger: String?
    public let arguments: [(role: String, id: String)]
    public let line: Int
  }

  /// An `A`, `M`, `N` or `#` line: what is said of another line.
  public struct Remark: Equatable, Sendable {
    public enum Kind: Sendable { case attribute, normalization, comment }
    public let kind: Kind
    public let type: String
    /// The id of the line that it is of.
    public let of: String
    /// Empty where there is none.
    public let value: String
    public let line: Int
  }

  public private(set) var textBounds: [TextBound] = []
  public private(set) var events: [Event] = []
  public private(set) var remarks: [Remark] = []
  /// Equivalent annotations: `*` lines.
  public private(set) var equivalences: [(type: String, ids: [String], line: Int)] = []
  /// Lines that are none of these, by their number.
  public private(set) var others: [(line: Int, text: String)] = []

  /// Reads a file; a line that is no annotation of these kinds stands among ``others``.
  public init(_ text: String) {
    var number = 0
    // By code points: a carriage return and a line feed are one character, and other breaks end no line of brat's.
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

  /// A text cut at a character of ASCII, whatever marks combine with it.
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
    return Remark(kind: kind, type: words[0], of: words[1], value: value, line: number)
  }
}
