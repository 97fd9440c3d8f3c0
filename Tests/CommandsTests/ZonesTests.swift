import Prompt
import Storage
import Comparison
import Foundation
import Pages
import Reports
import Standoff
import TestSupport
import Testing

@testable import Commands

/// Headlines, captions, furniture and repeats: text that nobody annotates.
@Suite struct ZonesTests {
  @Test func `zones are skipped in walking, shown as such, and left out of items, exports and comparisons`() throws {
    let desk = try Desk()
    let file = desk.root + "/article.txt"
    try Data(Desk.article.utf8).write(to: URL(fileURLWithPath: file))
    _ = try NewDocuments.add([file], NewDocuments.Facts(), in: desk.workspace)
    for (annotator, extra) in [("dana", ["c 4:1", "c 6:3-5"]), ("eli", ["c 7:2-3"])] {
      var session = try desk.open("article", as: annotator)
      var walked = [session.sentence]
      while !session.answer("").isRefusal { walked.append(session.sentence) }
      #expect(!walked.contains { session.document.sentences[$0].lies(in: session.document.leftOut()) })
      for line in ["c taxes would fall"] + extra + ["done!"] { _ = session.answer(line) }
      _ = session.close()
    }
    let show = try ShownDocument("article", annotators: ["dana"], in: desk.workspace).page.text
    #expect(show.contains("ADVERTISEMENT (boilerplate)"))
    let document = try desk.workspace.document("article")
    let inZones = try #require(try desk.workspace.annotations(of: "dana", on: document)).spans.count {
      $0.hull.lies(in: document.leftOut())
    }
    #expect(inZones > 0)
    func export(_ words: String) throws -> String {
      String(decoding: try ExportOptions.read("jsonl \(words)").outcome(in: desk.workspace).data ?? [], as: UTF8.self)
    }
    let (without, with) = (try export("--annotators dana"), try export("--annotators dana --zones boilerplate,repeat"))
    #expect(
      without.components(separatedBy: "\"label\"").count + inZones == with.components(separatedBy: "\"label\"").count)
    func items(_ words: String) throws -> Int? {
      let outcome = try AgreeOptions.read("--measure observed-agreement --unit word --json --bootstrap 0 \(words)")
        .outcome(in: desk.workspace)
      struct Report: Decodable {
        struct Figure: Decodable { let items: Int }
        let figures: [Figure]
      }
      let counts = Set(
        try JSONDecoder().decode(Report.self, from: Data(try #require(outcome.data))).figures.map(\.items))
      return counts.count == 1 ? counts.first : nil
    }
    let all = Words.ranges(in: document.text.range, of: document.text).count
    let left = Words.ranges(in: document.text.range, of: document.text).count { !$0.lies(in: document.leftOut()) }
    #expect(left < all)
    #expect(try items("") == left)
    #expect(try items("--zones boilerplate,repeat") == all)
    #expect(throws: Complaint.self) { try items("--zones nonsense") }
  }

  @Test func `zones that do not fit the text are a fault with its place`() throws {
    let desk = try Desk.documents(1)
    let path = desk.workspace.folder(of: "d10") + "/document.json"
    let file = try String(contentsOfFile: path, encoding: .utf8)
    for zones in [
      #"[{"end": 5, "kind": "headline", "start": 9}]"#, #"[{"end": 500, "kind": "headline", "start": 0}]"#,
      #"[{"end": 9, "kind": "nonsense", "start": 0}]"#,
      #"[{"end": 9, "kind": "body", "start": 0}, {"end": 12, "kind": "body", "start": 8}]"#,
    ] {
      let broken = file.replacing("\n}", with: ",\n  \"zones\": \(zones)\n}")
      try Data(broken.utf8).write(to: URL(fileURLWithPath: path))
      let check = try WorkspaceCheck(in: desk.workspace)
      #expect(!check.isClean && check.page.text.contains("document.json, line"), "\(check.page.text)")
    }
  }
}
