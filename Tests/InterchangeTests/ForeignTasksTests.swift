import Interchange
import TestSupport
import Testing

/// Files of tasks and pages in JSON, and BioC as they come, wording our own: each was refused once, or lost something in silence.
@Suite struct ForeignTasksTests {
  @Test func `sessions, choices and comments of a task are kept or named`() throws {
    expect(
      try ForeignRoundTrip().report(
        Prodigy.self,
        #"""
        {"text":"Nora paid.","spans":[{"start":0,"end":4,"label":"PER","kb_id":"Q1"}],"options":[{"id":"Q1","text":"Nora V."}],"accept":["Q1"],"label":"NEWS","comment":"sure?","_view_id":"choice","_session_id":"x-dana","answer":"accept"}
        """#),
      #"""
      left out: “options” of the task
      left out: “accept” of the document: the scheme gives documents no such attribute
      left out: “label” of the document: the scheme gives documents no such attribute
      1 PER ‹Nora› kb_id=Q1
      == 
      {"answer": "accept", "meta": {"annotator": "dana", "id": "doc"}, "relations": [], "spans": [{"attributes": {}, "end": 4, "id": "1", "kb_id": "Q1", "label": "PER", "start": 0, "token_end": 0, "token_start": 0}], "text": "Nora paid.", "tokens": [{"end": 4, "id": 0, "start": 0, "text": "Nora", "ws": true}, {"end": 9, "id": 1, "start": 5, "text": "paid", "ws": false}, {"end": 10, "id": 2, "start": 9, "text": ".", "ws": false}]}
      """#)
  }

  @Test func `groups, knowledge base ids and categories are kept or named`() throws {
    expect(
      try ForeignRoundTrip().report(
        SpaCy.self,
        #"""
        {"text":"Nora paid him.","ents":[{"start":0,"end":4,"label":"PER","kb_id":"Q1"}],"spans":{"acts":[{"start":5,"end":13,"label":"ACT"}]},"cats":{"NEWS":1.0,"AD":0},"tokens":[{"id":0,"start":0,"end":4,"tag":"NNP"},{"id":1,"start":5,"end":9},{"id":2,"start":10,"end":13},{"id":3,"start":13,"end":14}]}
        ["Nora paid.", {"entities": [[0, 4, "PER"]]}]
        """#),
      #"""
      left out: what is said of tokens: tag
      left out: “NEWS” of the document: the scheme gives documents no such attribute
      left out: “AD” of the document: the scheme gives documents no such attribute
      1 PER ‹Nora› group=ents kb_id=Q1
      2 ACT ‹paid him› group=acts
      == 
      {"ents": [{"end": 4, "kb_id": "Q1", "label": "PER", "start": 0}], "meta": {"annotator": "ana", "id": "doc"}, "spans": {"acts": [{"end": 13, "id": "2", "kb_id": "", "label": "ACT", "start": 5}]}, "text": "Nora paid him.", "tokens": [{"end": 4, "id": 0, "start": 0}, {"end": 9, "id": 1, "start": 5}, {"end": 13, "id": 2, "start": 10}, {"end": 14, "id": 3, "start": 13}]}
      1 PER ‹Nora›
      == 
      {"ents": [{"end": 4, "kb_id": "", "label": "PER", "start": 0}], "meta": {"annotator": "ana", "id": "doc"}, "spans": {"sc": [{"end": 4, "id": "1", "kb_id": "", "label": "PER", "start": 0}]}, "text": "Nora paid.", "tokens": [{"end": 4, "id": 0, "start": 0}, {"end": 9, "id": 1, "start": 5}, {"end": 10, "id": 2, "start": 9}]}
      """#)
  }

  @Test func `entities as triplets, labels by number, and comments`() throws {
    expect(
      try ForeignRoundTrip().report(
        Doccano.self,
        #"""
        {"text":"Nora paid","entities":[[0,4,"PER"]],"cats":["news"],"Comments":["hm"]}
        {"text":"Nora paid","annotations":[{"label":3,"start_offset":0,"end_offset":4,"user":1}],"meta":{"a":1}}
        """#),
      #"""
      left out: “cats” of the document: the scheme gives documents no such attribute
      1 PER ‹Nora›
      == 
      {"Comments": [], "annotator": "ana", "entities": [{"end_offset": 4, "id": 1, "label": "PER", "start_offset": 0}], "id": 1, "name": "doc", "relations": [], "text": "Nora paid", "unit": "codepoint"}
      left out: “meta” of the text
      “3” is x3
      1 x3 ‹Nora›
      == 
      {"Comments": [], "annotator": "ana", "entities": [{"end_offset": 4, "id": 1, "label": "3", "start_offset": 0}], "id": 1, "name": "doc", "relations": [], "text": "Nora paid", "unit": "codepoint"}
      """#)
  }

  @Test func `another key of the text, several labels, none, and ends counted inclusively`() throws {
    expect(
      try ForeignRoundTrip().report(
        LabelStudio.self,
        #"""
        [{"id": 5, "data": {"article": "Nora paid him."}, "annotations": [{"id": 1, "completed_by": 1, "result": [
         {"id": "a", "from_name": "who", "to_name": "t", "type": "labels", "value": {"start": 0, "end": 3, "text": "Nora", "labels": ["Person Name", "Payer"]}},
         {"id": "a", "from_name": "what", "to_name": "t", "type": "labels", "value": {"start": 0, "end": 3, "text": "Nora", "labels": ["GIVER"]}},
         {"id": "b", "from_name": "who", "to_name": "t", "type": "labels", "value": {"start": 5, "end": 8, "text": "paid", "labels": []}}]}]}]
        """#),
      #"""
      left out: the region b, which has no label
      left out: which control a label is of: who, what
      left out: that the ends of spans were counted inclusively
      “Person Name” is Person-Name
      1 Person-Name ‹Nora›
      2 Payer ‹Nora›
      3 GIVER ‹Nora›
      == 
      [
      {"annotations": [{"completed_by": {"email": "annotator-1", "id": 1}, "id": 1, "result": [{"from_name": "label", "id": "s1", "to_name": "text", "type": "labels", "value": {"end": 4, "labels": ["Person Name"], "start": 0, "text": "Nora"}}, {"from_name": "label", "id": "s2", "to_name": "text", "type": "labels", "value": {"end": 4, "labels": ["Payer"], "start": 0, "text": "Nora"}}, {"from_name": "label", "id": "s3", "to_name": "text", "type": "labels", "value": {"end": 4, "labels": ["GIVER"], "start": 0, "text": "Nora"}}], "was_cancelled": false}], "data": {"name": "5", "text": "Nora paid him."}, "id": 1, "predictions": []}
      ]
      """#)
  }

  @Test func `the smaller form of Label Studio is read`() throws {
    expect(
      try ForeignRoundTrip().report(
        LabelStudio.self,
        #"""
        [{"id": 5, "text": "Nora paid him.", "label": [{"start": 0, "end": 4, "text": "Nora", "labels": ["PER"]}], "annotator": 1, "annotation_id": 11, "sentiment": "good"}]
        """#),
      #"""
      left out: “sentiment” of the task: “good”
      1 PER ‹Nora›
      == 
      [
      {"annotations": [{"completed_by": {"email": "annotator-1", "id": 1}, "id": 1, "result": [{"from_name": "label", "id": "s1", "to_name": "text", "type": "labels", "value": {"end": 4, "labels": ["PER"], "start": 0, "text": "Nora"}}], "was_cancelled": false}], "data": {"name": "5", "text": "Nora paid him."}, "id": 1, "predictions": []}
      ]
      """#)
  }

  @Test func `a comment is a note, a link may have two targets, and words without a place are found`() throws {
    expect(
      try ForeignRoundTrip(text: "Nora paid him.").report(
        WebAnnotation.self,
        #"""
        [{"id": "#1", "body": [{"type": "TextualBody", "value": "is she?"}, {"type": "TextualBody", "value": "PER", "purpose": "tagging"}, {"purpose": "identifying", "source": "http://kb/Q1"}], "target": {"selector": [{"type": "TextQuoteSelector", "exact": "Nora"}, {"type": "TextPositionSelector", "start": 0, "end": 4}]}},
         {"id": "#2", "body": [], "target": {"selector": {"type": "TextQuoteSelector", "exact": "him", "prefix": "paid "}}},
         {"id": "#3", "motivation": "linking", "body": [{"value": "payer", "purpose": "tagging"}], "target": [{"id": "#1"}, {"id": "#2"}]},
         {"id": "#4", "body": {"purpose": "tagging", "source": "http://kb/ACT"}, "target": {"selector": {"type": "TextQuoteSelector", "exact": "gone"}}}]
        """#),
      #"""
      left out: the annotation #4, whose words stand at no one place
      1 PER ‹Nora› identifying=http://kb/Q1 (is she?)
      2 highlight ‹him›
      1 payer 2
      == ana/doc.jsonld
      {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"gainsay": "urn:gainsay:"}],
        "id": "urn:gainsay:doc:ana",
        "items": [
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "PER"}, {"purpose": "identifying", "source": "http://kb/Q1", "type": "SpecificResource"}, {"purpose": "commenting", "type": "TextualBody", "value": "is she?"}], "creator": {"name": "ana", "type": "Person"}, "id": "urn:gainsay:doc:ana:s1", "motivation": "tagging", "target": [{"selector": [{"exact": "Nora", "prefix": "", "suffix": " paid him.", "type": "TextQuoteSelector"}, {"end": 4, "start": 0, "type": "TextPositionSelector"}], "source": "urn:gainsay:doc"}], "type": "Annotation"},
          {"body": [], "creator": {"name": "ana", "type": "Person"}, "id": "urn:gainsay:doc:ana:s2", "motivation": "tagging", "target": [{"selector": [{"exact": "him", "prefix": "Nora paid ", "suffix": ".", "type": "TextQuoteSelector"}, {"end": 13, "start": 10, "type": "TextPositionSelector"}], "source": "urn:gainsay:doc"}], "type": "Annotation"},
          {"body": [{"purpose": "tagging", "type": "TextualBody", "value": "payer"}, {"id": "urn:gainsay:doc:ana:s2"}], "creator": {"name": "ana", "type": "Person"}, "id": "urn:gainsay:doc:ana:r3", "motivation": "linking", "target": "urn:gainsay:doc:ana:s1", "type": "Annotation"}
        ],
        "type": "AnnotationPage"
      }
      """#)
  }

  @Test func `each track is an annotator, and a denotation without an object is named`() throws {
    expect(
      try ForeignRoundTrip().report(
        PubAnnotation.self,
        #"""
        {"text":"Nora paid.","sourcedb":"X","sourceid":"1","tracks":[{"project":"dana","denotations":[{"id":"T1","span":{"begin":0,"end":4},"obj":"PER"},{"id":"T2","span":{"begin":0,"end":4},"obj":null}]},{"project":"eli","denotations":[{"id":"T1","span":{"begin":5,"end":9},"obj":"ACT"}]}]}
        """#),
      #"""
      left out: the denotation T2, which has no “obj”
      1 PER ‹Nora›
      == dana/1.json
      {
        "attributes": [],
        "denotations": [
          {"id": "T1", "obj": "PER", "span": {"begin": 0, "end": 4}}
        ],
        "relations": [],
        "sourcedb": "gainsay",
        "sourceid": "1",
        "text": "Nora paid."
      }
      1 ACT ‹paid›
      == eli/1.json
      {
        "attributes": [],
        "denotations": [
          {"id": "T1", "obj": "ACT", "span": {"begin": 5, "end": 9}}
        ],
        "relations": [],
        "sourcedb": "gainsay",
        "sourceid": "1",
        "text": "Nora paid."
      }
      """#)
  }

  private static let passages = #"""
    <collection><source>s</source><date/><key>k</key><infon key="license">free</infon><document><id>d1</id><infon key="journal">J</infon>
    <passage><infon key="type">title</infon><offset>0</offset><text>Nora 🎁 paid.</text>
    <annotation id="a1"><infon key="type">PER</infon><infon key="kb">Q1</infon><location offset="0" length="4"/><text>Nora</text></annotation>
    <annotation id="a2"><infon key="type">ACT</infon><location offset="5" length="1"/><location offset="7" length="4"/><text>🎁 paid</text></annotation>
    <relation id="r1"><infon key="type">did</infon><node refid="a1" role="who"/><node refid="a2" role="what"/></relation></passage>
    <passage><offset>13</offset><text>He knew.</text><annotation id="a3"><infon key="type">PER</infon><location offset="13" length="2"/><text>He</text></annotation></passage>
    </document></collection>
    """#

  @Test func `passages, infons, roles and discontinuous locations of BioC`() throws {
    expect(
      try ForeignRoundTrip().report(
        BioCXML.self,
        Self.passages),
      #"""
      left out: the borders of 2 passages or sentences
      left out: what is said of a passage: type “title”
      left out: “license” of the collection
      left out: “journal” of the document: the scheme gives documents no such attribute
      1 PER ‹Nora› kb=Q1
      2 ACT ‹🎁 + paid›
      3 PER ‹He›
      1 did 2
      == ana/d1.xml
      <?xml version="1.0" encoding="UTF-8"?>
      <collection>
        <source>gainsay</source>
        <date></date>
        <key></key>
        <document>
          <id>d1</id>
          <infon key="annotator">ana</infon>
          <passage>
            <offset>0</offset>
            <text>Nora 🎁 paid.
      He knew.</text>
            <annotation id="T1">
              <infon key="type">PER</infon>
              <infon key="kb">Q1</infon>
              <location offset="0" length="4"/>
              <text>Nora</text>
            </annotation>
            <annotation id="T2">
              <infon key="type">ACT</infon>
              <location offset="5" length="1"/>
              <location offset="7" length="4"/>
              <text>🎁 paid</text>
            </annotation>
            <annotation id="T3">
              <infon key="type">PER</infon>
              <location offset="13" length="2"/>
              <text>He</text>
            </annotation>
            <relation id="R1">
              <infon key="type">did</infon>
              <node refid="T1" role="who"/>
              <node refid="T2" role="what"/>
            </relation>
          </passage>
        </document>
      </collection>
      """#)
  }

  @Test func `the same in JSON`() throws {
    expect(
      try ForeignRoundTrip(exporter: BioCJSON()).report(
        BioCXML.self,
        Self.passages),
      #"""
      left out: the borders of 2 passages or sentences
      left out: what is said of a passage: type “title”
      left out: “license” of the collection
      left out: “journal” of the document: the scheme gives documents no such attribute
      1 PER ‹Nora› kb=Q1
      2 ACT ‹🎁 + paid›
      3 PER ‹He›
      1 did 2
      == ana/d1.json
      {
        "bioctype": "BioCCollection",
        "date": "",
        "documents": [
          {
            "annotations": [],
            "bioctype": "BioCDocument",
            "id": "d1",
            "infons": {"annotator": "ana"},
            "passages": [
              {
                "annotations": [
                  {"id": "T1", "infons": {"kb": "Q1", "type": "PER"}, "locations": [{"length": 4, "offset": 0}], "text": "Nora"},
                  {"id": "T2", "infons": {"type": "ACT"}, "locations": [{"length": 1, "offset": 5}, {"length": 4, "offset": 7}], "text": "🎁 paid"},
                  {"id": "T3", "infons": {"type": "PER"}, "locations": [{"length": 2, "offset": 13}], "text": "He"}
                ],
                "bioctype": "BioCPassage",
                "infons": {},
                "offset": 0,
                "relations": [{"id": "R1", "infons": {"type": "did"}, "nodes": [{"refid": "T1", "role": "who"}, {"refid": "T2", "role": "what"}]}],
                "sentences": [],
                "text": "Nora 🎁 paid.\nHe knew."
              }
            ],
            "relations": []
          }
        ],
        "infons": {},
        "key": "",
        "source": "gainsay",
        "version": "1.0"
      }
      """#)
  }

  @Test func `a text alone among doccano's lines is one that nobody has labelled`() throws {
    expect(
      try ForeignRoundTrip().report(
        Doccano.self,
        #"""
        {"text":"Nora paid","label":[[0,4,"PER"]]}
        {"id":2,"text":"Roe left"}
        {"text":"Roe left","spans":[]}
        """#),
      #"""
      1 PER ‹Nora›
      == 
      {"Comments": [], "annotator": "ana", "entities": [{"end_offset": 4, "id": 1, "label": "PER", "start_offset": 0}], "id": 1, "name": "doc", "relations": [], "text": "Nora paid", "unit": "codepoint"}
      no spans
      line 1: the key “label” or “entities” in this object expected, found none
      """#)
  }

  @Test func `offsets of BioC from the beginning of a sentence are found by the words`() throws {
    expect(
      try ForeignRoundTrip(exporter: Brat()).report(
        BioCXML.self,
        #"""
        <collection><source>s</source><date/><key>k</key><document><id>d</id><passage><offset>0</offset>
        <sentence><offset>10</offset><text>Nora paid.</text><annotation id="1"><infon key="type">PER</infon><location offset="0" length="4"/><text>Nora</text></annotation></sentence>
        <sentence><offset>30</offset><text>Roe left.</text><annotation id="2"><infon key="type">PER</infon><location offset="0" length="3"/><text>Roe</text></annotation></sentence>
        </passage></document></collection>
        """#),
      #"""
      left out: the borders of 2 passages or sentences
      left out: that offsets are counted from the beginning of each passage or sentence
      1 PER ‹Nora›
      2 PER ‹Roe›
      == ana/d.ann
      T1\#tPER 10 14\#tNora
      T2\#tPER 30 33\#tRoe
      """#)
  }
}
