import ArgumentParser
import Comparison
import Foundation
import Pages
import Prompt
import Reports
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// What a lead does to many people's files at once.
@Suite struct CorpusEditTests {
  /// dana puts speakers on sources, eli on contents; their keys of one matter differ.
  static func desk() throws -> Desk {
    let desk = try Desk()
    try desk.add("The mayor said taxes will fall in May, and he denied that rents rose.")
    for (who, lines) in [
      (
        "dana",
        ["c 4-8 < The mayor < said about=tax", "by 1 \"Ida Holm\"", "d 13-14 < he < denied", "by 4 \"Ida Holm\""]
      ),
      (
        "eli",
        [
          "c 4-8 < The mayor < said about=taxes", "set 1 speaker \"Ida Holm\"", "d 13-14 < he < denied",
          "set 4 speaker \"Ida Holm\"",
        ]
      ),
    ] {
      var session = try desk.open(as: who)
      for line in lines { #expect(!session.answer(line).isRefusal, "\(line)") }
      _ = session.answer("done!")
      _ = session.close()
    }
    return desk
  }

  static func speakers(_ desk: Desk, _ who: String) throws -> [String: String] {
    let set = try #require(try desk.workspace.annotations(of: who, on: try desk.workspace.document("doc")))
    return Dictionary(
      set.spans.compactMap { span in span.attributes["speaker"].map { ("\(span.label) \(span.id)", $0) } }
    ) {
      first, _ in first
    }
  }

  static func move(_ desk: Desk, _ words: String) throws -> String {
    try MoveOptions.read(words).outcome(in: desk.workspace, me: "lead", at: Desk.time).page.text
  }

  static func rename(_ desk: Desk, _ words: String) throws -> String {
    try RenameOptions.read(words).outcome(in: desk.workspace, me: "lead", at: Desk.time).page.text
  }

  @Test func `speakers move from contents to their sources, for one annotator, and back`() throws {
    let desk = try Self.desk()
    let before = try Self.speakers(desk, "eli")
    #expect(before.keys.contains("claim 1"))
    #expect(try Self.move(desk, "speaker contents sources --as eli --dry-run").contains("Would move 2 speakers"))
    #expect(try Self.speakers(desk, "eli") == before)
    #expect(try Self.move(desk, "speaker contents sources --as eli").contains("Moved 2 speakers"))
    #expect(try Self.speakers(desk, "eli").keys.allSatisfy { $0.hasPrefix("source") })
    #expect(try Self.rename(desk, "--undo --dry-run").contains("Would take back"))
    #expect(try Self.rename(desk, "--undo").contains("Took back"))
    #expect(try Self.speakers(desk, "eli") == before)
    #expect(throws: Complaint.self) { try Self.rename(desk, "--undo") }
    #expect(throws: Complaint.self) { try Self.move(desk, "about contents sources") }
  }

  @Test func `rename acts for one annotator alone, and its undo names a file that changed since`() throws {
    let desk = try Self.desk()
    #expect(throws: Complaint.self) { try Self.rename(desk, "speaker \"Ida Holm\" Holm --as nobody") }
    #expect(try Self.rename(desk, "speaker \"Ida Holm\" \"I. Holm\" --as eli").contains("of 1 file"))
    #expect(try Self.speakers(desk, "eli").values.allSatisfy { $0 == "I. Holm" })
    #expect(try Self.speakers(desk, "dana").values.allSatisfy { $0 == "Ida Holm" })
    _ = try Self.rename(desk, "speaker \"I. Holm\" Holm")
    var session = try desk.open(as: "eli")
    _ = session.answer("note 1 seen")
    _ = session.close()
    #expect(try Self.rename(desk, "--undo").contains("eli on doc: has changed since, and is left as it is"))
    #expect(try Self.speakers(desk, "eli").values.allSatisfy { $0 == "Holm" })
  }

  @Test func `others' unfinished files are named before anything changes, where git may meet two versions`() throws {
    let desk = try Self.desk()
    try FileManager.default.createDirectory(at: desk.file(".git"), withIntermediateDirectories: true)
    var session = try desk.open(as: "eli")
    _ = session.answer("undone")
    _ = session.close()
    let error = #expect(throws: Complaint.self) { try Self.rename(desk, "speaker \"Ida Holm\" Holm") }
    #expect(error?.problem.contains("eli on doc is not done") == true)
    #expect(try Self.rename(desk, "speaker \"Ida Holm\" Holm --dry-run").contains("eli is not done with doc"))
    #expect(try Self.rename(desk, "speaker \"Ida Holm\" Holm --in-progress").contains("of 2 files"))
  }

  @Test func `people agree on a speaker wherever each of them put it`() throws {
    let desk = try Self.desk()
    let agree = try AgreeOptions.read("--measure attribute-agreement --bootstrap 0").outcome(in: desk.workspace)
    let speaker = agree.page.text.split(separator: "\n").first { $0.hasPrefix("speaker") }
    #expect(speaker?.contains("1.000") == true)
    let compare = try CompareOptions.read("--full").outcome(in: desk.workspace).page.text
    #expect(compare.contains("1 disagreement in 1 document. 1 is over attributes alone"), "\(compare)")
    #expect(compare.contains("speaker stands: dana on 2 sources and 0 contents; eli on 0 sources and 2 contents."))
  }

  @Test func `two keys are made one for good, and count as one`() throws {
    let desk = try Self.desk()
    func lists(_ words: [String]) throws -> String {
      let command = try ListsCommand.parse(words + ["-C", desk.root])
      let shell = Shell(
        viewer: "lead", me: "lead", disk: POSIXDisk(), currentFolder: desk.root, width: 80, isColoured: false,
        now: Desk.time)
      return try command.outcome(in: shell).page.text
    }
    let table = try CompareOptions.read("--attribute about").outcome(in: desk.workspace).page.text
    #expect(table.contains("about: dana  eli    spans") && table.contains("tax          taxes      1"), "\(table)")
    #expect(try lists(["--propose"]).contains("matters.json: 2 names, 2 of them new, and 0 other spellings"))
    let known = try desk.workspace.sharedLists()
    #expect(known.speakers.map(\.name) == ["Ida Holm"] && known.matters.map(\.key) == ["tax", "taxes"])
    #expect(known.matters[0].proposition == "taxes will fall in May")
    #expect(try lists(["--same", "about", "tax", "taxes"]).contains("“taxes” now counts as “tax”."))
    #expect(try desk.workspace.sharedLists().matters.map(\.aliases) == [["taxes"]])
    #expect(try CompareOptions.read("").outcome(in: desk.workspace).page.text.contains("0 disagreements"))
    let ledger = try Ledger(["doc"], in: desk.workspace, annotator: "eli")
    #expect(ledger.matters.compactMap(\.key) == ["tax"])
    #expect(throws: Complaint.self) { try lists(["--same", "about", "tax"]) }
    #expect(throws: Complaint.self) { try lists(["--same", "about", "tax", "tax"]) }
    #expect(throws: Complaint.self) { try lists(["--same", "about", "tax", "nobody uses this"]) }
  }
}
