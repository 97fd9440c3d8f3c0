import Interchange
import TestSupport
import Testing

@Suite struct MarkdownTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(Markdown.self),
      #"""
      == dana/note.md
      # Ruiz denied

      dana, s 1.0.0

      ⟦Ruiz⟧<sup>source 1</sup> 🎁 ⟦denied⟧<sup>cue 2</sup> ⟦she⟧<sup>denial 3, 1</sup> “⟦⟦took café⟧<sup>denial 3, 2</sup> gifts⟧<sup>claim 4</sup>”, ⟦a note⟧<sup>source 5</sup> said\.

      Nobody asked\.

      - denial 3, about: gifts, said\-by 1, denies 4, denies – that she took any (is “she” Ruiz?)
      - claim 4, said\-by 5

      """#)
  }
}
