public import JSONText

/// The words by which a language reports speech and denial: the data behind the suggestions, `<language>.lexicon.json`.
///
/// Words stand in every form that a newspaper uses, in lower case with straight apostrophes; nothing is stemmed.
public struct Lexicon: Equatable, Sendable {
  /// What a word or a fixed sequence of words does.
  public enum Kind: String, CaseIterable, Sendable {
    /// Looks like a denial and is none: *declined to comment*, *denied bail*.
    case abstainers
    /// Reports, and its object begins the content: *accused*.
    case accusing
    /// May be followed by who is spoken to: *told*.
    case addressing
    case adverbs, auxiliaries
    /// Names something: *called … baseless*.
    case calling
    /// Prepositions that begin a circumstance: *during*.
    case circumstances
    /// Opens the content and is no part of it: *that*.
    case complementizers
    case conjunctions, denying, denyingNouns, determiners
    /// Says that something is untrue: *baseless*.
    case falsity
    /// Denies knowledge or part in something: *no knowledge of*.
    case knowing
    /// Prepositions that go on with a noun phrase: *of*, *for*.
    case linking
    /// Auxiliaries of what is wished, planned or possible: *would*.
    case modals
    /// Comes before a name or title in quotation marks: *known as*.
    case naming
    case negations
    /// Speech nouns that take a clause: *claim*.
    case nouns
    case organisations
    /// Auxiliaries of the passive: *was*.
    case passives
    /// Cues that are prepositions: *according to*.
    case prepositions
    case pronouns
    /// Pronouns that open a clause about a noun: *who*.
    case relatives
    case roles, speech, subordinators, thought
    /// When something was said: *on Tuesday*.
    case times
    case titles
  }

  /// A BCP 47 tag.
  public let language: String
  public let version: String

  private struct Entry: Equatable {
    /// The words after the first.
    let rest: [String]
    let kind: Kind
  }

  /// By first word, longer entries first.
  private var entries: [String: [Entry]] = [:]

  public static let format = 1

  /// - Throws: the first thing that is no lexicon, with its place.
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

  /// How many words from a place on are an entry of one of some kinds, and of which; the longest entry counts.
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

  /// Whether one word by itself is of a kind.
  func has(_ token: Token, _ kind: Kind) -> Bool {
    entries[token.form]?.contains { $0.kind == kind && $0.rest.isEmpty } == true
  }

  /// All that one word by itself is.
  func kinds(of token: Token) -> [Kind] {
    (entries[token.form] ?? []).filter { $0.rest.isEmpty }.map(\.kind)
  }
}

extension Lexicon {
  /// Whether a word opens reported speech and is no part of it: “that”.
  public func opensClause(_ word: String) -> Bool {
    guard let entry = entries[Token.form(of: word)] else { return false }
    return entry.contains { $0.kind == .complementizers && $0.rest.isEmpty }
  }
}
