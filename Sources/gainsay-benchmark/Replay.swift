import Commands
import Glibc
import Pages
import Prompt
import PseudoTerminals
import Standoff
import Storage
import Suggestion

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
  /// Keys of the same with what else gold says of the content: what it denies, its attributes and its speaker.
  private(set) var withAttributes: [Int?] = []

  /// - Parameter model: a kept model that suggests, too.
  init(_ gold: Gold, suggesting: Bool, model: [UInt8]? = nil, in root: String) throws {
    self.gold = gold
    self.suggesting = suggesting
    let disk = POSIXDisk()
    _ = try NewWorkspace.make(in: root, disk: disk)
    workspace = Workspace(root: root, disk: disk)
    try workspace.add(gold.document)
    if let model { try disk.replace(Paths.join(root, "Schemas/kept.model"), with: model) }
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
    Learning.key(fragments, text) == Learning.key(span.fragments, text)
  }

  /// Keys for each span that says something, by each way that reaches it.
  func run() -> [[Keystrokes.Way: Int]] {
    let contents = gold.set.inReadingOrder.filter { session.scheme.label($0.label)?.kind == .content }
    var all: [[Keystrokes.Way: Int]] = []
    stream = suggesting ? "v\r\t" : "v\r"
    // Entering the selector, and turning suggestions on, is counted with the first span.
    var entry = stream.count
    if suggesting { press("\t") }
    while session.isLearning { usleep(1000) }
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
        if isWholeAttribution(span) { measureWhole(span, keys.count + entry) }
      } else {
        let keys = ":\(line(span))\r"
        press(keys)
        stream += keys
        streamed.append(span)
        costs[.offsets] = keys.count + entry
        if isWholeAttribution(span) {
          wholeAttributions.append(nil)
          withAttributes.append(nil)
        }
      }
      entry = 0
      all.append(costs)
    }
    _ = session.close()
    return all
  }

  private func measureWhole(_ span: Annotation, _ marking: Int) {
    let parts = attach(span).map { marking + $0 }
    wholeAttributions.append(parts)
    let rest = complete(span)
    withAttributes.append(parts.flatMap { parts in rest.map { parts + $0 } })
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

  /// Carries out a line and takes it back.
  ///
  /// - Returns: the keys besides the line's that marked the span, for the first of the choices; nil if it was not marked.
  func marks(_ line: String, _ span: Annotation) -> Int? {
    let before = Set(session.set.spans.map(\.id))
    var keys = 0
    if session.answer(line).isRefusal {
      keys = 2
      guard session.offersChoices, !session.answer("1").isRefusal else { return nil }
    }
    let made = session.set.spans.filter { !before.contains($0.id) }
    _ = session.answer("u")
    return made.contains { $0.label == span.label && isReached($0.fragments, span) } ? keys : nil
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
      found += ["", "1", "2", "3"].map { (reach, "\(key)\r\($0)", false) }
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
    func codes(_ sentence: Int) -> [String] { SpanSelector.codes(words(of: sentence).count) }
    let (codes, endCodes) = (codes(from), codes(to))
    let start = steps(from - sentence) + codes[first] + steps(to - from)
    sentence = to
    var variants = [start + endCodes[last]]
    if last == words(of: to).count - 1 { variants.append(start + "$") }
    if from == to, first == last { variants.append(start + "\r") }
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
    var candidates = ["<\r"]
    var sentence = session.sentence
    if let ends = hints(source.hull, from: &sentence) {
      var after = sentence
      let cueEnds = hints(cue.hull, from: &after) ?? []
      candidates += ends.flatMap { end in cueEnds.map { "<" + end + $0 } } + ends.map { "<" + $0 + "\r" }
    }
    sentence = session.sentence
    if let cueEnds = hints(cue.hull, from: &sentence) { candidates += cueEnds.map { "<<" + $0 } }
    return least(candidates) { has(source) && has(cue) }
  }

  /// Gives a span the targets and the attributes that gold gives it; its speaker may stand on its source.
  ///
  /// The real prompt is not given these keys: there, spans have other numbers, as what was tried spends some.
  ///
  /// - Returns: the keys; nil where they do not bring it about.
  private func complete(_ span: Annotation) -> Int? {
    guard let made = session.lastContentSpan else { return nil }
    let typed = stream
    defer { stream = typed }
    var keys = 0
    for relation in gold.set.relations where relation.from == span.id && relation.type == "denies" {
      guard let target = target(relation.to) else { return nil }
      func isRelated() -> Bool {
        session.set.relations.contains { $0.from == made.id && $0.type == "denies" && $0.to == target.made }
      }
      if isRelated() { continue }
      guard let cost = least([">\(target.typed)", ">\(target.typed)\r"], until: isRelated) else { return nil }
      keys += cost
    }
    for (name, value) in attributes(of: span, in: gold.set).sorted(by: { $0.key < $1.key }) {
      func isSet() -> Bool {
        session.set.span(made.id).map { attributes(of: $0, in: session.set)[name] == value } ?? false
      }
      if isSet() { continue }
      guard let cost = least(candidates(name, value), until: isSet) else { return nil }
      keys += cost
    }
    return keys
  }

  private func candidates(_ attribute: String, _ value: String) -> [String] {
    let sign = ["about": "*", "negation": "!", "attribution": "&", "speaker": "@"][attribute] ?? ""
    let begun = (1..<max(2, value.count)).map { "\(sign)\(value.prefix($0))\t\r" }
    return (attribute == "speaker" ? ["="] : []) + (1...9).map { "\(sign)\($0)" } + begun + ["\(sign)\(value)\r"]
  }

  private func target(_ target: Relation.Target) -> (made: Relation.Target, typed: String)? {
    guard case .span(let id) = target else { return (.absent(""), "-") }
    guard let span = gold.set.span(id),
      let made = session.set.spans.first(where: { $0.label == span.label && isReached($0.fragments, span) })
    else { return nil }
    return (.span(made.id), String(made.id))
  }

  /// A span's attributes, with the speaker of its source where it names none itself.
  private func attributes(of span: Annotation, in set: AnnotationSet) -> [String: String] {
    var attributes = span.attributes
    for relation in set.relations where relation.from == span.id && attributes["speaker"] == nil {
      guard case .span(let id) = relation.to, let part = set.span(id) else { continue }
      attributes["speaker"] = part.attributes["speaker"]
    }
    return attributes
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
