import Pages
import TestSupport
import Testing

@testable import Prompt

/// The lines that two annotators typed in a week of real work and that were refused: each is carried out now, or says
/// what to type.
@Suite struct RefusedLinesTests {
  struct Line: Sendable, CustomTestStringConvertible {
    let text: String
    var before: [String] = []
    let typed: String
    /// A part of the answer to a line that is carried out; nil for one that is refused.
    var does: String?
    /// A part of what a refusal says.
    var says: String?
    var testDescription: String { typed }
  }

  static let lines = [
    Line(text: "He called it “meritless” twice.", typed: "d it meritless", does: "denial 1 ‹it “meritless”›"),
    Line(
      text: "He was there. The list had nine ships.", typed: "c there..2:3", does: "claim 1 ‹there. The list had›"),
    Line(text: "One came. He was there in May.", typed: "c 2:there..$", does: "claim 1 ‹there in May›"),
    Line(
      text: "One came. Moscow of all places denied it.", typed: "s 2: Moscow of..places", does: "‹Moscow of all places›"
    ),
    Line(text: "One came. He was there in May.", typed: "c 2:1-", does: "claim 1 ‹He was there in May›"),
    Line(
      text: "Tehran denied it. It supplies drones.", before: ["d 1:denied"], typed: ". > It supplies..drones",
      says: "write “1 > 2:It supplies..drones” or choose by number"),
    Line(
      text: "Tehran denied it. It supplies drones.", typed: "d denied < Tehran < - > 2:It supplies..drones",
      does: "1 denies 3"),
    Line(text: "Tehran denied it.", before: ["d denied", "set 1 about x"], typed: "set 1 about x", does: "Already so"),
    Line(text: "Tehran denied it.", before: ["d denied"], typed: "e 1 denied", does: "Already so"),
    Line(
      text: "Tehran denied it.", before: ["d it < Tehran < denied"], typed: "1 < #2 < #3", does: "Already so"),
    Line(text: "She said it, and she said no more.", typed: "k said", says: "occur 2 times"),
    Line(text: "There she said it, and she said no more.", typed: "s she", says: "Choose one by its number"),
    Line(text: "Gross negligence was found.", typed: "c negligence/2", says: "There is no match 2"),
    Line(text: "Mr. Sanders came.", typed: "s Sanders/2", says: "There is no match 2"),
    Line(
      text: "Tehran denied it.", before: ["k denied"], typed: "by 1 Tehran", says: "A cue has no attribute “speaker”"),
    Line(
      text: "Tehran denied it. It came.", before: ["d denied", "c 2:It came"], typed: "link 1 said-by 2",
      says: "said-by"),
    Line(text: "Tehran denied it.", typed: "n", says: "“done” marks the document done"),
    Line(text: "Tehran denied it.", typed: "help marks", says: "“help” lists the topics"),
    Line(text: "Tehran denied it.", typed: "help drones", says: "no help on"),
    Line(text: "Tehran denied it.", typed: "d ruling", says: "does not contain"),
  ]

  @Test(arguments: lines) func `a line that was refused in real work`(line: Line) throws {
    let desk = try Desk()
    try desk.add(line.text)
    var session = try desk.open(canAsk: true)
    for typed in line.before { #expect(!session.answer(typed).isRefusal, "\(typed)") }
    let page = session.answer(line.typed)
    if let does = line.does {
      #expect(!page.isRefusal && page.text.contains(does), "\(page.text)")
    } else {
      #expect(page.isRefusal && page.text.contains(line.says ?? "?"), "\(page.text)")
    }
  }
}
