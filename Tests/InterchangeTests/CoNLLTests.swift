import Interchange
import TestSupport
import Testing

@Suite struct CoNLLTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(CoNLL.self),
      #"""
      == content
      -DOCSTART- note dana O

      Ruiz -X- -X- O
      🎁 -X- -X- O
      denied -X- -X- O
      she -X- -X- B-denial
      “ -X- -X- O
      took -X- -X- B-claim
      café -X- -X- I-claim
      gifts -X- -X- I-claim
      ” -X- -X- O
      , -X- -X- O
      a -X- -X- O
      note -X- -X- O
      said -X- -X- O
      . -X- -X- O

      Nobody -X- -X- O
      asked -X- -X- O
      . -X- -X- O


      == content-2
      -DOCSTART- note dana O

      Ruiz -X- -X- O
      🎁 -X- -X- O
      denied -X- -X- O
      she -X- -X- O
      “ -X- -X- O
      took -X- -X- B-denial
      café -X- -X- I-denial
      gifts -X- -X- O
      ” -X- -X- O
      , -X- -X- O
      a -X- -X- O
      note -X- -X- O
      said -X- -X- O
      . -X- -X- O

      Nobody -X- -X- O
      asked -X- -X- O
      . -X- -X- O


      == source
      -DOCSTART- note dana O

      Ruiz -X- -X- B-source
      🎁 -X- -X- O
      denied -X- -X- O
      she -X- -X- O
      “ -X- -X- O
      took -X- -X- O
      café -X- -X- O
      gifts -X- -X- O
      ” -X- -X- O
      , -X- -X- O
      a -X- -X- B-source
      note -X- -X- I-source
      said -X- -X- O
      . -X- -X- O

      Nobody -X- -X- O
      asked -X- -X- O
      . -X- -X- O


      == cue
      -DOCSTART- note dana O

      Ruiz -X- -X- O
      🎁 -X- -X- O
      denied -X- -X- B-cue
      she -X- -X- O
      “ -X- -X- O
      took -X- -X- O
      café -X- -X- O
      gifts -X- -X- O
      ” -X- -X- O
      , -X- -X- O
      a -X- -X- O
      note -X- -X- O
      said -X- -X- O
      . -X- -X- O

      Nobody -X- -X- O
      asked -X- -X- O
      . -X- -X- O


      == lost
      span 3: gap
      span 3: attribute
      span 3: note
      relation 1: relation
      relation 2: relation
      relation 3: relation
      relation 4: relation
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(CoNLL.self),
      #"""
      note by dana, 65 code points
      @71 denial 14–17 ‹she›
      @106 claim 19–35 ‹took café gifts›
      note by dana, 65 code points
      @99 denial 19–29 ‹took café›
      note by dana, 65 code points
      @24 source 0–4 ‹Ruiz›
      @180 source 38–44 ‹a note›
      note by dana, 65 code points
      @54 cue 7–13 ‹denied›
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(CoNLL.self, writing: #"she -X- -X- Z-denial"#, for: #"she -X- -X- B-denial"#),
      #"""
      changed at line 6, column 1
      line 6, column 1: a tag such as O, B-label or I-label (--tag names another column) expected, found “Z-denial”
      """#)
  }
}
