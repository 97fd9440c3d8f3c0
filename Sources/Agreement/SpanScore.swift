import Synchronization

/// Counts of two annotators' units and their pairs, as in SemEval-2013.
public struct SpanTally: PoolableTally {
  /// The number of counts.
  static let width = 6

  /// Whether it was given another number of counts.
  private var isMalformed = false
  /// Documents that both have annotated.
  public private(set) var documents = 0
  /// Units of the first annotator, the reference; SemEval's “possible”.
  public private(set) var reference = 0
  /// Units of the second annotator; SemEval's “actual”.
  public private(set) var response = 0
  /// Pairs that count fully.
  public private(set) var correct = 0
  /// Pairs with a place in common that do not count.
  public private(set) var incorrect = 0
  /// Pairs that count by half.
  public private(set) var partial = 0

  public var counts: [Int] {
    get { [documents, reference, response, correct, incorrect, partial] }
    set { replaceCounts(with: newValue[...]) }
  }

  public mutating func replaceCounts(with counts: ArraySlice<Int>) {
    isMalformed = counts.count != Self.width
    if isMalformed { return }
    let first = counts.startIndex
    (documents, reference, response) = (counts[first], counts[first + 1], counts[first + 2])
    (correct, incorrect, partial) = (counts[first + 3], counts[first + 4], counts[first + 5])
  }

  /// The number of the reference's units without a partner.
  public var missing: Int { reference &- correct &- incorrect &- partial }
  /// The number of the response's units without a partner.
  public var spurious: Int { response &- correct &- incorrect &- partial }
  public var isApart: Bool { documents == 0 }

  /// - Throws: ``InvalidInput`` if it was given other counts than those of a study.
  func check() throws(Undefined) {
    if isMalformed { throw .invalid(.differentTallies) }
    let all =
      documents.magnitude | reference.magnitude | response.magnitude | correct.magnitude | incorrect.magnitude
      | partial.magnitude
    guard all >> Self.mostBits == 0 else { throw .invalid(.tooLarge) }
  }

  /// Creates the tally of no document.
  public init() {}

  /// Counts the units of a document, before any pair.
  init(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit]) {
    documents = 1
    reference = first.count
    response = second.count
  }

  /// Counts a pair by twice its credit.
  mutating func addPair(credit: Int) {
    if credit == 2 { correct += 1 } else if credit == 1 { partial += 1 } else { incorrect += 1 }
  }
}

/// Precision, recall or F1 of one annotator's units against another's.
///
/// With the counts of ``SpanTally`` and credit = correct + partial/2,
///
///     P = credit / response,   R = credit / reference,   F1 = 2PR/(P + R) = 2 credit / (reference + response)
///
/// F1 does not depend on which annotator is the reference. Only documents that both annotated count. The score is not
/// corrected for chance.
///
/// Undefined if the denominator is 0.
public struct SpanScore: Measure {
  /// A score: precision, recall or F1.
  public enum Kind: Sendable { case precision, recall, f1 }

  /// A way to pair units.
  public enum Pairing: Sendable {
    /// One to one with the greatest credit; see ``Alignment``.
    case best
    /// In the order of the units, to reproduce figures of the program nervaluate; it misses identical units if spans
    /// overlap.
    case nervaluate
  }

  private let kind: Kind
  private let criterion: SpanCriterion
  private let pairing: Pairing

  /// Creates a score of units that match by a criterion.
  public init(_ kind: Kind, by criterion: SpanCriterion, pairing: Pairing = .best) {
    self.kind = kind
    self.criterion = criterion
    self.pairing = pairing
  }

