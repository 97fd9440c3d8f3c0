import Storage
import Foundation
import Pages
import TestSupport
import Testing

@testable import Prompt

/// What a blind adjudicator sees.
@Suite struct BlindAdjudicationTests {
  /// Every verb of the prompt, with every example of its help: nothing that it answers or writes names an annotator.
  @Test func `no verb shows who is who, and no file is written that does`() throws {
    let desk = try Desk.unadjudicated()
    var session = try desk.adjudicate(blind: true)
    let target = desk.root + "/out.jsonl"
    let lines =
      Verbs.all(session.scheme).flatMap { verb in [verb.name] + verb.examples }
      + [
        "export jsonl --to \(target)", "compare --lanes", "agree --json", "status --json", "check --json", "list",
        "show",
      ]
    // Who has annotated a document is no secret, only what of it is whose.
    let left = ["quit", "exit", "next", "open harbor-audit", "adjudicate", "adjudicate blind", "list documents"]
    for line in lines where !left.contains(line) {
      let answer = session.answer(line).text + session.view(width: 80, colour: false).text
      let words = Set(answer.split { !$0.isLetter })
      for name in ["dana", "eli", "noor"] where !line.contains(name) {
        #expect(!words.contains(name[...]), "\(line): \(answer)")
      }
    }
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test func `a name given twice is refused, not counted twice`() throws {
    let desk = try Desk.unadjudicated()
    #expect {
      _ = try Session(
        adjudicating: "ferry-contract", in: desk.workspace, by: "lead", annotators: ["dana", "dana"], isBlind: false,
        canAsk: false, me: "a test"
      ) { Desk.time }
    } throws: { ($0 as? Complaint)?.problem == "“dana” is named twice." }
    #expect(try !desk.workspace.hasGold("ferry-contract"))
  }
}
