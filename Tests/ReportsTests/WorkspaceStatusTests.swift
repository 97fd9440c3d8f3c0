import Pages
import Comparison
import Foundation
import Prompt
import Standoff
import TestSupport
import Testing

@testable import Reports

@Suite struct WorkspaceStatusTests {
  @Test func `status tells hours, speed and time left from the journals`() throws {
    let start = 1_795_000_000
    let desk = try Desk.documents(3)
    _ = try desk.assign("d10 d11 d12 --to dana")
    var now = start
    var session = try Session(in: desk.workspace, document: "d10", annotator: "dana", canAsk: false, me: "dana") {
      Timestamp(secondsSince1970: start)
    }
    _ = session.answer("c taxes fall")
    _ = session.answer("done!")
    _ = session.close()
    now += 1
    let status = try WorkspaceStatus(in: desk.workspace)
    let dana = try #require(status.people.first { $0.name == "dana" })
    #expect(dana.assigned == 3 && dana.done == 1 && dana.spans == 1 && dana.active == 30)
    #expect(dana.perHour == 120 && dana.left == 60)
    #expect(
      status.fullPage.text.contains("1/3") && status.fullPage.text.contains("todo")
        && status.fullPage.text.contains("about 1 min"))
  }

  @Test func `going to and fro between documents does not lengthen the hours`() throws {
    let desk = try Desk.documents(3)
    _ = try desk.assign("d10 d11 d12 --to dana")
    let edits = [
      ("d10", 0, "c taxes fall"), ("d11", 60, "c taxes fall"), ("d10", 120, "k 3"), ("d11", 180, "k 3"),
      ("d10", 180, "done!"), ("d11", 180, "done!"),
    ]
    for (document, offset, line) in edits {
      var session = try Session(in: desk.workspace, document: document, annotator: "dana", canAsk: false, me: "dana") {
        Timestamp(secondsSince1970: 1_795_000_000 + offset)
      }
      #expect(!session.answer(line).isRefusal)
      _ = session.close()
    }
    let dana = try #require(try WorkspaceStatus(in: desk.workspace).people.first)
    #expect(dana.active == 30 + 180 && dana.spans == 4)
    #expect(dana.perHour == 4 * 3600.0 / 210)
    // Two documents took 210 seconds, and the third has as many words as either.
    #expect(dana.left == 105)
  }

  @Test(.tags(.slow)) func `a label that drifts is said`() throws {
    let desk = try Desk.documents(12)
    for index in 0..<12 {
      for annotator in ["dana", "eli"] {
        var session = try Session(
          in: desk.workspace, document: "d\(index + 10)", annotator: annotator, canAsk: false, me: annotator
        ) { Timestamp(secondsSince1970: 1_795_000_000 + index * 1000) }
        _ = session.answer(index >= 7 && annotator == "eli" ? "c 3-5" : "c 4-5")
        _ = session.answer("done!")
        _ = session.close()
      }
    }
    let status = try WorkspaceStatus(in: desk.workspace)
    let agreement = try #require(status.agreement.first)
    #expect(status.agreement.count == 1 && agreement.label == "claim" && agreement.f1 == 7.0 / 12)
    #expect(agreement.recent == 0 && agreement.before == 1)
    #expect(
      status.fullPage.text.contains(
        "Agreement on claim is falling: exact F1 over all pairs is 0.000 in the last 5 documents, down from 1.000.")
    )
  }

  @Test func `the page of work that is done and assigned`() throws {
    let desk = try Desk.compared()
    _ = try desk.assign("taxes --to dana,noor --copies all")
    expect(
      try WorkspaceStatus(in: desk.workspace).fullPage,
      #"""
               dana     eli  noor  F1 so far
      ferry  4 done  4 done     –      1.000
      taxes  4 done  4 done  todo      0.250
      Spans per annotator; “todo”: assigned but not begun. F1: exact spans, mean over pairs of annotators who are done.

            done  spans  active  spans per hour  time left
      dana   1/1      8    30 s             960          –
      eli      2      8    30 s             960          –
      noor   0/1      0       –               –          –
      Active time comes from the journals: a minute counts once, whatever documents it went to, and pauses of more than 5 minutes do not count.
      Adjudicated: 0 of 2 documents.
      """#)
  }
}
