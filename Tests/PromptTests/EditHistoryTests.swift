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
    #expect(log.contains("about=taxes in sentence 1 [before: no about]"))
    #expect(log.contains("undone: − source 2 ‹mayor›"))
    #expect(log.contains("about=levies in sentence 1 [before: about=taxes]"))
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
