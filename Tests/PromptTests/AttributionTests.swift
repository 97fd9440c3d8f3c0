import Pages
import Standoff
import TestSupport
import Testing

@testable import Prompt

/// Lines that go on with source, cue and target, “.” and “=”.
@Suite struct AttributionTests {
  static let text = "The firm hid a report, Ann Low said. The firm denied that it had hidden it. Nothing else."

  private func open() throws -> Session {
    let desk = try Desk()
    try desk.add(Self.text)
    return try desk.open()
  }

  @Test func `a line goes on with source, cue and target, and one undo takes it all back`() throws {
    var session = try open()
    _ = session.answer("c the firm..report < Ann Low < said")
    #expect(session.marked.hasPrefix("⟦claim: The firm hid a report⟧, ⟦source: Ann Low⟧ ⟦cue: said⟧."))
    #expect(session.set.relations.map(\.type) == ["said-by", "cued-by"])
    _ = session.answer("n")
    let page = session.answer("d it had..$ < firm < denied > #1")
    #expect(!page.isRefusal, "\(page.text)")
    #expect(session.set.relations.map(\.type).sorted() == ["cued-by", "cued-by", "denies", "said-by", "said-by"])
    _ = session.answer("u")
    #expect(session.set.spans.count == 3 && session.set.relations.count == 2)
    _ = session.answer("u")
    #expect(session.set.spans.isEmpty && session.set.relations.isEmpty)
  }

  @Test func `what is marked already is related and not marked twice`() throws {
    var session = try open()
    _ = session.answer("s Ann Low")
    _ = session.answer("c the firm..report < Ann Low < -")
    #expect(session.set.spans.map(\.label) == ["source", "claim"])
    #expect(session.set.relations.map(\.to) == [.span(1)])
    _ = session.answer("2 < - < said")
    #expect(session.set.relations.map(\.type) == ["said-by", "cued-by"])
    #expect(session.answer("2 < #1").text.hasPrefix("Already so"))
    // Another source takes the place of the first; a last “-” takes it off.
    _ = session.answer("c 1-2 < #1")
    _ = session.answer("2 < firm")
    func relations() -> [String] { session.set.relations.filter { $0.from == 2 }.map(\.type) }
    #expect(relations() == ["cued-by", "said-by"])
    #expect(session.set.relations.last?.to == .span(5))
    _ = session.answer("by 2 1")
    #expect(session.set.relations.last?.to == .span(1) && relations().count == 2)
    _ = session.answer("2 < -")
    #expect(relations() == ["cued-by"])
  }

  @Test func `a chain that cannot be carried out changes nothing`() throws {
    var session = try open()
    for line in [
      "c the firm..report < nobody < said", "c 1-5 < Ann Low < said < again", "c 1-5 < #9", "c 1-5 > 3", "s 1-2 < said",
      "c 1-5 <", "d 1-5 > #1",
    ] {
      #expect(session.answer(line).isRefusal, "\(line)")
    }
    #expect(session.set.spans.isEmpty && session.editCount == 0)
  }

  @Test func `an ambiguity in a chain offers the whole line`() throws {
    let desk = try Desk()
    try desk.add("The firm said the firm was well, Ann Low said.")
    var session = try desk.open(canAsk: true)
    #expect(session.answer("c was well < firm < -").isRefusal)
    _ = session.answer("1")
    #expect(session.marked.contains("⟦source: firm⟧ said the firm ⟦claim: was well⟧"))
  }

  @Test func `a point is the last span that says something, an equals sign the previous value`() throws {
    var session = try open()
    #expect(session.answer(". > -").text.contains("No span has been marked yet"))
    _ = session.answer("c the firm..report")
    _ = session.answer("set . about report")
    _ = session.answer("by . Low")
    _ = session.answer("s Ann Low")
    _ = session.answer("d 2:4-8")
    _ = session.answer("set . about =")
    _ = session.answer("by . =")
    _ = session.answer(". > #1")
    let denial = try #require(session.set.spans.last)
    #expect(denial.attributes == ["about": "report", "speaker": "Low"])
    #expect(session.set.relations.map(\.type) == ["denies"])
  }

