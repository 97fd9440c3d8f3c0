package import Agreement
package import Comparison
import JSONText
package import Pages

/// Whether agreement on two groups of documents, or in two rounds, differs by more than chance.
package struct DifferenceReport {
  /// Of both groups, the first one's documents first.
  let study: AgreementStudy
  /// The number of documents of the first group.
  let first: Int
  let differences: [FigureDifference]
  let test: PermutationTest

  package init(study: AgreementStudy, first: Int, differences: [FigureDifference], test: PermutationTest) {
    (self.study, self.first) = (study, first)
    (self.differences, self.test) = (differences, test)
  }

  package var page: Page {
    var page = Page()
    let second = study.documentCount - first
    page.append(
      "Agreement of \(Complaint.list(study.people)) on \(counted(first, "document")) and on "
        + "\(counted(second, "other"))", .bold)
    var rows = [["", "first", "second", "difference", "p"]]
    for one in differences {
      let name = one.key.words
      switch one.result {
      case .failure: rows.append([name, "–", "–", "–", "–"])
      case .success(let found):
        let difference = Decimals.rounded(found.difference.difference)
        rows.append([
          name, Decimals.rounded(found.first), Decimals.rounded(found.second),
          found.difference.difference > 0 ? "+\(difference)" : difference,
          Decimals.rounded(found.difference.p, places: 4),
        ])
      }
    }
    page.append("")
    for (index, text) in TextTable.lines(rows).enumerated() { page.append(text, index == 0 ? .bold : .plain) }
    page.append("")
    if differences.contains(where: { (try? $0.result.get()) == nil }) {
      page.append("–: undefined in one of the two.", .dim)
    }
    if let ways = Self.ways(first, of: study.documentCount) {
      page.append(
        "\(study.documentCount) documents can be divided so in only \(ways) ways: a p much below "
          + "\(Decimals.rounded(1 / Double(ways), places: 3)) cannot come out, however great the difference.", .dim)
    }
    page.append(
      "p: the share of \(test.permutations) random ways to divide the documents in which the difference is at least as "
        + "great (permutation test, two-sided; Phipson and Smyth 2010; seed \(test.seed)). Of twenty such p, one is below "
        + ".05 by chance.", .dim)
    return page
  }

  /// In how many ways documents can be divided; nil for more than a thousand.
  private static func ways(_ first: Int, of all: Int) -> Int? {
    var ways = 1
    for step in 0..<min(first, all - first) {
      ways = ways * (all - step) / (step + 1)
      if ways > 1000 { return nil }
    }
    return ways
  }

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.strings("annotators", study.people)
      writer.array("differences", .block) { writer in
        for one in differences {
          let found = try? one.result.get()
          writer.object { writer in
            writer.number("against", found?.second)
            writer.number("difference", found?.difference.difference)
            writer.string("label", one.key.label)
            writer.string("measure", one.key.measure.rawValue)
            if let overlap = one.key.overlap { writer.number("overlap", overlap) }
            writer.number("p", found?.difference.p)
            writer.string("unit", one.key.unit)
            writer.number("value", found?.first)
          }
        }
      }
      writer.strings("documents", Array(study.documents.prefix(first)))
      writer.strings("documentsAgainst", Array(study.documents.dropFirst(first)))
      writer.array("figures") { _ in }
      writer.integer("permutations", test.permutations)
      writer.integer("seed", Int(clamping: test.seed))
    }
  }
}

extension Figure.Key {
  /// The figure in a few words.
  fileprivate var words: String {
    let pooled = measure.isPooled ? ", pairs together" : ""
    let least = overlap.map { $0 > 0 ? ", from \(Decimals.plain($0))" : ", any overlap" } ?? ""
    return "\(measure.heading)\(pooled)\(least) by \(unit) · \(label ?? "all")"
  }
}

extension AgreementFigures {
  /// How many documents it takes until intervals are as narrow as wished, as a page.
  package var sizesPage: Page {
    var page = Page()
    guard let search = choice.sampleSize else { return page }
    let share = Decimals.rounded(search.confidence * 100, places: 1).replacing(".0", with: "")
    let what = study.table?.hasDocuments == false ? "items" : "documents"
    page.append(
      "How many \(what) it takes until the \(share) % interval is \(Decimals.plain(search.width)) wide", .bold)
    for warning in warnings { page.append(warning) }
    if study.isBySentence {
      page.append("With a single document nothing is known about others; annotate a pilot of ten or more.")
      return page
    }
    var rows = [["", "value", "interval now", what]]
    for size in sizes {
      let figure = figures.first { $0.key == size.key && $0.document == nil }
      let bounds = figure?.bounds.map {
        "\(Decimals.rounded($0.low, places: 2)) to \(Decimals.rounded($0.high, places: 2))"
      }
      let needed =
        switch size.documents {
        case .success(let documents?):
          documents <= study.documentCount ? "\(documents), enough now" : String(documents)
        case .success(nil): "over \(SampleSize.mostDocuments)"
        case .failure: "–"
        }
      rows.append([
        size.key.words,
        figure?.value.map { Decimals.rounded($0) } ?? "–", bounds ?? "–", needed,
      ])
    }
    page.append("")
    for (index, text) in TextTable.lines(rows).enumerated() { page.append(text, index == 0 ? .bold : .plain) }
    page.append("")
    if sizes.contains(where: { if case .failure = $0.documents { true } else { false } }) {
      page.append("–: the pilot says nothing about it.", .dim)
    }
    page.append(
      "Estimated by drawing \(search.samples) samples of each size from the \(study.documentCount) \(what) at hand (seed "
        + "\(search.seed)); rough if these are few, or unlike those to come.", .dim)
    return page
  }
}
