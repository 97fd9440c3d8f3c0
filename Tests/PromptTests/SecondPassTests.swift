import Commands
import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Prompt

/// The same document by the same person once more, for agreement with oneself.
@Suite struct SecondPassTests {
  static func desk() throws -> Desk {
    let desk = try Desk()
    try desk.add("The mayor said taxes will fall in May.")
    for (who, line) in [("ana", "c 4-8"), ("ben", "c 4-6")] {
      var session = try desk.open(as: who)
      _ = session.answer(line)
      _ = session.answer("done!")
      _ = session.close()
    }
    return desk
  }

  static func assign(_ desk: Desk, _ words: String) throws -> String {
    try AssignOptions.read(words).outcome(in: desk.workspace).page.text
  }

  @Test func `the first pass is hidden until the second is done, which counts only where it is named`() throws {
    let desk = try Self.desk()
    #expect(throws: Complaint.self) { try Self.assign(desk, "--to cleo --again") }
    #expect(try Self.assign(desk, "--to ana --again").contains("Round 1: 1 document, 0 shared."))
    var session = try desk.open(as: "ana")
    #expect(session.annotator == "ana.2" && session.set.pass == 2 && session.set.spans.isEmpty)
    #expect(session.opening.text.contains("ana's pass 2: the earlier one is hidden until this is done."))
    _ = session.answer("c 4-7")
    #expect(session.answer("compare").text.contains("others' annotations of it are hidden"))
    let seen = try desk.workspace.reading(as: "ana")
    #expect(try seen.annotators(of: "doc") == ["ana.2"])
    #expect(throws: FileFault.self) { try seen.annotations(of: "ana", on: seen.document("doc")) }
    _ = session.answer("done!")
    _ = session.close()
    let file = try String(contentsOf: desk.file("Annotations/doc/ana.2.json"), encoding: .utf8)
    #expect(file.contains("\"pass\": 2") && file.contains("\"format\": 2"))

    func agree(_ words: String) throws -> String {
      try AgreeOptions.read(words + " --measure span-f1-exact --bootstrap 0").outcome(in: desk.workspace).page.text
    }
    #expect(try agree("").contains("Agreement of ana and ben on 1 document"))
    #expect(try agree("--annotators ana,ana.2").contains("Agreement of ana and ana.2"))
    #expect(try StatusOptions.read("").outcome(in: desk.workspace).page.text.contains("ana.2"))
    #expect(try Self.assign(desk, "--to ana --again").contains("ana.3"))
    session = try desk.open(as: "ana")
    #expect(session.annotator == "ana.3")
    _ = session.close()
  }

  @Test func `a person whose name has a number is no second pass`() throws {
    let desk = try Self.desk()
    var session = try desk.open(as: "ana.2")
    #expect(session.set.pass == 1 && session.annotator == "ana.2")
    _ = session.answer("c 4-7")
    _ = session.answer("done!")
    _ = session.close()
    let page = try CompareOptions.read("").outcome(in: desk.workspace).page.text
    #expect(page.contains("doc: ana, ana.2 and ben"))
  }
}
