import Commands
package import Pages
import Standoff
import Storage

/// The candidates for the word at the cursor, and how much of the line they replace.
package struct Completion: Equatable, Sendable {
  /// A possible completion.
  package struct Candidate: Equatable, Sendable {
    /// The text to insert.
    package let text: String
    /// An explanation where the text needs one: the words of a span.
    package let note: String

    init(_ text: String, _ note: String = "") {
      self.text = text
      self.note = note
    }
  }

  /// The candidates, best first.
  package let candidates: [Candidate]
  /// The number of characters before the cursor that a candidate replaces.
  package let replaced: Int

  /// A page of candidates: all on one line, or a line each if they need explanation.
  package static func page(_ candidates: [Candidate]) -> Page {
    if candidates.allSatisfy(\.note.isEmpty) { return Page(candidates.prefix(60).map(\.text).joined(separator: "  ")) }
    return Page(candidates.prefix(20).map { Page.Line("\($0.text)  \($0.note)", indent: 4) })
  }

  private init(_ candidates: [Candidate], replacing stem: String) {
    self.candidates = candidates
    replaced = stem.count
  }

  /// - Parameter line: the line up to the cursor.
  package init(_ line: String, in session: Session) {
    let (word, rest) = Session.split(line, session.scheme)
    if !line.contains(where: \.isWhitespace), rest.isEmpty {
      let names = Verbs.all(session.scheme).flatMap(\.names)
      self = Self.matching(names.filter { $0 != ">" && $0 != "<" }.map { Candidate($0) }, line)
      return
    }
    guard let verb = Verbs.verb(word, session.scheme),
      let (parameter, argument, values) = Self.parameter(verb, rest, session)
    else {
      self.init([], replacing: "")
      return
    }
    self = Self.completion(of: argument, as: parameter, verb, session, values)
  }

  /// The candidates that begin with what was typed.
  private static func matching(_ candidates: [Candidate], _ stem: String) -> Completion {
    let found = candidates.filter { $0.text.lowercased().hasPrefix(stem.lowercased()) && $0.text != stem }
    return Completion(found, replacing: stem)
  }

  private static func matching(_ words: [String], _ stem: String) -> Completion {
    let isQuoted = stem.hasPrefix("\"")
    return matching(words.map { Candidate(isQuoted ? "\"\($0)\"" : $0) }, stem)
  }

  /// The parameter at the cursor, what was typed of it, and the values before it.
  private static func parameter(
    _ verb: Verb, _ rest: Substring, _ session: Session
  ) -> (Parameter, String, [ParameterValue?])? {
    var rest = rest
    var values: [ParameterValue?] = []
    for parameter in verb.parameters {
      var tail = rest.drop { $0.isWhitespace }
      switch parameter.kind {
      case .selection, .chain, .suggestion, .labelOrSelection, .value, .speaker, .text, .words:
        return (parameter, String(tail), values)
      default: break
      }
      guard tail.contains(where: \.isWhitespace) else { return (parameter, String(tail), values) }
      guard let value = try? parameter.parse(&tail, session, after: values) else { return nil }
      values.append(value)
      rest = tail
    }
    return nil
  }

  private static func completion(
    of argument: String, as parameter: Parameter, _ verb: Verb, _ session: Session, _ values: [ParameterValue?]
  ) -> Completion {
    let labels = session.scheme.labels.map(\.name)
    switch parameter.kind {
    case .selection: return words(argument, session)
    case .chain: return chain(["<", ">"].contains(verb.name) ? "\(verb.name) \(argument)" : argument, session)
    case .suggestion, .labelOrSelection:
      let found = matching(labels, argument)
      return found.candidates.isEmpty ? words(argument, session) : found
    case .label: return matching(labels, argument)
    case .span: return matching(spans(session), argument)
    case .spans:
      let last = argument.lastIndex { $0.isWhitespace }.map { argument[argument.index(after: $0)...] } ?? argument[...]
      return matching(spans(session), String(last))
    case .target: return matching(spans(session, besides: values), argument)
    case .relation:
      guard case .span(let span)? = values.first ?? nil else {
        return matching(session.scheme.relations.map(\.name), argument)
      }
      return matching(session.scheme.relations.filter { $0.from.contains(span.label) }.map(\.name), argument)
    case .attribute: return matching(Parameter.attributes(session, after: values).map(\.name), argument)
    case .documentAttribute: return matching(session.scheme.documentAttributes.map(\.name), argument)
    case .value:
      guard case .text(let name)? = values.last ?? nil else { return Completion([], replacing: "") }
      if verb.name == "set doc" {
        return matching(session.scheme.documentAttribute(name)?.values ?? [], argument)
      }
      return matching(candidates(for: name, session), argument)
    case .speaker: return matching(speakers(session), argument)
    case .document: return matching(documents(session), argument)
    case .topic: return matching(Help.topics(session.scheme), argument)
    case .listing: return matching(labels + session.scheme.attributes.map(\.name) + Session.listings, argument)
    case .words: return options(argument, of: verb, session)
    case .text: return words(argument, session)
    case .number: return Completion([], replacing: "")
    }
  }

  // MARK: words of the text

  /// Completes a part of a chain: words, after `#` the number of a span, after an attribute's `=` its value.
  private static func chain(_ argument: String, _ session: Session) -> Completion {
    let word = argument[
      (argument.lastIndex(where: \.isWhitespace).map(argument.index(after:)) ?? argument.startIndex)...]
    if let equals = word.firstIndex(of: "=") {
      let name = String(word[..<equals])
      if name == "by" || session.scheme.attribute(name) != nil {
        return values(of: name, String(word[word.index(after: equals)...]), session)
      }
    }
    func steps(_ text: String) -> Int { session.chain(text + " x").steps.count }
    guard let sign = argument.lastIndex(where: { "<>".contains($0) }),
      steps(argument) == steps(String(argument[...sign])), steps(argument) > 0
    else { return words(argument, session) }
    let step = String(argument[argument.index(after: sign)...].drop { $0.isWhitespace })
    if step.hasPrefix("#") {
      return matching(spans(session).map { Candidate("#\($0.text)", $0.note) }, step)
    }
    return words(step, session)
  }

  /// Words of the sentence that begin like the last word typed and follow the words before it, searching after the
  /// selection's start. Those that leave only one match come first. If the sentence has none, the following sentences
  /// are searched.
  private static func words(_ argument: String, _ session: Session) -> Completion {
    guard session.document.sentences.count > 0 else { return Completion([], replacing: "") }
    let text = session.document.text
    let search = TextSearch(text: text)
    var phrase = argument
    if let plus = phrase.range(of: " + ", last: true) { phrase = String(phrase[plus.upperBound...]) }
    let here = session.document.sentences[session.sentence]
    var from = here.start
    if let dots = phrase.range(of: "..") {
      from = search.places(of: String(phrase[..<dots.lowerBound]), in: here, limit: 1).first?.end ?? here.start
      phrase = String(phrase[dots.upperBound...])
    }
    let typed = phrase.drop { $0 == "\"" || $0.isWhitespace }
    let stem = String(typed.reversed().prefix { !$0.isWhitespace }.reversed())
    let before = String(typed.dropLast(stem.count)).trimmingBlanks()
    for sentence in session.sentence..<min(session.document.sentences.count, session.sentence + 20) {
      let range = session.document.sentences[sentence]
      let part = TextRange(max(range.start, min(from, range.end)), range.end)
      let found = following(before, stem, in: part, session)
      guard !found.isEmpty else { continue }
      let unique = found.filter { word in
        search.places(of: before.isEmpty ? word : "\(before) \(word)", in: part, limit: 2).count == 1
      }
      return Completion((unique + found.filter { !unique.contains($0) }).map { Candidate($0) }, replacing: stem)
    }
    return Completion([], replacing: "")
  }

  /// The distinct words in a range that begin with a stem, right after given words.
  private static func following(
    _ before: String, _ stem: String, in range: TextRange, _ session: Session
  ) -> [String] {
    let text = session.document.text
    let words = Words.ranges(in: range, of: text)
    var ends: Set<Int>?
    if !before.isEmpty { ends = Set(TextSearch(text: text).places(of: before, in: range).map(\.end)) }
    var found: [String] = []
    for (index, word) in words.enumerated() {
      if let ends, index == 0 || !ends.contains(where: { words[index - 1].end <= $0 && $0 <= word.start }) { continue }
      let written = text[word]
      if written.lowercased().hasPrefix(stem.lowercased()), written != stem, !found.contains(written) {
        found.append(written)
      }
    }
    return found
  }

  // MARK: values used before

  private static func candidates(for attribute: String, _ session: Session) -> [String] {
    if ["speaker", "by"].contains(attribute) { return speakers(session) }
    return session.scheme.attribute(attribute)?.values ?? used(attribute, session)
  }

  /// Values after an equals sign, in quotes where they have blanks.
  private static func values(of attribute: String, _ stem: String, _ session: Session) -> Completion {
    let begun = (stem.hasPrefix("\"") ? stem.dropFirst() : stem[...]).lowercased()
    let found = candidates(for: attribute, session).filter { $0.lowercased().hasPrefix(begun) && $0 != stem }
    return Completion(
      found.map { Candidate($0.contains(where: \.isWhitespace) || stem.hasPrefix("\"") ? "\"\($0)\"" : $0) },
      replacing: stem)
  }

  /// Spans by number with their words: those of the sentence first, then the others, nearest first.
  private static func spans(_ session: Session, besides values: [ParameterValue?] = []) -> [Candidate] {
    guard session.document.sentences.count > 0 else { return [] }
    let here = session.document.sentences[session.sentence]
    func distance(_ span: Annotation) -> Int {
      span.hull.overlaps(here) ? 0 : abs(span.hull.start - here.start)
    }
    let from: Annotation? = if case .span(let span)? = values.first ?? nil { span } else { nil }
    return session.set.spans
      .filter { span in from.map { !session.scheme.relations(from: $0.label, to: span.label).isEmpty } ?? true }
      .sorted { (distance($0), $0.id) < (distance($1), $1.id) }
      .map { span in
        Candidate(String(span.id), "\(span.label) ‹\(Complaint.shortened(session.document.text[span.hull], to: 40))›")
      }
  }

  /// Values that this document's spans already have, latest first, then those of the team's list.
  private static func used(_ attribute: String, _ session: Session) -> [String] {
    let listed = attribute == "about" ? session.lists.matters.map(\.key) : []
    return distinct(session.set.spans.reversed().compactMap { $0.attributes[attribute] } + listed)
  }

  /// Candidates for the speaker: earlier speakers, latest first, then the team's list, then names in the text so far.
  private static func speakers(_ session: Session) -> [String] {
    let text = session.document.text
    let sources = session.set.spans.reversed().filter { session.scheme.label($0.label)?.kind == .source }
      .map { text[$0.hull] }.filter { $0.first?.isUppercase == true && $0.contains(" ") }
    var names: [String] = []
    for sentence in (max(0, session.sentence - 40)...session.sentence).reversed()
    where sentence < session.document.sentences.count {
      names += Self.names(in: session.document.sentences[sentence], text).reversed()
    }
    return distinct(used("speaker", session) + session.lists.speakers.map(\.name) + sources + names)
  }

  /// Runs of two to four capitalised words.
  private static func names(in range: TextRange, _ text: DocumentText) -> [String] {
    var names: [String] = []
    var run: [TextRange] = []
    func close() {
      if (2...4).contains(run.count), let first = run.first, let last = run.last {
        names.append(text[TextRange(first.start, last.end)])
      }
      run = []
    }
    for word in Words.ranges(in: range, of: text) {
      if let last = run.last, text[TextRange(last.end, word.start)] != " " { close() }
      if text[word].first?.isUppercase == true { run.append(word) } else { close() }
    }
    close()
    return names
  }

  private static func distinct(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  private static func documents(_ session: Session) -> [String] {
    (try? session.workspace.documentNames()) ?? []
  }

  // MARK: options of shell commands

  private static func options(_ argument: String, of verb: Verb, _ session: Session) -> Completion {
    let stem = String(argument.reversed().prefix { !$0.isWhitespace }.reversed())
    let words = argument.dropLast(stem.count).split(separator: " ")
    guard let options = verb.options else {
      return matching(verb.name == "suggest" && words.isEmpty ? ["all", "off"] : [], stem)
    }
    let table = OptionTable(of: options)
    if let last = words.last, let option = table[last], option.value != nil {
      return matching(values(of: option, stem, session), stem)
    }
    if stem.hasPrefix("-") { return matching(table.options.map(\.name).filter { !$0.isEmpty }, stem) }
    // Values of options are not arguments.
    var arguments = 0
    for (index, word) in words.enumerated() where !word.hasPrefix("-") {
      if index == 0 || table[words[index - 1]]?.value == nil { arguments += 1 }
    }
    let positional = table.options.filter(\.name.isEmpty)
    guard let argument = positional.indices.contains(arguments) ? positional[arguments] : positional.last else {
      return Completion([], replacing: "")
    }
    return matching(values(of: argument, stem, session), stem)
  }

  /// An option's possible values: those that it declares, else those that its name stands for in the workspace.
  private static func values(of option: OptionTable.Option, _ stem: String, _ session: Session) -> [String] {
    if !option.values.isEmpty { return option.values }
    if option.isPath { return paths(stem, session) }
    return switch option.value {
    case "label": session.scheme.labels.map(\.name)
    case "annotator", "annotators": (try? session.workspace.annotatorsAndGold(of: session.document.id)) ?? []
    case "document": documents(session)
    default: []
    }
  }

  private static func paths(_ stem: String, _ session: Session) -> [String] {
    let (folder, name) = stem.contains("/") ? Paths.split(stem) : (".", stem)
    let names = (try? session.workspace.wholeDisk.names(in: folder)) ?? []
    return names.filter { name.hasPrefix(".") || !$0.hasPrefix(".") }.sorted().map { entry in
      let path = stem.contains("/") ? Paths.join(folder, entry) : entry
      let isFolder = (try? session.workspace.wholeDisk.entry(path))?.isFolder == true
      return isFolder ? path + "/" : path
    }
  }
}
