import Comparison
import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// What an import does with a file as a whole: sessions, layers, tokens, newer exports, lists of what was left out.
@Suite struct ForeignImportTests {
  private static func exported(_ words: String, _ inbox: ImportTests.Inbox) throws -> String {
    let target = inbox.desk.root + "/out"
    let outcome = try ExportOptions.read("\(words) --to \(target)").outcome(
      in: Surroundings(inbox.desk.workspace, width: 80, isColoured: false))
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: target)), as: UTF8.self)
  }

  @Test func `two sessions of one text are two annotators of one document`() throws {
    func line(_ session: String, _ start: Int, _ end: Int) -> String {
      #"{"text":"Nora paid him.","_input_hash":11,"spans":[{"start":\#(start),"end":\#(end),"label":"PER"}],"#
        + #""_session_id":"acts-\#(session)","answer":"accept"}"# + "\n"
    }
    let inbox = try ImportTests.Inbox(["tasks.jsonl": line("dana", 0, 4) + line("eli", 10, 13)])
    #expect(try inbox.import("prodigy").status == 0)
    #expect(try inbox.desk.workspace.documentNames() == ["tasks-1"])
    #expect(try inbox.marked("tasks-1", "dana") == ["PER: Nora"])
    #expect(try inbox.marked("tasks-1", "eli") == ["PER: him"])
  }

  @Test func `one empty text among many is named with its line, and the rest is taken`() throws {
    let inbox = try ImportTests.Inbox([
      "a.jsonl": #"{"text":"Nora","label":[[0,4,"PER"]]}"# + "\n" + #"{"text":"","label":[]}"# + "\n"
    ])
    let outcome = try inbox.import("doccano --as dana")
    #expect(outcome.status == 0)
    #expect(outcome.notes.text.contains("a.jsonl, line 2: a text that is empty"))
    #expect(try inbox.desk.workspace.documentNames() == ["a-1"])
  }

  @Test(arguments: [
    "[\n [\"Nora paid.\", {\"entities\": [[0, 4, \"PER\"]]}],\n [\"Roe paid.\", {\"entities\": [[0, 3, \"PER\"]]}]\n]\n",
    "[[\"Nora paid.\", {\"entities\": [[0, 4, \"PER\"]]}],[\"Roe paid.\", {\"entities\": [[0, 3, \"PER\"]]}]]",
    "{\n \"text\": \"Nora paid.\",\n \"ents\": [{\"start\": 0, \"end\": 4, \"label\": \"PER\"}]\n}\n{\"text\": \"Roe\", \"ents\": []}",
  ])
  func `an array, or values over several lines, are read where a line a text is usual`(file: String) throws {
    let inbox = try ImportTests.Inbox(["a.json": file])
    let outcome = try inbox.import("spacy --as dana")
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    #expect(try inbox.desk.workspace.documentNames() == ["a-1", "a-2"])
    #expect(try inbox.marked("a-1", "dana") == ["PER: Nora"])
  }

  @Test func `a file of lines that are all wrong is one problem, not twenty`() throws {
    let inbox = try ImportTests.Inbox(["a.jsonl": String(repeating: "{\"words\": 1}\n", count: 40)])
    let outcome = try inbox.import("doccano --as dana")
    #expect(outcome.status == 2)
    #expect(outcome.notes.text.contains("… and 37 more of this kind."))
    #expect(outcome.notes.text.split(separator: "\n").count < 8)
  }

  private static let layers = """
    #FORMAT=WebAnno TSV 3.3
    #T_SP=x.Entity|identifier|value
    #T_SP=x.Word|form


    #Text=Nora paid
    1-1\t0-4\tNora\tQ1\tPER\tnora\t
    1-2\t5-9\tpaid\t_\t_\tpay\t

    """

  @Test(arguments: [
    ("--layer Entity", ["PER: Nora"]), ("--layer x.Entity/identifier", ["Q1: Nora"]),
    ("--layer Word --layer Entity", ["nora: Nora", "PER: Nora", "pay: paid"]),
  ]) func `layers are chosen, with the feature that is their label`(words: String, marked: [String]) throws {
    let inbox = try ImportTests.Inbox(["a.tsv": Self.layers])
    let outcome = try inbox.import("webanno-tsv --as dana \(words)")
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    #expect(try inbox.marked("a", "dana").sorted() == marked.sorted())
    #expect(outcome.notes.text.contains("which --layer does not name") == !words.contains("Word"))
  }

  @Test func `tokens that came in go out again, and a broken list of them is named`() throws {
    let file = "@roe B-PER\nJ.K. I-PER\n! O\n\nhttp://x.y/z O\n"
    let inbox = try ImportTests.Inbox(["a.conll": file])
    #expect(try inbox.import("conll --as dana").status == 0)
    let lines = try Self.exported("conll", inbox).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.dropFirst(2).map { $0.replacingOccurrences(of: " -X- -X-", with: "") }.joined(separator: "\n") == file
        + "\n")
    let path = inbox.desk.workspace.tokensPath(of: "a")
    #expect(FileManager.default.fileExists(atPath: path))
    try Data("{\"format\": 1}".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: Complaint.self) { try Self.exported("conll", inbox) }
  }

  @Test func `a newer export takes the place of the older, keeps the ids of what stays, and can be undone`() throws {
    func file(_ spans: String) -> String {
      #"{"id":"a","annotator":"dana","text":"Nora paid him.","spans":[\#(spans)]}"#
    }
    func span(_ start: Int, _ end: Int, _ label: String) -> String {
      #"{"start":\#(start),"end":\#(end),"label":"\#(label)"}"#
    }
    let inbox = try ImportTests.Inbox(["a.jsonl": file(span(0, 4, "source") + "," + span(5, 9, "cue"))])
    #expect(try inbox.import("jsonl").status == 0)
    let before = try inbox.set("a", "dana")
    try inbox.put(Array(file(span(5, 9, "cue") + "," + span(10, 13, "source")).utf8), "a.jsonl")
    let refused = try inbox.import("jsonl")
    #expect(refused.status == 2 && refused.notes.text.contains("--replace puts the newer in their place"))
    #expect(try inbox.import("jsonl --replace --dry-run").page.text.contains("Would replace 1 annotation file"))
    #expect(try inbox.set("a", "dana") == before)
    let replaced = try inbox.import("jsonl --replace")
    #expect(replaced.status == 0 && replaced.page.text.contains("Replaced 1 annotation file"))
    let after = try inbox.set("a", "dana")
    #expect(try inbox.marked("a", "dana") == ["cue: paid", "source: him"])
    #expect(after.spans.map(\.id) == [2, 3])
    let log = try inbox.desk.workspace.editLog(of: "dana", on: "a")
    var undone = after
    try undone.apply(try #require(log.last).edit.inverse)
    #expect(undone.isEqualInContent(to: before))
    #expect(try inbox.import("jsonl --replace").page.text.contains("All of it is already here"))
  }

  @Test func `everything that was left out stands in the report, and a rare kind is not hidden by a common one`() throws
  {
    let rejected = #"{"text":"No \#("x")","spans":[],"answer":"reject"}"#
    let lines = (0..<30).map { _ in rejected } + [#"{"text":"Nora","spans":[],"options":[1],"answer":"accept"}"#]
    let inbox = try ImportTests.Inbox(["a.jsonl": lines.joined(separator: "\n") + "\n"])
    let report = inbox.desk.root + "/left-out.txt"
    let outcome = try inbox.import("prodigy --as dana --report \(report)")
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    #expect(outcome.notes.text.contains("… and 27 more of this kind."))
    #expect(outcome.notes.text.contains("“options” of the task"))
    let all = String(decoding: try Data(contentsOf: URL(fileURLWithPath: report)), as: UTF8.self)
    #expect(all.split(separator: "\n").count == 31)
  }

  @Test func `a byte order mark that a tool counted is found by the words`() throws {
    let inbox = try ImportTests.Inbox(["a.ann": "T1\tPER 1 5\tNora\n"])
    try inbox.put([0xEF, 0xBB, 0xBF] + Array("Nora paid.".utf8), "a.txt")
    let outcome = try inbox.import("brat --as dana")
    #expect(outcome.page.text.contains("the byte order mark being one in 1 text"), "\(outcome.notes.text)")
    #expect(try inbox.marked("a", "dana") == ["PER: Nora"])
  }

  @Test func `offsets that only CR LF as one would put at the ends of words are asked about`() throws {
    let line = #"{"text":"One line.\r\nTwo lines.\r\nNora Roe paid.","label":[[21,29,"PER"]]}"#
    let inbox = try ImportTests.Inbox(["a.jsonl": line + "\n"])
    #expect(try inbox.import("doccano --as dana").notes.text.contains("code points, CR LF being one: both fit"))
    #expect(try inbox.import("doccano --as dana --unit crlf-as-one").status == 0)
    #expect(try inbox.marked("a-1", "dana") == ["PER: Nora Roe"])
  }
}
