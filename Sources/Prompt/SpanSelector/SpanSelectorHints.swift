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
    case "-":
      if case .part(let kind, let id) = purpose, first == nil { takeNone(kind, of: id, &session) }
    case "$":
      if let first { finish(purpose, first, to: session.selector.words(of: session.sentence).last, &session) }
    case "\r", "\n":
      if let first { finish(purpose, first, to: first, &session) } else { takeDefault(purpose, &session) }
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
    finish(purpose, first, to: word, &session)
  }

  private mutating func finish(
    _ purpose: Purpose, _ first: TextRange, to last: TextRange?, _ session: inout Session
  ) {
    pending = .nothing
    guard let last else { return }
    let range = TextRange(min(first.start, last.start), max(first.end, last.end))
    carryOut(purpose, session.selector.covering(range), &session)
  }

  /// A span without this part: one that it has is taken off; the next part is asked for.
  private mutating func takeNone(_ kind: Scheme.Label.Kind, of id: Int, _ session: inout Session) {
    pending = .nothing
    if part(kind, of: id, session) != nil { say(kind == .source ? "\(id) < -" : "\(id) < - < -", &session) }
    if kind == .source { pending = .hints(.part(.cue, of: id), first: nil, typed: "") }
  }

  /// The source or the cue that a span has.
  func part(_ kind: Scheme.Label.Kind, of id: Int, _ session: Session) -> Annotation? {
    guard let span = session.set.span(id), let type = session.scheme.part(kind, of: span.label)?.relation.name,
      let relation = session.set.relations.first(where: { $0.from == id && $0.type == type }),
      case .span(let part) = relation.to
    else { return nil }
    return session.set.span(part)
  }

  /// Enter before a hint: what the label's key alone selects, the source and cue that the lexicon finds; no cue.
  private mutating func takeDefault(_ purpose: Purpose, _ session: inout Session) {
    pending = .nothing
    switch purpose {
    case .span(let label): say(label.key, &session)
    case .fragment: answer = Page("Choose the fragment's words by their hints.")
    case .part(.cue, _): break
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
    case .part(.source, let id):
      say("\(id) < @\(range)", &session)
      if !answer.isRefusal, session.scheme.part(.cue, of: session.set.span(id)?.label ?? "") != nil {
        pending = .hints(.part(.cue, of: id), first: nil, typed: "")
      }
    case .part(_, let id): say("\(id) < - < @\(range)", &session)
    case .fragment(let id):
      guard let span = session.set.span(id) else { return }
      say("e \(id) \(Self.wording(Annotation.normalised(span.fragments + [range])))", &session)
    }
  }

  /// A hint for each word of the sentence, in reading order: the same ones each time that the sentence is seen.
  package func hints(_ session: Session) -> [String] {
    Self.codes(session.selector.words(of: session.sentence).count)
  }

  /// The given number of codes, none a prefix of another; single keys first.
  package static func codes(_ count: Int) -> [String] {
    let keys = Array("asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM").map(String.init)
    var leads = 0
    while keys.count - leads + leads * keys.count < count, leads < keys.count { leads += 1 }
    let singles = keys.dropLast(leads)
    let doubles = keys.suffix(leads).flatMap { lead in keys.map { lead + $0 } }
    return Array((Array(singles) + doubles).prefix(count))
      + (0..<max(0, count - singles.count - doubles.count)).map { _ in "" }
  }
}
