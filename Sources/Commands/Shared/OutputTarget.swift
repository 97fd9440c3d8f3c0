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
    let disk = workspace.wholeDisk
    let own = [
      try disk.entry(workspace.annotationsFolder)?.inode, try disk.entry(workspace.schemasFolder)?.inode,
    ]
    var folder = try disk.following(target)
    while true {
      if let entry = try disk.entry(folder), own.contains(entry.inode) { return true }
      let parent = Paths.split(folder).folder
      if parent == folder { return false }
      folder = parent
    }
  }

  /// Replaces files as a whole, making folders as needed; of a link, the file that it leads to. Appends to a special
  /// file, such as a pipe.
  ///
  /// All are prepared before the first is replaced. If one cannot be replaced after others were, the complaint says so.
  static func write(_ files: [(path: String, bytes: [UInt8])], _ workspace: Workspace) throws(Complaint) {
    let disk = workspace.wholeDisk
    var prepared: [(path: String, temporary: String)] = []
    var special: [(path: String, bytes: [UInt8])] = []
    var done: [String] = []
    do throws(DiskFault) {
      for file in files { try checkPlace(file.path, on: disk) }
      for file in files {
        let path = try disk.following(file.path)
        if try disk.entry(path)?.kind == .special {
          special.append((path, file.bytes))
        } else {
          try makeFolders(of: path, on: disk)
          prepared.append((path, try disk.prepare(path, with: file.bytes)))
        }
      }
      for file in prepared {
        try disk.rename(file.temporary, to: file.path)
        done.append(file.path)
      }
      for folder in Set(done.map { Paths.split($0).folder }).sorted() { try disk.syncFolder(folder) }
      for file in special {
        let open = try disk.openForAppending(file.path)
        defer { disk.close(open) }
        try disk.write(isatty(open.descriptor) == 1 ? DisplayWidth.visible(data: file.bytes) : file.bytes, to: open)
      }
    } catch {
      for file in prepared where !done.contains(file.path) { try? disk.remove(file.temporary) }
      let complaint = Complaint(error)
      guard !done.isEmpty else { throw complaint }
      let left = files.count - done.count
      throw Complaint(
        "\(complaint.problem) Written before that: \(Complaint.list(done)).",
        left == 0
          ? "They may be lost if the power fails now; write them again."
          : "Not written: \(counted(left, "file")). The same command again writes all of them.")
    }
  }

  /// Throws if a file cannot stand at a path.
  static func checkPlace(_ path: String, _ workspace: Workspace) throws(Complaint) {
    do throws(DiskFault) { try checkPlace(path, on: workspace.wholeDisk) } catch { throw Complaint(error) }
  }

  /// Throws if a folder stands at the path, or a file stands where a folder of it would be.
  private static func checkPlace(_ path: String, on disk: any Disk) throws(DiskFault) {
    if try disk.entry(path)?.isFolder == true {
      throw DiskFault(operation: "write", path: path, code: EISDIR)
    }
    var folder = Paths.split(path).folder
    while try disk.entry(folder) == nil { folder = Paths.split(folder).folder }
    if try disk.entry(folder)?.isFolder == false {
      throw DiskFault(operation: "make", path: folder, code: ENOTDIR)
    }
  }

  static func makeFolders(of path: String, on disk: any Disk) throws(DiskFault) {
    var missing: [String] = []
    var folder = Paths.split(path).folder
    while try disk.entry(folder) == nil {
      missing.append(folder)
      folder = Paths.split(folder).folder
    }
    for folder in missing.reversed() { try disk.makeFolder(folder) }
  }
}
