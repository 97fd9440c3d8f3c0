import Standoff

/// The finders at work on a stretch of a document: the lexicon, a kept model and an own one.
struct Finders: Sendable {
  let suggester: Suggester
  let classes: LexiconClasses
  let kept: KeptModel?

  init(_ suggester: Suggester, kept: KeptModel?) {
    self.suggester = suggester
    classes = LexiconClasses(suggester.lexicon)
    self.kept = kept
  }

  var scheme: Scheme { suggester.scheme }

  /// The labels of sources and cues.
  var attributing: Set<String> {
    Set(scheme.labels.filter { [.source, .cue].contains($0.kind) }.map(\.name))
  }

  /// The proposals of the lexicon that there are for the scheme.
  var hints: Set<Int> {
    let roles = [(FieldHints.Hint.denial, scheme.denialLabel), (.quotation, scheme.quotationLabel)].filter {
      $0.1 != nil
    }
    return Set(([.source, .cue, .content] + roles.map(\.0)).map(\.rawValue))
  }

  /// A paragraph with what lexicon and kept model propose in it.
  struct Read: Sendable {
    let paragraph: FieldParagraph
    /// Features that know of the proposals.
    let features: FieldFeatures
    let lexicon: [Suggestion]
    let kept: [(suggestion: Suggestion, probability: Double)]
  }

  /// Reads the paragraphs of some sentences.
  func read(_ document: Document, _ sentences: Range<Int>) -> [Read] {
    FieldParagraph.all(of: document, holding: sentences, classes).map { paragraph in
      guard let first = paragraph.words.first, let last = paragraph.words.last,
        let from = document.sentences.index(at: first.range.start),
        let to = document.sentences.index(at: last.range.end - 1)
      else { return Read(paragraph: paragraph, features: FieldFeatures(paragraph), lexicon: [], kept: []) }
      var seen: Set<Suggestion> = []
      let suggestions = (from...to).flatMap { suggester.suggestions(in: $0, of: document) }.filter {
        seen.insert($0).inserted
      }
      let attributions = (from...to).flatMap { suggester.attributions(in: $0, of: document) }
      var slots = [
        FieldHints.Slot(.source, attributions.compactMap(\.source)),
        FieldHints.Slot(.cue, attributions.map(\.cue)),
        FieldHints.Slot(.content, attributions.flatMap(\.content)),
      ]
      for (hint, label) in [(FieldHints.Hint.denial, scheme.denialLabel), (.quotation, scheme.quotationLabel)] {
        guard let label = label?.name else { continue }
        slots.append(FieldHints.Slot(hint, suggestions.filter { $0.label == label }.flatMap(\.fragments)))
      }
      var proposed: [(Suggestion, Double)] = []
      if let kept {
        let known = slots.filter { kept.hints.contains(Int($0.name)) }
        let found = kept.model.spans(in: paragraph, FieldFeatures(paragraph, known), over: 0.1)
        proposed = self.suggestions(from: found, paragraph, document)
        for (place, label) in kept.model.labels.prefix(5).enumerated() {
          let ranges = found.filter { $0.label == label && $0.probability > 0.3 }.flatMap(\.fragments)
          slots.append(FieldHints.Slot(name: FieldHints.Hint.firstOfModel + UInt64(place), ranges: ranges))
        }
      }
      return Read(paragraph: paragraph, features: FieldFeatures(paragraph, slots), lexicon: suggestions, kept: proposed)
    }
  }

  // MARK: from contents to suggestions

  /// What follows from a kept model's spans: sources and cues as they are, contents that were marked
  /// by another scheme's rules divided into claims and denials.
  private func suggestions(
    from found: [SpanModel.Found], _ paragraph: FieldParagraph, _ document: Document
  ) -> [(Suggestion, Double)] {
    var all: [(Suggestion, Double)] = []
    let name = kept?.name ?? ""
    let found = kept?.mapped.isEmpty == false ? found.map { repaired($0, document) } : found
    for span in found {
      guard let label = scheme.label(span.label) else { continue }
      if attributing.contains(label.name) {
        all.append(
          (
            Suggestion(
              label: label.name, fragments: span.fragments, reason: .model(name), confidence: span.probability),
            span.probability
          ))
        continue
      }
      let (source, cue) = Self.attribution(of: span, found, scheme, document)
      if label.name == scheme.claimLabel?.name, scheme.denialLabel != nil, kept?.mapped.contains(label.name) == true {
        let attribution = Attribution(
          manner: manner(cue, document), cue: cue ?? span.fragments[0], source: source, content: span.fragments)
        for var suggestion in suggester.suggestions(ofContent: attribution, in: document) {
          if cue == nil { suggestion.cue = nil }
          all.append((suggestion, span.probability))
        }
      } else {
        let suggestion = Suggestion(
          label: label.name, fragments: span.fragments, source: source, cue: cue, reason: .model(name),
          confidence: span.probability)
        all.append((suggestion, span.probability))
      }
    }
    return all
  }

