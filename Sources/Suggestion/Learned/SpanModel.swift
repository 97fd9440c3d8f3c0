import Standoff

/// What was learned from annotated documents: fields that find the spans of each label.
///
/// Sources and cues are in every field; contents whose spans lie over one another are in fields of their own. Equal
/// documents give an equal model, in whatever order they come.
struct SpanModel: Sendable {
  /// A span that a model finds, and how likely it is right.
  struct Found: Hashable, Sendable {
    var label: String
    var fragments: [TextRange]
    var probability: Double
  }

  /// A field with the joiners of its labels.
  struct Part: Sendable {
    let field: RandomField
    /// By label, in the order of the field's; nil for a label without fragments.
    let joiners: [FragmentJoiner?]
    /// The exponential weights of the field's moves.
    let moves: [SIMD8<Float>]

    init(_ field: RandomField, _ joiners: [FragmentJoiner?]) {
      self.field = field
      self.joiners = joiners
      moves = field.exponentialMoves()
    }
  }

  let parts: [Part]
  /// The labels of sources and cues, which stand between fragments.
  let attributing: Set<String>

  /// The labels that were learned.
  var labels: [String] {
    parts.flatMap(\.field.tags.labels).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// A paragraph with its features and, for learning, the spans that count as right.
  struct Example {
    let paragraph: FieldParagraph
    let features: FieldFeatures
    let spans: [Annotation]
  }

  init(_ parts: [Part], attributing: Set<String>) {
    self.parts = parts
    self.attributing = attributing
  }

  /// Learns from paragraphs.
  ///
  /// - Parameters:
  ///   - groups: the labels of each field.
  ///   - isTrial: whether it is only learned to see what it is worth.
  init(_ paragraphs: [Example], groups: [[String]], attributing: Set<String>, isTrial: Bool = false) {
    let parts = groups.map { labels in
      var examples = FieldLearning.Examples()
      var pairs = labels.map { _ in [(features: [Int], isOne: Bool)]() }
      let tags = FieldTags(labels: labels)
      for example in paragraphs {
        let spans = example.spans(of: labels)
        examples.add(example.features, tags.tags(spans.map { ($0.label, $0.words) }, count: example.features.count))
        let others = spans.filter { attributing.contains(labels[$0.label]) }
          .map { LikelySpan(label: $0.label, words: $0.words, probability: 1) }
        for index in labels.indices where !attributing.contains(labels[index]) {
          let own = spans.filter { $0.label == index }
            .sorted { ($0.words.lowerBound, $0.span) < ($1.words.lowerBound, $1.span) }
          for (a, b) in zip(own, own.dropFirst()) where a.words.upperBound <= b.words.lowerBound {
            let features = FragmentJoiner.features(a.words, b.words, in: example.paragraph, others)
            pairs[index].append((features, a.span == b.span))
          }
        }
      }
      return Part(
        FieldLearning.field(of: examples, tags: tags, isTrial: isTrial),
        pairs.map { pairs in pairs.count(where: \.isOne) < 3 ? nil : FragmentJoiner.learned(pairs) })
    }
    self.init(parts, attributing: attributing)
  }

  /// The model with other names for its labels.
  func renamed(_ names: [String: String]) -> SpanModel {
    SpanModel(
      parts.map { part in
        var field = part.field
        field.tags = FieldTags(labels: field.tags.labels.map { names[$0] ?? $0 })
        return Part(field, part.joiners)
      }, attributing: Set(attributing.map { names[$0] ?? $0 }))
  }

  /// The likely spans of a paragraph that do not overlap, label by label.
  ///
  /// - Parameter threshold: the probability that a stretch must exceed to count.
  func spans(in paragraph: FieldParagraph, _ features: FieldFeatures, over threshold: Double) -> [Found] {
    parts.flatMap { part in
      var sums = FieldSums(part.field.tags)
      let likely = part.field.spans(in: features, atLeast: 0.02, moves: part.moves, &sums)
      let thresholds = [Double](repeating: threshold, count: part.field.tags.labels.count)
      return part.joined(likely.best(over: thresholds), paragraph, attributing)
    }
  }
}

extension SpanModel.Example {
  /// The fragments of the labels' spans, as words of the paragraph.
  fileprivate func spans(of labels: [String]) -> [(label: Int, words: Range<Int>, span: Int)] {
    labels.enumerated().flatMap { index, label in
      spans.filter { $0.label == label }.flatMap { span in
        span.fragments.compactMap { paragraph.words(in: $0) }.map { (index, $0, span.id) }
      }
    }
  }
}

extension SpanModel.Part {
  /// Chosen stretches as spans, those of one span joined.
  func joined(_ chosen: [LikelySpan], _ paragraph: FieldParagraph, _ attributing: Set<String>) -> [SpanModel.Found] {
    var found: [SpanModel.Found] = []
    let others = chosen.filter { attributing.contains(field.tags.labels[$0.label]) }
    for (label, name) in field.tags.labels.enumerated() {
      var last: LikelySpan?
      for span in chosen where span.label == label {
        let range = TextRange(
          paragraph.words[span.words.lowerBound].range.start, paragraph.words[span.words.upperBound - 1].range.end)
        defer { last = span }
        if let last, let joiner = joiners[label],
          joiner.probability(FragmentJoiner.features(last.words, span.words, in: paragraph, others)) > 0.5
        {
          found[found.count - 1].fragments.append(range)
          found[found.count - 1].probability = min(found[found.count - 1].probability, span.probability)
        } else {
          found.append(SpanModel.Found(label: name, fragments: [range], probability: span.probability))
        }
      }
    }
    return found
  }
}

extension FieldParagraph {
  /// The words that a range overlaps; nil for none.
  func words(in range: TextRange) -> Range<Int>? {
    guard let first = words.firstIndex(where: { $0.range.end > range.start }),
      let last = words.lastIndex(where: { $0.range.start < range.end }), first <= last
    else { return nil }
    return first..<(last + 1)
  }
}
