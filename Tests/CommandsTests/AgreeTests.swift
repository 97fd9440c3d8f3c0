import Agreement
import Comparison
import DefaultFiles
import Foundation
import Pages
import Prompt
import Reports
import Storage
import TestSupport
import Testing

@testable import Commands

/// What `agree` says and writes, besides the figures that the peers' programs check.
@Suite struct AgreeTests {
  private func outcome(_ words: String, in desk: Desk) throws -> CommandOutcome {
    try AgreeOptions.read(words).outcome(in: desk.workspace)
  }

  private struct Row: Decodable {
    let measure: String
    let unit: String
    let label: String?
    let annotators: [String]?
    let document: String?
    let distance: String?
    let value: Double?
    let low: Double?
    let high: Double?
    let interval: String?
    let intervalUndefined: String?
    let undefined: String?
  }

  private struct Report: Decodable {
    let annotators: [String]
    let documents: [String]
    let figures: [Row]
    let warnings: [String]
  }

  private func report(_ words: String, in desk: Desk) throws -> Report {
    let outcome = try outcome(words + " --json", in: desk)
    return try JSONDecoder().decode(Report.self, from: Data(try #require(outcome.data)))
  }

  @Test func `the page shows value, interval, confusion, where disagreement comes from and what it means`() throws {
    let desk = try Desk.sample()
    let page = try outcome("", in: desk).page.text
    for part in [
      "by word · Kripp. α", "all labels", "overlapping spans", "most disagreement about words",
      "what pulls α by word down",
      "without noor", "95 % intervals from 1000 resamples of documents", "Krippendorff (2004, page 241)",
      "Intervals rest on 8 documents; with fewer than ten they are rough.", "relations · F1", "attributes · agreement",
      "dana – eli",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(page.contains("[0.68, 0.79]"))
    #expect(!page.contains("nan"))
  }

  @Test func `a measure that is named is listed with its pairs, intervals and bars`() throws {
    let desk = try Desk.sample()
    let page = try outcome("--measure cohen-kappa --unit word --label claim", in: desk).page.text
    #expect(page.contains("by word · Cohen κ") && page.contains("  dana – noor") && page.contains("█"))
    #expect(!page.contains("overlapping spans") && !page.contains("no document in common"))
  }

  @Test func `the same seed gives the same bytes, another one other intervals and the same values`() throws {
    let desk = try Desk.sample()
    let words = "--measure krippendorff-alpha --unit word --json"
    let first = try outcome(words, in: desk).data
    #expect(try outcome(words, in: desk).data == first)
    let other = try report("--measure krippendorff-alpha --unit word --seed 2", in: desk)
    let same = try report("--measure krippendorff-alpha --unit word", in: desk)
    #expect(other.figures.map(\.value) == same.figures.map(\.value))
    #expect(other.figures.map(\.low) != same.figures.map(\.low))
  }

  @Test func `comma-separated values are the rows of the JSON`() throws {
    let desk = try Desk.sample()
    let rows = try report("--measure span-f1-exact --measure scott-pi", in: desk).figures
    let data = try #require(try outcome("--measure span-f1-exact --measure scott-pi --csv", in: desk).data)
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines[0]
        == "measure,unit,label,annotators,document,distance,value,low,high,interval,items,observed,expected,undefined")
    #expect(lines.count == rows.count + 2 && lines.last == "")
    for (line, row) in zip(lines.dropFirst(), rows) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(cells[0] == row.measure && cells[2] == row.label ?? "")
      #expect(cells[3] == row.annotators?.joined(separator: " ") ?? "" && Double(cells[6]) == row.value)
    }
    #expect(throws: Complaint.self) { try outcome("--csv --json", in: desk) }
  }

  @Test func `with one document sentences are resampled for items, and spans have no interval`() throws {
    let desk = try Desk.sample()
    let report = try report("ferry-contract", in: desk)
    #expect(report.warnings.contains { $0.contains("its sentences are resampled") })
    let alpha = report.figures.first { $0.measure == "krippendorff-alpha" && $0.unit == "word" && $0.label == nil }
    #expect(alpha?.interval == "bca")
    for row in report.figures where row.unit == "span" && row.value != nil {
      #expect(row.interval == nil && row.intervalUndefined == "because documents are resampled, and there is one only")
    }
    // Cut into sentences the study is the same.
    let whole = try self.report("--per-document", in: desk).figures
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
    let rows = try report("--reference gold --measure span-precision-exact --measure span-recall-exact", in: desk)
      .figures
    let pairs = Set(rows.compactMap(\.annotators))
    #expect(pairs == [["gold", "dana"], ["gold", "eli"], ["gold", "noor"]])
    #expect(rows.contains { $0.annotators == nil && $0.label == nil && $0.value != nil })
    // Turned round, precision is recall.
    let other = try report("--reference dana --annotators dana,gold --measure span-recall-exact", in: desk).figures
    let precision = rows.first {
      $0.measure == "span-precision-exact" && $0.annotators == ["gold", "dana"] && $0.label == nil
    }
    let recall = other.first { $0.annotators == ["dana", "gold"] && $0.label == nil }
    #expect(precision?.value == recall?.value && precision != nil)
  }

  @Test func `distances are nearer than nominal, and named`() throws {
    let desk = try Desk.sample()
    func alpha(_ distance: String) throws -> Row? {
      try report("--measure krippendorff-alpha --unit word --distance \(distance)", in: desk).figures
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
    ] { #expect(throws: Complaint.self, "\(words)") { try outcome(words, in: desk) } }
    let none = try report("--bootstrap 0 --measure fleiss-kappa --unit word", in: desk).figures
    #expect(none.allSatisfy { $0.low == nil && $0.intervalUndefined == "because no resamples were asked for" })
  }

  @Test func `the order in which annotators are named changes no digit`() throws {
    let desk = try Desk.sample()
    func values(_ names: String) throws -> [Double?] {
      try report("--bootstrap 0 --annotators \(names)", in: desk).figures.filter { $0.annotators == nil }.map(\.value)
    }
    #expect(try values("dana,eli,noor") == values("noor,dana,eli"))
  }

  @Test func `who has nothing done yet leaves the others' names where they belong`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for (name, lines) in [("dana", ["c 1:1-2"]), ("eli", []), ("noor", ["d 1:1-2"]), ("zoe", ["c 1:1-2"])] {
      var session = try desk.open("doc", as: name)
      for line in lines + (name == "eli" ? ["c 1:3"] : ["done", "done"]) { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let page = try outcome("", in: desk).page.text
    #expect(page.contains("“One two” (dana: claim, noor: denial)"), "\(page)")
    #expect(page.contains("eli on doc is left out: not done yet."))
    let json = String(decoding: try #require(try outcome("--json", in: desk).data), as: UTF8.self)
    #expect(json.contains("\"annotators\": [\"dana\", \"noor\"], \"document\": \"doc\""))
    #expect(json.contains("\"first\": [\"claim\"], \"second\": [\"denial\"]"))
  }

  @Test func `spans of two labels on the same words are no confusion`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for (name, lines) in [("dana", ["c 1:1-2", "q 1:1-2"]), ("eli", ["q 1:1-2", "c 1:1-2"])] {
      var session = try desk.open("doc", as: name)
      for line in lines + ["done", "done"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let comparison = try AgreementStudy(in: desk.workspace, AgreementStudy.Request())
    let labels = comparison.labels.count + 1
    let diagonal = (0..<labels).reduce(0) { $0 + comparison.confusion[$1 * labels + $1] }
    #expect(diagonal == 2 && comparison.confusion.reduce(0, +) == 2)
  }

  @Test func `an annotator who has read nothing yet is apart from all, not in disagreement`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for name in ["dana", "eli", "late"] {
      var session = try desk.open("doc", as: name)
      _ = session.answer("c 1:1-2")
      for line in name == "late" ? [] : ["done", "done"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let rows = try report("--in-progress --measure span-f1-exact --bootstrap 0", in: desk).figures
    #expect(rows.first { $0.annotators == nil && $0.label == nil }?.value == 1)
    #expect(try outcome("--in-progress", in: desk).page.text.contains("Files that are not done count"))
  }
}
