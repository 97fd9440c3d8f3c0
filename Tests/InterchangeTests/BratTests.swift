import Standoff
import TestSupport
import Testing

@testable import Interchange

@Suite struct BratTests {
  @Test func `text-bound annotations, events and relations are read, other lines kept`() throws {
    let file = BratFile(
      "T1\tSource 0 3\tAnn\r\nT2\tContent 20 30;9 15\tfell and fall\nE1\tAttribution:T3 Source:T1 Content:T2\n"
        + "R1\tDenies Arg1:T2 Arg2:T1\nA1\tNegated T2\n#1\tAnnotatorNotes T1\tsure\nT9\tBroken x 3\tz\nE2\tA b\n\n")
    try #require(file.textBounds.map(\.type) == ["Source", "Content"])
    #expect(file.textBounds[0].text == "Ann")
    #expect(file.textBounds[1].fragments == [TextRange(20, 30), TextRange(9, 15)])
    #expect(file.events.map(\.type) == ["Attribution", "Denies"])
    #expect(file.events[0].trigger == "T3")
    #expect(file.events[0].arguments.map(\.role) == ["Source", "Content"])
    #expect(file.events[1].arguments.map(\.id) == ["T2", "T1"])
    #expect(file.remarks.map(\.type) == ["Negated", "AnnotatorNotes"])
    #expect(file.remarks.map(\.value) == ["", "sure"])
    #expect(file.others.map(\.line) == [7, 8])
  }

  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(Brat.self),
      #"""
      == dana/note.txt
      Ruiz 🎁 denied she “took café gifts”, a note said.
      Nobody asked.

      == dana/note.ann
      T1\#tsource 0 4\#tRuiz
      T2\#tcue 7 13\#tdenied
      T3\#tdenial 14 17;19 29\#tshe took café
      T4\#tclaim 19 35\#ttook café gifts
      T5\#tsource 38 44\#ta note
      R1\#tsaid-by Arg1:T3 Arg2:T1\#t
      R2\#tdenies Arg1:T3 Arg2:T4\#t
      #1\#tabsent:denies T3\#tthat she took any
      R4\#tsaid-by Arg1:T4 Arg2:T5\#t
      #2\#tabout T3\#tgifts
      #3\#tAnnotatorNotes T3\#tis “she” Ruiz?

      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(Brat.self),
      #"""
      – by –, 65 code points
      T1 source 0–4 ‹Ruiz›
      T2 cue 7–13 ‹denied›
      T3 denial 14–17 ‹she› + 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      T4 claim 19–35 ‹took café gifts›
      T5 source 38–44 ‹a note›
      R1 T3 said-by T1
      R2 T3 denies T4
      R4 T4 said-by T5
      #8 T3 denies “that she took any”
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(Brat.self, writing: #"T3\#tdenial 14 x"#, for: #"T3\#tdenial 14 17"#),
      #"""
      changed at line 3, column 1
      line 3, column 1: a line such as “T1 label 0 4 words”, with tabs expected, found “T3\#tdenial 14 x;19 29\#tshe took café”
      """#)
  }
}
