import Foundation
import Pages
import Prompt
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// What a lead reads first: a page of at most 24 lines of 80 columns.
@Suite struct FirstPageTests {
  private static func fits(_ page: Page) -> Bool {
    let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.count <= 24 && lines.allSatisfy { $0.count <= 80 }
  }

  /// A workspace in which only dana has annotated.
  private static func alone() throws -> Desk {
    let desk = try Desk.compared()
    for name in ["ferry", "taxes"] {
      try FileManager.default.removeItem(at: desk.file("Annotations/\(name)/eli.json"))
    }
    return desk
  }

  private static func agree(_ desk: Desk, _ options: String = "") throws -> Page {
    try AgreeOptions.read(options).outcome(in: desk.workspace).page
  }

  private static func compare(_ desk: Desk) throws -> Page {
    try CompareOptions.read("").outcome(in: desk.workspace).page
  }

  private static func status(_ desk: Desk) throws -> Page {
    try StatusOptions.read("").outcome(in: desk.workspace).page
  }

  private static func ledger(_ desk: Desk) throws -> Page {
    try LedgerOptions.read("").outcome(in: desk.workspace).page
  }

  // MARK: the sample corpus

  @Test(.tags(.slow)) func `agree on the sample corpus says where most is lost and what to type next`() throws {
    let page = try Self.agree(Desk.sample())
    #expect(Self.fits(page))
    expect(
      page,
      #"""
      Agreement of dana, eli and noor on 8 documents
      Intervals rest on only 8 documents; with fewer than ten they are rough.

                  in pairs       α by word          F1 exact           F1 overlap
      all labels      1325   .74 ███  .68–.79   .69 ██▊  .67–.72   .85 ███▍ .84–.86
      source           343   .81 ███▎ .78–.84   .75 ███  .69–.79   .94 ███▊ .92–.97
      cue              327   .80 ███▎ .77–.83   .80 ███▎ .76–.84   .81 ███▎ .79–.84
      claim            251   .78 ███▏ .74–.82   .58 ██▍  .49–.63   .81 ███▎ .79–.85
      quote            220   .90 ███▋ .76–.97   .76 ███  .70–.82   .82 ███▎ .80–.84
      denial           184   .66 ██▋  .57–.77   .42 █▊   .34–.49   .85 ███▍ .82–.88
      F1: the counts of all pairs together.
      relations: F1 .76 [.74, .78] (denies .63, said-by .82, cued-by .74)
      attributes: the same value on .57 [.54, .60] (about .64, as groups .96,
        attribution .81, negation .78, speaker .49, as groups .79) of aligned spans

      The greatest loss: denial spans that begin or end elsewhere, in 19 places;
        settled, exact F1 would be .75 instead of .69.
      What repeats: noor begins denials later, dana and eli do not: 11 of 21; settled,
        exact F1 would be .71 instead of .69.
      α by word would be .84 without noor, instead of .74.
      Next: “gainsay compare --kind boundary --label denial” shows where; “gainsay
        compare --habit 1” shows what repeats.
      “agree --full” shows every measure; --json and --csv write them.
      """#)
  }

  @Test(.tags(.slow)) func `the advice is about what was asked for, and its commands are, too`() throws {
    let desk = try Desk.sample()
    func page(_ options: String) throws -> String {
      try Self.agree(desk, options + " --bootstrap 0").text.replacing("\n  ", with: " ")
    }
    let claims = try page("--label claim")
    #expect(claims.contains("“gainsay compare --label claim” shows where.") && !claims.contains("denial"))
    let part = try page("harbor-audit missing-bus --annotators dana,noor")
    #expect(
      part.contains("“gainsay compare harbor-audit missing-bus --annotators dana,noor --kind label” shows where."))
    // Gold is nobody's agreement, so nothing is said of how people differ from it but the figures.
    #expect(try !page("--reference gold").contains("dana, gold"))
  }

  @Test func `compare on the sample corpus begins with what repeats`() throws {
    let page = try Self.compare(Desk.sample())
    #expect(Self.fits(page))
    expect(
      page,
      #"""
      dana, eli and noor differ in 189 places of 8 documents.
      Spans: exact F1 0.69 over all pairs. 48 of the places differ in attributes
      alone.

      What repeats
      1. noor begins denials later, dana and eli do not: 11 of 21; settled, F1 0.69 →
         0.71
         ferry-contract 6: dana ‹the accusation “baseless…› · eli ‹called the accusat…
         harbor-audit 8: dana ‹papers had gone missing› · eli ‹that papers had gone m…
      2. eli leaves about unset on quotes, dana and noor do not: 32 of 32
         ferry-contract 3 ‹“walked the … the street”›: dana “ferry-tender” · eli – · …
      3. noor leaves about unset, dana does not: 29 of 99
         ferry-contract 1 ‹fixing ferry tender›: dana “ferry-tender” · noor –
      4. dana sets speaker to the last words of what others set, eli does not: 26 of
         81
         ferry-contract 7 ‹“Not true.”›: dana “Desmond Ayrie” · eli “the firm’s d…esm…

      disagreement  label   count  F1 if settled
      boundary      denial     19           0.75
      missing       cue        32           0.74
      boundary      source     18           0.74
      “compare --habit 1” lists the places of the first habit; “compare --full” lists
      all.
      """#)
  }

  @Test func `a habit has the same number at the prompt, where a document is open`() throws {
    let desk = try Desk.sample()
    let shell = try CompareOptions.read("--habit 1").outcome(in: desk.workspace).page.text
    var session = try desk.open("ferry-contract", as: "lead2")
    #expect(shell.contains("noor begins denials later") && session.answer("compare --habit 1").text == shell)
    #expect(session.answer("compare --habit 9").text.contains("“gainsay compare” numbers them from 1 to 5."))
    _ = session.close()
  }

  @Test func `status of the sample corpus fits, so it is shown whole`() throws {
    let page = try Self.status(Desk.sample())
    #expect(Self.fits(page))
    expect(
      page,
      #"""
                            dana      eli     noor     gold  F1 so far
      ferry-contract     37 done  32 done  37 done  38 done      0.670
      harbor-audit       31 done  29 done  30 done  32 done      0.755
      hospital-outage    29 done  27 done  30 done  30 done      0.687
      lantern-night      29 done  25 done  31 done  30 done      0.671
      locked-glassworks  31 done  25 done  30 done  32 done      0.684
      missing-bus        30 done  27 done  28 done  32 done      0.646
      quarry-dust        33 done  30 done        –  34 done      0.762
      stadtwerke-altoel  33 done  29 done  31 done  34 done      0.665
      Spans per annotator; “todo”: assigned but not begun. F1: exact spans, mean over
      pairs of annotators who are done.

            done  spans
      dana     8    253
      eli      8    224
      noor     7    217
      Adjudicated: 8 of 8 documents.
      """#)
  }

  @Test func `the ledger of the sample corpus has a row for each matter`() throws {
    let page = try Self.ledger(Desk.sample())
    #expect(Self.fits(page))
    expect(
      page,
      #"""
      47 claims (20 denied) in 8 documents; versions used: gold.

      claims  denials  quotes  matter              most said by
           7        8       1  ferry-tender        Maren Tolk (2)
           3        4       0  players-left        Faris al-Munir (1)
           8        3       1  glassworks-lockout  Lotte Marsh (3)
           5        3       0  altoel              Almut Reinsberg (1)
           4        3       1  lantern-crowd       Noa Kettering (3)
           2        3       0  phone-light         Dolores Wray (1)
           2        3       0  quarry-trucks       Orrin Vale (1)
           1        3       0  outage-harm         Dolores Wray (1)
           4        2       0  quarry-dust         Abena Lisle (2)
           1        2       0  anzeige             unnamed speaker (1)
           1        2       0  lantern-grant       Bernard Quist (1)
           2        1       0  board-records       Inga Sorrell (1)
           1        1       1  second-concert      Kisara hall (1)
           1        1       0  generator-warning   Emil Katz-Rowe (1)
           0        1       0  halden-sale
           2        0       0  clerk-interview     Inga Sorrell (1)
           2        0       0  late-visas          Sund Youth Orchestra (1)
           1        0       0  outage-times        Rapid alert system (1)
      “ledger --full” has every statement; “ledger DOC” those of a document.
      """#)
  }

  // MARK: nobody to compare

  @Test func `a fresh workspace is told what to do first`() throws {
    let desk = try Desk()
    expect(
      try Self.agree(desk).followed(by: Self.compare(desk)).followed(by: Self.status(desk))
        .followed(by: Self.ledger(desk)),
      #"""
      Nobody can be compared: no document has annotations yet. “gainsay” opens the
      prompt; the keys of labels mark.
      Nobody can be compared: no document has annotations yet. “gainsay” opens the
      prompt; the keys of labels mark.
      No documents yet. “gainsay add FILE…” adds some.
      Nothing to show: nobody has done these documents yet.
      """#)
  }

  @Test func `one annotator alone gets a sentence and no table of undefined rows`() throws {
    let desk = try Self.alone()
    expect(
      try Self.agree(desk).followed(by: Self.compare(desk)).followed(by: Self.status(desk)),
      #"""
      Agreement of dana and eli on 2 documents
      Intervals rest on only 2 documents; with fewer than ten they are rough.

                  spans       α by word            F1 exact           F1 overlap
      all labels     16   .71 ██▉  .49–1.0     .63 ██▌  .25–1.0   .75 ███  .50–1.0
      source          6   1.0 ████ 1.0–1.0     1.0 ████ 1.0–1.0   1.0 ████ 1.0–1.0
      claim           5   .74 ███  .58–1.0     .40 █▋   .00–1.0   .80 ███▎ .67–1.0
      denial          3   .62 ██▌  -.07–1.0    .67 ██▋  .00–1.0   .67 ██▋  .00–1.0
      quote           1  -.03      -.07–-.03   .00      .00–.00   .00      .00–.00
      cue             1   .00      -.01–.00    .00      .00–.00   .00      .00–.00
      relations: F1 .89 [.67, 1.0] (denies .67, said-by 1.0)

      The greatest loss: claim spans that begin or end elsewhere, in 1 place; settled,
        exact F1 would be .75 instead of .63.
      α by word would be 1.0 without the document taxes, instead of .71.
      Next: “gainsay compare --kind boundary --label claim” shows where.
      “agree --full” shows every measure; --json and --csv write them.
      dana and eli differ in 4 places of 2 documents.
      Spans: exact F1 0.63 over all pairs.
      Nothing repeats often enough to be a habit: settle the places one by one.

      disagreement  label           count  F1 if settled
      boundary      claim               1           0.75
      label         denial – quote      1           0.75
      missing       claim               1           0.71
      “compare --full” lists all places; --label, --kind and --attribute choose among
      them.
               dana     eli  F1 so far
      ferry  4 done  4 done      1.000
      taxes  4 done  4 done      0.250
      Spans per annotator; “todo”: assigned but not begun. F1: exact spans, mean over
      pairs of annotators who are done.

            done  spans  active  spans per hour  time left
      dana     2      8    30 s             960          –
      eli      2      8    30 s             960          –
      Active time comes from the journals: a minute counts once, whatever documents it
      went to, and pauses of more than 5 minutes do not count.
      Adjudicated: 0 of 2 documents.
      """#)
  }

  @Test func `two who are not done are told of the option that counts them`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open("doc", as: annotator)
      _ = session.answer("c 1-2")
      _ = session.close()
    }
    #expect(
      try Self.agree(desk).text.replacing("\n", with: " ").contains(
        "dana and eli are not done. “--in-progress” counts them as far as they have read."))
    #expect(try Self.agree(desk, "--in-progress").text.contains("F1 exact"))
  }

  // MARK: many documents

  @Test func `of many labels those with most spans are shown, and how many are not`() throws {
    let desk = try Desk()
    let labels = zip(0..<12, "bcdfhijklmqs").map { label, key in
      #"{"colour": "blue", "description": "A label.", "key": "\#(key)", "kind": "content", "name": "l\#(label)"}"#
    }.joined(separator: ", ")
    try desk.write(
      #"{"attributes": [], "description": "Many.", "format": 1, "guideline": [], "labels": [\#(labels)], "name": "many", "#
        + #""relations": [], "title": "Many", "version": "1.0.0"}"#,
      to: "Schemas/many.scheme.json")
    try desk.add((0..<24).map { "word\($0)" }.joined(separator: " ") + ".")
    let text = try desk.workspace.document("doc").text
    for annotator in ["dana", "eli"] {
      let scheme = try desk.workspace.scheme("many")
      var set = AnnotationSet(
        document: "doc", annotator: annotator, scheme: scheme, textSHA256: try desk.workspace.document("doc").sha256,
        textLength: text.count)
      let words = Words.ranges(in: text.range, of: text)
      let spans = (0..<12).map { label in
        Annotation(id: label + 1, label: "l\(label)", fragments: [words[2 * label]], created: Desk.time)
      }
      try set.fill(spans: spans, relations: [], status: .complete, seenTo: text.count)
      try desk.write(
        String(decoding: AnnotationFile.encode(set, text: text), as: UTF8.self), to: "Annotations/doc/\(annotator).json"
      )
    }
    let page = try Self.agree(desk)
    #expect(Self.fits(page))
    #expect(page.text.contains("4 more labels with fewer spans: see --full."), "\(page.text)")
  }

  @Test func `the status of forty documents fits, those with the least agreement first`() throws {
    let desk = try Desk.documents(40)
    for index in 10..<14 {
      for (annotator, line) in [("dana", "c 4-5"), ("eli", index == 12 ? "c 3-5" : "c 4-5")] {
        var session = try desk.open("d\(index)", as: annotator)
        _ = session.answer(line)
        if index != 13 { _ = session.answer("done!") }
        _ = session.close()
      }
    }
    let page = try Self.status(desk)
    #expect(Self.fits(page))
    let lines = page.text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "40 documents: 3 done, 1 begun, 36 not begun.")
    let least = try #require(lines.firstIndex { $0.hasPrefix("least agreement") })
    #expect(lines[least + 1].hasPrefix("d12"))
    let begun = try #require(lines.firstIndex { $0.hasPrefix("begun, not done") })
    #expect(lines[begun + 1].hasPrefix("d13"))
    #expect(try StatusOptions.read("--full").outcome(in: desk.workspace).page.text.contains("d49"))
  }
}
