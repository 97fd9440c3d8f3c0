import Interchange
import TestSupport
import Testing

@Suite struct WebAnnotationTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(WebAnnotation.self),
      #"""
      == dana/note.txt
      Ruiz 🎁 denied she “took café gifts”, a note said.
      Nobody asked.

      == dana/note.jsonld
      {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"gainsay": "urn:gainsay:"}],
        "id": "urn:gainsay:note:dana",
        "items": [
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "source"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:s1", "motivation": "tagging", "target": [{"selector": [{"exact": "Ruiz", "prefix": "", "suffix": " 🎁 denied she “took café gifts”", "type": "TextQuoteSelector"}, {"end": 4, "start": 0, "type": "TextPositionSelector"}], "source": "urn:gainsay:note"}], "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "cue"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:s2", "motivation": "tagging", "target": [{"selector": [{"exact": "denied", "prefix": "Ruiz 🎁 ", "suffix": " she “took café gifts”, a note ", "type": "TextQuoteSelector"}, {"end": 13, "start": 7, "type": "TextPositionSelector"}], "source": "urn:gainsay:note"}], "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "denial"}, {"purpose": "commenting", "type": "TextualBody", "value": "is “she” Ruiz?"}], "creator": {"name": "dana", "type": "Person"}, "gainsay:about": "gifts", "id": "urn:gainsay:note:dana:s3", "motivation": "tagging", "target": [{"selector": [{"exact": "she", "prefix": "Ruiz 🎁 denied ", "suffix": " “took café gifts”, a note said", "type": "TextQuoteSelector"}, {"end": 17, "start": 14, "type": "TextPositionSelector"}], "source": "urn:gainsay:note"}, {"selector": [{"exact": "took café", "prefix": "Ruiz 🎁 denied she “", "suffix": " gifts”, a note said.\nNobody ask", "type": "TextQuoteSelector"}, {"end": 29, "start": 19, "type": "TextPositionSelector"}], "source": "urn:gainsay:note"}], "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "claim"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:s4", "motivation": "tagging", "target": [{"selector": [{"exact": "took café gifts", "prefix": "Ruiz 🎁 denied she “", "suffix": "”, a note said.\nNobody asked.\n", "type": "TextQuoteSelector"}, {"end": 35, "start": 19, "type": "TextPositionSelector"}], "source": "urn:gainsay:note"}], "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "source"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:s5", "motivation": "tagging", "target": [{"selector": [{"exact": "a note", "prefix": " denied she “took café gifts”, ", "suffix": " said.\nNobody asked.\n", "type": "TextQuoteSelector"}, {"end": 44, "start": 38, "type": "TextPositionSelector"}], "source": "urn:gainsay:note"}], "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "said-by"}, {"id": "urn:gainsay:note:dana:s1"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:r1", "motivation": "linking", "target": "urn:gainsay:note:dana:s3", "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "denies"}, {"id": "urn:gainsay:note:dana:s4"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:r2", "motivation": "linking", "target": "urn:gainsay:note:dana:s3", "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "denies"}, {"purpose": "describing", "type": "TextualBody", "value": "that she took any"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:r3", "motivation": "linking", "target": "urn:gainsay:note:dana:s3", "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "said-by"}, {"id": "urn:gainsay:note:dana:s5"}], "creator": {"name": "dana", "type": "Person"}, "id": "urn:gainsay:note:dana:r4", "motivation": "linking", "target": "urn:gainsay:note:dana:s4", "type": "Annotation"}
        ],
        "type": "AnnotationPage"
      }

      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(WebAnnotation.self),
      #"""
      – by dana, 65 code points
      urn:gainsay:note:dana:s1 source 0–4 ‹Ruiz›
      urn:gainsay:note:dana:s2 cue 7–13 ‹denied›
      urn:gainsay:note:dana:s3 denial 14–17 ‹she› + 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      urn:gainsay:note:dana:s4 claim 19–35 ‹took café gifts›
      urn:gainsay:note:dana:s5 source 38–44 ‹a note›
      urn:gainsay:note:dana:r1 urn:gainsay:note:dana:s3 said-by urn:gainsay:note:dana:s1
      urn:gainsay:note:dana:r2 urn:gainsay:note:dana:s3 denies urn:gainsay:note:dana:s4
      urn:gainsay:note:dana:r3 urn:gainsay:note:dana:s3 denies “that she took any”
      urn:gainsay:note:dana:r4 urn:gainsay:note:dana:s4 said-by urn:gainsay:note:dana:s5
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(WebAnnotation.self, writing: #"{"end": 13, "start": [],"#, for: #"{"end": 13, "start": 7,"#),
      #"""
      changed at line 6, column 327
      line 6, column 348: a whole number expected, found another value
      """#)
  }
}
