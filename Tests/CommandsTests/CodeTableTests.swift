import ArgumentParser
import Foundation
import Pages
import TestSupport
import Testing

@testable import Commands

/// Agreement on tables of codes, without texts or spans.
@Suite struct CodeTableTests {
  /// One table with the figures of other programs.
  struct Case: Decodable {
    /// A measure, a code, annotators, value, observed, expected, standard error and p, as JSON has them.
    struct Row: Decodable {
      let measure: String
      let label: String?
      let annotators: [String]?
      let value, observed, expected, se, p: Double?

      init(from decoder: any Decoder) throws {
        var cells = try decoder.unkeyedContainer()
        measure = try cells.decode(String.self)
        label = try cells.decodeIfPresent(String.self)
        annotators = try cells.decodeIfPresent([String].self)
        var numbers: [Double?] = []
        for _ in 0..<5 { numbers.append(try cells.decodeIfPresent(Double.self)) }
        (value, observed, expected, se, p) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
      }

      var key: String { "\(measure) \(label ?? "") \((annotators ?? []).sorted().joined(separator: ", "))" }
    }
    let table, text, scale: String
    let order: [String]?
    let weights: String?
    let missing: [String]
    let rows: [Row]
  }
  struct Suite: Decodable { let cases: [Case] }

  struct Figures: Decodable {
    struct Row: Decodable {
      let measure, unit: String
      let label: String?
      let annotators: [String]?
      let value, observed, expected, se, p: Double?
      let interval, undefined, weights, distance: String?
      let items: Int

      var key: String { "\(measure) \(label ?? "") \((annotators ?? []).sorted().joined(separator: ", "))" }
    }
    struct Implied: Decodable {
      struct Code: Decodable {
        let code: String
        let probability: Double
      }
      let item: String
      let mace: Code?
    }
    let figures: [Row]
    let warnings: [String]
    let implied: [Implied]?
    let annotators: [String]
  }

  static func outcome(_ options: [String], _ table: String) throws -> CommandOutcome {
    let pipe = Pipe(Array(table.utf8))
    return try AgreeCommand.parse(["--table", "-"] + options).outcome(in: pipe.shell())
  }

  static func figures(_ options: [String], _ table: String) throws -> Figures {
    let data = try #require(try outcome(options + ["--json"], table).data)
    return try JSONDecoder().decode(Figures.self, from: Data(data))
  }

