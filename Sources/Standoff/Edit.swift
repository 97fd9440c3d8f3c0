/// A change of an annotation set that knows both the state before and the state after, and so its inverse.
///
/// An edit says what is to change, not how: ``AnnotationSet/apply(_:)`` refuses it if the set is not in the state
/// before.
public struct Edit: Hashable, Sendable {
  /// The replacement of one thing by another; nil before means an addition, nil after a deletion.
  public enum Change: Hashable, Sendable {
    /// A span is added, replaced or deleted; the id stays.
    case span(from: Annotation?, to: Annotation?)
    /// A relation is added, replaced or deleted; the id stays.
    case relation(from: Relation?, to: Relation?)
    /// A span is declined, or no longer declined.
    case declined(from: DeclinedSpan?, to: DeclinedSpan?)
    /// What is said of the document as a whole changes.
    case document(from: DocumentAnnotation, to: DocumentAnnotation)
    /// The status changes.
    case status(from: AnnotationSet.Status, to: AnnotationSet.Status)
  }

  /// The changes, applied in order, all or none.
  public let changes: [Change]

  /// The name of the batch of edits of several documents that this one belongs to; nil if it stands alone.
  public let batch: String?

  /// Creates an edit of these changes.
  ///
  /// - Parameters:
  ///   - changes: the changes, in order.
  ///   - batch: the name of the batch of edits that it belongs to; nil if it stands alone.
  public init(_ changes: [Change], batch: String? = nil) {
    self.changes = changes
    self.batch = batch
  }

  /// The edit that takes this one back.
  public var inverse: Edit {
    Edit(
      changes.reversed().map { change in
        switch change {
        case .span(let from, let to): .span(from: to, to: from)
        case .relation(let from, let to): .relation(from: to, to: from)
        case .declined(let from, let to): .declined(from: to, to: from)
        case .document(let from, let to): .document(from: to, to: from)
        case .status(let from, let to): .status(from: to, to: from)
        }
      }, batch: batch)
  }
}

/// The edits done and undone, for undo and redo without limit.
///
/// A history holds edits only; the caller applies what ``undo()`` and ``redo()`` return: the inverse of the one, the
/// other as it is.
public struct History: Equatable, Sendable {
  /// The edits done, the last one last.
  public private(set) var done: [Edit] = []
  /// The edits undone, the last one last.
  public private(set) var undone: [Edit] = []

  /// Creates a history of no edits.
  public init() {}

  /// Adds an edit just done and forgets the edits undone before it.
  public mutating func record(_ edit: Edit) {
    done.append(edit)
    undone.removeAll()
  }

  /// Moves the last edit done to the edits undone.
  ///
  /// - Returns: that edit, whose ``Edit/inverse`` the caller applies; nil if nothing was done.
  public mutating func undo() -> Edit? {
    guard let edit = done.popLast() else { return nil }
    undone.append(edit)
    return edit
  }

  /// Moves the last edit undone back to the edits done.
  ///
  /// - Returns: that edit, which the caller applies; nil if nothing was undone.
  public mutating func redo() -> Edit? {
    guard let edit = undone.popLast() else { return nil }
    done.append(edit)
    return edit
  }
}
