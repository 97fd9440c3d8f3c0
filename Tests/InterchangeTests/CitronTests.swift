import Interchange
import TestSupport
import Testing

@Suite struct CitronTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(Citron.self),
      #"""
      == dana/note.json
      {
        "quotes": [
          {"contents": [{"end": 17, "start": 14, "text": "she"}, {"end": 29, "start": 19, "text": "took café"}], "cue": null, "id": "q3", "label": "denial", "sources": [{"end": 4, "start": 0, "text": "Ruiz"}]},
          {"contents": [{"end": 35, "start": 19, "text": "took café gifts"}], "cue": null, "id": "q4", "label": "claim", "sources": [{"end": 44, "start": 38, "text": "a note"}]}
        ],
        "text": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n"
      }

      == lost
      span 3: attribute
      span 3: note
      span 2: loneSpan
      relation 2: relation
      relation 3: relation
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(Citron.self),
      #"""
      – by –, 65 code points
      q3 denial 14–17 ‹she› + 19–29 ‹took café›
      source@181 source 0–4 ‹Ruiz›
      q4 claim 19–35 ‹took café gifts›
      source@352 source 38–44 ‹a note›
      1 q3 said-by source@181
      2 q4 said-by source@352
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(Citron.self, writing: #""start": -14.5"#, for: #""start": 14"#),
      #"""
      changed at line 3, column 31
      line 3, column 40: a whole number expected, found -14.5
      """#)
  }
}
