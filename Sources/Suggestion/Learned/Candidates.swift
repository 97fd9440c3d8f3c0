import Standoff

/// All that the finders propose in a paragraph, each span once.
struct Candidates {
  /// The candidates in a fixed order, with their values for weighing.
  let all: [(candidate: Candidate, values: [Double])]

  init(
    _ finders: Finders, _ own: SpanModel?, _ read: Finders.Read, _ document: Document, _ worth: [String: Worth]
  ) {
    let text = document.text
    var found: [Candidate] = []
    var places: [Key: Int] = [:]
    func place(_ label: String, _ fragments: [TextRange]) -> Int? {
      let key = Key(label: label, words: Learning.key(fragments, text))
      guard !key.words.isEmpty else { return nil }
      if let place = places[key] { return place }
      places[key] = found.count
      found.append(Candidate(label: label, fragments: fragments, key: key.words))
      return found.count - 1
    }
    for suggestion in read.lexicon {
      if let place = place(suggestion.label, suggestion.fragments) {
        found[place].lexicon = suggestion
        found[place].crossesSentence =
          document.sentences.index(at: suggestion.hull.start) != document.sentences.index(at: suggestion.hull.end - 1)
      }
      // Whether quotations that go on make one span or two is a habit of those who annotate.
      if suggestion.fragments.count > 1 {
        for fragment in suggestion.fragments {
          guard let place = place(suggestion.label, [fragment]), found[place].lexicon == nil else { continue }
          found[place].lexicon = suggestion
          found[place].isFragment = true
        }
      }
      for (range, kind) in [(suggestion.source, Scheme.Label.Kind.source), (suggestion.cue, .cue)] {
        guard let range, let part = finders.scheme.part(kind, of: suggestion.label)?.label.name,
          let place = place(part, [range])
        else { continue }
        found[place].lexicon = found[place].lexicon ?? suggestion
      }
    }
    for (suggestion, probability) in read.kept {
      guard let place = place(suggestion.label, suggestion.fragments) else { continue }
      found[place].kept = max(probability, found[place].kept ?? 0)
      found[place].derived = found[place].derived ?? suggestion
    }
    for span in own?.spans(in: read.paragraph, read.features, over: 0.1) ?? [] {
      guard finders.scheme.label(span.label) != nil, let place = place(span.label, span.fragments) else { continue }
      found[place].own = max(span.probability, found[place].own ?? 0)
    }
    self.init(finders, found, read.paragraph, document, worth)
  }

  private init(
    _ finders: Finders, _ found: [Candidate], _ paragraph: FieldParagraph, _ document: Document,
    _ worth: [String: Worth]
  ) {
    let values = found.indices.map { Self.values($0, of: found, paragraph, support: nil) }
    // How likely sources and cues are depends on the contents that hang on them.
    var support: [Int: Double] = [:]
    let attributing = finders.attributing
    let spans = found.map { SpanModel.Found(label: $0.label, fragments: $0.fragments, probability: 0) }
    let parts = spans.filter { attributing.contains($0.label) }
    for (place, candidate) in found.enumerated() where !attributing.contains(candidate.label) {
      let weighed = worth[candidate.label] ?? Worth.start
      let probability = weighed.isEnough(values[place]) ? weighed.probability(values[place]) : 0
      let near = Finders.attribution(of: spans[place], parts, finders.scheme, document)
      let given = candidate.lexicon ?? candidate.derived
      for range in [near.source, near.cue, given?.source, given?.cue].compactMap(\.self) {
        for (other, part) in found.enumerated()
        where attributing.contains(part.label) && part.fragments.contains(where: { $0.overlaps(range) }) {
          support[other] = max(support[other] ?? 0, probability)
        }
      }
    }
    all = found.indices.map { place in
      let isPart = attributing.contains(found[place].label)
      return (
        found[place], isPart ? Self.values(place, of: found, paragraph, support: support[place] ?? 0) : values[place]
      )
    }
  }

  private static func values(
    _ index: Int, of found: [Candidate], _ paragraph: FieldParagraph, support: Double?
  ) -> [Double] {
    let candidate = found[index]
    let words = candidate.fragments.compactMap { paragraph.words(in: $0) }
    let isQuoted = !words.isEmpty && words.allSatisfy { $0.allSatisfy { paragraph.words[$0].quotationStart >= 0 } }
    let rivals = found.indices.count {
      $0 != index && found[$0].label == candidate.label
        && Annotation.common(found[$0].fragments, candidate.fragments) > 0
    }
    return candidate.values(
      quoted: isQuoted, words: words.reduce(0) { $0 + $1.count }, rivals: rivals, support: support)
  }
}

extension Candidates {
  private struct Key: Hashable {
    let label: String
    let words: [TextRange]
  }
}
