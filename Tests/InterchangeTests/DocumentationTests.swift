import Interchange
import Standoff
import Testing

/// The examples of the documentation, compiled and run; each stands there as it stands here.
@Suite struct DocumentationTests {
  private let time = Timestamp(secondsSince1970: 0)
  private let document = Document(
    id: "a1", text: DocumentText("Ruiz denied she “took 🎁 gifts”, the Post said."), sha256: "", title: "Ruiz")

  /// A span with a gap.
  private func annotations() throws -> AnnotationSet {
    let label = Scheme.Label(name: "denial", key: "d", colour: .red, kind: .content, selects: nil, description: "")
    let scheme = try Scheme(name: "denials", version: "1.0.0", labels: [label])
    var set = AnnotationSet(
      document: "a1", annotator: "dana", scheme: scheme, textSHA256: "", textLength: document.text.count)
    try set.apply(set.adding(label: "denial", fragments: [TextRange(12, 15), TextRange(16, 30)], at: time))
    return set
  }

  @Test func `lines written and read`() throws {
    let set = try annotations()
    // EXAMPLE
    var (writer, sink) = (JSONLines(), ExportSink())
    writer.add(AnnotatedDocument(document, set), to: &sink)
    writer.finish(&sink)
    let foreign = try JSONLines.read(sink.files[0].bytes) { _ in nil }[0].inCodePoints(.codePoint)
    let imported = try foreign.annotations(by: "dana", on: document, scheme: set.scheme, format: "jsonl", at: time)
    let isWhole = imported.set.spans.count == set.spans.count && sink.losses.isEmpty
    // EXAMPLE
    #expect(isWhole && imported.set.spans[0].fragments == set.spans[0].fragments && imported.leftOut.isEmpty)
  }

  @Test func `a text beside its annotations`() throws {
    let set = try annotations()
    // EXAMPLE
    var (writer, sink) = (Brat(), ExportSink())
    writer.add(AnnotatedDocument(document, set), to: &sink)
    writer.finish(&sink)
    let names = sink.files.map(\.name)
    let annotations = sink.files[1].bytes
    let foreign = try Brat.read(annotations) { _ in document.text }
    // EXAMPLE
    #expect(names == ["dana/a1.txt", "dana/a1.ann"] && foreign[0].spans.map(\.label) == ["denial"])
  }

  @Test func `a gap that a format has no place for`() throws {
    let set = try annotations()
    // EXAMPLE
    var (writer, sink) = (Doccano(), ExportSink())
    writer.add(AnnotatedDocument(document, set), to: &sink)
    let gaps = sink.losses.filter { $0.reason == .gap }.map(\.span)
    // EXAMPLE
    #expect(gaps == [1])
  }

  @Test func `offsets in UTF-16 units`() throws {
    // EXAMPLE
    let document = ForeignDocument(text: DocumentText("🎁 gifts"), unit: .utf16)
    let unit = try document.fittingUnit(nil)
    let inCodePoints = document.inCodePoints(unit)
    // EXAMPLE
    #expect(unit == .utf16 && inCodePoints.unit == .codePoint)
  }
}
