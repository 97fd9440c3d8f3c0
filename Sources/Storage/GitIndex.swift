/// The names in a git repository's index: `.git/index` in its versions 2 to 4.
///
/// Source: git's `Documentation/gitformat-index.adoc`.
enum GitIndex {
  /// The paths in an index, relative to the repository's root; nil if it is damaged or of another version.
  static func paths(in bytes: [UInt8]) -> [String]? {
    func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    guard bytes.count >= 12, bytes.starts(with: Array("DIRC".utf8)), (2...4).contains(number(4)) else { return nil }
    let version = number(4)
    var paths: [String] = []
    var last: [UInt8] = []
    var offset = 12
    for _ in 0..<number(8) {
      let start = offset
      guard offset + 62 < bytes.count else { return nil }
      let isExtended = version > 2 && bytes[offset + 60] & 0x40 != 0
      offset += isExtended ? 64 : 62
      var name: [UInt8] = []
      if version == 4 {
        guard let shared = sharedLength(bytes, &offset, of: last.count) else { return nil }
        name = Array(last.prefix(shared))
      }
      guard let end = bytes[min(offset, bytes.count)...].firstIndex(of: 0) else { return nil }
      name += bytes[offset..<end]
      offset = version == 4 ? end + 1 : start + (end - start + 8) / 8 * 8
      paths.append(String(decoding: name, as: UTF8.self))
      last = name
    }
    return paths
  }

  /// How much of the last name a name of version 4 begins with: what is left after so many bytes are taken from its end.
  private static func sharedLength(_ bytes: [UInt8], _ offset: inout Int, of length: Int) -> Int? {
    var cut = 0
    var isFirst = true
    while offset < bytes.count, cut <= length {
      let byte = bytes[offset]
      offset += 1
      cut = (isFirst ? 0 : cut + 1) << 7 | Int(byte & 0x7F)
      isFirst = false
      if byte & 0x80 == 0 { return cut <= length ? length - cut : nil }
    }
    return nil
  }
}

extension Workspace {
  /// Whether the workspace lies in a git repository, in which others may have clones.
  public var isInGit: Bool { ((try? repository()) ?? nil) != nil }

  /// Locks and unfinished files of the workspace that git carries, by their paths; none outside a repository.
  public func trackedLeftovers() throws(FileFault) -> [String] {
    do throws(DiskFault) {
      guard let repository = try repository() else { return [] }
      let index = Paths.join(Paths.join(repository.folder, ".git"), "index")
      let disk = wholeDisk.beneath(repository.folder)
      guard try disk.entry(index)?.kind == .file else { return [] }
      let paths = GitIndex.paths(in: try disk.read(index, limit: FileLimit.list)) ?? []
      return paths.filter { path in
        guard path.hasPrefix(repository.prefix) else { return false }
        let names = path.dropFirst(repository.prefix.count).split(separator: "/")
        guard ["Annotations", "Schemas"].contains(names.first) else { return false }
        return names.dropFirst().contains { name in
          name == ".pending" || Paths.isLock(String(name)) || name.hasPrefix(".") && name.hasSuffix(".tmp")
        }
      }.map { Paths.join(repository.folder, $0) }
    } catch {
      throw FileFault(error)
    }
  }

  /// The repository that the workspace lies in, and the way from there to the workspace, which ends with `/`.
  private func repository() throws(DiskFault) -> (folder: String, prefix: String)? {
    var (folder, prefix) = (root, "")
    while true {
      if try wholeDisk.entry(Paths.join(folder, ".git"))?.isFolder == true { return (folder, prefix) }
      let (parent, name) = Paths.split(folder)
      guard parent != folder, folder != ".", !name.isEmpty, name != ".." else { return nil }
      (folder, prefix) = (parent, name + "/" + prefix)
    }
  }
}
