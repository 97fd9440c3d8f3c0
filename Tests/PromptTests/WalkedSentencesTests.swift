import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Prompt

/// Which sentences somebody has seen.
@Suite struct WalkedSentencesTests {
  static let text = "One came. Two came. Three came. Four came. Five came. Six came."

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.add(Self.text)
    return desk
  }

  private func stored(_ desk: Desk) throws -> AnnotationSet {
    try #require(try desk.workspace.annotations(of: "me", on: desk.workspace.document("doc")))
  }

  @Test func `sentences that were jumped over are told by done, also after a restart`() throws {
    let desk = try desk()
    var session = try desk.open(canAsk: true)
    session.see()
    for line in ["", "g 5", "c 1"] { _ = session.answer(line) }
    #expect(session.answer("done").text.contains("Sentences 3, 4 and 6 are unread."))
    _ = session.close()
    #expect(try stored(desk).skipped == [TextRange(20, 31), TextRange(32, 42)])
    session = try desk.open(canAsk: true)
    session.see()
    for line in ["p", "p", "g 6"] { _ = session.answer(line) }
    let answer = session.answer("done").text
    #expect(!answer.contains("unread"), "\(answer)")
    #expect(session.set.skipped.isEmpty)
    _ = session.answer("done!")
    #expect(session.set.status == .complete && session.set.skipped.isEmpty)
  }

  @Test func `a file in which nothing was skipped keeps its format, one with a gap names format 2`() throws {
    let desk = try desk()
    var session = try desk.open()
    session.see()
    _ = session.answer("c 1")
    let path = desk.file("Annotations/doc/me.json").path
    func file() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    #expect(try file().contains("\"format\": 1") && !file().contains("skipped"))
    for line in ["g 3", "c 1"] { _ = session.answer(line) }
    #expect(try file().contains("\"format\": 2"))
    #expect(try file().contains("\"skipped\": [{\"end\": 19, \"start\": 10}]"))
    for line in ["p", "done!"] { _ = session.answer(line) }
    #expect(try file().contains("\"format\": 1") && !file().contains("skipped"))
    _ = session.close()
    // A file of a later program, and skipped ranges that cannot be.
    let sound = try file()
    try sound.replacing("\"format\": 1", with: "\"format\": 3").write(
      toFile: path, atomically: true, encoding: .utf8)
    let newer = #expect(throws: Complaint.self) { try desk.open() }
    #expect(newer?.problem.contains("written by a newer gainsay (format 3)") == true)
    for skipped in ["[{\"end\": 9, \"start\": 9}]", "[{\"end\": 99, \"start\": 0}]"] {
      try sound.replacing("\"format\": 1", with: "\"format\": 2").replacing(
        "\"spans\"", with: "\"skipped\": \(skipped),\n  \"spans\""
      ).write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: Complaint.self, "\(skipped)") { try desk.open() }
    }
  }

  @Test func `what is counted of a file in progress ends before the first sentence that was skipped`() throws {
    let desk = try desk()
    var session = try desk.open()
    session.see()
    for line in ["c 1", "g 4", "c 1"] { _ = session.answer(line) }
    #expect(session.set.seenTo == 42 && session.set.readTo == 10)
  }
}
