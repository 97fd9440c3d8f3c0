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
    ("cf$", "The mayor said ⟦claim: taxes will fall⟧."),
    ("cf\r", "The mayor said ⟦claim: taxes⟧ will fall."),
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
    #expect(denial.attributes["speaker"] == nil, "a speaker stands on the source")
    #expect(session.set.spans.filter { $0.attributes["speaker"] == "Ann Low" }.map(\.label) == ["source", "source"])
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
    for count in [0, 1, 26, 52, 53, 100, 500, 2700] {
      let codes = SpanSelector.codes(count)
      #expect(codes.count == count && Set(codes).count == count)
      #expect(codes.allSatisfy { (1...2).contains($0.count) })
      let singles = Set(codes.filter { $0.count == 1 })
      #expect(codes.filter { $0.count == 2 }.allSatisfy { !singles.contains(String($0.prefix(1))) })
      if count <= 52 { #expect(singles.count == count) }
      #expect(codes.map(\.count) == codes.map(\.count).sorted())
    }
    #expect(SpanSelector.codes(5000).count == 5000)
  }

  @Test func `hints stand in reading order, the same ones wherever the cursor is`() throws {
    var session = try open((1...90).map { "w\($0)" }.joined(separator: " ") + ".")
    var selector = SpanSelector()
    let hints = selector.hints(session)
    selector.cursor = SpanSelector.cells(session).count - 1
    #expect(selector.hints(session) == hints && hints == SpanSelector.codes(90))
    #expect(!hints.contains { $0.contains(where: \.isNumber) }, "digits are the numbers of words and spans")
    press("s" + hints[0] + hints[1], &selector, &session)
    #expect(session.set.spans.map { session.document.text[$0.hull] } == ["w1 w2"])
  }

  @Test func `the less-than sign asks for source and cue in turn, says which, and replaces the one it names`() throws {
    var session = try open("Tehran wants drones, Ann Low said. Nothing came.")
    var selector = SpanSelector()
    func screen() -> String { selector.frame(session, rows: 40, columns: 100, colour: false).page.text }
    press("cad<", &selector, &session)
    #expect(screen().contains("source of claim 1: key of the first word"))
    press("f\r", &selector, &session)
    #expect(screen().contains("+ source 2 ‹Ann›") && screen().contains("cue of claim 1:"))
    press("h\r", &selector, &session)
    #expect(session.marked.hasPrefix("⟦claim: Tehran wants drones⟧, ⟦source: Ann⟧ Low ⟦cue: said⟧."))
    // A third time: the source is replaced, the cue stays.
    press("<", &selector, &session)
    #expect(screen().contains("source of claim 1, now ‹Ann›"))
    press("fg\r", &selector, &session)
    #expect(session.marked.hasPrefix("⟦claim: Tehran wants drones⟧, ⟦source: Ann Low⟧ ⟦cue: said⟧."))
    press("<-\r", &selector, &session)
    #expect(session.set.relations.map(\.type) == ["cued-by"])
    press("<-hh", &selector, &session)
    #expect(session.set.relations.map(\.type) == ["cued-by"], "already so")
  }

  @Test func `targets are named by their numbers, and two digits are not taken for one`() throws {
    var session = try open("One two three four five six seven eight nine ten eleven twelve. Nobody denied it.")
    for number in 1...11 { _ = session.answer("c \(number)") }
    _ = session.answer("n")
    _ = session.answer("d 3")
    var selector = SpanSelector()
    press(">1", &selector, &session)
    #expect(session.set.relations.isEmpty, "11 may follow")
    let frame = selector.frame(session, rows: 24, columns: 50, colour: false)
    #expect(frame.page.lines.count <= 24)
    press("1\r", &selector, &session)
    #expect(session.set.relations.map(\.to) == [.span(11)])
    // The answer is still there beside the next sentence.
    press("p", &selector, &session)
    #expect(selector.frame(session, rows: 24, columns: 80, colour: false).page.text.contains("+ 12 denies 11"))
  }

  @Test func `the list of targets fits the screen, the nearest ones first`() throws {
    var session = try open((1...40).map { "Word\($0) fell down far." }.joined(separator: " ") + " Nobody denied it.")
    for number in 1...40 { _ = session.answer("c \(number):") }
    _ = session.answer("d 41:3")
    var selector = SpanSelector()
    press(">", &selector, &session)
    let text = selector.frame(session, rows: 24, columns: 50, colour: false).page.text
    #expect(text.contains(" 40  claim 40 ‹Word40 fell") && text.contains("target of 41, by number:"))
  }

  @Test func `about, negation and attribution have a key, with the values in use by their places`() throws {
    var session = try open("Taxes fell, Ann Low said. Bo denied it fell.")
    var selector = SpanSelector()
    press("c\r*taxes\r&1", &selector, &session)
    #expect(session.set.span(1)?.attributes == ["about": "taxes", "attribution": "named"])
    press("!", &selector, &session)
    #expect(selector.frame(session, rows: 24, columns: 80, colour: false).page.text.contains("no attribute “negation”"))
    press("\r\rdd$!", &selector, &session)
    #expect(
      selector.frame(session, rows: 24, columns: 80, colour: false).page.text.contains(
        "1 content  2 cue  3 both  - none"))
    press("1*1", &selector, &session)
    #expect(session.set.spans.last?.attributes == ["about": "taxes", "negation": "content"])
    press("*-", &selector, &session)
    #expect(session.set.spans.last?.attributes == ["negation": "content"])
  }

  @Test func `v after a search keeps what was found`() throws {
    var session = try open("The mayor said taxes will fall.")
    var selector = SpanSelector()
    press("/taxes\rvc", &selector, &session)
    #expect(session.marked == "The mayor said ⟦claim: taxes⟧ will fall.")
  }

  @Test func `the legend offers only what there is`() throws {
    var session = try open("Taxes fell, Ann Low said.")
    var selector = SpanSelector()
    session.suggesting.isAllowed = false
    func legend() -> String { selector.frame(session, rows: 24, columns: 200, colour: false).page.text }
    #expect(!legend().contains("Tab suggests") && !legend().contains("u undo") && !legend().contains("Enter next"))
    press("c\r", &selector, &session)
    #expect(legend().contains("u undo"))
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
