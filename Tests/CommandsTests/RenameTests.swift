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
  @Test func `check lists spellings that are alike, and rename joins them`() throws {
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
    #expect(check.page.text.contains("speaker “Marin Tolk” (1 span) looks like “Maren Tolk”."))
    #expect(!check.page.text.contains("gainsay rename speaker 'Marin Tolk'"))
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

  /// A span of two annotators each with a misspelt speaker.
  static func desk() throws -> MemoryDesk {
    let desk = try MemoryDesk()
    for name in ["dana", "eli"] {
      var store = try desk.open(name)
      let edit = store.set.adding(
        label: "claim", fragments: [TextRange(0, 9)], attributes: ["speaker": "Mayr"], at: MemoryDesk.time)
      try store.commit(edit, at: MemoryDesk.time)
      try store.close()
    }
    return desk
  }

  static func rename(_ desk: MemoryDesk) throws {
    _ = try Renaming(attribute: "speaker", old: "Mayr", new: "Mayor", annotator: nil, changesUnfinished: false)
      .carryOut(
        in: desk.workspace, isDry: false, me: "lead", at: MemoryDesk.time)
  }

  @Test func `a renaming changes every file or none, at every single call`() throws {
    func speakers(_ disk: MemoryDisk) throws -> [String?] {
      let workspace = MemoryDesk(disk).workspace
      _ = try workspace.settle()
      return try ["dana", "eli"].map { name in
        let document = try workspace.document("doc")
        #expect(try workspace.checked(name, on: document).faults.isEmpty)
        return try workspace.annotations(of: name, on: document)?.spans[0].attributes["speaker"]
      }
    }
    let whole = try Self.desk()
    let start = whole.disk.calls
    try Self.rename(whole)
    let calls = whole.disk.calls - start
    #expect(try speakers(whole.disk) == ["Mayor", "Mayor"])
    // The rename stands in the journals, so that “u” undoes it.
    var store = try whole.open("dana")
    #expect(try store.undo(at: MemoryDesk.time) != nil)
    try store.close()
    for call in 1...calls {
      for trouble in [MemoryDisk.Trouble.fails(28), .fallsShort] {
        let desk = try Self.desk()
        desk.disk.plan(trouble, atCall: call)
        let isDone = (try? Self.rename(desk)) != nil
        #expect(try speakers(desk.disk) == (isDone ? ["Mayor", "Mayor"] : ["Mayr", "Mayr"]), "\(call)")
      }
      let desk = try Self.desk()
      desk.disk.plan(.cut, atCall: call)
      try? Self.rename(desk)
      let fate = MemoryDisk.Fate.all[call % MemoryDisk.Fate.all.count]
      for disk in [desk.disk.afterKill(), desk.disk.afterPowerCut(fate)] {
        let found = try speakers(disk)
        #expect(found == ["Mayor", "Mayor"] || found == ["Mayr", "Mayr"], "\(call)")
      }
    }
  }

  @Test func `what another program writes in the middle of a renaming is never overwritten`() throws {
    let theirs = Array("{\"theirs\": true}\n".utf8)
    let probe = try Self.desk()
    let start = probe.disk.calls
    try Self.rename(probe)
    var refused = 0
    for call in 1...(probe.disk.calls - start) {
      for name in ["eli.json", ".eli.journal"] {
        let desk = try Self.desk()
        let disk = desk.disk
        disk.plan(.meanwhile { try disk.replace("/w/Annotations/doc/\(name)", with: theirs) }, atCall: call)
        let isDone = (try? Self.rename(desk)) != nil
        refused += isDone ? 0 : 1
        // A journal that is none is set aside, with all that it holds.
        let kept = try disk.names(in: "/w/Annotations/doc").filter { $0.hasPrefix(name) }
          .contains { try disk.read(Paths.join("/w/Annotations/doc", $0)) == theirs }
        #expect(kept, "\(call) \(name) \(isDone)")
        let set = try desk.workspace.annotations(of: "dana", on: desk.workspace.document("doc"))
        #expect(set?.spans[0].attributes["speaker"] == (isDone ? "Mayor" : "Mayr"), "\(call)")
        #expect(try disk.entry("/w/Annotations/.pending") == nil)
      }
    }
    #expect(refused > 20)
  }
}
