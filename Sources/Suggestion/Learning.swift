public import Standoff

/// A model learned from one person's spans, used only for labels where it beats the lexicon on held-out documents.
public struct Learning: Sendable {
  /// The labels for which the tagger is used, with the precision of its spans on held-out documents.
  private let confidence: [String: Double]
  private let tagger: Tagger

  /// The least number of spans of a label for learning it.
  private static let fewest = 12

  /// Learns from documents, holding out each half in turn to measure the result.
  ///
  /// - Returns: nil if nothing beats the lexicon, or too little is annotated.
  public init?(_ documents: [TaggedDocument], suggester: Suggester) {
    let labels = suggester.scheme.labels.map(\.name).filter { label in
      documents.reduce(0) { $0 + $1.set.spans.count { $0.label == label } } >= Self.fewest
    }
    guard documents.count > 1, !labels.isEmpty else { return nil }
    var learned: [String: Score] = [:]
    var plain: [String: Score] = [:]
    for fold in 0..<2 {
      let (held, others) = (documents.indices.filter { $0 % 2 == fold }, documents.indices.filter { $0 % 2 != fold })
      let tagger = Tagger(others.map { documents[$0] }, labels: labels, suggester: suggester)
      for index in held {
        let tagged = documents[index]
        let found = tagger.spans(in: tagged.document, sentences: tagged.sentences, suggester: suggester)
        let proposed = suggester.spans(in: tagged.document, sentences: tagged.sentences)
        for label in labels {
          let gold = Set(tagged.set.spans.filter { $0.label == label }.map(\.fragments))
          learned[label, default: Score()].add(found[label] ?? [], gold)
          plain[label, default: Score()].add(proposed[label] ?? [], gold)
        }
      }
    }
    var confidence: [String: Double] = [:]
    for label in labels {
      guard let own = learned[label], own.f1 > plain[label]?.f1 ?? 0 else { continue }
      confidence[label] = own.precision
    }
    guard !confidence.isEmpty else { return nil }
    self.confidence = confidence
    tagger = Tagger(documents, labels: labels.filter { confidence[$0] != nil }, suggester: suggester)
  }

  private struct Score {
    private var right = 0
    private var proposed = 0
    private var wanted = 0

    var f1: Double { proposed + wanted == 0 ? 0 : 2 * Double(right) / Double(proposed + wanted) }
    var precision: Double { proposed == 0 ? 0 : Double(right) / Double(proposed) }

    mutating func add(_ found: [[TextRange]], _ gold: Set<[TextRange]>) {
      let found = Set(found)
      right += found.intersection(gold).count
      proposed += found.count
      wanted += gold.count
    }
  }

  /// The suggestions for a sentence: the tagger's for the labels where it is used, the lexicon's for all others.
  public func suggestions(in sentence: Int, of document: Document, suggester: Suggester) -> [Suggestion] {
    let plain = suggester.suggestions(in: sentence, of: document)
    let around = max(0, sentence - 1)..<min(document.sentences.count, sentence + 2)
    let spans = tagger.spans(in: document, sentences: around, suggester: suggester)
    let here = document.sentences[sentence]
    func learned(_ kind: Scheme.Label.Kind, _ label: String, _ range: TextRange?) -> TextRange? {
      guard let range, let part = suggester.scheme.part(kind, of: label)?.label.name else { return range }
      return spans[part]?.compactMap(\.first).first { $0.overlaps(range) } ?? range
    }
    var found = plain.filter { confidence[$0.label] == nil }
    for label in suggester.scheme.labels.map(\.name) {
      guard let confidence = confidence[label] else { continue }
      for fragments in spans[label] ?? [] where fragments.contains(where: { $0.overlaps(here) }) {
        let alike = plain.first { suggestion in
          suggestion.label == label && suggestion.fragments.contains { one in fragments.contains { $0.overlaps(one) } }
        }
        found.append(
          Suggestion(
            label: label, fragments: fragments, source: alike?.source, cue: alike?.cue,
            reason: .examples(tagger.examples(like: fragments, label: label, in: document)), confidence: confidence))
      }
    }
    return found.map { suggestion in
      var suggestion = suggestion
      suggestion.source = learned(.source, suggestion.label, suggestion.source)
      suggestion.cue = learned(.cue, suggestion.label, suggestion.cue)
      return suggestion
    }.filter { ![.source, .cue].contains(suggester.scheme.label($0.label)?.kind) }
      .sorted { ($0.hull.start, -$0.hull.end, $0.label) < ($1.hull.start, -$1.hull.end, $1.label) }
  }
}

extension Suggester {
  /// All suggested spans of some sentences by label, with sources and cues as spans of their own.
  public func spans(in document: Document, sentences: Range<Int>) -> [String: [[TextRange]]] {
    byLabel(sentences.flatMap { suggestions(in: $0, of: document) })
  }

  func byLabel(_ suggestions: [Suggestion]) -> [String: [[TextRange]]] {
    var spans: [String: [[TextRange]]] = [:]
    for suggestion in suggestions {
      spans[suggestion.label, default: []].append(suggestion.fragments)
      for (range, kind) in [(suggestion.source, Scheme.Label.Kind.source), (suggestion.cue, .cue)] {
        if let range, let part = scheme.part(kind, of: suggestion.label) {
          spans[part.label.name, default: []].append([range])
        }
      }
    }
    return spans
  }
}
