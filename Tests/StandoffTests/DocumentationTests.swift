import Foundation
import Standoff
import Testing

/// The examples of the documentation, compiled and run; each stands there as it stands here.
@Suite struct DocumentationTests {
  @Test func `a span marked, measured, undone`() throws {
    // EXAMPLE
    let text = DocumentText("Ruiz denied she “took 🎁 gifts”, the Post said.")
    let quote = Scheme.Label(name: "quote", key: "q", colour: .blue, kind: .content, selects: nil, description: "")
    let scheme = try Scheme(name: "quotes", version: "1.0.0", labels: [quote])
    var set = AnnotationSet(document: "a1", annotator: "dana", scheme: scheme, textSHA256: "", textLength: text.count)
    let mark = set.adding(label: "quote", fragments: [TextRange(16, 30)], at: Timestamp(secondsSince1970: 0))
    let inverse = try set.apply(mark)
    // EXAMPLE
    #expect(set.spans.map { text[$0.hull] } == ["“took 🎁 gifts”"])
    // EXAMPLE
    let range = TextRange(16, 30)
    let words = text[range]
    let bytes = text.bytes(of: range)
    let utf16 = text.utf16Offset(ofCodePoint: range.end)
    // EXAMPLE
    #expect(words == "“took 🎁 gifts”" && bytes == 16..<37 && utf16 == 31)
    // EXAMPLE
    try set.apply(inverse)
    let again = try set.apply(mark.inverse.inverse)
    var history = History()
    history.record(mark)
    if let last = history.undo() { try set.apply(last.inverse) }
    // EXAMPLE
    #expect(set.spans.isEmpty && again == inverse && set.nextSpanID == 2)
  }

  @Test func `fragments in order, a gap`() {
    // EXAMPLE
    let told = Annotation.normalised([TextRange(20, 28), TextRange(4, 9), TextRange(9, 12)])
    let claim = Annotation(id: 1, label: "claim", fragments: told, created: Timestamp(secondsSince1970: 0))
    let hull = claim.hull
    let touchesGap = claim.covers(anyOf: TextRange(12, 20))
    // EXAMPLE
    #expect(claim.fragments == [TextRange(4, 12), TextRange(20, 28)] && hull == TextRange(4, 28) && !touchesGap)
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
    try String(contentsOf: sources().appendingPathComponent("Standoff.docc/Standoff.md"), encoding: .utf8)
  }

  private func sources() -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Sources/Standoff")
  }
}
