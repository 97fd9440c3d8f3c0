import Interchange
import TestSupport
import Testing

@Suite struct WebAnnoTSVTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(WebAnnoTSV.self),
      #"""
      == dana/note.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=webanno.custom.Span|label|about|note
      #T_RL=webanno.custom.Relation|relationType|BT_webanno.custom.Span


      #Text=Ruiz 🎁 denied she “took café gifts”, a note said.
      1-1\#t0-4\#tRuiz\#tsource[1]\#t*[1]\#t*[1]\#tsaid-by\#t1-4[3_1]\#t
      1-2\#t5-7\#t🎁\#t_\#t_\#t_\#t_\#t_\#t
      1-3\#t8-14\#tdenied\#tcue[2]\#t*[2]\#t*[2]\#t_\#t_\#t
      1-4\#t15-18\#tshe\#tdenial[3]\#tgifts[3]\#tis “she” Ruiz?[3]\#t_\#t_\#t
      1-5\#t19-20\#t“\#t_\#t_\#t_\#t_\#t_\#t
      1-6\#t20-24\#ttook\#tclaim[4]|denial[5]\#t*[4]|gifts[5]\#t*[4]|is “she” Ruiz?[5]\#tdenies\#t1-4[3_4]\#t
      1-7\#t25-30\#tcafé\#tclaim[4]|denial[5]\#t*[4]|gifts[5]\#t*[4]|is “she” Ruiz?[5]\#t_\#t_\#t
      1-8\#t31-36\#tgifts\#tclaim[4]\#t*[4]\#t*[4]\#t_\#t_\#t
      1-9\#t36-37\#t”\#t_\#t_\#t_\#t_\#t_\#t
      1-10\#t37-38\#t,\#t_\#t_\#t_\#t_\#t_\#t
      1-11\#t39-40\#ta\#tsource[6]\#t*[6]\#t*[6]\#tsaid-by\#t1-6[4_6]\#t
      1-12\#t41-45\#tnote\#tsource[6]\#t*[6]\#t*[6]\#t_\#t_\#t
      1-13\#t46-50\#tsaid\#t_\#t_\#t_\#t_\#t_\#t
      1-14\#t50-51\#t.\#t_\#t_\#t_\#t_\#t_\#t

      #Text=Nobody asked.
      2-1\#t52-58\#tNobody\#t_\#t_\#t_\#t_\#t_\#t
      2-2\#t59-64\#tasked\#t_\#t_\#t_\#t_\#t_\#t
      2-3\#t64-65\#t.\#t_\#t_\#t_\#t_\#t_\#t

      == lost
      span 3: gap
      relation 3: absentTarget
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(WebAnnoTSV.self),
      #"""
      – by –, 65 code points
      @4 source 0–4 ‹Ruiz›
      @7 cue 7–13 ‹denied›
      @9 denial 14–17 ‹she› about=gifts (is “she” Ruiz?)
      @12 claim 19–35 ‹took café gifts›
      @13 denial 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      @19 source 38–44 ‹a note›
      1 @9 said-by @4
      2 @9 denies @12
      3 @12 said-by @19
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(WebAnnoTSV.self, writing: #"8-x\#tdenied"#, for: #"8-14\#tdenied"#),
      #"""
      changed at line 9, column 5
      line 9, column 1: 8 columns, the second of them an offset such as 0-4 expected, found “8-x”
      """#)
  }

  @Test func `a chain whose layer names no feature loses its words with a word`() throws {
    let file = [
      "#FORMAT=WebAnno TSV 3.3", "#T_CH=webanno.custom.Link", "", "", "#Text=Nora paid him .",
      "1-1\t0-4\tNora\tname->1-1\t", "1-2\t5-9\tpaid\t_\t", "1-3\t10-13\thim\t*->1-2\t", "1-4\t14-15\t.\t_\t", "",
    ]
    let read = try WebAnnoTSV.read(Array(file.joined(separator: "\n").utf8), texts: { _ in nil })
    #expect(read[0].leftOut.map(\.what) == ["“name” in a chain, for which its layer names no feature"])
  }
}
