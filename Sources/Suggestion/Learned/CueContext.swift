/// The templates about the cues to either side of a word.
struct CueContext {
  private let words: [FieldWord]
  private let left: [Int]
  private let right: [Int]
  private let inCue: [Int]
  /// How many commas, quotation marks and other dividing marks stand before each word.
  private var commas: [Int] = [0]
  private var quotes: [Int] = [0]
  private var cuts: [Int] = [0]
  private var cuesBefore: [Int] = [0]

  /// Words after a cue that tell what follows.
  private static let openers = Set(["that", "to", "the", "he", "she", "it", "they"].map(FeatureHash.of))

  init(_ words: [FieldWord], _ sentences: [Range<Int>], left: [Int], right: [Int], inCue: [Int]) {
    self.words = words
    self.left = left
    self.right = right
    self.inCue = inCue
    for word in words {
      commas.append(commas[commas.count - 1] + (word.mark == 1 ? 1 : 0))
      quotes.append(quotes[quotes.count - 1] + ([9, 10].contains(word.mark) ? 1 : 0))
      cuts.append(cuts[cuts.count - 1] + ((4...8).contains(word.mark) ? 1 : 0))
      cuesBefore.append(cuesBefore[cuesBefore.count - 1] + (word.cueClass > 0 ? 1 : 0))
    }
  }

  /// How many of something stand between two words, the second included; 2 for more; −1 without a cue.
  private func between(_ counts: [Int], _ from: Int, _ to: Int) -> Int {
    from < 0 || to < 0 ? -1 : min(2, counts[to + 1] - counts[from + 1])
  }

  func add(_ index: Int, _ sentence: Range<Int>, to keys: inout [UInt32]) {
    func add(_ template: Int, _ a: UInt64, _ rest: Int...) {
      var hash = FeatureHash(600 + template)
      hash.add(a)
      for value in rest { hash.add(value) }
      keys.append(hash.key)
    }
    func cueAt(_ index: Int) -> Int { index < 0 ? -1 : index < words.count ? inCue[index] : -2 }
    func mark(_ index: Int) -> Int { index < 0 ? -1 : index < words.count ? words[index].mark : -2 }
    let word = words[index]
    let (form, q) = (word.formHash, word.quotation)
    let (l, r) = (left[index], right[index])
    let leftEnd = l >= 0 ? l + words[l].cueCount - 1 : -1
    let (dl, dr) = (
      FieldFeatures.bucket(l >= 0 ? index - leftEnd : -1), FieldFeatures.bucket(r >= 0 ? r - index : -1)
    )
    let (lc, lq, lb) = (between(commas, leftEnd, index), between(quotes, leftEnd, index), between(cuts, leftEnd, index))
    let (rc, rq, rb) = (
      r >= 0 ? between(commas, index, r) : -1, r >= 0 ? between(quotes, index, r) : -1,
      r >= 0 ? between(cuts, index, r) : -1
    )
    let (leftClass, rightClass) = (l >= 0 ? words[l].cueClass : -1, r >= 0 ? words[r].cueClass : -1)
    let (leftWord, rightWord) = (l >= 0 ? words[l].formHash : 0, r >= 0 ? words[r].formHash : 0)
    let next = follower(of: leftEnd, l)
    let previous: Int
    if r > 0 {
      let before = words[r - 1]
      previous = before.mark > 0 ? -before.mark - 1 : before.isCapitalised ? 1 : 2
    } else {
      previous = r == 0 ? 0 : -30
    }
    add(1, 0, cueAt(index), cueAt(index + 1), cueAt(index - 1))
    add(2, 0, dl, leftClass)
    add(3, 0, dr, rightClass)
    add(4, 0, dl, lc, lq, lb)
    add(5, 0, dr, rc, rq, rb)
    add(6, leftWord, min(dl, 4), lc)
    add(7, rightWord, min(dr, 4), rc)
    add(8, 0, leftClass, next, min(lc, 1), lq)
    add(9, 0, rightClass, previous, min(rc, 1), rq)
    add(10, 0, leftClass, rightClass, lc, rc, lq, rq)
    add(11, 0, dl, next)
    add(12, 0, leftClass, dl, q)
    add(13, 0, rightClass, dr, q)
    add(14, 0, leftClass, rightClass, q, min(lc, 1), min(rc, 1))
    let before = min(3, cuesBefore[index + 1] - cuesBefore[sentence.lowerBound])
    let after = min(3, cuesBefore[sentence.upperBound] - cuesBefore[index + 1])
    add(15, 0, before, after, q > 0 ? 1 : 0)
    add(16, 0, before, after, min(5, index - sentence.lowerBound), word.mark)
    add(17, form, min(dl, 5), lc)
    add(18, form, min(dr, 5), rc)
    add(19, form, cueAt(index - 1), cueAt(index + 1))
    add(20, 0, word.mark, mark(index + 1), leftClass, rightClass)
    add(21, 0, word.mark, mark(index - 1), leftClass, rightClass)
    var pair = FeatureHash(622)
    pair.add(leftWord)
    pair.add(form)
    pair.add(lc)
    keys.append(pair.key)
  }

  /// What follows a cue: a mark, one of a few words, or something else.
  private func follower(of end: Int, _ cue: Int) -> Int {
    guard cue >= 0 else { return -30 }
    guard end + 1 < words.count else { return -29 }
    let word = words[end + 1]
    if word.mark > 0 { return -word.mark - 1 }
    return Self.openers.contains(word.formHash) ? Int(truncatingIfNeeded: word.formHash >> 1) : 0
  }
}
