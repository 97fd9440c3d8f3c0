/// What became of one file of `Schemas/` when newer ones were put in place.
public enum SchemasUpdate: Equatable, Sendable {
  case added
  case replaced
  case same
  /// Somebody changed it; it stays.
  case changedByHand
}

extension Workspace {
  /// Puts newer files in place in `Schemas/` where nobody has changed the old ones.
  ///
  /// - Parameters:
  ///   - files: the newer files, by name.
  ///   - isKnown: whether a file of this name and these bytes is an unchanged older one.
  /// - Throws: if a file cannot be read or written, or another change of the workspace is in progress.
  /// - Returns: what became of each, in order.
  public func updateSchemas(
    _ files: [(name: String, bytes: [UInt8])], isKnown: (String, [UInt8]) -> Bool
  ) throws(FileFault) -> [SchemasUpdate] {
    let lock = try lockForChange(waiting: 2)
    defer { disk.release(lock) }
    do throws(DiskFault) {
      var updates: [SchemasUpdate] = []
      for (name, bytes) in files {
        let path = Paths.join(schemasFolder, name)
        let entry = try disk.entry(path)
        guard entry != nil else {
          _ = try disk.replace(path, with: bytes, inPlaceOf: nil)
          updates.append(.added)
          continue
        }
        let old = try disk.read(path)
        if old == bytes {
          updates.append(.same)
        } else if isKnown(name, old) {
          _ = try disk.replace(path, with: bytes, inPlaceOf: entry)
          updates.append(.replaced)
        } else {
          updates.append(.changedByHand)
        }
      }
      return updates
    } catch {
      throw FileFault(error)
    }
  }
}
