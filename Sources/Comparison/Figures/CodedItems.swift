package import Agreement
package import Standoff

/// The values that annotators gave to items: to documents or aligned spans as an attribute, or to the items of a table.
package struct CodedItems: Sendable {
  package enum Unit: String, Sendable {
    case document
    /// Pairs of aligned spans, each with the values of its two annotators.
    case attribute
    /// The rows of a table.
    case item
  }

  package let unit: Unit
  /// The name of the attribute; nil for a table.
  package let name: String?
  package let scale: Scheme.Scale
  /// The values in the order of the scale, or those that may be chosen; nil if any may be.
  package let order: [String]?
  /// Categories are ``values`` by index.
  package private(set) var study: CodingStudy
  /// The same items without those who gave no value; nil unless groups of equal values are compared.
  private(set) var groups: CodingStudy?
  /// The values in the order in which they came, or in that of an ordinal scale; nil is no value.
  package private(set) var values: [String?] = []
  private var places: [String?: Int] = [:]
  /// How many values do not lie on the scale, and the first of them; they count as missing.
  package private(set) var offScale: (count: Int, first: String)?

  init(_ unit: Unit, _ name: String?, scale: Scheme.Scale, order: [String]?, annotators: Int) {
    (self.unit, self.name, self.scale, self.order) = (unit, name, scale, order)
    study = CodingStudy(annotators: annotators)
    groups = unit == .attribute && scale == .nominal && order == nil ? CodingStudy(annotators: annotators) : nil
    if scale == .ordinal {
      values = order ?? []
      places = Dictionary(values.enumerated().map { ($1, $0) }) { first, _ in first }
    }
  }

  /// Codes of no items that know the same values.
  var emptied: CodedItems {
    var emptied = self
    emptied.study = CodingStudy(annotators: study.annotators)
    if groups != nil { emptied.groups = emptied.study }
    return emptied
  }

  /// Begins a new document.
  mutating func beginDocument() {
    study.beginDocument()
    groups?.beginDocument()
  }

  /// Appends items that have the same values.
  ///
  /// - Parameter row: for each annotator, nil if the value is missing, and no value inside if none was given.
  mutating func append(_ row: [String??], count: Int = 1) {
    let places = row.map { value in value.flatMap { place($0, count) } }
    study.append(places, count: count)
    groups?.append(zip(places, row).map { place, value in value.flatMap { $0 } == nil ? nil : place }, count: count)
  }

  /// The number of a value; nil if it counts as missing.
  private mutating func place(_ value: String?, _ count: Int) -> Int? {
    // No value lies on no scale; without one it is a value of its own.
    if value == nil && scale != .nominal { return nil }
    if let known = places[value] { return known }
    switch scale {
    case .nominal: break
    case .ordinal: return miss(value ?? "", count)
    case .interval:
      guard let value, let number = Scheme.Scale.number(value) else { return miss(value ?? "", count) }
      // Numbers that are written otherwise are the same.
      if let same = values.firstIndex(where: { $0.flatMap(Scheme.Scale.number) == number }) {
        places[value] = same
        return same
      }
    }
    places[value] = values.count
    values.append(value)
    return values.count - 1
  }

  /// The number of a code that was appended.
  func place(of code: String) -> Int? { places[code] }

  private mutating func miss(_ value: String, _ count: Int) -> Int? {
    offScale = ((offScale?.count ?? 0) + count, offScale?.first ?? value)
    return nil
  }

  // MARK: scale

  /// The items with their categories along the scale.
  package var scaled: CodingStudy {
    guard scale == .interval else { return study }
    let order = values.indices.sorted { number($0) < number($1) }
    var rank = [Int](repeating: 0, count: values.count)
    for (place, value) in order.enumerated() { rank[value] = place }
    return study.renamed { rank[$0] }
  }

  /// The number of categories to choose from; of an attribute at least two, as it may be left unset.
  var categories: Int { unit == .item ? values.count : max(2, values.count) }

  private func number(_ place: Int) -> Double { values[place].flatMap(Scheme.Scale.number) ?? 0 }

  /// δ² of the categories of ``scaled``.
  var distance: Distance {
    switch scale {
    case .nominal: .nominal
    case .ordinal: .ordinal
    case .interval: .interval(values.indices.map(number).sorted())
    }
  }

  /// The weights that measures use unless others are asked for; nil if the values have no order.
  package func weighting(_ asked: Weighting?) -> Weighting? {
    switch scale {
    case .nominal: nil
    case .ordinal: asked ?? .ordinal
    case .interval: asked ?? .quadratic
    }
  }

  /// The weights of the categories of ``scaled``.
  ///
  /// - Throws: ``InvalidInput/tooLarge`` for more than ``mostWeighted``.
  func weights(_ weighting: Weighting) throws(Undefined) -> AgreementWeights {
    guard values.count <= Self.mostWeighted else { throw .invalid(.tooLarge) }
    let positions =
      scale == .interval ? values.indices.map(number).sorted() : values.indices.map(Double.init)
    switch weighting {
    case .linear: return .linear(positions)
    case .quadratic: return .quadratic(positions)
    case .ordinal: return .ordinal(categories: values.count)
    }
  }

  /// The greatest number of categories that get weights.
  package static let mostWeighted = 256
}

/// How far values on a scale agree.
package enum Weighting: String, CaseIterable, Sendable { case linear, quadratic, ordinal }
