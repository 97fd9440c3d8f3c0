import Prompt
import Agreement
import Commands
import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Comparison

@Suite struct CountedAnnotationsTests {
  /// Two annotators who agree in the body and differ in boilerplate.
  private func desk() throws -> Desk {
    let desk = try Desk()
    let text = "The mayor said taxes will fall. Sign up for our newsletter."
    let footer = TextRange(32, text.unicodeScalars.count)
    try desk.workspace.add(
      Document(
        id: "doc", text: DocumentText(text), sha256: SHA256.hex(of: Array(text.utf8)), title: "T",
        zones: [Zone(.boilerplate, footer)]))
    for (name, lines) in [("dana", ["c 4-6", "c 2:3-5", "done!"]), ("eli", ["c 4-6", "done!"])] {
      var session = try desk.open(as: name)
      for line in lines { _ = session.answer(line) }
      #expect(session.set.status == .complete)
      _ = session.close()
    }
    return desk
  }

  @Test func `status, compare and agree say the same of spans in boilerplate`() throws {
    let desk = try desk()
    let status = try WorkspaceStatus(in: desk.workspace)
    #expect(try status.rows.first?.agreement.get().value == 1)
    #expect(status.agreement.first?.f1 == 1)
    let compare = try CompareOptions.read("--quiet").outcome(in: desk.workspace)
    #expect(compare.status == 0)
    let agree = try AgreeOptions.read("--measure span-f1-exact --csv").outcome(in: desk.workspace)
    #expect(String(decoding: agree.data ?? [], as: UTF8.self).contains("span-f1-exact,span,,,,,1.0,"))
  }

  @Test func `gold's own spans in boilerplate count for nobody's agreement with gold`() throws {
    let desk = try desk()
    var session = try desk.adjudicate("doc")
    _ = session.answer("c 2:3-5")
    _ = session.answer("done")
    let table = session.agreementWithGold.text.split(separator: "\n").prefix(3).map { $0.split(separator: " ") }
    #expect(table[1].prefix(3) == ["dana", "1.000", "1.000"])
    #expect(table[2].prefix(3) == ["eli", "1.000", "1.000"])
    _ = session.close()
  }

  @Test func `who is not done is left out, or counts as far as read`() throws {
    let desk = try desk()
    var session = try desk.open(as: "noor")
    _ = session.answer("c 4-6")
    _ = session.close()
    func counted(_ progress: CountingRule.Progress) throws -> CountedAnnotations {
      try CountedAnnotations(of: "doc", in: desk.workspace, CountingRule(.annotators, progress))
    }
    #expect(try counted(.done).files.map(\.annotator) == ["dana", "eli"])
    #expect(try counted(.done).omissions == [Omission(document: "doc", annotator: "noor", reason: "not done yet")])
    #expect(try counted(.asFarAsRead).files.map(\.annotator) == ["dana", "eli", "noor"])
    #expect(try counted(.any).files.last?.limit == counted(.any).document.text.count)
  }
}