  private static func isSame(_ one: Double?, _ other: Double?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one - other) < 1e-9
  }

  @Test func `figures of 25 tables are those of other programs`() throws {
    let file = try #require(Bundle.module.url(forResource: "Golden/code-tables", withExtension: "json"))
    var held = 0
    for one in try JSONDecoder().decode(Suite.self, from: Data(contentsOf: file)).cases {
      var options = ["--scale", one.scale, "--bootstrap", "0"]
      if let order = one.order { options += ["--order", order.joined(separator: ",")] }
      if let weights = one.weights { options += ["--weights", weights] }
      for code in one.missing { options += ["--missing", code] }
      let found = try Self.figures(options, one.text).figures
      let models = try Self.figures(options + ["--measure", "dawid-skene"], one.text).figures
      let byKey = Dictionary(((found.filter { $0.annotators?.count != 1 }) + models).map { ($0.key, $0) }) { first, _ in
        first
      }
      #expect(byKey.count == one.rows.count, "\(one.table)")
      for row in one.rows {
        let what = "\(one.table) \(one.scale) \(row.key)"
        let ours = try #require(byKey[row.key], "\(what)")
        #expect(Self.isSame(ours.value, row.value), "\(what)")
        #expect((ours.value == nil) == (ours.undefined != nil), "\(what)")
        if ours.observed != nil { #expect(Self.isSame(ours.observed, row.observed), "\(what): observed") }
        if ours.expected != nil { #expect(Self.isSame(ours.expected, row.expected), "\(what): expected") }
        // Items of one document depend on each other.
        if one.table != "g1g2-documents.csv" {
          #expect(Self.isSame(ours.se, row.se), "\(what): standard error")
          #expect(Self.isSame(ours.p, row.p), "\(what): p")
        }
        held += 1
      }
    }
    #expect(held == 1286)
  }

  @Test func `a long table and a wide one give the same figures, whatever the delimiter and the order of rows`() throws
  {
    let long = "item,annotator,code\n1,ana,yes\n1,ben,no\n2,ana,no\n2,ben,no\n3,ana,yes\n3,ben,yes\n4,ana,yes\n"
    let wide = "\u{FEFF}ana;ben;item\r\nyes;yes;3\r\n\"yes\";;4\r\nno;no;2\r\nyes;no;1\r\n"
    let tabs = "ana\tben\nyes\tno\nno\tno\n\nyes\tyes\nyes\t\n"
    let rows = try [long, wide, tabs].map { table in
      try Self.figures(["--bootstrap", "0"], table).figures.map { "\($0.key) \($0.value ?? -9) \($0.items)" }
    }
    #expect(rows[0] == rows[1] && rows[0] == rows[2] && rows[0].count > 20)
    #expect(try Self.figures([], long).figures.first?.interval == "bca")
  }

  @Test func `the page of a table says what stands behind each figure`() throws {
    let table =
      "item,ana,ben,cem\n1,low,low,high\n2,high,mid,high\n3,mid,mid,\n4,low,mid,low\n5,high,high,high\n6,low,low,low\n"
    expect(
      try Self.outcome(["--order", "low,mid,high", "--bootstrap", "0"], table).page,
      #"""
      Agreement of ana, ben and cem on 6 items
      Weights are ordinal for the codes (ordinal scale).

      items · Kripp. α   n  value
      all codes         6*  0.564    ███████████▎

           observed  Cohen κ  Scott π  Fleiss κ  Hubert κ      S    AC1
      all     0.667    0.434    0.384     0.495     0.515  0.500  0.502

      weighted by the scale  Cohen κw  Fleiss κw  Hubert κw     Sw    AC2
      all                       0.524      0.529      0.567  0.500  0.508

      pairs      Cohen κ  Cohen κw
      ana – ben    0.520     0.692
      ana – cem    0.615     0.615
      ben – cem    0.167     0.265

      each with the others  Cohen κ  Cohen κw
      ana                     0.568     0.654
      ben                     0.343     0.479
      cem                     0.391     0.440

      κ, π, α, S and AC1 are 1 for perfect agreement, 0 for chance agreement and negative below it; they differ in how they estimate chance (Artstein and Poesio 2008). F1 and observed agreement are not corrected for chance.
      No value is good or bad in itself. Krippendorff (2004, page 241) relies on α from .800 and draws tentative conclusions from .667; the choice, he says, depends on what a wrong conclusion costs.
      n: pairable items; for spans, the spans of both annotators, summed over pairs. *: fewer than 20.
      Weighted coefficients count near values as partly agreeing (Gwet 2014).
      """#)
    expect(
      try Self.outcome(["--measure", "mace", "--measure", "krippendorff-alpha", "--bootstrap", "0"], table).page,
      #"""
      Agreement of ana, ben and cem on 6 items

      items · Kripp. α   n  value
      all codes         6*  0.489    █████████▊  SE 0.232, p 0.0889
      high              6*  0.515    ██████████▎  SE 0.308, p 0.1556
      low               6*  0.543    ██████████▉  SE 0.276, p 0.1068
      mid               6*  0.385    ███████▊  SE 0.395, p 0.3746

      items · MACE   n  value
        ana         6*  0.904    ██████████████████▏
        ben         6*  0.468    █████████▍
        cem         5*  0.638    ████████████▊

      κ, π, α, S and AC1 are 1 for perfect agreement, 0 for chance agreement and negative below it; they differ in how they estimate chance (Artstein and Poesio 2008). F1 and observed agreement are not corrected for chance.
      No value is good or bad in itself. Krippendorff (2004, page 241) relies on α from .800 and draws tentative conclusions from .667; the choice, he says, depends on what a wrong conclusion costs.
      n: pairable items; for spans, the spans of both annotators, summed over pairs. *: fewer than 20.
      SE and p against 0 (two-sided, Student's t) are Gwet's, for items that were sampled independently.
      Competence, by Dawid and Skene (1979): the probability that the annotator gives an item's most likely value; by MACE (Hovy and others 2013): that the annotator knows it rather than guesses. Neither is corrected for chance, and of two annotators they say little.
      """#)
  }

  @Test func `a code that is missing, or spelt in two ways, is said and counts as it stands`() throws {
    let table = "ana,ben\nNA,yes\nyes,Yes\nno,no\nyes,yes\n"
    let plain = try Self.figures(["--bootstrap", "0"], table)
    #expect(
      plain.warnings.prefix(2) == [
        "“NA” counts as a code. If it stands for no code, say --missing \"NA\".",
        "“Yes” and “yes” differ only in case or blanks, and count as different codes.",
      ])
    #expect(plain.figures[0].items == 4)
    #expect(try Self.figures(["--missing", "NA", "--bootstrap", "0"], table).figures[0].items == 3)
  }

  @Test func `what each item implies is the code of those who know`() throws {
    let table = "item,ana,ben,cem\na,x,x,y\nb,y,y,x\nc,x,x,x\nd,y,y,y\ne,x,x,y\nf,,,\n"
    let found = try Self.figures(["--measure", "mace"], table)
    #expect(found.implied?.compactMap(\.mace?.code) == ["x", "y", "x", "y", "x"] && found.implied?.last?.mace == nil)
    let competence = Dictionary(found.figures.map { ($0.annotators?[0] ?? "", $0.value ?? 0) }) { first, _ in first }
    #expect(competence["ana"] ?? 0 > competence["cem"] ?? 1)
  }

  @Test func `a threshold holds on a table, too`() throws {
    let table = "ana,ben\nyes,yes\nno,no\nyes,no\nno,no\n"
    #expect(try Self.outcome(["--at-least", "krippendorff-alpha=0.9"], table).status == 1)
    #expect(try Self.outcome(["--at-least", "krippendorff-alpha=0.1"], table).status == 0)
    #expect(try Self.outcome(["--at-least", "cohen-kappa/item/yes=0.9"], table).status == 1)
  }

  @Test func `numbers on an interval scale are those that they stand for`() throws {
    let found = try Self.figures(["--scale", "interval", "--bootstrap", "0"], "ana,ben\n1,1.0\n2,2\n10,1e1\n3,4\n")
    let alpha = try #require(found.figures.first { $0.measure == "krippendorff-alpha" })
    // By hand: δ² of the four pairs is 0, 0, 0 and 1; the eight values are 1, 1, 2, 2, 3, 4, 10, 10.
    let values = [1.0, 1, 2, 2, 3, 4, 10, 10]
    var expected = 0.0
    for one in values { for other in values { expected += (one - other) * (one - other) } }
    #expect(Self.isSame(alpha.value, 1 - (2 * 1.0 / 8) / (expected / (8 * 7))) && alpha.distance == "interval")
    #expect(found.figures.contains { $0.measure == "gwet-ac2" && $0.weights == "quadratic" })
  }

  @Test func `what is no table, or no table of this scale, is refused with its line and a way out`() throws {
    func refusal(_ table: String, _ options: [String] = []) -> String {
      do {
        _ = try Self.outcome(options, table)
        return ""
      } catch let complaint as Complaint {
        return ([complaint.problem] + [complaint.advice].compactMap { $0 }).joined(separator: " ")
      } catch {
        return "\(error)"
      }
    }
    expect(
      [
        refusal(""), refusal("ana\nyes\n"), refusal("ana,ben\nyes\n"), refusal("ana,ben\n\"yes,no\n"),
        refusal("item,annotator,code\n1,ana,yes\n1,ana,no\n"), refusal("annotator,code\nana,yes\n"),
        refusal("item,ana\n1,yes\n"), refusal("item,ana,ben\n1,yes,no\n1,no,no\n"), refusal("ana,ana\n1,2\n"),
        refusal("item,ana,ben\n1,a,b\n", ["--scale", "interval"]),
        refusal("item,ana,ben\n1,a,b\n", ["--scale", "ordinal"]),
        refusal("item,ana,ben\n1,a,b\n", ["--order", "a,c"]), refusal("ana,ben\n1,2\n", ["--annotators", "ana,bem"]),
        refusal("ana,ben\n1,2\n", ["--label", "claim"]), refusal("ana,ben\n1,2\n", ["--measure", "span-f1-exact"]),
        refusal("ana,ben\n1,2\n", ["--scale", "nominal", "--order", "1,2"]), refusal("ana,ben\n1,2\n", ["doc"]),
      ].joined(separator: "\n"),
      #"""
      standard input has no table: its first line names fewer than two columns. Write item,annotator,code, or a column for each annotator; cells are separated by commas, semicolons or tabs.
      standard input has no table: its first line names fewer than two columns. Write item,annotator,code, or a column for each annotator; cells are separated by commas, semicolons or tabs.
      standard input, line 2: the header has 2 cells, this row 1. Give every row as many cells as the header; leave a cell empty where there is no code.
      standard input, line 2: a cell begins with a quotation mark and is never closed. Close it, or double a mark that belongs to the cell.
      standard input, line 3: ana coded “1” before, on line 2. Keep one of the two, or give a second pass an annotator of its own, such as ana-2.
      standard input has the columns annotator and code, but none called item. Add it.
      standard input has the codes of only ana; agreement needs two. Add another annotator's.
      standard input, line 3: the item “1” has a row before, on line 2. Keep one row for each item.
      standard input: two columns are called “ana”. Give each a name of its own.
      standard input: ana gave “1” the code “a”, which is no number that can be computed with. Write numbers with a point, up to 1e100; mend it, leave it out with --missing, or leave out --scale interval.
      standard input: the codes of an ordinal scale are not all numbers, so their order is not known. Name all codes with --order, the least first; --missing names those that stand for no code.
      standard input: ben gave “1” the code “b”, which --order does not have. Name all codes with --order, the least first; --missing names those that stand for no code.
      standard input has no codes of bem. Did you mean ben? It has those of ana and ben.
      --label is about annotated texts; a table has none. Leave it out.
      --measure span-f1-exact is about annotated texts; a table has none. Leave it out.
      --order 1,2 names the codes of an ordinal scale. Add --scale ordinal, or leave it out.
      A document is about annotated texts; a table has none. Leave it out.
      """#)
    let latin = Pipe([0x61, 0x2C, 0x62, 0x0A, 0xE9, 0x2C, 0x62, 0x0A])
    #expect(throws: Complaint.self) { try AgreeCommand.parse(["--table", "-"]).outcome(in: latin.shell()) }
    #expect(throws: Complaint.self) { try AgreeCommand.parse(["--scale", "ordinal"]).outcome(in: latin.shell()) }
  }

  @Test func `a column that names the items is no annotator's, whatever it is called`() throws {
    let codes = ["x,x", "y,x", "y,y", "x,x", "x,y"]
    func table(_ header: String, _ rows: [String]) -> String { ([header] + rows).joined(separator: "\n") }
    let rows = codes.enumerated().map { "\($0 + 1),\($1)" }
    for name in ["item", "unit", "ID", "subject", ""] {
      #expect(try Self.figures(["--bootstrap", "0"], table("\(name),ana,ben", rows)).annotators == ["ana", "ben"])
    }
    let long = "unit,coder,value\n1,ana,x\n1,ben,x\n2,ana,y\n2,ben,x\n"
    #expect(try Self.figures(["--bootstrap", "0"], long).annotators == ["ana", "ben"])
    // A text column, and a first line of codes, as ReCal has them.
    #expect(throws: Complaint.self) { try Self.figures([], table("text,ana,ben", rows)) }
    #expect(try Self.figures(["--annotators", "ana,ben"], table("text,ana,ben", rows)).annotators == ["ana", "ben"])
    #expect(throws: Complaint.self) { try Self.figures([], "1,2\n1,1\n2,2\n2,1\n") }
  }

  @Test func `numbers too great or small for their squares are refused, and no figure is other than a number`() throws {
    for number in ["1e154", "-1e308", "1e-200", "1e-999", "inf", "nan", "0x10"] {
      #expect(throws: Complaint.self, "\(number)") {
        try Self.figures(["--scale", "interval"], "ana,ben\n\(number),1\n2,2\n3,4\n")
      }
    }
    let great = try Self.figures(["--scale", "interval"], "ana,ben\n1e100,-1e100\n0,0.0\n-0e5,1e-100\n3,4\n")
    for figure in great.figures { #expect(figure.value.map(\.isFinite) ?? (figure.undefined != nil)) }
  }

  @Test func `a measure that has no figure says what it needs, and many annotators have no pairs`() throws {
    let plain = try Self.outcome(["--measure", "gwet-ac2"], "ana,ben\nx,x\ny,x\n")
    #expect(plain.notes.text.contains("It needs values on a scale: --scale ordinal or interval of a table"))
    let names = (0..<31).map { "a\($0)" }
    let many = ([names] + (0..<4).map { row in names.indices.map { ($0 * row) % 3 == 0 ? "x" : "y" } }).map {
      $0.joined(separator: ",")
    }.joined(separator: "\n")
    let found = try Self.outcome(["--bootstrap", "0"], many)
    #expect(found.notes.text.contains("figures of pairs and Hubert's κ are left out"))
    #expect(try Self.figures(["--bootstrap", "0", "--measure", "cohen-kappa"], many).figures.count > 31 * 30 / 2)
  }

  @Test func `a code with a control character never reaches the terminal`() throws {
    let page = try Self.outcome(["--bootstrap", "0"], "ana,ben\n\u{1B}[31mred,x\nx,x\n").page
    #expect(!page.text.contains("\u{1B}"))
  }
}
