/// A step from one content of an annotation set to another; it knows both, and so its inverse.
public struct Edit: Hashable, Sendable {
  /// One thing that becomes another; nil is nothing.
  public enum Change: Hashable, Sendable {
    case span(from: Annotation?, to: Annotation?)
    case relation(from: Relation?, to: Relation?)
    case declined(from: SpanKey?, to: SpanKey?)
    case status(from: AnnotationSet.Status, to: AnnotationSet.Status)
  }

  /// Done in order, all or none.
  public let changes: [Change]

  public init(_ changes: [Change]) { self.changes = changes }

  /// The edit that takes this one back.
  public var inverse: Edit {
    Edit(
      changes.reversed().map { change in
        switch change {
        case .span(let from, let to): .span(from: to, to: from)
        case .relation(let from, let to): .relation(from: to, to: from)
        case .declined(let from, let to): .declined(from: to, to: from)
        case .status(let from, let to): .status(from: to, to: from)
        }
      })
  }
}

/// What was done and undone, without limit.
public struct History: Equatable, Sendable {
  public private(set) var done: [Edit] = []
  public private(set) var undone: [Edit] = []

  public init() {}

  /// A new edit; what was undone before it can no longer be redone.
  public mutating func record(_ edit: Edit) {
    done.append(edit)
    undone.removeAll()
  }

  /// Moves the last edit done to those undone and returns it; nil where there is none.
  public mutating func undo() -> Edit? {
    guard let edit = done.popLast() else { return nil }
    undone.append(edit)
    return edit
  }

  /// Moves the last edit undone back and returns it; nil where there is none.
  public mutating func redo() -> Edit? {
    guard let edit = undone.popLast() else { return nil }
    done.append(edit)
    return edit
  }
}
