import Standoff
import Storage
import Foundation
import Pages
import Prompt
import Reports
import TestSupport
import Testing

@testable import Commands

@Suite struct RenameTests {
  @Test func `check lists spellings that are alike with the rename that joins them, and rename joins them`() throws {
    let desk = try Desk.documents(2)
    for (document, annotator, name) in [
      ("d10", "dana", "Maren Tolk"), ("d10", "eli", "Maren Tolk"), ("d11", "dana", "M. Tolk"),
      ("d11", "eli", "Marin Tolk"),
    ] {
      var session = try desk.open(document, as: annotator)
      _ = session.answer("c taxes fall")
      _ = session.answer("by 1 \"\(name)\"")
      _ = session.close()
    }
    let schemas = desk.root + "/Schemas/"
    try Data(#"{"format": 1, "speakers": [{"aliases": ["M. Tolk"], "name": "Maren Tolk"}]}"#.utf8)
      .write(to: URL(fileURLWithPath: schemas + "speakers.json"))
    let check = try WorkspaceCheck(in: desk.workspace)
    #expect(check.isClean)
    #expect(check.page.text.contains("gainsay rename speaker 'M. Tolk' 'Maren Tolk'"))
    #expect(check.page.text.contains("gainsay rename speaker 'Marin Tolk' 'Maren Tolk'"))
    func rename(_ words: String) throws -> String {
      try RenameOptions.read(words).outcome(in: desk.workspace, me: "lead, process 1", at: Desk.time).page.text
    }
    #expect(try rename("speaker 'M. Tolk' 'Maren Tolk' --dry-run").contains("Would change"))
    #expect(try rename("speaker 'M. Tolk' 'Maren Tolk'").contains("in 1 span of 1 file"))
    #expect(try rename("speaker 'Marin Tolk' 'Maren Tolk'").contains("in 1 span of 1 file"))
    #expect(throws: Complaint.self) { try rename("speaker 'Marin Tolk' 'Maren Tolk'") }
    #expect(throws: Complaint.self) { try rename("label claim denial") }
    for annotator in ["dana", "eli"] {
      var session = try desk.open("d11", as: annotator)
      #expect(session.set.spans[0].attributes["speaker"] == "Maren Tolk")
      _ = session.answer("u")
      #expect(session.set.spans[0].attributes["speaker"] != "Maren Tolk")
      _ = session.close()
    }
  }

  @Test func `rename changes nothing where somebody has a file open`() throws {
    let desk = try Desk.documents(2)
    var sessions: [Session] = []
    for document in ["d10", "d11"] {
      var session = try desk.open(document, as: "dana")
      _ = session.answer("c taxes fall")
      _ = session.answer("set 1 about tax")
      sessions.append(session)
    }
    _ = sessions[0].close()
    let error = #expect(throws: Complaint.self) {
      try RenameOptions.read("about tax taxes").outcome(in: desk.workspace, me: "lead", at: Desk.time)
    }
    #expect(error?.problem.contains("a test is editing dana") == true)
    let set = try #require(try desk.workspace.annotations(of: "dana", on: desk.workspace.document("d10")))
    #expect(set.spans[0].attributes["about"] == "tax")
    _ = sessions[1].close()
  }
}
