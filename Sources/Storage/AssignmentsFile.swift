import Standoff

extension Workspace {
  public var assignmentsPath: String { Paths.join(annotationsFolder, "assignments.json") }

  /// The assignments; none if the workspace has no such file.
  public func assignments() throws(FileFault) -> Assignments {
    guard let bytes = try readIfThere(assignmentsPath, limit: FileLimit.list) else { return Assignments() }
    return try Assignments(bytes, path: assignmentsPath)
  }

  /// Changes the assignments while nobody else changes them, or adds documents, or renames.
  ///
  /// - Parameter change: gives the new assignments.
  /// - Throws: if the file cannot be read or written, or another change of the workspace is in progress.
  /// - Returns: a failure if *change* threw.
  public func changeAssignments<Failure: Error>(
    _ change: (Assignments) throws(Failure) -> Assignments
  ) throws(FileFault) -> Result<Void, Failure> {
    let lock = try lockForChange(waiting: 2)
    defer { disk.release(lock) }
    let after: Assignments
    func entry() throws(FileFault) -> DiskEntry? {
      do throws(DiskFault) { return try disk.entry(assignmentsPath) } catch { throw FileFault(error) }
    }
    let seen = try entry()
    let before = try assignments()
    do throws(Failure) { after = try change(before) } catch { return .failure(error) }
    // Programs that know no locks, such as git, write it too.
    do throws(DiskFault) { _ = try disk.replace(assignmentsPath, with: after.encoded(), inPlaceOf: seen) } catch {
      throw FileFault(error)
    }
    return .success(())
  }
}
