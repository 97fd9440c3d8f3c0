import Pages
import Commands
import Foundation
import TestSupport
import Testing

@Suite struct LedgerPageTests {
  @Test func `the ledger of what was claimed and denied`() throws {
    expect(
      try LedgerOptions.read("").outcome(in: Desk.compared().workspace).page,
      #"""
      (no matter given)
        “an officer”: claim ‹The ferry sank› (ferry, sentence 1)
          denied: “The company”: denial ‹that it sank› (ferry, sentence 2)

      1 claim (1 denied) in 2 documents; versions used: majority.
      """#)
  }

  @Test func `the ledger of one annotator, as Markdown`() throws {
    expect(
      try String(
        decoding: LedgerOptions.read("--annotator dana --markdown").outcome(in: Desk.compared().workspace).data ?? [],
        as: UTF8.self),
      #"""
      # Who claims what, and who denies it

      ## taxes

      - “The mayor”: claim ‹taxes will fall in May› (taxes, sentence 1)
        - denied: no speaker given: denial ‹“That is baseless,”› (taxes, sentence 2)

      ## (no matter given)

      - “an officer”: claim ‹The ferry sank› (ferry, sentence 1)
        - denied: “The company”: denial ‹that it sank› (ferry, sentence 2)

      ## Documents

      - ferry: dana
      - taxes: dana

      """#)
  }
}
