import Commands
import Pages
import Prompt
import PseudoTerminals
import Standoff
import Storage

/// One document marked anew, in the order of reading.
final class Replay {
  let gold: Gold
  private let suggesting: Bool
  private let workspace: Workspace
  var session: Session
  private var selector = SpanSelector()
  /// Keys typed so far in the selector, from the first prompt on.
  private var stream = ""
  /// Gold spans that the stream marks.
  private var streamed: [Annotation] = []
  /// Keys of each whole attribution: content, source, cue and the two relations.
  private(set) var wholeAttributions: [Int?] = []

  init(_ gold: Gold, suggesting: Bool, in root: String) throws {
    self.gold = gold
    self.suggesting = suggesting
    let disk = POSIXDisk()
    _ = try NewWorkspace.make(in: root, disk: disk)
    workspace = Workspace(root: root, disk: disk)
    try workspace.add(gold.document)
    session = try Session(
      in: workspace, document: gold.document.id, annotator: Corpus.annotator, scheme: gold.set.scheme.name,
      canAsk: true, me: "benchmark"
    ) { Corpus.time }
  }

  var text: DocumentText { gold.document.text }

  func home(_ span: Annotation) -> Int { gold.document.sentences.index(at: span.hull.start) ?? 0 }

  func words(of sentence: Int) -> [TextRange] {
    Words.ranges(in: gold.document.sentences[sentence], of: text)
  }

  private func isReached(_ fragments: [TextRange], _ span: Annotation) -> Bool {
    Suggestions.key(fragments, text) == Suggestions.key(span.fragments, text)
  }

  /// Keys for each span that says something, by each way that reaches it.
  func run() -> [[Keystrokes.Way: Int]] {
    let contents = gold.set.inReadingOrder.filter { session.scheme.label($0.label)?.kind == .content }
    var all: [[Keystrokes.Way: Int]] = []
    stream = suggesting ? "v\r\t" : "v\r"
    // Entering the selector, and turning suggestions on, is counted with the first span.
    var entry = stream.count
    if suggesting { press("\t") }
    for span in contents {
      let start = session.sentence
      var costs: [Keystrokes.Way: Int] = [:]
      if !suggesting {
        let reach = reachByPrompt(from: start, to: home(span))
        costs[.numbers] = numbers(span).map { $0 + reach }
        costs[.typed] = typed(span).map { $0 + reach }
        goBack(to: start)
      }
      let (keys, isSuggestion) = markInSelector(span)
      if let keys {
        costs[suggesting && isSuggestion ? .suggested : .selector] = keys.count + entry
        stream += keys
        streamed.append(span)
        if isWholeAttribution(span) { wholeAttributions.append(attach(span).map { keys.count + entry + $0 }) }
      } else {
        let keys = ":\(line(span))\r"
        press(keys)
        stream += keys
        streamed.append(span)
        costs[.offsets] = keys.count + entry
        if isWholeAttribution(span) { wholeAttributions.append(nil) }
      }
      entry = 0
      all.append(costs)
    }
    _ = session.close()
    return all
  }

  private func line(_ span: Annotation) -> String {
    let key = session.scheme.label(span.label)?.key ?? ""
    return "\(key) " + span.fragments.map { "@\($0)" }.joined(separator: " + ")
  }

  // MARK: lines of the prompt

  /// Enters from sentence to sentence, or `g 12` and Enter.
  private func reachByPrompt(from start: Int, to home: Int) -> Int {
    _ = session.answer("g \(home + 1)")
    let steps = abs(home - start)
    return home > start ? min(steps, "g \(home + 1)".count + 1) : start == home ? 0 : "g \(home + 1)".count + 1
  }

  private func goBack(to sentence: Int) {
    _ = session.answer("g \(sentence + 1)")
  }

  /// Carries out a line and takes it back: whether it marked the span.
  func marks(_ line: String, _ span: Annotation) -> Bool {
    let before = Set(session.set.spans.map(\.id))
    guard !session.answer(line).isRefusal else { return false }
    let made = session.set.spans.filter { !before.contains($0.id) }
    _ = session.answer("u")
    return made.contains { $0.label == span.label && isReached($0.fragments, span) }
  }

  // MARK: keys of the selector

