import Standoff

/// What names of another tool are called here.
public struct ForeignNames: Sendable {
  /// What a person wants called otherwise; empty for what is to be left out.
  private let map: [String: String]
  /// Words that no label may take.
  /// Of labels, attributes and relations, each by themselves.
  private var tables = [Table](repeating: Table(), count: 3)
  /// The names that a person wants called otherwise and that were met.
  public private(set) var mapped: Set<String> = []

  private struct Table {
    /// The names that had to be made others.
    var changed: [String: String] = [:]
    /// Those that are names here, too.
    var kept: Set<String> = []
  }

  /// The names that had to be made others.
  public var changed: [String: String] {
    tables.reduce(into: [:]) { all, table in all.merge(table.changed) { first, _ in first } }
  }

  public init(map: [String: String]) {
    self.map = map
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
      document.spans[index].label = try name(document.spans[index].label, 0)
      guard !document.spans[index].attributes.isEmpty else { continue }
      var attributes: [String: String] = [:]
      var foreignNames: [String: String] = [:]
      for (foreign, value) in document.spans[index].attributes.sorted(by: { $0.key < $1.key }) {
        let name = try name(foreign, 1)
        if name.isEmpty { continue }
        if let other = foreignNames.updateValue(foreign, forKey: name) {
          throw Clash(name: name, first: other, second: foreign)
        }
        attributes[name] = value
      }
      document.spans[index].attributes = attributes
    }
    for index in document.relations.indices {
      document.relations[index].type = try name(document.relations[index].type, 2)
    }
    document.relations.removeAll { $0.type.isEmpty }
  }

  private mutating func name(_ foreign: String, _ table: Int) throws(Clash) -> String {
    if let name = map[foreign] {
      mapped.insert(foreign)
      return name
    }
    if tables[table].kept.contains(foreign) { return foreign }
    if let name = tables[table].changed[foreign] { return name }
    // Only labels are words of the prompt.
    let isTaken = table == 0 && Scheme.reservedWords.contains(foreign)
    if Scheme.isLabelName(foreign), !isTaken {
      if let other = tables[table].changed.first(where: { $0.value == foreign })?.key {
        throw Clash(name: foreign, first: other, second: foreign)
      }
      tables[table].kept.insert(foreign)
      return foreign
    }
    let plain = Self.plain(foreign) + (table == 0 && Scheme.reservedWords.contains(Self.plain(foreign)) ? "_" : "")
    let other = tables[table].changed.first { $0.value == plain }?.key
    if other != nil || tables[table].kept.contains(plain) {
      throw Clash(name: plain, first: min(other ?? plain, foreign), second: max(other ?? plain, foreign))
    }
    tables[table].changed[foreign] = plain
    return plain
  }

  /// A name of letters, digits, `_` and `-` that begins with a letter.
  private static func plain(_ foreign: String) -> String {
    var plain = ""
    for scalar in foreign.unicodeScalars.prefix(120) {
      let longer = plain + String(scalar)
      if Scheme.isLabelName(plain.isEmpty ? "x" + String(scalar) : longer) {
        plain = plain.isEmpty && !Scheme.isLabelName(String(scalar)) ? "x" + String(scalar) : longer
      } else if !plain.isEmpty, plain.last != "-" {
        plain += "-"
      }
    }
    if plain.count > 1, plain.last == "-" { plain.removeLast() }
    return plain.isEmpty ? "unnamed" : plain
  }
}
