import Pages
import Standoff
import Storage
import Suggestion

/// What an edit did that may not be meant.
extension Session {
  /// Adds to an answer what may not be meant in it, with the way back.
  func appendWarnings(since before: AnnotationSet, _ page: inout Page) {
    let warnings = warnings(since: before)
    for warning in warnings { page.append(warning, .bold) }
    if !warnings.isEmpty { page.append("“u” takes this back.") }
  }

  private func warnings(since before: AnnotationSet) -> [String] {
    var warnings: [String] = []
    for span in touched.spans.compactMap(set.span) where before.span(span.id) != span {
      let old = before.span(span.id)
      if old?.fragments != span.fragments || old?.label != span.label {
        warnings += placeWarnings(span)
      }
      if let speaker = span.attributes["speaker"], speaker != old?.attributes["speaker"],
        suggesting.lexicon?.isPronoun(speaker) == true
      {
        warnings.append("“\(speaker)” is a pronoun; a speaker is known by a name.")
      }
      for (name, listed) in [("about", lists.matters.map(\.key)), ("speaker", lists.speakers.map(\.name))] {
        guard let value = span.attributes[name], value != old?.attributes[name],
          let other = almostAlike(value, before.spans.compactMap { $0.attributes[name] } + listed)
        else { continue }
        warnings.append("“\(value)” is almost “\(other)”, which is in use.")
      }
    }
    for relation in touched.relations.compactMap(set.relation) where before.relation(relation.id) != relation {
      guard case .span(let id) = relation.to, let content = set.span(relation.from), let part = set.span(id),
        scheme.label(content.label)?.kind == .content, scheme.label(part.label)?.kind != .content
      else { continue }
      if part.fragments.contains(where: content.covers) {
        warnings.append("\(name(content)) covers words of its own \(part.label) \(part.id).")
      }
    }
    return warnings
  }

  /// What is odd about the place of a span.
  private func placeWarnings(_ span: Annotation) -> [String] {
    var warnings: [String] = []
    let kind = scheme.label(span.label)?.kind
    for other in set.spans where other.id != span.id {
      if other.label == span.label, other.fragments == span.fragments {
        warnings.append("\(name(other)) has the same words.")
      }
      let kinds = [kind, scheme.label(other.label)?.kind]
      if kinds == [.source, .cue] || kinds == [.cue, .source], other.fragments.contains(where: span.covers) {
        warnings.append("\(name(other)) has the same word as \(span.label) \(span.id).")
      }
    }
    for relation in set.relations where relation.from == span.id && kind == .content {
      guard case .span(let id) = relation.to, let part = set.span(id), scheme.label(part.label)?.kind != .content,
        part.fragments.contains(where: span.covers)
      else { continue }
      warnings.append("\(name(span)) covers words of its own \(part.label) \(part.id).")
    }
    if span.label == scheme.quotationLabel?.name {
      for fragment in span.fragments {
        guard let first = document.sentences.index(at: fragment.start),
          let last = document.sentences.index(at: fragment.end - 1), last > first
        else { continue }
        warnings.append("\(name(span)) runs over sentences \(first + 1) to \(last + 1).")
      }
    }
    return warnings
  }

  private func name(_ span: Annotation) -> String {
    "\(span.label.prefix(1).uppercased())\(span.label.dropFirst()) \(span.id)"
  }

  /// A value in use from which one that is new differs in case, punctuation or a letter or two.
  private func almostAlike(_ matter: String, _ used: [String]) -> String? {
    guard !used.contains(matter) else { return nil }
    func plain(_ key: String) -> String { String(key.lowercased().filter { $0.isLetter || $0.isNumber }) }
    return used.first { other in
      let length = min(plain(matter).count, plain(other).count)
      return plain(other) == plain(matter)
        || length > 3 && distance(plain(other), plain(matter)) <= (length > 7 ? 2 : 1)
    }
  }
}
