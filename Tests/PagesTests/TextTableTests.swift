import TestSupport
import Testing

@testable import Pages

@Suite struct TextTableTests {
  @Test func `numbers stand to the right, names to the left, wide characters in their columns`() {
    expect(
      TextTable.lines([["name", "spans", "note"], ["dana", "7", ""], ["陈女士", "112", "e\u{301}"]], leftmost: [0, 2])
        .joined(separator: "\n"),
      #"""
      name    spans  note
      dana        7
      陈女士    112  é
      """#)
    #expect(TextTable.lines([]) == [])
  }
}
