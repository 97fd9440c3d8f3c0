import Standoff

/// A renaming of another tool's labels, attributes and relations to names allowed here.
///
/// ```swift
/// var names = ForeignNames(map: ["Source": "source", "Discard": ""])
/// try names.rename(&document)
/// ```
///
/// Names on the caller's map become what it says, or are dropped if it says nothing. Other names stay if
/// `Scheme.isLabelName(_:)` allows them and, for a label, if the prompt does not reserve them; else they are changed
/// and listed in ``changed``.
public struct ForeignNames: Sendable {
  /// The caller's names; an empty value drops a name.
  private let map: [String: String]
  /// One table each for labels, attributes and relations, which are separate namespaces.
  private var tables = [Table](repeating: Table(), count: 3)
  /// The names of the map that occurred.
  public private(set) var mapped: Set<String> = []

  private struct Table {
    /// The changed names, with the new ones.
    var changed: [String: String] = [:]
    /// The names that stayed.
    var kept: Set<String> = []
  }

  /// The names that were not allowed, with the names that replace them.
  public var changed: [String: String] {
    tables.reduce(into: [:]) { all, table in all.merge(table.changed) { first, _ in first } }
  }

  /// Creates a renaming.
  ///
  /// - Parameter map: new names by foreign names; an empty string drops a label, attribute or relation.
  public init(map: [String: String]) {
    self.map = map
  }

  /// The error for two foreign names that would become one.
  public struct Clash: Error, Equatable, Sendable {
    /// The common name.
    public let name: String
    /// One foreign name.
    public let first: String
    /// The other foreign name.
    public let second: String
  }

  /// Renames the labels, attributes and relations of a document.
  ///
  /// A dropped label becomes empty, and its spans are left out when the document is taken over; dropped attributes and
  /// relations are removed at once.
  ///
  /// - Throws: ``Clash`` if two names of one kind would become one; the document is then partly renamed.
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
    // Only labels are verbs of the prompt.
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

  /// The nearest allowed name: other characters become hyphens, and `x` precedes a first character that is not a
  /// letter.
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
