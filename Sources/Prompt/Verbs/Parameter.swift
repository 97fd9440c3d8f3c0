import Pages
import Standoff

/// A parameter of a verb: its name in the help, how it is read, and what it accepts.
struct Parameter: Sendable {
  enum Kind: Sendable {
    case selection
    /// A selection, optionally with source, cue and target.
    case chain
    /// The number of a suggestion, and what to change in it.
    case suggestion
    case labelOrSelection
    case span
    case spans
    case target
    case relation
    case attribute
    /// An attribute of documents.
    case documentAttribute
    case value
    case speaker
    case text
    case number
    case document
    case topic
    case listing
    case label
    case words
  }

  let kind: Kind
  let noun: String
  let isOptional: Bool

  init(_ kind: Kind, _ noun: String, optional: Bool = false) {
    self.kind = kind
    self.noun = noun
    isOptional = optional
  }
}

/// The value of an argument.
enum ParameterValue: Equatable, Sendable {
  case label(Scheme.Label)
  case span(Annotation)
  case spans([Annotation])
  case absent(String)
  case number(Int)
  /// Text as typed; a selection is not looked up yet.
  case text(String)
}

extension Parameter {
  /// Reads this parameter from the front of the rest of a line.
  func parse(_ rest: inout Substring, _ session: Session, after values: [ParameterValue?]) throws(Complaint)
    -> ParameterValue?
  {
    rest = rest.drop { $0.isWhitespace }
    if rest.isEmpty {
      if isOptional { return nil }
      throw Complaint("\(noun) \(noun.hasSuffix("S") ? "are" : "is") missing.", expectation(session, after: values))
    }
    switch kind {
    case .span:
      return .span(try span(takeWord(&rest), session))
    case .spans:
      let words = takeAll(&rest).split { $0.isWhitespace || $0 == "," }.map(String.init)
      var spans: [Annotation] = []
      for word in words {
        let span = try span(word, session)
        if !spans.contains(where: { $0.id == span.id }) { spans.append(span) }
      }
      return .spans(spans)
    case .target:
      let word = takeWord(&rest)
      return word == "-" ? .absent(Self.unquoted(takeAll(&rest))) : .span(try span(word, session))
    case .number:
      let word = takeWord(&rest)
      guard let number = Int(word) else {
        throw Complaint("“\(word)” is not a number.", expectation(session, after: values), culprit: word)
      }
      return .number(number)
    case .label:
      return .label(try label(takeWord(&rest), session))
    case .labelOrSelection:
      let argument = takeAll(&rest)
      if let label = session.scheme.label(argument) { return .label(label) }
      return .text(argument)
    case .speaker:
      let argument = takeAll(&rest)
      let digits = argument.hasPrefix("#") ? argument.dropFirst() : argument[...]
      if !digits.isEmpty, digits.allSatisfy(\.isNumber) { return .span(try span(argument, session)) }
      if argument.hasPrefix("\""), !argument.dropFirst().hasSuffix("\"") {
        throw Complaint("The quotation mark is not closed.", "Close it, or leave it out.", culprit: argument)
      }
      return .text(Self.unquoted(argument))
    case .value: return .text(Self.unquoted(takeAll(&rest)))
    case .relation, .attribute, .documentAttribute, .document, .listing: return .text(takeWord(&rest))
    case .selection, .chain, .suggestion, .text, .topic, .words: return .text(takeAll(&rest))
    }
  }

  /// A sentence on what this parameter accepts.
  func expectation(_ session: Session, after values: [ParameterValue?]) -> String {
    switch kind {
    case .selection, .chain, .labelOrSelection:
      return "Give word numbers (3-9), the words themselves (first..last; $ for the sentence's end), or @120-161."
    case .suggestion: return "Give #3 for the third, a label, or words: a #3, a claim, a 2-9."
    case .spans: return "Give the numbers of spans, such as \(session.set.spans.last?.id ?? 4)."
    case .span, .target: return "Give a span's number, such as \(session.set.spans.last?.id ?? 4)."
    case .speaker: return "Give a name, such as \"Nasser Kanani\", or the number of a source span."
    case .relation: return "Choose one of \(Complaint.list(session.scheme.relations.map(\.name), "or"))."
    case .attribute:
      let labels = Self.attributes(session, after: values).map(\.name)
      return labels.isEmpty ? "This label has no attributes." : "Choose one of \(Complaint.list(labels, "or"))."
    case .documentAttribute:
      let names = session.scheme.documentAttributes.map(\.name)
      return names.isEmpty
        ? "The scheme has no attributes of documents." : "Choose one of \(Complaint.list(names, "or"))."
    case .value: return "Give a value, or “-” to clear it."
    case .number: return "Give a number from 1 to \(max(1, session.document.sentences.count))."
    case .label: return "Choose one of \(Complaint.list(session.scheme.labels.map(\.name), "or"))."
    case .document: return "“list documents” shows the names."
    case .text: return "Give the words."
    case .topic, .listing, .words: return ""
    }
  }

  static func attributes(_ session: Session, after values: [ParameterValue?]) -> [Scheme.Attribute] {
    guard case .span(let span)? = values.first ?? nil else { return session.scheme.attributes }
    return session.scheme.attributes(of: span.label)
  }

  private func takeWord(_ rest: inout Substring) -> String {
    let word = rest.prefix { !$0.isWhitespace }
    rest = rest[word.endIndex...]
    return String(word)
  }

  private func takeAll(_ rest: inout Substring) -> String {
    defer { rest = rest[rest.endIndex...] }
    return rest.trimmingBlanks()
  }

  private func span(_ word: String, _ session: Session) throws(Complaint) -> Annotation {
    if word == "." {
      guard let last = session.lastContentSpan else {
        throw Complaint(
          "No span has been marked yet.", "“.” is the last content span marked, such as a claim.", culprit: word)
      }
      return last
    }
    let digits = word.hasPrefix("#") ? String(word.dropFirst()) : word
    guard let id = Int(digits) else {
      throw Complaint(
        "“\(word)” is not a span's number.", "“list” shows the spans with their numbers.", culprit: word)
    }
    guard let span = session.set.span(id) else {
      throw Complaint("There is no span \(id).", "“list” shows the spans.", culprit: word)
    }
    return span
  }

  private func label(_ word: String, _ session: Session) throws(Complaint) -> Scheme.Label {
    if let label = session.scheme.label(word) { return label }
    throw Complaint(noLabel: word, in: session.scheme)
  }

  /// The text without straight quotes around it.
  static func unquoted(_ text: String) -> String {
    text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
  }
}
