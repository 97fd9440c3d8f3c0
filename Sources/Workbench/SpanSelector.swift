import Standoff
import Suggestion

/// The line editor as selector: the sentence stands in the edit line, keys mark words, a label's key tags them.
///
/// The editor moves the cursor, by the person's own motions; every other key comes here. Whatever is tagged goes through
/// ``Session/answer(_:)``, as if it had been typed.
public struct SpanSelector: Sendable {
  /// Where the cursor stands: a character of the sentence, from 0; one past the last is the end.
  public var cursor = 0
  /// Whether the person has left.
  public private(set) var isOver = false
  /// What was answered last.
  var answer = Page()
  /// Code points of the character at which the selection was begun.
  var mark: Int?
  /// Fragments that were kept with `+`, before the one that is being selected.
  var kept: [TextRange] = []
  /// What the next keys are for.
  var pending = Pending.nothing
  /// What each expansion grew from.
  private var grown: [(mark: Int?, cursor: Int)] = []
  /// A page that stands before everything until the next key.
  private(set) var overlay: Page?
  private var lastSearch = ""

  /// What keys are waited for.
  enum Pending: Equatable {
    case nothing
    /// The second letter of a label's key.
    case label(String)
    /// The hints of a first and a last word.
    case hints(Purpose, first: TextRange?, typed: String)
    /// A line, closed by Enter.
    case line(Entry, String)
  }

  /// What hinted words become.
  enum Purpose: Equatable {
    case span(Scheme.Label)
    /// One more fragment of a span.
    case fragment(of: Int)
    /// The source, or the cue, of a span.
    case part(Scheme.Label.Kind, of: Int)
  }

  /// What a line that is typed in the selector is for.
  enum Entry: Equatable { case search, speaker(Int), target(Int), command }

  public init() {}

  /// Keys that mean something here whatever the person's motions are.
  public static func reserved(_ session: Session) -> Set<Character> {
    Set("vnpuUxar+<>@=.\"{}/:?#]").union(session.scheme.labels.flatMap(\.key))
  }

  /// Whether the next key is no motion.
  public var takesEveryKey: Bool { pending != .nothing }

  // MARK: the cells of the line

  /// The characters of the sentence, each as the scalar that stands for it in the editor.
  public static func cells(_ session: Session) -> [Unicode.Scalar] {
    guard session.sentence < session.document.sentences.count else { return [] }
    return session.document.text[session.document.sentences[session.sentence]].map { $0.unicodeScalars.first ?? " " }
  }

  /// Code points of the characters of the sentence; one more for the end.
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

  private mutating func moveCursor(to offset: Int, _ session: Session) {
    let offsets = Self.offsets(session)
    cursor = max(0, (offsets.lastIndex { $0 <= offset } ?? 0))
  }

  // MARK: what is selected

  /// The words from the one at the mark to the one at the cursor, both whole, with their quotation marks; of fragments
  /// that were kept, these as well. Nothing where no mark is set.
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

