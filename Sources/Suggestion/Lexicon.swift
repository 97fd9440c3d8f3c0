public import JSONText

/// The words with which a language reports speech and denial, from `<language>.lexicon.json`.
///
/// Words are listed in every form that newspapers use, in lower case with straight apostrophes; nothing is stemmed.
public struct Lexicon: Equatable, Sendable {
  /// The function of a word or a fixed sequence of words.
  public enum Kind: String, CaseIterable, Sendable {
    /// Looks like a denial but is none: *declined to comment*, *denied bail*.
    case abstainers
    /// Reports, and its object begins the content: *accused*.
    case accusing
    /// May be followed by the person addressed: *told*.
    case addressing
    case adverbs, auxiliaries
    /// Names something: *called … baseless*.
    case calling
    /// A preposition that begins a circumstance: *during*.
    case circumstances
    /// A noun for what somebody asserts and others may deny: *allegation*.
    case claiming
    /// Opens the content without being part of it: *that*.
    case complementizers
    case conjunctions
    /// Reports a demand, an offer, a wish or a judgement; what follows is no claim: *urged*.
    case demanding
    case denying, denyingNouns, determiners
    /// Says that something is untrue: *baseless*.
    case falsity
    /// Denies knowledge or part in something: *no knowledge of*.
    case knowing
    /// A preposition that continues a noun phrase: *of*, *for*.
    case linking
    /// Says that somebody said what is untrue: *made it up*.
    case misstating
    /// An auxiliary for something wished, planned or possible: *would*.
    case modals
    /// Comes before a name or title in quotation marks: *known as*.
    case naming
    case negations
    /// A noun of speech that takes a clause: *claim*.
    case nouns
    /// A noun for what may be refused without denying anything: *proposal*.
    case offers
    case organisations
    /// An auxiliary of the passive: *was*.
    case passives
    /// A cue that is a preposition: *according to*.
    case prepositions
    case pronouns
    /// A pronoun that opens a clause about a noun: *who*.
    case relatives
    case roles, speech, subordinators, thought
    /// Says when something was said: *on Tuesday*.
    case times
    case titles
    // Kept models know kinds by their place: new ones come last.
    /// A small word inside a name: *van*, *de*.
    case particles
    /// Comes before who makes a claim: *allegations by*.
    case agents
    /// Says that what is reported is untrue: *wrongly claimed*.
    case misreporting
    /// Says what ought to be: *should*.
    case obliging
  }

  /// The language, as a BCP 47 tag.
  public let language: String
  public let version: String

  private struct Entry: Equatable {
    /// The words after the first.
    let rest: [String]
    let kind: Kind
  }

  /// The entries by first word, longer ones first.
  private var entries: [String: [Entry]] = [:]

  public static let format = 1

  /// - Throws: the first fault in the bytes, with its position.
  public init(_ bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes)
    var words: [(Kind, [String])] = []
    var (language, version) = ("", "")
    try reader.readRecord(["format", "language", "version"], optional: Kind.allCases.map(\.rawValue)) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "format":
        let place = reader.place()
        let found = try reader.readInteger()
        if found != Self.format { throw reader.fault(at: place, expected: "format \(Self.format)", found: "\(found)") }
      case "language": language = try reader.readString()
      case "version": version = try reader.readString()
      default:
        if let kind = Kind(rawValue: key) { words.append((kind, try reader.readStrings())) }
      }
    }
    try reader.finish()
    self.language = language
    self.version = version
    for (kind, phrases) in words {
      for phrase in phrases { add(phrase, kind) }
    }
    for first in entries.keys { entries[first]?.sort { $0.rest.count > $1.rest.count } }
  }

  private mutating func add(_ phrase: String, _ kind: Kind) {
    let parts = phrase.split(separator: " ").map { Token.form(of: $0) }
    guard let first = parts.first else { return }
    entries[first, default: []].append(Entry(rest: Array(parts.dropFirst()), kind: kind))
  }

  /// All entries: their words and kind, in the order of the first words.
  var phrases: [(words: [String], kind: Kind)] {
    entries.keys.sorted().flatMap { first in (entries[first] ?? []).map { ([first] + $0.rest, $0.kind) } }
  }

  /// The longest entry of given kinds that begins at a token: its number of words and its kind; nil if there is none.
  func match(_ kinds: Set<Kind>, at index: Int, in tokens: [Token]) -> (count: Int, kind: Kind)? {
    guard let found = entries[tokens[index].form] else { return nil }
    for entry in found where kinds.contains(entry.kind) {
      let end = index + 1 + entry.rest.count
      guard end <= tokens.count else { continue }
      if zip(tokens[(index + 1)..<end], entry.rest).allSatisfy({ $0.form == $1 }) {
        return (end - index, entry.kind)
      }
    }
    return nil
  }

  /// Whether a word by itself is of a kind.
  func has(_ token: Token, _ kind: Kind) -> Bool { has(token.form, kind) }

  private func has(_ form: String, _ kind: Kind) -> Bool {
    entries[form]?.contains { $0.kind == kind && $0.rest.isEmpty } == true
  }

  /// All kinds of a word by itself.
  func kinds(of token: Token) -> [Kind] {
    (entries[token.form] ?? []).filter { $0.rest.isEmpty }.map(\.kind)
  }
}

extension Lexicon {
  /// Whether a word opens reported speech without being part of it, as “that” does.
  public func opensClause(_ word: String) -> Bool { has(Token.form(of: word), .complementizers) }

  /// Whether a word stands for a person without naming one, as “he” does.
  public func isPronoun(_ word: String) -> Bool { has(Token.form(of: word), .pronouns) }

  /// Whether a word in a name says that it is no person's, as “Ministry” and “of” do.
  func isNoPerson(_ word: String) -> Bool {
    let form = Token.form(of: word)
    return has(form, .organisations) || has(form, .linking)
  }

  /// Whether a word joins others, as “and” does.
  public func joins(_ word: String) -> Bool { has(Token.form(of: word), .conjunctions) }
}
