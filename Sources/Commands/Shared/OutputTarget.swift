import Glibc
import Pages
import Storage

/// Checks and writes the files of exports and reports.
enum OutputTarget {
  /// Throws if a target lies in the workspace's own folders, or is empty.
  static func check(_ target: String, _ option: String, _ workspace: Workspace) throws(Complaint) {
    guard target != "-" else { return }
    guard !target.isEmpty else { throw Complaint("\(option) names no file.", "Add a file name.") }
    let isOwn: Bool
    do throws(DiskFault) { isOwn = try self.isOwn(target, workspace) } catch { throw Complaint(error) }
    guard !isOwn else {
      throw Complaint(
        "\(option): \(target) lies in the workspace's own folders.", "Write it somewhere else.", culprit: target)
    }
  }

  /// Whether a path leads into the workspace's annotations or schemas.
  private static func isOwn(_ target: String, _ workspace: Workspace) throws(DiskFault) -> Bool {
    let own = [
      try workspace.disk.entry(workspace.annotationsFolder)?.inode,
      try workspace.disk.entry(workspace.schemasFolder)?.inode,
    ]
    var folder = target
    while true {
      if let entry = try workspace.disk.entry(folder), own.contains(entry.inode) { return true }
      let parent = Paths.split(folder).folder
      if parent == folder { return false }
      folder = parent
    }
  }

  /// Throws if a folder stands at the path, or a file stands where a folder of it would be.
  static func checkPlace(_ path: String, _ workspace: Workspace) throws(Complaint) {
    do throws(DiskFault) {
      if try workspace.disk.entry(path)?.isFolder == true {
        throw DiskFault(operation: "write", path: path, code: EISDIR)
      }
      var folder = Paths.split(path).folder
      while try workspace.disk.entry(folder) == nil { folder = Paths.split(folder).folder }
      if try workspace.disk.entry(folder)?.isFolder == false {
        throw DiskFault(operation: "make", path: folder, code: ENOTDIR)
      }
    } catch {
      throw Complaint(error)
    }
  }

  /// Replaces a file as a whole, making folders as needed; appends to a special file, such as a pipe.
  static func write(_ bytes: [UInt8], to path: String, _ workspace: Workspace) throws(Complaint) {
    let disk = workspace.disk
    do throws(DiskFault) {
      var missing: [String] = []
      var folder = Paths.split(path).folder
      while try disk.entry(folder) == nil {
        missing.append(folder)
        folder = Paths.split(folder).folder
      }
      for folder in missing.reversed() { try disk.makeFolder(folder) }
      guard try disk.entry(path)?.isSpecial == true else { return try disk.replace(path, with: bytes) }
      let file = try disk.openForAppending(path)
      defer { disk.close(file) }
      try disk.write(bytes, to: file)
    } catch {
      throw Complaint(error)
    }
  }
}
