import Foundation
import Standoff
import Testing
import _FoundationICU

/// The sentence and word rules against boundaries set by hand, and against ICU's.
///
/// The rules were tuned on this gold set: its figures say that they do what they were made for, not how they do on
/// other text.
@Suite struct SegmentationTests {
  struct Score: CustomStringConvertible {
    var (right, wrong, missed) = (0, 0, 0)
    var precision: Double { Double(right) / Double(max(1, right + wrong)) }
    var recall: Double { Double(right) / Double(max(1, right + missed)) }
    var f1: Double { 2 * precision * recall / max(1e-9, precision + recall) }
    var description: String { "\(right) right, \(wrong) wrong, \(missed) missed" }

    mutating func add(_ found: Set<Int>, _ gold: Set<Int>) {
      right += found.intersection(gold).count
      wrong += found.subtracting(gold).count
      missed += gold.subtracting(found).count
    }
  }

  static func lines(_ name: String) throws -> [String] {
    let file = try #require(Bundle.module.url(forResource: "Gold/\(name)", withExtension: "txt"))
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  /// A paragraph of the gold set: its text, and the code points after which a sentence ends.
  static func paragraph(_ line: String) -> (text: String, ends: Set<Int>) {
    let parts = line.unicodeScalars.split(separator: "‖", omittingEmptySubsequences: false)
    var ends: Set<Int> = []
    var offset = 0
    for part in parts.dropLast() {
      offset += part.count
      ends.insert(offset)
    }
    return (parts.map { String($0) }.joined(), ends)
  }

  static func ours(_ text: String) -> Set<Int> {
    let sentences = Sentences(DocumentText(text))
    return Set((0..<max(0, sentences.count - 1)).map { sentences[$0].end })
  }

  /// ICU's boundaries without the white space before them.
  static func icu(_ text: String, _ language: String) -> Set<Int> {
    let units = Array(text.utf16)
    var status = U_ZERO_ERROR
    let iterator = unsafe swift_ubrk_open(UBRK_SENTENCE, language, units, Int32(units.count), &status)
    defer { unsafe swift_ubrk_close(iterator) }
    var ends: Set<Int> = []
    _ = unsafe swift_ubrk_first(iterator)
    while true {
      let next = unsafe swift_ubrk_next(iterator)
      guard next >= 0, next < units.count else { return ends }
      var scalars = Array(String(decoding: units[..<Int(next)], as: UTF16.self).unicodeScalars)
      while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
      ends.insert(scalars.count)
    }
  }

  /// Language, least number of boundaries, and the ends set wrong and missed at version 1 of the rules.
  static let known = [
    ("en", 190, 2, 9), ("es", 30, 0, 0), ("de", 30, 1, 1), ("ru", 30, 0, 1), ("ar", 30, 4, 1), ("zh", 30, 0, 1),
  ]

  @Test(arguments: known)
  func `sentences end where a careful reader ends them, and more so than ICU's`(
    language: String, atLeast: Int, wrong: Int, missed: Int
  ) throws {
    var (ours, icu) = (Score(), Score())
    for line in try Self.lines("sentences.\(language)") {
      let (text, ends) = Self.paragraph(line)
      ours.add(Self.ours(text), ends)
      icu.add(Self.icu(text, language), ends)
    }
    print("sentence ends, \(language): ours \(ours); ICU \(icu)")
    #expect(ours.right + ours.missed >= atLeast)
    #expect(ours.wrong == wrong && ours.missed == missed)
    #expect(ours.f1 >= icu.f1)
  }

  @Test func `words are those counted by hand`() throws {
    for line in try Self.lines("words") {
      let tab = try #require(line.lastIndex(of: "\t"))
      let text = DocumentText(String(line[..<tab]))
      let gold = line[line.index(after: tab)...].split(separator: "|").map(String.init)
      #expect(Words.ranges(in: text.range, of: text).map { text[$0] } == gold)
    }
  }

  @Test func `a line break ends a sentence unless the line was wrapped by hand`() {
    func sentences(_ text: String) -> [String] {
      let text = DocumentText(text)
      let sentences = Sentences(text)
      return (0..<sentences.count).map { text[sentences[$0]] }
    }
    #expect(sentences("A headline\n\nThe text.") == ["A headline", "The text."])
    #expect(sentences("A line that was\nwrapped by hand.") == ["A line that was\nwrapped by hand."])
    #expect(sentences("One.\r\nTwo.\r\n\r\n") == ["One.", "Two."])
    #expect(sentences(" \n ") == [])
    #expect(sentences("") == [])
  }

  @Test func `every code point but white space is in one sentence, on any text`() {
    for seed in 0..<60 {
      let text = DocumentText(DocumentTextTests.text(seed, pieces: 200))
      let sentences = Sentences(text)
      var covered = Array(repeating: false, count: text.count)
      for index in 0..<sentences.count {
        let sentence = sentences[index]
        #expect(!sentence.isEmpty && (index == 0 || sentences[index - 1].end <= sentence.start))
        for offset in sentence.start..<sentence.end { covered[offset] = true }
      }
      for (offset, scalar) in text.string.unicodeScalars.enumerated() where !scalar.properties.isWhitespace {
        #expect(covered[offset])
        #expect(sentences.index(at: offset).map { sentences[$0].contains(offset) } == true)
      }
    }
  }
}
