import Standoff
import Testing

@Suite struct QuotationTests {
  static func quoted(_ string: String) -> [String] {
    let text = DocumentText(string)
    return Quotations(near: text.range, in: text).pairs.map { text[$0.range] }
  }

  @Test func `marks pair by form, nest, and leave apostrophes alone`() {
    #expect(Self.quoted("He said “yes, ‘maybe’ it’s so” today.") == ["“yes, ‘maybe’ it’s so”", "‘maybe’"])
    #expect(Self.quoted("She \"never\" said \"that\".") == ["\"never\"", "\"that\""])
    #expect(Self.quoted("Er sagt: „Kein ‚Tropfen‘ davon“, und geht.") == ["„Kein ‚Tropfen‘ davon“", "‚Tropfen‘"])
    #expect(Self.quoted("Он сказал «да» и ушёл.") == ["«да»"])
    #expect(Self.quoted("彼は「はい『多分』」と言った。") == ["「はい『多分』」", "『多分』"])
    #expect(Self.quoted("The dogs’ owner can’t come.") == [])
    #expect(Self.quoted("'No deal,' said O'Neil.") == ["'No deal,'"])
  }

  @Test func `a quotation over paragraphs is one, an open one is none`() {
    #expect(Self.quoted("“First.\n\n“Second,” he said.") == ["“First.\n\n“Second,”"])
    #expect(Self.quoted("“Open.\n\nNothing more.") == [])
  }
}