  /// The counts of each document of a study of two annotators, the reference first.
  ///
  /// - Throws: what is wrong with the study; ``InvalidInput/notTwoAnnotators``.
  public func tallies(of study: UnitizingStudy) throws(Undefined) -> Tallies<SpanTally> {
    try study.checkPair()
    let continua = study.continua
    let slices = (continua.count + Self.slice - 1) / Self.slice
    let counts = Mutex([[Int]](repeating: [], count: slices))
    inParallel(slices) { slice in
      var rows: [Int] = []
      rows.reserveCapacity(Self.slice * SpanTally.width)
      for index in slice * Self.slice..<min((slice + 1) * Self.slice, continua.count) {
        let tally =
          if let first = continua[index].units[0], let second = continua[index].units[1] {
            counted(first, second)
          } else {
            SpanTally()
          }
        rows += tally.counts
      }
      counts.withLock { $0[slice] = rows }
    }
    return Tallies(SpanTally(), matrix: Array(counts.withLock { $0 }.joined()), documents: continua.count)
  }

  /// The number of documents that one thread counts at a time.
  private static let slice = 1024

  /// The counts of one document.
  ///
  /// - Throws: ``InvalidInput/malformedUnit``.
  public func tally(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit]) throws(Undefined) -> SpanTally {
    guard first.allSatisfy({ $0.isWellFormed }), second.allSatisfy({ $0.isWellFormed }) else {
      throw .invalid(.malformedUnit)
    }
    return counted(first, second)
  }

  private func counted(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit]) -> SpanTally {
    var tally = SpanTally(first, second)
    switch pairing {
    case .best: Alignment.forEachPair(first, second, by: criterion) { tally.addPair(credit: $0.credit) }
    case .nervaluate: for credit in nervaluateCredits(first, second, criterion) { tally.addPair(credit: credit) }
    }
    return tally
  }

  public func coefficient(of tally: SpanTally) throws(Undefined) -> Coefficient {
    try tally.check()
    guard !tally.isApart else { throw .noSharedDocument }
    let whole =
      switch kind {
      case .precision: 2 * tally.response
      case .recall: 2 * tally.reference
      case .f1: tally.reference + tally.response
      }
    guard whole > 0 else { throw .noSpans }
    return Coefficient(
      value: Double(2 * tally.correct + tally.partial) / Double(whole), items: tally.reference + tally.response)
  }
}

/// The macro-average of a score: its mean over labels, each counted alike.
///
/// ``SpanScore`` of all labels together is the micro-average. A label without a value is left out.
///
/// Undefined if no label has a value.
public struct MacroSpanScore: Measure {
  /// The tallies of all labels.
  public struct Evidence: PoolableTally {
    public var counts: [Int]
    public var isApart: Bool { tallies.allSatisfy(\.isApart) }

    fileprivate var tallies: [SpanTally] {
      stride(from: 0, through: counts.count - SpanTally.width, by: SpanTally.width).map { start in
        var tally = SpanTally()
        tally.counts = Array(counts[start..<start + SpanTally.width])
        return tally
      }
    }
  }

  private let score: SpanScore
  private let labels: Int

  /// Creates the macro-average.
  ///
  /// - Parameters:
  ///   - score: the score of each label.
  ///   - labels: the number of labels; units have labels below it.
  public init(_ score: SpanScore, labels: Int) {
    self.score = score
    self.labels = labels
  }

  public func tallies(of study: UnitizingStudy) throws(Undefined) -> Tallies<Evidence> {
    try study.checkPair()
    try study.check(labels: labels)
    var documents = [Evidence](repeating: Evidence(counts: []), count: study.continua.count)
    for label in 0..<labels {
      let ofLabel = try score.tallies(of: study.choosing(labels: [label]))
      for document in documents.indices { documents[document].counts += try ofLabel[document].counts }
    }
    return try Tallies(Evidence(counts: [Int](repeating: 0, count: SpanTally.width * labels)), documents)
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
    try tally.check(SpanTally.width * max(0, min(labels, InvalidInput.mostCategories)))
    guard !tally.isApart else { throw .noSharedDocument }
    var values: [Coefficient] = []
    for label in tally.tallies {
      do throws(Undefined) { values.append(try score.coefficient(of: label)) } catch { continue }
    }
    guard !values.isEmpty else { throw .noCategories }
    return Coefficient(
      value: values.map(\.value).sorted().reduce(0, +) / Double(values.count),
      items: values.reduce(0) { $0 + $1.items })
  }
}
