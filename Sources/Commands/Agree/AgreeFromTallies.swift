import Comparison
import Pages
import Storage

/// Agreement from what `gainsay tally` counted.
extension AgreeOptions {
  /// Reads tallies and computes the figures.
  ///
  /// - Parameters:
  ///   - file: their path; `-` for standard input.
  ///   - planPath: the path of their plan; nil for that of a workspace.
  ///   - root: the folder of the workspace whose plan they were counted with, if no plan is named; nil to look for it.
  func outcome(
    ofTallies file: String, _ planPath: String?, _ root: String?, in shell: Shell
  ) throws(Complaint) -> CommandOutcome {
    let reported = try reported()
    if oneself || againstRound != nil || !against.isEmpty {
      throw Complaint(
        "--oneself, --against and --against-round read annotations, which tallies do not hold.",
        "Leave out --from-tallies, in the workspace.")
    }
    if explain != nil {
      throw Complaint(
        "--explain shows spans, which tallies do not hold.",
        "Leave out --from-tallies, in a workspace with the document.")
    }
    let merge = try TallyMerge(of: file, shell)
    let plans = try plans(planPath, root, shell)
    guard let plan = plans.first(where: { merge.plan == nil || PlanFile.digest(of: $0) == merge.plan }) else {
      let own = plans.first.map(PlanFile.digest) ?? ""
      throw Complaint(
        "The tallies were counted by the plan \(merge.plan ?? ""), not by \(own).",
        planPath == nil
          ? "Name their plan with --plan, or give the options with which it was made."
          : "Name their own plan with --plan, and no options that change it.")
    }
    if let sum = merge.sum {
      var outcome = try outcome(ofSums: sum, plan, reported, width: shell.width, aligned: shell.aligned)
      merge.note(in: &outcome)
      return outcome
    }
    let (readings, refused) = try merge.readings(plan)
    let study = try study(chosen(readings), plan, refused: refused)
    var outcome = try outcome(of: study, reported, width: shell.width, aligned: shell.aligned)
    if study.documents.count == 1 {
      outcome.notes.append("Tallies hold no sentences, so a single document has no intervals.")
    }
    merge.note(in: &outcome)
    return outcome
  }

  /// Computes the figures of documents that were added up.
  private func outcome(
    ofSums sum: TallySum, _ plan: CountingPlan, _ reported: AgreementFigures.Request,
    width: Int, aligned: @escaping @Sendable (_ found: Int, _ wanted: Int) -> Void
  ) throws(Complaint) -> CommandOutcome {
    guard documents.isEmpty, !perDocument, intervalWidth == nil else {
      throw Complaint(
        "These tallies are sums, so they have no single documents.",
        "Count without --resamples to choose documents, to see each or to draw more of them.")
    }
    let studies = try AgreementStudy.studies(of: sum, narrowed(plan), of: plan)
    return try outcome(of: studies[0], reported, width: width, aligned: aligned) { study, request in
      AgreementFigures(ofSums: [study] + studies.dropFirst(), request, seed: sum.seed)
    }
  }

  /// The plans that the options may mean, the likeliest first.
  private func plans(_ path: String?, _ root: String?, _ shell: Shell) throws(Complaint) -> [CountingPlan] {
    if let path {
      let found = try CountingPlan(at: path, shell)
      var request = try counting.request(over: found.choice)
      // Measures and units choose among what was counted.
      request.count(as: found.choice)
      if counting.named.contains(where: \.isGamma),
        let wanted = try counting.gammaCounting(over: found.choice.gamma)
      {
        let kinds = found.choice.gamma?.kinds ?? []
        guard wanted.kinds.allSatisfy(kinds.contains) else {
          throw Complaint(
            "The plan \(path) does not count the best alignments that these measures need.",
            "Make a plan with “gainsay tally --plan-from” and the same --measure, and count again.")
        }
        // Other settings than those of the plan make another plan, which the tallies are not of.
        request.gamma?.setting = wanted.setting
      }
      return [try found.choosing(request)]
    }
    let workspace = try shell.comparedWorkspace(at: root)
    var narrow = try counting.request()
    narrow.gamma = try counting.gammaCounting()
    let found = try CountingPlan(of: workspace, narrow)
    narrow.count(as: CountingRequest())
    return [found, try found.choosing(narrow)]
  }

  /// The readings of the named documents, or all.
  private func chosen(_ readings: [DocumentReading]) throws(Complaint) -> [DocumentReading] {
    if documents.isEmpty { return readings }
    let known = Dictionary(readings.map { ($0.document, $0) }) { first, _ in first }
    var chosen: [DocumentReading] = []
    for name in eachOnce(documents) {
      guard let reading = known[name] else {
        throw Complaint(
          "The tallies have no document “\(name)”.", "Leave it out, or count it and add its line.", culprit: name)
      }
      chosen.append(reading)
    }
    return chosen
  }

  /// The study of what the named measures and units need of the readings.
  private func study(
    _ readings: [DocumentReading], _ plan: CountingPlan, refused: Int
  ) throws(Complaint) -> AgreementStudy {
    let narrow = try narrowed(plan)
    return try AgreementStudy(narrow, readings.map { $0.choosing(narrow.choice, of: plan) }, refused: refused)
  }

  /// The plan with what the named measures and units need of it.
  private func narrowed(_ plan: CountingPlan) throws(Complaint) -> CountingPlan {
    var wanted = plan.choice
    if !counting.measure.isEmpty || !counting.unit.isEmpty { counting.select(in: &wanted) }
    if counting.measure.isEmpty, counting.unit.isEmpty, intervalWidth != nil, wanted.units.contains(.word) {
      wanted.units = [.word]
    }
    let missing = wanted.units.first { !plan.choice.units.contains($0) }
    if let missing {
      throw Complaint(
        "The tallies were not counted by \(missing.rawValue).", "Count them with a plan that has this unit.",
        culprit: missing.rawValue)
    }
    // Values of attributes come with figures of items; they are left out where only others were counted.
    if !plan.choice.hasAttributes { wanted.hasAttributes = false }
    if wanted.hasPairs && !plan.choice.hasPairs || wanted.hasContinua && !plan.choice.hasContinua {
      throw Complaint(
        "The tallies were not counted for these measures.", "Count them with a plan that names these measures.")
    }
    return try plan.choosing(wanted)
  }
}

extension CountingPlan {
  /// Reads a plan's file.
  init(at path: String, _ shell: Shell) throws(Complaint) {
    let bytes: [UInt8]
    do throws(DiskFault) { bytes = try shell.disk.read(path) } catch { throw Complaint(error) }
    self = try PlanFile.decode(bytes, path: path)
  }
}

extension TallyMerge {
  /// Reads and joins the lines of a file; `-` for standard input.
  init(of file: String, _ shell: Shell) throws(Complaint) {
    self.init()
    var lines = LineSource(file, shell)
    while let line = try lines.next() { try add(line, number: lines.number) }
  }

  /// Says how many lines came again.
  func note(in outcome: inout CommandOutcome) {
    guard repeated > 0 else { return }
    outcome.notes.append("\(counted(repeated, "line")) came twice and counted once.")
  }
}
