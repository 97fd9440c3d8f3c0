import Comparison
import Pages
import Reports
import Standoff
import Storage

extension Verbs {
  static let looking: [Verb] = [
    Verb(
      names: ["show"], group: .look, parameters: [Parameter(.span, "SPAN", optional: true)],
      summary: "show the whole text with its spans and their relations, or one span in full",
      examples: ["show", "show 4"]
    ) { (session, arguments) throws(Complaint) in
      if case .span(let span)? = arguments[0] { return session.details(of: span) }
      return DocumentView(document: session.document, sets: [session.set]).page()
    },
    Verb(
      names: ["list"], group: .look, parameters: [Parameter(.listing, "WHAT", optional: true)],
      summary:
        "list the spans in reading order, or those of a label; relations, orphans (sources and cues that nothing "
        + "uses), the speakers or another attribute's values; or the workspace's documents",
      examples: ["list", "list denial", "list relations", "list about", "list documents"]
    ) { (session, arguments) throws(Complaint) in try session.list(arguments.text(0)) },
    Verb(
      names: ["log"], group: .look, parameters: [Parameter(.span, "SPAN", optional: true)],
      summary: "list your edits of this document with their times, or those of one span",
      examples: ["log", "log 4"]
    ) { (session, arguments) throws(Complaint) in
      if case .span(let span)? = arguments[0] { return try session.log(of: span.id) }
      return try session.log(of: nil)
    },
    Verb(
      names: ["help", "?"], group: .look, parameters: [Parameter(.topic, "TOPIC", optional: true)],
      summary:
        "the verbs in short; “help verbs”: all in full; explain a verb, a label, the guideline, one of its rules, "
        + "or how to name words",
      examples: ["help", "help x", "help words", "help guideline 5"]
    ) { (session, arguments) throws(Complaint) in try Help.page(arguments.text(0), session.scheme) },
  ]
}

extension Session {
  /// What “list” takes besides labels and attributes.
  static let listings = ["relations", "orphans", "speakers", "documents"]

  fileprivate func list(_ word: String?) throws(Complaint) -> Page {
    guard let word else { return spanList(set.inReadingOrder, orElse: "No spans yet.") }
    switch word {
    case "documents": return try DocumentList(in: workspace).page
    case "relations": return relationList
    case "orphans": return spanList(set.orphans, orElse: "Every source and cue is in use.")
    default: break
    }
    if let label = scheme.label(word) {
      return spanList(set.inReadingOrder.filter { $0.label == label.name }, orElse: "No \(label.name) yet.")
    }
    if let attribute = scheme.attribute(word == "speakers" ? "speaker" : word) { return valueList(attribute.name) }
    let known = scheme.labels.map(\.name) + scheme.attributes.map(\.name) + Self.listings
    throw Complaint(
      "“\(word)” cannot be listed.\(didYouMean(word, among: known))",
      "Choose one of \(Complaint.list(known, "or")).", culprit: word)
  }

  private func spanList(_ spans: [Annotation], orElse nothing: String) -> Page {
    guard !spans.isEmpty else { return Page(nothing) }
    var page = Page()
    for span in spans {
      let number = (document.sentences.index(at: span.hull.start) ?? 0) + 1
      page.append("\(number): \(described(span))", style(of: span), indent: 4)
      for relation in set.relations where relation.from == span.id {
        page.append("    \(described(relation))", .dim, indent: 6)
      }
    }
    return page
  }

  /// A line for each span from which relations go out, with the words at their ends cut short.
  private var relationList: Page {
    var page = Page()
    for span in set.inReadingOrder {
      let relations = set.relations.filter { $0.from == span.id }
      guard !relations.isEmpty else { continue }
      let ends = relations.map { relation in
        guard case .span(let id) = relation.to, let target = set.span(id) else { return "\(relation.type) –" }
        return "\(relation.type) \(id) ‹\(brief(target))›"
      }
      page.lines.append(
        Page.Line(
          [
            Page.Run("\(span.label) \(span.id) ‹\(brief(span))›", style(of: span)),
            Page.Run("  \(ends.joined(separator: " · "))"),
          ], indent: 4))
    }
    if page.lines.isEmpty { page.append("No relations yet.") }
    return page
  }

  private func brief(_ span: Annotation) -> String {
    Complaint.shortened(span.fragments.map { document.text[$0] }.joined(separator: " … "), to: 26)
  }

  /// The values of an attribute with the spans that have them, and the team's that none has.
  private func valueList(_ attribute: String) -> Page {
    var spans: [String: [Annotation]] = [:]
    for span in set.inReadingOrder {
      if let value = span.attributes[attribute] { spans[value, default: []].append(span) }
    }
    var page = Page()
    for (value, ids) in spans.sorted(by: { $0.key < $1.key }) {
      page.append("\(value)  \(ids.map { "#\($0.id) ‹\(brief($0))›" }.joined(separator: " · "))", indent: 4)
    }
    let listed =
      attribute == "speaker" ? lists.speakers.map(\.name) : attribute == "about" ? lists.matters.map(\.key) : []
    let unused = listed.filter { spans[$0] == nil }
    if !unused.isEmpty { page.append("The team's list has also \(Complaint.list(unused)).", .dim, indent: 4) }
    if page.lines.isEmpty { page.append("No span has a value of “\(attribute)” yet.") }
    return page
  }

  fileprivate func details(of span: Annotation) -> Page {
    var page = Page()
    page.append("\(span.label) \(span.id)", style(of: span))
    for fragment in span.fragments {
      page.append("  @\(fragment)  ‹\(document.text[fragment])›", indent: 4)
    }
    for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) { page.append("  \(name): \(value)") }
    for relation in set.relations(of: span.id) { page.append("  \(described(relation))") }
    if !span.note.isEmpty { page.append("  note: \(span.note)", indent: 4) }
    let hidden = adjudication?.isBlind == true ? ["annotators"] : []
    for (name, value) in span.origin.sorted(by: { $0.key < $1.key }) where !hidden.contains(name) {
      page.append("  \(name): \(value)", .dim)
    }
    page.append("  made \(span.created), changed \(span.modified)", .dim)
    let missing = set.missingRequirements(of: span)
    for group in missing { page.append("  missing: \(Complaint.list(group, "or"))") }
    return page
  }
}
