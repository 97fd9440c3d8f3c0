package import Agreement
package import Pages
package import Standoff
package import Storage

/// What is counted of every document of a study, fixed before the first is read.
package struct CountingPlan: Sendable {
  /// What changes the counts; its documents are not part of the plan.
  package var choice: CountingRequest
  /// The scheme of all files; nil if no file was found.
  package let scheme: Scheme?
  /// All annotators who may take part, even if nothing of theirs turns out to count.
  package let annotators: [String]
  package let lists: SharedLists
  let setting: PairMeasures
  let rows: [PairMeasure]
  /// Where the counts of each row begin among those of a pair, and where those of the last one end.
  let starts: [Int]

  /// The labels that count, in the scheme's order.
  package var labels: [String] { setting.labels }

  /// Whether the spans of annotators are to be aligned.
  var alignsSpans: Bool { !rows.isEmpty || choice.hasAttributes }

  /// The annotators without the adjudicated version that they are held to.
  var people: [String] { annotators.filter { $0 != choice.heldApart } }

  /// - Parameter annotators: those who may take part where *choice* names nobody.
  /// - Throws: if *choice* names a label that the scheme does not have, or counts too many.
  package init(
    _ choice: CountingRequest, scheme: Scheme?, annotators: [String], lists: SharedLists
  ) throws(Complaint) {
    self.choice = choice
    self.scheme = scheme
    let named = (choice.annotators.isEmpty ? annotators : choice.annotators).filter { $0 != choice.heldApart }
    self.annotators = named + [choice.reference].compactMap { $0 }.filter { !named.contains($0) }
    self.lists = lists
    let labels = try Self.labels(choice.labels, scheme)
    let setting = PairMeasures(scheme, labels, overlaps: choice.overlaps)
    self.setting = setting
    rows = choice.hasPairs ? setting.rows : []
    starts = rows.reduce(into: [0]) { starts, row in starts.append((starts.last ?? 0) + setting.width(row)) }
  }

  /// The plan for some documents of a workspace.
  package init(
    _ names: [String], in workspace: Workspace, _ choice: CountingRequest
  ) throws(Complaint) {
    var everyone: Set<String> = []
    var scheme: Scheme?
    let lists: SharedLists
    do throws(FileFault) {
      lists = try workspace.sharedLists()
      let all = try workspace.assignments()
      for name in names {
        let found = try workspace.annotators(of: name).filter {
          // A second pass counts only where it is named.
          choice.annotators.isEmpty && all.pass($0, on: name) == 1 || choice.annotators.contains($0)
            || choice.reference == $0
        }
        everyone.formUnion(found)
        guard scheme == nil else { continue }
        let hasGold = try workspace.hasGold(name)
        guard let first = found.first ?? (hasGold ? "gold" : nil) else { continue }
        scheme = try workspace.annotations(of: first, on: try workspace.document(name))?.scheme
      }
    } catch {
      throw Complaint(error)
    }
    try self.init(choice, scheme: scheme, annotators: everyone.sorted(), lists: lists)
  }

  /// The number of counts of the best alignments of a document.
  var widthOfAligned: Int {
    choice.gamma.map { GammaTally.width(labels.count, samples: $0.setting.drawing.samples) } ?? 0
  }

  /// The plan of all documents of a workspace, which others count; without annotations it has the default scheme.
  package init(of workspace: Workspace, _ choice: CountingRequest) throws(Complaint) {
    let plan = try CountingPlan(DocumentChoice.names([], in: workspace), in: workspace, choice)
    guard plan.scheme == nil else {
      self = plan
      return
    }
    let scheme: Scheme
    do throws(FileFault) { scheme = try workspace.scheme(workspace.defaultSchemeName()) } catch {
      throw Complaint(error)
    }
    try self.init(plan.choice, scheme: scheme, annotators: plan.annotators, lists: plan.lists)
  }

  /// The scheme's dissimilarities of the labels that count.
  package var categorical: Dissimilarity.Categorical {
    guard let scheme, !scheme.dissimilarities.isEmpty else { return .nominal }
    return .matrix(labels.map { first in labels.map { scheme.dissimilarity(first, $0) } })
  }

  /// Whose files count, and how far.
  func rule(in workspace: Workspace) throws(FileFault) -> CountingRule {
    var assignments: [Assignments.Assignment]?
    if let round = choice.round { assignments = try workspace.assignments().all.filter { $0.round == round } }
    return rule(assignments)
  }

  /// How far files count, whoever's they are.
  func rule(_ assignments: [Assignments.Assignment]? = nil) -> CountingRule {
    CountingRule(
      .named(annotators), choice.inProgress ? .asFarAsRead : .done, zones: choice.zones, assignments: assignments)
  }

  /// This plan with what another choice counts.
  package func choosing(_ choice: CountingRequest) throws(Complaint) -> CountingPlan {
    try CountingPlan(choice, scheme: scheme, annotators: annotators, lists: lists)
  }

  private static func labels(_ chosen: [String], _ scheme: Scheme?) throws(Complaint) -> [String] {
    guard let scheme else { return chosen }
    var wanted: Set<String> = []
    for name in chosen {
      // A label is known by its name here, and by the one in the files that it came from.
      guard let label = scheme.labels.first(where: { $0.name == name || $0.foreign.original == name }) else {
        throw Complaint(noLabel: name, in: scheme)
      }
      wanted.insert(label.name)
    }
    let labels = scheme.labels.map(\.name).filter { chosen.isEmpty || wanted.contains($0) }
    guard labels.count < 64 else {
      throw Complaint(
        "\(labels.count) labels cannot be compared at once; 63 is the limit.", "Name up to 63 with --label.")
    }
    return labels
  }
}
