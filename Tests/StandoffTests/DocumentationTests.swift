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
}
