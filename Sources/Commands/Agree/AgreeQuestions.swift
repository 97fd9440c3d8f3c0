import Agreement
import Comparison
import Pages
import Reports

/// Questions that `agree` answers with a page of its own: agreement with oneself, and tests between groups.
extension AgreeOptions {
  /// Compares the passes of each person who has several.
  func oneself(_ request: CountingRequest, in place: Surroundings) throws(Complaint) -> CommandOutcome {
    guard !csv, !perDocument, explain == nil, atLeast.isEmpty, intervalWidth == nil, !full, !isTest,
      counting.reference == nil
    else {
      throw Complaint(
        "--oneself shows each person's agreement with themselves alone.",
        "Leave out --csv, --per-document, --explain, --at-least, --interval-width, --full, --reference, --against and "
          + "--against-round.")
    }
    var request = request
    if counting.unit.isEmpty, counting.measure.isEmpty { request.units = [.word] }
    let report = try OneselfReport(
      in: place.workspace, request,
      AgreementFigures.Request(
        measures: Set(counting.named.isEmpty ? MeasureName.headlines : counting.named), distance: distance,
        weighting: weights, bootstrap: try reported().bootstrap))
    return json ? CommandOutcome(data: report.json) : CommandOutcome(report.page)
  }

  /// Whether two groups are to be told apart.
  var isTest: Bool { againstRound != nil || !against.isEmpty }

  /// Tests whether agreement on the chosen documents differs from that on others, or from that of another round.
  func difference(_ request: CountingRequest, in place: Surroundings) throws(Complaint) -> CommandOutcome {
    guard !csv, !perDocument, explain == nil, atLeast.isEmpty, intervalWidth == nil, !full else {
      throw Complaint(
        "A test against others shows differences alone.",
        "Leave out --csv, --per-document, --explain, --at-least, --interval-width and --full.")
    }
    guard againstRound == nil || against.isEmpty else {
      throw Complaint("--against-round and --against both say what to compare with.", "Name one of them.")
    }
    if let named = counting.named.first(where: { $0.isOfContinuum || $0.isCompetence }) {
      throw Complaint(
        "\(named.rawValue) is not tested: documents are dealt anew thousands of times.",
        "Name measures of items, spans, relations or attributes.", culprit: named.rawValue)
    }
    var (request, other) = (request, request)
    request.hasContinua = false
    other.hasContinua = false
    if let againstRound {
      guard let round = counting.round, round != againstRound else {
        throw Complaint("--against-round \(againstRound) needs another round to compare.", "Name it with --round.")
      }
      other.round = againstRound
    } else {
      other.documents = try commaSeparated(against, "document")
      try DocumentChoice.checkSeen(other.documents, in: place.workspace)
      guard !documents.isEmpty else {
        throw Complaint("--against needs the documents to compare with those.", "Name them before it.")
      }
      if let twice = other.documents.first(where: documents.contains) {
        throw Complaint("\(twice) is in both groups.", "Name each document once.", culprit: twice)
      }
    }
    let (study, first) = try AgreementStudy.groups(in: place.workspace, request, against: other)
    guard first > 0, first < study.documentCount else {
      throw Complaint(
        "\(first == 0 ? "The first" : "The second") group has no document with two annotators.",
        "“gainsay status” shows who has done what.")
    }
    let asked = try reported()
    let test = PermutationTest(seed: try checked(seed: counting.seed))
    let report = DifferenceReport(
      study: study, first: first, differences: study.differences(test, first: first, asked), test: test)
    return json ? CommandOutcome(data: report.json) : CommandOutcome(report.page)
  }
}
