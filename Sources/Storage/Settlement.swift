import JSONText

/// What became of a change of the workspace that a crash had left half done.
public enum Settlement: Equatable, Sendable {
  /// The change of a command, such as “import”, was completed.
  case completed(String)
  /// The change was undone, but for the files that others have worked on since.
  case undone(String, left: [String])
  /// The record at a path is damaged, or belongs to another copy of the workspace; it counts for nothing.
  case foreign(String)
}

extension Workspace {
  var pendingPath: String { Paths.join(annotationsFolder, ".pending") }
  /// The lock of changes of several files.
  var changeLockPath: String { Paths.join(annotationsFolder, ".import.lock") }

  /// Completes or undoes what a crash left half done; nil if there is nothing, or if somebody is at work on it.
  public func settle() throws(FileFault) -> Settlement? {
    do throws(DiskFault) {
      guard try disk.entry(pendingPath) != nil, let lock = try disk.lock(changeLockPath) else { return nil }
      defer { disk.release(lock) }
      return try settlePendingMoves()
    } catch {
      throw FileFault(error)
    }
  }

  /// Completes or undoes what a crash left half done, while the caller holds the lock of changes.
  ///
  /// - Throws: also where the record cannot be read now, as what it speaks of must not be cleared away.
  func settlePendingMoves() throws(DiskFault) -> Settlement? {
    guard let entry = try disk.entry(pendingPath) else { return nil }
    guard entry.kind == .file, entry.size <= FileLimit.list else { return .foreign(pendingPath) }
    let bytes = try disk.read(pendingPath, limit: FileLimit.list)
    let pending = (try? PendingMoves(bytes)).flatMap { $0.moves.allSatisfy(\.isSound) ? $0 : nil }
    // What was prepared goes after the record: without it the change has ended, and others may have gone on from there.
    var isOver = true
    for stage in Set(pending?.moves.map(\.stage) ?? [PendingMoves.stage]) where isOver {
      isOver = try disk.entry(Paths.join(root, stage)) == nil
    }
    if isOver {
      try disk.remove(pendingPath)
      return nil
    }
    guard let pending, try isOwn(pending) else { return .foreign(pendingPath) }
    var settlement = Settlement.completed(pending.command)
    var left: [String] = []
    do throws(DiskFault) { try pending.carryOut(in: root, on: disk) } catch {
      left = pending.undo(in: root, on: disk)
      settlement = .undone(pending.command, left: left)
    }
    try disk.remove(pendingPath)
    try disk.syncFolder(annotationsFolder)
    // An old folder that could not come back holds what somebody has written.
    for move in pending.moves where move.stage != move.from || !left.contains(Paths.join(root, move.to)) {
      try disk.removeTree(Paths.join(root, move.stage))
    }
    return settlement
  }

  /// Whether a record belongs to this workspace: it lies on the same device, and one of its files is where it says.
  private func isOwn(_ pending: PendingMoves) throws(DiskFault) -> Bool {
    guard try disk.entry(root)?.device == pending.device else { return false }
    for move in pending.moves {
      if try move.isDone(in: root, on: disk) { return true }
      if try disk.entry(Paths.join(root, move.from))?.inode == move.inode { return true }
    }
    return false
  }
}