  @Test func `a key alone takes the sentence less its source and cue`() throws {
    var session = try open()
    _ = session.answer("c")
    _ = session.answer("n")
    _ = session.answer("d")
    #expect(
      session.marked.hasPrefix(
        "⟦claim: The firm hid a report⟧, Ann Low said. The firm denied that ⟦denial: it had hidden it⟧."))
    _ = session.answer("n")
    _ = session.answer("c")
    #expect(session.marked.hasSuffix("⟦claim: Nothing else⟧."))
  }

  @Test func `signs in straight quotes are words`() {
    func chain(_ typed: String) -> ChainSyntax { ChainSyntax(typed) { $0 == "about" || $0 == "by" } }
    #expect(chain(#"c "a < b" < x"#).steps.map(\.argument) == ["x"])
    #expect(chain("a<b").steps.isEmpty)
    #expect(chain("1-2 < - < said > #19").text == "1-2 < - < said > #19")
    let attributes = chain(#"it was about=the-drones < the firm by="Ann Low" > - "so it is" about=="#)
    #expect(attributes.text == #"it was < the firm > - "so it is" about=the-drones by="Ann Low" about=="#)
    #expect(chain("about=x").words.isEmpty && chain("\"about=x\"").attributes.isEmpty)
    #expect(chain("x=1 about=").attributes == [ChainSyntax.Attribute(name: "about", value: "")])
  }

  @Test func `everything about a denial stands in one line, and one undo takes it back`() throws {
    var session = try open()
    _ = session.answer("c the firm..report < Ann Low < said about=report by=\"Ann Low\"")
    #expect(session.set.span(1)?.attributes == ["about": "report"])
    #expect(session.set.span(2)?.attributes == ["speaker": "Ann Low"], "the speaker stands on the source")
    _ = session.answer("n")
    let page = session.answer("d it had..$ < the firm < denied > #1 negation=cue by=\"The firm\"")
    #expect(
      page.text == """
        + denial 4 ‹it had hidden it› about=report negation=cue
        + source 5 ‹The firm› speaker=The firm
        + cue 6 ‹denied›
        + 4 said-by 5
        + 4 cued-by 6
        + 4 denies 1
        Taken over from claim 1: about.

        """)
    _ = session.answer("u")
    #expect(session.set.spans.count == 3)
    for line in ["d it had..$ abuot=report", "d it had..$ negation=all", "s Ann Low about=x", "c 1-2 about=\"\""] {
      #expect(session.answer(line).isRefusal, "\(line)")
    }
    #expect(session.answer("d it had..$ abuot=report").text.contains("Did you mean about?"))
  }

  @Test func `a quote and the claim that it lies over share source, cue and matter`() throws {
    let desk = try Desk()
    try desk.add("“The firm hid a report,” Ann Low said.")
    for (first, second) in [("q", "c The firm..report"), ("c The firm..report", "q")] {
      var session = try desk.open(as: first == "q" ? "ana" : "ben")
      _ = session.answer("\(first) < Ann Low < said about=report")
      let page = session.answer(second)
      #expect(page.text.contains(": source, cue and about."), "\(page.text)")
      #expect(session.set.relations.map(\.from) == [1, 1, 4, 4] && session.set.spans.count == 4)
      #expect(session.set.span(4)?.attributes == ["about": "report"])
      _ = session.answer("u")
      // What the line gives comes first; “-” gives none.
      _ = session.answer("\(second) < - < - about=-")
      #expect(session.set.relations.count == 2 && session.set.span(5)?.attributes == [:])
      _ = session.close()
    }
  }

  @Test func `a line that changes nothing is answered, so that a file of commands can be run again`() throws {
    var session = try open()
    let lines = [
      "c the firm..report < Ann Low < said", "set 1 about report", "by 1 \"Ann Low\"", "note 1 look", "e 1 claim",
      "e 1 1-5", "n", "d it had..$ > #1", "link 4 denies 1", "4 > 1",
    ]
    for line in lines { #expect(!session.answer(line).isRefusal, "\(line)") }
    let set = session.set
    _ = session.answer("g 1")
    for line in lines {
      let page = session.answer(line)
      #expect(!page.isRefusal && (line == "n" || page.text.hasPrefix("Already so")), "\(line): \(page.text)")
    }
    #expect(session.set == set)
  }

  @Test func `a source that is replaced and that nothing uses any more goes with the edit`() throws {
    var session = try open()
    _ = session.answer("c the firm..report < report < said")
    let page = session.answer("1 < Ann Low")
    #expect(page.text.contains("− source 2 ‹report›") && session.set.span(2) == nil)
    _ = session.answer("u")
    #expect(session.set.span(2) != nil && session.set.relations.count == 2)
    // Another span's source stays.
    _ = session.answer("c a report < #2")
    _ = session.answer("1 < Ann Low")
    #expect(session.set.span(2) != nil)
  }

  @Test func `what may not be meant is said, with the way back`() throws {
    let desk = try Desk()
    try desk.add("The firm said it hid nothing. “We hid it. We did,” Ann Low said.")
    var session = try desk.open()
    func warning(_ line: String) -> String {
      let page = session.answer(line)
      #expect(!page.isRefusal && page.text.hasSuffix("“u” takes this back.\n"), "\(line): \(page.text)")
      return page.text
    }
    _ = session.answer("c it..$ about=hidden")
    #expect(warning("c it..$ about=found").contains("Claim 1 has the same words."))
    #expect(warning("c 1-4 < The firm < said").contains("Claim 3 covers words of its own source 4."))
    #expect(warning("s said").contains("Cue 5 has the same word as source 6."))
    #expect(warning("q 2:1-3:2").contains("Quote 7 runs over sentences 2 to 3."))
    #expect(warning("by 4 he").contains("“he” is a pronoun; a speaker is known by a name."))
    #expect(warning("set 3 about Hidden").contains("“Hidden” is almost “hidden”, which is in use."))
    #expect(!session.answer("set 3 about hidden").text.contains("“u” takes"))
  }

  @Test func `a label without words takes what the source and cue of the same line report, not what the lexicon finds`()
    throws
  {
    for (text, line, marked) in [
      (
        "According to exclusive reports from the convention, the delegates were still determined to stay.",
        "c < exclusive reports from the convention < According to",
        "⟦claim: the delegates were still determined to stay⟧."
      ),
      (
        "Bloomberg also reported that roughly 1,100 donor names were not disclosed.", "c < Bloomberg < reported",
        "that ⟦claim: roughly 1,100 donor names were not disclosed⟧."
      ),
    ] {
      let desk = try Desk()
      try desk.add(text)
      var session = try desk.open()
      let page = session.answer(line)
      #expect(!page.isRefusal && session.marked.contains(marked), "\(page.text) \(session.marked)")
    }
  }

  @Test func `a label without words asks where it is not sure, with the whole line in its choices`() throws {
    let desk = try Desk()
    try desk.add("Ann Low said the statements were wrong during a hearing last week.")
    var session = try desk.open(canAsk: true)
    let page = session.answer("d < Ann Low < said")
    #expect(page.isRefusal && page.text.contains("It is not sure which words are meant"), "\(page.text)")
    #expect(session.set.spans.isEmpty)
    _ = session.answer("1")
    #expect(session.set.spans.count == 3 && session.set.relations.count == 2)
    var piped = try desk.open(as: "piped")
    let refused = piped.answer("d < Ann Low < said")
    #expect(refused.isRefusal && refused.text.contains("d 3-9 < Ann Low < said") && piped.set.spans.isEmpty)
  }
}