  private func press(_ keys: String) {
    for key in keys.unicodeScalars { selector.press(key, in: &session) }
  }

  /// Marks a span by the fewest keys and leaves it marked.
  private func markInSelector(_ span: Annotation) -> (keys: String?, isSuggestion: Bool) {
    let (before, start) = (selector, session.sentence)
    var best: String?
    var isSuggestion = false
    for (reach, keys, isTaking) in candidates(span) {
      let all = reach + keys
      guard all.count < best?.count ?? .max else { continue }
      if tries(all, span) {
        best = all
        isSuggestion = isTaking
      }
      selector = before
      _ = session.answer("g \(start + 1)")
    }
    selector = before
    guard let best else { return (nil, false) }
    press(best)
    return (best, isSuggestion)
  }

  private func tries(_ keys: String, _ span: Annotation) -> Bool {
    let before = session.set
    let edits = session.editCount
    press(keys)
    let made = session.set.spans.filter { before.span($0.id) == nil }
    let isMarked = made.contains { $0.label == span.label && isReached($0.fragments, span) }
    selector.interrupt()
    while session.editCount > edits { _ = session.answer("u") }
    return isMarked
  }

  /// Ways to reach the sentence, and ways to mark the span there.
  private func candidates(_ span: Annotation) -> [(reach: String, keys: String, isTaking: Bool)] {
    guard let key = session.scheme.label(span.label)?.key else { return [] }
    let steps = home(span) - session.sentence
    var reaches = [steps >= 0 ? String(repeating: "\r", count: steps) : String(repeating: "p", count: -steps)]
    if abs(steps) > 5 { reaches.append(":g \(home(span) + 1)\r") }
    if suggesting, steps > 1 {
      for tabs in 1..<steps { reaches.append(String(repeating: "\t", count: tabs)) }
    }
    var found: [(String, String, Bool)] = []
    for reach in reaches {
      if suggesting { found += ["a", "2", "3", "4", "5"].map { (reach, $0, true) } }
      found.append((reach, key + "\r", false))
      found += (1...3).map { (reach, String(repeating: "\"", count: $0) + key, false) }
      if let keys = hinted(span, key) { found += keys.map { (reach, $0, false) } }
    }
    return found
  }

  /// The label's key, and for each fragment the hints of its first and last word.
  private func hinted(_ span: Annotation, _ key: String) -> [String]? {
    var variants = [""]
    var sentence = home(span)
    for (index, fragment) in span.fragments.enumerated() {
      guard let ends = hints(fragment, from: &sentence) else { return nil }
      variants = variants.flatMap { start in ends.map { start + (index == 0 ? key : "+") + $0 } }
    }
    return variants
  }

  /// The hints of a fragment, with the steps from sentence to sentence.
  private func hints(_ fragment: TextRange, from sentence: inout Int) -> [String]? {
    guard let from = gold.document.sentences.index(at: fragment.start),
      let to = gold.document.sentences.index(at: max(fragment.start, fragment.end - 1)),
      let first = words(of: from).firstIndex(where: { $0.end > fragment.start }),
      let last = words(of: to).lastIndex(where: { $0.start < fragment.end })
    else { return nil }
    func steps(_ count: Int) -> String { String(repeating: count > 0 ? "\u{E}" : "\u{10}", count: abs(count)) }
    // In another sentence the cursor stands at the first word.
    func codes(_ sentence: Int) -> [String] {
      sentence == session.sentence ? selector.hints(session) : SpanSelector.codes(words(of: sentence).count)
    }
    let (codes, endCodes) = (codes(from), codes(to))
    let start = steps(from - sentence) + codes[first] + steps(to - from)
    sentence = to
    var variants = [start + endCodes[last]]
    if last == words(of: to).count - 1 { variants.append(start + "\r") }
    return variants
  }

  // MARK: whole attributions

  /// The sources or cues that gold gives a span.
  private func parts(_ kind: Scheme.Label.Kind, of span: Annotation) -> [Annotation] {
    gold.set.relations.filter { $0.from == span.id }.compactMap { relation -> Annotation? in
      guard case .span(let id) = relation.to, let part = gold.set.span(id) else { return nil }
      return session.scheme.label(part.label)?.kind == kind ? part : nil
    }
  }

