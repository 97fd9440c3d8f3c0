public import Standoff

/// What is known of how to suggest spans: the lexicon, a kept model and one learned from own documents, weighed for each
/// label by what they were worth on documents held out.
public struct Learning: Sendable {
  let finders: Finders
  private let own: SpanModel?
  let worth: [String: Worth]
  private let examples: ExampleWords
  /// How many spans of each label were proposed on documents held out, how many of these were right, and how many were
  /// wanted.
  public private(set) var heldOut: [String: (right: Int, shown: Int, wanted: Int)] = [:]

  /// The least number of spans of a label for learning it.
  public static let fewest = 12

  /// A kept model without own documents.
  public init(_ kept: KeptModel, suggester: Suggester) {
    self.init(Finders(suggester, kept: kept), own: nil, worth: kept.worth, ExampleWords([]))
  }

  private init(_ finders: Finders, own: SpanModel?, worth: [String: Worth], _ examples: ExampleWords) {
    self.finders = finders
    self.own = own
    self.worth = worth
    self.examples = examples
  }

  /// Learns from documents.
  ///
  /// - Returns: nil if there is too little to learn from and no kept model.
  /// - Parameters:
  ///   - kept: a model to use beside what is learned.
  ///   - only: the labels to learn; nil for all.
  ///   - givingWay: whether a person types meanwhile, who is not to wait.
  public init?(
    _ documents: [TaggedDocument], suggester: Suggester, kept: KeptModel? = nil, only: Set<String>? = nil,
    givingWay: Bool = false
  ) {
    let documents = Self.ordered(documents)
    let finders = Finders(suggester, kept: kept)
    let labels = suggester.scheme.labels.map(\.name).filter { label in
      only?.contains(label) != false
        && documents.reduce(0) { $0 + $1.set.spans.count { $0.label == label } } >= Self.fewest
    }
    guard documents.count > 1, !labels.isEmpty else {
      guard let kept else { return nil }
      self.init(kept, suggester: suggester)
      return
    }
    let read = Parallel.map(documents.count, givingWay: givingWay) {
      finders.read(documents[$0].document, documents[$0].sentences)
    }
    let attributing = finders.attributing
    let groups = Self.groups(labels, of: documents, attributing)
    let all = zip(documents, read).map { tagged, read in
      read.map {
        SpanModel.Example(paragraph: $0.paragraph, features: $0.features, spans: tagged.set.spans.filter($0.holds))
      }
    }
    let folds = Self.folds(documents.count, words: all.joined().reduce(0) { $0 + $1.features.count })
    // The last model is learned from all documents, each other one from those that are not held out for it.
    let models = Parallel.map(folds.count + 1, givingWay: givingWay) { place in
      let held = place < folds.count ? Set(folds[place]) : []
      return SpanModel(
        all.indices.filter { !held.contains($0) }.flatMap { all[$0] }, groups: groups, attributing: attributing,
        isTrial: place < folds.count)
    }
    var judged = Judged(documents, folds) { index, place, worth in
      read[index].flatMap { Candidates(finders, models[place], $0, documents[index].document, worth).all }
    }
    // Contents first: sources and cues are weighed by what hangs on them.
    // What a label was worth that had another name in another scheme says little here.
    var worth = kept.map { kept in kept.worth.filter { !kept.mapped.contains($0.key) } } ?? [:]
    for labels in [
      suggester.scheme.labels.map(\.name).filter { !attributing.contains($0) }, attributing.sorted(),
    ] {
      worth = judged.worth(of: labels, from: worth)
    }
    self.init(finders, own: models.last, worth: worth, ExampleWords(documents))
    heldOut = judged.counts
  }

  /// What was learned, to be kept under a name; nil if nothing was learned from own documents.
  ///
  /// - Parameter names: the labels' names in the model where they differ from the scheme's.
  public func kept(as name: String, documents: Int, renaming names: [String: String] = [:]) -> KeptModel? {
    guard let own else { return nil }
    func renamed(_ label: String) -> String { names[label] ?? label }
    let learned = worth.filter { own.labels.contains($0.key) }
    return KeptModel(
      name: name, model: own.renamed(names),
      worth: Dictionary(learned.map { (renamed($0.key), $0.value.asKept) }, uniquingKeysWith: { one, _ in one }),
      mapped: Set(names.filter { $0.key != $0.value && own.labels.contains($0.key) }.values),
      hints: finders.hints, documents: documents)
  }

