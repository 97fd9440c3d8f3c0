import Foundation
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

  @Test func `the documentation shows these examples, of six lines at most`() throws {
    func lines(_ text: Substring) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
    let own = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8).split(separator: "// EXAMPLE\n")
    let compiled = own.enumerated().filter { $0.offset % 2 == 1 }.map { lines($0.element) }
    let shown = try page().split(separator: "```").enumerated().filter { $0.offset % 2 == 1 }
      .map { lines($0.element.dropFirst("swift\n".count)) }
    #expect(shown == compiled)
    for example in shown { #expect(example.count <= 6) }
  }

  @Test func `the topics name every public type`() throws {
    let page = try page()
    let folder = sources()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
      let source = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      for line in source.split(separator: "\n") {
        let words = line.split { !($0.isLetter || $0.isNumber) }
        guard line.hasPrefix("public "), words.count > 2 else { continue }
        if ["struct", "enum", "protocol", "typealias"].contains(words[1]) {
          #expect(page.contains("\n- ``\(words[2])``\n"), "\(words[2]) of \(name)")
        }
      }
    }
  }

  private func page() throws -> String {
    try String(contentsOf: sources().appendingPathComponent("Interchange.docc/Interchange.md"), encoding: .utf8)
  }

  private func sources() -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/Interchange")
  }
}
