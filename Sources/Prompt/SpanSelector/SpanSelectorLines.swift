import Pages
import Standoff

/// Lines typed in the selector: a search, a speaker, a target, any verb.
extension SpanSelector {
  /// How many code points ahead to search while typing, so that no letter waits.
  private static let searchReach = 50_000

  mutating func pressLine(_ key: Character, _ entry: Entry, _ text: String, _ session: inout Session) {
    switch key {
    case "\u{1B}": pending = .nothing
    case "\u{7F}", "\u{8}": pending = text.isEmpty ? .nothing : .line(entry, String(text.dropLast()))
    case "\u{15}": pending = .line(entry, "")
    case "\t": complete(entry, text, session)
    case "\r", "\n":
      pending = .nothing
      if !text.isEmpty { close(entry, text, &session) }
    case "\u{13}":
      if entry == .search { select(text.isEmpty ? lastSearch : text, &session) }
    default:
      guard key >= " " else { return }
      pending = .line(entry, text + String(key))
      if entry == .search { select(text + String(key), &session, reach: Self.searchReach) }
      if text.isEmpty, let line = line(for: key, entry, session) {
        pending = .nothing
        say(line, &session)
      }
    }
  }

  /// The spans that can be the target, nearest first.
  func targets(of id: Int, _ session: Session) -> [Annotation] {
    guard let span = session.set.span(id) else { return [] }
    return session.set.spans
      .filter { $0.id != id && !session.scheme.relations(from: span.label, to: $0.label).isEmpty }
      .filter { session.scheme.label($0.label)?.kind == .content }
      .sorted { (abs($0.hull.start - span.hull.start), $0.id) < (abs($1.hull.start - span.hull.start), $1.id) }
  }

  /// The values of an attribute that a digit takes: its choices, else those in use.
  func values(of attribute: String, _ session: Session) -> [String] {
    Array(
      Completion("set . \(attribute == "by" ? "speaker" : attribute) ", in: session).candidates.prefix(9).map(\.text))
  }

  /// The line that a first key stands for by itself: a span's number where all have one digit, a value's place in its
  /// list, `-` for none.
  private func line(for key: Character, _ entry: Entry, _ session: Session) -> String? {
    switch entry {
    case .target(let id):
      if key == "-" { return "\(id) > -" }
      let targets = targets(of: id, session)
      guard let number = key.wholeNumberValue, targets.contains(where: { $0.id == number }),
        targets.allSatisfy({ $0.id < 10 })
      else { return nil }
      return "\(id) > \(number)"
    case .attribute(let name, let id):
      if key == "-" { return Self.line(name, "-", of: id) }
      let values = values(of: name, session)
      guard let number = key.wholeNumberValue, number > 0, number <= values.count else { return nil }
      return Self.line(name, values[number - 1], of: id)
    case .search, .command: return nil
    }
  }

  private static func line(_ attribute: String, _ value: String, of id: Int) -> String {
    attribute == "by" ? "by \(id) \(value)" : "set \(id) \(attribute) \(value)"
  }

  private mutating func close(_ entry: Entry, _ text: String, _ session: inout Session) {
    switch entry {
    case .search:
      if answer.isRefusal { select(text, &session) }
      lastSearch = text
    case .attribute(let name, let id): say(Self.line(name, text, of: id), &session)
    case .target(let id): say("\(id) > \(text)", &session)
    case .command:
      say(text, &session)
      if answer.lines.count > 4 {
        overlay = answer
        answer = Page()
      }
      if session.isOver { isOver = true }
    }
  }

  private mutating func complete(_ entry: Entry, _ text: String, _ session: Session) {
    let prefix: String
    switch entry {
    case .search: prefix = "find "
    case .attribute(let name, let id): prefix = Self.line(name, "", of: id)
    case .target(let id): prefix = "\(id) > "
    case .command: prefix = ""
    }
    let completion = Completion(prefix + text, in: session)
    guard let first = completion.candidates.first else { return }
    let common = completion.candidates.dropFirst().reduce(first.text) { common, other in
      String(zip(common, other.text).prefix { $0 == $1 }.map(\.0))
    }
    if common.count > completion.replaced {
      pending = .line(entry, text.dropLast(completion.replaced) + common)
    } else {
      answer = Page(completion.candidates.prefix(9).map(\.text).joined(separator: "  "))
    }
  }

  /// Selects the next match of some words, from the sentence's start or, when repeated, from the cursor on.
  ///
  /// - Parameter reach: the number of code points to search; nil for all.
  mutating func select(_ words: String, _ session: inout Session, reach: Int? = nil) {
    let text = session.document.text
    guard !words.isEmpty, session.document.sentences.count > 0 else { return }
    let from = words == lastSearch ? offset(session) + 1 : session.document.sentences[session.sentence].start
    guard let place = Self.place(of: words, from: min(from, text.count), reach, in: session) else {
      answer = Page(
        "“\(Complaint.shortened(words))” is not \(reach == nil ? "in the text" : "nearby; Enter searches all of it")."
      )
      answer.isRefusal = true
      return
    }
    answer = Page()
    if let home = session.document.sentences.index(at: place.start), home != session.sentence {
      _ = session.go(to: home)
    }
    select(place, session)
  }

  /// The next match, where the beginning of a word is enough.
  private static func place(of words: String, from: Int, _ reach: Int?, in session: Session) -> TextRange? {
    let text = session.document.text
    let search = TextSearch(text: text)
    let end = min(text.count, reach.map { from + $0 } ?? text.count)
    if let whole = search.places(of: words, in: TextRange(from, end), limit: 1).first { return whole }
    let here = session.document.sentences[session.sentence]
    let begun = Words.ranges(in: TextRange(min(from, here.end), here.end), of: text).first { word in
      text[TextRange(word.start, min(text.count, word.start + words.unicodeScalars.count))].lowercased()
        == words.lowercased()
    }
    return begun ?? (reach == nil ? search.places(of: words, in: text.range, limit: 1).first : nil)
  }
}
