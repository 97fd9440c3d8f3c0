import Standoff

/// Finds typed words in a text: whole words, exact if possible, else regardless of straight or curly quotes, dashes,
/// case and white space.
struct TextSearch {
  let text: DocumentText

  /// The matches of a phrase in a range, in reading order: exact ones if there are any, else those that differ in
  /// case, glyphs and white space, else those with other punctuation between the words.
  ///
  /// - Parameter limit: the most matches to look for.
  /// - Complexity: O(*bytes of the range*) in practice, as the longest plain word is searched for first.
  func places(of phrase: String, in range: TextRange, limit: Int = .max) -> [TextRange] {
    let found = alike(phrase, in: range, limit: limit)
    if found.isEmpty { return wordByWord(phrase, in: range, limit: limit) }
    let exact = found.filter { text[$0].unicodeScalars.elementsEqual(phrase.trimmingBlanks().unicodeScalars) }
    return exact.isEmpty ? found : exact
  }

  /// All matches of a phrase that differ in case, glyphs and white space at most, in reading order.
  func allAlike(_ phrase: String, in range: TextRange) -> [TextRange] { alike(phrase, in: range, limit: .max) }

  /// The matches of a phrase whatever stands between its words, within a paragraph.
  private func wordByWord(_ phrase: String, in range: TextRange, limit: Int) -> [TextRange] {
    let typed = DocumentText(phrase)
    let wanted = Words.ranges(in: typed.range, of: typed).map { Self.folded(String(typed[$0])) }
    guard wanted.count > 1, let longest = wanted.indices.max(by: { wanted[$0].count < wanted[$1].count }) else {
      return []
    }
    let reach = 2 * phrase.utf8.count + 64
    var found: [TextRange] = []
    for hit in alike(String(wanted[longest]), in: range, limit: .max) where hit.start >= (found.last?.end ?? 0) {
      let near = TextRange(max(range.start, hit.start - reach), min(range.end, hit.end + reach))
      let words = Words.ranges(in: near, of: text)
      guard let first = words.firstIndex(of: hit).map({ $0 - longest }), first >= 0,
        first + wanted.count <= words.count
      else { continue }
      let match = Array(words[first..<(first + wanted.count)])
      let isAlike = zip(match, wanted).allSatisfy { Self.folded(String(text[$0])) == $1 }
      let isTogether = zip(match, match.dropFirst()).allSatisfy { one, next in
        let gap = text[TextRange(one.end, next.start)]
        return !gap.contains(where: \.isNewline) || !gap.contains { ".!?".contains($0) }
      }
      if isAlike, isTogether { found.append(TextRange(match[0].start, match[match.count - 1].end)) }
      if found.count == limit { break }
    }
    return found
  }

  /// The matches of a phrase that differ in case, glyphs and white space at most.
  private func alike(_ phrase: String, in range: TextRange, limit: Int) -> [TextRange] {
    let wanted = Self.folded(phrase.trimmingBlanks())
    guard !wanted.isEmpty, !range.isEmpty else { return [] }
    var found: [TextRange] = []
    let bytes = text.bytes(of: range)
    if let anchor = Self.anchor(of: phrase) {
      // A folded character takes a few times the bytes of the typed one at most; white space can be of any length.
      let margin = 4 * phrase.utf8.count + 64
      var searched = bytes.lowerBound
      var at = bytes.lowerBound
      while found.count < limit, let hit = Self.find(anchor, in: text.utf8, from: at, to: bytes.upperBound) {
        at = hit + 1
        if hit < searched { continue }
        let low = aligned(max(bytes.lowerBound, hit - margin))
        let high = aligned(min(bytes.upperBound, hit + 4 * margin))
        for place in matches(wanted, low..<high, whole: bytes) where place.start >= (found.last?.end ?? 0) {
          found.append(place)
        }
        searched = max(searched, high - 2 * margin)
      }
    } else {
      found = matches(wanted, bytes, whole: bytes, limit: limit)
    }
    return found
  }

