package import Standoff
package import Storage

/// The annotations of one document that count; every command decides here whose file counts, and how far.
package struct CountedAnnotations: Sendable {
  /// One annotator's file.
  package struct File: Sendable {
    /// All annotations of the file, whether they count or not.
    package let set: AnnotationSet
    /// The offset, in code points, to which the file counts; the text's length if the annotator is done.
    package let limit: Int
    /// The spans outside zones that are left out, by id; some may reach beyond ``limit``.
    package let spans: [Annotation]

    package var annotator: String { self.set.annotator }

    init(_ set: AnnotationSet, limit: Int, leftOut: [TextRange]) {
      self.set = set
      self.limit = limit
      spans = leftOut.isEmpty ? set.spans : set.spans.filter { !$0.hull.lies(in: leftOut) }
    }
  }

  package let document: Document
  /// The files that count, in the order of the rule.
  package let files: [File]
  /// The files that do not count, and why.
  package let omissions: [Omission]
  /// The ranges of the text in which nothing counts.
  package let leftOut: [TextRange]

  /// Reads the annotations of a document.
  ///
  /// - Parameter known: a scheme read before.
  /// - Throws: a fault of the document, or of a file that may count.
  package init(
    of name: String, in workspace: Workspace, _ rule: CountingRule, known: Scheme? = nil
  ) throws(FileFault) {
    try self.init(of: workspace.document(name), in: workspace, rule, known: known)
  }

  package init(
    of document: Document, in workspace: Workspace, _ rule: CountingRule, known: Scheme? = nil
  ) throws(FileFault) {
    var sets: [AnnotationSet] = []
    for annotator in try rule.names(document.id, in: workspace) {
      let set = try workspace.annotations(of: annotator, on: document, known: known ?? sets.first?.scheme)
      if let set { sets.append(set) }
    }
    self.init(of: document, sets, rule)
  }

  /// Takes from sets read before, in the order of the rule, those that count.
  package init(of document: Document, _ sets: [AnnotationSet], _ rule: CountingRule) {
    self.document = document
    leftOut = document.leftOut(besides: rule.zones)
    var (files, omissions): ([File], [Omission]) = ([], [])
    for set in sets {
      // A second pass counts only where it is named: it is no other person's work.
      if set.pass > 1, !rule.countsPasses, case .annotators = rule.people { continue }
      if set.pass > 1, !rule.countsPasses, case .annotatorsAndGold = rule.people { continue }
      guard set.status == .complete || rule.progress != .done else {
        omissions.append(Omission(document: document.id, annotator: set.annotator, reason: "not done yet"))
        continue
      }
      let isWhole = set.status == .complete || rule.progress == .any
      files.append(File(set, limit: isWhole ? document.text.count : set.readTo, leftOut: leftOut))
    }
    self.files = files
    self.omissions = omissions
  }

  /// The annotations in sets read before, as far as their annotators have read.
  init(of document: Document, _ sets: [AnnotationSet]) {
    self.document = document
    let leftOut = document.leftOut()
    self.leftOut = leftOut
    files = sets.map {
      File($0, limit: $0.status == .complete ? document.text.count : $0.readTo, leftOut: leftOut)
    }
    omissions = []
  }
}
