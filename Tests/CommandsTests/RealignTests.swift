import Prompt
import Storage
import Foundation
import Pages
import Reports
import Standoff
import TestSupport
import Testing

@testable import Commands

/// `gainsay realign`, as far as it needs no shell.
@Suite struct RealignTests {
  static let text = """
    Harbour notes

    Ms. Tarn said the pier was sound. The council denied that teh cranes had been sold. “We sold nothing,” it said.

    A resident called the plan hopeless. No date has been set for the first sailing of the year.

    """

  let desk: Desk
  let time = Timestamp(secondsSince1970: 1_796_000_000)

  /// - Parameter lines: what is typed at the prompt, by annotator.
  init() throws {
    desk = try Desk()
    try desk.add(Self.text)
    try mark("dana", ["s 2:Ms. Tarn", "c 2:the pier was sound", "d 3:teh cranes had been sold", "3 > -"])
    try mark("eli", ["c 5:called the plan hopeless", "q 4:We sold nothing"])
  }

  private func mark(_ annotator: String, _ lines: [String]) throws {
    var session = try desk.open(as: annotator)
    for line in lines { #expect(!session.answer(line).isRefusal, "\(line): \(session.answer(line).text)") }
    _ = session.close()
  }

  private func realign(_ text: String, _ words: String = "") throws -> CommandOutcome {
    try realign(Array(text.utf8), words)
  }

  private func realign(_ bytes: [UInt8], _ words: String = "") throws -> CommandOutcome {
    let path = desk.root + "/corrected.txt"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try RealignOptions.read("doc --with \(path) \(words)").outcome(in: desk.workspace, at: time)
  }

  private func marked(_ annotator: String) throws -> [String] {
    let document = try desk.workspace.document("doc")
    let set = try #require(try desk.workspace.annotations(of: annotator, on: document))
    return set.inReadingOrder.map { "\($0.id) \($0.label) \(document.text[$0.hull])" }
  }

  /// Every file of the document by name, but locks.
  private func files() throws -> [String: Data] {
    let folder = desk.workspace.folder(of: "doc")
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
    return files
  }

  @Test func `everyone's spans go along, edits in their words are shown, and undo begins anew`() throws {
    let corrected = Self.text.replacing("teh cranes", with: "the cranes").replacing("notes\n", with: "notes, mended\n")
    let outcome = try realign(corrected)
    #expect(outcome.status == 0)
    let page = outcome.page.text
    #expect(page.contains("dana: 3 spans: 2 exact, 1 approximate."), "\(page)")
    #expect(page.contains("3 denial ‹teh cranes had been sold› → ‹the cranes had been sold›: approximate"), "\(page)")
    #expect(page.contains("eli: 2 spans: 2 exact."), "\(page)")
    #expect(page.contains("Wrote the text of doc and 2 annotation files."))
    #expect(page.contains("can no longer be undone; they are kept in .dana.journal-2026"))
    let dana = ["1 source Ms. Tarn", "2 claim the pier was sound", "3 denial the cranes had been sold"]
    #expect(try marked("dana") == dana)
    #expect(try desk.workspace.document("doc").text.string == corrected)
    #expect(try WorkspaceCheck(in: desk.workspace).isClean)
    #expect(try desk.workspace.document("doc").title == "Title")
    var session = try desk.open(as: "dana")
    _ = session.answer("u")
    #expect(session.set.spans.count == 3)
    _ = session.close()
  }

  @Test func `what has no sure place is listed and nothing is written, unless it is to be dropped`() throws {
    let corrected = Self.text.replacing("The council denied that teh cranes had been sold. ", with: "")
      .replacing("called the plan hopeless. ", with: "called the plan hopeless, called the plan hopeless. ")
    let before = try files()
    for words in ["--dry-run", ""] {
      let outcome = try realign(corrected, words)
      #expect(outcome.status == 1)
      let page = outcome.page.text
      #expect(page.contains("dana: 3 spans: 2 exact, 1 lost."), "\(page)")
      #expect(page.contains("3 denial ‹teh cranes had been sold›, was @73-97: lost."), "\(page)")
      #expect(page.contains("1 relation of these spans is removed too."), "\(page)")
      #expect(page.contains("1 claim ‹called the plan hopeless›, was @139-163: ambiguous; it may be"), "\(page)")
      #expect(page.contains("@89-113  …"), "\(page)")
      #expect(page.contains("2 spans cannot be placed reliably in the new text."))
      #expect(page.contains("Nothing was written"))
      #expect(try files() == before)
    }
    #expect(try realign(corrected, "--drop --dry-run").status == 0)
    #expect(try files() == before)
    let outcome = try realign(corrected, "--drop")
    #expect(outcome.status == 0)
    #expect(outcome.page.text.contains("2 spans dropped."))
    #expect(outcome.page.text.contains("3 denial ‹teh cranes had been sold›, was @73-97: lost."))
    #expect(try marked("dana") == ["1 source Ms. Tarn", "2 claim the pier was sound"])
    #expect(try marked("eli").count == 1)
    #expect(try WorkspaceCheck(in: desk.workspace).isClean)
  }

  @Test func `a paragraph moved elsewhere is said to be found by its context`() throws {
    let paragraphs = Self.text.split(separator: "\n\n").map(String.init)
    let outcome = try realign([paragraphs[0], paragraphs[2], paragraphs[1]].joined(separator: "\n\n"))
    #expect(outcome.status == 0, "\(outcome.page.text)")
    #expect(
      outcome.page.text.contains("1 claim ‹called the plan hopeless›: placed by context at @2"), "\(outcome.page.text)")
    #expect(try marked("eli").contains("1 claim called the plan hopeless"))
  }