  /// The longest run of ASCII letters and digits, in lower case.
  private static func anchor(of phrase: String) -> [UInt8]? {
    phrase.utf8.split { !($0 < 0x80 && Unicode.Scalar($0).properties.isAlphabetic || (48...57).contains($0)) }
      .max { $0.count < $1.count }.map { $0.map(lowercased) }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }

  private static func find(_ word: [UInt8], in utf8: [UInt8], from: Int, to: Int) -> Int? {
    guard let first = word.first, to - from >= word.count else { return nil }
    let upper = (97...122).contains(first) ? first & 0xDF : first
    var at = from
    let last = to - word.count
    while at <= last {
      if utf8[at] == first || utf8[at] == upper {
        var matched = 1
        while matched < word.count, lowercased(utf8[at + matched]) == word[matched] { matched += 1 }
        if matched == word.count { return at }
      }
      at += 1
    }
    return nil
  }

  private func aligned(_ byte: Int) -> Int {
    var byte = byte
    while byte > 0, byte < text.utf8.count, text.utf8[byte] & 0xC0 == 0x80 { byte -= 1 }
    return byte
  }

  /// The matches by folded characters in a stretch of bytes within the range.
  private func matches(
    _ wanted: [Character], _ bytes: Range<Int>, whole: Range<Int>, limit: Int = .max
  ) -> [TextRange] {
    let start = text.codePoint(ofUTF8: bytes.lowerBound)
    let (folded, offsets) = Self.fold(String(decoding: text.utf8[bytes], as: UTF8.self), from: start)
    let hull = TextRange(start, offsets.last ?? start)
    let words = Words.ranges(in: hull, of: text)
    var places: [TextRange] = []
    var at = 0
    while at + wanted.count <= folded.count, places.count < limit {
      if folded[at] == wanted[0], folded[at..<at + wanted.count].elementsEqual(wanted) {
        let place = TextRange(offsets[at], offsets[at + wanted.count])
        if isWhole(place, words, hull, whole) {
          places.append(place)
          at += wanted.count
          continue
        }
      }
      at += 1
    }
    return places
  }

  /// Whether a match cuts no word; one at the border of the stretch might, and does not count.
  private func isWhole(_ place: TextRange, _ words: [TextRange], _ hull: TextRange, _ whole: Range<Int>) -> Bool {
    if place.start == hull.start, text.utf8Offset(ofCodePoint: place.start) > whole.lowerBound { return false }
    if place.end == hull.end, text.utf8Offset(ofCodePoint: place.end) < whole.upperBound { return false }
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if words[middle].end <= place.start { low = middle + 1 } else { high = middle }
    }
    return words[low...].prefix { $0.start < place.end }.allSatisfy(place.contains)
  }

  private static func folded(_ phrase: String) -> [Character] { fold(phrase, from: 0).characters }

  /// The characters in the form used for comparison, and the offset of each; one more offset for the end.
  private static func fold(_ text: String, from start: Int) -> (characters: [Character], offsets: [Int]) {
    var characters: [Character] = []
    var offsets: [Int] = []
    var offset = start
    for character in text {
      let folded = Self.folded(character)
      if !(folded == " " && characters.last == " ") {
        characters.append(folded)
        offsets.append(offset)
      }
      offset += character.unicodeScalars.count
    }
    offsets.append(offset)
    return (characters, offsets)
  }

  private static func folded(_ character: Character) -> Character {
    if let ascii = character.asciiValue {
      return ascii <= 32 ? " " : Character(Unicode.Scalar(lowercased(ascii)))
    }
    switch character {
    case "‘", "’", "ʼ", "‚", "‹", "›", "`", "´": return "'"
    case "“", "”", "„", "«", "»": return "\""
    case "–", "—", "‐", "‑", "―", "−": return "-"
    default: break
    }
    if character.isWhitespace { return " " }
    let lower = character.lowercased()
    return lower.count == 1 ? lower.first ?? character : character
  }
}
