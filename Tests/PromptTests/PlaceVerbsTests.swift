import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Prompt

/// Marking every place of a span's words.
@Suite struct PlaceVerbsTests {
  static let text = """
    The mayor said taxes fall. Mayor Ada Lund denied it. “The mayor knows,” Ms. Tarn said. May the mayor explain?

    In May nobody asked the mayor.
    """

  @Test func `every other place is shown with what is marked there, and one undo takes back all`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in ["s The mayor/1", "by 1 \"Ada Lund\"", "q 3:The mayor knows", "s 4:the mayor"] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    expect(
      session.answer("all 1"),
      #"""
      1  3: …or Ada Lund denied it. “[The mayor] knows,” Ms. Tarn said. …  (quote 2)
      2  5: …n?  In May nobody asked [the mayor].…
      1 other place is marked already.
      Mark several with “all 1 1 2”, all with “all 1 !”.
      """#)
    let before = session.set
    let answer = session.answer("all 1 !").text
    #expect(answer.contains("+ source 4 ‹The mayor› speaker=Ada Lund, in sentence 3"))
    #expect(answer.contains("+ source 5 ‹the mayor› speaker=Ada Lund, in sentence 5"))
    #expect(session.answer("all 1 !").text == "Already so: the other 3 places in this document are marked.\n")
    _ = session.answer("u")
    #expect(session.set.spans == before.spans)
    #expect(session.answer("all 1 2").text.contains("+ source 6 ‹the mayor› speaker=Ada Lund, in sentence 5"))
    for line in ["all 1 3", "all 1 0", "all 1 2-1", "all 1 everywhere", "all 9"] {
      #expect(session.answer(line).isRefusal, "\(line)")
    }
  }

  @Test func `at a terminal one key marks a place`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open(canAsk: true)
    _ = session.answer("s The mayor/1")
    #expect(!session.answer("all 1").isRefusal && session.offersChoices)
    #expect(session.answer("1").text.contains("+ source 2 ‹The mayor›, in sentence 3"))
  }

  @Test func `words whose case makes another word are not the same words`() throws {
    let desk = try Desk()
    try desk.add("US officials told us so. The US denied it. Nobody told US reporters. Us?")
    var session = try desk.open()
    _ = session.answer("s US/1")
    let page = session.answer("all 1").text
    #expect(page.contains("The [US] denied") && page.contains("told [US] reporters"))
    #expect(!page.contains("[us]") && !page.contains("[Us]"))
    #expect(session.answer("s so\n").text.contains("+ source 2"))
    #expect(session.answer("all 2").text == "Nothing to mark: these words stand nowhere else in this document.\n")
  }

  /// Three documents with the same words; the last is done.
  private func desk() throws -> Desk {
    let desk = try Desk()
    for id in ["doc", "other", "third"] { try desk.add(Self.text, id: id) }
    var third = try desk.open("third")
    _ = third.answer("done!")
    _ = third.close()
    return desk
  }

  private func spans(_ desk: Desk, _ id: String) throws -> [Annotation] {
    try desk.workspace.annotations(of: "me", on: desk.workspace.document(id))?.spans ?? []
  }

  @Test func `a batch marks one's own open documents, and undo and redo go along`() throws {
    let desk = try desk()
    var session = try desk.open()
    _ = session.answer("s Ms. Tarn")
    _ = session.answer("s 3:Ms. Tarn")
    #expect(session.answer("all 1").text.contains("nowhere else in this document"))
    let shown = session.answer("all 1 documents").text
    #expect(shown.contains("other") && !shown.contains("third"))
    #expect(session.answer("all 1 documents !").text.contains("other: + 1 span"))
    #expect(try spans(desk, "other").map(\.label) == ["source"] && spans(desk, "third").isEmpty)
    #expect(session.answer("u").text.contains("Undone in other: − 1 span"))
    #expect(try spans(desk, "other").isEmpty && session.set.spans.count == 1)
    #expect(session.answer("redo").text.contains("Redone in other: + 1 span"))
    #expect(try spans(desk, "other").count == 1)
    // It goes back also after a restart.
    _ = session.close()
    session = try desk.open()
    #expect(session.answer("u").text.contains("Undone in other: − 1 span"))
    #expect(try spans(desk, "other").isEmpty)
  }

  @Test func `what has changed since is named and left, and so is what somebody else has open`() throws {
    let desk = try desk()
    var session = try desk.open()
    _ = session.answer("s 3:Ms. Tarn")
    let held = try desk.open("other")
    #expect(session.answer("all 1 documents !").text.contains("other: left as it is."))
    var other = held
    _ = other.close()
    #expect(session.answer("all 1 documents !").text.contains("other: + 1 span"))
    other = try desk.open("other")
    _ = other.answer("c 1:taxes fall")
    _ = other.close()
    #expect(session.answer("u").text.contains("other: has changed since, and is left as it is"))
    #expect(try spans(desk, "other").count == 2)
  }
}
