package import Pages
package import Standoff
package import Storage

/// Whose annotations count, and how far.
package struct CountingRule: Sendable {
  /// Whose annotations count.
  package enum People: Sendable {
    /// Everybody who has annotated the document; the adjudicated version is nobody's.
    case annotators
    /// Everybody, and the adjudicated version last.
    case annotatorsAndGold
    /// These, in this order, as far as they have annotated the document; `gold` is the adjudicated version.
    case named([String])
  }

  /// How far annotators must have come.
  package enum Progress: Sendable {
    /// Done with the document.
    case done
    /// Anywhere: who is not done counts up to the last sentence that they have seen.
    case asFarAsRead
    /// Anywhere: all that is marked counts.
    case any
  }

  package let people: People
  package let progress: Progress
  /// Kinds of zones that count although they are left out otherwise.
  package let zones: Set<Zone.Kind>
  /// Assignments that count; nil for every file, whether it was assigned or not.
  package let assignments: [Assignments.Assignment]?

  package init(
    _ people: People, _ progress: Progress = .done, zones: Set<Zone.Kind> = [],
    assignments: [Assignments.Assignment]? = nil
  ) {
    self.people = people
    self.progress = progress
    self.zones = zones
    self.assignments = assignments
  }

  /// The annotators that a command names; all of them, without the adjudicated version, where it names nobody.
  ///
  /// - Throws: where somebody is named twice: nobody agrees with themselves.
  package static func people(named names: [String]) throws(Complaint) -> People {
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Complaint("“\(twice)” is named twice.", "Name each annotator once.", culprit: twice)
    }
    return names.isEmpty ? .annotators : .named(names)
  }

  /// Those whose annotations of a document may count, in order.
  func names(_ document: String, in workspace: Workspace) throws(FileFault) -> [String] {
    let names: [String]
    switch people {
    case .annotators: names = try workspace.annotators(of: document)
    case .annotatorsAndGold: names = try workspace.annotatorsAndGold(of: document)
    case .named(let wanted):
      let present = try workspace.annotatorsAndGold(of: document)
      names = wanted.filter(present.contains)
    }
    guard let assignments else { return names }
    // The adjudicated version is of every round.
    return names.filter { name in
      name == "gold" || assignments.contains { $0.document == document && $0.annotators.contains(name) }
    }
  }
}
