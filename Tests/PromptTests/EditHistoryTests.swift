import Foundation
import Pages
import Standoff
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Prompt

/// A person who looks back at what was done, and goes back to it.
@Suite struct EditHistoryTests {
  /// A session whose clock a test moves.
  private final class Clock: Sendable {
    private let seconds = Mutex(1_795_000_000)
    var now: Timestamp { Timestamp(secondsSince1970: seconds.withLock { $0 }) }
    func wait(minutes: Int) { seconds.withLock { $0 += 60 * minutes } }
  }

  private func open(_ desk: Desk, _ clock: Clock) throws -> Session {
    try Session(in: desk.workspace, document: "doc", annotator: "me", canAsk: false, me: "a test") { clock.now }
  }

  @Test func `log tells what was done, and what a changed span was before`() throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    let clock = Clock()
    var session = try open(desk, clock)
    for line in ["c taxes..May", "set 1 about taxes", "s mayor", "u", "set 1 about levies"] {
      _ = session.answer(line)
      clock.wait(minutes: 1)
    }
    let log = session.answer("log").text
    #expect(log.contains("+ claim 1 ‹taxes will fall in May›"))
    #expect(log.contains("about=taxes, in sentence 1 [before: no about]"))
    #expect(log.contains("undone: − source 2 ‹mayor›"))
    #expect(log.contains("about=levies, in sentence 1 [before: about=taxes]"))
    let own = session.answer("log 1").text
    #expect(own.contains("[before: about=taxes]") && !own.contains("mayor"))
  }

  @Test func `undo to a time or to an edit takes back what came after`() throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    let clock = Clock()
    var session = try open(desk, clock)
    _ = session.answer("c taxes..May")
    clock.wait(minutes: 10)
    let time = LocalTime(clock.now)
    clock.wait(minutes: 10)
    _ = session.answer("s mayor")
    _ = session.answer("k said")
    let all = session.set
    #expect(session.answer("undo to \(time.day) \(time.time.prefix(5))").text.contains("2 edits undone"))
    #expect(session.set.spans.map(\.label) == ["claim"])
    _ = session.answer("redo")
    _ = session.answer("redo")
    #expect(session.set.spans == all.spans)
    // Edits 4 to 7 are two that were undone and made again.
    #expect(session.answer("undo to 2").text.contains("1 edit undone"))
    #expect(session.set.spans.map(\.label) == ["claim", "source"])
    #expect(session.answer("undo to 5").text.contains("1 edit undone"))
    #expect(session.answer("undo to 0").text.contains("1 edit undone"))
    #expect(session.set.spans.isEmpty)
    let late = session.answer("undo to 3").text
    #expect(late.contains("Already so"))
  }

  @Test func `undo of what an earlier session did says so`() throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    let clock = Clock()
    var session = try open(desk, clock)
    _ = session.answer("c taxes..May")
    _ = session.close()
    clock.wait(minutes: 60)
    session = try open(desk, clock)
    _ = session.answer("s mayor")
    #expect(!session.answer("u").text.contains("earlier session"))
    #expect(session.answer("u").text.contains("This edit is of an earlier session."))
  }

  @Test func `list shows relations, speakers, matters and what nothing uses`() throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    var session = try desk.open()
    #expect(session.answer("list denial").text == "No denial yet.\n")
    #expect(session.answer("list relations").text == "No relations yet.\n")
    #expect(session.answer("list speakers").text.contains("No span has a value of “speaker” yet."))
    for line in ["c taxes..May < The mayor < said about=taxes by=\"Ada Lund\"", "s 2:Ms. Tarn", "c 3:"] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    #expect(
      session.answer("list relations").text
        == "claim 1 ‹taxes will fall in May›  said-by 2 ‹The mayor› · cued-by 3 ‹said›\n")
    #expect(session.answer("list speakers").text.contains("Ada Lund  #2"))
    #expect(session.answer("list about").text.contains("taxes  #1"))
    #expect(session.answer("list orphans").text == "2: source 4 ‹Ms. Tarn›\n")
    #expect(session.answer("show").text.contains("claim 1 ‹taxes will fall in May› about=taxes  said-by 2 · cued-by 3"))
    let done = session.answer("done!").text
    #expect(done.contains("Nothing uses source 4 ‹Ms. Tarn›"))
  }

  @Test func `the short help fits a screen of 80 columns and 24 rows`() throws {
    let lines = try Help.page(nil, Desk.scheme()).rendered(width: 80, colour: false).split(separator: "\n")
    #expect(lines.count < 24)
    #expect(try Help.page("denial 5", Desk.scheme()).text.hasPrefix("Rule 5\n5. "))
    #expect(try Help.page("d 5", Desk.scheme()) == Help.page("guideline 5", Desk.scheme()))
  }

  @Test func `words of other programs are understood`() throws {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    var session = try desk.open()
    _ = session.answer("c taxes..May")
    #expect(session.answer("edit 1 taxes..fall").text.contains("‹taxes will fall›"))
    #expect(session.answer("delete 1").text.contains("− claim 1"))
    #expect(session.answer("undo").text.contains("Undone: + claim 1"))
    #expect(session.answer("save").text.contains("saved"))
    _ = session.answer(":q")
    #expect(session.isOver)
  }
}

