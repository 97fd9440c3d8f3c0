import Foundation
import Standoff
import Testing

@testable import Suggestion

/// Denials of kinds that were missed on newspapers' texts, in words of our own.
@Suite struct DenialTests {
  private static func scheme() throws -> Scheme {
    try Scheme(
      name: "s", version: "1.0.0",
      labels: [
        Scheme.Label(
          name: "claim", key: "c", colour: .cyan, kind: .content, selects: .sentence, description: "A claim."),
        Scheme.Label(
          name: "denial", key: "d", colour: .red, kind: .content, selects: .sentence, description: "A denial."),
        Scheme.Label(
          name: "quote", key: "q", colour: .green, kind: .content, selects: .quotation, description: "A quote."),
      ],
      relations: [
        Scheme.RelationType(
          name: "denies", from: ["denial"], to: ["claim"], absent: false, description: "What it denies.")
      ])
  }

  /// The suggestions of a text with a label, as words.
  private func found(_ label: String, _ text: String) throws -> [String] {
    let document = Document(
      id: "d", text: DocumentText(text), sha256: String(repeating: "0", count: 64), title: "d", language: "en")
    let suggester = Suggester(scheme: try Self.scheme(), lexicon: try FinderTests.lexicon("en"))
    return (0..<document.sentences.count).flatMap { suggester.suggestions(in: $0, of: document) }
      .filter { $0.label == label }.map { $0.fragments.map { document.text[$0] }.joined(separator: " … ") }
  }

  @Test func `an adjective that rejects a noun of claiming is the denial, with its marks`() throws {
    #expect(
      try found("denial", "The ministry spoke of ‘groundless’ allegations that the dam leaks.") == ["‘groundless’"])
    #expect(try found("denial", "Ann Low answered the false accusation that she had left early.") == ["false"])
    #expect(try found("denial", "He was tried for false statements to the court.") == [])
  }

  @Test func `what is said to be untrue reaches from its subject to the word that rejects`() throws {
    #expect(
      try found("denial", "The clerk said those reports were wrong about the date of the vote.")
        == ["those reports were wrong"])
    #expect(
      try found("denial", "The club wrote: “Your accusations are unfounded.”") == ["“Your accusations are unfounded.”"])
    #expect(
      try found("denial", "A review by the firm: the claim that the lift is broken is false.")
        == ["the claim that the lift is broken is false"])
  }

  @Test func `a predicate inside a claim that somebody makes is not a denial`() throws {
    #expect(try found("denial", "She repeated the accusation that the accounts were false.") == [])
  }

  @Test func `we deny inside a quotation is the whole clause, a letter that disputes only its object`() throws {
    #expect(
      try found("denial", "“We deny the charge in full and are ready to talk,” the union said.")
        == ["We deny the charge in full"])
    #expect(try found("denial", "“Your letter disputes the figures,” he wrote.") == ["the figures"])
  }

  @Test func `made it up, misspoke and proved wrong deny; made up alone does not`() throws {
    #expect(try found("denial", "“He just made it up,” she said.") == ["“He just made it up,”"])
    #expect(try found("denial", "The campaign said the candidate misspoke.") == ["the candidate misspoke"])
    #expect(try found("denial", "The panel is made up of nine judges, the court said.") == [])
  }

  @Test func `a word in marks that rejects a claim is a quote, too`() throws {
    #expect(try found("quote", "He spoke of “baseless” claims that the dam leaks.") == ["“baseless”"])
    #expect(try found("quote", "They walked to the “old” bridge by the dam.") == [])
  }

  @Test func `quotations that one attribution breaks are one quote, others are two`() throws {
    #expect(try found("quote", "“It leaks,” she said, “and it always did.”") == ["“It leaks,” … “and it always did.”"])
    #expect(
      try found("quote", "Calling it “a plain leak,” the mayor welcomed “the end of the talks.”")
        == ["“a plain leak,”", "“the end of the talks.”"])
  }

  @Test func `a plan that somebody has is a claim's subject, and no demand`() throws {
    #expect(try found("claim", "Ida Holm said the plan had failed in May.") == ["the plan had failed in May"])
    #expect(try found("claim", "Ida Holm said she plans to visit the dam.") == [])
  }

  @Test func `words that turn an earlier negation round deny it, and are a claim`() throws {
    let claimed = "The owner said that no gate was open in May. "
    let answer = "Ann Low said the gate was open in May."
    #expect(try found("denial", claimed + answer) == ["the gate was open in May"])
    #expect(try found("claim", claimed + answer) == ["no gate was open in May", "the gate was open in May"])
    #expect(try found("denial", claimed + "Ann Low said the mayor kept a dog in May.") == [])
    #expect(try found("denial", answer) == [])
  }

  @Test func `a question is a quote and no claim`() throws {
    #expect(try found("claim", "“Did the dam leak?” the mayor said.") == [])
    #expect(try found("quote", "“Did the dam leak?” the mayor said.") == ["“Did the dam leak?”"])
    #expect(try found("claim", "“The dam leaked. Who knew?” the mayor said.") == ["The dam leaked"])
  }

  @Test func `a refused offer is no denial`() throws {
    #expect(try found("denial", "The mayor rejected the company's offer to pay for the bridge.") == [])
    #expect(try found("denial", "The mayor rejected claims that the bridge was unsafe.") != [])
  }

  @Test func `a bare negation denies only where somebody has claimed the same before`() throws {
    #expect(try found("denial", "The harbour master said the ferry did not leave.") == [])
    #expect(
      try found(
        "denial",
        "Passengers made an accusation: the ferry left the harbour without them. The harbour master said the ferry did "
          + "not leave the harbour.") == ["the ferry did not leave the harbour"])
  }

  @Test func `demands, offers, wishes and opinions are no claims`() throws {
    for text in [
      "The union urged the council to rebuild the quay.", "The minister said he would like to visit the town.",
      "The union said the council should rebuild the quay.",
    ] {
      #expect(try found("claim", text) == [], "\(text)")
    }
    #expect(try found("claim", "The union said the council rebuilt the quay.") == ["the council rebuilt the quay"])
  }
}
