extension Scheme {
  /// All the rules that a scheme breaks.
  static func faults(of scheme: Scheme) -> [Fault] {
    var faults: [Fault] = []
    if !isPlainName(scheme.name) { faults.append(.nameNotAllowed(scheme.name)) }
    if !isVersion(scheme.version) { faults.append(.versionNotAllowed(scheme.version)) }
    if scheme.labels.isEmpty { faults.append(.noLabels) }
    for (position, label) in scheme.labels.enumerated() {
      let earlier = scheme.labels[..<position]
      if !isLabelName(label.name) { faults.append(.labelNameNotAllowed(label.name)) }
      if !isKey(label.key) { faults.append(.keyNotAllowed(label: label.name, key: label.key)) }
      if earlier.contains(where: { $0.name == label.name }) { faults.append(.labelTwice(label.name)) }
      if let other = earlier.first(where: { $0.key == label.key || $0.name == label.key || $0.key == label.name }) {
        faults.append(.keyTwice(label.key, labels: [other.name, label.name]))
      }
      for word in [label.key, label.name] where reservedWords.contains(word) {
        faults.append(.keyIsVerb(word, label: label.name))
      }
      for name in label.requires.joined() where scheme.attribute(name) == nil && scheme.relation(name) == nil {
        faults.append(.unknownRequirement(name, label: label.name))
      }
    }
    faults += faultsOfAttributes(scheme) + faultsOfRelations(scheme)
    for (position, rule) in scheme.guideline.enumerated() {
      if scheme.guideline[..<position].contains(where: { $0.number == rule.number }) {
        faults.append(.ruleTwice(rule.number))
      }
      faults += unknown(rule.labels, in: "rule \(rule.number)", scheme)
    }
    for (position, pair) in scheme.dissimilarities.enumerated() {
      faults += unknown([pair.first, pair.second], in: "dissimilarities", scheme)
      if pair.first == pair.second { faults.append(.dissimilarityToItself(pair.first)) }
      let ends: Set = [pair.first, pair.second]
      if scheme.dissimilarities[..<position].contains(where: { [$0.first, $0.second] == ends }) {
        faults.append(.dissimilarityTwice(pair.first, pair.second))
      }
    }
    return faults
  }

  private static func faultsOfAttributes(_ scheme: Scheme) -> [Fault] {
    var faults: [Fault] = []
    for (position, attribute) in scheme.attributes.enumerated() {
      if !isLabelName(attribute.name) { faults.append(.labelNameNotAllowed(attribute.name)) }
      if scheme.attributes[..<position].contains(where: { $0.name == attribute.name }) {
        faults.append(.attributeTwice(attribute.name))
      }
      faults += unknown(attribute.labels, in: attribute.name, scheme)
      faults += faultsOf(attribute.values, attribute.scale, attribute.name)
    }
    for (position, attribute) in scheme.documentAttributes.enumerated() {
      if !isLabelName(attribute.name) { faults.append(.labelNameNotAllowed(attribute.name)) }
      if scheme.documentAttributes[..<position].contains(where: { $0.name == attribute.name }) {
        faults.append(.attributeTwice(attribute.name))
      }
      faults += faultsOf(attribute.values, attribute.scale, attribute.name)
    }
    return faults
  }

  private static func faultsOf(_ values: [String]?, _ scale: Scale, _ attribute: String) -> [Fault] {
    guard let values else { return scale == .ordinal ? [.noOrder(attribute: attribute)] : [] }
    if values.isEmpty { return [.noValues(attribute: attribute)] }
    let twice = values.enumerated().filter { values[..<$0.offset].contains($0.element) }.map {
      Fault.valueTwice($0.element, attribute: attribute)
    }
    guard scale == .interval else { return twice }
    return twice
      + values.filter { Scale.number($0) == nil }.map { .valueNotNumber($0, attribute: attribute) }
  }

  private static func faultsOfRelations(_ scheme: Scheme) -> [Fault] {
    var faults: [Fault] = []
    for (position, relation) in scheme.relations.enumerated() {
      if !isLabelName(relation.name) { faults.append(.labelNameNotAllowed(relation.name)) }
      if scheme.relations[..<position].contains(where: { $0.name == relation.name })
        || scheme.attribute(relation.name) != nil
      {
        faults.append(.relationTwice(relation.name))
      }
      if relation.from.isEmpty || relation.to.isEmpty { faults.append(.noEnds(relation: relation.name)) }
      faults += unknown(relation.from + relation.to, in: relation.name, scheme)
    }
    return faults
  }

  private static func unknown(_ labels: [String], in place: String, _ scheme: Scheme) -> [Fault] {
    labels.filter { name in !scheme.labels.contains { $0.name == name } }.map { .unknownLabel($0, in: place) }
  }

  /// Whether a name is allowed for a label, attribute or relation: a letter of any script, then letters, digits, `_`
  /// and `-`, at most 128 code points.
  public static func isLabelName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.properties.isAlphabetic, name.unicodeScalars.count <= 128 else {
      return false
    }
    return name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.isWordScalar && $0.properties.numericType != nil || $0 == "_" || $0 == "-"
        || $0.wordKind == .extending && !$0.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func isKey(_ key: String) -> Bool {
    (1...2).contains(key.unicodeScalars.count) && key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
  }

  private static func isVersion(_ version: String) -> Bool {
    !version.isEmpty && version.utf8.count <= 64
      && version.unicodeScalars.allSatisfy { $0.isASCII && ($0.isWordScalar || $0 == "." || $0 == "-" || $0 == "+") }
  }

  /// Whether a name is allowed for an annotator, document or scheme: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 128
  /// characters.
  public static func isPlainName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    guard let first = bytes.first, isAlphanumeric(first), bytes.count <= 128 else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || $0 == 46 || $0 == 95 || $0 == 45 }
  }
}

extension Scheme.Scale {
  /// The number that a value on an interval scale stands for; nil if it is none, or one whose square is beyond computing:
  /// its magnitude has to be 0 or from 1e-100 to 1e100.
  public static func number(_ value: String) -> Double? {
    guard let first = value.unicodeScalars.first, first == "-" || first == "." || ("0"..."9").contains(first),
      value.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) || "+-.eE".unicodeScalars.contains($0) })
    else { return nil }
    guard let number = Double(value) else { return nil }
    let isZero =
      number == 0 && !value.unicodeScalars.prefix { $0 != "e" && $0 != "E" }.contains { ("1"..."9").contains($0) }
    return isZero || (1e-100...1e100).contains(abs(number)) ? number : nil
  }
}
