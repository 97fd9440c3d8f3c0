import Standoff

extension Habit.SpanTrait {
  /// The traits of a span; ``any`` is one of all.
  static func all(
    of span: Annotation, in part: DocumentDifferences, by layer: Int
  ) -> [Habit.SpanTrait] {
    let text = part.document.text
    var traits: [Habit.SpanTrait] = [.any]
    if isNested(span, in: part, by: layer) { traits.append(.nested) }
    let words = Words.ranges(in: TextRange(span.hull.start, min(span.hull.end, span.hull.start + 80)), of: text)
    let kind = part.scheme.label(span.label)?.kind
    if kind != .source, kind != .cue {
      if words.count <= 3 { traits.append(.short) }
      let marks = text[span.hull].unicodeScalars.contains { "\"“”„«»".unicodeScalars.contains($0) }
      if marks { traits.append(.quoting) }
    }
    if kind == .source, let first = text[span.hull].unicodeScalars.first, first.properties.isLowercase,
      words.count > 1 || !FunctionWords.pronouns.contains(text[span.hull].lowercased())
    {
      traits.append(.unnamed)
    }
    guard !span.isDiscontinuous, (1...2).contains(words.count) else { return traits }
    let name = words.map { text[$0].lowercased() }.joined(separator: " ")
    traits.append(.words(name))
    if FunctionWords.pronouns.contains(name) { traits.append(.pronoun) }
    guard kind == .cue, let last = words.last.map({ text[$0].lowercased() }) else { return traits }
    if words.count == 1, last.hasSuffix("ing") { traits.append(.gerund) }
    let isReporting =
      FunctionWords.reporting.contains(last)
      || last.hasSuffix("s") && FunctionWords.reporting.contains(String(last.dropLast()))
    let isAlone = words.count == 1
    if isAlone && !FunctionWords.all.contains(name) && follows(determinerBefore: span, in: text) {
      traits.append(.noun)
    }
    if isReporting && (isAlone || FunctionWords.determiners.contains(text[words[0]].lowercased())) {
      traits.append(.reportingNoun)
    }
    return traits
  }

  /// Whether a content lies inside another one of the same annotator.
  private static func isNested(_ span: Annotation, in part: DocumentDifferences, by layer: Int) -> Bool {
    // Quotations lie inside claims by their nature.
    func isContent(_ label: String) -> Bool {
      part.scheme.label(label).map { $0.kind == .content && $0.selects != .quotation } ?? false
    }
    guard isContent(span.label) else { return false }
    return part.alignment.layers[layer].spans.contains { other in
      other.id != span.id && isContent(other.label) && other.hull.start <= span.hull.start
        && span.hull.end <= other.hull.end && (other.hull != span.hull || other.label != span.label)
    }
  }

  /// Whether one of the two words before a span is a determiner or a genitive.
  private static func follows(determinerBefore span: Annotation, in text: DocumentText) -> Bool {
    let before = TextRange(max(0, span.hull.start - 40), span.hull.start)
    return Words.ranges(in: before, of: text).suffix(2).contains { word in
      let name = text[word].lowercased()
      return FunctionWords.determiners.contains(name) || name.hasSuffix("’s") || name.hasSuffix("'s")
    }
  }
}

extension Habit.SplitTrait {
  /// The traits of a whole span but ``any``.
  static func inside(_ words: String) -> [Habit.SplitTrait] {
    var traits: [Habit.SplitTrait] = []
    let scalars = Array(words.unicodeScalars)
    // A few words have to stand on either side.
    let inner = scalars.dropFirst(8).dropLast(8)
    let hasStop = zip(inner, inner.dropFirst()).contains { mark, next in
      [",", ".", ";"].contains(mark) && next.properties.isWhitespace
    }
    if hasStop { traits.append(.stop) }
    let marks = scalars.count { "\"“”„«»".unicodeScalars.contains($0) }
    if marks > 2 { traits.append(.quotations) }
    return traits
  }
}
