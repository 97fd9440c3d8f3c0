/// The tokens that an alignment compares: runs of letters, digits and marks, and every other visible scalar alone.
///
/// White space only separates tokens, so a text wrapped anew aligns as unchanged. The first and last tokens are the
/// edges of the text: empty, and equal in every text.
struct TokenStream {
  /// The number of each token, equal for equal bytes.
  private(set) var ids: [Int32] = [0]
  /// The start of each token, in code points.
  private(set) var starts: [Int] = [0]
  /// The end of each token, in code points.
  private(set) var ends: [Int] = [0]

  var count: Int { ids.count }

  /// Divides a text into tokens.
  ///
  /// - Parameter vocabulary: shared by the streams to be compared.
  /// - Complexity: O(*bytes*).
  init(_ text: DocumentText, _ vocabulary: inout Vocabulary) {
    var (at, offset) = (0, 0)
    var (startByte, start) = (-1, 0)
    var kind = WordKind.none
    let utf8 = text.utf8
    func close(_ stream: inout TokenStream) {
      guard startByte >= 0 else { return }
      stream.append(vocabulary.number(of: utf8, startByte..<at), start, offset)
      startByte = -1
    }
    while at < utf8.count {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      var next = scalar.wordKind
      if next == .joiner { next = .none }
      let goesOn = startByte >= 0 && (next == .extending || next == kind && (next == .letter || next == .katakana))
      if !goesOn {
        close(&self)
        if next != .none || !scalar.isBlank { (startByte, start, kind) = (at, offset, next) }
      }
      at += length
      offset += 1
    }
    close(&self)
    append(1, offset, offset)
  }

  private mutating func append(_ id: Int32, _ start: Int, _ end: Int) {
    ids.append(id)
    starts.append(start)
    ends.append(end)
  }

  /// The tokens that a range covers at least in part; an empty range in position if it covers white space only.
  func tokens(in range: TextRange) -> Range<Int> {
    let first = Self.first(in: ends) { $0 > range.start }
    let last = Self.first(in: starts) { $0 >= range.end }
    return min(first, count - 1)..<max(min(first, count - 1), min(last, count - 1))
  }

  /// The first position of a sorted list from which a condition holds.
  static func first(in sorted: [Int], where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Unicode.Scalar {
  /// White space and line ends.
  fileprivate var isBlank: Bool {
    value < 0x80 ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }
}

/// Numbers for words in the order in which they occur; 0 and 1 are the edges of texts.
struct Vocabulary {
  /// The bytes of all words, concatenated.
  private var bytes: [UInt8] = []
  private var places: [Range<Int>] = [0..<0, 0..<0]
  private var hashes: [UInt64] = [0, 0]
  /// A hash table with open addressing, from hashes to numbers; 0 is an empty slot.
  private var slots = [Int32](repeating: 0, count: 1 << 12)

  mutating func number(of text: [UInt8], _ word: Range<Int>) -> Int32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text[word] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash >> 20) & (slots.count - 1)
    while slots[slot] != 0 {
      let known = Int(slots[slot])
      if hashes[known] == hash, bytes[places[known]] == text[word] { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(places.count)
    places.append(bytes.count..<bytes.count + word.count)
    bytes += text[word]
    hashes.append(hash)
    slots[slot] = number
    if places.count * 2 > slots.count { grow() }
    return number
  }

  /// The number of words, the two edges included.
  var count: Int { places.count }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: slots.count * 2)
    for number in 2..<places.count {
      var slot = Int(truncatingIfNeeded: hashes[number] >> 20) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}