  /// Takes a key that is no motion; special ones are the control characters that mean the same.
  public mutating func press(_ key: Unicode.Scalar, in session: inout Session) {
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

  /// Ctrl-C: gives up what is pending, else the selection.
  public mutating func interrupt() {
    if pending == .nothing { clear() }
    pending = .nothing
    answer = Page()
  }

  /// Selects what was pasted, where the text has it.
  public mutating func paste(_ text: String, in session: inout Session) {
    if case .line(let entry, let typed) = pending {
      pending = .line(entry, typed + text)
    } else {
      select(text, &session)
    }
  }

  private mutating func clear() {
    mark = nil
    kept = []
    grown = []
  }

  private mutating func pressFreely(_ key: Character, _ session: inout Session) {
    if pressLabelKey(key, &session) { return }
    if session.offersChoices, key.isNumber { return say(String(key), &session) }
    if key != "}" && key != "{" { grown = [] }
    switch key {
    case "\r", "\n", "n", "\u{E}": walk(by: 1, &session)
    case "p", "\u{10}", "\u{7F}", "\u{8}": walk(by: -1, &session)
    case "\t", "]": seekSuggestion(&session)
    case "v", "\0": mark = mark == nil ? offset(session) : nil
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
    case "<", ">", "@", "=", ".", "#": pressRelating(key, &session)
    case "\u{1B}": if mark != nil || !kept.isEmpty { clear() } else { isOver = true }
    case "\u{4}": isOver = true
    default: answer = Page("“\(Columns.visible(String(key)))” means nothing here; ? lists the keys.")
    }
  }

  /// Keys that say more of the span that was marked last.
  private mutating func pressRelating(_ key: Character, _ session: inout Session) {
    if key == "#" { return pending = .line(.command, "a #") }
    if key == "." { return takeSpanHere(&session) }
    guard let span = session.lastContentSpan else {
      answer = Complaint("No span has been marked yet.", "< > @ = speak of the one marked last.").page
      return
    }
    switch key {
    case "<":
      let source = session.scheme.part(.source, of: span.label)?.relation.name
      let hasSource = session.set.relations.contains { $0.from == span.id && $0.type == source }
      pending = .hints(.part(hasSource ? .cue : .source, of: span.id), first: nil, typed: "")
    case ">": pending = .line(.target(span.id), "")
    case "@": pending = .line(.speaker(span.id), "")
    default: say("by \(span.id) =", &session)
    }
  }

  // MARK: labels

  /// Takes a key that is a label's, or begins one.
  private mutating func pressLabelKey(_ key: Character, _ session: inout Session) -> Bool {
    let typed = String(key)
    guard session.scheme.labels.contains(where: { $0.key.hasPrefix(typed) }) else { return false }
    pressLabel(typed, &session)
    return true
  }

  private mutating func pressLabel(_ typed: String, _ session: inout Session) {
    pending = .nothing
    let labels = session.scheme.labels
    if let label = labels.first(where: { $0.key == typed }) {
      let chosen = selection(session)
      guard chosen.isEmpty else { return tag(label, chosen, &session) }
      pending = .hints(.span(label), first: nil, typed: "")
    } else if labels.contains(where: { $0.key.hasPrefix(typed) }) {
      pending = .label(typed)
    } else {
      answer = Page("“\(Columns.visible(typed))” is no label's key.")
    }
  }

  private mutating func tag(_ label: Scheme.Label, _ ranges: [TextRange], _ session: inout Session) {
    say("\(label.key) \(Self.wording(ranges))", &session)
    if !answer.isRefusal { clear() }
  }

  static func wording(_ ranges: [TextRange]) -> String { ranges.map { "@\($0)" }.joined(separator: " + ") }

  // MARK: hints

  private mutating func pressHint(
    _ key: Character, _ purpose: Purpose, _ first: TextRange?, _ typed: String, _ session: inout Session
  ) {
    switch key {
    case "\u{1B}", "\u{7F}", "\u{8}":
      // Back one step: the letter, the first word, the whole.
      if !typed.isEmpty {
        pending = .hints(purpose, first: first, typed: "")
      } else if first != nil {
        pending = .hints(purpose, first: nil, typed: "")
      } else {
        pending = .nothing
      }
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
      if !isBegun { answer = Page("No word has the hint “\(Columns.visible(typed))”.") }
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

  /// Enter: after a first hint to the sentence's end, before it what the label alone selects.
  private mutating func finish(_ purpose: Purpose, _ first: TextRange?, _ session: inout Session) {
    if let first {
      guard let last = session.selector.words(of: session.sentence).last else { return }
      let range = TextRange(min(first.start, last.start), max(first.end, last.end))
      return carryOut(purpose, session.selector.covering(range), &session)
    }
    switch purpose {
    case .span(let label): say(label.key, &session)
    case .fragment: answer = Page("The words are missing.")
    case .part(_, let id):
      guard let found = session.attribution(of: id) else {
        answer = Page("The lexicon finds no source and no cue here; give their hints.")
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

  /// The hints of the sentence's words: one key each as far as the keys reach, the words nearest to the cursor the
  /// shortest.
  public func hints(_ session: Session) -> [String] {
    let words = session.selector.words(of: session.sentence)
    let here = offset(session)
    let home = words.firstIndex { $0.end > here } ?? max(0, words.count - 1)
    let nearest = words.indices.sorted { (abs($0 - home), $0) < (abs($1 - home), $1) }
    let codes = Self.codes(words.count)
    var hints = [String](repeating: "", count: words.count)
    for (place, word) in nearest.enumerated() { hints[word] = codes[place] }
    return hints
  }

  /// As many codes as asked for, none of which begins another: single keys first.
  public static func codes(_ count: Int) -> [String] {
    let keys = Array("asdfghjklqwertyuiopzxcvbnm1234567890ASDFGHJKLQWERTYUIOPZXCVBNM").map(String.init)
    var leads = 0
    while keys.count - leads + leads * keys.count < count, leads < keys.count { leads += 1 }
    let singles = keys.dropLast(leads)
    let doubles = keys.suffix(leads).flatMap { lead in keys.map { lead + $0 } }
    return Array((Array(singles) + doubles).prefix(count))
      + (0..<max(0, count - singles.count - doubles.count)).map { _ in "" }
  }

  // MARK: fragments, quotations, larger and smaller

  private mutating func plus(_ session: Session) {
    if mark != nil {
      kept = selection(session)
      mark = nil
    } else if let span = session.set.spans.max(by: { ($0.modified, $0.id) < ($1.modified, $1.id) }) {
      pending = .hints(.fragment(of: span.id), first: nil, typed: "")
    } else {
      answer = Page("There is no span yet to give a fragment to.")
    }
  }

  private mutating func selectQuotation(_ session: Session) {
    let here = mark ?? offset(session) - 1
    let pairs = session.selector.quotations()
    guard let next = pairs.first(where: { $0.range.start > here }) ?? pairs.first else {
      answer = Page("This sentence has no quotation.")
      return
    }
    select(next.range, session)
  }

  private mutating func select(_ range: TextRange, _ session: Session) {
    mark = range.start
    moveCursor(to: range.end - 1, session)
  }

  private mutating func grow(_ session: Session) {
    let now = selection(session).last ?? TextRange(offset(session), offset(session))
    let larger = enclosing(session).filter { $0.contains(now) && $0 != now }
    guard let next = larger.min(by: { ($0.count, $0.start) < ($1.count, $1.start) }) else {
      answer = Page("Nothing larger stands here.")
      return
    }
    grown.append((mark, cursor))
    select(next, session)
  }

  private mutating func shrink(_ session: Session) {
    guard let last = grown.popLast() else {
      answer = Page("} selects more, { takes that back.")
      return
    }
    (mark, cursor) = last
  }

  /// Words, clauses, quotations and the sentence, as selections cover them.
  private func enclosing(_ session: Session) -> [TextRange] {
    guard session.document.sentences.count > 0 else { return [] }
    let text = session.document.text
    let words = session.selector.words(of: session.sentence)
    var ranges = words + session.selector.quotations().map(\.range)
    var start = 0
    for index in words.indices {
      let next = index + 1
      let gap = next < words.count ? text[TextRange(words[index].end, words[next].start)] : "."
      guard gap.contains(where: { ",;:.–—()“”„«»‘\"".contains($0) }) else { continue }
      ranges.append(session.selector.covering(TextRange(words[start].start, words[index].end)))
      start = next
    }
    ranges.append(session.selector.sentenceRange(session.sentence))
    return ranges
  }

  // MARK: lines

  private mutating func pressLine(_ key: Character, _ entry: Entry, _ text: String, _ session: inout Session) {
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
      if entry == .search { select(text + String(key), &session) }
      if case .target(let id) = entry, text.isEmpty, let line = targetLine(key, id, session) {
        pending = .nothing
        say(line, &session)
      }
    }
  }

  /// The spans that a target may be, nearest first; one digit takes one.
  func targets(of id: Int, _ session: Session) -> [Annotation] {
    guard let span = session.set.span(id) else { return [] }
    return session.set.spans
      .filter { $0.id != id && !session.scheme.relations(from: span.label, to: $0.label).isEmpty }
      .filter { session.scheme.label($0.label)?.kind == .content }
      .sorted { (abs($0.hull.start - span.hull.start), $0.id) < (abs($1.hull.start - span.hull.start), $1.id) }
  }

  private func targetLine(_ key: Character, _ id: Int, _ session: Session) -> String? {
    if key == "-" { return "\(id) > -" }
    guard let digit = key.wholeNumberValue, digit > 0 else { return nil }
    let targets = targets(of: id, session)
    return digit <= min(9, targets.count) ? "\(id) > \(targets[digit - 1].id)" : nil
  }

  private mutating func close(_ entry: Entry, _ text: String, _ session: inout Session) {
    switch entry {
    case .search:
      lastSearch = text
      answer = Page()
    case .speaker(let id): say("by \(id) \(text)", &session)
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
    case .speaker(let id): prefix = "by \(id) "
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

  /// Selects the next place of some words, in the sentence from the cursor on, then in the text.
  private mutating func select(_ words: String, _ session: inout Session) {
    let text = session.document.text
    guard !words.isEmpty, session.document.sentences.count > 0 else { return }
    let from = words == lastSearch ? offset(session) + 1 : session.document.sentences[session.sentence].start
    guard let place = Self.place(of: words, from: min(from, text.count), in: session) else {
      answer = Page("“\(Complaint.shortened(words))” does not stand in the text.")
      return
    }
    answer = Page()
    if let home = session.document.sentences.index(at: place.start), home != session.sentence {
      _ = session.go(to: home)
    }
    select(place, session)
  }

  /// Letters are sought as they are typed, the beginning of a word being enough.
  private static func place(of words: String, from: Int, in session: Session) -> TextRange? {
    let text = session.document.text
    let search = TextSearch(text: text)
    if let whole = search.places(of: words, in: TextRange(from, text.count), limit: 1).first { return whole }
    let here = session.document.sentences[session.sentence]
    let begun = Words.ranges(in: TextRange(min(from, here.end), here.end), of: text).first { word in
      text[TextRange(word.start, min(text.count, word.start + words.unicodeScalars.count))].lowercased()
        == words.lowercased()
    }
    return begun ?? search.places(of: words, in: text.range, limit: 1).first
  }

  // MARK: what the session does

  private mutating func say(_ line: String, _ session: inout Session) {
    answer = session.answer(line)
    if answer.sentence == .askedFor {
      cursor = 0
      clear()
    }
  }

  private mutating func walk(by step: Int, _ session: inout Session, keeping: Bool = false) {
    let before = session.sentence
    let page = session.answer(step > 0 ? "n" : "p")
    answer = page.isRefusal ? page : Page()
    guard session.sentence != before else { return }
    cursor = 0
    if !keeping, mark == nil { clear() }
  }

  /// Goes to the next sentence with something to suggest.
  private mutating func seekSuggestion(_ session: inout Session) {
    guard session.isSuggesting else { return say("suggest", &session) }
    guard let next = session.nextSuggestion else {
      answer = Page("Nothing to suggest in the \(Session.suggestionReach) sentences that follow.")
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
      answer = Page("No span stands at the cursor.")
      return
    }
    say("x \(span.id)", &session)
  }

  private mutating func takeSpanHere(_ session: inout Session) {
    guard let span = spanHere(session) else {
      answer = Page("No span stands at the cursor.")
      return
    }
    session.lastContent = span.id
    answer = Page("< > @ and = now speak of \(session.described(span)).")
  }
}
