import Standoff
import Testing

@Suite struct DocumentNameTests {
  @Test func `names of people and documents are plain`() {
    for name in ["dana", "A", "0.9_x-y", String(repeating: "a", count: 128)] { #expect(Scheme.isPlainName(name)) }
    for name in ["", ".hidden", "-x", "a/b", "..", "é", "a b", "a\n", String(repeating: "a", count: 129)] {
      #expect(!Scheme.isPlainName(name))
    }
  }
}
