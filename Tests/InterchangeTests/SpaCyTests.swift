import Interchange
import TestSupport
import Testing

@Suite struct SpaCyTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(SpaCy.self),
      #"""
      {"ents": [{"end": 4, "kb_id": "", "label": "source", "start": 0}, {"end": 13, "kb_id": "", "label": "cue", "start": 7}, {"end": 17, "kb_id": "", "label": "denial", "start": 14}, {"end": 35, "kb_id": "", "label": "claim", "start": 19}, {"end": 44, "kb_id": "", "label": "source", "start": 38}], "meta": {"annotator": "dana", "id": "note"}, "spans": {"sc": [{"end": 4, "id": "1", "kb_id": "", "label": "source", "start": 0}, {"end": 13, "id": "2", "kb_id": "", "label": "cue", "start": 7}, {"end": 17, "id": "3", "kb_id": "", "label": "denial", "start": 14}, {"end": 35, "id": "4", "kb_id": "", "label": "claim", "start": 19}, {"end": 29, "id": "3.2", "kb_id": "", "label": "denial", "start": 19}, {"end": 44, "id": "5", "kb_id": "", "label": "source", "start": 38}]}, "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n", "tokens": [{"end": 4, "id": 0, "start": 0}, {"end": 6, "id": 1, "start": 5}, {"end": 13, "id": 2, "start": 7}, {"end": 17, "id": 3, "start": 14}, {"end": 19, "id": 4, "start": 18}, {"end": 23, "id": 5, "start": 19}, {"end": 29, "id": 6, "start": 24}, {"end": 35, "id": 7, "start": 30}, {"end": 36, "id": 8, "start": 35}, {"end": 37, "id": 9, "start": 36}, {"end": 39, "id": 10, "start": 38}, {"end": 44, "id": 11, "start": 40}, {"end": 49, "id": 12, "start": 45}, {"end": 50, "id": 13, "start": 49}, {"end": 51, "id": 14, "start": 50}, {"end": 57, "id": 15, "start": 51}, {"end": 63, "id": 16, "start": 58}, {"end": 64, "id": 17, "start": 63}, {"end": 65, "id": 18, "start": 64}]}

      == lost
      span 3: gap
      span 3: note
      relation 1: relation
      relation 2: relation
      relation 3: relation
      relation 4: relation
      span 3: attribute
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(SpaCy.self),
      #"""
      note by dana, 65 code points
      1 source 0–4 ‹Ruiz›
      2 cue 7–13 ‹denied›
      3 denial 14–17 ‹she›
      4 claim 19–35 ‹took café gifts›
      3.2 denial 19–29 ‹took café›
      5 source 38–44 ‹a note›
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(SpaCy.self, writing: #""label": 3"#, for: #""label": "cue""#),
      #"""
      changed at line 1, column 92
      line 1, column 101: a string expected, found another value
      """#)
  }
}
