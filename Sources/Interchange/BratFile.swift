public import Standoff

/// What a brat annotation file (`.ann`) holds: text-bound annotations and the events and relations between them.
///
/// Offsets are code points, as brat counts. Source: the standoff format page of brat.
public struct BratFile: Equatable, Sendable {
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
  public struct Event: Equatable, Sendable {
    public let id: String
    public let type: String
    public let arguments: [(role: String, id: String)]
    public let line: Int

    public static func == (a: Event, b: Event) -> Bool {
      a.id == b.id && a.type == b.type && a.line == b.line
        && a.arguments.elementsEqual(b.arguments) { $0.role == $1.role && $0.id == $1.id }
    }
  }

  public private(set) var textBounds: [TextBound] = []
  public private(set) var events: [Event] = []
  /// Lines that are neither, by their number.
  public private(set) var others: [(line: Int, text: String)] = []

  public static func == (a: BratFile, b: BratFile) -> Bool {
    a.textBounds == b.textBounds && a.events == b.events
      && a.others.elementsEqual(b.others) { $0.line == $1.line && $0.text == $1.text }
  }

  /// Reads a file; a line that is no annotation of these kinds stands among ``others``.
  public init(_ text: String) {
    var number = 0
    // By code points: a carriage return and a line feed are one character, and other breaks end no line of brat's.
    for scalars in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let line = Substring(scalars.last == "\r" ? scalars.dropLast() : scalars)
      if line.isEmpty { continue }
      if let textBound = Self.textBound(line, number) {
        textBounds.append(textBound)
      } else if let event = Self.event(line, number) {
        events.append(event)
      } else {
        others.append((number, String(line)))
      }
    }
  }

  private static func textBound(_ line: Substring, _ number: Int) -> TextBound? {
    let columns = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
    guard columns.count == 3, columns[0].hasPrefix("T"), let blank = columns[1].firstIndex(of: " ") else { return nil }
    var fragments: [TextRange] = []
    for piece in columns[1][columns[1].index(after: blank)...].split(separator: ";") {
      let ends = piece.split(separator: " ").compactMap { Int($0) }
      guard ends.count == 2, let range = TextRange(checking: ends[0], ends[1]) else { return nil }
      fragments.append(range)
    }
    guard !fragments.isEmpty else { return nil }
    return TextBound(
      id: String(columns[0]), type: String(columns[1][..<blank]), fragments: fragments, text: String(columns[2]),
      line: number)
  }

  private static func event(_ line: Substring, _ number: Int) -> Event? {
    guard let tab = line.firstIndex(of: "\t"), line.hasPrefix("E") || line.hasPrefix("R") else { return nil }
    let words = line[line.index(after: tab)...].split(separator: " ")
    guard let head = words.first else { return nil }
    func pair(_ word: Substring) -> (role: String, id: String)? {
      guard let colon = word.firstIndex(of: ":") else { return nil }
      return (String(word[..<colon]), String(word[word.index(after: colon)...]))
    }
    let isEvent = line.hasPrefix("E")
    let type = isEvent ? pair(head)?.role : String(head)
    let arguments = words.dropFirst().compactMap(pair)
    guard let type, arguments.count == words.count - 1 else { return nil }
    return Event(id: String(line[..<tab]), type: type, arguments: arguments, line: number)
  }
}
