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
    #expect(session.answer("2 < #1").text.contains("already has all of that"))
    // Another source takes the place of the first; a last “-” takes it off.
    _ = session.answer("2 < firm")
    #expect(session.set.relations.map(\.type) == ["cued-by", "said-by"])
    #expect(session.set.relations.last?.to == .span(4))
    _ = session.answer("by 2 1")
    #expect(session.set.relations.last?.to == .span(1) && session.set.relations.count == 2)
    _ = session.answer("2 < -")
    #expect(session.set.relations.map(\.type) == ["cued-by"])
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
    #expect(ChainSyntax(#"c "a < b" < x"#).steps.map(\.argument) == ["x"])
    #expect(ChainSyntax("a<b").steps.isEmpty)
    #expect(ChainSyntax("1-2 < - < said > #19").text == "1-2 < - < said > #19")
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