  /// A cue of another scheme's without auxiliaries, adverbs and times at its edges.
  private func repaired(_ span: SpanModel.Found, _ document: Document) -> SpanModel.Found {
    guard scheme.label(span.label)?.kind == .cue, let lexicon = suggester.lexicon, span.fragments.count == 1 else {
      return span
    }
    let range = span.fragments[0]
    let tokens = TokenisedSentence(range, of: document.text).tokens
    var words = 0..<tokens.count
    while words.count > 1, let first = words.first,
      lexicon.has(tokens[first], .auxiliaries) || lexicon.has(tokens[first], .adverbs)
        || tokens[first].form.hasSuffix("ly") && lexicon.language == "en"
    {
      words = (first + 1)..<words.upperBound
    }
    // “went on to rebut”: the verb that reports is the last.
    if let verb = words.dropFirst().last(where: { index in
      lexicon.match(CueFinder.kinds, at: index, in: tokens).map { index + $0.count == words.upperBound } == true
    }), tokens[verb - 1].form == "to" {
      words = verb..<words.upperBound
    }
    if let time = words.dropFirst().first(where: { index in
      lexicon.match([.times], at: index, in: tokens).map { index + $0.count == words.upperBound } == true
    }) {
      words = words.lowerBound..<time
    }
    guard let first = words.first, let last = words.last else { return span }
    var span = span
    span.fragments = [TextRange(tokens[first].range.start, tokens[last].range.end)]
    return span
  }

  private func manner(_ cue: TextRange?, _ document: Document) -> Attribution.Manner {
    guard let cue, let lexicon = suggester.lexicon else { return .says }
    let tokens = TokenisedSentence(cue, of: document.text).tokens
    // “to debunk accusations that it rains” denies, and “it rains” is what the accusations say.
    if let last = tokens.indices.last, lexicon.match([.claiming], at: last, in: tokens) != nil { return .says }
    let kinds: Set<Lexicon.Kind> = [.denying, .denyingNouns, .accusing, .calling]
    for index in tokens.indices {
      switch lexicon.match(kinds, at: index, in: tokens)?.kind {
      case .denying?, .denyingNouns?: return .denies
      case .accusing?: return .accuses
      case .calling?: return .calls
      default: continue
      }
    }
    return .says
  }

  /// The source and cue of a content: the cue that is nearest in the sentence and not in it, and the source that is nearest
  /// to the cue.
  static func attribution(
    of content: SpanModel.Found, _ found: [SpanModel.Found], _ scheme: Scheme, _ document: Document
  ) -> (source: TextRange?, cue: TextRange?) {
    func nearest(_ kind: Scheme.Label.Kind, to places: [TextRange]) -> TextRange? {
      guard let label = scheme.part(kind, of: content.label)?.label.name, let first = content.fragments.first,
        let last = content.fragments.last
      else { return nil }
      let near = TextRange(max(0, first.start - 300), last.end + 300)
      let homes = Set(
        content.fragments.flatMap { [$0.start, $0.end - 1] }.compactMap { document.sentences.index(at: $0) })
      func distance(_ range: TextRange) -> Int {
        places.map { range.end <= $0.start ? $0.start - range.end : range.start >= $0.end ? range.start - $0.end : 0 }
          .min() ?? 0
      }
      return found.lazy.filter { $0.label == label }.flatMap(\.fragments)
        .filter { range in
          range.overlaps(near) && !content.fragments.contains { $0.overlaps(range) }
            && document.sentences.index(at: range.start).map(homes.contains) == true
        }
        .min { (distance($0), $0.start) < (distance($1), $1.start) }
    }
    let cue = nearest(.cue, to: content.fragments)
    return (nearest(.source, to: cue.map { [$0] } ?? content.fragments), cue)
  }
}