  /// Documents in an order of their own: what is learned depends on the set of them alone.
  private static func ordered(_ documents: [TaggedDocument]) -> [TaggedDocument] {
    documents.sorted { a, b in
      (a.document.sha256, a.document.id, a.set.annotator) < (b.document.sha256, b.document.id, b.set.annotator)
    }
  }

  /// The documents that are held out in turn: each once where there are few, a sixth of them once where there are many.
  private static func folds(_ count: Int, words: Int) -> [[Int]] {
    let parts = words > 120_000 ? 6 : min(count, 3)
    return (0..<(words > 120_000 ? 1 : parts)).map { fold in (0..<count).filter { $0 % parts == fold } }
  }

  /// The labels of each field: sources and cues in all, contents together unless they lie over one another.
  private static func groups(_ labels: [String], of documents: [TaggedDocument], _ attributing: Set<String>)
    -> [[String]]
  {
    let contents = labels.filter { !attributing.contains($0) }
    var groups: [[String]] = []
    for label in contents {
      let place = groups.firstIndex { group in group.allSatisfy { !overlap(label, $0, documents) } }
      if let place { groups[place].append(label) } else { groups.append([label]) }
    }
    let attributing = labels.filter(attributing.contains)
    return groups.isEmpty ? [attributing] : groups.map { attributing + $0 }
  }

  /// Whether more than one in fifty spans of two labels lie over one another.
  private static func overlap(_ a: String, _ b: String, _ documents: [TaggedDocument]) -> Bool {
    var (both, all) = (0, 0)
    for tagged in documents {
      let (one, other) = (tagged.set.spans.filter { $0.label == a }, tagged.set.spans.filter { $0.label == b })
      all += one.count
      both += one.count { span in
        other.contains { $0.hull.overlaps(span.hull) && Annotation.common($0.fragments, span.fragments) > 0 }
      }
    }
    return both * 50 > all
  }

  /// The words covered: what is left of fragments without the punctuation and white space at their edges.
  public static func key(_ fragments: [TextRange], _ text: DocumentText) -> [TextRange] {
    Annotation.normalised(fragments).compactMap { fragment in
      let words = Words.ranges(in: fragment, of: text)
      guard let first = words.first, let last = words.last else { return nil }
      return TextRange(first.start, last.end)
    }
  }

  // MARK: suggesting

  /// What is proposed in the paragraphs of some sentences, sources and cues too, in reading order; the confidence of each
  /// is its measured chance to be right.
  public func proposals(in sentences: Range<Int>, of document: Document) -> [Suggestion] {
    proposals(finders.read(document, sentences), document)
  }

  /// What is proposed in paragraphs that were read.
  func proposals(_ paragraphs: [Finders.Read], _ document: Document) -> [Suggestion] {
    paragraphs.flatMap { read -> [Suggestion] in
      var byLabel: [String: [(Candidate, Double)]] = [:]
      for (candidate, values) in candidates(read, document) {
        let worth = worth[candidate.label] ?? Worth.start
        guard worth.isEnough(values) else { continue }
        byLabel[candidate.label, default: []].append((candidate, worth.probability(values)))
      }
      let quotation = finders.scheme.quotationLabel?.name
      let chosen = finders.scheme.labels.flatMap {
        Self.likeliest(byLabel[$0.name] ?? [], mayNest: $0.name == quotation)
      }
      let found = chosen.map { SpanModel.Found(label: $0.0.label, fragments: $0.0.fragments, probability: $0.1) }
      return chosen.map { suggestion($0, $1, among: found, document) }
    }.sorted { ($0.hull.start, -$0.hull.end, $0.label) < ($1.hull.start, -$1.hull.end, $1.label) }
  }

