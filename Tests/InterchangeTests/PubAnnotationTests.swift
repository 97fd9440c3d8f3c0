import Interchange
import TestSupport
import Testing

@Suite struct PubAnnotationTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(PubAnnotation.self),
      #"""
      == dana/note.json
      {
        "attributes": [
          {"id": "A1", "obj": "gifts", "pred": "about", "subj": "T3"},
          {"id": "A2", "obj": "is “she” Ruiz?", "pred": "note", "subj": "T3"},
          {"id": "A3", "obj": "that she took any", "pred": "absent:denies", "subj": "T3"}
        ],
        "denotations": [
          {"id": "T1", "obj": "source", "span": {"begin": 0, "end": 4}},
          {"id": "T2", "obj": "cue", "span": {"begin": 7, "end": 13}},
          {"id": "T3", "obj": "denial", "span": [{"begin": 14, "end": 17}, {"begin": 19, "end": 29}]},
          {"id": "T4", "obj": "claim", "span": {"begin": 19, "end": 35}},
          {"id": "T5", "obj": "source", "span": {"begin": 38, "end": 44}}
        ],
        "relations": [
          {"id": "R1", "obj": "T1", "pred": "said-by", "subj": "T3"},
          {"id": "R2", "obj": "T4", "pred": "denies", "subj": "T3"},
          {"id": "R4", "obj": "T5", "pred": "said-by", "subj": "T4"}
        ],
        "sourcedb": "gainsay",
        "sourceid": "note",
        "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n"
      }

      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(PubAnnotation.self),
      #"""
      note by –, 65 code points
      T1 source 0–4 ‹Ruiz›
      T2 cue 7–13 ‹denied›
      T3 denial 14–17 ‹she› + 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      T4 claim 19–35 ‹took café gifts›
      T5 source 38–44 ‹a note›
      1 T3 said-by T1
      2 T3 denies T4
      3 T4 said-by T5
      4 T3 denies “that she took any”
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(PubAnnotation.self, writing: #"{"begin": 7, "end": {}}"#, for: #"{"begin": 7, "end": 13}"#),
      #"""
      changed at line 9, column 40
      line 9, column 60: a whole number expected, found another value
      """#)
  }
}
