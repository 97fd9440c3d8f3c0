/// A part of a text with a role of its own, such as a headline, a caption or page furniture.
public struct Zone: Hashable, Sendable {
  /// The role of a zone.
  public enum Kind: String, CaseIterable, Sendable {
    /// A part of the article: its headline, its standfirst, a caption, or the body.
    case headline, standfirst, caption, body
    /// Text about the page itself: notices, links, newsletters.
    case boilerplate
    /// A word-for-word repetition of an earlier part.
    case `repeat`

    /// Whether zones of this kind are left out of items, exports and reading unless asked for.
    public var isLeftOut: Bool { self == .boilerplate || self == .repeat }
  }

  /// The role of the zone.
  public let kind: Kind
  /// The range of the zone, which is not empty.
  public let range: TextRange

  /// Creates a zone; the range is taken as it is.
  public init(_ kind: Kind, _ range: TextRange) {
    self.kind = kind
    self.range = range
  }

  /// The zones that a text seems to have, found line by line.
  ///
  /// A short first line without a full stop is the headline. Captions and boilerplate are recognised by how a line
  /// begins or ends. A line of six words or more that occurred before is a repeat.
  ///
  /// - Returns: the zones in reading order, none overlapping; lines of the body are in none.
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

  /// The lines that are not blank, trimmed, with their words separated by single blanks.
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
  /// The same document with other zones.
  public func with(zones: [Zone]) -> Document {
    Document(
      id: id, text: text, sha256: sha256, title: title, source: source, url: url, published: published,
      language: language, zones: zones, sentences: sentences)
  }

  /// The zones after some sentences have become a zone of a kind; the body is in none.
  ///
  /// Zones that the sentences cover in part keep the rest.
  ///
  /// - Parameters:
  ///   - kind: what the sentences become.
  ///   - sentences: their numbers, from 0; within the document.
  public func zones(after kind: Zone.Kind, of sentences: ClosedRange<Int>) -> [Zone] {
    let range = TextRange(sentence(sentences.lowerBound).start, sentence(sentences.upperBound).end)
    var kept = zones.flatMap { zone in
      [
        TextRange(checking: zone.range.start, min(zone.range.end, range.start)),
        TextRange(checking: max(zone.range.start, range.end), zone.range.end),
      ]
      .compactMap(\.self).filter { !$0.isEmpty }.map { Zone(zone.kind, $0) }
    }
    if kind != .body { kept.append(Zone(kind, range)) }
    return kept.sorted { $0.range < $1.range }
  }

  /// The ranges that are left out of items and exports, in reading order.
  ///
  /// - Parameter kept: kinds of zones to keep although they are usually left out.
  public func leftOut(besides kept: Set<Zone.Kind> = []) -> [TextRange] {
    zones.filter { $0.kind.isLeftOut && !kept.contains($0.kind) }.map(\.range)
  }
}

extension TextRange {
  /// Whether the whole range lies in one of several ranges.
  public func lies(in stretches: [TextRange]) -> Bool { stretches.contains { $0.contains(self) } }
}
