/// What a Swift file declares, and which names it uses, told from its words: without comments and literals, but with what
/// is interpolated into them.
struct SwiftSource {
  /// Types and free functions, nested types with their outer ones' names: `Page.Line`, `counted`.
  private(set) var declared: Set<String> = []
  /// Names as they stand, with what follows their points: `Page.Line`, `session.answer`; functions as they are called.
  private(set) var used: Set<String> = []
  /// Modules.
  private(set) var imports: Set<String> = []

  init(_ text: String) {
    var words = Words(Array(text.utf8))
    read(words.all())
  }

  private static let typeWords: Set<String> = ["struct", "enum", "class", "actor", "protocol", "typealias"]

  private mutating func read(_ words: [String]) {
    // The type that each open brace belongs to; empty where it is none.
    var open: [String] = []
    var pending: String?
    var index = 0
    while index < words.count {
      let word = words[index]
      let next = index + 1 < words.count ? words[index + 1] : ""
      let before = index > 0 ? words[index - 1] : ""
      if word == "import" {
        imports.insert(next)
        index += 2
        continue
      }
      let isType = Self.typeWords.contains(word) && Self.isName(next) && ![".", "(", ":"].contains(before)
      if isType, !(word == "class" && ["func", "var", "let"].contains(next)) {
        declared.insert((open.filter { !$0.isEmpty } + [next]).joined(separator: "."))
        if word != "typealias" { pending = next }
        index += 2
        continue
      }
      if word == "extension", Self.isName(next) {
        let name = chain(words, from: index + 1)
        used.insert(name.text)
        pending = name.text
        index = name.end
        continue
      }
      if word == "func", open.isEmpty { declared.insert(next) }
      if word == "{" {
        open.append(pending ?? "")
        pending = nil
      } else if word == "}" {
        _ = open.popLast()
      } else if Self.isName(word), before != "." {
        let name = chain(words, from: index)
        let isCalled = name.end < words.count && words[name.end] == "("
        if isCalled || name.text.first?.isUppercase == true { used.insert(name.text) }
        index = max(name.end, index + 1)
        continue
      }
      index += 1
    }
  }

  /// A name with the capitalised names behind its points.
  private func chain(_ words: [String], from start: Int) -> (text: String, end: Int) {
    var (text, end) = (words[start], start + 1)
    while end + 1 < words.count, words[end] == ".", words[end + 1].first?.isUppercase == true {
      text += "." + words[end + 1]
      end += 2
    }
    return (text, end)
  }

  private static func isName(_ word: String) -> Bool { word.first.map { $0.isLetter || $0 == "_" } ?? false }

  /// Words and signs of a source.
  private struct Words {
    private let bytes: [UInt8]
    private var at = 0
    private var words: [String] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func all() -> [String] {
      readCode(untilParenthesis: false)
      return words
    }

    private func starts(_ text: StaticString) -> Bool {
      guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
      return String(describing: text).utf8.enumerated().allSatisfy { bytes[at + $0.offset] == $0.element }
    }

    private mutating func readCode(untilParenthesis isInner: Bool) {
      var depth = 0
      while at < bytes.count {
        let byte = bytes[at]
        if starts("//") {
          while at < bytes.count, bytes[at] != 0x0A { at += 1 }
        } else if starts("/*") {
          while at < bytes.count, !starts("*/") { at += 1 }
          at += 2
        } else if byte == 0x22 || byte == 0x23 && isRawString {
          readString()
        } else if Self.isWord(byte) {
          let start = at
          while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
          words.append(String(decoding: bytes[start..<at], as: UTF8.self))
        } else {
          if byte == 0x28 { depth += 1 }
          if byte == 0x29 { depth -= 1 }
          at += 1
          if isInner, depth < 0 { return }
          if byte > 0x20 { words.append(String(UnicodeScalar(byte))) }
        }
      }
    }

    private var isRawString: Bool {
      var next = at
      while next < bytes.count, bytes[next] == 0x23 { next += 1 }
      return next < bytes.count && bytes[next] == 0x22
    }

    private mutating func readString() {
      var hashes = 0
      while bytes[at] == 0x23 {
        hashes += 1
        at += 1
      }
      let quotes = starts("\"\"\"") ? 3 : 1
      at += quotes
      let closing = [UInt8](repeating: 0x22, count: quotes) + [UInt8](repeating: 0x23, count: hashes)
      let escape = [0x5C] + [UInt8](repeating: 0x23, count: hashes)
      while at < bytes.count {
        if bytes[at...].starts(with: closing) {
          at += closing.count
          return
        }
        if bytes[at...].starts(with: escape) {
          at += escape.count
          if at < bytes.count, bytes[at] == 0x28 {
            at += 1
            readCode(untilParenthesis: true)
          } else {
            at += 1
          }
        } else {
          at += 1
        }
      }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
      default: false
      }
    }
  }
}
