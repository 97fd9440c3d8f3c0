import Standoff
import Agreement
package import Comparison
import Pages

/// The sentences in a report on agreement.
extension AgreementFigures {
  /// Why a figure is undefined, as “because …”, with the annotators' names; nil if it is defined.
  package func reason(_ figure: Figure) -> String? {
    guard case .failure(let undefined) = figure.result else { return nil }
    return "because " + clause(undefined, figure, figure.key.label.map { "“\($0)”" })
  }

  /// Why a figure is undefined, in words that do for every label; nil if it is defined.
  func sharedReason(_ figure: Figure) -> String? {
    guard case .failure(let undefined) = figure.result else { return nil }
    return "because " + clause(undefined, figure, figure.key.label == nil ? nil : "such")
  }

  /// - Parameter label: the label, relation or attribute, as a word of the sentence; nil for all together.
  private func clause(_ undefined: Undefined, _ figure: Figure, _ label: String?) -> String {
    switch undefined {
    case .fewerThanTwoAnnotators: return "fewer than two annotators take part"
    case .overlappingUnits:
      return "an annotator's spans with different labels overlap, so they do not partition the text"
    case .differentAnnotators:
      return "the documents have different annotators, and this measure needs the same ones in all"
    case .tooLittlePairable: return "too little was marked by several annotators to estimate chance"
    case .noAlignedUnits: return label.map { "no \($0) span is aligned with another" } ?? "no two spans are aligned"
    case .notProved: return "the search for the best alignment was stopped"
    case .noPairableItems:
      if figure.measure.isOfContinuum { return "no stretch of text was marked by two annotators" }
      if figure.measure.isOfItems { return "no item has values from two annotators" }
      return figure.key.annotators == nil && !haveCommonDocuments
        ? "no two annotators have a document in common" : "the scheme allows no relation between any aligned spans"
    case .oneCategory: return oneCategory(figure)
    case .fewerThanTwoCategories: return "there are fewer than two categories to choose from"
    case .noSharedDocument: return "the two annotators have no document in common"
    case .noSpans: return label.map { "no \($0) span was marked" } ?? "no span was marked"
    case .noRelations:
      return (label.map { "there is no \($0) relation" } ?? "there is no relation") + " between the spans that count"
    case .noAttributes:
      return label.map { "no \($0) attribute is set on any aligned span" } ?? "no attribute is set on any aligned span"
    case .noCategories: return label.map { "no \($0) span was marked" } ?? "no span was marked"
    case .noBoundaries: return "there is no boundary"
    case .differentLengths: return "the segmentations have different lengths"
    case .invalid(.tooLarge) where figure.measure.isWeighted:
      return "there are more than \(CodedItems.mostWeighted) different values"
    case .invalid(.tooLarge):
      return "there is more than can be counted without error; name fewer documents or annotators"
    case .invalid: return "the spans do not fit the text or the scheme"
    case .pair(let first, let second, let reason):
      let names = "\(study.annotators[first]) and \(study.annotators[second])"
      return "it is undefined for \(names): \(clause(reason, figure, label))"
    }
  }

  /// What agreement was computed on, such as “12 documents”.
  var basis: String {
    guard let table = study.table else { return counted(study.documentCount, "document") }
    return "\(counted(table.items.count, "item"))"
      + (table.hasDocuments ? " of \(counted(study.documentCount, "document"))" : "")
  }

  /// What intervals resample.
  var resampled: String {
    study.isBySentence ? "sentences" : study.table?.hasDocuments == false ? "items" : "documents"
  }

  /// Whether some two annotators have a document in common.
  private var haveCommonDocuments: Bool {
    study.pairsApart < study.annotators.count * (study.annotators.count - 1) / 2
  }

  private func oneCategory(_ figure: Figure) -> String {
    if figure.measure.isOfItems, study.table == nil, figure.key.label == nil, let annotators = figure.key.annotators {
      return Complaint.list(annotators) + " used only one set of labels"
    }
    return "all values are the same, so chance alone would give full agreement"
  }

