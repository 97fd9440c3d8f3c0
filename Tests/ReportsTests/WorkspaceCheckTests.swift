import Pages
import Storage
import Foundation
import Prompt
import Standoff
import TestSupport
import Testing

@testable import Reports

@Suite struct WorkspaceCheckTests {
  @Test func `check finds every span that is wrong, not only the first`() throws {
    let desk = try Desk.sample()
    let path = desk.workspace.path(of: "dana", on: "ferry-contract")
    let text = String(decoding: try desk.workspace.read(path), as: UTF8.self)
    let spans = text.components(separatedBy: "\"start\": ").count
    try Data(text.replacing("\"text\": \"", with: "\"text\": \"~").utf8).write(to: URL(fileURLWithPath: path))
    let page = try WorkspaceCheck(in: desk.workspace).page
    #expect(page.text.components(separatedBy: "quotes “").count > 20 && spans > 20)
  }

  @Test func `check remarks on copies, on work nobody was assigned, and on files of several hands`() throws {
    let desk = try Desk.documents(2)
    _ = try desk.assign("d10 --to dana")
    var now = 1_795_000_000
    for (annotator, me) in [("dana", "dana, process 1"), ("dana", "eli, process 2")] {
      var session = try Session(in: desk.workspace, document: "d10", annotator: annotator, canAsk: false, me: me) {
        [now] in Timestamp(secondsSince1970: now)
      }
      _ = session.answer(me.hasPrefix("dana") ? "c 4" : "s 2")
      _ = session.close()
      now += 60
    }
    var session = try Session(in: desk.workspace, document: "d10", annotator: "dana", canAsk: false, me: "dana") {
      [now] in Timestamp(secondsSince1970: now)
    }
    _ = session.answer("k 3")
    _ = session.close()
    let folder = desk.workspace.folder(of: "d10")
    let copy = try String(contentsOfFile: folder + "/dana.json", encoding: .utf8)
      .replacing("\"annotator\": \"dana\"", with: "\"annotator\": \"omar\"")
    try Data(copy.utf8).write(to: URL(fileURLWithPath: folder + "/omar.json"))
    let page = try WorkspaceCheck(in: desk.workspace).page.text
    #expect(page.contains("omar's 3 spans of d10 are dana's"))
    #expect(page.contains("omar annotated d10, which is assigned to dana"))
    #expect(page.contains("dana's annotations of d10 were edited by dana (2 edits) and eli (1 edit)"))
    #expect(page.contains("3 remarks"))
  }

  @Test func `check never proposes to rename a joint speaker to one of its two, or a name to a worse spelling`() throws
  {
    let desk = try Desk.documents(1)
    let french = #"{"conjunctions": ["et"], "format": 1, "language": "fr", "version": "1"}"#
    try desk.write(french, to: "Schemas/fr.lexicon.json")
    let speakers = [
      "Iran", "Russia and Iran", "Russland und Iran", "La Russie et Iran", "Nasser Kanani", "nasser kanani", "Kanani",
    ]
    for (index, speaker) in speakers.enumerated() {
      var session = try desk.open("d10", as: "p\(index)")
      _ = session.answer("c taxes fall")
      #expect(!session.answer("by 1 \"\(speaker)\"").isRefusal)
      _ = session.close()
    }
    expect(
      try WorkspaceCheck(in: desk.workspace).page,
      #"""
      speaker “nasser kanani” (1 span) looks like “Nasser Kanani”.
        gainsay rename speaker 'nasser kanani' 'Nasser Kanani'
      speaker “Kanani” (1 span) looks like “Nasser Kanani”.
        If they mean the same, “gainsay rename speaker OLD NEW” makes them one.
      No problems: 1 document, 7 annotation files.
      2 remarks, not counted as problems.
      """#)
  }

  @Test func `a workspace without a problem`() throws {
    expect(
      try WorkspaceCheck(in: Desk.compared().workspace).page,
      #"""
      Nothing uses cue 3 of dana on taxes.
        Relate what they belong to, or delete them; “list orphans” at the prompt shows them.
      No problems: 2 documents, 4 annotation files.
      1 remark, not counted as problems.
      """#)
  }

  @Test func `every problem of a damaged workspace is said at once, with its place`() throws {
    let desk = try Desk.compared()
    let eli = try String(contentsOf: desk.file("Annotations/ferry/eli.json"), encoding: .utf8)
    try desk.write(
      eli.replacing("\"text\": \"The ferry sank", with: "\"text\": \"A ferry sank"), to: "Annotations/ferry/eli.json")
    try desk.write("{\"annotator\": \"noor\",\n  oops", to: "Annotations/ferry/noor.json")
    try desk.write("Another text.", to: "Annotations/taxes/document.txt")
    try desk.write("{\"format\": 1}", to: "Schemas/broken.scheme.json")
    expect(
      try WorkspaceCheck(in: desk.workspace).page,
      #"""
      Schemas/broken.scheme.json, line 1, column 1: expected the key “labels” in this object, found none.
        Nothing was changed. Correct the file, or restore its last good version, for example with “git checkout”.
      Annotations/ferry/eli.json, line 14, column 5: span 1 quotes “A ferry sank”, but its offsets cover “The ferry sank”.
        Offsets count code points. Correct the span's offsets, or restore the file.
      Annotations/ferry/noor.json, line 2, column 3: expected a string, found “oops”.
        Nothing was changed. Correct the file, or restore its last good version, for example with “git checkout”.
      Annotations/taxes/document.txt: the document's text has changed: its SHA-256 was 2891e06763b9…, now it is 88965c12b75a….
        Restore document.txt; “gainsay realign” can then move the annotations onto a corrected text.
      4 problems in 2 documents, 3 annotation files.
      Not checked because the document cannot be read: 2 annotation files.
      """#)
  }

  @Test(arguments: [2, 4]) func `check names locks and unfinished files that git carries`(version: Int) throws {
    let desk = try Desk.documents(1)
    let leftovers = [
      "Annotations/.import.lock", "Annotations/.d10.realign.tmp/document.txt", "Annotations/d10/.dana.lock",
    ]
    for path in leftovers + ["Annotations/d10/.dana.journal-old"] {
      try FileManager.default.createDirectory(
        at: desk.file(path).deletingLastPathComponent(), withIntermediateDirectories: true)
      try desk.write("x", to: path)
    }
    for words in [["init", "-q"], ["update-index", "--index-version", "\(version)"], ["add", "-f", "."]] {
      #expect(try Program.run(["git", "-C", desk.root] + words, program: "/usr/bin/env").status == 0)
    }
    let page = try WorkspaceCheck(in: desk.workspace).page.text
    for path in leftovers { #expect(page.contains(path), "\(path)") }
    #expect(page.components(separatedBy: "git carries this").count == 4)
  }
}
