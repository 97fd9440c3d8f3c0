package import Pages
package import Standoff
package import Storage

/// The lead's answer to a question that an annotator asked about a document.
package struct Answer {
  private let annotator: String
  private let text: String
  /// The document; nil for the only one about which the annotator asks.
  private let document: String?

  package init(to annotator: String, _ text: String, on document: String?) {
    self.annotator = annotator
    self.text = text
    self.document = document
  }

  package func carryOut(in workspace: Workspace, me: String, at time: Timestamp) throws(Complaint) -> Page {
    let change = CorpusEdit(annotator: annotator, viewer: nil, changesUnfinished: true) { set, document in
      guard !set.ofDocument.question.isEmpty, self.document.map({ $0 == document.id }) ?? set.ofDocument.answer.isEmpty
      else { return Edit([]) }
      return set.changingDocument { $0.answer = text } ?? Edit([])
    }
    let parts = CorpusEdit.batched(try change.parts(workspace), at: time)
    guard let part = parts.first else {
      throw Complaint(
        "\(annotator) asks nothing\(document.map { " about \($0)" } ?? "") that is open.",
        "“gainsay status” lists open questions.", culprit: annotator)
    }
    guard parts.count == 1 else {
      throw Complaint(
        "\(annotator) asks about \(Complaint.list(parts.map(\.document.id))).", "Name one with --document.",
        culprit: annotator)
    }
    try CorpusEdit.write(parts, workspace, by: "answer", me: me, at: time)
    return Page("Answered \(annotator) on \(part.document.id): “\(part.set.ofDocument.question)” – “\(text)”")
  }
}
