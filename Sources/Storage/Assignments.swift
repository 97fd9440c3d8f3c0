import JSONText
import Standoff

/// The assignments of documents to annotators: `Annotations/assignments.json`.
public struct Assignments: Equatable, Sendable {
  /// One document assigned to one or more annotators.
  public struct Assignment: Equatable, Sendable {
    public let document: String
    /// The annotators' names, sorted.
    public let annotators: [String]
    /// The number of the round, from 1.
    public let round: Int
    /// Whether these annotators may use suggestions.
    public let suggestions: Bool

    public init(document: String, annotators: [String], round: Int, suggestions: Bool) {
      self.document = document
      self.annotators = annotators.sorted()
      self.round = round
      self.suggestions = suggestions
    }
  }

  /// The assignments by round, then in the order in which to annotate.
  public private(set) var all: [Assignment] = []

  public init() {}

  public mutating func append(_ more: [Assignment]) {
    // A stable sort keeps the order of assignment within a round.
    all = (all + more).enumerated().sorted { ($0.element.round, $0.offset) < ($1.element.round, $1.offset) }
      .map(\.element)
  }

  /// The documents of an annotator, in the order in which to annotate them.
  public func documents(of annotator: String) -> [String] {
    all.filter { $0.annotators.contains(annotator) }.map(\.document)
  }

  /// The assignment of a document to an annotator; the latest if there are several, nil if there is none.
  public func assignment(of document: String, to annotator: String) -> Assignment? {
    all.last { $0.document == document && $0.annotators.contains(annotator) }
  }

  /// The name under which a person annotates a document for the n-th time, such as “ana.2”.
  public static func name(of person: String, pass: Int) -> String { pass == 1 ? person : "\(person).\(pass)" }

  /// The person and the pass that a name of an assignment stands for; the name itself and 1 if it is no later pass.
  public static func person(_ name: String) -> (person: String, pass: Int) {
    guard let dot = name.lastIndex(of: "."), let pass = Int(name[name.index(after: dot)...]), pass > 1,
      Self.name(of: String(name[..<dot]), pass: pass) == name
    else { return (name, 1) }
    return (String(name[..<dot]), pass)
  }

  /// The pass under a name on a document: 1 unless the document was assigned to it as a later one.
  public func pass(_ name: String, on document: String) -> Int {
    let pass = Self.person(name).pass
    return pass > 1 && all.contains { $0.document == document && $0.annotators.contains(name) } ? pass : 1
  }

  /// The names under which a person was assigned a document, earlier passes first.
  public func names(of person: String, on document: String) -> [String] {
    let names = Set(all.filter { $0.document == document }.flatMap(\.annotators))
    return names.filter { $0 == person || Self.person($0).person == person && Self.person($0).pass > 1 }
      .sorted { Self.person($0).pass < Self.person($1).pass }
  }

  /// The documents of a person, in any pass, in the order in which to annotate them.
  public func documents(ofPerson person: String) -> [String] {
    var documents: [String] = []
    for one in all where !documents.contains(one.document) {
      if one.annotators.contains(where: { $0 == person || Self.person($0).person == person && Self.person($0).pass > 1 }
      ) {
        documents.append(one.document)
      }
    }
    return documents
  }

  /// The annotators of a document in all rounds.
  public func annotators(of document: String) -> [String] {
    Array(Set(all.filter { $0.document == document }.flatMap(\.annotators))).sorted()
  }

  /// The documents assigned in a round, in the order of assignment.
  public func documents(ofRound round: Int) -> [String] { all.filter { $0.round == round }.map(\.document) }
}

extension Assignments {
  static let format = 1

  /// The file's bytes, with an assignment per line, so that git shows and merges them one by one.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    writer.object(.block) { writer in
      writer.array("assignments", .block) { writer in
        for assignment in all {
          writer.object { writer in
            writer.strings("annotators", assignment.annotators)
            writer.string("document", assignment.document)
            writer.integer("round", assignment.round)
            writer.key("suggestions")
            writer.boolean(assignment.suggestions)
          }
        }
      }
      writer.integer("format", Self.format)
    }
    writer.newline()
    return writer.bytes
  }

  init(_ bytes: [UInt8], path: String) throws(FileFault) {
    var found: [Assignment] = []
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      try reader.readRecord(["assignments", "format"]) { (key, reader) throws(JSONFault) in
        guard key == "assignments" else { return try reader.readFormat(Self.format) }
        try reader.readArray { (reader) throws(JSONFault) in found.append(try Self.read(&reader)) }
      }
      try reader.finish()
    } catch {
      throw FileFault(path, error)
    }
    append(found)
  }

  private static func read(_ reader: inout JSONReader) throws(JSONFault) -> Assignment {
    var (document, annotators, round, suggestions) = ("", [String](), 1, true)
    try reader.readRecord(["annotators", "document", "round", "suggestions"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "annotators":
        let place = reader.place()
        try reader.readArray { (reader) throws(JSONFault) in annotators.append(try readName(&reader)) }
        guard !annotators.isEmpty, Set(annotators).count == annotators.count else {
          throw reader.fault(at: place, expected: "annotators, each once", found: "\(annotators.count) names")
        }
      case "document": document = try readName(&reader)
      case "round": round = try reader.readID()
      default: suggestions = try reader.readBoolean()
      }
    }
    return Assignment(document: document, annotators: annotators, round: round, suggestions: suggestions)
  }

  private static func readName(_ reader: inout JSONReader) throws(JSONFault) -> String {
    let place = reader.place()
    let name = try reader.readString()
    guard Scheme.isPlainName(name) else {
      throw reader.fault(at: place, expected: "the name of a document or an annotator", found: "“\(name)”")
    }
    return name
  }
}
