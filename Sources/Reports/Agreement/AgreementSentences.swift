import Agreement
package import Comparison
import Pages

/// What an agreement report says in words.
extension AgreementFigures {
  /// “because …”, with the annotators' names.
  package func reason(_ figure: Figure) -> String? {
    guard case .failure(let undefined) = figure.result else { return nil }
    return "because " + clause(undefined, figure)
  }

  private func clause(_ undefined: Undefined, _ figure: Figure) -> String {
    let label = figure.key.label
    switch undefined {
    case .fewerThanTwoAnnotators: return "fewer than two annotators take part"
    case .overlappingUnits:
      return "somebody's spans of different labels overlap, so that the text is not cut into parts"
    case .differentAnnotators: return "documents have different annotators, and this measure needs the same in all"
    case .tooLittlePairable: return "what several annotators have marked is too short to tell chance from it"
    case .noAlignedUnits: return label.map { "no “\($0)” is aligned with another span" } ?? "no two spans are aligned"
    case .noPairableItems:
      if figure.measure.isOfContinuum { return "no place is marked by two annotators" }
      if figure.measure.isOfItems { return "no item has values of two annotators" }
      return figure.key.annotators == nil
        ? "no two annotators have a document in common" : "no two aligned spans may be related by the scheme"
    case .oneCategory: return oneCategory(figure)
    case .fewerThanTwoCategories: return "there are fewer than two categories to choose from"
    case .noSharedDocument: return "the two have no document in common"
    case .noSpans: return label.map { "no “\($0)” was marked" } ?? "no span was marked"
    case .noRelations:
      return (label.map { "no relation “\($0)” was drawn" } ?? "no relation was drawn") + " between spans that count"
    case .noAttributes:
      return label.map { "“\($0)” is set on no aligned span" } ?? "no attribute is set on any aligned span"
    case .noCategories: return "no label has a value"
    case .noBoundaries: return "there is no boundary"
    case .pair(let first, let second, let reason):
      let names = "\(study.annotators[first]) and \(study.annotators[second])"
      return "it is undefined for \(names): \(clause(reason, figure))"
    }
  }

  private func oneCategory(_ figure: Figure) -> String {
    if figure.measure.isOfItems {
      if let label = figure.key.label { return "all values on “\(label)” are the same, so chance explains everything" }
      if let annotators = figure.key.annotators { return Complaint.list(annotators) + " used one set of labels only" }
    }
    return "all values are the same, so chance explains everything"
  }

  /// Why a figure has no interval; nil where it has one.
  func intervalReason(_ figure: Figure) -> String? {
    switch figure.interval {
    case .success: return nil
    case nil:
      return choice.bootstrap == nil
        ? "because no resamples were asked for"
        : "because documents are resampled, and there is one only"
    case .failure(.noValue): return "because the figure itself is undefined"
    case .failure(.noSum): return "because this measure is no function of a sum over documents"
    case .failure(.oneDocument):
      return figure.document == nil
        ? "because there is nothing to resample: one \(study.isBySentence ? "sentence" : "document")"
        : "because documents are resampled, and this is one"
    case .failure(.mostlyUndefined(let resamples)):
      return "because the figure is undefined in \(resamples) resamples, which is more than half"
    }
  }

  var warnings: [String] {
    var warnings: [String] = []
    let documents = study.documents.count
    if documents == 0 { warnings.append("No document was annotated by two annotators.") }
    if study.documentsLeftOut > 0 {
      let count = study.documentsLeftOut
      let documents = count == 1 ? "1 document has" : "\(count) documents have"
      warnings.append("\(documents) fewer than two annotators and \(count == 1 ? "is" : "are") left out.")
    }
    if study.pairsApart > 0 {
      warnings.append(
        "\(counted(study.pairsApart, "pair")) of annotators with no document in common left out of means.")
    }
    if let count = study.suggestedLeftOut {
      warnings.append("\(counted(count, "span")) left out that were suggested or are aligned with one that was.")
    }
    if study.schemeVersions.count > 1 {
      warnings.append("The files carry versions \(Complaint.list(study.schemeVersions)) of the scheme.")
    }
    guard choice.bootstrap != nil else { return warnings }
    if study.isBySentence, study.codings.contains(where: { $0.study.documentCount > 1 }) {
      warnings.append(
        "With one document its sentences are resampled, for measures of items only: the intervals say nothing of other "
          + "documents.")
    } else if (2..<10).contains(documents) {
      warnings.append("Intervals rest on \(documents) documents; with fewer than ten they are rough.")
    }
    let patchy = figures.count { $0.document == nil && $0.bounds?.undefinedResamples ?? 0 > 0 }
    if patchy > 0 {
      warnings.append("\(counted(patchy, "interval")) rest on the resamples in which the figure is defined.")
    }
    return warnings
  }

  /// What was asked for that changes figures, as sentences.
  var settings: [String] {
    let asked = study.choice
    var settings: [String] = []
    if choice.distance != .nominal { settings.append("Alpha by \(choice.distance.rawValue) distance.") }
    if asked.overlap > 0 {
      settings.append("Spans overlap from an intersection over union of \(asked.overlap) on.")
    }
    if let reference = asked.reference {
      settings.append(
        "Spans of all others are compared with those of \(reference), who takes part in the other figures as well.")
    }
    settings += continuumSettings
    if asked.inProgress { settings.append("Files that are not done count as far as their annotator has read.") }
    if !asked.labels.isEmpty { settings.append("Labels that count: \(Complaint.list(study.labels)).") }
    return settings
  }

  /// Fewer items than this are marked as few.
  static let fewItems = 20

  /// How to read the figures, with their sources.
  var meaning: [String] {
    [
      "κ, π, α, S and AC1 are 1 for perfect agreement, 0 for what chance would give, less where annotators contradict "
        + "each other; they differ in what they take for chance (Artstein and Poesio 2008). F1 and observed agreement know "
        + "no chance.",
      "No value is good or bad by itself. Krippendorff (2004, page 241) relies on α of .800 and draws tentative "
        + "conclusions from .667 on; he calls that a choice that depends on what a wrong conclusion costs.",
      "n counts pairable items, of spans those of both annotators, summed over pairs in a mean; * marks fewer than "
        + "\(Self.fewItems).",
    ]
  }
}
