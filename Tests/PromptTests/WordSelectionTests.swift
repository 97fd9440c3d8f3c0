import Pages
import Standoff
import Foundation
import TestSupport
import Testing

@testable import Prompt

@Suite struct WordSelectionTests {
  /// A selection typed in a sentence, and what it marks.
  static let selections: [(line: String, marked: String)] = [
    ("c", "The mayor said ⟦claim: taxes will fall in May⟧."),
    ("c3-5", "The mayor ⟦claim: said taxes will⟧ fall in May."),
    ("c 4", "The mayor said ⟦claim: taxes⟧ will fall in May."),
    ("claim 6-", "The mayor said taxes will ⟦claim: fall in May⟧."),
    ("c mayor", "The ⟦claim: mayor⟧ said taxes will fall in May."),
    ("c TAXES will", "The mayor said ⟦claim: taxes will⟧ fall in May."),
    ("c taxes..fall", "The mayor said ⟦claim: taxes will fall⟧ in May."),
    ("c taxes..$", "The mayor said ⟦claim: taxes will fall in May⟧."),
    ("c \"taxes will\"..\"in\"", "The mayor said ⟦claim: taxes will fall in⟧ May."),
    ("c 1-2 + 4-5", "⟦claim: The mayor⟧ said ⟦claim: taxes will⟧ fall in May."),
    ("c The mayor + fall", "⟦claim: The mayor⟧ said taxes will ⟦claim: fall⟧ in May."),
    ("c @4-9", "The ⟦claim: mayor⟧ said taxes will fall in May."),
    ("c 3:", "⟦claim: Taxes rose⟧."), ("c 3:2", "Taxes ⟦claim: rose⟧."), ("c 3:1-2", "⟦claim: Taxes rose⟧."),
    ("c 3:rose", "Taxes ⟦claim: rose⟧."), ("c 3: rose", "Taxes ⟦claim: rose⟧."), ("c 3:1-", "⟦claim: Taxes rose⟧."),
    ("c 3:\"Taxes rose\"", "⟦claim: Taxes rose⟧."), ("c 3:taxes..$", "⟦claim: Taxes rose⟧."),
    ("c 3:1..rose", "⟦claim: Taxes rose⟧."), ("c w4..w6", "said ⟦claim: taxes will fall⟧ in May."),
    ("c taxes..1:6", "said ⟦claim: taxes will fall⟧ in May."),
    ("q fall..2:is", "will ⟦quote: fall in May. “That is⟧ baseless"),
    ("d 2:Tarn..2:9", "Ms. ⟦denial: Tarn said, “and he knows⟧ it"),
    ("d 2:baseless Ms. Tarn", "“That is ⟦denial: baseless,” Ms. Tarn⟧ said"),
    ("d 2:said and he..$", "Tarn ⟦denial: said, “and he knows it.”⟧ Taxes"),
    ("d 2:1-3", "⟦denial: “That is baseless,”⟧"),
    ("d 2:2-3", "“That ⟦denial: is baseless⟧,”"),
    ("d 2:1-4", "⟦denial: “That is baseless,” Ms⟧. Tarn"),
    ("d 2:5-7", "Ms. ⟦denial: Tarn said, “and⟧ he"),
    ("d 2:6-10", "Tarn ⟦denial: said, “and he knows it.”⟧ Taxes"),
    ("d 2:7-10", "said, ⟦denial: “and he knows it.”⟧ Taxes"),
    ("q 1:6-2:2", "will ⟦quote: fall in May. “That is⟧ baseless"),
    ("q 2:1-3 + 2:7-10", "⟦quote: “That is baseless,”⟧ Ms. Tarn said, ⟦quote: “and he knows it.”⟧"),
  ]

