/// Where the spans of a text stand in a corrected version of it.
///
/// A span has moved only where its place follows from the stretches that did not change, or where one place is the best by a
/// clear margin; all else is said to be ambiguous or lost. White space does not count: a text wrapped anew is unchanged.
public struct Realignment: Sendable {
  /// How a place was found.
  public enum Manner: Hashable, Sendable {
    /// The span stands in a stretch that did not change.
    case exact
    /// The same words stand elsewhere, or amid changes, and what is around them singles this place out.
    case context
    /// The words themselves were edited between edges that stand: the share of the words that both have, or, where that
    /// is greater and the span short, of the code points; 0.5 to 1.
    case approximate(similarity: Double)
  }

  /// Where a range or a span stands now.
  public enum Place: Hashable, Sendable {
    /// Fragments in reading order, apart.
    case moved([TextRange], Manner)
    /// Where it may stand, the likeliest first, ``greatestCandidateCount`` at most.
    case ambiguous([TextRange])
    case lost
  }

  /// Places that are named where there are several.
  public static let greatestCandidateCount = 9
  /// Below this similarity, words are other words and not edited ones.
  public static let leastSimilarity = 0.5

  public let old: DocumentText
  public let new: DocumentText
  let oldTokens: TokenStream
  let newTokens: TokenStream
  let alignment: TextAlignment
  /// The places of each token in what is new, by its number.
  private let free: [Int32: [Int]]

  /// - Complexity: that of ``TextAlignment``; a place is then found in a time of the span's length, where it stands in an
  ///   unchanged stretch.
  public init(from old: DocumentText, to new: DocumentText) {
    self.old = old
    self.new = new
    var vocabulary = Vocabulary()
    oldTokens = TokenStream(old, &vocabulary)
    newTokens = TokenStream(new, &vocabulary)
    alignment = TextAlignment(oldTokens.ids, newTokens.ids)
    var free: [Int32: [Int]] = [:]
    for (token, id) in newTokens.ids.enumerated() where !alignment.isTaken[token] {
      free[id, default: []].append(token)
    }
    self.free = free
  }

  /// Where a span of several fragments stands: each moves, and one that is ambiguous or lost makes the whole so.
  public func place(of fragments: [TextRange]) -> Place {
    if fragments.count == 1 { return place(of: fragments[0]) }
    var moved: [TextRange] = []
    var manner = Manner.exact
    var candidates: [TextRange] = []
    for fragment in fragments {
      switch place(of: fragment) {
      case .lost: return .lost
      case .ambiguous(let places): candidates += places
      case .moved(let ranges, let found):
        moved += ranges
        manner = Self.weaker(manner, found)
      }
    }
    if !candidates.isEmpty { return .ambiguous(Array(candidates.prefix(Self.greatestCandidateCount))) }
    moved.sort()
    guard zip(moved, moved.dropFirst()).allSatisfy({ $0.end <= $1.start }) else { return .ambiguous(moved) }
    return .moved(Annotation.normalised(moved), manner)
  }

  private static func weaker(_ a: Manner, _ b: Manner) -> Manner {
    switch (a, b) {
    case (.approximate(let one), .approximate(let other)): .approximate(similarity: min(one, other))
    case (.approximate, _), (.context, .exact): a
    default: b
    }
  }

  /// Where a range stands.
  ///
  /// - Precondition: *range* lies in the old text.
  public func place(of range: TextRange) -> Place {
    let tokens = oldTokens.tokens(in: range)
    guard !tokens.isEmpty else { return placeOfBlank(range, before: tokens.lowerBound) }
    let images = alignment.images(of: tokens)
    if images.places.count == 1, !images.mayBeGone {
      let rivals = rivals(of: tokens, at: images.places[0])
      if !rivals.isEmpty { return .ambiguous(candidates(range, tokens, at: images.places + rivals)) }
      return .moved([self.range(range, tokens, at: images.places[0])], images.isMoved ? .context : .exact)
    }
    if !images.places.isEmpty {
      return .ambiguous(candidates(range, tokens, at: images.places))
    }
    let elsewhere = placeByContext(range, tokens)
    let edited = placeByEdges(range, tokens)
    switch (elsewhere, edited) {
    case (.moved(let a, _), .moved(let b, _)):
      return a == b ? elsewhere : .ambiguous(Array((a + b).prefix(Self.greatestCandidateCount)))
    case (.moved, _): return elsewhere
    case (_, .moved): return edited
    case (.ambiguous(let a), .ambiguous(let b)):
      return .ambiguous(Array((a + b.filter { !a.contains($0) }).prefix(Self.greatestCandidateCount)))
    case (.ambiguous, .lost): return elsewhere
    default: return edited
    }
  }

