package import Pages
import Standoff
package import Storage

/// The disagreements of annotators, document by document.
package struct Differences {
  /// The documents and annotators to compare, and the disagreements to show.
  package struct Request: Sendable {
    /// Empty for all documents.
    var documents: [String] = []
    /// Empty for all annotators but gold.
    var annotators: [String] = []
    /// Empty for all labels of the scheme.
    package var labels: [String] = []
    /// Empty for all kinds.
    package var kinds: [Disagreement.Kind] = []
    /// Empty for all disagreements; else only those over one of these attributes.
    package var attributes: [String] = []
    /// The attributes that make no disagreement.
    package var ignored: [String] = []
    /// Whether to include unfinished files, as far as their annotator has read.
    package var inProgress = false

    package init(
      documents: [String] = [], annotators: [String] = [], labels: [String] = [], kinds: [Disagreement.Kind] = [],
      attributes: [String] = [], ignored: [String] = [], inProgress: Bool = false
    ) {
      self.documents = documents
      self.annotators = annotators
      self.labels = labels
      self.kinds = kinds
      self.attributes = attributes
      self.ignored = ignored
      self.inProgress = inProgress
    }
  }

  package let choice: Request
  package private(set) var parts: [DocumentDifferences] = []
  /// The spans that pairs of annotators share, of ``parts``.
  private(set) var matches = ExactMatches()
  /// The number of disagreements that are shown.
  package private(set) var count = 0
  /// Everybody with annotations that count, alone or not.
  package private(set) var annotators: [String] = []
  package private(set) var omissions: [Omission] = []
  /// The number of documents with fewer than two annotators who count.
  package private(set) var documentsLeftOut = 0

  /// What is found in one document.
  private struct Found: Sendable {
    let annotators: [String]
    let omissions: [Omission]
    /// Nil if fewer than two annotators count.
    let part: DocumentDifferences?
    let matches: ExactMatches
  }

  /// - Parameter keepsParts: whether ``parts`` are wanted, not their number alone.
  package init(in workspace: Workspace, _ choice: Request, keepsParts: Bool = true) throws(Complaint) {
    self.choice = choice
    let lists: SharedLists
    do throws(FileFault) { lists = try workspace.sharedLists() } catch { throw Complaint(error) }
    let rule = CountingRule(
      try CountingRule.people(named: choice.annotators), choice.inProgress ? .asFarAsRead : .done)
    var everyone: Set<String> = []
    let names = try DocumentChoice.names(choice.documents, in: workspace)
    try InOrder.forEach(names) { (name) throws(Complaint) -> Found in
      let counted: CountedAnnotations
      do throws(FileFault) { counted = try CountedAnnotations(of: name, in: workspace, rule) } catch {
        throw Complaint(error)
      }
      let part = counted.files.count > 1 ? try Self.part(counted, lists, choice) : nil
      return Found(
        annotators: counted.files.map(\.annotator), omissions: counted.omissions, part: part,
        matches: part.flatMap { keepsParts ? ExactMatches(of: $0.alignment.groups, $0.annotators) : nil }
          ?? ExactMatches())
    } take: { (found) throws(Complaint) in
      omissions += found.omissions
      everyone.formUnion(found.annotators)
      guard let part = found.part else {
        documentsLeftOut += 1
        return
      }
      count += part.shown.count + (showsDocuments ? part.ofDocument.count : 0)
      guard keepsParts else { return }
      parts.append(part)
      matches = matches + found.matches
    }
    annotators = everyone.sorted()
    if let nobody = choice.annotators.first(where: { !everyone.contains($0) }) {
      throw DocumentChoice.nobody(nobody, omissions)
    }
  }

  private static func part(
    _ counted: CountedAnnotations, _ lists: SharedLists, _ choice: Request
  ) throws(Complaint) -> DocumentDifferences {
    let scheme = counted.files[0].set.scheme
    let alignment = try DocumentAlignment(counted, lists)
    for label in choice.labels where scheme.label(label) == nil { throw Complaint(noLabel: label, in: scheme) }
    for name in choice.attributes + choice.ignored where scheme.attribute(name) == nil {
      throw Complaint(noAttribute: name, in: scheme)
    }
    let labels = choice.labels.compactMap { scheme.label($0)?.name }
    let all = alignment.disagreements(counted.document.text, scheme).compactMap { $0.ignoring(choice.ignored) }
    let shown = all.filter { disagreement in
      (labels.isEmpty || disagreement.spans.labels.contains { labels.contains($0) })
        && (choice.kinds.isEmpty || disagreement.kinds.contains { choice.kinds.contains($0) })
        && (choice.attributes.isEmpty || disagreement.attributes.contains { choice.attributes.contains($0.name) })
    }
    return DocumentDifferences(document: counted.document, scheme: scheme, alignment: alignment, all: all, shown: shown)
  }

  /// Whether differences in attributes of documents are shown: unless labels, kinds or attributes are chosen.
  package var showsDocuments: Bool {
    choice.labels.isEmpty && choice.kinds.isEmpty && choice.attributes.isEmpty
  }
}

extension DocumentAlignment {
  /// The complaint that gamma cannot align so many annotators.
  package static func tooMany(_ annotators: Int) -> Complaint {
    Complaint(
      "Gamma cannot align \(annotators) annotators exactly; \(mostAnnotators) is the limit.",
      "Name up to \(mostAnnotators) with --annotators.")
  }

  /// The alignment of the annotations of a document that count; throws if they have different schemes or are too many.
  init(_ counted: CountedAnnotations, _ lists: SharedLists = SharedLists()) throws(Complaint) {
    let (document, files) = (counted.document, counted.files)
    let schemes = files.map(\.set.scheme)
    if let other = schemes.first(where: { $0.name != schemes[0].name }) {
      throw Complaint(
        "The files of \(document.id) use different schemes: \(schemes[0].name) and \(other.name).",
        "Name annotators who use one scheme with --annotators.")
    }
    guard files.count <= Self.mostAnnotators else {
      throw Complaint(
        "\(files.count) annotators of \(document.id) cannot be aligned exactly; \(Self.mostAnnotators) is the limit.",
        "Name up to \(Self.mostAnnotators) with --annotators.")
    }
    let layers = files.map { file in
      Layer(
        annotator: file.annotator,
        spans: file.spans.filter { $0.hull.end <= file.limit }.sorted(by: Annotation.inReadingOrder),
        attributes: lists.counted(file.set, in: document), relations: file.set.relations,
        ofDocument: file.set.ofDocument.attributes, limit: file.limit)
    }
    self.init(layers, schemes[0])
  }

  /// All disagreements, in reading order.
  func disagreements(_ text: DocumentText, _ scheme: Scheme) -> [Disagreement] {
    let tied = layers.map { layer in Set(layer.relations.map(\.from)) }
    return groups.indices.compactMap { group in
      isAlike(group, tied) ? nil : Disagreement(of: group, in: self, text, scheme)
    }
  }

  /// Whether all annotators have the same single span with the same attributes and no relations from it, so that nothing
  /// can differ.
  ///
  /// - Parameter tied: for each layer, the ids of spans with relations.
  private func isAlike(_ group: Int, _ tied: [Set<Int>]) -> Bool {
    guard let first = groups[group].held(by: 0).first else { return false }
    return layers.indices.allSatisfy { layer in
      let held = groups[group].held(by: layer)
      return held.count == 1 && held[0].label == first.label && held[0].fragments == first.fragments
        && (layers[layer].attributes[held[0].id] ?? [:]) == (layers[0].attributes[first.id] ?? [:])
        && !tied[layer].contains(held[0].id)
    }
  }
}
