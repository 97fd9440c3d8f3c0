package import Agreement
package import Pages
package import Standoff
package import Storage

/// The data for agreement measures: annotators of chosen documents, reduced to items, units and counts.
///
/// Documents are read several at a time and then dropped; only a ``DocumentContribution`` is kept of each.
package struct AgreementStudy {
  /// The documents, annotators and measures to compare.
  package struct Request {
    /// Empty for all documents.
    package var documents: [String] = []
    /// Empty for all annotators but gold.
    package var annotators: [String] = []
    /// Empty for all labels of the scheme.
    package var labels: [String] = []
    package var units = ItemKind.allCases
    /// Whether to compute figures of pairs of annotators.
    var hasPairs = true
    /// Whether to compute figures of continua.
    package var hasContinua = true
    /// The annotator with whom everyone's spans are compared; nil for all pairs.
    package var reference: String?
    /// The least intersection over union at which overlapping spans match; 0 for any overlap.
    package var overlap = 0.0
    /// Whether to include unfinished files, as far as their annotator has read.
    package var inProgress = false
    /// The kinds of zones to count although they are normally left out.
    package var zones: Set<Zone.Kind> = []
    /// The round whose assignments count; nil for all files.
    package var round: Int?
    /// Whether to ignore spans accepted from suggestions, and the spans aligned with them.
    package var withoutSuggested = false

    package init(
      documents: [String] = [], annotators: [String] = [], labels: [String] = [], units: [ItemKind] = ItemKind.allCases,
      hasPairs: Bool = true, hasContinua: Bool = true, reference: String? = nil, overlap: Double = 0.0,
      inProgress: Bool = false, zones: Set<Zone.Kind> = [], round: Int? = nil, withoutSuggested: Bool = false
    ) {
      self.documents = documents
      self.annotators = annotators
      self.labels = labels
      self.units = units
      self.hasPairs = hasPairs
      self.hasContinua = hasContinua
      self.reference = reference
      self.overlap = overlap
      self.inProgress = inProgress
      self.zones = zones
      self.round = round
      self.withoutSuggested = withoutSuggested
    }
  }

  /// The items of a unit, with the set of labels that each category stands for.
  package struct Coding {
    let unit: ItemKind
    package var study: CodingStudy
    /// The labels of each category, as bits in the order of ``AgreementStudy/labels``; category 0 has none.
    var sets: [UInt64] = [0]
    private var categories: [UInt64: Int] = [0: 0]

    init(_ unit: ItemKind, annotators: Int) {
      self.unit = unit
      study = CodingStudy(annotators: annotators)
    }

    mutating func append(_ part: DocumentContribution.ItemCounts, columns: [Int]) {
      study.beginDocument()
      for (masks, count) in part {
        let values = columns.map { column -> Int? in
          let mask = masks[column]
          if mask == ItemsAndUnits.Stretch.missing { return nil }
          if let category = categories[mask] { return category }
          categories[mask] = sets.count
          sets.append(mask)
          return sets.count - 1
        }
        study.append(values, count: count)
      }
    }
  }

  /// The values that annotators gave to an attribute of the documents; the items are the documents.
  struct DocumentCoding {
    let name: String
    var study: CodingStudy
    private var values: [String?: Int] = [:]

    init(_ name: String, annotators: Int) {
      self.name = name
      study = CodingStudy(annotators: annotators)
    }

    /// The number of different values, of which no value may be one.
    var categories: Int { max(2, values.count) }

    mutating func append(_ said: [DocumentContribution.Said?]) {
      study.beginDocument()
      study.append(
        said.map { said -> Int? in
          guard let said, said.isWhole || said.attributes[name] != nil else { return nil }
          let value = said.attributes[name]
          if let number = values[value] { return number }
          values[value] = values.count
          return values[value]
        }, count: 1)
    }
  }

  package let choice: Request
  package private(set) var annotators: [String] = []
  /// The documents with at least two annotators.
  package private(set) var documents: [String] = []
  package private(set) var documentsLeftOut = 0
  package private(set) var omissions: [Omission] = []
  /// The labels that count, in the scheme's order.
  package private(set) var labels: [String] = []
  /// The number of spans ignored because they, or those they are aligned with, were suggested; nil if none were to be.
  package private(set) var suggestedLeftOut: Int?
  /// The scheme's versions with which the files were started.
  package private(set) var schemeVersions: [String] = []
  package private(set) var codings: [Coding] = []
  /// The attributes of documents, in the scheme's order; empty if no figures of items are wanted.
  private(set) var documentCodings: [DocumentCoding] = []
  /// Whether the parts of ``codings`` are the sentences of the only document.
  package private(set) var isBySentence = false
  /// The pairwise measures.
  private(set) var pairRows: [PairMeasure] = []
  /// Each document's counts for each row, for the pairs of annotators that share it, by ``pair(_:_:)``.
  private(set) var pairs: [[Int: [[Int32]]]] = []
  /// The continua of the documents; empty if no figures of them are wanted.
  package private(set) var continua = UnitizingStudy(annotators: 0)
  private(set) var setting = PairMeasures(nil, [], overlap: 0)
  package private(set) var confusion: [Int] = []
  private(set) var examples: [DocumentContribution.Difference: DocumentContribution.Example] = [:]

  /// Reads the annotations to compare.
  package init(in workspace: Workspace, _ choice: Request) throws(Complaint) {
    self.choice = choice
    let names = try DocumentChoice.names(choice.documents, in: workspace)
    let reading = try AgreementStudyReader(names, in: workspace, choice)
    labels = reading.setting.labels
    setting = reading.setting
    pairRows = reading.rows
    confusion = [Int](repeating: 0, count: (labels.count + 1) * (labels.count + 1))
    var contributions: [DocumentContribution] = []
    var (schemes, versions, everyone): (Set<String>, Set<String>, Set<String>) = ([], [], [])
    for block in stride(from: 0, to: names.count, by: 256) {
      for result in reading.read(Array(names[block..<min(block + 256, names.count)])) {
        let part = try result.get()
        omissions += part.omissions
        schemes.formUnion(part.schemes)
        versions.formUnion(part.versions)
        everyone.formUnion(part.annotators)
        if choice.withoutSuggested { suggestedLeftOut = (suggestedLeftOut ?? 0) + part.suggestedLeftOut }
        if let contribution = part.contribution {
          contributions.append(contribution)
        } else {
          documentsLeftOut += 1
        }
      }
    }
    guard schemes.count < 2 else {
      throw Complaint(
        "The files use different schemes: \(Complaint.list(schemes.sorted())).",
        "Name documents that use one scheme; labels of different schemes cannot be compared.")
    }
    schemeVersions = versions.sorted()
    try check(choice.annotators + [choice.reference].compactMap { $0 }, everyone)
    let columns = reading.annotators.indices.filter {
      everyone.contains(reading.annotators[$0]) || choice.annotators.contains(reading.annotators[$0])
    }
    annotators = columns.map { reading.annotators[$0] }
    if contributions.count == 1 {
      isBySentence = true
      contributions = [try reading.contribution(of: contributions[0].document, bySentence: true) ?? contributions[0]]
    }
    documents = contributions.map(\.document)
    continua = UnitizingStudy(annotators: columns.count)
    codings = choice.units.map { Coding($0, annotators: columns.count) }
    documentCodings = (choice.units.isEmpty ? [] : setting.scheme?.documentAttributes ?? []).map {
      DocumentCoding($0.name, annotators: columns.count)
    }
    for contribution in contributions { add(contribution, columns) }
  }

  private func check(_ chosen: [String], _ everyone: Set<String>) throws(Complaint) {
    guard let nobody = chosen.first(where: { !everyone.contains($0) }) else { return }
    throw DocumentChoice.nobody(nobody, omissions)
  }

  private mutating func add(_ contribution: DocumentContribution, _ columns: [Int]) {
    for index in codings.indices {
      for part in contribution.parts[index] { codings[index].append(part, columns: columns) }
    }
    for index in documentCodings.indices { documentCodings[index].append(columns.map { contribution.said[$0] }) }
    if let continuum = contribution.continuum { continua.append(continuum.choosing(columns)) }
    let places = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
    var shared: [Int: [[Int32]]] = [:]
    for pair in contribution.pairs {
      guard let first = places[pair.first], let second = places[pair.second] else { continue }
      shared[self.pair(first, second)] = pair.counts
    }
    pairs.append(shared)
    for place in confusion.indices { confusion[place] += contribution.confusion[place] }
    for (difference, example) in contribution.examples where example.words > examples[difference]?.words ?? 0 {
      guard let first = places[example.first], let second = places[example.second] else { continue }
      examples[difference] = example.between(first, second)
    }
  }

  /// The index of a pair of annotators, in either order.
  func pair(_ one: Int, _ other: Int) -> Int { min(one, other) * annotators.count + max(one, other) }

  /// The number of pairs of annotators that have no document in common.
  package var pairsApart: Int {
    let together = pairs.reduce(into: Set<Int>()) { $0.formUnion($1.keys) }
    return annotators.count * (annotators.count - 1) / 2 - together.count
  }

}
