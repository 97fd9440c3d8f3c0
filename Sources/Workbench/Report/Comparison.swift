import Agreement
import Standoff
import Storage

/// Annotators of a choice of documents, brought down to what measures are computed from.
///
/// Documents are read one by one, several at a time, and forgotten: what is kept of each is its ``Contribution``.
struct Comparison {
  /// What is to be compared.
  struct Choice {
    /// Empty for all.
    var documents: [String] = []
    /// Empty for all but gold.
    var annotators: [String] = []
    /// Empty for all of the scheme.
    var labels: [String] = []
    var units = ComparedDocument.Unit.allCases
    /// Whether figures of pairs of annotators are wanted.
    var hasPairs = true
    /// Whether figures of continua are wanted.
    var hasContinua = true
    /// The annotator that spans of all others are compared with; nil for all pairs.
    var reference: String?
    /// Least intersection over union of spans that overlap; 0 for any.
    var overlap = 0.0
    /// Whether files count that are not done, as far as their annotator has read.
    var inProgress = false
    /// Kinds of zones that count although they are left out otherwise.
    var zones: Set<Zone.Kind> = []
    /// The round whose assignments count; nil for all files.
    var round: Int?
    /// Whether suggested spans are left out, with the spans that they are aligned with.
    var withoutSuggested = false
  }

  /// A file that does not take part, and why.
  struct Omission: Equatable {
    let document: String
    let annotator: String
    let reason: String
  }

  /// Items of a unit with the set of labels that each category stands for.
  struct Coding {
    let unit: ComparedDocument.Unit
    var study: CodingStudy
    /// The labels of each category, as bits in the order of ``Comparison/labels``; nothing at first.
    var sets: [UInt64] = [0]
    private var categories: [UInt64: Int] = [0: 0]

    init(_ unit: ComparedDocument.Unit, annotators: Int) {
      self.unit = unit
      study = CodingStudy(annotators: annotators)
    }

    mutating func append(_ part: Contribution.Part, columns: [Int]) {
      study.beginDocument()
      for (masks, count) in part {
        let values = columns.map { column -> Int? in
          let mask = masks[column]
          if mask == ComparedDocument.Stretch.missing { return nil }
          if let category = categories[mask] { return category }
          categories[mask] = sets.count
          sets.append(mask)
          return sets.count - 1
        }
        study.append(values, count: count)
      }
    }
  }

  let choice: Choice
  private(set) var annotators: [String] = []
  /// Those that two annotators have.
  private(set) var documents: [String] = []
  private(set) var documentsLeftOut = 0
  private(set) var omissions: [Omission] = []
  /// The labels that count, in the scheme's order.
  private(set) var labels: [String] = []
  /// Spans that were taken out because they, or those they are aligned with, were suggested; nil where none were to be.
  private(set) var suggestedLeftOut: Int?
  /// The versions of the scheme that the files were begun with.
  private(set) var schemeVersions: [String] = []
  private(set) var codings: [Coding] = []
  /// Whether the parts of ``codings`` are the sentences of the only document.
  private(set) var isBySentence = false
  /// Rows of figures of pairs of annotators.
  private(set) var pairRows: [PairRow] = []
  /// What each document contributes to them: for the pairs that share it, by ``pair(_:_:)``, counts for each row.
  private(set) var pairs: [[Int: [[Int32]]]] = []
  /// The continua of the documents; none where no figures of them are wanted.
  private(set) var continua = UnitizingStudy(annotators: 0)
  private(set) var setting = PairRow.Setting(nil, [], overlap: 0)
  private(set) var confusion: [Int] = []
  private(set) var examples: [Contribution.Difference: Contribution.Example] = [:]

  /// Reads the annotations that are to be compared.
  init(in workspace: Workspace, _ choice: Choice) throws(Complaint) {
    self.choice = choice
    let names = try Self.names(choice.documents, in: workspace)
    let reading = try ComparisonReading(names, in: workspace, choice)
    labels = reading.setting.labels
    setting = reading.setting
    pairRows = reading.rows
    confusion = [Int](repeating: 0, count: (labels.count + 1) * (labels.count + 1))
    var contributions: [Contribution] = []
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
        "The files are of different schemes: \(Complaint.list(schemes.sorted())).",
        "Name documents of one scheme; labels of different schemes cannot be compared.")
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
    for contribution in contributions { add(contribution, columns) }
  }

  private func check(_ chosen: [String], _ everyone: Set<String>) throws(Complaint) {
    guard let nobody = chosen.first(where: { !everyone.contains($0) }) else { return }
    throw Self.nobody(nobody, omissions)
  }

  /// What is said of an annotator who was named and of whom nothing counts.
  static func nobody(_ name: String, _ omissions: [Omission]) -> Complaint {
    let waiting = omissions.contains { $0.annotator == name }
    return Complaint(
      "“\(name)” has \(waiting ? "no document that is done" : "annotated none of these documents").",
      waiting ? "“--in-progress” counts what was read so far." : "“gainsay status” shows who has done what.",
      culprit: name)
  }

  private mutating func add(_ contribution: Contribution, _ columns: [Int]) {
    for index in codings.indices {
      for part in contribution.parts[index] { codings[index].append(part, columns: columns) }
    }
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

  /// The number of a pair of annotators, in either order.
  func pair(_ one: Int, _ other: Int) -> Int { min(one, other) * annotators.count + max(one, other) }

  /// Pairs of annotators that have no document in common.
  var pairsApart: Int {
    let together = pairs.reduce(into: Set<Int>()) { $0.formUnion($1.keys) }
    return annotators.count * (annotators.count - 1) / 2 - together.count
  }

  /// Documents that are named and that the reader was assigned and has not done are refused: of these there is nothing to
  /// compare yet.
  static func checkSeen(_ documents: [String], in workspace: Workspace) throws(Complaint) {
    for name in documents {
      do throws(FileFault) { try workspace.checkUnveiled(name) } catch { throw Complaint(error) }
    }
  }

  /// The documents that are named, or all.
  static func names(_ documents: [String], in workspace: Workspace) throws(Complaint) -> [String] {
    let known: [String]
    do throws(FileFault) { known = try workspace.documentNames() } catch { throw Complaint(error) }
    if documents.isEmpty { return known }
    var left = Set(known)
    for name in documents where left.remove(name) == nil {
      try Session.checkName(name, in: workspace)
      throw Complaint("“\(name)” is named twice.", "Name each document once.", culprit: name)
    }
    return documents
  }
}
