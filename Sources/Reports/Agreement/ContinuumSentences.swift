import Agreement
import Comparison
import Pages

/// The sentences and tables on continua in a report on agreement.
extension AgreementFigures {
  private func has(_ condition: (MeasureName) -> Bool) -> Bool { figures.contains { condition($0.measure) } }

  /// Sentences on the settings behind the figures of continua.
  var continuumSettings: [String] {
    var settings: [String] = []
    let isCoding = has { $0 == .alphaCU || $0 == .alphaKU }
    if isCoding, study.people.count > 2 {
      settings.append(
        "cᵤα and (k)ᵤα count a unit's length as pairable \(choice.pairable == .union ? "in union" : "pairwise").")
    }
    guard has(\.isGamma) else { return settings }
    let (dissimilarity, drawing) = (choice.gamma.dissimilarity, choice.gamma.drawing)
    settings.append(
      "γ with α \(Decimals.plain(dissimilarity.alpha)), β \(Decimals.plain(dissimilarity.beta)), Δ∅ "
        + "\(Decimals.plain(dissimilarity.deltaEmpty)); chance by \(samplerName) from \(sampleCount) of each "
        + "document, seed \(drawing.seed).")
    if dissimilarity.categorical != .nominal { settings.append("Dissimilarities of labels come from the scheme.") }
    if figures.contains(where: { $0.coefficient?.proved != nil }) {
      settings.append(
        drawing.limit.deadline == nil
          ? "The search stopped at the gap; the digits are the same on every machine."
          : "The search stopped at the time limit; on another machine the digits may differ.")
    }
    return settings
  }

  /// The sampler's name in `--sampler`.
  var samplerName: String { choice.gamma.drawing.sampler == .statistical ? "statistical" : "shuffle" }

  private var sampleCount: String {
    let counts = Set(figures.filter { $0.measure.isGamma }.compactMap { $0.coefficient?.sampling?.samples })
    guard let least = counts.min(), let most = counts.max() else {
      return counted(choice.gamma.drawing.samples, "sample")
    }
    return least == most ? counted(most, "sample") : "\(least) to \(most) samples"
  }

  /// Sentences on how to read the figures of continua, with sources.
  var continuumMeaning: [String] {
    var lines: [String] = []
    if has(\.isUnitizingAlpha) {
      lines.append(
        "ᵤα asks whether annotators segment and label the continuum alike, by length (Krippendorff, Mathet, Bouvry and "
          + "Widlöcher 2016); |ᵤα whether they mark the same stretches; cᵤα and (k)ᵤα whether they label alike what "
          + "two of them marked. α_U is its predecessor of 1995.")
    }
    if has(\.isGamma) {
      lines.append(
        "γ aligns units with the least disorder and compares that with sampled chance (Mathet, Widlöcher "
          + "and Métivier 2015); ± is the standard error of chance. γ_cat and γ_k score the labels "
          + "of aligned units (Mathet 2017)."
      )
    }
    return lines
  }

  /// The lengths over which two annotators have each pair of values, as a table; empty unless an alpha for unitizing is
  /// asked for by name.
  var coincidenceLines: [Page.Line] {
    guard let coincidences else { return [] }
    let names = study.labels + ["gap φ"]
    let rows = zip(names, coincidences).map { name, lengths in [name] + lengths.map { Decimals.rounded($0, places: 1) }
    }
    return [Page.Line([])]
      + TextTable.lines([["lengths in common"] + names] + rows).enumerated().map {
        Page.Line($1, style: $0 == 0 ? .bold : .plain)
      }
  }

  // MARK: the alignment of a document

  /// A unitary alignment: at most one span of each annotator.
  struct Unitary {
    /// The unit of each annotator of the document; nil if none is aligned.
    let units: [UnitizingStudy.Unit?]
    let cost: Double
  }

  /// The best alignment of the document in `--explain`; nil without one.
  var alignment: (annotators: [String], unitary: [Unitary], best: BestAlignment)? {
    guard let document = choice.explained.flatMap(study.documents.firstIndex) else { return nil }
    let continuum = study.continua.continua[document]
    let present = continuum.units.indices.filter { continuum.units[$0] != nil }
    let layers = continuum.units.compactMap { $0 }
    let isSoft = has { $0 == .gammaSoft } && !has { $0 == .gamma }
    guard let best = try? BestAlignment(layers, by: choice.gamma.dissimilarity, isSoft: isSoft) else { return nil }
    let unitary = best.unitary.map { unitary in
      Unitary(
        units: unitary.units.enumerated().map { annotator, unit in unit.map { layers[annotator][$0] } },
        cost: unitary.cost)
    }
    return (present.map { study.annotators[$0] }, unitary, best)
  }

  /// The best alignment as a table, with a row for each unitary alignment.
  var alignmentLines: [Page.Line] {
    guard let (annotators, unitary, best) = alignment, let document = choice.explained else { return [] }
    var rows = [annotators + ["cost"]]
    for row in unitary {
      rows.append(
        row.units.map { unit in
          unit.map { "\(study.labels[$0.label]) \($0.hull.lowerBound)–\($0.hull.upperBound)" } ?? "∅"
        } + [Decimals.rounded(row.cost)])
    }
    let title = "best alignment of \(document); offsets in code points"
    let disorder = best.disorder.map { ", disorder \(Decimals.rounded($0))" } ?? ""
    let sum =
      "\(counted(best.units, "span")) in \(counted(unitary.count, "unitary alignment")), cost "
      + "\(Decimals.rounded(best.cost))\(disorder); no alignment costs less."
    return [Page.Line([]), Page.Line(title, style: .bold)]
      + TextTable.lines(rows, leftmost: Set(annotators.indices)).map { Page.Line($0, indent: 2) }
      + [Page.Line(sum, style: .dim)]
  }
}
