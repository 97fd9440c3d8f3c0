package import Storage

extension Page {
  /// What became of a change that a crash had left half done.
  package init(_ settlement: Settlement) {
    switch settlement {
    case .completed(let command): self.init("An earlier “gainsay \(command)” was interrupted. It is complete now.")
    case .undone(let command, let left, let kept):
      let stays = Complaint.list(left.map { Complaint.shown($0) })
      self.init(
        "An earlier “gainsay \(command)” was interrupted and could not be completed. It was undone"
          + (left.isEmpty ? "." : ", but for what others have worked on since: \(stays).")
          + Complaint.keptSentence(kept))
    case .foreign(let path):
      self.init(
        "\(Complaint.shown(path)) is damaged, or is of another copy of this workspace, and is ignored. If a command was "
          + "interrupted here, repeat it.")
    }
  }
}
