package import Pages
package import Standoff
package import Storage

/// A rule on whose annotations count, and how far.
package struct CountingRule: Sendable {
  /// The annotators who count.
  package enum People: Sendable {
    /// Everybody who has annotated the document, without the adjudicated version.
    case annotators
    /// Everybody, followed by the adjudicated version.
    case annotatorsAndGold
    /// These annotators, in this order, if they have annotated the document; `gold` is the adjudicated version.
    case named([String])
  }

  /// How far annotators must have got.
  package enum Progress: Sendable {
    /// Done with the document.
    case done
    /// Anywhere; annotators who are not done count up to the last sentence that they have seen.
    case asFarAsRead
    /// Anywhere; everything marked counts.
    case any
  }

  package let people: People
  package let progress: Progress
  /// The kinds of zones that count although they are normally left out.
  package let zones: Set<Zone.Kind>
  /// The assignments that count; nil for every file, assigned or not.
  package let assignments: [Assignments.Assignment]?
  /// Whether later passes count although nobody names them.
  package var countsPasses = false

  package init(
    _ people: People, _ progress: Progress = .done, zones: Set<Zone.Kind> = [],
    assignments: [Assignments.Assignment]? = nil, countsPasses: Bool = false
  ) {
    self.people = people
    self.progress = progress
    self.zones = zones
    self.assignments = assignments
    self.countsPasses = countsPasses
  }

  /// The annotators that a command names; without names, all of them but not the adjudicated version.
  ///
  /// - Throws: if an annotator is named twice.
  package static func people(named names: [String]) throws(Complaint) -> People {
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Complaint("“\(twice)” is named twice.", "Name each annotator once.", culprit: twice)
    }
    return names.isEmpty ? .annotators : .named(names)
  }

  /// The annotators whose annotations of a document may count, in order.
  package func names(_ document: String, in workspace: Workspace) throws(FileFault) -> [String] {
    let names: [String]
    switch people {
    case .annotators: names = try workspace.annotators(of: document)
    case .annotatorsAndGold: names = try workspace.annotatorsAndGold(of: document)
    case .named(let wanted):
      let present = try workspace.annotatorsAndGold(of: document)
      names = wanted.filter(present.contains)
    }
    guard let assignments else { return names }
    // The adjudicated version belongs to every round.
    return names.filter { name in
      name == "gold" || assignments.contains { $0.document == document && $0.annotators.contains(name) }
    }
  }
}
