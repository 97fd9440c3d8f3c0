import Standoff

/// What names of another tool are called here.
public struct ForeignNames: Sendable {
  /// What a person wants called otherwise; empty for what is to be left out.
  private let map: [String: String]
  /// Words that no label may take.
  private let verbs: Set<String>
  /// The names that had to be made others.
  public private(set) var changed: [String: String] = [:]
  /// Those that are names here, too.
  private var kept: Set<String> = []

  public init(map: [String: String], verbs: Set<String>) {
    self.map = map
    self.verbs = verbs
  }

  /// Two names that would be one.
  public struct Clash: Error, Equatable, Sendable {
    public let name: String
    public let first: String
    public let second: String
  }

  /// Gives the spans, attributes and relations of a document the names that they have here; the label of a span that is to be
  /// left out is empty.
  public mutating func rename(_ document: inout ForeignDocument) throws(Clash) {
    for index in document.spans.indices {
      document.spans[index].label = try name(document.spans[index].label, without: verbs)
      guard !document.spans[index].attributes.isEmpty else { continue }
      var attributes: [String: String] = [:]
      for (foreign, value) in document.spans[index].attributes {
        let name = try name(foreign)
        if !name.isEmpty { attributes[name] = value }
      }
      document.spans[index].attributes = attributes
    }
    for index in document.relations.indices {
      document.relations[index].type = try name(document.relations[index].type)
    }
    document.relations.removeAll { $0.type.isEmpty }
  }

  private mutating func name(_ foreign: String, without verbs: Set<String> = []) throws(Clash) -> String {
    if let name = map[foreign] { return name }
    if kept.contains(foreign) { return foreign }
    if Scheme.isLabelName(foreign), !verbs.contains(foreign) {
      kept.insert(foreign)
      return foreign
    }
    if let name = changed[foreign] { return name }
    var plain = ""
    for scalar in foreign.unicodeScalars {
      let longer = plain + String(scalar)
      if Scheme.isLabelName(plain.isEmpty ? "x" + String(scalar) : longer) {
        plain = plain.isEmpty && !Scheme.isLabelName(String(scalar)) ? "x" + String(scalar) : longer
      } else if !plain.isEmpty, plain.last != "-" {
        plain += "-"
      }
    }
    if plain.count > 1, plain.last == "-" { plain.removeLast() }
    if plain.isEmpty { plain = "unnamed" }
    if verbs.contains(plain) { plain += "_" }
    if let other = changed.first(where: { $0.value == plain })?.key {
      throw Clash(name: plain, first: min(other, foreign), second: max(other, foreign))
    }
    changed[foreign] = plain
    return plain
  }
}
