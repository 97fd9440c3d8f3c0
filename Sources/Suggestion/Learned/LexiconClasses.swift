/// The kinds of the lexicon as features of words: a bit for each kind that a word has, alone or as a part of several.
struct LexiconClasses: Sendable {
  private struct Entry {
    /// The words after the first; contractions are divided, as the field's words are.
    let rest: [String]
    let kind: Lexicon.Kind
  }

  /// The entries by first word, longer ones first.
  private let entries: [String: [Entry]]

  /// - Parameter lexicon: nil for a language without one; then no word has a kind.
  init(_ lexicon: Lexicon?) {
    var entries: [String: [Entry]] = [:]
    for (words, kind) in lexicon?.phrases ?? [] {
      let words = words.flatMap(FieldWord.divided)
      guard let first = words.first else { continue }
      entries[first, default: []].append(Entry(rest: Array(words.dropFirst()), kind: kind))
    }
    for (first, found) in entries {
      entries[first] = found.sorted { a, b in
        a.rest.count != b.rest.count
          ? a.rest.count > b.rest.count
          : (a.rest.joined(separator: " "), a.kind.number) < (b.rest.joined(separator: " "), b.kind.number)
      }
    }
    self.entries = entries
  }

  /// Gives each word its kinds, and each cue its length and class.
  func mark(_ words: inout [FieldWord]) {
    var matches = [[(count: Int, kind: Lexicon.Kind)]](repeating: [], count: words.count)
    for start in words.indices {
      for entry in entries[words[start].form] ?? [] {
        let end = start + 1 + entry.rest.count
        guard end <= words.count, (0..<entry.rest.count).allSatisfy({ words[start + 1 + $0].form == entry.rest[$0] })
        else { continue }
        matches[start].append((end - start, entry.kind))
        for index in start..<end { words[index].kinds |= 1 << UInt64(entry.kind.number) }
      }
    }
    var at = 0
    while at < words.count {
      guard let cue = cue(at, words, matches[at]) else {
        at += 1
        continue
      }
      if cue.kind > 0 { (words[at].cueCount, words[at].cueClass) = (cue.count, cue.kind) }
      at += cue.count
    }
  }

  private static let verbs: [Lexicon.Kind: Int] = [
    .speech: 1, .thought: 2, .denying: 3, .accusing: 4, .calling: 5, .prepositions: 6,
  ]
  private static let nouns: [Lexicon.Kind: Int] = [.nouns: 7, .denyingNouns: 8]

  /// The cue that begins at a word, inside quotations too; of class 0 where the words only look like one.
  private func cue(
    _ start: Int, _ words: [FieldWord], _ matches: [(count: Int, kind: Lexicon.Kind)]
  ) -> (count: Int, kind: Int)? {
    var index = 0
    while index < matches.count {
      let count = matches[index].count
      var kinds: [Lexicon.Kind] = []
      while index < matches.count, matches[index].count == count {
        kinds.append(matches[index].kind)
        index += 1
      }
      if kinds.contains(.abstainers) { return (count, 0) }
      if let kind = kinds.compactMap({ Self.verbs[$0] }).min(), kind == 6 || isVerb(start, words) {
        return (count, kind)
      }
      if let kind = kinds.compactMap({ Self.nouns[$0] }).min(), start + count < words.count,
        words[start + count].has(.complementizers)
      {
        return (count, kind)
      }
    }
    return nil
  }

  private func isVerb(_ index: Int, _ words: [FieldWord]) -> Bool {
    guard index > 0 else { return true }
    let before = words[index - 1]
    if before.has(.determiners) && before.mark == 0 || before.form == "'s" || before.form == "'" { return false }
    return !before.has(.linking) || before.has(.conjunctions)
  }
}

extension Lexicon.Kind {
  /// The place among all kinds.
  var number: Int { Self.numbers[self] ?? 0 }

  private static let numbers = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
