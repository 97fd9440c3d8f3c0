/// How the units of two annotators were paired: the counts of SemEval-2013.
public struct SpanTally: PairTally {
  public var counts = [Int](repeating: 0, count: 6)

  /// Documents that both have annotated.
  public var documents: Int { counts[0] }
  /// Units of the first annotator, the reference; SemEval's “possible”.
  public var reference: Int { counts[1] }
  /// Units of the second annotator; SemEval's “actual”.
  public var response: Int { counts[2] }
  /// Pairs that count fully.
  public var correct: Int { counts[3] }
  /// Pairs with a place in common that do not count.
  public var incorrect: Int { counts[4] }
  /// Pairs that count by half.
  public var partial: Int { counts[5] }
  /// Units of the reference without a partner.
  public var missing: Int { reference - correct - incorrect - partial }
  /// Units of the response without a partner.
  public var spurious: Int { response - correct - incorrect - partial }
  public var isApart: Bool { documents == 0 }

  public init() {}

  /// The counts of one document.
  init(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit], credits: some Sequence<Int>) {
    counts[0] = 1
    counts[1] = first.count
    counts[2] = second.count
    for credit in credits { counts[credit == 2 ? 3 : credit == 0 ? 4 : 5] += 1 }
  }
}

/// Precision, recall or F1 of one annotator's units against another's.
///
/// With the counts of ``SpanTally``, credit = correct + partial/2,
///
///     P = credit / response,   R = credit / reference,   F1 = 2PR/(P + R) = 2 credit / (reference + response)
///
/// F1 is the same for either order of the annotators. Undefined where what it divides by has no unit; a document counts
/// where both have annotated it.
public struct SpanScore: Measure {
  public enum Kind: Sendable { case precision, recall, f1 }

  /// How units are paired.
  public enum Pairing: Sendable {
    /// One to one with the greatest credit: see ``Alignment``.
    case best
    /// In the order of the units, as the program nervaluate does: what it counts can be counted again. It misses
    /// identical units where spans overlap.
    case nervaluate
  }

  private let kind: Kind
  private let criterion: SpanCriterion
  private let pairing: Pairing

  public init(_ kind: Kind, by criterion: SpanCriterion, pairing: Pairing = .best) {
    self.kind = kind
    self.criterion = criterion
    self.pairing = pairing
  }

  /// - Precondition: the study has two annotators.
  public func tallies(of study: UnitizingStudy) -> Tallies<SpanTally> {
    precondition(study.annotators == 2)
    return Tallies(
      SpanTally(),
      study.continua.map { continuum in
        guard let first = continuum.units[0], let second = continuum.units[1] else { return SpanTally() }
        return tally(first, second)
      })
  }

  /// The counts of one document.
  public func tally(_ first: [UnitizingStudy.Unit], _ second: [UnitizingStudy.Unit]) -> SpanTally {
    switch pairing {
    case .best:
      SpanTally(first, second, credits: Alignment(first, second, by: criterion).pairs.lazy.map(\.credit))
    case .nervaluate: SpanTally(first, second, credits: nervaluateCredits(first, second, criterion))
    }
  }

  public func coefficient(of tally: SpanTally) throws(Undefined) -> Coefficient {
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

/// The mean of a score over labels, each counted alike: macro-averaging.
///
/// ``SpanScore`` of all labels together is the micro-average. Undefined where no label has a value; a label without one is
/// left out.
public struct MacroSpanScore: Measure {
  /// The tallies of labels side by side.
  public struct Evidence: PairTally {
    public var counts: [Int]
    public var isApart: Bool { tallies.allSatisfy(\.isApart) }

    fileprivate var tallies: [SpanTally] {
      stride(from: 0, to: counts.count, by: 6).map { start in
        var tally = SpanTally()
        tally.counts = Array(counts[start..<start + 6])
        return tally
      }
    }
  }

  private let score: SpanScore
  private let labels: Int

  /// - Parameter labels: how many there are; units bear labels below.
  public init(_ score: SpanScore, labels: Int) {
    self.score = score
    self.labels = labels
  }

  public func tallies(of study: UnitizingStudy) -> Tallies<Evidence> {
    let ofLabels = (0..<labels).map { score.tallies(of: study.choosing(labels: [$0])) }
    return Tallies(
      Evidence(counts: [Int](repeating: 0, count: 6 * labels)),
      study.continua.indices.map { document in Evidence(counts: ofLabels.flatMap { $0[document].counts }) })
  }

  public func coefficient(of tally: Evidence) throws(Undefined) -> Coefficient {
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