  @Test(arguments: selections) func `selections mark what help says`(line: String, marked: String) throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    var session = try desk.open()
    let page = session.answer(line)
    #expect(!page.isRefusal, "\(page.text)")
    #expect(session.marked.contains(marked), "\(session.marked)")
  }

  @Test func `a place counts in this sentence, else in the document`() throws {
    let desk = try Desk()
    try desk.add("Rain fell. More rain fell and rain stayed. No rain.")
    var session = try desk.open()
    _ = session.answer("g 2")
    #expect(!session.answer("c rain/2").isRefusal)
    #expect(session.marked.contains("fell and ⟦claim: rain⟧ stayed"))
    _ = session.answer("u")
    #expect(session.answer("c rain/3").text.contains("They occur 2 times in this sentence"))
    _ = session.answer("g 1")
    #expect(session.answer("c stayed..$").isRefusal)
    #expect(!session.answer("c 2:stayed..$").isRefusal)
    #expect(session.answer("c no rain/1").isRefusal == false)
    #expect(session.marked.hasSuffix("⟦claim: No rain⟧."))
  }

  @Test
  func `words of another sentence are asked about at a terminal and refused in a pipe, with the form that says it`()
    throws
  {
    let desk = try Desk()
    try desk.add("The city paid. The court gave its ruling on 3:16 and left. It was over.")
    var session = try desk.open()
    let page = session.answer("d ruling < court")
    #expect(page.isRefusal && page.text.contains("“d 2:ruling < court”"), "\(page.text)")
    #expect(session.set.spans.isEmpty)
    #expect(session.answer("c paid + over").text.contains("“c paid + 3:over”"))
    #expect(session.answer("c 3:ruling").text.contains("Sentence 3 does not contain “ruling”."))
    #expect(session.answer("c 9:ruling").text.contains("There is no sentence 9."))
    // What looks like a sentence's number may be in the text.
    #expect(!session.answer("c 2:ruling on 3:16").isRefusal)
    #expect(session.marked.contains("⟦claim: ruling on 3:16⟧"))
    _ = session.close()
    session = try desk.open(as: "bea", canAsk: true)
    #expect(session.answer("d ruling").isRefusal)
    #expect(session.answer("1").text.hasPrefix("+ denial 1 ‹ruling›, in sentence 2"))
  }

  @Test func `the words of a span are a source or target wherever they stand`() throws {
    let desk = try Desk()
    try desk.add("The city paid. The mayor denied it.")
    var session = try desk.open()
    _ = session.answer("c the city..$")
    _ = session.answer("n")
    #expect(session.answer("d it > the city").isRefusal)
    #expect(!session.answer("d it > the city paid").isRefusal)
    #expect(session.set.spans.count == 2 && session.set.relations.first?.to == .span(1))
  }

  @Test func `the default of quote takes one quotation after the other`() throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    var session = try desk.open()
    _ = session.answer("g 2")
    _ = session.answer("q")
    _ = session.answer("q")
    #expect(session.marked.contains("⟦quote: “That is baseless,”⟧ Ms. Tarn said, ⟦quote: “and he knows it.”⟧"))
    #expect(session.answer("q").isRefusal)
  }

  @Test func `an ambiguity offers its choices and takes a digit`() throws {
    let desk = try Desk()
    try desk.add("Rain fell. More rain fell and rain stayed. No rain.")
    var session = try desk.open(canAsk: true)
    _ = session.answer("g 2")
    let page = session.answer("c rain")
    #expect(page.isRefusal && page.text.contains(" 2  2: …"))
    _ = session.answer("2")
    #expect(session.marked == "Rain fell. More rain fell and ⟦claim: rain⟧ stayed. No rain.")
    _ = session.answer("c fell + rain")
    _ = session.answer("1")
    #expect(session.marked.contains("⟦claim: rain⟧ ⟦claim: fell⟧ and"))
    #expect(session.answer("1").isRefusal, "a digit that answers nothing is no command")
  }

  @Test func `a quotation in text that was wrapped by hand is found`() throws {
    let desk = try Desk()
    try desk.add("She said “we never\nsaw the file,” and\nleft.\n\nNext.")
    var session = try desk.open()
    #expect(!session.answer("q").isRefusal)
    #expect(!session.answer("c never..file").isRefusal)
    #expect(session.marked.hasPrefix("She said ⟦quote: “we ⟦claim: never\nsaw the file⟧,”⟧ and"))
  }

  @Test func `a quotation whose marks may not belong together is asked about, and never marked by itself`() throws {
    let desk = try Desk()
    try desk.add("“In what he calls “hell” I would live,” she said. “Never,\" he said.")
    var session = try desk.open(canAsk: true)
    let page = session.answer("q")
    #expect(page.isRefusal && page.text.contains("may end elsewhere") && page.text.contains("q @0-39"), "\(page.text)")
    #expect(session.set.spans.isEmpty)
    _ = session.answer("2")
    #expect(session.marked.hasPrefix("“In what he calls ⟦quote: “hell”⟧ I"))
    _ = session.answer("q")
    _ = session.answer("1")
    #expect(session.marked.hasPrefix("⟦quote: “In what he calls ⟦quote: “hell”⟧ I would live,”⟧ she"))
    _ = session.answer("g 2")
    #expect(!session.answer("q").isRefusal)
    #expect(session.marked.hasSuffix("⟦quote: “Never,\"⟧ he said."))
    // In a file of commands it is refused.
    var piped = try desk.open(as: "piped")
    #expect(piped.answer("q").isRefusal && piped.set.spans.isEmpty)
  }

  @Test func `words between mixed or doubled marks take both`() throws {
    for (text, line, marked) in [
      ("“There is a precedent,\" citing Bo Mer.", "q there..precedent", "⟦quote: “There is a precedent,\"⟧ citing"),
      ("The letter ''of the many'' came.", "q of..many", "letter ⟦quote: ''of the many''⟧ came"),
      ("The letter ''of the many'' came.", "q", "letter ⟦quote: ''of the many''⟧ came"),
    ] {
      let desk = try Desk()
      try desk.add(text)
      var session = try desk.open()
      #expect(!session.answer(line).isRefusal)
      #expect(session.marked.contains(marked), "\(session.marked)")
    }
  }
}
