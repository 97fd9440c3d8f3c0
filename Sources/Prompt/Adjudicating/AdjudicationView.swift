import Reports
import Comparison
import Pages
import Standoff

/// A dispute as the prompt shows it: the sentence with a lane for each annotator, then the numbered versions.
struct AdjudicationView {
  let adjudication: Adjudication
  let gold: AnnotationSet

  private var part: DocumentDifferences { adjudication.part }
  private var document: Document { part.document }

  /// - Parameter width: in columns; nil for plain lines without lanes, as for a pipe or a screen reader.
  func page(_ dispute: Adjudication.Dispute, sentence: Int, width: Int?, colour: Bool) -> Page {
    var page = Page()
    if let width {
      let last = document.sentences.index(at: max(0, part.alignment.groups[dispute.group].hull.end - 1)) ?? sentence
      for number in sentence...max(sentence, last) {
        var view = lanes(number)
        view.focus = part.alignment.groups[dispute.group].hull
        page.lines += view.page(width: width, colour: colour).lines
      }
    } else {
      page.append("\(sentence + 1)  \(document.text[document.sentence(sentence)])", indent: 4)
    }
    page.append(heading(of: dispute), .bold, indent: 2)
    switch dispute {
    case .spans(let group): page.lines += versions(of: group)
    case .relations(let group, let type): page.lines += relations(of: group, type)
    }
    if isNew(dispute) { page.append(guideline(of: dispute), .dim, indent: 2) }
    return page
  }

  /// The sentence with a lane for each annotator, and one for the adjudicated version.
  func lanes(_ sentence: Int) -> SentenceView {
    let others = part.alignment.layers.enumerated().map { index, layer in
      SentenceView.Lane(name: adjudication.names[index], spans: layer.spans)
    }
    return SentenceView(
      document, sentence: sentence, part.scheme,
      lanes: others + [SentenceView.Lane(name: "gold", spans: gold.inReadingOrder)])
  }

  private func heading(of dispute: Adjudication.Dispute) -> String {
    let labels = part.alignment.groups[dispute.group].labels.joined(separator: ", ")
    let state = adjudication.isSettled(dispute, gold) ? " · settled" : ""
    switch dispute {
    case .relations(_, let type): return "\(type) of \(labels)\(state)"
    case .spans(let group):
      let kinds = part.all.first { $0.group == group }?.kinds.filter { $0 != .relation } ?? []
      return "\(labels) · \(kinds.isEmpty ? "agreed" : kinds.map(\.rawValue).joined(separator: ", "))\(state)"
    }
  }

  private func names(_ annotators: [Int]) -> String {
    annotators.map { adjudication.names[$0] }.joined(separator: ", ")
  }

  private func versions(of group: Int) -> [Page.Line] {
    var page = Page()
    let versions = adjudication.versions(of: group)
    let attributes = part.all.first { $0.group == group }?.attributes.map(\.name) ?? []
    for (index, version) in versions.enumerated() {
      let colour = version.spans.first.flatMap { part.scheme.label($0.label)?.colour }
      page.append(
        " \(index + 1)  \(part.words(of: version.spans))\(said(version.spans, attributes)) · \(names(version.annotators))",
        Page.Style(colour: colour), indent: 4)
    }
    for span in adjudication.goldSpans(of: group, gold)
    where !versions.contains(where: { $0.spans.contains { SpanKey($0) == SpanKey(span) } }) {
      page.append(" ✓  \(part.words(of: [span]))", .bold, indent: 4)
    }
    return page.lines
  }

  /// The span's values of the attributes that differ.
  private func said(_ spans: [Annotation], _ attributes: [String]) -> String {
    guard let span = spans.first else { return "" }
    return attributes.map { name in " · \(name) \(span.attributes[name].map { "“\($0)”" } ?? "–")" }.joined()
  }

  private func relations(of group: Int, _ type: String) -> [Page.Line] {
    var page = Page()
    let from = adjudication.goldSpans(of: group, gold).first
    if let from { page.append("    \(part.words(of: [from]))", indent: 6) }
    for (index, version) in adjudication.targets(of: group, type, gold).enumerated() {
      let targets = version.targets.map { target in
        switch target {
        case .absent(let words): "– (not in the text\(words.isEmpty ? "" : ": “\(words)”"))"
        case .span(let id): gold.span(id).map { "\(part.words(of: [$0]))" } ?? "–"
        }
      }
      page.append(
        " \(index + 1)  \(targets.isEmpty ? "no such relation" : targets.joined(separator: "; ")) · "
          + names(version.annotators), indent: 4)
    }
    return page.lines
  }

  /// Whether the dispute shown before was about other labels, so that their guideline has not just been shown.
  private func isNew(_ dispute: Adjudication.Dispute) -> Bool {
    guard adjudication.current > 0 else { return true }
    let before = adjudication.walked[adjudication.current - 1]
    return guideline(of: before) != guideline(of: dispute)
  }

  /// The descriptions of the labels in question, and the numbers of the rules on them.
  private func guideline(of dispute: Adjudication.Dispute) -> String {
    let labels = part.alignment.groups[dispute.group].labels
    var lines = labels.compactMap { part.scheme.label($0) }.map { "\($0.name): \($0.description)" }
    if case .relations(_, let type) = dispute, let relation = part.scheme.relation(type) {
      lines = ["\(type): \(relation.description)"]
    }
    // Rules for all labels say little about these.
    let rules = part.scheme.guideline.filter { rule in
      labels.allSatisfy { rule.labels.contains($0) } && rule.labels.count <= labels.count + 1
    }
    let numbers = rules.map { String($0.number) }
    let help = numbers.isEmpty ? "" : " Rules \(Complaint.list(numbers)): help \(labels[0])."
    return lines.joined(separator: " ") + help
  }
}
