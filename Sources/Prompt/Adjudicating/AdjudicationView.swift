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
    if case .document(let name) = dispute { return Page(ofDocument(name)) }
    let hull = dispute.group.map { part.alignment.groups[$0].hull } ?? document.text.range
    if let width {
      let last = document.sentences.index(at: max(0, hull.end - 1)) ?? sentence
      for number in sentence...max(sentence, last) {
        var view = lanes(number)
        view.focus = hull
        page.lines += view.page(width: width, colour: colour).lines
      }
    } else {
      page.append("\(sentence + 1)  \(document.text[document.sentence(sentence)])", indent: 4)
    }
    page.append(heading(of: dispute), .bold, indent: 2)
    switch dispute {
    case .document: break
    case .spans(let group): page.lines += versions(of: group)
    case .attribute(let group, let name): page.lines += values(of: group, name)
    case .relations(let group, let type): page.lines += relations(of: group, type)
    }
    if isNew(dispute) { page.append(guideline(of: dispute), .dim, indent: 2) }
    return page
  }

  func lanes(_ sentence: Int) -> SentenceView {
    let others = part.alignment.layers.enumerated().map { index, layer in
      SentenceView.Lane(name: adjudication.names[index], spans: layer.spans)
    }
    return SentenceView(
      document, sentence: sentence, part.scheme,
      lanes: others + [SentenceView.Lane(name: "gold", spans: gold.inReadingOrder)])
  }

  private func heading(of dispute: Adjudication.Dispute) -> String {
    let labels = dispute.group.map { part.alignment.groups[$0].labels.joined(separator: ", ") } ?? "document"
    let state = adjudication.isSettled(dispute, gold) ? " · settled" : ""
    switch dispute {
    case .document(let name): return "\(name) of the document\(state)"
    case .relations(_, let type): return "\(type) of \(labels)\(state)"
    case .attribute(_, let name): return "\(name) of \(labels)\(state)"
    case .spans(let group):
      let found = adjudication.disagreement(group)
      let kinds = (found?.kinds ?? []).filter { $0 != .relation }.map { kind in
        kind == .attribute ? (found?.attributes.map(\.name) ?? []).joined(separator: ", ") : kind.rawValue
      }
      return "\(labels) · \(kinds.isEmpty ? "agreed" : kinds.joined(separator: ", "))\(state)"
    }
  }

  private func names(_ annotators: [Int]) -> String {
    annotators.map { adjudication.names[$0] }.joined(separator: ", ")
  }

  /// What differs in a dispute, in a word or two.
  func kind(of dispute: Adjudication.Dispute) -> String {
    switch dispute {
    case .document(let name): return "\(name) of the document"
    case .relations(_, let type): return type
    case .attribute(_, let name): return name
    case .spans(let group):
      let found = adjudication.disagreement(group)
      let kinds = (found?.kinds ?? []).filter { $0 != .relation && $0 != .attribute }.map(\.rawValue)
      return (kinds + (found?.attributes.map(\.name) ?? [])).joined(separator: " and ")
    }
  }

  /// A dispute in one line, with one annotator's version of it.
  func line(of dispute: Adjudication.Dispute, by layer: Int) -> String {
    guard let place = dispute.group else { return kind(of: dispute) }
    let group = part.alignment.groups[place]
    let sentence = (document.sentences.index(at: group.hull.start) ?? 0) + 1
    let span = group.held(by: layer).first
    let values = span.map { span in
      let counted = part.alignment.layers[layer].attributes[span.id] ?? [:]
      return (adjudication.disagreement(place)?.attributes ?? []).map {
        " · \($0.name) \(counted[$0.name].map { "“\($0)”" } ?? "–")"
      }.joined()
    }
    let words = span.map { "\($0.label) ‹\(Complaint.shortened(document.text[$0.hull], to: 48))›" } ?? "nothing marked"
    return "sentence \(sentence), \(kind(of: dispute)): \(words)\(values ?? "")"
  }

  // MARK: spans

  private func versions(of group: Int) -> [Page.Line] {
    var page = Page()
    let versions = adjudication.versions(of: group)
    let found = adjudication.disagreement(group)
    let isMissing = found?.kinds.contains(.missing) == true
    let covered = versions.filter { !$0.spans.isEmpty }.map { $0.spans.flatMap(\.fragments) }
    for (index, version) in versions.enumerated() {
      let colour = version.spans.first.flatMap { part.scheme.label($0.label)?.colour }
      page.append(
        " \(index + 1)  \(words(of: version.spans, covered)) · \(names(version.annotators))",
        Page.Style(colour: colour),
        indent: 4)
      guard let span = version.spans.first else { continue }
      if isMissing {
        for line in (attributes(of: span, version) + ties(of: version, group)) {
          page.append("      \(line)", indent: 8)
        }
      }
      for (layer, note) in notes(of: version, group) {
        page.append("      note of \(adjudication.names[layer]): \(note)", .dim, indent: 8)
      }
    }
    for attribute in found?.attributes ?? [] where !isMissing {
      page.append("    \(attribute.name): \(sideBySide(attribute.name, versions))", indent: 6)
    }
    for span in adjudication.goldSpans(of: group, gold)
    where !versions.contains(where: { $0.spans.contains { SpanKey($0) == SpanKey(span) } }) {
      page.append(" ✓  \(part.words(of: [span]))", .bold, indent: 4)
    }
    return page.lines
  }

  /// The words of a version; what not all versions have stands in square brackets.
  private func words(of spans: [Annotation], _ versions: [[TextRange]]) -> String {
    let common = versions.dropFirst().reduce(versions.first ?? []) { shared, version in
      shared.flatMap { one in
        version.compactMap { TextRange(checking: max(one.start, $0.start), min(one.end, $0.end)) }
      }.filter { !$0.isEmpty }
    }
    guard Set(versions).count > 1, !common.isEmpty, let first = spans.first else { return part.words(of: spans) }
    let pieces = spans.map { span in
      span.fragments.map { fragment in "‹\(bracketed(fragment, common))›" }.joined(separator: " + ")
    }
    return "\(first.label) \(pieces.joined(separator: " and "))"
  }

  private func bracketed(_ fragment: TextRange, _ common: [TextRange]) -> String {
    var (text, at) = ("", fragment.start)
    func plain(_ range: TextRange) -> String {
      document.text[range].map { $0.isWhitespace ? " " : $0 }.map(String.init).joined()
    }
    for shared in common where shared.overlaps(fragment) {
      let (start, end) = (max(shared.start, fragment.start), min(shared.end, fragment.end))
      if at < start { text += "[\(plain(TextRange(at, start)))]" }
      text += Complaint.shortened(plain(TextRange(start, end)), to: 48)
      at = end
    }
    if at < fragment.end { text += "[\(plain(TextRange(at, fragment.end)))]" }
    return text
  }

  /// An attribute's value in each version, such as “1 “tax-bill” · 2 –”.
  private func sideBySide(_ name: String, _ versions: [DocumentAlignment.Version]) -> String {
    versions.enumerated().compactMap { index, version -> String? in
      guard let layer = version.annotators.first, let span = version.spans.first else { return nil }
      let value = part.alignment.layers[layer].attributes[span.id]?[name]
      let isTakenOver = value != nil && span.attributes[name] == nil
      return "\(index + 1) \(value.map { "“\($0)”" } ?? "–")\(isTakenOver ? " (from its source)" : "")"
    }.joined(separator: " · ")
  }

  private func attributes(of span: Annotation, _ version: DocumentAlignment.Version) -> [String] {
    guard let layer = version.annotators.first else { return [] }
    let values = part.alignment.layers[layer].attributes[span.id] ?? [:]
    return values.sorted { $0.key < $1.key }.map { "\($0.key) “\($0.value)”" }
  }

  /// The relations of a version, with their targets' sentences.
  private func ties(of version: DocumentAlignment.Version, _ group: Int) -> [String] {
    guard let layer = version.annotators.first else { return [] }
    return part.alignment.ties(of: layer, from: group).map { tie in
      switch tie.target {
      case .absent: return "\(tie.type) – (not in the text)"
      case .group(let place):
        let target = part.alignment.groups[place].held(by: layer).first
        return "\(tie.type) \(target.map(located) ?? "–")"
      }
    }
  }

  private func notes(of version: DocumentAlignment.Version, _ group: Int) -> [(layer: Int, note: String)] {
    version.annotators.flatMap { layer in
      part.alignment.groups[group].held(by: layer).filter { !$0.note.isEmpty }.map { (layer, $0.note) }
    }
  }

  private func located(_ span: Annotation) -> String {
    let words = span.fragments.map { "‹\(Complaint.shortened(document.text[$0], to: 48))›" }.joined(separator: " + ")
    let place = document.sentences.index(at: span.hull.start).map { " (sentence \($0 + 1))" } ?? ""
    return "\(span.label) \(words)\(place)"
  }

  /// The values of an attribute of the document.
  private func ofDocument(_ name: String) -> [Page.Line] {
    var page = Page()
    page.append(heading(of: .document(name: name)), .bold, indent: 2)
    for (index, version) in (part.ofDocument.first { $0.name == name }?.versions ?? []).enumerated() {
      page.append(
        " \(index + 1)  \(version.value.map { "“\($0)”" } ?? "no \(name)") · \(names(version.annotators))", indent: 4)
    }
    if let description = part.scheme.documentAttribute(name)?.description, !description.isEmpty {
      page.append("\(name): \(description)", .dim, indent: 2)
    }
    return page.lines
  }

  // MARK: attributes and relations

  private func values(of group: Int, _ name: String) -> [Page.Line] {
    var page = Page()
    if let span = adjudication.goldSpans(of: group, gold).first {
      page.append("    \(part.words(of: [span]))", indent: 6)
    }
    for (index, version) in adjudication.values(of: group, name).enumerated() {
      page.append(
        " \(index + 1)  \(version.value.map { "“\($0)”" } ?? "no \(name)") · \(names(version.annotators))", indent: 4)
    }
    return page.lines
  }

  private func relations(of group: Int, _ type: String) -> [Page.Line] {
    var page = Page()
    if let from = adjudication.goldSpans(of: group, gold).first {
      page.append("    \(part.words(of: [from]))", indent: 6)
    }
    let versions = adjudication.targets(of: group, type, gold)
    let shared = (versions.first?.targets ?? []).filter { target in versions.allSatisfy { $0.targets.contains(target) }
    }
    for target in shared { page.append(" =  \(said(target))", .dim, indent: 4) }
    for (index, version) in versions.enumerated() {
      let own = version.targets.filter { !shared.contains($0) }.map(said)
      let none = shared.isEmpty ? "no such relation" : "no other"
      page.append(
        " \(index + 1)  \(own.isEmpty ? none : own.joined(separator: "; ")) · \(names(version.annotators))", indent: 4)
    }
    return page.lines
  }

  private func said(_ target: Relation.Target) -> String {
    switch target {
    case .absent(let words): "– (not in the text\(words.isEmpty ? "" : ": “\(words)”"))"
    case .span(let id): gold.span(id).map(located) ?? "–"
    }
  }

  // MARK: rules

  /// Whether the dispute shown before was about something else, so that its guideline has not just been shown.
  private func isNew(_ dispute: Adjudication.Dispute) -> Bool {
    guard adjudication.current > 0 else { return true }
    let before = adjudication.walked[adjudication.current - 1]
    return guideline(of: before) != guideline(of: dispute)
  }

  /// The description of what differs, and the numbers of the rules on it.
  private func guideline(of dispute: Adjudication.Dispute) -> String {
    guard let place = dispute.group else { return "" }
    var labels = part.alignment.groups[place].labels
    var lines = labels.compactMap { part.scheme.label($0) }.map { "\($0.name): \($0.description)" }
    var named: [String] = []
    switch dispute {
    case .document: return ""
    case .relations(_, let type):
      guard let relation = part.scheme.relation(type) else { return "" }
      lines = ["\(type): \(relation.description)"]
      let parts = relation.to.filter { part.scheme.label($0)?.kind != .content }
      labels = parts.isEmpty ? labels : parts
    case .attribute(_, let name): named = [name]
    case .spans(let group):
      let found = adjudication.disagreement(group)
      if found?.kinds.filter({ $0 != .relation }) == [.attribute] { named = found?.attributes.map(\.name) ?? [] }
    }
    if !named.isEmpty { lines = named.compactMap(part.scheme.attribute).map { "\($0.name): \($0.description)" } }
    let numbers = part.scheme.rules(on: labels, attributes: named).map { String($0.number) }
    guard let first = numbers.first else { return lines.joined(separator: " ") }
    let rules = numbers.count == 1 ? "Rule \(first)" : "Rules \(Complaint.list(numbers))"
    return lines.joined(separator: " ") + " \(rules): help guideline \(first)."
  }
}
