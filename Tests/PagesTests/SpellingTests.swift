import Testing

@testable import Pages

@Suite struct SpellingTests {
  @Test(arguments: [
    ("claim", "claim", 0), ("clam", "claim", 1), ("claism", "claim", 1), ("clsim", "claim", 1), ("calim", "claim", 1),
    ("", "cue", 3), ("abc", "", 3), ("denial", "claim", 5),
  ]) func `distance counts edits, neighbours that are swapped as one`(a: String, b: String, edits: Int) {
    #expect(distance(a, b) == edits)
    #expect(distance(b, a) == edits)
  }

  @Test func `the nearest come first, in any case, and what is far is left out`() {
    #expect(nearest("Clam", among: ["quote", "claims", "claim", "cue"]) == ["claim"])
    #expect(nearest("den", among: ["denial", "denies", "claim"]) == ["denial", "denies"])
    #expect(nearest("d", among: ["denial"]) == [])
    #expect(nearest(String(repeating: "x", count: 65), among: [String(repeating: "x", count: 65)]) == [])
  }

  @Test func `a guess is a question, and no guess is nothing`() {
    #expect(didYouMean("clam", among: ["claim", "cue"]) == " Did you mean claim?")
    #expect(didYouMean("rumour", among: ["claim", "cue"]) == "")
  }
}
