public import Standoff

/// One record of an annotator's journal: what was done, when, and by whom.
public struct LoggedEdit: Equatable, Sendable {
  /// An edit, an edit taken back, or an edit made again.
  public enum Deed: String, CaseIterable, Sendable { case edit = "do", undo, redo }

  /// How the names of batches begin that a lead makes in many people's files; they are nobody's working time.
  public static let corpusBatch = "corpus-"

  public let at: Timestamp
  public let did: Deed
  /// The changes as applied; for an undo, the inverse.
  public let edit: Edit
  /// The login name of the person who did it; nil if that is not known.
  public let by: String?
}
