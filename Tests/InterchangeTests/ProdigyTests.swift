import Interchange
import TestSupport
import Testing

@Suite struct ProdigyTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(Prodigy.self),
      #"""
      {"answer": "accept", "meta": {"annotator": "dana", "id": "note"}, "relations": [{"child": 0, "child_span": {"end": 4, "id": "1", "label": "source", "start": 0, "token_end": 0, "token_start": 0}, "head": 3, "head_span": {"end": 17, "id": "3", "label": "denial", "start": 14, "token_end": 3, "token_start": 3}, "label": "said-by"}, {"child": 7, "child_span": {"end": 35, "id": "4", "label": "claim", "start": 19, "token_end": 7, "token_start": 5}, "head": 3, "head_span": {"end": 17, "id": "3", "label": "denial", "start": 14, "token_end": 3, "token_start": 3}, "label": "denies"}, {"child": 11, "child_span": {"end": 44, "id": "5", "label": "source", "start": 38, "token_end": 11, "token_start": 10}, "head": 7, "head_span": {"end": 35, "id": "4", "label": "claim", "start": 19, "token_end": 7, "token_start": 5}, "label": "said-by"}], "spans": [{"attributes": {}, "end": 4, "id": "1", "label": "source", "start": 0, "token_end": 0, "token_start": 0}, {"attributes": {}, "end": 13, "id": "2", "label": "cue", "start": 7, "token_end": 2, "token_start": 2}, {"attributes": {"about": "gifts"}, "end": 17, "id": "3", "label": "denial", "note": "is “she” Ruiz?", "start": 14, "token_end": 3, "token_start": 3}, {"attributes": {}, "end": 35, "id": "4", "label": "claim", "start": 19, "token_end": 7, "token_start": 5}, {"attributes": {"about": "gifts"}, "end": 29, "id": "3.2", "label": "denial", "note": "is “she” Ruiz?", "start": 19, "token_end": 6, "token_start": 5}, {"attributes": {}, "end": 44, "id": "5", "label": "source", "start": 38, "token_end": 11, "token_start": 10}], "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n", "tokens": [{"end": 4, "id": 0, "start": 0, "text": "Ruiz", "ws": true}, {"end": 6, "id": 1, "start": 5, "text": "🎁", "ws": true}, {"end": 13, "id": 2, "start": 7, "text": "denied", "ws": true}, {"end": 17, "id": 3, "start": 14, "text": "she", "ws": true}, {"end": 19, "id": 4, "start": 18, "text": "“", "ws": false}, {"end": 23, "id": 5, "start": 19, "text": "took", "ws": true}, {"end": 29, "id": 6, "start": 24, "text": "café", "ws": true}, {"end": 35, "id": 7, "start": 30, "text": "gifts", "ws": false}, {"end": 36, "id": 8, "start": 35, "text": "”", "ws": false}, {"end": 37, "id": 9, "start": 36, "text": ",", "ws": true}, {"end": 39, "id": 10, "start": 38, "text": "a", "ws": true}, {"end": 44, "id": 11, "start": 40, "text": "note", "ws": true}, {"end": 49, "id": 12, "start": 45, "text": "said", "ws": false}, {"end": 50, "id": 13, "start": 49, "text": ".", "ws": false}, {"end": 51, "id": 14, "start": 50, "text": "\n", "ws": false}, {"end": 57, "id": 15, "start": 51, "text": "Nobody", "ws": true}, {"end": 63, "id": 16, "start": 58, "text": "asked", "ws": false}, {"end": 64, "id": 17, "start": 63, "text": ".", "ws": false}, {"end": 65, "id": 18, "start": 64, "text": "\n", "ws": false}]}

      == lost
      span 3: gap
      relation 3: absentTarget
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(Prodigy.self),
      #"""
      note by dana, 65 code points
      1 source 0–4 ‹Ruiz›
      2 cue 7–13 ‹denied›
      3 denial 14–17 ‹she› about=gifts (is “she” Ruiz?)
      4 claim 19–35 ‹took café gifts›
      3.2 denial 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      5 source 38–44 ‹a note›
      1 3 said-by 1
      2 3 denies 4
      3 4 said-by 5
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(Prodigy.self, writing: #""start": true"#, for: #""start": 7"#),
      #"""
      changed at line 1, column 1009
      line 1, column 1018: a whole number expected, found true
      """#)
  }
}
