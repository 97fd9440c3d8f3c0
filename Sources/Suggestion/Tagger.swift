public import Standoff

/// A document with the spans that count as correct, and the sentences that were read.
public struct TaggedDocument: Sendable {
  public let document: Document
  public let set: AnnotationSet
  public let sentences: Range<Int>

  /// - Parameter sentences: those that were read; nil for all.
  public init(_ document: Document, _ set: AnnotationSet, sentences: Range<Int>? = nil) {
    self.document = document
    self.set = set
    self.sentences = sentences ?? 0..<document.sentences.count
  }
}

/// A sequence tagger learned from annotated documents, which finds the spans of each label.
///
/// The lexicon's suggestions are among a word's features and have weight from the start, so that the tagger departs
/// from the lexicon only where examples say so. Equal examples give an equal model on every machine.
public struct Tagger: Sendable {
  /// An annotated span that can be cited as the reason for a suggestion.
  struct Example: Sendable {
    let words: String
    /// The word before the span, its first and last words, and the word after it.
    let context: [String]
  }

  /// The labels that were learned.
  public private(set) var labels: [String] = []
  private var features: [String: Int] = [:]
  private var models: [String: SequenceModel] = [:]
  private var examples: [String: [Example]] = [:]

  /// The initial weight of the lexicon's own suggestion.
  private static let trust = 3.0

  /// Learns from documents.
  ///
  /// - Parameters:
  ///   - documents: each with the spans that count as correct, and the sentences that were read.
  ///   - labels: the labels to learn; one without spans is left out.
  /// - Complexity: O(*labels* · *words*).
  public init(_ documents: [TaggedDocument], labels: [String], suggester: Suggester) {
    let sequences = documents.map { WordSequence($0.document, sentences: $0.sentences, suggester) }
    var counts: [String: Int] = [:]
    for name in sequences.lazy.flatMap(\.features).joined() { counts[name, default: 0] += 1 }
    // A feature seen once tells more about that one position than about others.
    for name in counts.filter({ $0.value > 1 }).keys.sorted() { features[name] = features.count }
    let rows = sequences.map { sequence in sequence.features.map { names in names.compactMap { features[$0] } } }
    for label in labels {
      let tags = zip(sequences, documents).map { $0.tags($1.set.spans.filter { $0.label == label }.map(\.fragments)) }
      guard tags.contains(where: { $0.contains(.begins) }) else { continue }
      let stretches = sequences.indices.flatMap { index in
        let rows = Self.rows(rows[index], with: sequences[index].proposals[label] ?? [])
        return sequences[index].stretches.map { stretch in
          SequenceModel.Stretch(features: Array(rows[stretch]), tags: Array(tags[index][stretch]))
        }
      }
      let trust = SequenceModel.Tag.allCases.map { (feature: $0.rawValue, tag: $0, weight: Self.trust) }
      var model = SequenceModel(features: features.count + trust.count, trusting: trust)
      model.learn(from: stretches)
      models[label] = model
      self.labels.append(label)
      examples[label] = documents.flatMap { tagged in
        let document = tagged.document
        return tagged.set.spans.filter { $0.label == label }.map { span in
          Example(
            words: document.text[span.fragments[0]], context: WordSequence.context(span.fragments, document))
        }
      }
    }
  }

  /// Features with the lexicon's suggestion for the label itself before the others.
  private static func rows(_ rows: [[Int]], with proposal: [SequenceModel.Tag]) -> [[Int]] {
    zip(rows, proposal).map { row, tag in [tag.rawValue] + row.map { $0 + SequenceModel.Tag.allCases.count } }
  }

  /// The spans of each learned label that the tagger finds, in reading order.
  ///
  /// - Parameter sentences: the sentences to tag.
  public func spans(in document: Document, sentences: Range<Int>, suggester: Suggester) -> [String: [[TextRange]]] {
    let sequence = WordSequence(document, sentences: sentences, suggester)
    let rows = sequence.features.map { names in names.compactMap { features[$0] } }
    var spans: [String: [[TextRange]]] = [:]
    for label in labels {
      guard let model = models[label] else { continue }
      let rows = Self.rows(rows, with: sequence.proposals[label] ?? [])
      spans[label] = sequence.spans(sequence.stretches.flatMap { model.tags(of: Array(rows[$0])) }, document)
    }
    return spans
  }

  /// The words of the examples that are most like a span.
  func examples(like fragments: [TextRange], label: String, in document: Document) -> [String] {
    let context = WordSequence.context(fragments, document)
    let scored = (examples[label] ?? []).enumerated().map { index, example in
      (score: zip(example.context, context).count { $0 == $1 && !$0.isEmpty }, index: index, words: example.words)
    }
    return scored.sorted { (-$0.score, $0.index) < (-$1.score, $1.index) }.prefix(2).map(\.words)
  }
}
