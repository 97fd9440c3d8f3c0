/// An alignment of a text with a corrected version of it, which says where each range stands now.
///
/// A range moves only if its place follows from unchanged stretches of text, or if one place is better than all others
/// by a clear margin. Anything else is reported as ambiguous or lost, never guessed. White space is ignored: a text
/// wrapped anew is unchanged.
public struct Realignment: Sendable {
  /// The evidence for a place.
  public enum Manner: Hashable, Sendable {
    /// The range lies in an unchanged stretch.
    case exact
    /// The same words stand elsewhere or among changes, and their context singles this place out.
    case context
    /// The words were edited between edges that did not change.
    ///
    /// The similarity, from 0.5 to 1, is the share of words in common; for a short span the share of code points, if
    /// that is greater.
    case approximate(similarity: Double)
  }

  /// The outcome for a range or a span.
  public enum Place: Hashable, Sendable {
    /// The one sure place: fragments in reading order that do not overlap.
    case moved([TextRange], Manner)
    /// The possible places, the likeliest first; at most ``Realignment/greatestCandidateCount``.
    case ambiguous([TextRange])
    /// No place.
    case lost
  }

  /// The greatest number of places reported for an ambiguous range.
  public static let greatestCandidateCount = 9
  /// The least similarity of edited words; below it, they count as other words.
  public static let leastSimilarity = 0.5

  /// The text before the correction.
  public let old: DocumentText
  /// The text after the correction.
  public let new: DocumentText
  let oldTokens: TokenStream
  let newTokens: TokenStream
  let alignment: TextAlignment
  /// The positions of each token, by its number, outside unchanged stretches of the new text.
  private let free: [Int32: [Int]]

  /// Aligns two versions of a text.
  ///
  /// - Complexity: O(*tokens* log *tokens*) if little changed, O(*tokens* · 512) at worst.
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

  /// The place of a span: each fragment moves by itself, and one ambiguous or lost fragment makes the span so.
  ///
  /// - Precondition: the fragments lie in the old text.
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

  /// The place of a range.
  ///
  /// - Precondition: the range lies in the old text.
  /// - Complexity: O(*tokens of the range*) in an unchanged stretch.
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

  /// The place of a range of white space: between the same tokens, if the same white space is there.
  private func placeOfBlank(_ range: TextRange, before token: Int) -> Place {
    guard token > 0, let before = alignment.image(of: token - 1), alignment.image(of: token) == before + 1 else {
      return .lost
    }
    let start = newTokens.ends[before] + range.start - oldTokens.ends[token - 1]
    let end = start + range.count
    guard end <= newTokens.starts[before + 1], new[TextRange(start, end)] == old[range] else { return .lost }
    return .moved([TextRange(start, end)], .exact)
  }

  /// The offset in the new text up to which somebody has read who had read up to an offset in the old one.
  ///
  /// It is the end of the last word before the offset that is in both texts, with the white space after it; the end of
  /// the new text only if nothing new follows.
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

  /// The new range from a token on, with as many tokens as the old one and the same offsets at its edges.
  func range(_ range: TextRange, _ tokens: Range<Int>, at place: Int) -> TextRange {
    self.range(range, tokens, from: place, through: place + tokens.count - 1)
  }

  /// The new range between two tokens, with the same offsets at its edges.
  ///
  /// - Parameters:
  ///   - first: the new token at the start; the offset inside it is kept if the token is unchanged.
  ///   - last: the new token at the end; likewise.
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

  /// The places in new text where all of some old tokens stand, in reading order; nil if there are too many to weigh.
  ///
  /// - Parameter isOwnCounted: whether a token may also stand where an unchanged stretch puts it.
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

  /// The greatest number of places with the same words that are weighed against each other.
  private static let weighedCount = 256
}
