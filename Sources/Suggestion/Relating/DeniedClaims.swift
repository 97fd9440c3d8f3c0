public import Standoff

/// The claims that denials deny, among the spans that are marked.
///
/// Rule 14 of the guideline is the order: the clause that hangs on the denial; else the latest earlier claim of somebody
/// else that says the same.
public struct DeniedClaims {
  private let lexicon: Lexicon
  private let document: Document
  private let set: AnnotationSet
  private let denial: String
  private let claim: String
  private let relation: String

  /// - Returns: nil if the scheme has no relation from denials to claims.
  public init?(_ lexicon: Lexicon, _ document: Document, _ set: AnnotationSet) {
    guard let denial = set.scheme.denialLabel?.name, let claim = set.scheme.claimLabel?.name,
      let relation = set.scheme.relation("denies")?.name
    else { return nil }
    (self.lexicon, self.document, self.set) = (lexicon, document, set)
    (self.denial, self.claim, self.relation) = (denial, claim, relation)
  }

  /// How far before a denial, in code points, claims are looked for.
  private static let reach = 20_000

  /// The number of the claim that a denial denies; nil if none is likely.
  ///
  /// - Parameter speaker: who denies, as ``SpeakerNames`` or the words of the source name them; nobody denies what they
  ///   said themselves.
  public func claim(deniedBy denial: [TextRange], speaker: String?) -> Int? {
    guard let first = denial.first, let last = denial.last else { return nil }
    let hull = TextRange(first.start, last.end)
    let end = document.sentences.index(at: hull.end - 1).map { document.sentences[$0].end } ?? hull.end
    let near = set.annotations(in: TextRange(max(0, hull.start - Self.reach), end))
    let claims = near.filter { $0.label == claim && $0.hull.start < end }
    if let hanging = claims.first(where: { hangs($0.hull, on: hull) }) { return hanging.id }
    let others = claims.filter { other in
      !other.fragments.contains { $0.overlaps(hull) } && !Self.isSame(self.speaker(of: other), speaker)
    }
    return likeliest(of: others, deniedBy: denial, hull)
  }

  /// The number of the denial without a target on which a claim hangs; nil if there is none.
  public func denial(of claim: [TextRange]) -> Int? {
    guard let first = claim.first, let last = claim.last, let home = document.sentences.index(at: first.start) else {
      return nil
    }
    let hull = TextRange(first.start, last.end)
    return set.annotations(in: document.sentences[home]).first { span in
      span.label == denial && hangs(hull, on: span.hull)
        && !set.relations.contains { $0.from == span.id && $0.type == relation }
    }?.id
  }

  // MARK: the clause that hangs on a denial

  /// Whether a claim is the that-clause after a denial, or after a noun of claiming inside it.
  private func hangs(_ claim: TextRange, on denial: TextRange) -> Bool {
    let isInside = denial.contains(claim) && denial != claim
    guard isInside || claim.start >= denial.end,
      document.sentences.index(at: claim.start) == document.sentences.index(at: denial.start)
    else { return false }
    let between = tokens(TextRange(isInside ? denial.start : denial.end, claim.start))
    guard let that = between.last, lexicon.has(that, .complementizers), between.count <= 12 else { return false }
    guard let noun = between.lastIndex(where: { lexicon.has($0, .claiming) }) else { return false }
    // “claims by the company that …”, not “claims it made and said that …”.
    return !between[noun...].contains { lexicon.has($0, .speech) && !lexicon.has($0, .claiming) }
  }

  // MARK: the claim that says the same

  /// The stems of words that say what is claimed.
  private func stems(_ ranges: [TextRange]) -> Set<String> {
    var stems: Set<String> = []
    for range in ranges {
      let tokens = tokens(range)
      var at = 0
      while at < tokens.count {
        // “made it up” and “no knowledge of” as a whole.
        if let match = lexicon.match([.falsity, .knowing, .misstating], at: at, in: tokens) {
          at += match.count
          continue
        }
        if tokens[at].form.count > 2, Self.empty.isDisjoint(with: lexicon.kinds(of: tokens[at])) {
          stems.insert(tokens[at].stem)
        }
        at += 1
      }
    }
    return stems
  }

  /// The kinds of words that say nothing about what is claimed.
  private static let empty: Set<Lexicon.Kind> = [
    .adverbs, .auxiliaries, .claiming, .complementizers, .conjunctions, .denying, .denyingNouns, .determiners, .linking,
    .modals, .negations, .passives, .pronouns, .relatives, .speech, .subordinators, .titles,
  ]

  /// The claim with which a denial shares most, words that few claims have counting more; one nearer before it, or denied
  /// before, wins over others.
  private func likeliest(of claims: [Annotation], deniedBy denial: [TextRange], _ hull: TextRange) -> Int? {
    let wanted = stems(denial)
    let stems = claims.map { self.stems($0.fragments) }
    var uses: [String: Double] = [:]
    for word in stems.joined() { uses[word, default: 0] += 1 }
    func weight(_ words: Set<String>) -> Double {
      words.sorted().reduce(0) { $0 + 1 / (1 + (uses[$1] ?? 0)) }
    }
    let denied = deniedBefore(hull)
    // “That is false” says nothing of its own; what does must share words with the claim. Below 0, little more speaks for a claim than that it is the latest: hardly one in five of these is right.
    var best: (score: Double, id: Int)?
    for (claim, words) in zip(claims, stems) where wanted.isEmpty || !words.isDisjoint(with: wanted) {
      let shared = weight(words.intersection(wanted))
      let whole = (weight(words) * weight(wanted)).squareRoot()
      let back = Double(max(0, hull.start - claim.hull.start))
      let score =
        (whole > 0 ? 3 * shared / whole : 0) - 0.3 * Logarithm.of(1 + back / 100)
        + (denied.contains(claim.id) ? 0.3 : 0) + (denied.last == claim.id ? 0.3 : 0)
      if score >= 0, best.map({ $0.score < score }) ?? true { best = (score, claim.id) }
    }
    return best?.id
  }

  /// The claims that earlier denials deny, in reading order of these.
  private func deniedBefore(_ hull: TextRange) -> [Int] {
    set.relations.compactMap { relation -> (start: Int, id: Int)? in
      guard relation.type == self.relation, case .span(let target) = relation.to, let from = set.span(relation.from),
        from.hull.start < hull.start
      else { return nil }
      return (from.hull.start, target)
    }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.map(\.id)
  }

  /// Who says a claim: the speaker on it or on its source, else the source's words.
  private func speaker(of claim: Annotation) -> String? {
    if let speaker = claim.attributes[EffectiveSpeakers.attribute] { return speaker }
    guard let type = set.scheme.part(.source, of: claim.label)?.relation.name,
      case .span(let id)? = set.relations.first(where: { $0.from == claim.id && $0.type == type })?.to,
      let source = set.span(id)
    else { return nil }
    return source.attributes[EffectiveSpeakers.attribute] ?? document.text[source.hull]
  }

  /// Whether two names are of one speaker, as “Ann Low” and “Low” are.
  private static func isSame(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return false }
    return one == other || one.hasSuffix(" " + other) || other.hasSuffix(" " + one)
  }

  private func tokens(_ range: TextRange) -> [Token] {
    TokenisedSentence(range, of: document.text).tokens
  }
}