  /// Of white space alone: where the same stands between the same tokens.
  private func placeOfBlank(_ range: TextRange, before token: Int) -> Place {
    guard token > 0, let before = alignment.image(of: token - 1), alignment.image(of: token) == before + 1 else {
      return .lost
    }
    let start = newTokens.ends[before] + range.start - oldTokens.ends[token - 1]
    let end = start + range.count
    guard end <= newTokens.starts[before + 1], new[TextRange(start, end)] == old[range] else { return .lost }
    return .moved([TextRange(start, end)], .exact)
  }

  /// How far somebody has read who had read up to an offset: up to the last word before it that is in both texts, and over
  /// the white space behind it; the whole text only where nothing new follows.
  public func place(ofOffsetRead offset: Int) -> Int {
    var token = TokenStream.first(in: oldTokens.ends) { $0 > offset } - 1
    if offset >= oldTokens.ends[oldTokens.count - 2] { token = oldTokens.count - 2 }
    while let index = alignment.lastRun(startingUpTo: token) {
      let run = alignment.runs[index]
      if !run.isMoved { break }
      token = run.old - 1
    }
    guard let index = alignment.lastRun(startingUpTo: token) else { return 0 }
    let run = alignment.runs[index]
    let last = min(token, run.oldEnd - 1)
    let image = run.new + last - run.old
    if offset == old.count, image == newTokens.count - 2 { return new.count }
    let passed = max(0, offset - oldTokens.ends[last])
    return min(newTokens.ends[image] + passed, newTokens.starts[min(image + 1, newTokens.count - 1)])
  }

  // MARK: places

  func candidates(_ range: TextRange, _ tokens: Range<Int>, at places: [Int]) -> [TextRange] {
    places.prefix(Self.greatestCandidateCount).map { self.range(range, tokens, at: $0) }
  }

  /// The range of new tokens as many as the old ones, with what a range covers of its first and last token and beyond.
  func range(_ range: TextRange, _ tokens: Range<Int>, at place: Int) -> TextRange {
    self.range(range, tokens, from: place, through: place + tokens.count - 1)
  }

  /// - Parameters:
  ///   - first: the new token at the start; it takes the old one's inner offset where the two are the same.
  ///   - last: the new token at the end.
  func range(_ range: TextRange, _ tokens: Range<Int>, from first: Int, through last: Int) -> TextRange {
    let (oldFirst, oldLast) = (tokens.lowerBound, tokens.upperBound - 1)
    var start = newTokens.starts[first]
    let lead = range.start - oldTokens.starts[oldFirst]
    if lead < 0 {
      start -= min(-lead, start - newTokens.ends[first - 1])
    } else if newTokens.ids[first] == oldTokens.ids[oldFirst] {
      start += lead
    }
    var end = newTokens.ends[last]
    let trail = range.end - oldTokens.ends[oldLast]
    if trail > 0 {
      end += min(trail, newTokens.starts[last + 1] - end)
    } else if newTokens.ids[last] == oldTokens.ids[oldLast] {
      end += trail
    }
    return TextRange(start, max(start, end))
  }

  /// The places in what is new where all of some old tokens stand, in reading order; nil where there are more than can be
  /// weighed.
  ///
  /// - Parameter isOwnCounted: whether a token may also stand where it stands by an unchanged stretch.
  func places(of tokens: Range<Int>, isOwnCounted: Bool) -> [Int]? {
    var rarest: (token: Int, places: [Int])?
    for token in tokens where !isOwnCounted || alignment.run(holding: token) == nil {
      let places = free[oldTokens.ids[token]] ?? []
      if places.isEmpty { return [] }
      if rarest == nil || places.count < rarest?.places.count ?? 0 { rarest = (token, places) }
    }
    guard let rarest else { return [] }
    guard rarest.places.count <= Self.weighedCount * 8 else { return nil }
    var found: [Int] = []
    for place in rarest.places {
      let start = place - (rarest.token - tokens.lowerBound)
      guard start > 0, start + tokens.count < newTokens.count else { continue }
      let stands = tokens.allSatisfy { token in
        let new = start + token - tokens.lowerBound
        guard oldTokens.ids[token] == newTokens.ids[new] else { return false }
        return !alignment.isTaken[new] || isOwnCounted && alignment.image(of: token) == new
      }
      if stands { found.append(start) }
    }
    return found.count <= Self.weighedCount ? found : nil
  }

  /// Places of the same words beyond which none is weighed against the others.
  private static let weighedCount = 256
}
