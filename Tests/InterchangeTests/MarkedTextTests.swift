import Interchange
import TestSupport
import Testing

@Suite struct MarkedTextTests {
  @Test func `marks become spans, also one inside another`() throws {
    expect(
      try Sample.read(MarkedText.self, Array("⟦source: Ruiz 🎁⟧ ⟦denial: denied ⟦claim: cafe\u{301} gifts⟧⟧.\n".utf8)),
      #"""
      – by –, 27 code points
      1 source 0–6 ‹Ruiz 🎁›
      2 denial 7–25 ‹denied café gifts›
      3 claim 14–25 ‹café gifts›
      """#)
  }

  @Test(arguments: [
    ("Ruiz\n🎁 said ⟧ no\n", "line 2, column 8: ⟦ before ⟧ expected, found ⟧ alone"),
    ("Ruiz\n🎁 ⟦words\n", "line 2, column 3: ⟦label: words⟧ expected, found ⟦ without a label"),
    ("Ruiz\n🎁 ⟦cue: said\n", "line 2, column 3: ⟧ that ends what begins here expected, found the end"),
  ]) func `a mark that does not begin or end is refused with its place`(file: String, fault: String) throws {
    #expect(try Sample.fault(MarkedText.self, file) == fault)
  }
}
