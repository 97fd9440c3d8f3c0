import Pages
import Standoff
import Storage
import Foundation
import TestSupport
import Testing

@testable import Prompt

@Suite struct DocumentQueueTests {
  @Test func `the first document and next follow what was assigned, and suggestions are off where they are to be`()
    throws
  {
    let desk = try Desk.documents(6)
    _ = try desk.assign("d14 d12 --to dana --no-suggestions")
    let order = try desk.workspace.assignments().documents(of: "dana")
    #expect(Set(order) == ["d12", "d14"])
    #expect(try Session.firstOpenDocument(of: "dana", in: desk.workspace) == order[0])
    var session = try desk.open(order[0], as: "dana")
    #expect(session.answer("suggest").isRefusal && session.answer("a").isRefusal)
    _ = session.answer("done")
    #expect(!session.answer("next").isRefusal)
    #expect(session.document.id == order[1])
    _ = session.answer("done")
    #expect(session.answer("next").isRefusal)
    _ = session.close()
    #expect(try Session.firstOpenDocument(of: "eli", in: desk.workspace) == "d10")
    var other = try desk.open("d10", as: "eli")
    #expect(!other.answer("suggest").isRefusal)
    _ = other.close()
  }

  /// Seven documents of one pattern, of which five are done, with a claim left unmarked in the second; the last but one
  /// has many sentences of another pattern.
  private static func reviewed() throws -> Desk {
    let desk = try Desk()
    let names = ["Ann Low", "Tom Reed", "Eve Falk", "Noor Hale"]
    for number in 0..<7 {
      let text = names.map { "\($0) said the ferry sank in \(1900 + number).\n\n" }.joined()
      let other = "Why Low? “Reed,” she said, whether or not Falk had told Hale what Low said. “No.”\n\n"
      try desk.add(number == 5 ? text + String(repeating: other, count: 4) : text, id: "d\(number)")
    }
    for number in 0..<5 {
      var session = try desk.open("d\(number)", as: "ana")
      for sentence in 1...4 where number != 1 || sentence != 3 {
        _ = session.answer("c \(sentence):4-8 < \(sentence):1-2 < \(sentence):3")
      }
      _ = session.answer("done!")
      #expect(session.close() == nil)
    }
    return desk
  }

  @Test func `next --uncertain opens the document that is least certain, and says so`() throws {
    let desk = try Self.reviewed()
    var session = try desk.open("d0", as: "ana")
    let page = session.answer("next --uncertain")
    #expect(session.document.id == "d5" && page.after == .sentence, "\(page.text)")
    #expect(page.text.contains("The least certain of the next 2 documents"), "\(page.text)")
    #expect(!session.isSuggesting)
    #expect(session.answer("next --sure").isRefusal)
    _ = session.close()
    var other = try desk.open("d0", as: "ben")
    #expect(other.answer("next --uncertain").text.contains("too little to learn from"))
  }

  @Test func `review goes to the places that differ from what was to be expected, and ends`() throws {
    let desk = try Self.reviewed()
    var session = try desk.open("d6", as: "ana")
    let page = session.answer("review")
    #expect(page.text.contains("1 of ") && page.text.contains("these are not"), "\(page.text)")
    #expect(session.document.id == "d1" && session.sentence == 2)
    #expect(page.after == .sentence)
    #expect(!session.isSuggesting)
    // What is settled is not shown again.
    let place = page.text.split(separator: " – ").first ?? ""
    _ = session.answer("c 3:4-8")
    var last = ""
    for _ in 0..<20 where !last.contains("begins again") {
      last = session.answer("review").text
      #expect(!last.contains(place.drop { $0 != "‹" }), "\(last)")
    }
    #expect(last.contains("That was the last place; “review” begins again."), "\(last)")
    _ = session.close()
    var other = try desk.open("d6", as: "ben")
    #expect(other.answer("review").text.contains("too little to learn from"))
  }
}
