import Comparison
import Pages
import Reports
import Standoff

extension Verbs {
  static let looking: [Verb] = [
    Verb(
      names: ["show"], group: .look, parameters: [Parameter(.span, "SPAN", optional: true)],
      summary: "show the whole text with its spans, or one span in full", examples: ["show", "show 4"]
    ) { (session, arguments) throws(Complaint) in
      if case .span(let span)? = arguments[0] { return session.details(of: span) }
      return DocumentView(document: session.document, sets: [session.set]).page()
    },
    Verb(
      names: ["list"], group: .look, parameters: [Parameter(.listing, "LABEL or documents", optional: true)],
      summary: "list the spans in reading order, or those of one label; or the workspace's documents",
      examples: ["list", "list denial", "list documents"]
    ) { (session, arguments) throws(Complaint) in
      guard let word = arguments.text(0) else { return session.spanList(nil) }
      if word == "documents" { return try DocumentList(in: session.workspace).page }
      guard let label = session.scheme.label(word) else {
        let names = session.scheme.labels.map(\.name)
        throw Complaint(
          "“\(word)” is not a label.", "Choose one of \(Complaint.list(names + ["documents"], "or")).", culprit: word)
      }
      return session.spanList(label)
    },
    Verb(
      names: ["help", "?"], group: .look, parameters: [Parameter(.topic, "TOPIC", optional: true)],
      summary: "list the verbs; explain a verb, a label, the guideline, or how to name words",
      examples: ["help", "help x", "help words", "help guideline"]
    ) { (session, arguments) throws(Complaint) in try Help.page(arguments.text(0), session.scheme) },
  ]
}

extension Session {
  fileprivate func spanList(_ label: Scheme.Label?) -> Page {
    var page = Page()
    for span in set.inReadingOrder where label == nil || span.label == label?.name {
      let number = (document.sentences.index(at: span.hull.start) ?? 0) + 1
      page.append("\(number): \(described(span))", style(of: span), indent: 4)
      for relation in set.relations where relation.from == span.id {
        page.append("    \(described(relation))", .dim, indent: 6)
      }
    }
    if page.lines.isEmpty { page.append("No spans yet.") }
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
