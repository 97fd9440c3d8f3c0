import Interchange
import TestSupport
import Testing

@Suite struct SlateTests {
  @Test func `a word, words, and a character are places; what has no place is named`() throws {
    let lines = """
      (0, 0) - source
      ((0, 4), (0, 6)) - claim label:denial

      ((0, 4, 0), (0, 4, 1)) - cue
      (1) - other
      (0, 2) - (0, 0)

      """
    expect(
      try Sample.read(Slate.self, Array(lines.utf8)),
      #"""
      – by –, 65 code points
      1 source 0–4 ‹Ruiz›
      2 claim 18–37 ‹“took café gifts”,›
      3 denial 18–37 ‹“took café gifts”,›
      4 cue 18–20 ‹“t›
      5 other 51–64 ‹Nobody asked.›
      item@7-13 item 7–13 ‹denied›
      item@0-4 item 0–4 ‹Ruiz›
      1 item@7-13 link item@0-4
      """#)
  }

  @Test(arguments: [
    ("(0, 0) - source\n(9, 0) - cue\n", "line 2, column 1: a place in the text expected, found “(9, 0)”"),
    (
      "(0, 0) source\n", "line 1, column 1: a place and labels, such as (2, 0) - label expected, found “(0, 0) source”"
    ),
  ]) func `what is no line of slate's is refused with its place`(file: String, fault: String) throws {
    #expect(try Sample.fault(Slate.self, file) == fault)
  }
}
