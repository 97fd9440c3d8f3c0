import Prompt
import Agreement
import Comparison
import Foundation
import Pages
import Standoff
import TestSupport
import Testing

@testable import Commands

/// What `agree` says and writes, besides the figures that the peers' programs check.
@Suite struct AgreeTests {
  @Test(.tags(.slow))
  func `the page shows value, interval, confusion, where disagreement comes from and what it means`() throws {
    let desk = try Desk.sample()
    let page = try AgreeReport.outcome("--full", in: desk).page.text
    for part in [
      "by word · Kripp. α", "all labels", "overlapping spans", "most frequent disagreements about words",
      "what lowers α by word most",
      "without noor", "95 % BCa bootstrap interval (Efron 1987; 1000 resamples of documents, seed 1)",
      "Krippendorff (2004, page 241)",
      "Intervals rest on only 8 documents; with fewer than ten they are rough.", "relations · F1",
      "attributes · agreement",
      "dana – eli",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(page.contains("[0.68, 0.79]"))
    #expect(!page.contains("nan"))
  }

  @Test func `a measure that is named is listed with its pairs, intervals and bars`() throws {
    let desk = try Desk.sample()
    let page = try AgreeReport.outcome("--measure cohen-kappa --unit word --label claim", in: desk).page.text
    #expect(page.contains("by word · Cohen κ") && page.contains("  dana – noor") && page.contains("█"))
    #expect(!page.contains("overlapping spans") && !page.contains("no document in common"))
  }

  @Test func `the same seed gives the same bytes, another one other intervals and the same values`() throws {
    let desk = try Desk.sample()
    let words = "--measure krippendorff-alpha --unit word --bootstrap 100 --json"
    let first = try AgreeReport.outcome(words, in: desk).data
    #expect(try AgreeReport.outcome(words, in: desk).data == first)
    let other = try AgreeReport.read("--measure krippendorff-alpha --unit word --bootstrap 100 --seed 2", in: desk)
    let same = try AgreeReport.read("--measure krippendorff-alpha --unit word --bootstrap 100", in: desk)
    #expect(other.figures.map(\.value) == same.figures.map(\.value))
    #expect(other.figures.map(\.low) != same.figures.map(\.low))
  }

  @Test(.tags(.slow)) func `comma-separated values are the rows of the JSON`() throws {
    let desk = try Desk.sample()
    let rows = try AgreeReport.read("--measure span-f1-exact --measure scott-pi --bootstrap 100", in: desk).figures
    let data = try #require(
      try AgreeReport.outcome("--measure span-f1-exact --measure scott-pi --bootstrap 100 --csv", in: desk).data)
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines[0]
        == "measure,unit,label,annotators,document,distance,value,low,high,interval,items,observed,expected,undefined,"
        + "pairs,pairsUndefined,overlap,weights,se,p")
    #expect(lines.count == rows.count + 2 && lines.last == "")
    for (line, row) in zip(lines.dropFirst(), rows) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(cells[0] == row.measure && cells[2] == row.label ?? "")
      #expect(cells[3] == row.annotators?.joined(separator: " ") ?? "" && Double(cells[6]) == row.value)
    }
    #expect(throws: Complaint.self) { try AgreeReport.outcome("--csv --json", in: desk) }
  }

  @Test(.tags(.slow)) func `with one document sentences are resampled for items, and spans have no interval`() throws {
    let desk = try Desk.sample()
    let report = try AgreeReport.read("ferry-contract --bootstrap 100", in: desk)
    #expect(report.warnings.contains { $0.contains("intervals resample its sentences") })
    let alpha = report.figures.first { $0.measure == "krippendorff-alpha" && $0.unit == "word" && $0.label == nil }
    #expect(alpha?.interval == "bca")
    for row in report.figures where row.unit == "span" && row.value != nil {
      #expect(row.interval == nil && row.intervalUndefined == "because documents are resampled, and there is only one")
    }
    // Cut into sentences the study is the same.
    let whole = try AgreeReport.read("--per-document --bootstrap 100", in: desk).figures
    for row in report.figures where row.unit == "word" || row.unit == "sentence" {
      let other = whole.first {
        $0.document == "ferry-contract" && $0.measure == row.measure && $0.unit == row.unit && $0.label == row.label
          && $0.annotators == row.annotators
      }
      // S and AC1 count the sets of labels that occur, here and there.
      guard row.label != nil || !["bennett-s", "gwet-ac1"].contains(row.measure) else { continue }
      #expect(other?.value == row.value, "\(row)")
    }
  }

  @Test func `a reference stands first in every pair of spans`() throws {
    let desk = try Desk.sample()
    let rows = try AgreeReport.read(
      "--reference gold --measure span-precision-exact --measure span-recall-exact", in: desk
    )
    .figures
    let pairs = Set(rows.compactMap(\.annotators))
    #expect(pairs == [["gold", "dana"], ["gold", "eli"], ["gold", "noor"]])
    #expect(rows.contains { $0.annotators == nil && $0.label == nil && $0.value != nil })
    // Turned round, precision is recall.
    let other = try AgreeReport.read("--reference dana --annotators dana,gold --measure span-recall-exact", in: desk)
      .figures
    let precision = rows.first {
      $0.measure == "span-precision-exact" && $0.annotators == ["gold", "dana"] && $0.label == nil
    }
    let recall = other.first { $0.annotators == ["dana", "gold"] && $0.label == nil }
    #expect(precision?.value == recall?.value && precision != nil)
  }

  @Test func `distances are nearer than nominal, and named`() throws {
    let desk = try Desk.sample()
    func alpha(_ distance: String) throws -> AgreeReport.Row? {
      try AgreeReport.read("--measure krippendorff-alpha --unit word --distance \(distance)", in: desk).figures
        .first { $0.label == nil }
    }
    let (nominal, jaccard, masi) = (try alpha("nominal"), try alpha("jaccard"), try alpha("masi"))
    #expect([nominal, jaccard, masi].map { $0?.distance } == ["nominal", "jaccard", "masi"])
    #expect(Set([nominal, jaccard, masi].map { $0?.value }).count == 3)
  }

  @Test func `options that mean nothing are refused with what would do`() throws {
    let desk = try Desk.sample()
    for words in [
      "--bootstrap -1", "--confidence 0.9999", "--confidence 1", "--confidence 0", "--seed -1", "--distance far",
      "--overlap 2",
      "--reference nobody", "--measure gammma",
    ] { #expect(throws: Complaint.self, "\(words)") { try AgreeReport.outcome(words, in: desk) } }
    let none = try AgreeReport.read("--bootstrap 0 --measure fleiss-kappa --unit word", in: desk).figures
    #expect(none.allSatisfy { $0.low == nil && $0.intervalUndefined == "because --bootstrap is 0" })
  }

  @Test func `the order in which annotators are named changes no digit`() throws {
    let desk = try Desk.sample()
    func values(_ names: String) throws -> [Double?] {
      try AgreeReport.read("--bootstrap 0 --annotators \(names)", in: desk).figures.filter { $0.annotators == nil }.map(
        \.value)
    }
    #expect(try values("dana,eli,noor") == values("noor,dana,eli"))
  }

  @Test(.tags(.slow)) func `who has nothing done yet leaves the others' names where they belong`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for (name, lines) in [("dana", ["c 1:1-2"]), ("eli", []), ("noor", ["d 1:1-2"]), ("zoe", ["c 1:1-2"])] {
      var session = try desk.open("doc", as: name)
      for line in lines + (name == "eli" ? ["c 1:3"] : ["done!"]) { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let page = try AgreeReport.outcome("--full --bootstrap 0", in: desk).page.text
    #expect(page.contains("“One two” (dana: claim, noor: denial)"), "\(page)")
    #expect(page.contains("Left out: eli on doc, not done yet."))
    let json = String(
      decoding: try #require(try AgreeReport.outcome("--json --bootstrap 0", in: desk).data), as: UTF8.self)
    #expect(json.contains("\"annotators\": [\"dana\", \"noor\"], \"document\": \"doc\""))
    #expect(json.contains("\"first\": [\"claim\"], \"second\": [\"denial\"]"))
  }

  @Test func `spans of two labels on the same words are no confusion`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for (name, lines) in [("dana", ["c 1:1-2", "q 1:1-2"]), ("eli", ["q 1:1-2", "c 1:1-2"])] {
      var session = try desk.open("doc", as: name)
      for line in lines + ["done!"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let comparison = try AgreementStudy(in: desk.workspace, CountingRequest())
    let labels = comparison.labels.count + 1
    let diagonal = (0..<labels).reduce(0) { $0 + comparison.confusion[$1 * labels + $1] }
    #expect(diagonal == 2 && comparison.confusion.reduce(0, +) == 2)
  }

  @Test(.tags(.slow)) func `an annotator who has read nothing yet is apart from all, not in disagreement`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for name in ["dana", "eli", "late"] {
      var session = try desk.open("doc", as: name)
      _ = session.answer("c 1:1-2")
      for line in name == "late" ? [] : ["done!"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let rows = try AgreeReport.read("--in-progress --measure span-f1-exact --bootstrap 0", in: desk).figures
    #expect(rows.first { $0.annotators == nil && $0.label == nil }?.value == 1)
    #expect(
      try AgreeReport.outcome("--in-progress", in: desk).page.text.contains(
        "Unfinished files count as far as their annotator has read."))
  }

  @Test(.tags(.slow)) func `agreement says what is undefined and why`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open("doc", as: annotator)
      _ = session.answer(annotator == "dana" ? "c 1-2" : "c 2-3")
      _ = session.answer("done!")
      _ = session.close()
    }
    let outcome = try AgreeOptions.read("--json").outcome(in: desk.workspace)
    let json = String(decoding: try #require(outcome.data), as: UTF8.self)
    #expect(json.contains("because no “denial” span was marked"))
    #expect(json.contains("because all values are the same, so chance alone would give full agreement"))
    #expect(!json.contains("nan"))
    let low = try AgreeOptions.read("--at-least krippendorff-alpha/word=0.9").outcome(in: desk.workspace)
    #expect(low.status == 1 && low.notes.text.contains("below 0.9"))
    let fine = try AgreeOptions.read("--at-least observed-agreement/word/quote=0.9").outcome(in: desk.workspace)
    #expect(fine.status == 0)
    #expect(try AgreeOptions.read("--at-least cohen-kappa/word/cue=0").outcome(in: desk.workspace).status == 1)
    for words in [
      "--unit page", "--measure best", "--annotators nobody,dana", "--label rumour", "--overlap much",
      "--at-least x=1", "--nonsense", "nowhere",
    ] {
      #expect(throws: Complaint.self) { try AgreeOptions.read(words).outcome(in: desk.workspace) }
    }
  }

  @Test func `documents named twice, and unfinished neighbours, change no figure of others`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli", "late"] {
      var session = try desk.open("doc", as: annotator)
      session.see()
      _ = session.answer("c 2:1-2")
      _ = session.answer(annotator == "late" ? "g 1" : "done!")
      _ = session.close()
    }
    #expect(throws: Complaint.self) { try AgreeOptions.read("doc doc").outcome(in: desk.workspace) }
    let json = String(
      decoding: try #require(
        try AgreeOptions.read("--in-progress --measure span-f1-exact --json").outcome(in: desk.workspace).data),
      as: UTF8.self)
    #expect(json.contains("\"annotators\": [\"dana\", \"eli\"], \"document\": null"))
    let pair = json.split(separator: "\n").filter {
      $0.contains("[\"dana\", \"eli\"]") && $0.contains("\"label\": null")
    }
    #expect(pair.count == 1 && pair[0].contains("\"value\": 1.0"))
  }

  @Test func `files in progress count only when asked, as far as they were read`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open("doc", as: annotator)
      session.see()
      _ = session.answer(annotator == "dana" ? "c 1-2" : "c 2-3")
      _ = session.close()
    }
    let none = try AgreeOptions.read("--full").outcome(in: desk.workspace)
    #expect(none.page.text.contains("Left out: dana on doc, not done yet."))
    let some = try AgreeOptions.read("--in-progress --unit word --measure observed-agreement --json")
      .outcome(in: desk.workspace)
    let json = String(decoding: try #require(some.data), as: UTF8.self)
    #expect(json.contains("\"items\": 3") && json.contains("\"value\": 0.333"))
  }

  @Test func `agree counts the round that is named`() throws {
    let desk = try Desk.documents(3)
    _ = try desk.assign("d10 --to dana,eli --copies 2")
    _ = try desk.assign("d11 --to dana,eli --copies 2")
    for (document, words) in [("d10", ["c 4-5", "c 4-5"]), ("d11", ["c 4-5", "c 3-5"])] {
      for (annotator, line) in zip(["dana", "eli"], words) {
        var session = try desk.open(document, as: annotator)
        for line in [line, "done!"] where session.set.status != .complete { _ = session.answer(line) }
        _ = session.close()
      }
    }
    func rows(_ round: Int) throws -> String {
      let outcome = try AgreeOptions.read("--measure span-f1-exact --label claim --bootstrap 0 --csv --round \(round)")
        .outcome(in: desk.workspace)
      return String(decoding: outcome.data ?? [], as: UTF8.self)
    }
    expect(
      try rows(1),
      #"""
      measure,unit,label,annotators,document,distance,value,low,high,interval,items,observed,expected,undefined,pairs,pairsUndefined,overlap,weights,se,p\#r
      span-f1-exact,span,,,,,1.0,,,,2,,,,1,0,,,,\#r
      span-f1-exact,span,,dana eli,,,1.0,,,,2,,,,,,,,,\#r
      span-f1-exact,span,claim,,,,1.0,,,,2,,,,1,0,,,,\#r
      span-f1-exact,span,claim,dana eli,,,1.0,,,,2,,,,,,,,,\#r

      """#)
    expect(
      try rows(2),
      #"""
      measure,unit,label,annotators,document,distance,value,low,high,interval,items,observed,expected,undefined,pairs,pairsUndefined,overlap,weights,se,p\#r
      span-f1-exact,span,,,,,0.0,,,,2,,,,1,0,,,,\#r
      span-f1-exact,span,,dana eli,,,0.0,,,,2,,,,,,,,,\#r
      span-f1-exact,span,claim,,,,0.0,,,,2,,,,1,0,,,,\#r
      span-f1-exact,span,claim,dana eli,,,0.0,,,,2,,,,,,,,,\#r

      """#)
  }

  @Test func `the page of two annotators of two documents`() throws {
    expect(
      try AgreeOptions.read("--full --bootstrap 100").outcome(in: Desk.compared().workspace).page,
      #"""
      Agreement of dana and eli on 2 documents
      κ and α of an attribute compare two annotators' values on spans that are aligned, if either gave one. A speaker is the span's own, else its source's, else the source's words if they are a name; aliases count as one.
      Intervals rest on only 2 documents; with fewer than ten they are rough.
      116 intervals leave out resamples in which the figure is undefined.

      by character · Kripp. α    n   value          interval
      all labels               169   0.725     [0.51, 1.00]   ██████████████▌
      claim                    169   0.800     [0.67, 1.00]   ████████████████
      denial                   169   0.495    [-0.10, 1.00]   █████████▉
      quote                    169  -0.056  [-0.10, -0.06]p~
      source                   169   1.000     [1.00, 1.00]p  ████████████████████
      cue                      169  -0.009  [-0.02, -0.01]p~

              observed  Cohen κ  Scott π  Fleiss κ  Hubert κ      S    AC1  positive
      all        0.799    0.726    0.724     0.724     0.726  0.759  0.765     0.728
      claim      0.935    0.800    0.800     0.800     0.800  0.870  0.904     0.841
      denial     0.888    0.508    0.494     0.494     0.508  0.775  0.855     0.558
      quote      0.888    0.000   -0.060    -0.060     0.000  0.775  0.874     0.000
      source     1.000    1.000    1.000     1.000     1.000  1.000  1.000     1.000
      cue        0.976    0.000   -0.012    -0.012     0.000  0.953  0.976     0.000

      by word · Kripp. α   n   value          interval
      all labels          32   0.712     [0.49, 1.00]   ██████████████▎
      claim               32   0.743     [0.58, 1.00]   ██████████████▉
      denial              32   0.618    [-0.07, 1.00]   ████████████▍
      quote               32  -0.033  [-0.07, -0.03]p~
      source              32   1.000     [1.00, 1.00]p  ████████████████████
      cue                 32   0.000   [-0.01, 0.00]p~

              observed  Cohen κ  Scott π  Fleiss κ  Hubert κ      S    AC1  positive  F1 words
      all        0.781    0.709    0.707     0.707     0.709  0.738  0.743     0.750     0.750
      claim      0.906    0.739    0.739     0.739     0.739  0.813  0.854     0.800     0.800
      denial     0.906    0.619    0.612     0.612     0.619  0.813  0.876     0.667     0.667
      quote      0.906    0.000   -0.049    -0.049     0.000  0.813  0.897     0.000     0.000
      source     1.000    1.000    1.000     1.000     1.000  1.000  1.000     1.000     1.000
      cue        0.969    0.000   -0.016    -0.016     0.000  0.938  0.968     0.000     0.000

      by sentence · Kripp. α   n  value         interval
      all labels              5*  0.341   [-0.10, 1.00]   ██████▉
      claim                   5*  0.640    [0.39, 1.00]   ████████████▊
      denial                  5*  0.571   [-0.10, 1.00]   ███████████▍
      quote                   5*  0.000  [-0.10, 0.00]p~
      source                  5*  1.000   [1.00, 1.00]p~  ████████████████████
      cue                     5*  0.000  [-0.10, 0.00]p~

              observed  Cohen κ  Scott π  Fleiss κ  Hubert κ      S    AC1  positive
      all        0.400    0.318    0.268     0.268     0.318  0.325  0.331     0.750
      claim      0.800    0.615    0.600     0.600     0.615  0.600  0.600     0.800
      denial     0.800    0.545    0.524     0.524     0.545  0.600  0.655     0.667
      quote      0.800    0.000   -0.111    -0.111     0.000  0.600  0.756     0.000
      source     1.000    1.000    1.000     1.000     1.000  1.000  1.000     1.000
      cue        0.800    0.000   -0.111    -0.111     0.000  0.600  0.756     0.000

      spans · F1 exact    n  value        interval
      all labels        16*  0.625   [0.25, 1.00]   ████████████▌
      claim              5*  0.400   [0.00, 1.00]   ████████
      denial             3*  0.667   [0.00, 1.00]   █████████████▍
      quote              1*  0.000  [0.00, 0.00]p~
      source             6*  1.000   [1.00, 1.00]p  ████████████████████
      cue                1*  0.000  [0.00, 0.00]p~

              F1 boundary  F1 partial  F1 type  F1 overlap
      all           0.750       0.813    0.750       0.750
      claim         0.400       0.600    0.800       0.800
      denial        0.667       0.667    0.667       0.667
      quote         0.000       0.000    0.000       0.000
      source        1.000       1.000    1.000       1.000
      cue           0.000       0.000    0.000       0.000

      continuum · ᵤα    n   value          interval
      all labels      16*   0.731     [0.52, 1.00]   ██████████████▋
      claim            5*   0.802     [0.67, 1.00]   ████████████████
      denial           3*   0.498    [-0.09, 1.00]   ██████████
      quote            1*  -0.053  [-0.09, -0.05]p~
      source           6*   1.000     [1.00, 1.00]p  ████████████████████
      cue              1*  -0.009  [-0.02, -0.01]p~

                |ᵤα    cᵤα  α_U 1995      (k)ᵤα
      all     0.823  0.728     0.572
      claim                    0.910      1.000
      denial                   0.216      0.468
      quote                   -0.467      0.000
      source                   1.000      1.000
      cue                     -0.056  undef (1)

      relations · F1   n      value       interval
      all types       9*      0.889  [0.67, 1.00]   █████████████████▊
      denies          3*      0.667  [0.00, 1.00]   █████████████▍
      said-by         6*      1.000  [1.00, 1.00]p  ████████████████████
      cued-by         0*  undef (2)

                       α
      all          1.000
      denies   undef (3)
      said-by      1.000
      cued-by  undef (4)

      attributes · agreement   n      value  interval
      all                     0*  undef (5)
      about                   0*  undef (6)
      attribution             0*  undef (6)
      negation                0*  undef (6)
      speaker                 0*  undef (6)

                    observed    Cohen κ    Scott π   Fleiss κ   Hubert κ          S        AC1   Kripp. α
      about        undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)
      attribution  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)
      negation     undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)
      speaker      undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)  undef (7)

      who gave the same value to the same spans  adjusted Rand         B³
      about                                          undef (7)  undef (7)
      speaker                                        undef (7)  undef (7)

      pairs (κ by word)  Cohen κ  F1 exact  F1 partial  F1 overlap
      dana – eli           0.709     0.625       0.813       0.750

      overlapping spans  claim  denial  quote  source  cue  nothing
      claim                  2       ·      ·       ·    ·        1
      denial                 ·       1      1       ·    ·        ·
      quote                  ·       1      ·       ·    ·        ·
      source                 ·       ·      ·       3    ·        ·
      cue                    ·       ·      ·       ·    ·        1

      most frequent disagreements about words
      claim or nothing: 43 % of all
        taxes: “in May” (dana: claim, eli: nothing)
      denial or quote: 43 % of all
        taxes: “That is baseless” (dana: denial, eli: quote)
      cue or nothing: 14 % of all
        taxes: “said” (dana: cue, eli: nothing)

      what lowers α by word most (0.712)
      without the document taxes  1.000

      (1) undefined, because no stretch of text was marked by two annotators.
      (2) undefined, because there is no such relation between the spans that count.
      (3) undefined, because all values are the same, so chance alone would give full agreement.
      (4) undefined, because the scheme allows no relation between any aligned spans.
      (5) undefined, because no attribute is set on any aligned span.
      (6) undefined, because no such attribute is set on any aligned span.
      (7) undefined, because no item has values from two annotators.

      [low, high] is the 95 % BCa bootstrap interval (Efron 1987; 100 resamples of documents, seed 1). p: percentile interval instead. ~: some resamples had no value.
      κ, π, α, S and AC1 are 1 for perfect agreement, 0 for chance agreement and negative below it; they differ in how they estimate chance (Artstein and Poesio 2008). F1 and observed agreement are not corrected for chance.
      No value is good or bad in itself. Krippendorff (2004, page 241) relies on α from .800 and draws tentative conclusions from .667; the choice, he says, depends on what a wrong conclusion costs.
      n: pairable items; for spans, the spans of both annotators, summed over pairs. *: fewer than 20.
      The adjusted Rand index (Hubert and Arabie 1985) and B³ (Bagga and Baldwin 1998) ask which spans got the same value, however it is spelt; spans without a value of both are left out.
      ᵤα asks whether annotators segment and label the continuum alike, by length (Krippendorff, Mathet, Bouvry and Widlöcher 2016); |ᵤα whether they mark the same stretches; cᵤα and (k)ᵤα whether they label alike what two of them marked. α_U is its predecessor of 1995.
      Words and sentences follow segmentation rules 1.
      """#)
  }
}
