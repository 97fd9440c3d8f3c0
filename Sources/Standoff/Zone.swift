/// A part of a text with a part of its own in it: a headline, a caption, page furniture.
public struct Zone: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    case headline, standfirst, caption, body
    /// What the page says of itself: notices, links, newsletters.
    case boilerplate
    /// Word for word what stands before.
    case `repeat`

    /// Whether it is left out of items and exports, and skipped in walking, unless it is asked for.
    public var isLeftOut: Bool { self == .boilerplate || self == .repeat }
  }

  public let kind: Kind
  /// Not empty.
  public let range: TextRange

  public init(_ kind: Kind, _ range: TextRange) {
    self.kind = kind
    self.range = range
  }

  /// What a text looks to be made of, line by line: a short first line without a full stop is its headline; captions and
  /// furniture are told by how they begin or end; a line of six words or more that stood before is a repeat.
  ///
  /// - Returns: in reading order, apart; nothing for what looks like body.
  /// - Complexity: O(*code points*).
  public static func proposed(in text: DocumentText) -> [Zone] {
    var zones: [Zone] = []
    var seen: Set<String> = []
    let lines = lines(of: text)
    for (number, line) in lines.enumerated() {
      let words = line.words.split(separator: " ")
      if number == 0 {
        if words.count <= 25, lines.count > 1, let last = line.words.last, !".!?…:".contains(last) {
          zones.append(Zone(.headline, line.range))
        }
      } else if let kind = kind(of: line.words.lowercased(), words: words.count) {
        zones.append(Zone(kind, line.range))
      } else if words.count >= 6, seen.contains(line.words) {
        zones.append(Zone(.repeat, line.range))
      }
      seen.insert(line.words)
    }
    return zones
  }

  private static func kind(of line: String, words: Int) -> Kind? {
    guard words <= 40 else { return nil }
    if captions.contains(where: line.hasPrefix) || credits.contains(where: line.hasSuffix) { return .caption }
    guard words <= 25 else { return nil }
    return furniture.contains { line == $0 } || notices.contains { line.hasPrefix($0) } ? .boilerplate : nil
  }

  private static let captions = [
    "photo:", "photo by", "photograph:", "file photo", "image:", "picture:", "caption:", "(photo", "foto:", "bild:",
    "bildunterschrift:",
  ]
  private static let credits = ["/getty images)", "/reuters)", "/afp)", "/ap)", "/dpa)", "(ap photo)", "/getty images"]
  private static let furniture = [
    "advertisement", "anzeige", "werbung", "share", "comments", "kommentare", "related", "more", "newsletter",
  ]
  private static let notices = [
    "©", "(c) ", "copyright", "all rights reserved", "alle rechte vorbehalten", "read more", "read also", "read next",
    "related:", "related articles", "sign up", "subscribe", "share this", "follow us", "click here", "skip to ",
    "reporting by", "additional reporting", "editing by", "lesen sie auch", "mehr zum thema", "newsletter abonnieren",
    "story continues", "continue reading",
  ]

  /// The lines that are not blank, without white space at their ends, their words with one blank between them.
  private static func lines(of text: DocumentText) -> [(range: TextRange, words: String)] {
    var lines: [(range: TextRange, words: String)] = []
    var (first, last, offset) = (Int?.none, 0, 0)
    func close() {
      guard let first else { return }
      let range = TextRange(first, last)
      lines.append((range, text[range].split(whereSeparator: \.isWhitespace).joined(separator: " ")))
    }
    for scalar in text.string.unicodeScalars {
      if scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}" {
        close()
        first = nil
      } else if !scalar.properties.isWhitespace {
        first = first ?? offset
        last = offset + 1
      }
      offset += 1
    }
    close()
    return lines
  }
}

extension Document {
  /// Stretches that are left out of items and exports, in reading order.
  ///
  /// - Parameter kept: kinds of zones that were asked for all the same.
  public func leftOut(besides kept: Set<Zone.Kind> = []) -> [TextRange] {
    zones.filter { $0.kind.isLeftOut && !kept.contains($0.kind) }.map(\.range)
  }
}

extension TextRange {
  /// Whether all of it lies in one of several stretches.
  public func lies(in stretches: [TextRange]) -> Bool { stretches.contains { $0.contains(self) } }
}
