import Interchange
import TestSupport
import Testing

@Suite struct JSONLinesTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(JSONLines.self),
      #"""
      {"annotator": "dana", "id": "note", "relations": [{"from": 3, "id": 1, "text": null, "to": 1, "type": "said-by"}, {"from": 3, "id": 2, "text": null, "to": 4, "type": "denies"}, {"from": 3, "id": 3, "text": "that she took any", "to": null, "type": "denies"}, {"from": 4, "id": 4, "text": null, "to": 5, "type": "said-by"}], "spans": [{"attributes": {"about": null}, "end": 4, "fragments": [{"end": 4, "start": 0, "text": "Ruiz"}], "id": 1, "label": "source", "note": null, "start": 0, "text": "Ruiz"}, {"attributes": {"about": null}, "end": 13, "fragments": [{"end": 13, "start": 7, "text": "denied"}], "id": 2, "label": "cue", "note": null, "start": 7, "text": "denied"}, {"attributes": {"about": "gifts"}, "end": 29, "fragments": [{"end": 17, "start": 14, "text": "she"}, {"end": 29, "start": 19, "text": "took café"}], "id": 3, "label": "denial", "note": "is “she” Ruiz?", "start": 14, "text": "she “took café"}, {"attributes": {"about": null}, "end": 35, "fragments": [{"end": 35, "start": 19, "text": "took café gifts"}], "id": 4, "label": "claim", "note": null, "start": 19, "text": "took café gifts"}, {"attributes": {"about": null}, "end": 44, "fragments": [{"end": 44, "start": 38, "text": "a note"}], "id": 5, "label": "source", "note": null, "start": 38, "text": "a note"}], "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n"}

      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(JSONLines.self),
      #"""
      note by dana, 65 code points
      1 source 0–4 ‹Ruiz›
      2 cue 7–13 ‹denied›
      3 denial 14–17 ‹she› + 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      4 claim 19–35 ‹took café gifts›
      5 source 38–44 ‹a note›
      1 3 said-by 1
      2 3 denies 4
      3 3 denies “that she took any”
      4 4 said-by 5
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(JSONLines.self, writing: #""start": "7""#, for: #""start": 7"#),
      #"""
      changed at line 1, column 571
      line 1, column 580: a whole number expected, found 7
      """#)
  }
}
