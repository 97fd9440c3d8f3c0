import Standoff
import Prompt
import Commands
import Comparison
import Foundation
import Pages
import Storage
import TestSupport
import Testing

@testable import Reports

/// The page that holds ledger, agreement and texts.
@Suite struct HTMLReportTests {
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

  @Test(.tags(.slow)) func `the page is the same for the same files and has every sentence, span and statement`() throws
  {
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
  }

  @Test func `a report of nothing says so`() throws {
    let desk = try Desk()
    #expect(try Self.report(desk).contains("No document has two annotators who are done."))
    #expect(throws: Complaint.self) { try Self.report(desk, "--to \(desk.root)/Annotations/x.html") }
    #expect(throws: Complaint.self) { try Self.report(desk, "nowhere --to -") }
  }
}