  /// All that the finders propose in a paragraph, with their values for weighing.
  func candidates(_ read: Finders.Read, _ document: Document) -> [(candidate: Candidate, values: [Double])] {
    Candidates(finders, own, read, document, worth).all
  }

  /// Candidates of one label, the likeliest first, none of which overlaps a likelier one.
  ///
  /// - Parameter mayNest: whether one may lie in another, as a quotation does in another's words.
  private static func likeliest(_ candidates: [(Candidate, Double)], mayNest: Bool) -> [(Candidate, Double)] {
    var taken: [(Candidate, Double)] = []
    func excludes(_ one: Candidate, _ other: Candidate) -> Bool {
      guard Annotation.common(one.fragments, other.fragments) > 0 else { return false }
      return !mayNest || !(one.holds(other) || other.holds(one))
    }
    for (candidate, probability) in candidates.sorted(by: { a, b in
      a.1 != b.1 ? a.1 > b.1 : a.0.key.lexicographicallyPrecedes(b.0.key)
    }) where !taken.contains(where: { excludes($0.0, candidate) }) {
      taken.append((candidate, probability))
    }
    return taken
  }

  private func suggestion(
    _ candidate: Candidate, _ probability: Double, among found: [SpanModel.Found], _ document: Document
  ) -> Suggestion {
    let given = candidate.lexicon ?? candidate.derived
    let whole = SpanModel.Found(label: candidate.label, fragments: candidate.fragments, probability: probability)
    let (source, cue) = Finders.attribution(of: whole, found, finders.scheme, document)
    let reason: Suggestion.Reason
    if let given = candidate.lexicon {
      reason = given.reason
    } else if candidate.own != nil {
      reason = .examples(examples.like(candidate.fragments, label: candidate.label, in: document))
    } else {
      reason = candidate.derived.map(\.reason) ?? .model(finders.kept?.name ?? "")
    }
    return Suggestion(
      label: candidate.label, fragments: candidate.fragments, source: source ?? given?.source, cue: cue ?? given?.cue,
      reason: reason, confidence: probability)
  }

  /// The suggestions for a sentence: contents with their sources and cues.
  public func suggestions(in sentence: Int, of document: Document) -> [Suggestion] {
    let here = document.sentences[sentence]
    return proposals(in: sentence..<(sentence + 1), of: document).filter { suggestion in
      !finders.attributing.contains(suggestion.label) && suggestion.fragments.contains { $0.overlaps(here) }
    }
  }

  /// The suggestions for each sentence of a document.
  public func suggestions(of document: Document) -> [[Suggestion]] {
    let sentences = document.sentences
    var found = [[Suggestion]](repeating: [], count: sentences.count)
    for suggestion in proposals(in: 0..<sentences.count, of: document)
    where !finders.attributing.contains(suggestion.label) {
      let first = sentences.index(at: suggestion.hull.start) ?? 0
      let last = sentences.index(at: suggestion.hull.end - 1) ?? first
      for index in first...max(first, last)
      where suggestion.fragments.contains(where: { $0.overlaps(sentences[index]) }) {
        found[index].append(suggestion)
      }
    }
    return found
  }

  /// All suggested spans of a document by label, with sources and cues as spans of their own.
  public func spans(in document: Document) -> [String: [[TextRange]]] {
    var spans: [String: [[TextRange]]] = [:]
    for suggestion in proposals(in: 0..<document.sentences.count, of: document) {
      spans[suggestion.label, default: []].append(suggestion.fragments)
    }
    return spans
  }
}

extension Finders.Read {
  /// Whether a span has words in the paragraph.
  func holds(_ span: Annotation) -> Bool {
    guard let first = paragraph.words.first, let last = paragraph.words.last else { return false }
    return span.hull.start < last.range.end && first.range.start < span.hull.end
  }
}

extension Suggester {
  /// All suggested spans of some sentences by label, with sources and cues as spans of their own.
  public func spans(in document: Document, sentences: Range<Int>) -> [String: [[TextRange]]] {
    var spans: [String: [[TextRange]]] = [:]
    for suggestion in sentences.flatMap({ suggestions(in: $0, of: document) }) {
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
