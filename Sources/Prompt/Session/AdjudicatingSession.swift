import Agreement
package import Comparison
package import Pages
package import Standoff
package import Storage

/// A session that adjudicates.
extension Session {
  /// Opens a document's adjudicated version, accepts all undisputed spans and goes to the first dispute.
  ///
  /// - Parameters:
  ///   - adjudicator: the person who decides, as recorded in the file.
  ///   - annotators: those whose files to adjudicate; empty for all who are done.
  ///   - isBlind: whether to hide the annotators' names.
  ///   - scope: the disputes to walk through.
  package init(
    adjudicating id: String, in workspace: Workspace, by adjudicator: String, annotators: [String], isBlind: Bool,
    scope: Adjudication.Scope = Adjudication.Scope(), canAsk: Bool, me: String,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    try DocumentChoice.checkName(id, in: workspace)
    try DocumentChoice.checkAnnotator(adjudicator)
    guard !annotators.contains("gold") else {
      throw Complaint("gold is the result of adjudication.", "Name annotators.", culprit: "gold")
    }
    let workspace = try Session.workspace(workspace, readBy: adjudicator)
    var report = try Differences(
      in: workspace, Differences.Request(documents: [id], annotators: annotators))
    if isBlind, let part = report.parts.first {
      // A shuffled order, so that the lanes' order does not give the names away.
      report = try Differences(
        in: workspace, Differences.Request(documents: [id], annotators: Adjudication.shuffled(part)))
    }
    guard let part = report.parts.first else {
      let waiting = report.omissions.map(\.annotator)
      throw Complaint(
        "There is nothing to adjudicate in \(id): at least two annotators must be done with it.",
        waiting.isEmpty
          ? "“gainsay status” shows who has done what." : "Not done yet: \(Complaint.list(waiting)).")
    }
    try self.init(
      in: workspace, document: id, writing: "gold", scheme: part.scheme.name, canAsk: canAsk, me: me, clock: clock)
    for name in scope.attributes + scope.ignored where part.scheme.attribute(name) == nil {
      _ = close()
      throw Complaint(noAttribute: name, in: part.scheme)
    }
    adjudication = Adjudication(part, adjudicator: adjudicator, isBlind: isBlind, scope: scope)
    chosen = annotators
    omitted = report.omissions.map(\.annotator)
    do throws(Complaint) {
      try takeOver()
      _ = try goOn()
    } catch {
      _ = close()
      throw error
    }
  }

  /// Accepts all undisputed spans, unless the adjudicated version is done or being edited elsewhere.
  private mutating func takeOver() throws(Complaint) {
    let isReopened = !set.spans.isEmpty
    guard set.status != .complete, store.isWritable, let draft = try adjudication?.takingOver(set, at: now),
      !draft.edit.changes.isEmpty
    else { return }
    do throws(AnnotationStore.CommitFault) { try store.commit(draft.edit, at: now) } catch {
      throw Complaint(error, annotator: "gold")
    }
    if isReopened { newlyAgreed = draft.edit.changes.count { if case .span(nil, _) = $0 { true } else { false } } }
  }

  /// Closes the annotator's own file and opens the document's adjudicated version.
  mutating func adjudicate(isBlind: Bool) throws(Complaint) -> Page {
    guard adjudication == nil else { throw Complaint("You are already adjudicating.", "“quit” leaves.") }
    var other = try Session(
      adjudicating: document.id, in: workspace, by: annotator, annotators: [], isBlind: isBlind, canAsk: canAsk, me: me,
      clock: clock)
    if let page = close() {
      _ = other.close()
      throw Complaint(page.text.trimmingBlanks())
    }
    self = other
    var page = opening
    page.after = .sentence
    return page
  }

  /// The disputes over spans, and those over relations that were decided, which are settled now.
  var settledDisputes: [Adjudication.Dispute] {
    guard let adjudication else { return [] }
    let open = adjudication.openDisputes(set)
    return adjudication.disputes.filter { dispute in
      guard !open.contains(dispute) else { return false }
      switch dispute {
      case .document, .spans: return true
      // A question that a decision on words raises is a new one.
      case .attribute: return false
      case .relations(let group, let type):
        return adjudication.goldSpans(of: group, set).contains { $0.decided.contains(type) }
      }
    }
  }

  /// Says which disputes over relations an edit by hand settled.
  func appendSettled(_ before: [Adjudication.Dispute], _ page: inout Page) {
    guard let adjudication else { return }
    let view = AdjudicationView(adjudication: adjudication, gold: set)
    for case .relations(let group, let type) in settledDisputes
    where !before.contains(.relations(group: group, type: type)) {
      page.append("This settles \(view.kind(of: .relations(group: group, type: type))) here.", .dim)
    }
  }

  /// Says which disputes an edit opened again.
  func appendReopened(_ settled: [Adjudication.Dispute], _ page: inout Page) {
    guard let adjudication, !settled.isEmpty else { return }
    let view = AdjudicationView(adjudication: adjudication, gold: set)
    for dispute in adjudication.openDisputes(set) where settled.contains(dispute) {
      page.append(
        "Open again: \(view.line(of: dispute, by: dispute.group.map { adjudication.part.alignment.groups[$0].holders[0] } ?? 0)).",
        .bold)
    }
  }

  /// How many disputes of which kind are open.
  var openCounts: String {
    guard let adjudication else { return "" }
    let open = adjudication.open(.all, set)
    let counts = adjudication.counts(open).map { "\($0.kind) \($0.count)" }
    return open.isEmpty
      ? "All is settled."
      : "Open: \(counted(open.count, "dispute")) – \(counts.joined(separator: ", ")); one may be of several kinds."
  }

  /// The dispute at the current sentence; nil if there is none.
  func disputeView(width: Int?, colour: Bool) -> Page? {
    guard let adjudication else { return nil }
    let view = AdjudicationView(adjudication: adjudication, gold: set)
    let hull = adjudication.dispute?.group.map { adjudication.part.alignment.groups[$0].hull }
    if let dispute = adjudication.dispute, hull.map({ document.sentences.index(at: $0.start) == sentence }) ?? true {
      return view.page(dispute, sentence: sentence, width: width, colour: colour)
    }
    return width.map { view.lanes(sentence).page(width: $0, colour: colour) }
  }

  /// A table of each annotator's exact span F1 against the adjudicated version, per label.
  package var agreementWithGold: Page {
    guard let adjudication else { return Page() }
    let labels = scheme.labels.map(\.name)
    let leftOut = document.leftOut()
    let gold = set.spans.filter { !$0.hull.lies(in: leftOut) }
    func f1(_ spans: [Annotation]) -> [String] {
      ([nil] + labels.map { $0 as String? }).map { label in
        func units(_ spans: [Annotation]) -> [UnitizingStudy.Unit] {
          spans.filter { label == nil || $0.label == label }.map { $0.unit(in: scheme) }
        }
        var study = UnitizingStudy(annotators: 2)
        study.append(UnitizingStudy.Continuum(length: document.text.count, units: [units(gold), units(spans)]))
        guard let value = try? SpanScore(.f1, by: .strict).coefficient(of: study) else { return "–" }
        return Decimals.rounded(value.value)
      }
    }
    var table = [["F1 with gold", "all"] + labels]
    for (index, layer) in adjudication.part.alignment.layers.enumerated() {
      table.append([adjudication.names[index]] + f1(layer.spans))
    }
    var page = Page()
    for (index, line) in TextTable.lines(table).enumerated() { page.append(line, index == 0 ? .bold : .plain) }
    page.append("Exact spans, this document only; “agree --reference gold” covers all documents, with intervals.", .dim)
    return page
  }
}
