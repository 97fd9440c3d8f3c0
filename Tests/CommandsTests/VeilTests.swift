import Standoff
import Comparison
import Foundation
import Pages
import Prompt
import Reports
import Storage
import TestSupport
import Testing

@testable import Commands

/// Who was assigned a document sees nothing of others' work until done.
@Suite struct VeilTests {
  /// Eli is assigned a document that dana has done; whatever eli asks, nothing of dana's comes out until eli is done.
  @Test func `who was assigned a document sees nothing of others' until done`() throws {
    let desk = try Desk.documents(3)
    _ = try desk.assign("d10 --to dana,eli --copies 2")
    var dana = try desk.open("d10", as: "dana")
    for line in [
      "c taxes fall", "by 1 \"Secret Speaker\"", "set 1 about secret-matter", "note 1 secret note", "done!",
    ] {
      _ = dana.answer(line)
    }
    _ = dana.close()
    let eyes = try desk.workspace.reading(as: "eli")
    func everything() throws -> String {
      var text = try ShownDocument("d10", annotators: [], in: eyes).page.text
      text += String(decoding: try ShownDocument("d10", annotators: [], in: eyes).json, as: UTF8.self)
      text +=
        String(decoding: try WorkspaceStatus(in: eyes).json, as: UTF8.self)
        + (try WorkspaceStatus(in: eyes).fullPage.text)
      text += String(decoding: try DocumentList(in: eyes).json, as: UTF8.self)
      for part in ["", "--full "] {
        text += try StatusOptions.read(part).outcome(in: eyes).page.text
        text += try AgreeOptions.read(part + "--bootstrap 0").outcome(in: eyes).page.text
        text += try CompareOptions.read(part).outcome(in: eyes).page.text
        text += try LedgerOptions.read(part).outcome(in: eyes).page.text
      }
      text += try String(
        decoding: ReportOptions.read("--bootstrap 0 --to -").outcome(in: eyes).data ?? [], as: UTF8.self)
      text +=
        (try? ExportOptions.read("jsonl").outcome(in: eyes)).flatMap { $0.data }
        .map { String(decoding: $0, as: UTF8.self) } ?? ""
      var session = try desk.open("d10", as: "eli")
      for line in ["suggest", "show", "list", "status", "compare", "ledger", "agree --bootstrap 0", "list documents"] {
        text += session.answer(line).text
      }
      _ = session.answer("c 1-2")
      for line in ["by 1 S", "by 1 ", "set 1 about ", "set 1 about s"] {
        text += Completion(line, in: session).candidates.map(\.text).joined(separator: "\n")
      }
      _ = session.close()
      return text
    }
    let before = try everything()
    for secret in ["Secret", "secret", "taxes fall› about"] { #expect(!before.contains(secret), "\(secret)") }
    let row = try WorkspaceStatus(in: eyes).fullPage.text.split(separator: "\n").first { $0.hasPrefix("d10") }
    #expect(row?.split(separator: " ").dropFirst() == ["?", "1", "–"])
    #expect(throws: Complaint.self) { try ShownDocument("d10", annotators: ["dana"], in: eyes) }
    #expect(throws: Complaint.self) {
      try Session(
        adjudicating: "d10", in: desk.workspace, by: "eli", annotators: [], isBlind: false, canAsk: false, me: ""
      ) { Desk.time }
    }
    // What is named and cannot be seen is no empty answer, and nobody moves or renames what they may not see.
    for attempt in [
      { _ = try CompareOptions.read("d10 --quiet").outcome(in: eyes) },
      { _ = try AgreeOptions.read("d10").outcome(in: eyes) },
      { _ = try LedgerOptions.read("d10").outcome(in: eyes) },
      { _ = try ExportOptions.read("jsonl d10").outcome(in: eyes) },
      { _ = try RenameOptions.read("about secret-matter x --dry-run").outcome(in: eyes, me: "eli", at: Desk.time) },
      {
        _ = try RealignOptions.read("d10 --with \(desk.root)/new.txt --dry-run").outcome(
          in: eyes, at: Desk.time)
      },
    ] as [() throws -> Void] {
      let error = #expect(throws: Complaint.self) { try attempt() }
      #expect(error?.problem.contains("eli was assigned d10 and has not done it") == true, "\(error?.problem ?? "")")
    }
    #expect(try !WorkspaceCheck(in: eyes).page.text.lowercased().contains("secret"))
    // Who was not assigned it sees everything, and so does eli from done on.
    #expect(
      try ShownDocument("d10", annotators: ["dana"], in: desk.workspace.reading(as: "lead")).page.text.contains("claim")
    )
    var eli = try desk.open("d10", as: "eli")
    _ = eli.answer("done!")
    _ = eli.close()
    #expect(try ShownDocument("d10", annotators: ["dana"], in: eyes).page.text.contains("claim 1 ‹taxes fall›"))
    #expect(try everything().contains("secret-matter"))
  }

  @Test func `assignments that cannot be read show nobody anything, and check says what is wrong`() throws {
    let desk = try Desk.documents(2)
    let path = desk.workspace.assignmentsPath
    try Data("{\"assignments\": [{\"document\": 1}]}".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: FileFault.self) { try desk.workspace.reading(as: "eli") }
    #expect(throws: Complaint.self) { try desk.open("d10", as: "eli") }
    let check = try WorkspaceCheck(in: desk.workspace)
    #expect(!check.isClean && check.page.text.contains("assignments.json, line 1"))
    #expect(throws: Complaint.self) { try desk.assign("d10 --to dana") }
    try Data(
      #"{"assignments": [{"annotators": ["a"], "document": "gone", "round": 1, "suggestions": true}], "format": 1}"#
        .utf8
    ).write(to: URL(fileURLWithPath: path))
    #expect(try WorkspaceCheck(in: desk.workspace).page.text.contains("assigns “gone”, but there is no such document"))
  }
}
