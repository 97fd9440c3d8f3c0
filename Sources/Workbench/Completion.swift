import Standoff
import Storage

/// What may stand at the cursor, and how much of the line it replaces.
public struct Completion: Equatable, Sendable {
  /// Whole words that may stand here, best first.
  public let candidates: [String]
  /// Characters before the cursor that a candidate replaces.
  public let replaced: Int

  /// - Parameter line: the line up to the cursor.
  public init(_ line: String, in session: Session) {
    let (verb, rest) = Session.split(line, session.scheme)
    let isVerb = !line.contains(where: \.isWhitespace) && rest.isEmpty
    let stem = String(line.reversed().prefix { !$0.isWhitespace }.reversed())
    if isVerb {
      let names = CommandTable.all(session.scheme).flatMap(\.names)
      candidates = names.filter { $0.hasPrefix(stem) && $0 != ">" }
      replaced = stem.count
      return
    }
    guard let command = CommandTable.command(verb, session.scheme),
      let (parameter, argument, values) = Self.parameter(command, rest, session)
    else {
      (candidates, replaced) = ([], 0)
      return
    }
    (candidates, replaced) = Self.candidates(parameter, argument, session, values)
  }

  /// The parameter that the cursor stands in, what was typed of it, and the values before it.
  private static func parameter(
    _ command: Command, _ rest: Substring, _ session: Session
  ) -> (Parameter, String, [Value?])? {
    var rest = rest
    var values: [Value?] = []
    for parameter in command.parameters {
      var tail = rest.drop { $0.isWhitespace }
      switch parameter.kind {
      case .selection, .labelOrSelection, .value, .speaker, .text, .words: return (parameter, String(tail), values)
      default: break
      }
      guard tail.contains(where: \.isWhitespace) else { return (parameter, String(tail), values) }
      guard let value = try? parameter.parse(&tail, session, after: values) else { return nil }
      values.append(value)
      rest = tail
    }
    return nil
  }

  private static func candidates(
    _ parameter: Parameter, _ argument: String, _ session: Session, _ values: [Value?]
  ) -> ([String], Int) {
    func matching(_ words: [String]) -> ([String], Int) {
      let quoted = words.map { $0.contains(" ") ? "\"\($0)\"" : $0 }
      let found = quoted.filter { $0.lowercased().hasPrefix(argument.lowercased()) && $0 != argument }
      return (found, argument.count)
    }
    switch parameter.kind {
    case .selection: return words(argument, session)
    case .labelOrSelection:
      let labels = matching(session.scheme.labels.map(\.name))
      return labels.0.isEmpty ? words(argument, session) : labels
    case .label: return matching(session.scheme.labels.map(\.name))
    case .span, .target: return matching(nearbySpans(session).map { String($0.id) })
    case .relation:
      let names = session.scheme.relations.map(\.name)
      guard case .span(let span)? = values.first ?? nil else { return matching(names) }
      return matching(session.scheme.relations.filter { $0.from.contains(span.label) }.map(\.name))
    case .attribute: return matching(Parameter.attributes(session, after: values).map(\.name))
    case .value:
      guard case .text(let name)? = values.last ?? nil else { return ([], 0) }
      return matching(session.scheme.attribute(name)?.values ?? used(name, session))
    case .speaker: return matching(used("speaker", session))
    case .document: return matching((try? session.workspace.documentNames()) ?? [])
    case .topic:
      return matching(CommandTable.all(session.scheme).flatMap(\.names) + ["words", "guideline"])
    case .listing: return matching(session.scheme.labels.map(\.name) + ["documents"])
    case .number, .text, .words: return ([], 0)
    }
  }

  /// Words of the sentence that begin as the last word typed does, from where the selection has come to.
  private static func words(_ argument: String, _ session: Session) -> ([String], Int) {
    guard session.document.sentences.count > 0 else { return ([], 0) }
    let text = session.document.text
    let separators = argument.lastIndex { $0 == " " || $0 == "." || $0 == "\"" }
    let stem = separators.map { String(argument[argument.index(after: $0)...]) } ?? argument
    let words = session.selector.words(of: session.sentence)
    var from = 0
    if let dots = argument.range(of: "..") {
      let sentence = session.document.sentences[session.sentence]
      let start = TextSearch(text: text).places(of: String(argument[..<dots.lowerBound]), in: sentence, limit: 1)
      from = start.first?.end ?? 0
    }
    var candidates: [String] = []
    for word in words where word.start >= from {
      let text = text[word]
      if text.lowercased().hasPrefix(stem.lowercased()), !candidates.contains(text) { candidates.append(text) }
    }
    return (candidates, stem.count)
  }

  /// Spans of the sentence first, then the others from the nearest on.
  private static func nearbySpans(_ session: Session) -> [Annotation] {
    guard session.document.sentences.count > 0 else { return [] }
    let here = session.document.sentences[session.sentence]
    func distance(_ span: Annotation) -> Int {
      span.hull.overlaps(here) ? 0 : abs(span.hull.start - here.start)
    }
    return session.set.spans.sorted { (distance($0), $0.id) < (distance($1), $1.id) }
  }

  /// Values that this document's spans have already, the last first.
  private static func used(_ attribute: String, _ session: Session) -> [String] {
    session.set.spans.reversed().compactMap { $0.attributes[attribute] }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
  }
}
