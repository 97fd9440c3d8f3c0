package import Standoff
package import Storage

extension Complaint {
  /// The complaint of a clock that shows an implausible time.
  package init(clock time: Timestamp) {
    self.init(
      "This machine's clock is wrong: it shows a time \(time.secondsSince1970 < 0 ? "before 1970" : "after 9999").",
      "Nothing was changed. Set the clock, then try again.")
  }

  package init(_ fault: AnnotationStore.CommitFault, annotator: String) {
    switch fault {
    case .refused(let refusal): self.init(refusal)
    case .file(let fault): self.init(fault)
    case .undecided(let fault):
      let said = Complaint(fault)
      self.init(
        "\(said.problem) The edit was refused, but its record could not be taken back: it may be there when you open the "
          + "document again; “u” takes it back then.", said.advice)
    case .clock(let time): self.init(clock: time)
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
