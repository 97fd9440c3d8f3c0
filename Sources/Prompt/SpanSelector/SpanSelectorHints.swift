import Pages
import Standoff

/// Hints: keys shown on words, to choose the first and the last word of a span.
extension SpanSelector {
  mutating func pressHint(
    _ key: Character, _ purpose: Purpose, _ first: TextRange?, _ typed: String, _ session: inout Session
  ) {
    switch key {
    case "\u{1B}", "\u{7F}", "\u{8}":
      // Back one step: the letter, then the first word, then the whole.
      if !typed.isEmpty {
        pending = .hints(purpose, first: first, typed: "")
      } else if first != nil {
        pending = .hints(purpose, first: nil, typed: "")
      } else {
        pending = .nothing
      }
    case "\t": hintPage += 1
    case "\u{E}", "\u{10}": walk(by: key == "\u{E}" ? 1 : -1, &session, keeping: true)
    case "<":
      if case .part(.source, let id) = purpose { pending = .hints(.part(.cue, of: id), first: nil, typed: "") }
    case "\r", "\n":
      pending = .nothing
      finish(purpose, first, &session)
    default: takeHint(typed + String(key), purpose, first, &session)
    }
  }

  private mutating func takeHint(
    _ typed: String, _ purpose: Purpose, _ first: TextRange?, _ session: inout Session
  ) {
    let hints = hints(session)
    guard let index = hints.firstIndex(of: typed) else {
      let isBegun = hints.contains { $0.hasPrefix(typed) }
      if !isBegun { answer = Page("No word has the hint “\(DisplayWidth.visible(typed))”.") }
      pending = .hints(purpose, first: first, typed: isBegun ? typed : "")
      return
    }
    let word = session.selector.words(of: session.sentence)[index]
    guard let first else {
      pending = .hints(purpose, first: word, typed: "")
      return
    }
    pending = .nothing
    let range = TextRange(min(first.start, word.start), max(first.end, word.end))
    carryOut(purpose, session.selector.covering(range), &session)
  }

  /// Enter: after a first hint, selects to the sentence's end; before one, what the label's key alone selects.
  private mutating func finish(_ purpose: Purpose, _ first: TextRange?, _ session: inout Session) {
    if let first {
      guard let last = session.selector.words(of: session.sentence).last else { return }
      let range = TextRange(min(first.start, last.start), max(first.end, last.end))
      return carryOut(purpose, session.selector.covering(range), &session)
    }
    switch purpose {
    case .span(let label): say(label.key, &session)
    case .fragment: answer = Page("Choose the fragment's words by their hints.")
    case .part(_, let id):
      guard let found = session.attribution(of: id) else {
        answer = Page("The lexicon finds no source and no cue here; choose them by hints.")
        return
      }
      let source = found.source.map { "@\($0)" } ?? "-"
      say("\(id) < \(source) < @\(found.cue)", &session)
    }
  }

  private mutating func carryOut(_ purpose: Purpose, _ range: TextRange, _ session: inout Session) {
    switch purpose {
    case .span(let label): say("\(label.key) @\(range)", &session)
    case .part(.source, let id): say("\(id) < @\(range)", &session)
    case .part(_, let id): say("\(id) < - < @\(range)", &session)
    case .fragment(let id):
      guard let span = session.set.span(id) else { return }
      say("e \(id) \(Self.wording(Annotation.normalised(span.fragments + [range])))", &session)
    }
  }

  /// A hint for each word of the sentence: single keys as far as they go, the shortest for the words nearest the
  /// cursor.
  package func hints(_ session: Session) -> [String] {
    let words = session.selector.words(of: session.sentence)
    let here = offset(session)
    let home = words.firstIndex { $0.end > here } ?? max(0, words.count - 1)
    let nearest = words.indices.sorted { (abs($0 - home), $0) < (abs($1 - home), $1) }
    let codes = Self.codes(words.count)
    var hints = [String](repeating: "", count: words.count)
    for (place, word) in nearest.enumerated() { hints[word] = codes[place] }
    return hints
  }

  /// The given number of codes, none a prefix of another; single keys first.
  package static func codes(_ count: Int) -> [String] {
    let keys = Array("asdfghjklqwertyuiopzxcvbnm1234567890ASDFGHJKLQWERTYUIOPZXCVBNM").map(String.init)
    var leads = 0
    while keys.count - leads + leads * keys.count < count, leads < keys.count { leads += 1 }
    let singles = keys.dropLast(leads)
    let doubles = keys.suffix(leads).flatMap { lead in keys.map { lead + $0 } }
    return Array((Array(singles) + doubles).prefix(count))
      + (0..<max(0, count - singles.count - doubles.count)).map { _ in "" }
  }
}
