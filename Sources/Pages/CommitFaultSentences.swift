package import Storage

extension Complaint {
  package init(_ fault: AnnotationStore.CommitFault, annotator: String) {
    switch fault {
    case .refused(let refusal): self.init(refusal)
    case .file(let fault): self.init(fault)
    case .lookOnly(let holder?, _):
      self.init(
        "\(annotator)'s annotations of this document are being edited by \(holder).",
        "You can look but not write here; leave the other session, then “open” the document again.")
    case .lookOnly(nil, let cause):
      let said = cause.map { Complaint($0) }
      self.init(
        "This document is open to look only. \(said?.problem ?? "")", said?.advice ?? "")
    }
  }
}
