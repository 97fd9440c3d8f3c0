package import Storage

extension Complaint {
  package init(_ fault: AnnotationStore.CommitFault, annotator: String) {
    switch fault {
    case .refused(let refusal): self.init(refusal)
    case .file(let fault): self.init(fault)
    case .lookOnly(let holder?, _):
      self.init(
        "\(holder) is editing \(annotator)'s annotations of this document.",
        "Close the other session, then “open” the document again to write.")
    case .lookOnly(nil, let cause):
      let said = cause.map { Complaint($0) }
      self.init(
        "This document is read-only. \(said?.problem ?? "")", said?.advice ?? "")
    }
  }
}
