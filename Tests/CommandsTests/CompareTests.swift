import Commands
import Foundation
import Pages
import TestSupport
import Testing

@Suite struct CompareTests {
  @Test func `compare says where, what and who, and its status is no where asked to be quiet`() throws {
    let desk = try Desk.sample()
    func run(_ words: String) throws -> CommandOutcome {
      try CompareOptions.read(words).outcome(in: desk.workspace)
    }
    let page = try run("ferry-contract").page.text
    let readme = try String(contentsOf: Program.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let block = try #require(readme.split(separator: "```").first { $0.contains("starts 3 words apart") })
    #expect(page.contains(block.drop { $0.isNewline }))
    #expect(page.contains("sentence 3 · source · boundary: starts 3 words apart"))
    #expect(page.contains("dana, noor: source In a letter, ‹the company› said two board members"))
    #expect(page.contains("cue · missing: not marked by eli"))
    #expect(page.contains("about: dana and noor agree on 13 of 18; 4 × dana “ferry-tender”, noor nothing"), "\(page)")
    #expect(try run("ferry-contract --kind attribute").page.text.contains("speaker: dana “Maren Tolk”, eli"))
    #expect(page.contains("F1 if resolved"))
    let lanes = try run("ferry-contract --lanes --kind split").page.text
    #expect(lanes.contains("noor [quote") && lanes.contains("1 of 29 disagreements in 1 document."))
    #expect(try run("--quiet").status == 1)
    #expect(try run("--quiet --annotators dana,gold --kind split ferry-contract").status == 0)
    #expect(throws: Complaint.self) { try run("--annotators dana") }
    #expect(throws: Complaint.self) { try run("--annotators dana,nobody") }
    #expect(throws: Complaint.self) { try run("--kind nonsense") }
    #expect(throws: Complaint.self) { try run("--label nonsense") }
  }

  @Test func `what two annotators differ in`() throws {
    expect(
      try CompareOptions.read("--full").outcome(in: Desk.compared().workspace).page,
      #"""
      taxes: dana and eli, 4 disagreements
      sentence 1 · cue · missing: not marked by eli
          dana: cue The mayor ‹said› taxes will fall in
          eli: –
      sentence 1 · claim · boundary: ends 2 words apart
          dana: claim The mayor said ‹taxes will fall in May›
          eli: claim The mayor said ‹taxes will fall› in May
      sentence 2 · denial, quote · label: denial or quote; about
          dana: denial ‹“That is baseless,”› Ms. Tarn said, “and
          eli: quote ‹“That is baseless,”› Ms. Tarn said, “and
          about: dana “taxes”, eli –
      sentence 3 · claim · missing: not marked by dana
          dana: –
          eli: claim Taxes ‹rose›

      4 disagreements in 2 documents.

      disagreement  label           count  F1 if resolved    gain
      boundary      claim               1           0.750  +0.125
      label         denial – quote      1           0.750  +0.125
      missing       claim               1           0.706  +0.081
      missing       cue                 1           0.706  +0.081
      about         denial – quote      1           0.625
      Exact span F1 is 0.625, the mean over pairs. Each row shows what it would become if only that kind were resolved. Attributes and relations do not count in it. A speaker is the span's own, else its source's.
      """#)
  }

  @Test func `what they differ in stands in lanes under the sentence`() throws {
    expect(
      try CompareOptions.read("--lanes").outcome(in: Desk.compared().workspace).page,
      #"""
      taxes: dana and eli, 4 disagreements
      sentence 1
           1   2     3    4     5    6    7  8
           The mayor said taxes will fall in May.
      dana [s2-----] [k3] [claim 1-------------]
      eli  [s2-----]      [claim 1------]
      · cue ‹said›: missing: not marked by eli
      · claim ‹taxes will fall in May›: boundary: ends 2 words apart
      sentence 2
            1    2  3          4   5    6      7   8  9     10
           “That is baseless,” Ms. Tarn said, “and he knows it.”
      dana [denial 4---------]
      eli  [quote 3----------]
      · denial, quote ‹“That is baseless,”›: label: denial or quote; about
          about: dana “taxes”, eli –
      sentence 3
           1     2
           Taxes rose.
      dana ·
      eli        [c4]
      · claim ‹rose›: missing: not marked by dana

      4 disagreements in 2 documents.

      disagreement  label           count  F1 if resolved    gain
      boundary      claim               1           0.750  +0.125
      label         denial – quote      1           0.750  +0.125
      missing       claim               1           0.706  +0.081
      missing       cue                 1           0.706  +0.081
      about         denial – quote      1           0.625
      Exact span F1 is 0.625, the mean over pairs. Each row shows what it would become if only that kind were resolved. Attributes and relations do not count in it. A speaker is the span's own, else its source's.
      """#)
  }
}
