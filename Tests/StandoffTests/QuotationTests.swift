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

  static func doubtful(_ string: String) -> [String] {
    let text = DocumentText(string)
    return Quotations(near: text.range, in: text).doubtful.map { text[$0.range] }
  }

  @Test func `marks pair as they are printed, mixed or turned the wrong way`() {
    #expect(Self.quoted("“No,\" she said. “Never.\" And \"why?”") == ["“No,\"", "“Never.\"", "\"why?”"])
    #expect(Self.quoted("He called it “a lie,“ and ”a shame”.") == ["“a lie,“", "”a shame”"])
    #expect(Self.quoted("Han sade: ”Nej.” Hon: ”Jo.”") == ["”Nej.”", "”Jo.”"])
    #expect(Self.quoted("Er nannte es »falsch« und ging.") == ["»falsch«"])
    #expect(Self.quoted("Il a dit : « Non. » Elle : « Si. »") == ["« Non. »", "« Si. »"])
    #expect(Self.quoted("他说：“不。”她说：“是。”") == ["“不。”", "“是。”"])
    let nested = "\"It comes across as “too loud” or “too shrill.”\""
    #expect(Self.quoted(nested) == [nested, "“too loud”", "“too shrill.”"])
    #expect(
      Self.quoted("It was (\"a trick\"), \"a trick\"—and \"a bad one\"; then, \"bye\".")
        == ["\"a trick\"", "\"a trick\"", "\"a bad one\"", "\"bye\""])
    #expect(Self.quoted("\"I was told 'No deal,' \" she said.") == ["\"I was told 'No deal,' \"", "'No deal,'"])
  }

  @Test func `two single marks are one double mark`() {
    #expect(Self.quoted("He called it ''inaccurate.'' She didn't.") == ["''inaccurate.''"])
    #expect(Self.quoted("``No,'' he said, ‘‘never.’’") == ["``No,''", "‘‘never.’’"])
    #expect(Self.quoted("''She told me, 'No deal.''' He left.") == ["''She told me, 'No deal.'''", "'No deal.'"])
    #expect(Self.quoted("'''No,' she told me,'' he said.") == ["'''No,' she told me,''", "'No,'"])
    #expect(Self.quoted("''He was told, 'No.'.''") == ["''He was told, 'No.'.''", "'No.'"])
  }

  @Test func `an apostrophe and a sign of measure are no marks`() {
    #expect(Self.quoted("‘The dogs’ owner came,’ he said.") == ["‘The dogs’ owner came,’"])
    #expect(Self.quoted("He wore a ’90s coat, a '60s tie, rock 'n' roll boots and got 'em all.") == [])
    #expect(Self.quoted("\"He is 5'10\" tall,\" she said, 'and thin.'") == ["\"He is 5'10\" tall,\"", "'and thin.'"])
    #expect(Self.quoted("The Times’ report and the Post's.") == [])
  }

  @Test func `a quotation ends in its paragraph, unless the next begins with its mark`() {
    #expect(Self.quoted("“It is so, said Ann Low.\nShe left.” Then “he” came.") == ["“he”"])
    #expect(Self.quoted("\"First.\n\"Second,\" he said. \"Third.\"") == ["\"First.\n\"Second,\"", "\"Third.\""])
    #expect(Self.quoted("\"A page of it.\n“Here he is,” she said.") == ["“Here he is,”"])
    #expect(Self.quoted("“One line\nwrapped by hand,” he said.") == ["“One line\nwrapped by hand,”"])
  }

  @Test func `where a mark is missing, the next sure pair is found, and what spans it is doubtful`() {
    #expect(
      Self.quoted("“It is so, said Ann Low. “It is not,” said Bo Mer. “Is it?” he asked.")
        == ["“It is not,”", "“Is it?”"])
    #expect(Self.quoted("It is so,” said Ann Low. “It is not,” said Bo Mer.") == ["“It is not,”"])
    let over = "“In what he calls “hell” I would live,” she said."
    #expect(Self.quoted(over) == ["“hell”"])
    #expect(Self.doubtful(over) == ["“In what he calls “hell” I would live,”"])
  }
}
