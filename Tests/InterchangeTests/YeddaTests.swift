import Interchange
import TestSupport
import Testing

@Suite struct YeddaTests {
  @Test func `marks become spans, proposals that were taken too, other signs are text`() throws {
    expect(
      try Sample.read(Yedda.self, Array("[@Ruiz 🎁#source*] [$denied #1 [cafe\u{301}]#denial*], #no*].\n".utf8)),
      #"""
      – by –, 33 code points
      1 source 0–6 ‹Ruiz 🎁›
      2 denial 7–24 ‹denied #1 [café]›
      """#)
  }

  @Test func `a mark that does not end is refused with its place`() throws {
    #expect(
      try Sample.fault(Yedda.self, "Ruiz\ne\u{301} [@said\n")
        == "line 2, column 4: #label*] that ends what begins here expected, found the end")
  }
}
