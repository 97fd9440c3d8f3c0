import Foundation
import Interchange
import Pages
import Prompt
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// Attributes of documents in other tools' formats and back.
@Suite struct DocumentAttributeTests {
  static func annotated() throws -> Desk {
    let desk = try Desk.withDocumentAttributes()
    try desk.add("The mayor said taxes will fall in May.")
    var session = try desk.open(as: "dana")
    for line in [
      "c 4-8 < The mayor < said", "by 1 \"Ida Holm\"", "set doc tone hostile", "set doc place Port Orla", "done!",
    ] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    _ = session.close()
    return desk
  }

  @Test(arguments: ["jsonl", "label-studio", "doccano", "cas-json", "cas-xmi", "bioc-xml", "bioc-json"])
  func `what is said of a document goes out and comes back`(
    format: String
  ) throws {
    let desk = try Self.annotated()
    let path = desk.root + "/out.json"
    let out = try ExportOptions.read("\(format) --to \(path)").outcome(in: desk.workspace)
    #expect(!out.notes.text.contains("as a whole not written"), "\(out.notes.text)")
    let other = try Desk.withDocumentAttributes()
    let report = try ImportOptions.read("\(format) \(path) --as dana").outcome(in: other.workspace, at: Desk.time)
    let name = try #require(try other.workspace.documentNames().first, "\(report.page.text)")
    let set = try #require(try other.workspace.annotations(of: "dana", on: try other.workspace.document(name)))
    #expect(set.ofDocument.attributes == ["tone": "hostile", "place": "Port Orla"])
  }

  @Test func `what a format has no place for is a loss with a name`() throws {
    let desk = try Self.annotated()
    for format in ["brat", "conll", "spacy"] where ExportOptions.formats.contains(format) {
      let out = try ExportOptions.read("\(format) --to \(desk.root)/\(format)").outcome(in: desk.workspace)
      #expect(
        out.notes.text.contains("what is said of 1 document as a whole not written: doc dana."), "\(out.notes.text)")
    }
    let csv = try ExportOptions.read("csv").outcome(in: desk.workspace)
    let text = String(decoding: try #require(csv.data), as: UTF8.self)
    #expect(text.contains("document:tone,document:place") && text.contains(",hostile,Port Orla"))
    let lines = try ExportOptions.read("jsonl").outcome(in: desk.workspace)
    #expect(String(decoding: try #require(lines.data), as: UTF8.self).contains("\"effectiveSpeaker\": \"Ida Holm\""))
  }
}
