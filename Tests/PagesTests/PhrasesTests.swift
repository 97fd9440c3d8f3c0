import Testing

@testable import Pages

@Suite struct PhrasesTests {
  @Test func `lists read as sentences do`() {
    #expect(Complaint.list([]) == "nothing")
    #expect(Complaint.list(["a"]) == "a")
    #expect(Complaint.list(["a", "b"]) == "a and b")
    #expect(Complaint.list(["a", "b", "c"], "or") == "a, b or c")
  }

  @Test func `one has no plural ending, everything else has`() {
    #expect([0, 1, 2].map { counted($0, "word") } == ["0 words", "1 word", "2 words"])
  }

  @Test func `a path is shown from the folder that every workspace has`() {
    #expect(Complaint.shown("/home/Annotations/me/Annotations/doc/eli.json") == "Annotations/doc/eli.json")
    #expect(Complaint.shown("/home/me/Schemas/default") == "Schemas/default")
    #expect(Complaint.shown("/home/me/new.txt") == "/home/me/new.txt")
  }

  @Test func `what is long loses its middle and keeps its end`() {
    let text = (0..<10).map { "word\($0)" }.joined(separator: " ")
    #expect(Complaint.shortened(text) == "word0 word1 word2 word3 word4  … rd7 word8 word9")
    #expect(Complaint.shortened(text).count == 48)
    #expect(Complaint.shortened("short") == "short")
    #expect(Complaint.shortened(text, to: text.count) == text)
  }

  @Test func `the first and the last place of words are found`() throws {
    let text = "cafe\u{301} is a café"
    #expect(text.range(of: "café").map { text.distance(from: text.startIndex, to: $0.lowerBound) } == 0)
    #expect(text.range(of: "café", last: true).map { text.distance(from: text.startIndex, to: $0.lowerBound) } == 10)
    #expect(text.range(of: "tea") == nil)
  }
}
