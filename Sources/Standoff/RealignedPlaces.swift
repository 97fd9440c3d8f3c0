extension Realignment {
  /// The number of tokens on each side of a place that are its context.
  private static let contextLength = 16

  /// The place where the same words stand in new text.
  ///
  /// It is taken if at least half of the context tokens (``contextLength`` on each side) surround it in the same order,
  /// and a quarter of them more than at any other place; up to three words need two unchanged neighbours. Six tokens or
  /// more that are unique in both texts need no context.
  func placeByContext(_ range: TextRange, _ tokens: Range<Int>) -> Place {
    guard let places = places(of: tokens, isOwnCounted: true) else { return .lost }
    guard !places.isEmpty else { return .lost }
    let weighed = places.map { (place: $0, weight: weight(tokens, at: $0)) }
      .sorted { ($1.weight.shared, $0.place) < ($0.weight.shared, $1.place) }
    let best = weighed[0]
    if places.count == 1, tokens.count >= 6, alignment.isUnique(tokens, at: best.place) {
      return .moved([self.range(range, tokens, at: best.place)], .context)
    }
    let isClear = weighed.count == 1 || best.weight.shared - weighed[1].weight.shared >= margin(tokens)
    if best.weight.shared * 2 >= possible(tokens), isClear, tokens.count > 3 || best.weight.neighbours >= 2 {
      return .moved([self.range(range, tokens, at: best.place)], .context)
    }
    return .ambiguous(candidates(range, tokens, at: weighed.map(\.place)))
  }

  /// Other places in new text whose context explains a stretch nearly as well; none unless the stretch is near the end
  /// of its unchanged stretch.
  func rivals(of tokens: Range<Int>, at place: Int) -> [Int] {
    guard let index = alignment.run(holding: tokens.lowerBound) else { return [] }
    let run = alignment.runs[index]
    let isInside =
      tokens.lowerBound - run.old >= Self.contextLength && run.oldEnd - tokens.upperBound >= Self.contextLength
    if isInside { return [] }
    guard let places = places(of: tokens, isOwnCounted: false), !places.isEmpty else { return [] }
    let own = weight(tokens, at: place).shared
    return places.filter { own - weight(tokens, at: $0).shared < margin(tokens) }
  }

  /// The number of context tokens that exist around some tokens.
  private func possible(_ tokens: Range<Int>) -> Int {
    min(Self.contextLength, tokens.lowerBound) + min(Self.contextLength, oldTokens.count - tokens.upperBound)
  }

  /// The number of context tokens by which the best place must exceed the next.
  private func margin(_ tokens: Range<Int>) -> Int { max(2, possible(tokens) / 4) }

  /// The number of old context tokens that also surround a place, and how many of them are its direct neighbours.
  private func weight(_ tokens: Range<Int>, at place: Int) -> (shared: Int, neighbours: Int) {
    let end = place + tokens.count
    let oldLeft = Array(oldTokens.ids[max(0, tokens.lowerBound - Self.contextLength)..<tokens.lowerBound].reversed())
    let newLeft = Array(newTokens.ids[max(0, place - Self.contextLength)..<place].reversed())
    let oldRight = Array(
      oldTokens.ids[tokens.upperBound..<min(oldTokens.count, tokens.upperBound + Self.contextLength)])
    let newRight = Array(newTokens.ids[end..<min(newTokens.count, end + Self.contextLength)])
    func beside(_ a: [Int32], _ b: [Int32]) -> Int { zip(a, b).prefix { $0 == $1 }.count }
    return (
      Self.common(oldLeft, newLeft) + Self.common(oldRight, newRight),
      beside(oldLeft, newLeft) + beside(oldRight, newRight)
    )
  }

  /// The place of a span whose words were edited, between its first and last tokens or their neighbours, which must be
  /// unchanged.
  func placeByEdges(_ range: TextRange, _ tokens: Range<Int>) -> Place {
    let (first, last) = (tokens.lowerBound, tokens.upperBound - 1)
    let ownFirst = alignment.run(holding: first)
    let ownLast = alignment.run(holding: last)
    guard let firstRun = ownFirst ?? alignment.run(holding: first - 1),
      let lastRun = ownLast ?? alignment.run(holding: last + 1),
      alignment.runs[firstRun].isMoved == alignment.runs[lastRun].isMoved,
      var start = alignment.image(of: ownFirst == nil ? first - 1 : first),
      var end = alignment.image(of: ownLast == nil ? last + 1 : last)
    else { return .lost }
    if ownFirst == nil { start += 1 }
    if ownLast == nil { end -= 1 }
    guard start <= end else { return .lost }
    tighten(&start, &end, to: tokens, from: ownFirst == nil, through: ownLast == nil)
    let place = self.range(range, tokens, from: start, through: end)
    guard !place.isEmpty else { return .lost }
    let similarity = similarity(range, tokens, place, start..<end + 1)
    if similarity == 1 { return .moved([place], .context) }
    if similarity >= Self.leastSimilarity { return .moved([place], .approximate(similarity: similarity)) }
    let mayBe = ownFirst != nil && ownLast != nil || similarity >= Self.leastSimilarity / 2
    return mayBe ? .ambiguous([place]) : .lost
  }

  /// Drops what was inserted beside a first or last token that still exists.
  private func tighten(
    _ start: inout Int, _ end: inout Int, to tokens: Range<Int>, from isStartOpen: Bool, through isEndOpen: Bool
  ) {
    guard tokens.count < Self.comparedLength, (tokens.count..<Self.comparedLength).contains(end - start) else {
      return
    }
    let (oldIDs, newIDs) = (oldTokens.ids, newTokens.ids)
    let words = Array(oldIDs[tokens])
    let common = Self.common(words, Array(newIDs[start...end]))
    // A token known to correspond to an inner one cannot be the first or last.
    let known = tokens.compactMap { alignment.image(of: $0) }.filter { (start...end).contains($0) }
    if isStartOpen,
      let first = (start..<min(end - tokens.count + 2, known.min() ?? .max)).last(where: {
        newIDs[$0] == words[0] && Self.common(words, Array(newIDs[$0...end])) == common
      })
    {
      start = first
    }
    if isEndOpen,
      let last = (max(start + tokens.count - 1, (known.max() ?? -1) + 1)..<end + 1).first(where: {
        newIDs[$0] == words[words.count - 1] && Self.common(words, Array(newIDs[start...$0])) == common
      })
    {
      end = last
    }
  }

  /// The share of tokens in common and in order; for a short range the share of code points, if that is greater.
  private func similarity(_ a: TextRange, _ aTokens: Range<Int>, _ b: TextRange, _ bTokens: Range<Int>) -> Double {
    let common: Int
    if aTokens.count <= Self.comparedLength, bTokens.count <= Self.comparedLength {
      common = Self.common(Array(oldTokens.ids[aTokens]), Array(newTokens.ids[bTokens]))
    } else {
      common = aTokens.count { alignment.image(of: $0).map(bTokens.contains) ?? false }
    }
    let words = 2 * Double(common) / Double(aTokens.count + bTokens.count)
    guard a.count <= Self.comparedLength, b.count <= Self.comparedLength else { return words }
    func scalars(_ text: String) -> [Int32] { text.unicodeScalars.map { Int32($0.value) } }
    let shared = Self.common(scalars(old[a]), scalars(new[b]))
    return words == 1 ? 1 : max(words, min(0.99, 2 * Double(shared) / Double(a.count + b.count)))
  }

  /// The greatest length, in tokens or code points, of stretches that are compared one by one.
  private static let comparedLength = 128

  /// The length of the longest common subsequence.
  static func common(_ a: [Int32], _ b: [Int32]) -> Int {
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (index, y) in b.enumerated() {
        let above = row[index + 1]
        row[index + 1] = x == y ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[b.count]
  }
}
