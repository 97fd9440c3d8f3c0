import Pages
import Standoff
import Suggestion

/// Marking words by keys: the sentence stands in the edit line, motions select words, and a label's key tags them.
///
/// The editor moves the cursor, by the person's own key bindings; every other key comes here. Tagging goes through
/// ``Session/answer(_:)``, as if it had been typed.
package struct SpanSelector: Sendable {
  /// The cursor's position: a character of the sentence, from 0; the end is one past the last.
  package var cursor = 0
  /// Whether the person has left.
  package internal(set) var isOver = false
  /// The answer to the last key.
  var answer = Page()
  /// The offset, in code points, of the character where the selection began; nil without a selection.
  var mark: Int?
  /// Fragments kept with `+`, before the one being selected.
  var kept: [TextRange] = []
  /// What the next keys are for.
  var pending = Pending.nothing
  /// The part of a tall sentence whose hints are shown, from 0; it counts on past the last part.
  var hintPage = 0
  /// The selections from which each `}` expanded.
  var grown: [(mark: Int?, cursor: Int)] = []
  /// A page shown in place of the sentence until the next key.
  var overlay: Page?
  var lastSearch = ""
  /// Whether the selection was found and not marked by hand, so that the first `v` keeps it.
  var isFound = false
  /// Whether the last answer was carried over to the next sentence once.
  var isCarried = false

  /// The keys that are expected next.
  enum Pending: Equatable {
    case nothing
    /// The second letter of a label's key.
    case label(String)
    /// The hints of the first and the last word.
    case hints(Purpose, first: TextRange?, typed: String)
    /// A line that Enter ends.
    case line(Entry, String)
  }

  /// The use of the words chosen by hints.
  enum Purpose: Equatable {
    case span(Scheme.Label)
    /// Another fragment of a span.
    case fragment(of: Int)
    /// The source or the cue of a span.
    case part(Scheme.Label.Kind, of: Int)
  }

  /// The purpose of a line typed in the selector.
  enum Entry: Equatable {
    case search, target(Int), command
    /// The value of an attribute of a span; `by` is its speaker.
    case attribute(String, of: Int)
  }

  package init() {}

  /// The keys that have a meaning here, whatever the person's key bindings are.
  package static func reserved(_ session: Session) -> Set<Character> {
    ownKeys.union(session.scheme.labels.flatMap(\.key))
  }

  /// The selector's own keys. They yield to a label's whole key, but come before the first letter of a two-letter key.
  private static let ownKeys = Set("vnpuUxar+<>@*!&=.\"{}/:?#]")

  /// The keys that set an attribute of the last span; `by` is its speaker.
  static let attributeKeys: [Character: String] = ["@": "by", "*": "about", "!": "negation", "&": "attribution"]

  /// Whether the next key is taken even if it is a motion.
  package var takesEveryKey: Bool { pending != .nothing }

  // MARK: the cells of the line

  /// The characters of the sentence, each as the scalar that represents it in the editor.
  package static func cells(_ session: Session) -> [Unicode.Scalar] {
    guard session.sentence < session.document.sentences.count else { return [] }
    return session.document.text[session.document.sentences[session.sentence]].map { $0.unicodeScalars.first ?? " " }
  }

  /// The offsets, in code points, of the sentence's characters and of its end.
  static func offsets(_ session: Session) -> [Int] {
    guard session.sentence < session.document.sentences.count else { return [0] }
    let range = session.document.sentences[session.sentence]
    var offsets = [range.start]
    for character in session.document.text[range] {
      offsets.append((offsets.last ?? 0) + character.unicodeScalars.count)
    }
    return offsets
  }

  func offset(_ session: Session) -> Int {
    let offsets = Self.offsets(session)
    return offsets[min(max(cursor, 0), offsets.count - 1)]
  }

  mutating func moveCursor(to offset: Int, _ session: Session) {
    let offsets = Self.offsets(session)
    cursor = max(0, (offsets.lastIndex { $0 <= offset } ?? 0))
  }

  // MARK: what is selected

  /// The whole words from the mark to the cursor, with their quotation marks, and the fragments kept before. Empty
  /// without a mark.
  func selection(_ session: Session) -> [TextRange] {
    guard let mark else { return kept }
    let here = offset(session)
    let low = min(mark, here)
    let high = max(mark, here) + 1
    let range = TextRange(low, min(high, session.document.text.count))
    let reach = TextRange(max(0, low - 256), min(session.document.text.count, high + 256))
    let words = Words.ranges(in: reach, of: session.document.text).filter { $0.overlaps(range) }
    guard let first = words.first, let last = words.last else { return kept }
    let covered = session.selector.covering(TextRange(first.start, last.end))
    return Annotation.normalised(kept + [covered])
  }

  // MARK: keys

  /// Handles a key that is not a motion; special keys come as the control characters that mean the same.
  package mutating func press(_ key: Unicode.Scalar, in session: inout Session) {
    if overlay != nil {
      overlay = nil
      return
    }
    switch pending {
    case .nothing: pressFreely(Character(key), &session)
    case .label(let first): pressLabel(first + String(Character(key)), &session)
    case .hints(let purpose, let first, let typed): pressHint(Character(key), purpose, first, typed, &session)
    case .line(let entry, let text): pressLine(Character(key), entry, text, &session)
    }
  }

  /// Ctrl-C: cancels what is pending, else the selection.
  package mutating func interrupt() {
    if pending == .nothing { clear() }
    pending = .nothing
    answer = Page()
  }

  /// Selects the pasted words if the text has them.
  package mutating func paste(_ text: String, in session: inout Session) {
    if case .line(let entry, let typed) = pending {
      pending = .line(entry, typed + text)
    } else {
      select(text, &session)
    }
  }

  mutating func clear() {
    mark = nil
    isFound = false
    kept = []
    grown = []
  }

  private mutating func pressFreely(_ key: Character, _ session: inout Session) {
    if pressLabelKey(key, &session) { return }
    if session.offersChoices, key.isNumber { return say(String(key), &session) }
    if key != "}" && key != "{" { grown = [] }
    // What an edit answered is still to be read beside the next sentence.
    let isWalking = "\r\nnp\u{E}\u{10}\u{7F}\u{8}".contains(key)
    if !isWalking { answer = Page() }
    switch key {
    case "\r", "\n", "n", "\u{E}": walk(by: 1, &session)
    case "p", "\u{10}", "\u{7F}", "\u{8}": walk(by: -1, &session)
    case "\t", "]": seekSuggestion(&session)
    case "v", "\0":
      if !isFound || mark == nil { mark = mark == nil ? offset(session) : nil }
      isFound = false
    case "+": plus(session)
    case "\"": selectQuotation(session)
    case "}": grow(session)
    case "{": shrink(session)
    case "/", "\u{13}": pending = .line(.search, "")
    case ":": pending = .line(.command, "")
    case "?": overlay = Self.help
    case "u": say("u", &session)
    case "U": say("redo", &session)
    case "x": deleteHere(&session)
    case "a", "1": say("a #1", &session)
    case "2"..."9": say("a #\(key)", &session)
    case "r": say("r", &session)
    case "<", ">", "@", "*", "!", "&", "=", ".", "#": pressRelating(key, &session)
    case "\u{1B}": if mark != nil || !kept.isEmpty { clear() } else { isOver = true }
    case "\u{4}": isOver = true
    default: answer = Page("The key “\(DisplayWidth.visible(String(key)))” does nothing here; ? lists the keys.")
    }
  }

  /// Handles the keys that add to the last marked span.
  private mutating func pressRelating(_ key: Character, _ session: inout Session) {
    if key == "#" { return pending = .line(.command, "a #") }
    if key == "." { return takeSpanHere(&session) }
    guard let span = session.lastContentSpan else {
      answer = Complaint("No span has been marked yet.", "< > @ * ! & = add to the last one marked.").page
      return
    }
    switch key {
    case "<":
      hintPage = 0
      pending = .hints(.part(.source, of: span.id), first: nil, typed: "")
    case ">": pending = .line(.target(span.id), "")
    case "=": say("by \(span.id) =", &session)
    default:
      let name = Self.attributeKeys[key] ?? ""
      guard name == "by" || session.scheme.attributes(of: span.label).contains(where: { $0.name == name }) else {
        answer = Page("A \(span.label) has no attribute “\(name)”.")
        return
      }
      pending = .line(.attribute(name, of: span.id), "")
    }
  }

  // MARK: labels

  /// Handles a label's key, or the first letter of one; returns false for any other key.
  private mutating func pressLabelKey(_ key: Character, _ session: inout Session) -> Bool {
    let typed = String(key)
    let labels = session.scheme.labels
    guard
      labels.contains(where: { $0.key == typed })
        || !Self.ownKeys.contains(key) && labels.contains(where: { $0.key.hasPrefix(typed) })
    else { return false }
    pressLabel(typed, &session)
    return true
  }

  private mutating func pressLabel(_ typed: String, _ session: inout Session) {
    pending = .nothing
    hintPage = 0
    let labels = session.scheme.labels
    if let label = labels.first(where: { $0.key == typed }) {
      let chosen = selection(session)
      guard chosen.isEmpty else { return tag(label, chosen, &session) }
      pending = .hints(.span(label), first: nil, typed: "")
    } else if labels.contains(where: { $0.key.hasPrefix(typed) }) {
      pending = .label(typed)
    } else {
      answer = Page("“\(DisplayWidth.visible(typed))” is not a label's key.")
    }
  }

  private mutating func tag(_ label: Scheme.Label, _ ranges: [TextRange], _ session: inout Session) {
    say("\(label.key) \(Self.wording(ranges))", &session)
    if !answer.isRefusal { clear() }
  }

  static func wording(_ ranges: [TextRange]) -> String { ranges.map { "@\($0)" }.joined(separator: " + ") }

  // MARK: what the session does

  mutating func say(_ line: String, _ session: inout Session) {
    isCarried = false
    answer = session.answer(line)
    if answer.after == .sentence {
      cursor = 0
      clear()
    }
  }

  mutating func walk(by step: Int, _ session: inout Session, keeping: Bool = false) {
    let before = session.sentence
    let page = session.answer(step > 0 ? "n" : "p")
    if page.isRefusal || !page.lines.isEmpty || isCarried { answer = page }
    isCarried = !isCarried && !page.isRefusal
    guard session.sentence != before else { return }
    cursor = 0
    if !keeping, mark == nil { clear() }
  }

  /// Goes to the next sentence with a suggestion.
  private mutating func seekSuggestion(_ session: inout Session) {
    guard session.isSuggesting else { return say("suggest", &session) }
    guard let next = session.nextSuggestion else {
      answer = Page("No suggestions in the next \(counted(session.sentencesAhead, "sentence")).")
      return
    }
    say("g \(next + 1)", &session)
    answer = Page()
  }

  private func spanHere(_ session: Session) -> Annotation? {
    let here = offset(session)
    return session.set.spans.filter { $0.covers(anyOf: TextRange(here, here + 1)) }
      .min { ($0.hull.count, $0.id) < ($1.hull.count, $1.id) }
  }

  private mutating func deleteHere(_ session: inout Session) {
    guard let span = spanHere(session) else {
      answer = Page("No span at the cursor.")
      return
    }
    say("x \(span.id)", &session)
  }

  private mutating func takeSpanHere(_ session: inout Session) {
    guard let span = spanHere(session) else {
      answer = Page("No span at the cursor.")
      return
    }
    session.lastContent = span.id
    answer = Page("< > @ * ! & = now apply to \(session.described(span)).")
  }
}