/// What a stranger stumbled over in a first article.
@Suite struct FirstArticleTests {
  private func open(canAsk: Bool = false) throws -> Session {
    let desk = try Desk()
    try desk.add(SessionTests.text)
    return try desk.open(canAsk: canAsk)
  }

  @Test func `a name of two words needs no quotation marks in a chain`() throws {
    for line in [
      "by=Ada Lund about=city taxes", "about=city taxes by=Ada Lund", "by=\"Ada Lund\" about=\"city taxes\"",
    ] {
      var session = try open()
      #expect(!session.answer("c taxes..May < The mayor < said \(line)").isRefusal, "\(line)")
      #expect(session.set.span(1)?.attributes["about"] == "city taxes", "\(line)")
      #expect(session.set.span(2)?.attributes["speaker"] == "Ada Lund", "\(line)")
    }
  }

  @Test func `several numbers after > are several targets`() throws {
    var session = try open()
    for line in ["c taxes..fall", "c 3:", "d 2:That is baseless > 1 2"] { _ = session.answer(line) }
    #expect(session.set.relations.map(\.to) == [.span(1), .span(2)])
  }

  @Test func `several spans go with one line, and what nothing uses any more is said`() throws {
    var session = try open()
    _ = session.answer("c taxes..May < The mayor < said")
    let page = session.answer("x 1").text
    #expect(page.contains("Nothing uses source 2 ‹The mayor› and cue 3 ‹said› now. “x 2 3” deletes them."))
    #expect(session.answer("x 2 3").text.contains("− cue 3"))
    #expect(session.set.spans.isEmpty)
    _ = session.answer("u")
    #expect(session.set.spans.count == 2)
  }

  @Test func `many edits are undone after a question, told in short, and come back with one line`() throws {
    var session = try open(canAsk: true)
    for number in 1...8 { _ = session.answer("c \(number)") }
    for line in ["g 2", "c 1", "c 2", "c 3"] { _ = session.answer(line) }
    let all = session.set
    #expect(session.answer("undo to 1").text.contains("That undoes 10 edits."))
    #expect(session.set.spans == all.spans)
    let answer = session.answer("1").text
    #expect(answer.contains("10 edits undone. “redo all” brings them back.") && session.set.spans.count == 1)
    #expect(session.answer("redo all").text.contains("10 edits redone."))
    #expect(session.set.spans == all.spans)
    #expect(session.answer("redo all").isRefusal && session.answer("redo to 3").isRefusal)
  }

  @Test func `u after a question undoes nothing`() throws {
    var session = try open(canAsk: true)
    _ = session.answer("c 1")
    #expect(session.answer("c baseless").isRefusal && session.offersChoices)
    #expect(session.answer("u").text.contains("the last line only asked"))
    #expect(session.set.spans.count == 1)
    _ = session.answer("u")
    #expect(session.set.spans.isEmpty)
  }

  @Test func `help explains an attribute, and done lists what is missing line by line`() throws {
    var session = try open()
    #expect(session.answer("help attribution").text.contains("Values: named"))
    #expect(session.answer("help about").text.contains("> set 4 about"))
    _ = session.answer("c taxes..fall")
    let page = session.answer("done")
    #expect(page.isRefusal && page.lines.count == 4, "\(page.text)")
    #expect(page.text.contains("missing:\n  claim 1 ‹taxes will fall› – no said-by or attribution\n“done!”"))
  }

  @Test func `a speaker that is almost one in use is told`() throws {
    var session = try open()
    for line in ["s The mayor", "by 1 \"Nasser Kanani\"", "s 2:Ms. Tarn"] { _ = session.answer(line) }
    #expect(session.answer("by 2 \"Nasser Kanni\"").text.contains("“Nasser Kanni” is almost “Nasser Kanani”"))
  }
}
