import Foundation
import Standoff
import Testing

@testable import Suggestion

/// Sentences with what is found in them drawn in: `{source}`, `[cue]`, `⟦content⟧`.
@Suite struct FinderTests {
  static let schemas = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Schemas")

  static func lexicon(_ language: String) throws -> Lexicon {
    try Lexicon(Array(try Data(contentsOf: schemas.appendingPathComponent("\(language).lexicon.json"))))
  }

  /// The text with the marks of all attributions of its sentences.
  static func drawn(_ text: String, _ language: String = "en") throws -> String {
    let document = Document(id: "d", text: DocumentText(text), sha256: "", title: "")
    let scheme = try Scheme(
      name: "s", version: "1.0.0",
      labels: [
        Scheme.Label(name: "content", key: "c", colour: .blue, kind: .content, selects: .sentence, description: "")
      ])
    let suggester = Suggester(scheme: scheme, lexicon: try lexicon(language))
    var marks: [(offset: Int, order: Int, text: String)] = []
    var seen: [Attribution] = []
    for sentence in 0..<document.sentences.count {
      for attribution in suggester.attributions(in: sentence, of: document) where !seen.contains(attribution) {
        seen.append(attribution)
        func mark(_ range: TextRange, _ open: String, _ close: String) {
          guard !marks.contains(where: { $0.offset == range.start && $0.text == open }) else { return }
          marks.append((range.start, -range.count, open))
          marks.append((range.end, -1000 + range.count, close))
        }
        mark(attribution.cue, "[", "]")
        if let source = attribution.source { mark(source, "{", "}") }
        for fragment in attribution.content { mark(fragment, "⟦", "⟧") }
      }
    }
    var drawn = ""
    var offset = 0
    for mark in marks.sorted(by: { ($0.offset, $0.order) < ($1.offset, $1.order) }) {
      drawn += document.text[TextRange(offset, mark.offset)] + mark.text
      offset = mark.offset
    }
    return drawn + document.text[TextRange(offset, document.text.count)]
  }

  @Test(arguments: [
    "{The mayor} [said] that ⟦taxes would fall⟧.",
    "{The mayor} later [said] ⟦taxes would fall⟧.",
    "{The mayor} [told] reporters on Tuesday that ⟦taxes would fall⟧.",
    "⟦“Taxes will fall,”⟧ {the mayor} [said].",
    "⟦“Taxes will fall,”⟧ [said] {Ann Low, the mayor}.",
    "⟦“Taxes,”⟧ [said] {the mayor}, ⟦“will fall.”⟧",
    "⟦“Taxes will fall. They always do,”⟧ {she} [said].",
    "⟦“Taxes will fall,”⟧ {she} [said]. ⟦“They always do.”⟧",
    "⟦Taxes will fall⟧, {the mayor} [said].",
    "⟦Taxes⟧, {the mayor} [said], ⟦will fall⟧.",
    "⟦The bridge was closed⟧, [according to] {two officials}.",
    "[According to] {the mayor}, ⟦taxes will fall⟧.",
    "{The leader of the council, Tom Aldous}, [denied] ⟦blocking an inquiry⟧.",
    "{The mayor}, who had resigned, [said] ⟦taxes would fall⟧.",
    "{The trust} that runs the hospital [denied] that ⟦anyone had been warned⟧.",
    "{The army} [rejected] ⟦the accusation as baseless⟧, after a week of talks.",
    "{The army} [said] ⟦the road was safe⟧, [adding] that ⟦it had been swept⟧.",
    "{The union} [called] ⟦that explanation “nonsense”⟧.",
    "{The mayor} [accused] ⟦the firm of hiding a report⟧.",
    "⟦The firm⟧ was [accused] ⟦of hiding a report⟧.",
    "{The union}'s [allegation] that ⟦the yard had hidden accidents⟧ was false.",
    "{The yard} [rejected] ⟦the [accusation] by {the union} that ⟦accidents were hidden⟧⟧.",
    "{The bank} was ready at last to [say] that ⟦the money was gone⟧.",
    "The reporter walked home and saw nobody.",
    "The mayor declined to comment.",
    "He was denied bail.",
  ]) func `English patterns of newspapers are found`(_ drawn: String) throws {
    let bare = drawn.filter { !"{}[]⟦⟧".contains($0) }
    #expect(try Self.drawn(bare) == drawn)
  }

  @Test(arguments: [
    "⟦„Die Steuern sinken“⟧, [sagte] {die Bürgermeisterin}.",
    "{Die Bürgermeisterin} [sagte], dass ⟦die Steuern sinken⟧.",
    "{Die Bürgermeisterin} [bestritt], dass ⟦die Steuern sinken⟧.",
  ]) func `German patterns of newspapers are found`(_ drawn: String) throws {
    #expect(try Self.drawn(drawn.filter { !"{}[]⟦⟧".contains($0) }, "de") == drawn)
  }

  @Test func `a lexicon that is none is refused with its place`() {
    let bytes = Array(#"{"format": 1, "language": "en", "version": "1.0.0", "speach": ["said"]}"#.utf8)
    #expect(throws: (any Error).self) { try Lexicon(bytes) }
    #expect(throws: (any Error).self) { try Lexicon(Array(#"{"format": 2, "language": "en", "version": "1"}"#.utf8)) }
  }
}
