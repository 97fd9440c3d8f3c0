public import Standoff

extension Learning {
  /// How many of the spans that might be proposed in each document would be decided wrongly, for each of its sentences:
  /// the sum of their chances to be right, or to be wrong, whichever is less.
  public func expectedErrors(in documents: [Document]) -> [Double] {
    Parallel.map(documents.count) { place in
      let document = documents[place]
      let candidates = weighed(finders.read(document, 0..<document.sentences.count), document)
      let sum = candidates.reduce(0) { $0 + min($1.probability, 1 - $1.probability) }
      return sum / Double(max(1, document.sentences.count))
    }
  }

  /// All candidates of paragraphs with their chance to be right.
  fileprivate func weighed(
    _ paragraphs: [Finders.Read], _ document: Document
  ) -> [(candidate: Candidate, probability: Double)] {
    paragraphs.flatMap { read in
      candidates(read, document).map {
        ($0.candidate, (worth[$0.candidate.label] ?? Worth.start).probability($0.values))
      }
    }
  }
}

/// A place in a finished document where the person and what was learned from the person's other documents differ: a
/// second look may pay.
public struct SecondLook: Sendable {
  /// The document's name.
  public let document: String
  /// The digest of the text, for which the places hold.
  public let sha256: String
  public let label: String
  /// The words that are expected, or that were marked against expectation.
  public let fragments: [TextRange]
  /// The number of the span that was marked here, with these edges or others; nil if nothing like it was.
  public let marked: Int?
  /// Whether the words were marked as they are, against expectation.
  public let isMarkedSo: Bool
  /// The chance that words like these are marked so.
  public let probability: Double

  /// How far the two differ, from 0 to 1.
  private let surprise: Double

  /// How sure it must be that something is missing or that its edges are others.
  private static let expected = 0.6
  /// How unlikely a marked span must be.
  private static let unexpected = 0.15
  /// The most documents that are held out together.
  private static let parts = 5

  /// The places in documents, those first that differ most.
  ///
  /// - Returns: nil if there is too little to learn from.
  /// - Parameter kept: a model to use beside what is learned; not used for five documents or more, which it may have
  ///   been learned from.
  /// - Parameter givingWay: whether a person types meanwhile, who is not to wait.
  public static func all(
    in documents: [TaggedDocument], suggester: Suggester, kept: KeptModel?, givingWay: Bool
  ) -> [SecondLook]? {
    guard !documents.isEmpty else { return nil }
    let parts = min(Self.parts, documents.count)
    let kept = documents.count < Self.parts ? kept : nil
    var found: [SecondLook] = []
    for part in 0..<parts {
      let others = documents.enumerated().filter { $0.offset % parts != part }.map(\.element)
      guard let learning = Learning(others, suggester: suggester, kept: kept, givingWay: givingWay) else { return nil }
      for (place, tagged) in documents.enumerated() where place % parts == part { found += all(in: tagged, learning) }
    }
    return found.sorted { one, other in
      one.surprise != other.surprise
        ? one.surprise > other.surprise
        : (one.document, one.fragments[0].start, one.label) < (other.document, other.fragments[0].start, other.label)
    }
  }

  private static func all(in tagged: TaggedDocument, _ learning: Learning) -> [SecondLook] {
    let text = tagged.document.text
    func look(_ key: SpanKey, _ marked: Int?, isMarkedSo: Bool, _ probability: Double, _ surprise: Double) -> SecondLook
    {
      SecondLook(
        document: tagged.document.id, sha256: tagged.document.sha256, label: key.label, fragments: key.fragments,
        marked: marked,
        isMarkedSo: isMarkedSo, probability: probability, surprise: surprise)
    }
    var found: [SecondLook] = []
    let read = learning.finders.read(tagged.document, 0..<tagged.document.sentences.count)
    for proposal in learning.proposals(read, tagged.document)
    where proposal.confidence >= expected && !tagged.set.declines(SpanKey(proposal)) {
      let near = tagged.set.annotations(in: proposal.hull).filter { $0.label == proposal.label }
      let key = Learning.key(proposal.fragments, text)
      if near.contains(where: { Learning.key($0.fragments, text) == key }) { continue }
      let other = near.first { 2 * Annotation.common($0.fragments, proposal.fragments) > proposal.hull.count }
      found.append(
        look(SpanKey(proposal), other?.id, isMarkedSo: false, proposal.confidence, proposal.confidence))
    }
    let weighed = Dictionary(grouping: learning.weighed(read, tagged.document)) { $0.candidate.key }
    for span in tagged.set.spans {
      let candidate = weighed[Learning.key(span.fragments, text)]?.first { $0.candidate.label == span.label }
      guard let probability = candidate?.probability, probability <= unexpected else { continue }
      // Who marks something against the odds has mostly looked twice.
      found.append(look(SpanKey(span), span.id, isMarkedSo: true, probability, (1 - probability) / 2))
    }
    return found
  }
}
