import Standoff
import Pages
import TestSupport
import Testing

@testable import Prompt

/// The selector without a terminal: keys in, spans out.
@Suite struct SpanSelectorTests {
  private func open(_ text: String) throws -> Session {
    let desk = try Desk()
    try desk.add(text)
    return try desk.open(canAsk: true)
  }

  private func press(_ keys: String, _ selector: inout SpanSelector, _ session: inout Session) {
    for key in keys.unicodeScalars { selector.press(key, in: &session) }
  }

  /// Keys from the first word on, and the text afterwards.
  static let keys: [(keys: String, marked: String)] = [
    ("cfg", "The mayor said ⟦claim: taxes will⟧ fall."),
    ("cgf", "The mayor said ⟦claim: taxes will⟧ fall."),
    ("cff", "The mayor said ⟦claim: taxes⟧ will fall."),
    ("cf\r", "The mayor said ⟦claim: taxes will fall⟧."),
    ("c\r", "The mayor said ⟦claim: taxes will fall⟧."),
    ("sas", "⟦source: The mayor⟧ said taxes will fall."),
    ("sas+ff", "⟦source: The mayor⟧ said ⟦source: taxes⟧ will fall."),
    ("ca\u{1B}\u{1B}sas", "⟦source: The mayor⟧ said taxes will fall."),
    ("sasu", "The mayor said taxes will fall."),
    ("sasuU", "⟦source: The mayor⟧ said taxes will fall."),
    ("}c", "⟦claim: The⟧ mayor said taxes will fall."),
    ("}}c", "⟦claim: The mayor said taxes will fall⟧."),
    ("}}{c", "⟦claim: The⟧ mayor said taxes will fall."),
    ("/will\rc", "The mayor said taxes ⟦claim: will⟧ fall."),
    (":c 2-3\r", "The ⟦claim: mayor said⟧ taxes will fall."),
    ("vc", "⟦claim: The⟧ mayor said taxes will fall."),
    ("vcx", "The mayor said taxes will fall."),
    ("c!u", "The mayor said taxes will fall."),
  ]

  @Test(arguments: keys) func `keys mark what help says`(keys: String, marked: String) throws {
    var session = try open("The mayor said taxes will fall.")
    var selector = SpanSelector()
    press(keys, &selector, &session)
    #expect(session.marked == marked)
  }

  @Test func `source, cue, speaker and target are set without leaving`() throws {
    var session = try open("Taxes fell, Ann Low said. “They did not,” Bo said.")
    var selector = SpanSelector()
    press("c\r<\r@Ann Low\r\r", &selector, &session)
    #expect(session.set.relations.map(\.type) == ["said-by", "cued-by"])
    press("d\"", &selector, &session)
    selector.interrupt()
    press("d\r<\r>1=", &selector, &session)
    let denial = try #require(session.set.spans.last { $0.label == "denial" })
    #expect(session.set.relations.contains { $0.type == "denies" && $0.from == denial.id && $0.to == .span(1) })
    #expect(denial.attributes["speaker"] == "Ann Low")
    #expect(session.set.relations.count == 5)
  }

  @Test func `a selection covers whole words from the mark to the cursor, either way, with their marks`() throws {
    var session = try open("He said: “not so, ever,” and left.")
    var selector = SpanSelector()
    // Anywhere in the first and the last word, on blanks and marks beside them: the same words.
    for (mark, cursor) in [(10, 21), (12, 16), (9, 22), (21, 10)] {
      selector.cursor = mark
      press("v", &selector, &session)
      selector.cursor = cursor
      let words = selector.selection(session).map { session.document.text[$0] }
      #expect(words == [mark == 12 ? "“not so" : "“not so, ever,”"].map { mark == 12 ? String($0.dropFirst()) : $0 })
      press("v", &selector, &session)
    }
  }

  @Test func `hints are one key as far as keys reach, and none begins another`() {
    for count in [0, 1, 26, 62, 63, 100, 500, 3000] {
      let codes = SpanSelector.codes(count)
      #expect(codes.count == count && Set(codes).count == count)
      #expect(codes.allSatisfy { (1...2).contains($0.count) })
      let singles = Set(codes.filter { $0.count == 1 })
      #expect(codes.filter { $0.count == 2 }.allSatisfy { !singles.contains(String($0.prefix(1))) })
      if count <= 62 { #expect(singles.count == count) }
      #expect(codes.map(\.count) == codes.map(\.count).sorted())
    }
    #expect(SpanSelector.codes(5000).count == 5000)
  }

  @Test func `the words nearest to the cursor have the shortest hints`() throws {
    var session = try open((1...90).map { "w\($0)" }.joined(separator: " ") + ".")
    var selector = SpanSelector()
    selector.cursor = SpanSelector.cells(session).count - 1
    let hints = selector.hints(session)
    #expect(hints.first?.count == 2 && hints.last?.count == 1)
    press("s" + hints[0] + hints[1], &selector, &session)
    #expect(session.set.spans.map { session.document.text[$0.hull] } == ["w1 w2"])
  }

  @Test func `every hint of a sentence taller than the screen can be seen`() throws {
    var session = try open((1...139).map { "word\($0)" }.joined(separator: " ") + ".")
    var selector = SpanSelector()
    press("s", &selector, &session)
    var seen: Set<String> = []
    for _ in 0..<8 {
      let frame = selector.frame(session, rows: 16, columns: 40, colour: false)
      seen.formUnion(frame.page.text.split { $0 == " " || $0.isNewline }.map(String.init))
      press("\t", &selector, &session)
    }
    #expect(selector.hints(session).allSatisfy(seen.contains))
  }

  @Test(.tags(.slow)) func `no key, whatever it is, does harm`() throws {
    var session = try open("The mayor said “taxes will fall”. Ann Low denied it. 日本語 e\u{301}.")
    var selector = SpanSelector()
    var state: UInt64 = 7
    let keys = Array("cdqskvnpuUxar+<>@=.\"{}/:?#123\r\t\u{1B}\u{7F}\u{E}\u{10}abcdefgh 日é").flatMap(\.unicodeScalars)
    for step in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      selector.press(keys[Int(state >> 33) % keys.count], in: &session)
      if step % 17 == 0 { selector.cursor = Int(state >> 40) % 60 }
      let frame = selector.frame(session, rows: 1 + step % 30, columns: 1 + step % 90, colour: step % 2 == 0)
      #expect(frame.page.lines.count <= 1 + step % 30 && frame.cursor.row >= 0)
      if selector.isOver { selector = SpanSelector() }
    }
  }
}
