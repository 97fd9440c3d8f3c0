import Prompt
import Comparison
import Foundation
import Pages
import Standoff
import TestSupport
import Testing

@testable import Commands

/// What `agree` says of continua, besides the figures that the peers' programs check.
@Suite struct AgreeContinuumTests {
  /// A document with a denial of two annotators, and a quote of one of them within it.
  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.add("One two three four. Five six seven eight.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open("doc", as: annotator)
      session.see()
      _ = session.answer("d 1-3")
      _ = session.answer(annotator == "dana" ? "q 2" : "c 2:1-2")
      _ = session.answer("done!")
      _ = session.close()
    }
    return desk
  }

  @Test func `gamma is computed where it is asked for, with its settings and the error of chance`() throws {
    let desk = try Desk.sample()
    #expect(try !AgreeReport.read("--measure alpha-u", in: desk).figures.contains { $0.measure == "gamma" })
    let words =
      "--measure gamma --samples 4 --gamma-alpha 2 --sampler statistical --seed 5 hospital-outage harbor-audit"
    let rows = try AgreeReport.read(words, in: desk).figures
    #expect(rows.allSatisfy { $0.measure == "gamma" && $0.samples == 4 && ($0.standardError ?? 0) > 0 })
    #expect(rows.first?.label == nil && (rows.first?.value ?? 0) > 0.5 && rows.first?.low != nil)
    let page = try AgreeReport.outcome(words, in: desk).page.text
    #expect(page.contains("γ with α 2, β 1, Δ∅ 1; chance by statistical from 4 samples of each document, seed 5."))
    #expect(page.contains("continuum · γ") && page.contains("chance 1.") && page.contains("Mathet"))
    #expect(try AgreeReport.outcome(words, in: desk).page.text == page)
  }

  @Test func `a precision draws until chance is known to it`() throws {
    let desk = try desk()
    let row = try #require(try AgreeReport.read("--measure gamma --precision 0.05", in: desk).figures.first)
    let (samples, error) = (try #require(row.samples), try #require(row.standardError))
    #expect(samples > 30 && 1.96 * error <= 0.05 * (row.expected ?? 0) * 1.0001)
  }

  @Test func `the best alignment of a document is shown with what each part of it costs`() throws {
    let desk = try desk()
    let words = "--measure gamma --explain doc --samples 2"
    let alignment = try #require(try AgreeReport.read(words, in: desk).alignment)
    #expect(alignment.annotators == ["dana", "eli"])
    let shapes = alignment.unitary.map { $0.spans.map { $0?.label } }
    #expect(shapes == [["quote", nil], ["denial", "denial"], [nil, "claim"]])
    #expect(alignment.unitary.map(\.cost) == [1, 0, 1] && alignment.cost == 2)
    let page = try AgreeReport.outcome(words, in: desk).page.text
    #expect(
      page.contains("best alignment of doc; offsets in code points") && page.contains("denial 0–13  denial 0–13  0.000")
    )
    #expect(page.contains("4 spans in 3 unitary alignments, cost 2.000, disorder 1.000; no alignment costs less."))
  }

  @Test func `spans of different labels that overlap leave the alphas of each label`() throws {
    let desk = try desk()
    let report = try AgreeReport.read("--measure alpha-u --measure alpha-u-1995", in: desk)
    let all = try #require(report.figures.first { $0.measure == "alpha-u" && $0.label == nil })
    #expect(all.value == nil && all.undefined?.contains("overlap") == true && report.coincidences == nil)
    #expect(report.figures.first { $0.measure == "alpha-u" && $0.label == "denial" }?.value == 1)
    let old = try #require(report.figures.first { $0.measure == "alpha-u-1995" && $0.label == nil })
    #expect(old.value != nil)
    #expect(throws: Complaint.self) { try AgreeReport.outcome("--measure alpha-u --overlapping refuse", in: desk) }
    let narrowed = try AgreeReport.read("--measure alpha-u --overlapping refuse --label denial", in: desk)
    #expect(narrowed.coincidences?.lengths == [[26, 0], [0, 56]])
    #expect(
      try AgreeReport.outcome("--measure alpha-u --label denial", in: desk).page.text.contains("lengths in common"))
  }

  @Test func `labels that the scheme puts near each other cost less`() throws {
    let desk = try desk()
    let path = "\(desk.root)/Schemas/claims-denials-quotes.scheme.json"
    let scheme = try String(contentsOfFile: path, encoding: .utf8)
    func observed(_ dissimilarities: String) throws -> Double {
      let text = scheme.replacingOccurrences(of: "\"guideline\":", with: "\(dissimilarities)\"guideline\":")
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      let words = "--measure gamma --explain doc --samples 2 --gamma-alpha 0.01 --gamma-beta 10"
      return try #require(try AgreeReport.read(words, in: desk).alignment).cost
    }
    #expect(try observed("") == 2)
    let near = "\"dissimilarities\": [{\"labels\": [\"claim\", \"quote\"], \"value\": 0.05}], "
    #expect(try observed(near) < 1.6)
    #expect(
      try AgreeReport.outcome("--measure gamma --samples 2", in: desk).page.text.contains(
        "Dissimilarities of labels come from the scheme."))
    for wrong in [
      near.replacingOccurrences(of: "quote", with: "claim"), near.replacingOccurrences(of: "quote", with: "nothing"),
      near.replacingOccurrences(of: "0.05", with: "1.5"), near.replacingOccurrences(of: ", \\\"quote\\\"", with: ""),
    ] where wrong != near {
      #expect(throws: Complaint.self, "\(wrong)") { try observed(wrong) }
    }
  }

  @Test func `options of continua that mean nothing are refused with what would do`() throws {
    let desk = try desk()
    for words in [
      "--explain doc", "--measure gamma --explain nothere", "--measure gamma --samples 0", "--gamma-alpha 0",
      "--gamma-beta=-1", "--gamma-delta nan", "--sampler coin", "--precision 2", "--cu both", "--overlapping join",
    ] {
      #expect(throws: Complaint.self, "\(words)") { try AgreeReport.outcome(words, in: desk) }
    }
  }

  @Test func `the page of gamma`() throws {
    expect(
      try AgreeOptions.read("--measure gamma --samples 5 --bootstrap 0").outcome(in: Desk.compared().workspace).page,
      #"""
      Agreement of dana and eli on 2 documents
      γ with α 1, β 1, Δ∅ 1; chance by shuffle from 5 samples of each document, seed 1.

      continuum · γ    n  value
      all labels     16*  0.727    ██████████████▌  chance 1.390 ± 0.0296
      claim           5*  0.730    ██████████████▋  chance 1.535 ± 0.1169
      denial          3*  0.617    ████████████▍  chance 1.739 ± 0.1915
      quote           1*  0.000      chance 2.000 ± 0.0000
      source          6*  1.000    ████████████████████  chance 1.455 ± 0.0885
      cue             1*  0.000      chance 2.000 ± 0.0000

      κ, π, α, S and AC1 are 1 for perfect agreement, 0 for chance agreement and negative below it; they differ in how they estimate chance (Artstein and Poesio 2008). F1 and observed agreement are not corrected for chance.
      No value is good or bad in itself. Krippendorff (2004, page 241) relies on α from .800 and draws tentative conclusions from .667; the choice, he says, depends on what a wrong conclusion costs.
      n: pairable items; for spans, the spans of both annotators, summed over pairs. *: fewer than 20.
      γ aligns units with the least disorder and compares that with sampled chance (Mathet, Widlöcher and Métivier 2015); ± is the standard error of chance. γ_cat and γ_k score the labels of aligned units (Mathet 2017).
      Words and sentences follow segmentation rules 1.
      """#)
  }
}