  @Test func `what is no corrected text is refused, and nothing is changed`() throws {
    let before = try files()
    for (bytes, said) in [
      (Array(Self.text.utf8), "“doc” already has this text"), ([0x41, 0xFF], "byte 1 is not UTF-8"),
      ([], "the text is empty"), (Array(" \n".utf8), "the text is empty"),
      ([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), "“doc” already has this text"),
    ] {
      let complaint = #expect(throws: Complaint.self) { try realign(bytes) }
      #expect(complaint?.problem.contains(said) == true, "\(complaint?.problem ?? "")")
      #expect(try files() == before)
    }
    let unknown = #expect(throws: Complaint.self) {
      try RealignOptions.read("dock --with x").outcome(in: desk.workspace, at: time)
    }
    #expect(unknown?.problem == "There is no document “dock”. Did you mean doc?")
  }

  @Test func `who has the document open is named, and nothing is changed`() throws {
    var session = try desk.open(as: "eli")
    let before = try files().filter { !$0.key.hasSuffix(".lock") }
    let complaint = #expect(throws: Complaint.self) { try realign(Self.text + "More.\n") }
    #expect(complaint?.problem == "Annotations/doc/eli.json: it is open in another session (a test).")
    #expect(try realign(Self.text + "More.\n", "--dry-run").status == 0)
    _ = session.close()
    #expect(try files() == before)
  }

  @Test func `a damaged file and a link stop it, and nothing is changed`() throws {
    let folder = desk.workspace.folder(of: "doc")
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.root)
    let linked = #expect(throws: Complaint.self) { try realign(Self.text + "More.\n") }
    #expect(linked?.problem == "Annotations/doc/link is a link; gainsay follows no links inside a workspace.")
    try FileManager.default.removeItem(atPath: link)
    try Data("{\"annotator\": \"eli\",\n  oops".utf8).write(to: URL(fileURLWithPath: folder + "/eli.json"))
    let before = try files()
    let complaint = #expect(throws: Complaint.self) { try realign(Self.text + "More.\n") }
    #expect(complaint?.problem.hasPrefix("Annotations/doc/eli.json, line 2") == true)
    #expect(try files() == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.workspace.annotationsFolder)
    #expect(names.sorted() == [".gitignore", "doc"])
  }
}
