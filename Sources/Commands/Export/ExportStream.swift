import Pages
import Storage

/// Where an export goes while it is made, so that no more than a few documents of it are held: standard output, or a
/// file that stands at its place only when all of it is there.
struct ExportStream {
  private enum Target {
    case output(@Sendable ([UInt8]) -> Void)
    case file(OpenFile, temporary: String, path: String)
  }

  private let target: Target
  private let disk: any Disk

  init(to output: @escaping @Sendable ([UInt8]) -> Void, _ workspace: Workspace) {
    target = .output(output)
    disk = workspace.wholeDisk
  }

  /// - Returns: nil for a special file, such as a pipe.
  /// - Throws: where no file can stand at the path.
  init?(to path: String, _ workspace: Workspace) throws(Complaint) {
    disk = workspace.wholeDisk
    try OutputTarget.checkPlace(path, workspace)
    do throws(DiskFault) {
      let path = try disk.following(path)
      if try disk.entry(path)?.kind == .special { return nil }
      try OutputTarget.makeFolders(of: path, on: disk)
      let (file, temporary) = try disk.beginReplacement(of: path)
      target = .file(file, temporary: temporary, path: path)
    } catch {
      throw Complaint(error)
    }
  }

  func write(_ bytes: [UInt8]) throws(Complaint) {
    switch target {
    case .output(let output): output(bytes)
    case .file(let file, _, let path):
      do throws(DiskFault) { try disk.write(bytes, to: file) } catch {
        throw Complaint(DiskFault(operation: error.operation, path: path, code: error.code, limit: error.limit))
      }
    }
  }

  /// Puts the file in its place.
  func finish() throws(Complaint) {
    guard case .file(let file, let temporary, let path) = target else { return }
    do throws(DiskFault) {
      try disk.sync(file)
      try disk.rename(temporary, to: path)
      try disk.syncFolder(Paths.split(path).folder)
      disk.close(file)
    } catch {
      throw Complaint(error)
    }
  }

  /// Leaves the place as it was; what went to standard output has gone.
  func abandon() {
    guard case .file(let file, let temporary, _) = target else { return }
    disk.close(file)
    try? disk.remove(temporary)
  }
}
