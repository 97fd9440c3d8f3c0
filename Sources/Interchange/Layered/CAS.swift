/// A UIMA common analysis structure: a text, types with features, and structures of these types.
///
/// Offsets are UTF-16 units. Source: *UIMA references*, Apache UIMA, chapters 4 and 5.
struct CAS {
  /// A type's feature.
  struct Feature: Equatable {
    let name: String
    /// The type of its values; of an array's elements where ``isList``.
    let range: String
    var isList = false
  }

  /// A type; features of its supertypes are not repeated.
  struct TypeDescription: Equatable {
    let name: String
    let supertype: String
    var features: [Feature] = []
  }

  /// A value of a feature.
  enum Value: Equatable {
    case string(String)
    /// A number or truth value, as the file has it.
    case literal(String)
    case reference(Int)
    case references([Int])
    case strings([String])
  }

  /// A feature structure.
  struct Structure {
    let id: Int
    let type: String
    /// The id of its sofa; nil if it belongs to none.
    var sofa: Int?
    /// Half-open; nil if it is no annotation.
    var range: (start: Int, end: Int)?
    /// In the order of the file.
    var features: [(name: String, value: Value)] = []
    /// The number of bytes before it in the file.
    var byte = 0

    subscript(name: String) -> Value? { features.first { $0.name == name }?.value }

    func reference(_ name: String) -> Int? {
      if case .reference(let id)? = self[name] { id } else { nil }
    }

    func text(_ name: String) -> String? {
      switch self[name] {
      case .string(let text), .literal(let text): text
      case .reference, .references, .strings, nil: nil
      }
    }
  }

  var types: [String: TypeDescription] = [:]
  /// In the order of the file.
  var structures: [Structure] = []
  /// The text of the first view, and the id of its sofa.
  var text = ""
  var sofa = 1

  /// Whether a type is another or is derived from it.
  func isType(_ name: String, _ ancestor: String) -> Bool {
    var name = name
    for _ in 0..<64 {
      if name == ancestor { return true }
      guard let type = types[name] else { return false }
      name = type.supertype
    }
    return false
  }

  /// The features of a type and of its supertypes, the type's own first.
  func features(of name: String) -> [Feature] {
    var (features, name): ([Feature], String) = ([], name)
    for _ in 0..<64 {
      guard let type = types[name] else { break }
      features += type.features
      name = type.supertype
    }
    return features
  }
}
