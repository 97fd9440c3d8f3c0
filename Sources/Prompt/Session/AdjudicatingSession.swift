import Agreement
import Comparison
package import Pages
package import Standoff
package import Storage

/// A session over what annotators differ in.
extension Session {
  /// Opens the adjudicated version of a document: what nobody disputes is taken over, and the first dispute is shown.
  ///
  /// - Parameters:
  ///   - adjudicator: who decides, as the file is to say.
  ///   - annotators: whose files are adjudicated; all that are done where there are none.
  ///   - isBlind: whether nobody is to know who is who.
  package init(
    adjudicating id: String, in workspace: Workspace, by adjudicator: String, annotators: [String], isBlind: Bool,
    canAsk: Bool, me: String, clock: @escaping @Sendable () -> Timestamp
  ) throws(Complaint) {
    try DocumentChoice.checkName(id, in: workspace)
    try DocumentChoice.checkAnnotator(adjudicator)
    guard !annotators.contains("gold") else {
      throw Complaint("gold is what comes of an adjudication.", "Name annotators.", culprit: "gold")
    }
    let workspace = try Session.workspace(workspace, readBy: adjudicator)
    var report = try Differences(
      in: workspace, Differences.Request(documents: [id], annotators: annotators))
    if isBlind, let part = report.parts.first {
      // In an order that does not tell who is who.
      report = try Differences(
        in: workspace, Differences.Request(documents: [id], annotators: Adjudication.shuffled(part)))
    }
    guard let part = report.parts.first else {
      let waiting = report.omissions.map(\.annotator)
      throw Complaint(
        "There is nothing to adjudicate in \(id): two annotators must be done with it.",
        waiting.isEmpty
          ? "“gainsay status” shows who has done what." : "Not done yet: \(Complaint.list(waiting)).")
    }
    try self.init(
      in: workspace, document: id, writing: "gold", scheme: part.scheme.name, canAsk: canAsk, me: me, clock: clock)
    adjudication = Adjudication(part, adjudicator: adjudicator, isBlind: isBlind)
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

  /// Takes over what nobody disputes, unless the adjudicated version is done or somebody else's to write.
  private mutating func takeOver() throws(Complaint) {
    guard set.status != .complete, store.isWritable, let draft = try adjudication?.takingOver(set, at: now),
      !draft.edit.changes.isEmpty
    else { return }
    do throws(AnnotationStore.CommitFault) { try store.commit(draft.edit, at: now) } catch {
      throw Complaint(error, annotator: "gold")
    }
  }

  /// Leaves one's own annotations for the adjudicated version of the same document.
  mutating func adjudicate(isBlind: Bool) throws(Complaint) -> Page {
    guard adjudication == nil else { throw Complaint("This is an adjudication already.", "“quit” leaves it.") }
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

  /// The dispute, where one is shown and the reader is at its sentence.
  func disputeView(width: Int?, colour: Bool) -> Page? {
    guard let adjudication else { return nil }
    let view = AdjudicationView(adjudication: adjudication, gold: set)
    let hull = adjudication.dispute.map { adjudication.part.alignment.groups[$0.group].hull }
    if let dispute = adjudication.dispute, let hull, document.sentences.index(at: hull.start) == sentence {
      return view.page(dispute, sentence: sentence, width: width, colour: colour)
    }
    return width.map { view.lanes(sentence).page(width: $0, colour: colour) }
  }

  /// How far each annotator agrees with the adjudicated version, per label: exact F1 of spans.
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
    page.append("Exact spans of this document; “agree --reference gold” has all documents, with intervals.", .dim)
    return page
  }
}
