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
    // The lines that may come again, by the hashes of their words.
    var seen: [Int: [Range<Int>]] = [:]
    var first: TextLine?
    var hasMore = false
    forEachLine(of: text) { line in
      guard first != nil else {
        first = line
        seen[line.hash, default: []].append(line.bytes)
        return
      }
      hasMore = true
      if line.words <= 40, mayHaveKind(text.utf8[line.bytes]),
        let kind = kind(of: words(of: line.bytes, in: text).lowercased(), words: line.words)
      {
        zones.append(Zone(kind, line.range))
      } else if line.words >= 6, let alike = seen[line.hash] {
        let own = words(of: line.bytes, in: text)
        if alike.contains(where: { words(of: $0, in: text) == own }) { zones.append(Zone(.repeat, line.range)) }
      }
      // A text of a million different lines need not keep those that cannot come again.
      if line.words >= 6, seen[line.hash]?.contains(where: { $0.count == line.bytes.count }) != true {
        seen[line.hash, default: []].append(line.bytes)
      }
    }
    if let first, first.words <= 25, hasMore, let last = words(of: first.bytes, in: text).last, !".!?…:".contains(last)
    {
      zones.insert(Zone(.headline, first.range), at: 0)
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

  /// The first three bytes of everything by whose beginning a line is known, in lower case.
  private static let openings = Set(
    (captions + furniture + notices).map { opening($0.utf8.prefix(3)) })

  private static func opening(_ bytes: some Collection<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32((0x41...0x5A).contains($1) ? $1 | 0x20 : $1) }
  }

  /// Whether a line may be a caption or boilerplate, by its ends alone; most lines may not.
  private static func mayHaveKind(_ line: ArraySlice<UInt8>) -> Bool {
    let last = line[line.endIndex - 1]
    return last == UInt8(ascii: ")") || last | 0x20 == UInt8(ascii: "s") || line[line.startIndex] >= 0x80
      || openings.contains(opening(line.prefix(3)))
  }

  /// A line that is not blank, trimmed.
  private struct TextLine {
    let range: TextRange
    let bytes: Range<Int>
    /// The number of words between blanks.
    let words: Int
    /// A hash of its words, whatever blanks stand between them.
    let hash: Int
  }

  /// The words of a line, separated by single blanks.
  private static func words(of bytes: Range<Int>, in text: DocumentText) -> String {
    String(decoding: text.utf8[bytes], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func forEachLine(of text: DocumentText, _ body: (TextLine) -> Void) {
    // The line so far: its first and last code point and byte, its words, and their hash, 64 bits of FNV-1a.
    var (start, end, offset, at) = (-1, 0, 0, 0)
    var (startByte, endByte, words, isInWord) = (0, 0, 0, false)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func close() {
      if start >= 0 {
        body(
          TextLine(
            range: TextRange(start, end), bytes: startByte..<endByte, words: words, hash: Int(truncatingIfNeeded: hash))
        )
      }
      (start, words, isInWord) = (-1, 0, false)
      hash = 0xCBF2_9CE4_8422_2325
    }
    while at < text.utf8.count {
      let (scalar, length) = text.scalar(at: at)
      if scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}" {
        close()
      } else if scalar.isSpace {
        isInWord = false
      } else {
        if start < 0 { (start, startByte) = (offset, at) }
        if !isInWord {
          words += 1
          hash = (hash ^ 0x20) &* 0x0000_0100_0000_01B3
          isInWord = true
        }
        hash = (hash ^ UInt64(scalar.value)) &* 0x0000_0100_0000_01B3
        (end, endByte) = (offset + 1, at + length)
      }
      at += length
      offset += 1
    }
    close()
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

  /// The kind of the first zone that a range overlaps; the body where it overlaps none.
  ///
  /// - Complexity: O(log *zones*).
  package func zoneKind(of range: TextRange) -> Zone.Kind {
    let place = TextRange.firstIndex(in: zones, { $0.range }) { $0.end > range.start }
    return place < zones.count && zones[place].range.overlaps(range) ? zones[place].kind : .body
  }

  /// The kind of the zone in which a whole range lies; nil if there is none.
  ///
  /// - Complexity: O(log *zones*).
  package func zoneKind(around range: TextRange) -> Zone.Kind? {
    let place = TextRange.firstIndex(in: zones, { $0.range }) { $0.end >= range.end }
    return place < zones.count && zones[place].range.contains(range) ? zones[place].kind : nil
  }

  /// The ranges that are left out of items and exports, in reading order.
  ///
  /// - Parameter kept: kinds of zones to keep although they are usually left out.
  public func leftOut(besides kept: Set<Zone.Kind> = []) -> [TextRange] {
    zones.filter { $0.kind.isLeftOut && !kept.contains($0.kind) }.map(\.range)
  }
}

extension TextRange {
  /// Whether the whole range lies in one of several ranges, in order and none overlapping another.
  ///
  /// - Complexity: O(log *stretches*).
  public func lies(in stretches: [TextRange]) -> Bool {
    let place = Self.firstIndex(in: stretches, { $0 }) { $0.end >= end }
    return place < stretches.count && stretches[place].contains(self)
  }

  /// The first of some things in order whose range meets a condition that all later ones meet, too.
  fileprivate static func firstIndex<Thing>(
    in things: [Thing], _ range: (Thing) -> TextRange, where holds: (TextRange) -> Bool
  ) -> Int {
    var (low, high) = (0, things.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(range(things[middle])) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
