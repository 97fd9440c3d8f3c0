package import Pages
import Standoff
package import Storage

/// The disagreements of annotators, document by document.
package struct Differences {
  /// The documents and annotators to compare, and the disagreements to show.
  package struct Request {
    /// Empty for all documents.
    var documents: [String] = []
    /// Empty for all annotators but gold.
    var annotators: [String] = []
    /// Empty for all labels of the scheme.
    var labels: [String] = []
    /// Empty for all kinds.
    var kinds: [Disagreement.Kind] = []
    /// Whether to include unfinished files, as far as their annotator has read.
    var inProgress = false

    package init(
      documents: [String] = [], annotators: [String] = [], labels: [String] = [], kinds: [Disagreement.Kind] = [],
      inProgress: Bool = false
    ) {
      self.documents = documents
      self.annotators = annotators
      self.labels = labels
      self.kinds = kinds
      self.inProgress = inProgress
    }
  }

  let choice: Request
  package private(set) var parts: [DocumentDifferences] = []
  package private(set) var omissions: [Omission] = []
  /// The number of documents with fewer than two annotators who count.
  package private(set) var documentsLeftOut = 0

  package init(in workspace: Workspace, _ choice: Request) throws(Complaint) {
    self.choice = choice
    let names = try DocumentChoice.names(choice.documents, in: workspace)
    var everyone: Set<String> = []
    for name in names {
      let document: Document
      do throws(FileFault) { document = try workspace.document(name) } catch { throw Complaint(error) }
      let sets = try Self.sets(of: document, in: workspace, choice, &omissions)
      everyone.formUnion(sets.map(\.annotator))
      guard sets.count > 1 else {
        documentsLeftOut += 1
        continue
      }
      parts.append(try Self.part(document, sets, choice))
    }
    if let nobody = choice.annotators.first(where: { !everyone.contains($0) }) {
      throw DocumentChoice.nobody(nobody, omissions)
    }
  }

  /// The annotations of a document that count, in the order of the annotators' names.
  static func sets(
    of document: Document, in workspace: Workspace, _ choice: Request, _ omissions: inout [Omission]
  ) throws(Complaint) -> [AnnotationSet] {
    do throws(FileFault) {
      let present = try workspace.annotatorsAndGold(of: document.id)
      let wanted =
        choice.annotators.isEmpty
        ? present.filter { $0 != "gold" } : choice.annotators.filter { present.contains($0) }
      var sets: [AnnotationSet] = []
      for annotator in wanted {
        guard let set = try workspace.annotations(of: annotator, on: document, known: sets.first?.scheme) else {
          continue
        }
        if set.status == .complete || choice.inProgress {
          sets.append(set)
        } else {
          omissions.append(Omission(document: document.id, annotator: annotator, reason: "not done yet"))
        }
      }
      return sets
    } catch {
      throw Complaint(error)
    }
  }

  private static func part(_ document: Document, _ sets: [AnnotationSet], _ choice: Request) throws(Complaint)
    -> DocumentDifferences
  {
    let scheme = sets[0].scheme
    let alignment = try DocumentAlignment(of: document, sets)
    for label in choice.labels where scheme.label(label) == nil { throw Complaint(noLabel: label, in: scheme) }
    let labels = choice.labels.compactMap { scheme.label($0)?.name }
    let all = alignment.disagreements(document.text, scheme)
    let shown = all.filter { disagreement in
      (labels.isEmpty || disagreement.spans.labels.contains { labels.contains($0) })
        && (choice.kinds.isEmpty || disagreement.kinds.contains { choice.kinds.contains($0) })
    }
    return DocumentDifferences(document: document, scheme: scheme, alignment: alignment, all: all, shown: shown)
  }

  /// The number of disagreements that are shown.
  package var count: Int { parts.reduce(0) { $0 + $1.shown.count } }
}

extension DocumentAlignment {
  /// The alignment of the annotation sets of a document; throws if they have different schemes or are too many.
  init(of document: Document, _ sets: [AnnotationSet]) throws(Complaint) {
    if let other = sets.first(where: { $0.scheme.name != sets[0].scheme.name }) {
      throw Complaint(
        "The files of \(document.id) use different schemes: \(sets[0].scheme.name) and \(other.scheme.name).",
        "Name annotators who use one scheme with --annotators.")
    }
    guard sets.count <= Self.mostAnnotators else {
      throw Complaint(
        "\(sets.count) annotators of \(document.id) cannot be aligned exactly; \(Self.mostAnnotators) is the limit.",
        "Name up to \(Self.mostAnnotators) with --annotators.")
    }
    let leftOut = document.leftOut()
    let layers = sets.map { set in
      let limit = set.status == .complete ? document.text.count : set.seenTo
      return Layer(
        annotator: set.annotator,
        spans: set.inReadingOrder.filter { $0.hull.end <= limit && !$0.hull.lies(in: leftOut) },
        relations: set.relations, limit: limit)
    }
    self.init(layers, sets[0].scheme)
  }

  /// All disagreements, in reading order.
  func disagreements(_ text: DocumentText, _ scheme: Scheme) -> [Disagreement] {
    groups.indices.compactMap { Disagreement(of: $0, in: self, text, scheme) }
  }
}