  /// Why a figure has no interval; nil if it has one.
  func intervalReason(_ figure: Figure) -> String? {
    switch figure.interval {
    case .success: return nil
    case nil:
      return choice.bootstrap == nil
        ? "because --bootstrap is 0"
        : "because documents are resampled, and there is only one"
    case .failure(.noValue): return "because the figure itself is undefined"
    case .failure(.noSum): return "because this measure cannot be computed from sums over documents"
    case .failure(.oneDocument):
      return figure.document == nil
        ? "because there is only one \(String(resampled.dropLast())) to resample"
        : "because documents are resampled, and this is a single one"
    case .failure(.mostlyUndefined(let resamples)):
      return "because the figure is undefined in \(resamples) resamples, more than half"
    }
  }

  /// A sentence for each attribute with values that do not lie on its scale.
  var offScale: [String] {
    study.coded.compactMap { items in
      guard let (count, first) = items.offScale, let name = items.name else { return nil }
      return
        "\(counted(count, "value")) of \(name), such as “\(Complaint.shortened(first))”, \(count == 1 ? "does" : "do") not "
        + "lie on its \(items.scale.rawValue) scale, and \(count == 1 ? "counts" : "count") as missing."
    }
  }

  var warnings: [String] {
    var warnings = study.table?.remarks ?? []
    let documents = study.documentCount
    if documents == 0, study.table == nil { warnings.append("No document has two annotators.") }
    warnings += offScale
    if study.documentsLeftOut > 0 {
      let count = study.documentsLeftOut
      let documents = count == 1 ? "1 document" : "\(count) documents"
      warnings.append("Left out: \(documents) with fewer than two annotators.")
    }
    if study.refused > 0 {
      warnings.append("Left out: \(counted(study.refused, "line")) that could not be counted.")
    }
    if study.pairsApart > 0 {
      warnings.append(
        "Left out of means: \(counted(study.pairsApart, "pair")) of annotators with no \(study.table == nil ? "document" : "item") in common."
      )
    }
    if let count = study.suggestedLeftOut {
      warnings.append("Ignored: \(counted(count, "span")) accepted from suggestions or aligned with one that was.")
    }
    if let first = study.schemeVersions.first,
      !study.schemeVersions.allSatisfy({ Scheme.areOfOneMajor(first, $0) })
    {
      warnings.append("The files use different versions of the scheme: \(Complaint.list(study.schemeVersions)).")
    }
    guard choice.bootstrap != nil else { return warnings }
    if study.isBySentence, study.codings.contains(where: { $0.study.documentCount > 1 }) {
      warnings.append(
        "With a single document, intervals resample its sentences, and only for measures of items; they say nothing "
          + "about other documents.")
    } else if (2..<10).contains(documents) {
      warnings.append("Intervals rest on only \(documents) \(resampled); with fewer than ten they are rough.")
    }
    return warnings + [patchyIntervals].compactMap { $0 }
  }

  /// How many intervals leave out resamples; nil if none do.
  var patchyIntervals: String? {
    guard choice.bootstrap != nil else { return nil }
    let patchy = figures.count { $0.document == nil && $0.bounds?.undefinedResamples ?? 0 > 0 }
    let leave = patchy == 1 ? "leaves" : "leave"
    return patchy > 0 ? "\(counted(patchy, "interval")) \(leave) out resamples in which the figure is undefined." : nil
  }

  /// Sentences on the settings that differ from the defaults, and on those of measures with choices.
  var settings: [String] {
    var settings = settingsOfMatching + settingsOfScales + continuumSettings
    if figures.contains(where: { $0.key.unit == "attribute" && $0.key.label == EffectiveSpeakers.attribute }) {
      settings.append(
        "A speaker is the span's own, else its source's, else the source's words if they are a name; aliases count as one."
      )
    }
    return settings + settingsOfCounting
  }

