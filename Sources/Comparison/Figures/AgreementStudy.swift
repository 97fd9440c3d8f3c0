package import Agreement
package import Pages
import Standoff
package import Storage

/// The data for agreement measures: annotators of chosen documents, reduced to items, units and counts.
///
/// Documents are read several at a time and then dropped; only a ``DocumentContribution`` is kept of each.
package struct AgreementStudy {
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

    /// - Parameter columns: the place in the study of each annotator of the document; nil if it takes none.
    mutating func append(_ said: [DocumentContribution.Said], columns: [Int?]) {
      study.beginDocument()
      var row = [Int?](repeating: nil, count: study.annotators)
      for (column, said) in zip(columns, said) where said.isWhole || said.attributes[name] != nil {
        guard let column else { continue }
        let value = said.attributes[name]
        row[column] = values[value, default: values.count]
        values[value] = row[column]
      }
      study.append(row, count: 1)
    }
  }

  package let choice: CountingRequest
  package private(set) var annotators: [String] = []
  /// The documents with at least two annotators.
  package private(set) var documents: [String] = []
  package private(set) var documentsLeftOut = 0
  /// The lines of documents that could not be counted.
  package private(set) var refused = 0
  /// The greatest number of annotators of a document.
  package private(set) var mostTogether = 0
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
  private(set) var setting = PairMeasures(nil, [], overlap: 0)
  /// The scheme's dissimilarities of the labels that count.
  package let categorical: Dissimilarity.Categorical
  package private(set) var confusion: [Int] = []
  private(set) var examples: [DocumentContribution.Difference: DocumentContribution.Example] = [:]

  /// Reads the annotations to compare.
  package init(in workspace: Workspace, _ choice: CountingRequest) throws(Complaint) {
    let names = try DocumentChoice.names(choice.documents, in: workspace)
    let plan = try CountingPlan(names, in: workspace, choice)
    let rule: CountingRule
    do throws(FileFault) { rule = try plan.rule(in: workspace) } catch { throw Complaint(error) }
    @Sendable func read(_ name: String, bySentence: Bool) throws(Complaint) -> DocumentReading {
      let counted: CountedAnnotations
      do throws(FileFault) {
        counted = try CountedAnnotations(of: name, in: workspace, rule, known: plan.scheme)
      } catch {
        throw Complaint(error)
      }
      return try DocumentReading(counted, plan, bySentence: bySentence)
    }
    var readings = try InOrder.map(names) { (name) throws(Complaint) in try read(name, bySentence: false) }
    let compared = readings.indices.filter { readings[$0].contribution != nil }
    if compared.count == 1 { readings[compared[0]] = try read(readings[compared[0]].document, bySentence: true) }
    try self.init(plan, readings, isBySentence: compared.count == 1)
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
    continua = UnitizingStudy(annotators: annotators.count)
    codings = choice.units.map { Coding($0, annotators: annotators.count) }
    documentCodings = (choice.units.isEmpty ? [] : setting.scheme?.documentAttributes ?? []).map {
      DocumentCoding($0.name, annotators: annotators.count)
    }
    for contribution in contributions { add(contribution, places) }
  }

  private func check(_ chosen: [String], _ everyone: Set<String>) throws(Complaint) {
    guard let nobody = chosen.first(where: { !everyone.contains($0) }) else { return }
    throw DocumentChoice.nobody(nobody, omissions)
  }

  /// - Parameter places: the place in this study of each annotator of the plan; nil if it takes none.
  private mutating func add(_ contribution: DocumentContribution, _ places: [Int?]) {
    let columns = contribution.annotators.map { places[$0] }
    mostTogether = max(mostTogether, columns.count)
    for index in codings.indices {
      for part in contribution.parts[index] { codings[index].append(part, columns: columns) }
    }
    for index in documentCodings.indices { documentCodings[index].append(contribution.said, columns: columns) }
    if let continuum = contribution.continuum {
      continua.append(continuum.choosing(annotators.indices.map(columns.firstIndex)))
    }
    if choice.gamma != nil { aligned.append(contribution.aligned) }
    if var found = contribution.segments {
      found.lengths.annotators = columns.compactMap { $0 }
      found.overlapping = found.overlapping.flatMap { places[$0] }
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

  /// The index of a pair of annotators, in either order.
  func pair(_ one: Int, _ other: Int) -> Int { min(one, other) * annotators.count + max(one, other) }

  /// The number of pairs of annotators that have no document in common.
  package var pairsApart: Int {
    var together: Set<Int> = []
    for document in pairs { for pair in document { together.insert(self.pair(pair.first, pair.second)) } }
    return annotators.count * (annotators.count - 1) / 2 - together.count
  }
}
