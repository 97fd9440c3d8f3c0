import Standoff
import Storage
import Commands
import Pages
import TestSupport
import Testing

@Suite struct NewDocumentsTests {
  @Test func `what is added is said with its size, and one that cannot be added keeps all others out`() throws {
    let desk = try Desk()
    for name in ["one", "two"] { try desk.write("She denied it. He did not.", to: "\(name).txt") }
    let paths = ["one", "two"].map { "\(desk.root)/\($0).txt" }
    try desk.write(" \n", to: "blank.txt")
    let complaint = #expect(throws: Complaint.self) {
      try NewDocuments.add(paths + ["\(desk.root)/blank.txt"], NewDocuments.Facts(), in: desk.workspace)
    }
    expect(
      try #require(complaint).page,
      #"""
      /desk/blank.txt: the text is empty.
      Nothing was changed.
      """#)
    #expect(try desk.workspace.documentNames() == [])
    expect(
      try NewDocuments.add(paths, NewDocuments.Facts(language: "en"), in: desk.workspace),
      #"""
      one: 2 sentences, 6 words. “gainsay annotate one” opens it.
      two: 2 sentences, 6 words. “gainsay annotate two” opens it.
      """#)
    let document = try desk.workspace.document("two")
    #expect(document.title == "She denied it. He did not." && document.language == "en")
  }
}