  private func isWholeAttribution(_ span: Annotation) -> Bool {
    !parts(.source, of: span).isEmpty && !parts(.cue, of: span).isEmpty
  }

  /// Gives a span that was marked the source and the cue that gold gives it, the first of each.
  ///
  /// - Returns: the keys; nil where they do not bring it about.
  private func attach(_ span: Annotation) -> Int? {
    guard let source = parts(.source, of: span).first, let cue = parts(.cue, of: span).first,
      let made = session.lastContentSpan
    else { return nil }
    func has(_ part: Annotation) -> Bool {
      session.set.relations.contains { relation in
        guard relation.from == made.id, case .span(let id) = relation.to, let other = session.set.span(id) else {
          return false
        }
        return other.label == part.label && isReached(other.fragments, part)
      }
    }
    if has(source), has(cue) { return 0 }
    // What was taken with a wrong source or cue is not whole; mending it is not counted as whole either.
    let isUntied = !session.set.relations.contains { $0.from == made.id }
    guard isUntied else { return mended(source, cue, made, has) }
    var candidates = ["<\r"]
    var sentence = session.sentence
    if let ends = hints(source.hull, from: &sentence) {
      var after = sentence
      if let cueEnds = hints(cue.hull, from: &after) {
        candidates += ends.flatMap { end in cueEnds.map { "<" + end + "<" + $0 } }
      }
    }
    return least(candidates) { has(source) && has(cue) }
  }

  /// Takes the wrong parts off and gives the right ones.
  private func mended(
    _ source: Annotation, _ cue: Annotation, _ made: Annotation, _ has: (Annotation) -> Bool
  ) -> Int? {
    var keys = 0
    for (part, isSource) in [(source, true), (cue, false)] where !has(part) {
      let wrong = session.set.relations.filter { $0.from == made.id }.compactMap { relation -> Annotation? in
        guard case .span(let id) = relation.to, let other = session.set.span(id) else { return nil }
        return other.label == part.label ? other : nil
      }
      for other in wrong {
        let line = ":x \(other.id)\r"
        press(line)
        stream += line
        keys += line.count
      }
      var sentence = session.sentence
      guard let ends = hints(part.hull, from: &sentence) else { return nil }
      let sign = isSource ? "<" : "<<"
      let variants = ends.map { sign + $0 } + ends.map { "<" + $0 }
      guard let cost = least(variants, until: { has(part) }) else { return nil }
      keys += cost
    }
    return keys
  }

  /// Carries out the shortest keys that bring something about.
  private func least(_ candidates: [String], until isDone: () -> Bool) -> Int? {
    let (before, start) = (selector, session.sentence)
    for keys in candidates.sorted(by: { $0.count < $1.count }) {
      let edits = session.editCount
      press(keys)
      if isDone() {
        stream += keys
        return keys.count
      }
      selector.interrupt()
      while session.editCount > edits { _ = session.answer("u") }
      selector = before
      _ = session.answer("g \(start + 1)")
    }
    return nil
  }

  // MARK: the real prompt

  /// Types all keys at the real prompt and looks at the file.
  ///
  /// - Returns: spans that are as gold has them, and all that were to be.
  func confirm() throws -> (right: Int, all: Int) {
    let program = Paths.join(Paths.split(CommandLine.arguments[0]).folder, "gainsay")
    let name = "typist"
    let terminal = try PseudoTerminal(
      program,
      [
        "annotate", gold.document.id, "--as", name, "-C", workspace.root, "--scheme", gold.set.scheme.name, "--at", "1",
      ], environment: ["TERM": "xterm", "HOME": workspace.root, "PATH": "/usr/bin:/bin"], rows: 50, columns: 200)
    try terminal.expect("> ")
    try terminal.send("v\r")
    try terminal.expect("Esc leaves")
    for key in stream.dropFirst(2) {
      try terminal.send(String(key))
      try terminal.expect("\u{1B}[?25h")
    }
    try terminal.send("\u{4}")
    try terminal.expect("> ")
    try terminal.send("quit\r")
    _ = try terminal.wait()
    let made = try workspace.annotations(of: name, on: gold.document)?.spans ?? []
    let right = streamed.count { span in
      made.contains { $0.label == span.label && isReached($0.fragments, span) }
    }
    return (right, streamed.count)
  }
}
