import Interchange
import Standoff
import Testing

@Suite struct JSONLinesTests {
  @Test func `one object a document, every key in every line`() throws {
    let time = Timestamp(secondsSince1970: 0)
    let text = DocumentText("Ruiz denied she “took 🎁 gifts”, the Post said.\n")
    let document = Document(id: "a1", text: text, sha256: "", title: "T")
    let scheme = try Scheme(
      name: "s", version: "1.0.0",
      labels: [
        Scheme.Label(name: "denial", key: "d", colour: .red, kind: .content, selects: nil, description: "")
      ],
      attributes: [Scheme.Attribute(name: "speaker", labels: ["denial"], values: nil, description: "")],
      relations: [
        Scheme.RelationType(name: "denies", from: ["denial"], to: ["denial"], absent: true, description: "")
      ])
    var set = AnnotationSet(
      document: "a1", annotator: "dana", scheme: scheme, textSHA256: "", textLength: text.count)
    try set.fill(
      spans: [
        Annotation(id: 3, label: "denial", fragments: [TextRange(12, 15), TextRange(16, 30)], created: time)
      ],
      relations: [Relation(id: 1, type: "denies", from: 3, to: .absent("that she took gifts"), created: time)],
      status: .complete, seenTo: 47)
    var sink = ExportSink()
    var lines = JSONLines()
    lines.add(AnnotatedDocument(document, set), to: &sink)
    #expect(
      String(decoding: sink.files[0].bytes, as: UTF8.self) == """
        {"annotator": "dana", "id": "a1", "relations": [{"from": 3, "id": 1, "text": "that she took gifts", \
        "to": null, "type": "denies"}], "spans": [{"attributes": {"speaker": null}, "end": 30, "fragments": \
        [{"end": 15, "start": 12, "text": "she"}, {"end": 30, "start": 16, "text": "“took 🎁 gifts”"}], "id": 3, \
        "label": "denial", "note": null, "start": 12, "text": "she “took 🎁 gifts”"}], "text": \
        "Ruiz denied she “took 🎁 gifts”, the Post said.\\n"}

        """)
  }
}
