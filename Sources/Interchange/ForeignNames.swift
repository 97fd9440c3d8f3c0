import Standoff

/// A label or relation as another tool's files name it: by its layer, the feature that carries it, and the name.
public struct ForeignKey: Hashable, Sendable {
  /// The layer; nil in formats without layers.
  public let layer: String?
  /// The feature whose value is the name; nil if the layer is the name, or there are no layers.
  public let feature: String?
  /// The name.
  public let name: String

  /// Names are the same if their code points are: other tools tell composed letters from others.
  public static func == (a: ForeignKey, b: ForeignKey) -> Bool {
    func same(_ a: String?, _ b: String?) -> Bool { a.map { Array($0.utf8) } == b.map { Array($0.utf8) } }
    return same(a.name, b.name) && same(a.layer, b.layer) && same(a.feature, b.feature)
  }

  public func hash(into hasher: inout Hasher) { for byte in name.utf8 { hasher.combine(byte) } }

  init(_ span: ForeignSpan) {
    layer = span.layer
    feature = span.feature
    name = span.label
  }

  init(_ relation: ForeignRelation) {
    layer = relation.layer
    feature = relation.feature
    name = relation.type
  }

  init(layer: String?, feature: String?, name: String) {
    self.layer = layer
    self.feature = feature
    self.name = name
  }

  /// The last part of the layer's name; nil without a layer.
  var shortLayer: String? { layer.map(UIMALayers.short) }
}

/// The caller's names for labels, attributes and relations of other tools: `--map Source=source`; an empty name drops.
public struct ForeignMap: Sendable {
  private let map: [String: String]
  /// The names of the map that occurred.
  public private(set) var met: Set<String> = []

  /// Creates a map.
  ///
  /// - Parameter map: new names by foreign names, or by layer, hyphen and name; an empty string drops.
  public init(_ map: [String: String]) { self.map = map }

  /// Gives a document the caller's names.
  ///
  /// A dropped label becomes empty, and its spans are left out when the document is taken over; dropped attributes and
  /// relations are removed at once. A second attribute that becomes the same as another of its span is left out.
  public mutating func apply(to document: inout ForeignDocument) {
    if map.isEmpty { return }
    for index in document.spans.indices {
      let span = document.spans[index]
      if let name = name(ForeignKey(span)) {
        document.spans[index].label = name
        document.spans[index].layer = nil
        document.spans[index].feature = nil
      }
      guard span.attributes.keys.contains(where: { map[$0] != nil }) else { continue }
      var attributes: [String: String] = [:]
      for (foreign, value) in span.attributes.sorted(by: {
        (map[$0.key] == nil ? 0 : 1, $0.key) < (map[$1.key] == nil ? 0 : 1, $1.key)
      }) {
        let name = map[foreign] ?? foreign
        if map[foreign] != nil { met.insert(foreign) }
        if name.isEmpty { continue }
        if attributes[name] == nil {
          attributes[name] = value
        } else {
          document.leftOut.append((span.byte, "“\(foreign)” of \(span.id), which has “\(name)” already"))
        }
      }
      document.spans[index].attributes = attributes
    }
    for index in document.relations.indices {
      guard let name = name(ForeignKey(document.relations[index])) else { continue }
      document.relations[index].type = name
      document.relations[index].layer = nil
      document.relations[index].feature = nil
      document.relations[index].range = nil
    }
    document.relations.removeAll { $0.type.isEmpty }
  }

  private mutating func name(_ key: ForeignKey) -> String? {
    for foreign in [key.name, key.shortLayer.map { "\($0)-\(key.name)" }].compactMap(\.self) {
      if let name = map[foreign] {
        met.insert(foreign)
        return name
      }
    }
    return nil
  }
}

/// The names here of another tool's labels, attributes and relations; see ``Vocabulary/names(in:)``.
public struct ForeignNames: Sendable {
  var labels: [ForeignKey: String] = [:]
  var attributes: [String: String] = [:]
  var relations: [ForeignKey: String] = [:]

  /// Creates names that change nothing.
  public init() {}

  /// The foreign names that are others here, with the names here.
  public var changed: [String: String] {
    var changed: [String: String] = [:]
    for (key, name) in labels where key.name != name {
      let isShared = key.layer != nil && labels.contains { $0.key.name == key.name && $0.key != key }
      changed[isShared ? "\(key.shortLayer ?? "") \(key.name)" : key.name] = name
    }
    for (key, name) in relations where key.name != name { changed[key.name] = name }
    for (foreign, name) in attributes where foreign != name { changed[foreign] = name }
    return changed
  }

  /// Renames the labels, attributes and relations of a document.
  public func rename(_ document: inout ForeignDocument) {
    for index in document.spans.indices where !document.spans[index].label.isEmpty {
      let span = document.spans[index]
      document.spans[index].label = labels[ForeignKey(span)] ?? span.label
      if span.attributes.isEmpty { continue }
      var renamed: [String: String] = [:]
      for (foreign, value) in span.attributes { renamed[attributes[foreign] ?? foreign] = value }
      document.spans[index].attributes = renamed
    }
    for index in document.relations.indices {
      let relation = document.relations[index]
      document.relations[index].type = relations[ForeignKey(relation)] ?? relation.type
    }
  }

  /// The nearest allowed name: other characters become hyphens, and `x` precedes a first character that is not a
  /// letter; a name of such characters alone is spelt out, as `comma` or `full-stop`.
  static func plain(_ foreign: String) -> String {
    if Scheme.isLabelName(foreign) { return foreign }
    var plain = ""
    for scalar in foreign.unicodeScalars.prefix(100) {
      let longer = plain + String(scalar)
      if Scheme.isLabelName(plain.isEmpty ? "x" + String(scalar) : longer) {
        plain = plain.isEmpty && !Scheme.isLabelName(String(scalar)) ? "x" + String(scalar) : longer
      } else if !plain.isEmpty, plain.last != "-" {
        plain += "-"
      }
    }
    while plain.count > 1, plain.last == "-" { plain.removeLast() }
    if !plain.isEmpty { return plain }
    let spelt = foreign.unicodeScalars.prefix(3).compactMap { $0.properties.name?.lowercased() }
      .joined(separator: "-").replacing(" ", with: "-")
    return Scheme.isLabelName(spelt) ? spelt : "unnamed"
  }
}