  /// Sentences on the settings of the first page that differ from the defaults.
  var chosenSettings: [String] { settingsOfMatching + settingsOfCounting }

  private var settingsOfMatching: [String] {
    let asked = study.choice
    var settings: [String] = []
    if choice.distance != .nominal { settings.append("Alpha uses the \(choice.distance.rawValue) distance.") }
    if let least = asked.overlaps.first, least > 0 {
      settings.append("Spans match only from an intersection over union of \(least).")
    }
    if let reference = asked.reference {
      settings.append(
        asked.heldApart == nil
          ? "Everyone's spans are compared with those of \(reference), who also counts in the other figures."
          : "Figures of spans and relations, and attribute-agreement, hold everyone to \(reference); the others are of the people alone."
      )
    }
    return settings
  }

  /// Sentences on the scales of values, and on what agreement on attributes compares.
  private var settingsOfScales: [String] {
    var settings: [String] = []
    if figures.contains(where: { $0.key.unit == "attribute" && $0.measure.isOfItems }) {
      settings.append(
        "κ and α of an attribute compare two annotators' values on spans that are aligned, if either gave one.")
    }
    for weighting in Weighting.allCases {
      let names = study.coded.filter { $0.weighting(choice.weighting) == weighting }.map { items in
        "\(items.name.map { "“\($0)”" } ?? "the codes") (\(items.scale.rawValue) scale)"
      }
      guard !names.isEmpty, figures.contains(where: \.measure.isWeighted) else { continue }
      settings.append("Weights are \(weighting.rawValue) for \(Complaint.list(names)).")
    }
    return settings
  }

  private var settingsOfCounting: [String] {
    var settings: [String] = []
    if study.choice.inProgress { settings.append("Unfinished files count as far as their annotator has read.") }
    if !study.choice.labels.isEmpty { settings.append("Only these labels count: \(Complaint.list(study.labels)).") }
    return settings
  }

  /// Figures of fewer items than this are marked with an asterisk.
  static let fewItems = 20

  /// Sentences on how to read the figures, with sources.
  ///
  /// - Parameter named: the measures that are shown in full; empty for an overview.
  func meaning(_ named: [MeasureName]) -> [String] {
    var lines = [
      "κ, π, α, S and AC1 are 1 for perfect agreement, 0 for chance agreement and negative below it; they differ in "
        + "how they estimate chance (Artstein and Poesio 2008). F1 and observed agreement are not corrected for "
        + "chance.",
      "No value is good or bad in itself. Krippendorff (2004, page 241) relies on α from .800 and draws tentative "
        + "conclusions from .667; the choice, he says, depends on what a wrong conclusion costs.",
      "n: pairable items; for spans, the spans of both annotators, summed over pairs. *: fewer than "
        + "\(Self.fewItems).",
    ]
    func has(_ condition: (Figure) -> Bool) -> Bool { figures.contains(where: condition) }
    if has(\.measure.isWeighted) {
      lines.append("Weighted coefficients count near values as partly agreeing (Gwet 2014).")
    }
    if has(\.measure.isOfGroups) {
      lines.append(
        "The adjusted Rand index (Hubert and Arabie 1985) and B³ (Bagga and Baldwin 1998) ask which spans got the same "
          + "value, however it is spelt; spans without a value of both are left out.")
    }
    if has({ $0.significance != nil && (!named.isEmpty || $0.measure == .krippendorffAlpha) }) {
      lines.append(
        "SE and p against 0 (two-sided, Student's t) are Gwet's, for items that were sampled independently.")
    }
    if has(\.measure.isCompetence) {
      lines.append(
        "Competence, by Dawid and Skene (1979): the probability that the annotator gives an item's most likely value; by "
          + "MACE (Hovy and others 2013): that the annotator knows it rather than guesses. Neither is corrected for chance, and of two "
          + "annotators they say little."
      )
    }
    return lines
  }
}
