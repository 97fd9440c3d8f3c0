import Glibc
import JSONText

/// What became of a change of the workspace that a crash had left half done.
public enum Settlement: Equatable, Sendable {
  /// The change of a command, such as “import”, was completed.
  case completed(String)
  /// The change was undone, but for the files that others have worked on since; what they replaced is kept.
  case undone(String, left: [String], kept: [String])
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
      let settlement = try settlePendingMoves()
      if case .foreign? = settlement { return settlement }
      try clearStages()
      return settlement
    } catch {
      throw FileFault(error)
    }
  }

  /// Takes the lock of changes, and completes or undoes what a crash left half done.
  ///
  /// - Parameter seconds: how long to wait while another change is in progress.
  /// - Throws: if another change of the workspace is in progress.
  func lockForChange(waiting seconds: Int) throws(FileFault) -> OpenFile {
    do throws(DiskFault) {
      var taken = try disk.lock(changeLockPath)
      for _ in 0..<(50 * seconds) where taken == nil {
        usleep(20_000)
        taken = try disk.lock(changeLockPath)
      }
      if let taken {
        do throws(DiskFault) {
          _ = try settlePendingMoves()
          try clearStages()
          return taken
        } catch {
          // What an earlier change prepared stays, as its record may.
          disk.release(taken)
          throw error
        }
      }
    } catch {
      throw FileFault(error)
    }
    throw FileFault(changeLockPath, .busy("another change of the workspace"))
  }

  /// Completes or undoes what a crash left half done, while the caller holds the lock of changes.
  ///
  /// - Throws: also where the record cannot be read now, as what it speaks of must not be cleared away.
  func settlePendingMoves() throws(DiskFault) -> Settlement? {
    guard let entry = try disk.entry(pendingPath) else { return nil }
    guard entry.kind == .file, entry.size <= FileLimit.text else { return .foreign(pendingPath) }
    let bytes = try disk.read(pendingPath)
    let pending = (try? PendingMoves(bytes)).flatMap { $0.moves.allSatisfy(\.isSound) ? $0 : nil }
    // What was prepared goes after the record: without it the change has ended, and others may have gone on from there.
    var isOver = true
    for stage in pending?.stagePaths ?? [PendingMoves.stage] where isOver {
      isOver = try disk.entry(Paths.join(root, stage)) == nil
    }
    if isOver {
      try disk.remove(pendingPath)
      return nil
    }
    guard let pending, try isOwn(pending) else { return .foreign(pendingPath) }
    var settlement = Settlement.completed(pending.command)
    do throws(DiskFault) { try pending.carryOut(in: root, on: disk) } catch {
      let rest = try pending.undo(in: root, on: disk)
      settlement = .undone(pending.command, left: rest.left, kept: rest.kept)
    }
    try disk.remove(pendingPath)
    try disk.syncFolder(annotationsFolder)
    return settlement
  }

  /// Removes what was prepared and has no record, while the caller holds the lock of changes.
  func clearStages() throws(DiskFault) {
    try disk.removeTree(Paths.join(root, PendingMoves.stage))
    for name in try disk.names(in: annotationsFolder) where name.hasPrefix(".") && name.hasSuffix(".realign.tmp") {
      try disk.removeTree(Paths.join(annotationsFolder, name))
    }
  }

  /// Whether a record was written here: what was prepared is what it names, and no copy of that.
  private func isOwn(_ pending: PendingMoves) throws(DiskFault) -> Bool {
    for stage in pending.stagePaths {
      guard let found = try disk.entry(Paths.join(root, stage))?.inode else { continue }
      let isExchanged = pending.moves.contains { $0.from == stage && $0.replaces == found }
      guard isExchanged || pending.stages[stage] == found else { return false }
    }
    return true
  }
}
