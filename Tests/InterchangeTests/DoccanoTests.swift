import Interchange
import TestSupport
import Testing

@Suite struct DoccanoTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(Doccano.self),
      #"""
      {"Comments": [], "annotator": "dana", "entities": [{"end_offset": 4, "id": 1, "label": "source", "start_offset": 0}, {"end_offset": 13, "id": 2, "label": "cue", "start_offset": 7}, {"end_offset": 17, "id": 3, "label": "denial", "start_offset": 14}, {"end_offset": 35, "id": 4, "label": "claim", "start_offset": 19}, {"end_offset": 29, "id": 5, "label": "denial", "start_offset": 19}, {"end_offset": 44, "id": 6, "label": "source", "start_offset": 38}], "id": 1, "name": "note", "relations": [{"from_id": 3, "id": 1, "to_id": 1, "type": "said-by"}, {"from_id": 3, "id": 2, "to_id": 4, "type": "denies"}, {"from_id": 4, "id": 4, "to_id": 6, "type": "said-by"}], "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n", "unit": "codepoint"}

      == lost
      span 3: gap
      span 3: attribute
      span 3: note
      relation 3: absentTarget
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(Doccano.self),
      #"""
      note by dana, 65 code points
      1 source 0–4 ‹Ruiz›
      2 cue 7–13 ‹denied›
      3 denial 14–17 ‹she›
      4 claim 19–35 ‹took café gifts›
      5 denial 19–29 ‹took café›
      6 source 38–44 ‹a note›
      1 3 said-by 1
      2 3 denies 4
      3 4 said-by 6
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(Doccano.self, writing: #""end_offset": null"#, for: #""end_offset": 13"#),
      #"""
      changed at line 1, column 119
      line 1, column 133: a whole number expected, found another value
      """#)
  }
}
