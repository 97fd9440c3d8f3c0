import Commands
import Comparison
import DefaultFiles
import Foundation
import Pages
import Reports
import Standoff
import Storage
import TestSupport
import Testing

@testable import Prompt

@Suite struct SessionTests {
  static let text =
    "The mayor said taxes will fall in May. “That is baseless,” Ms. Tarn said, “and he knows it.” Taxes rose."

  @Test func `undo after a tag leaves the text as it was`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c taxes..May")
    let before = session.marked
    #expect(session.answer("d1-3").text.contains("denial 2"))
    _ = session.answer("u")
    #expect(session.marked == before)
    _ = session.answer("redo")
    #expect(session.marked.hasPrefix("⟦denial: The mayor said⟧ ⟦claim: taxes will fall in May⟧."))
  }

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
    ("c rose", "Taxes ⟦claim: rose⟧."),
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
    try desk.add(Self.text)
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
    #expect(session.answer("c rain/3").text.contains("They stand 2 times in this sentence"))
    _ = session.answer("g 1")
    #expect(!session.answer("c stayed..$").isRefusal)
    #expect(session.answer("c no rain/1").isRefusal == false)
    #expect(session.marked.hasSuffix("⟦claim: No rain⟧."))
  }

  @Test func `the default of quote takes one quotation after the other`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("g 2")
    _ = session.answer("q")
    _ = session.answer("q")
    #expect(session.marked.contains("⟦quote: “That is baseless,”⟧ Ms. Tarn said, ⟦quote: “and he knows it.”⟧"))
    #expect(session.answer("q").isRefusal)
  }

  /// Lines that are refused, and a part of what is said.
  static let refusals: [(line: String, says: String)] = [
    ("c 3-9 clam", "The document has no “3-9 clam”"), ("clam 3", "Did you mean claim"),
    ("c 3-40", "There is no word 40"), ("c 9:", "There is no sentence 9"), ("c 5-3", "stands before"),
    ("c @120-119", "There are no code points"), ("c @0-5000", "There are no code points"),
    ("c nowhere", "has no “nowhere”"), ("c taxes..nowhere", "does not follow"), ("c 2-4 + 3-5", "overlap"),
    ("x 9", "There is no span 9"), ("x", "SPAN is missing"), ("x two", "names no span"), ("s", "WORDS is missing"),
    ("set 1 colour red", "carries no attribute “colour”"), ("set 1 attribution loud", "no value of “attribution”"),
    ("1 > 1", "No relation leads from a claim to a claim"), ("link 1 denies 1", "does not start from a claim"),
    ("link 1 denyes 1", "Did you mean denies"), ("u 3", "one word too many"), ("open nowhere", "There is no document"),
    ("e 1 1-2", "has these words already"), ("c 1-2", "is the same already"), ("redo", "nothing to do again"),
    ("find nowhere", "has no “nowhere”"), ("p", "first sentence"), ("g 0", "There is no sentence 0"),
    ("c taxes/3", "There is no place 3"), ("c 99999999999999999999", "has no “9999"),
    ("g 99999999999999999999", "is no number"), ("\u{1B}[31m", "is no command"), ("help nothing", "no help on"),
  ]

  @Test(arguments: refusals) func `what cannot be done is said, and nothing changes`(line: String, says: String) throws
  {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c 1-2")
    let before = session.marked
    let page = session.answer(line)
    #expect(page.isRefusal)
    #expect(page.text.contains(says), "\(page.text)")
    #expect(!page.rendered(width: 80, colour: false).contains("\u{1B}"))
    #expect(session.marked == before)
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

  @Test func `attributes, notes, relations and their undo`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in [
      "c taxes..May", "s The mayor", "g 2", "d that is baseless", "3 > 1", "by 1 2", "by 3 \"Ms. Tarn\"",
      "set 3 negation content", "note 3 check", "doubt 1 is it one?",
    ] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    let text = session.answer("list").text
    #expect(text.contains("denial 3 ‹“That is baseless,”› negation=content speaker=Ms. Tarn (check)"))
    #expect(text.contains("3 denies 1") && text.contains("1 said-by 2") && text.contains("(doubt: is it one?)"))
    #expect(session.answer("show 1").text.contains("3 denies 1"))
    _ = session.answer("x 1")
    #expect(session.set.relations.isEmpty)
    _ = session.answer("u")
    #expect(session.set.relations.count == 2)
    #expect(session.answer("e 3 claim").text.contains("Taken off"))
    #expect(session.set.relations.map(\.type) == ["said-by"])
    _ = session.answer("u")
    #expect(session.answer("unlink 3 denies 1").text.contains("− 3 denies 1"))
    #expect(session.answer("3 > - \"that taxes fall\"").text.contains("not in the text: “that taxes fall”"))
    #expect(session.answer("set 3 negation -").text.contains("negation") == false)
  }

  @Test func `done lists what is missing, told twice does it all the same, and an edit takes it back`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("d 1-2")
    #expect(session.answer("done").text.contains("without denies; said-by or attribution"))
    #expect(session.set.status == .inProgress)
    #expect(session.answer("done").text.contains("Done: doc"))
    #expect(session.set.status == .complete && session.set.seenTo == session.document.text.count)
    #expect(session.answer("c 3-4").text.contains("no longer marked as done"))
    #expect(session.set.status == .inProgress)
    _ = session.answer("u")
    #expect(session.set.status == .complete)
    #expect(session.answer("done").text.contains("not done any more"))
  }

  @Test func `done without spans means read, nothing found`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("done")
    let set = try #require(try desk.workspace.annotations(of: "me", on: desk.workspace.document("doc")))
    #expect(set.status == .complete && set.spans.isEmpty)
  }

  @Test func `next opens the next document that is not done`() throws {
    let desk = try Desk()
    for id in ["a", "b", "c"] { try desk.add(Self.text, id: id) }
    var session = try desk.open("b")
    _ = session.answer("done")
    #expect(!session.answer("next").isRefusal)
    #expect(session.document.id == "c")
    _ = session.answer("done")
    _ = session.answer("next")
    #expect(session.document.id == "a")
    _ = session.answer("done")
    #expect(session.answer("next").isRefusal)
    #expect(session.document.id == "a" && !session.answer("c 1").isRefusal)
  }

  @Test func `a session goes on where its reader was`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c 1-2")
    _ = session.answer("")
    #expect(session.close() == nil)
    session = try desk.open()
    #expect(session.sentence == 1)
  }

  @Test func `every example of help is understood`() throws {
    let desk = try Desk()
    try desk.add(
      "One two three four. Officials denied it. Five six. “Seven ate nine of them,” the company said: it had done so.")
    try desk.add(Self.text, id: "harbor-audit")
    let scheme = try desk.open().scheme
    var number = 0
    for command in Verbs.all(scheme) {
      for example in command.examples {
        number += 1
        var session = try desk.open("doc", as: "helper\(number)")
        _ = session.answer("c 1-2")
        _ = session.answer("s 3")
        _ = session.answer("c 3-4")
        _ = session.answer("d 2:1-3")
        _ = session.answer("s 4")
        _ = session.answer("s 2:1")
        _ = session.answer("s 2:3")
        _ = session.answer("4 > 1")
        if example.contains("the company") || command.group == .suggest { _ = session.answer("g 4") }
        if example.hasPrefix("4 <") { _ = session.answer("e 4 4:3") }
        if command.group == .suggest, example != "suggest off" { _ = session.answer("suggest") }
        if command.name == "v" { continue }
        if example.contains("=") { _ = session.answer("set 3 about x") }
        if example == "by . =" { _ = session.answer("by 3 x") }
        if command.name == "redo" { _ = session.answer("u") }
        if command.name == "p" { _ = session.answer("n") }
        if ["e", ">", "link"].contains(command.name) { _ = session.answer("e 2 claim") }
        if example == "e 4 denial" { _ = session.answer("e 4 claim") }
        if example == "e 4 1-3" { _ = session.answer("e 4 2:1") }
        if example == "4 > 2" || example == "link 4 denies 2" { #expect(session.set.span(2)?.label == "claim") }
        if command.name == "unlink" {
          _ = session.answer("e 2 claim")
          _ = session.answer("4 > 2")
        }
        if example == "set 4 about -" { _ = session.answer("set 4 about x") }
        let line = example.replacing("gold.jsonl", with: desk.root + "/gold.jsonl").replacing(
          "python3 names.py", with: "true")
        let page = session.answer(line)
        if command.group == .decide {
          // Understood where there is something to decide.
          #expect(page.isRefusal)
          let desk = try Desk.unadjudicated()
          var adjudicating = try desk.adjudicate()
          if example == "&" || example == "|" { _ = adjudicating.answer("1") }
          let decided = adjudicating.answer(example)
          #expect(!decided.isRefusal, "\(example): \(decided.text)")
          _ = adjudicating.close()
        } else if command.name == "adjudicate" {
          #expect(page.text.contains("There is nothing to adjudicate"), "nobody is done here")
        } else if command.name == "export" {
          #expect(page.text.contains("There is nothing to export"), "there is no gold here")
        } else if page.isRefusal {
          Issue.record("\(example): \(page.text)")
        }
        _ = session.close()
      }
    }
  }

  @Test func `a quotation in text that was wrapped by hand is found`() throws {
    let desk = try Desk()
    try desk.add("She said “we never\nsaw the file,” and\nleft.\n\nNext.")
    var session = try desk.open()
    #expect(!session.answer("q").isRefusal)
    #expect(!session.answer("c never..file").isRefusal)
    #expect(session.marked.hasPrefix("She said ⟦quote: “we ⟦claim: never\nsaw the file⟧,”⟧ and"))
  }

  @Test func `a document without text can be opened, and nothing marked`() throws {
    let desk = try Desk()
    try desk.add(" \n\n ")
    var session = try desk.open()
    for line in ["c", "c 1-2", "c @0-1", "q", "c x", "c 1:", "", "p", "g 1", "find x", "show", "list", "s \t"] {
      _ = session.answer(line)
    }
    _ = session.view(width: 40, colour: true)
    #expect(Completion("c a", in: session).candidates.isEmpty)
    #expect(session.set.spans.isEmpty)
  }

  @Test func `names that are kept for files are nobody's`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    for name in ["gold", "Gold", "document", "DOCUMENT", "", "../x"] {
      #expect(throws: Complaint.self) { try desk.open(as: name) }
      #expect(throws: Complaint.self) { try DocumentChoice.checkAnnotator(name) }
    }
  }

  @Test func `a file of another scheme than the one asked for is said`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c 1-2")
    _ = session.close()
    #expect(throws: Complaint.self) {
      try Session(
        in: desk.workspace, document: "doc", annotator: "me", scheme: "attribution", canAsk: false, me: ""
      ) { Desk.time }
    }
    #expect(!(try desk.open()).answerIsRefused("c 3-4"), "the lock was given back")
  }

  @Test func `a doubt is added to a note, a number sign names a span`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in ["c 4-6", "s 1-2", "note 1 look", "doubt 1 why", "by 1 #2", "x #1"] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    _ = session.answer("u")
    #expect(session.set.span(1)?.note == "look; doubt: why")
    #expect(session.set.relations.map(\.type) == ["said-by"])
    #expect(session.answer("# a comment").lines.isEmpty)
    #expect(session.answer("#2 > 1").isRefusal)
  }

  @Test func `what happens in another sentence says where`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    #expect(session.answer("c rose").text == "+ claim 1 ‹rose› in sentence 3\n")
    #expect(session.answer("u").text == "Taken back: + claim 1 ‹rose› in sentence 3\n".replacing("+", with: "−"))
    #expect(session.answer("12").text.contains("Put a label's key before them: c 12"))
    #expect(session.answer("help agree").text.contains("--at-least"))
    #expect(session.answer("agree --help").text.contains("help agree"))
  }

  @Test func `deleting a span and replacing a target say which relations went`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in ["c 4-6", "d 1-3", "2 > -"] { _ = session.answer(line) }
    #expect(session.answer("2 > 1").text.hasPrefix("− 2 denies – (not in the text)\n+ 2 denies 1"))
    #expect(session.answer("x 1").text.contains("− 2 denies 1"))
  }

  @Test func `a damaged neighbour does not keep anyone from working`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    try Data("{".utf8).write(to: URL(fileURLWithPath: desk.root + "/Annotations/doc/eli.json"))
    var session = try desk.open()
    #expect(!session.answer("c 1-2").isRefusal)
    #expect(session.answer("check").text.contains("eli.json, line 1, column 2"))
    #expect(throws: Complaint.self) { try desk.open(as: "eli") }
  }
}

extension Session {
  fileprivate func answerIsRefused(_ line: String) -> Bool {
    var session = self
    return session.answer(line).isRefusal
  }
}
