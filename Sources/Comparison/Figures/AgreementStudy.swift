package import Agreement
package import Pages
import Standoff
package import Storage

/// The data for agreement measures: annotators of chosen documents, reduced to items, units and counts.
///
/// Documents are read several at a time and then dropped; only a ``DocumentContribution`` is kept of each.
package struct AgreementStudy: Sendable {
  /// The items of a unit, with the set of labels that each category stands for.
  package struct Coding: Sendable {
    let unit: ItemKind
    package var study: CodingStudy
    /// The labels of each category, as bits in the order of ``AgreementStudy/labels``; category 0 has none.
    var sets: [UInt64] = [0]
    private var categories: [UInt64: Int] = [0: 0]

    init(_ unit: ItemKind, annotators: Int) {
      self.unit = unit
      study = CodingStudy(annotators: annotators)
    }

    /// A coding of no items that knows the same sets.
    var emptied: Coding {
      var emptied = self
      emptied.study = CodingStudy(annotators: study.annotators)
      return emptied
    }

    /// - Parameter columns: the place in the study of each annotator of the document; nil if it takes none.
    mutating func append(_ part: DocumentContribution.ItemCounts, columns: [Int?]) {
      study.beginDocument()
      for (masks, count) in part {
        var values = [Int?](repeating: nil, count: study.annotators)
        for (column, mask) in zip(columns, masks) where mask != ItemsAndUnits.Stretch.missing {
          guard let column else { continue }
          if categories[mask] == nil {
            categories[mask] = sets.count
            sets.append(mask)
          }
          values[column] = categories[mask]
        }
        study.append(values, count: count)
      }
    }
  }

  package let choice: CountingRequest
  /// The table that the codes are from; nil for annotations.
  package private(set) var table: CodeTable?
  package private(set) var annotators: [String] = []
  /// The documents with at least two annotators.
  package private(set) var documents: [String] = []
  /// The number of documents with at least two annotators; they have no names where they were added up.
  package private(set) var documentCount = 0
  package private(set) var documentsLeftOut = 0
  /// The lines of documents that could not be counted.
  package private(set) var refused = 0
  /// The greatest number of annotators of a document.
  package private(set) var mostTogether = 0
  package private(set) var omissions: [Omission] = []
  /// How many files do not count, where documents were added up.
  package private(set) var omitted: [(annotator: String, reason: String, count: Int)] = []
  /// Whether documents were added up before they came here.
  package private(set) var isOfSums = false
  /// The first annotator whose spans with different labels overlap, with the document; nil if there is none.
  package private(set) var overlapping: (annotator: String, document: String)?
  /// The labels that count, in the scheme's order.
  package private(set) var labels: [String] = []
  /// The number of spans ignored because they, or those they are aligned with, were suggested; nil if none were to be.
  package private(set) var suggestedLeftOut: Int?
  /// The scheme's versions with which the files were started.
  package private(set) var schemeVersions: [String] = []
  package private(set) var codings: [Coding] = []
  /// The attributes of documents, in the scheme's order, if figures of items are wanted; those of aligned spans, in the
  /// order of their names, if figures of these are; or the codes of a table.
  package private(set) var coded: [CodedItems] = []
  /// Whether the parts of ``codings`` are the sentences of the only document.
  package private(set) var isBySentence = false
  /// The pairwise measures.
  private(set) var pairRows: [PairMeasure] = []
  /// Where the counts of each of ``pairRows`` begin among those of a pair, and where those of the last one end.
  private(set) var pairStarts: [Int] = []
  /// For each document, its pairs of annotators with their counts.
  private(set) var pairs: [[DocumentContribution.Pair]] = []
  /// The segments of each document; empty if no figures of continua are wanted.
  private(set) var segments: [DocumentContribution.Segments] = []
  /// The counts of the best alignments of each document, where it was counted by itself: for each kind, of all labels
  /// and then of each.
  private(set) var aligned: [[SparseCounts]] = []
  /// The continua of the documents; empty unless best alignments are wanted.
  package private(set) var continua = UnitizingStudy(annotators: 0)
  private(set) var setting = PairMeasures(nil, [], overlaps: [0])
  /// The scheme's dissimilarities of the labels that count.
  package let categorical: Dissimilarity.Categorical
  package private(set) var confusion: [Int] = []
  private(set) var examples: [DocumentContribution.Difference: DocumentContribution.Example] = [:]

  /// Reads the annotations to compare.
  package init(in workspace: Workspace, _ choice: CountingRequest) throws(Complaint) {
    let names = try DocumentChoice.names(choice.documents, in: workspace)
    let plan = try CountingPlan(names, in: workspace, choice)
    var readings = try Self.readings(of: names, in: workspace, plan)
    let compared = readings.indices.filter { readings[$0].contribution != nil }
    if compared.count == 1 {
      let name = readings[compared[0]].document
      readings[compared[0]] = try Self.readings(of: [name], in: workspace, plan, bySentence: true)[0]
    }
    try self.init(plan, readings, isBySentence: compared.count == 1)
  }

  /// Reads the annotations of two groups of documents, to tell one from the other.
  ///
  /// - Parameter other: the documents or the round of the second group.
  /// - Returns: the study of all, the first group's documents first, and how many these are.
  package static func groups(
    in workspace: Workspace, _ choice: CountingRequest, against other: CountingRequest
  ) throws(Complaint) -> (study: AgreementStudy, first: Int) {
    let names = try [choice, other].map { (choice) throws(Complaint) in
      try DocumentChoice.names(choice.documents, in: workspace)
    }
    let plan = try CountingPlan(
      names[0] + Set(names[1]).subtracting(names[0]).sorted(), in: workspace, choice)
    let against = try plan.choosing(other)
    let first = try readings(of: names[0], in: workspace, plan)
    let second = try readings(of: names[1], in: workspace, against)
    let study = try AgreementStudy(plan, first + second)
    return (study, first.count { $0.contribution != nil })
  }

  private static func readings(
    of names: [String], in workspace: Workspace, _ plan: CountingPlan, bySentence: Bool = false
  ) throws(Complaint) -> [DocumentReading] {
    let rule: CountingRule
    do throws(FileFault) { rule = try plan.rule(in: workspace) } catch { throw Complaint(error) }
    return try InOrder.map(names) { (name) throws(Complaint) in
      let counted: CountedAnnotations
      do throws(FileFault) {
        counted = try CountedAnnotations(of: name, in: workspace, rule, known: plan.scheme)
      } catch {
        throw Complaint(error)
      }
      return try DocumentReading(counted, plan, bySentence: bySentence)
    }
  }

  /// A study of documents that were counted.
  ///
  /// - Parameters:
  ///   - isBySentence: whether the parts of the only document are its sentences.
  ///   - refused: how many documents could not be counted.
  package init(
    _ plan: CountingPlan, _ readings: [DocumentReading], isBySentence: Bool = false, refused: Int = 0
  ) throws(Complaint) {
    choice = plan.choice
    self.refused = refused
    self.isBySentence = isBySentence
    labels = plan.labels
    setting = plan.setting
    categorical = plan.categorical
    (pairRows, pairStarts) = (plan.rows, plan.starts)
    confusion = [Int](repeating: 0, count: (labels.count + 1) * (labels.count + 1))
    var (schemes, versions, everyone): (Set<String>, Set<String>, Set<String>) = ([], [], [])
    for reading in readings {
      omissions += reading.omissions
      schemes.formUnion(reading.schemes)
      versions.formUnion(reading.versions)
      everyone.formUnion(reading.annotators)
      if choice.withoutSuggested { suggestedLeftOut = (suggestedLeftOut ?? 0) + reading.suggestedLeftOut }
      if reading.contribution == nil { documentsLeftOut += 1 }
    }
    guard schemes.count < 2 else {
      throw Complaint(
        "The files use different schemes: \(Complaint.list(schemes.sorted())).",
        "Name documents that use one scheme; labels of different schemes cannot be compared.")
    }
    schemeVersions = versions.sorted()
    try check(choice.annotators + [choice.reference].compactMap { $0 }, everyone)
    annotators = plan.annotators.filter { everyone.contains($0) || choice.annotators.contains($0) }
    let places = plan.annotators.map(annotators.firstIndex)
    let contributions = readings.compactMap(\.contribution)
    documents = contributions.map(\.document)
    documentCount = documents.count
    continua = UnitizingStudy(annotators: people.count)
    codings = choice.units.map { Coding($0, annotators: people.count) }
    coded = (choice.units.isEmpty ? [] : setting.scheme?.documentAttributes ?? []).map {
      CodedItems(.document, $0.name, scale: $0.scale, order: $0.values, annotators: people.count)
    }
    for name in choice.hasAttributes ? setting.attributes : [] {
      guard let attribute = setting.scheme?.attribute(name) else { continue }
      coded.append(
        CodedItems(.attribute, name, scale: attribute.scale, order: attribute.values, annotators: people.count))
    }
    add(contributions, places)
  }

  /// The studies of a sum: of all its documents, then of each resample.
  ///
  /// - Parameters:
  ///   - plan: what the figures need.
  ///   - whole: what was counted.
  /// - Throws: if what was counted is not what the plan asks for.
  package static func studies(
    of sum: TallySum, _ plan: CountingPlan, of whole: CountingPlan
  ) throws(Complaint) -> [AgreementStudy] {
    let (found, lengths) = try sum.contributions(whole)
    let rows = found.map { row in
      var row = row
      row.choose(plan.choice, of: whole)
      return row
    }
    func reading(_ contribution: DocumentContribution) -> DocumentReading {
      var reading = DocumentReading("")
      reading.annotators = sum.annotators.sorted()
      reading.versions = sum.versions
      reading.contribution = contribution
      return reading
    }
    // Lengths of segments are pooled by annotators, as if each group had a document of its own.
    let groups = (plan.choice.hasContinua ? lengths : []).map { lengths in
      var group = rows[0]
      (group.parts, group.said, group.pairs) = (plan.choice.units.map { _ in [] }, [], [])
      group.values = []
      (group.confusion, group.examples) = (SparseCounts(), [:])
      group.annotators = lengths.annotators
      group.aligned = rows[0].aligned.map { _ in SparseCounts() }
      group.segments = DocumentContribution.Segments(
        alphas: plan.labels.indices.map { _ in SparseCounts() } + [SparseCounts()], lengths: lengths, overlapping: nil)
      return reading(group)
    }
    var all = try AgreementStudy(plan, [reading(rows[0])] + groups, refused: sum.count(TallySum.Key.refused))
    all.documents = []
    all.isOfSums = true
    all.documentCount = sum.count(TallySum.Key.documents)
    all.documentsLeftOut = sum.count(TallySum.Key.leftOut)
    all.omitted = sum.omitted
    all.mostTogether = 0
    if plan.choice.withoutSuggested { all.suggestedLeftOut = sum.count(TallySum.Key.suggested) }
    all.overlapping = sum.overlapping.map { (plan.annotators[$0.annotator], $0.document) }
    var studies = [all]
    for row in rows.dropFirst() {
      var study = all
      study.codings = all.codings.map(\.emptied)
      study.coded = all.coded.map(\.emptied)
      (study.pairs, study.segments, study.aligned) = ([], [], [])
      study.add([row], plan.annotators.map(all.annotators.firstIndex))
      studies.append(study)
    }
    return studies
  }

  /// The study of a table of codes: each item is sampled by itself, or with those of its document.
  package init(_ table: CodeTable) {
    var choice = CountingRequest(units: [], hasPairs: false, hasAttributes: false, hasContinua: false)
    choice.annotators = table.annotators
    self.choice = choice
    self.table = table
    categorical = .nominal
    annotators = table.annotators
    var items = CodedItems(
      .item, nil, scale: table.scale, order: table.order, annotators: table.annotators.count)
    var groups: [String: Int] = [:]
    var order: [[Int]] = []
    for (place, item) in table.items.enumerated() {
      let group = item.document.flatMap { groups[$0] } ?? order.count
      if group == order.count { order.append([]) }
      if let document = item.document { groups[document] = group }
      order[group].append(place)
    }
    for group in order {
      items.beginDocument()
      for place in group { items.append(table.items[place].codes.map { $0.map { .some($0) } }) }
    }
    coded = [items]
    confusion = [0]
    documents = table.hasDocuments ? order.map { table.items[$0[0]].document ?? "" } : []
    documentCount = order.count
  }

  private func check(_ chosen: [String], _ everyone: Set<String>) throws(Complaint) {
    guard let nobody = chosen.first(where: { !everyone.contains($0) }) else { return }
    throw DocumentChoice.nobody(nobody, omissions)
  }

  /// - Parameter places: the place in this study of each annotator of the plan; nil if it takes none.
  private mutating func add(_ contributions: [DocumentContribution], _ places: [Int?]) {
    let units = Array(codings.enumerated())
    codings = InOrder.map(units) { index, coding in
      var coding = coding
      for contribution in contributions {
        let columns = contribution.annotators.map { places[$0] }
        for part in contribution.parts[index] { coding.append(part, columns: columns) }
      }
      return coding
    }
    let attributes = setting.attributes
    coded = InOrder.map(coded) { items in
      var items = items
      for contribution in contributions {
        items.append(contribution, contribution.annotators.map { places[$0] }, places, attributes)
      }
      return items
    }
    for contribution in contributions { add(contribution, places) }
  }

  private mutating func add(_ contribution: DocumentContribution, _ places: [Int?]) {
    let columns = contribution.annotators.map { places[$0] }
    mostTogether = max(mostTogether, columns.count)
    if let continuum = contribution.continuum {
      continua.append(continuum.choosing(people.indices.map(columns.firstIndex)))
    }
    if choice.gamma != nil { aligned.append(contribution.aligned) }
    if var found = contribution.segments {
      if !found.lengths.annotators.isEmpty { found.lengths.annotators = columns.compactMap { $0 } }
      if let annotator = found.overlapping.flatMap({ places[$0] }), overlapping == nil {
        overlapping = (annotators[annotator], contribution.document)
      }
      segments.append(found)
    }
    pairs.append(
      contribution.pairs.compactMap { pair in
        guard let first = places[pair.first], let second = places[pair.second] else { return nil }
        return DocumentContribution.Pair(first: first, second: second, counts: pair.counts)
      })
    contribution.confusion.add(to: &confusion)
    for (difference, example) in contribution.examples where example.words > examples[difference]?.words ?? 0 {
      guard let first = places[example.first], let second = places[example.second] else { continue }
      examples[difference] = example.between(first, second)
    }
  }

  /// The scale and weights of a figure's values, where they are an attribute's or a table's.
  package func codes(of figure: Figure) -> CodedItems? {
    coded.first { $0.unit.rawValue == figure.key.unit && ($0.unit == .item || $0.name == figure.key.label) }
  }

  /// Whether the two annotators of a pair have an item of a table in common.
  private func haveCommonItem(_ first: Int, _ second: Int) -> Bool {
    table?.items.contains { $0.codes[first] != nil && $0.codes[second] != nil } ?? false
  }

  /// The annotators without the adjudicated version that they are held to.
  package var people: [String] { annotators.filter { $0 != choice.heldApart } }

  /// The names of the relations.
  package var relationTypes: [String] { setting.types }

  /// The names of the attributes.
  package var attributes: [String] { setting.attributes }

  /// The index of a pair of annotators, in either order.
  func pair(_ one: Int, _ other: Int) -> Int { min(one, other) * annotators.count + max(one, other) }

  /// The number of pairs of annotators that have no document in common.
  package var pairsApart: Int {
    if table != nil { return allEnds.count { !haveCommonItem($0.0, $0.1) } }
    var together: Set<Int> = []
    for document in pairs { for pair in document { together.insert(self.pair(pair.first, pair.second)) } }
    return annotators.count * (annotators.count - 1) / 2 - together.count
  }
}

extension CodedItems {
  /// Appends what a document contributes.
  ///
  /// - Parameters:
  ///   - columns: the place in the study of each annotator of the document; nil if it takes none.
  ///   - places: that of each annotator of the plan.
  ///   - attributes: the names of the plan's attributes.
  fileprivate mutating func append(
    _ contribution: DocumentContribution, _ columns: [Int?], _ places: [Int?], _ attributes: [String]
  ) {
    beginDocument()
    let none = [String??](repeating: nil, count: study.annotators)
    guard let name, unit == .attribute else {
      for saying in contribution.said {
        var row = none
        for (column, said) in zip(columns, saying.said) {
          let value = name.flatMap { said.attributes[$0] }
          // Who is not done may still give a value.
          if let column, said.isWhole || value != nil { row[column] = .some(value) }
        }
        append(row, count: saying.count)
      }
      return
    }
    for value in contribution.values where attributes[value.attribute] == name {
      guard let first = places[value.first], let second = places[value.second] else { continue }
      var row = none
      (row[first], row[second]) = (.some(value.values[0]), .some(value.values[1]))
      append(row, count: value.count)
    }
  }
}
