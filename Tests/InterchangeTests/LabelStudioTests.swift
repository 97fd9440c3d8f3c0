import Interchange
import TestSupport
import Testing

@Suite struct LabelStudioTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(LabelStudio.self),
      #"""
      [
      {"annotations": [{"completed_by": {"email": "dana", "id": 1}, "id": 1, "result": [{"from_name": "label", "id": "s1", "to_name": "text", "type": "labels", "value": {"end": 4, "labels": ["source"], "start": 0, "text": "Ruiz"}}, {"from_name": "label", "id": "s2", "to_name": "text", "type": "labels", "value": {"end": 13, "labels": ["cue"], "start": 7, "text": "denied"}}, {"from_name": "label", "id": "s3", "to_name": "text", "type": "labels", "value": {"end": 17, "labels": ["denial"], "start": 14, "text": "she"}}, {"from_name": "about", "id": "s3", "to_name": "text", "type": "textarea", "value": {"end": 17, "start": 14, "text": ["gifts"]}}, {"from_name": "note", "id": "s3", "to_name": "text", "type": "textarea", "value": {"end": 17, "start": 14, "text": ["is “she” Ruiz?"]}}, {"from_name": "label", "id": "s4", "to_name": "text", "type": "labels", "value": {"end": 35, "labels": ["claim"], "start": 19, "text": "took café gifts"}}, {"from_name": "label", "id": "s3.2", "to_name": "text", "type": "labels", "value": {"end": 29, "labels": ["denial"], "start": 19, "text": "took café"}}, {"from_name": "about", "id": "s3.2", "to_name": "text", "type": "textarea", "value": {"end": 29, "start": 19, "text": ["gifts"]}}, {"from_name": "note", "id": "s3.2", "to_name": "text", "type": "textarea", "value": {"end": 29, "start": 19, "text": ["is “she” Ruiz?"]}}, {"from_name": "label", "id": "s5", "to_name": "text", "type": "labels", "value": {"end": 44, "labels": ["source"], "start": 38, "text": "a note"}}, {"direction": "right", "from_id": "s3", "labels": ["said-by"], "to_id": "s1", "type": "relation"}, {"direction": "right", "from_id": "s3", "labels": ["denies"], "to_id": "s4", "type": "relation"}, {"direction": "right", "from_id": "s4", "labels": ["said-by"], "to_id": "s5", "type": "relation"}], "was_cancelled": false}], "data": {"name": "note", "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n"}, "id": 1, "predictions": []}
      ]

      == lost
      span 3: gap
      relation 3: absentTarget
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(LabelStudio.self),
      #"""
      note by dana, 65 code points
      s1 source 0–4 ‹Ruiz›
      s2 cue 7–13 ‹denied›
      s3 denial 14–17 ‹she› about=gifts (is “she” Ruiz?)
      s4 claim 19–35 ‹took café gifts›
      s3.2 denial 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      s5 source 38–44 ‹a note›
      1 s3 said-by s1
      2 s3 denies s4
      3 s4 said-by s5
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(LabelStudio.self, writing: #""labels": "cue""#, for: #""labels": ["cue"]"#),
      #"""
      changed at line 2, column 320
      line 2, column 330: an array expected, found another value
      """#)
  }
}
