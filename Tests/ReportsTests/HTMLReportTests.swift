import Commands
import Comparison
import DefaultFiles
import Foundation
import Pages
import Prompt
import Standoff
import Storage
import TestSupport
import Testing

@testable import Reports

/// The ledger, and the page that holds it with agreement and texts.
@Suite struct ReportTests {
  static func report(
    _ desk: Desk, _ words: String = "--bootstrap 0 --to -", in workspace: Workspace? = nil
  ) throws -> String {
    let outcome = try ReportOptions.read(words).outcome(in: workspace ?? desk.workspace)
    return String(decoding: outcome.data ?? [], as: UTF8.self)
  }

  @Test func `the page runs the script whose digest it names, and no other`() throws {
    let script = Array(ReportStyle.script.utf8)
    let hex = SHA256.hex(of: script)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap { place in
      UInt8(hex.dropFirst(place).prefix(2), radix: 16)
    }
    #expect(Data(bytes).base64EncodedString() == ReportStyle.scriptDigest)
    let page = try Self.report(Desk.sample())
    #expect(page.components(separatedBy: "<script").count == 2)
    #expect(page.contains("<script>\(ReportStyle.script)</script>"))
  }

  @Test func `the page is the same for the same files and has every sentence, span and statement`() throws {
    let desk = try Desk.sample()
    let page = try Self.report(desk)
    #expect(try page == Self.report(desk))
    for name in try desk.workspace.documentNames() {
      let document = try desk.workspace.document(name)
      for sentence in 0..<document.sentences.count {
        #expect(page.contains("id=\"d-\(name)-\(sentence + 1)\""))
      }
      for annotator in try desk.workspace.annotators(of: name) {
        let set = try #require(try desk.workspace.annotations(of: annotator, on: document))
        for span in set.spans { #expect(page.contains("<b>\(annotator)</b> \(span.label) \(span.id): ")) }
      }
    }
    let ledger = try Ledger(try desk.workspace.documentNames(), in: desk.workspace, annotator: nil)
    for claim in ledger.matters.flatMap(\.claims) {
      #expect(page.contains(HTMLWriter.escaped("‹\(claim.claim.words)›")))
      #expect(page.contains("href=\"#d-\(claim.claim.document)-\(claim.claim.sentence)\""))
    }
    desk.keep()
  }

  @Test func `text is text, whatever is in it`() throws {
    let desk = try Desk()
    try desk.add("“<script>alert(1)</script>” said A&B. </style>\u{202E}evil\u{2066} <img src=x onerror='y'>.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open(as: annotator)
      _ = session.answer("c A..B")
      _ = session.answer("set . speaker <b>\"x\"</b>")
      _ = session.answer("note 1 </li><script>")
      for _ in 0..<2 where session.set.status != .complete { _ = session.answer("done") }
      _ = session.close()
    }
    let page = try Self.report(desk)
    #expect(page.components(separatedBy: "<script").count == 2)
    #expect(
      !page.contains("<img") && !page.contains("<b>\"") && !page.contains("\u{202E}") && !page.contains("\u{2066}"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    desk.keep()
  }

  @Test func `a report of nothing says so`() throws {
    let desk = try Desk()
    #expect(try Self.report(desk).contains("No document was annotated by two annotators who are done."))
    #expect(throws: Complaint.self) { try Self.report(desk, "--to \(desk.root)/Annotations/x.html") }
    #expect(throws: Complaint.self) { try Self.report(desk, "nowhere --to -") }
  }

  @Test func `the ledger joins documents by matter and denials by relation`() throws {
    let desk = try Desk.sample()
    let ledger = try Ledger(try desk.workspace.documentNames(), in: desk.workspace, annotator: nil)
    let matter = try #require(ledger.matters.first { $0.key == "ferry-tender" })
    #expect(Set(matter.claims.map(\.claim.document)) == ["ferry-contract", "harbor-audit"])
    let claim = try #require(matter.claims.first { $0.claim.words.hasPrefix("two board members") })
    #expect(claim.claim.speaker == .named("Norrick Marine Inc."))
    #expect(claim.denials.map(\.speaker) == [.named("Maren Tolk"), .named("Halden Ferries")])
    #expect(matter.denials.contains { $0.claim?.hasPrefix("Two board members") == true })
    // Every relation of the adjudicated versions is in it, each once.
    var relations = 0
    for name in try desk.workspace.documentNames() {
      let gold = try #require(try desk.workspace.annotations(of: "gold", on: desk.workspace.document(name)))
      relations += gold.relations.count { relation in
        guard relation.type == "denies", case .span = relation.to else { return false }
        return true
      }
    }
    #expect(ledger.matters.flatMap(\.claims).reduce(0) { $0 + $1.denials.count } == relations)
    #expect(ledger.sources.allSatisfy { $0.version == "gold" })
    desk.keep()
  }

  @Test func `speakers go by their listed names, and a matter says what is in dispute`() throws {
    let desk = try Desk.sample()
    let schemas = desk.root + "/Schemas/"
    try Data(
      #"{"format": 1, "speakers": [{"aliases": ["Maren Tolk"], "name": "Maren Tolk, chair"}]}"#.utf8
    ).write(to: URL(fileURLWithPath: schemas + "speakers.json"))
    try Data(
      #"{"format": 1, "matters": [{"key": "ferry-tender", "proposition": "The tender was fixed."}]}"#.utf8
    ).write(to: URL(fileURLWithPath: schemas + "matters.json"))
    let page = try LedgerOptions.read("").outcome(in: desk.workspace).page.text
    #expect(page.contains("ferry-tender: The tender was fixed.") && page.contains("Maren Tolk, chair: "))
    let markdown = try LedgerOptions.read("--markdown").outcome(in: desk.workspace)
    #expect(String(decoding: markdown.data ?? [], as: UTF8.self).contains("## ferry-tender: The tender was fixed."))
    try Data("{\"format\": 1, \"matters\": [{\"key\": \"x\"}]}".utf8)
      .write(to: URL(fileURLWithPath: schemas + "matters.json"))
    #expect(throws: Complaint.self) { try LedgerOptions.read("").outcome(in: desk.workspace) }
    desk.keep()
  }

  @Test func `without an adjudicated version the only annotator's counts, else what most have marked`() throws {
    let desk = try Desk.unadjudicated()
    let all = try Ledger(["ferry-contract"], in: desk.workspace, annotator: nil)
    #expect(all.sources.map(\.version) == ["majority of dana, eli, noor"])
    let dana = try Ledger(["ferry-contract"], in: desk.workspace, annotator: "dana")
    #expect(dana.sources.map(\.version) == ["dana"])
    for name in ["nobody", "../ferry-contract/dana", "document"] {
      #expect(throws: Complaint.self, "\(name)") {
        try LedgerOptions.read("--annotator \(name)").outcome(in: desk.workspace)
      }
    }
    desk.keep()
  }
}
