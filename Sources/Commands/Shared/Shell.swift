package import Pages
package import Standoff
package import Storage

/// Where a command runs: whose it is, what it reads and writes, and how what it says is shown.
package struct Shell: Sendable {
  /// On whose behalf the workspace is read: `$GAINSAY_ANNOTATOR`, else the login name.
  package let viewer: String
  /// Who this is, as another session is told.
  package let me: String
  package let disk: any Disk
  package let currentFolder: String
  /// Columns of the terminal, for what is laid out for it.
  package let width: Int
  package let isColoured: Bool
  package let now: Timestamp
  /// Shows a page on standard error at once.
  package let say: @Sendable (Page) -> Void
  /// Given each workspace before it is read, to follow how far a command has come.
  package let follow: @Sendable (Workspace) -> Workspace

  package init(
    viewer: String, me: String, disk: any Disk, currentFolder: String, width: Int, isColoured: Bool, now: Timestamp,
    say: @escaping @Sendable (Page) -> Void = { _ in }, follow: @escaping @Sendable (Workspace) -> Workspace = { $0 }
  ) {
    self.viewer = viewer
    self.me = me
    self.disk = disk
    self.currentFolder = currentFolder
    self.width = width
    self.isColoured = isColoured
    self.now = now
    self.say = say
    self.follow = follow
  }

  /// The workspace with everything in it, for what reads to mend, and for what says itself who reads.
  ///
  /// - Parameter path: the one that is named; nil for the nearest folder upwards that is one.
  package func wholeWorkspace(at path: String?) throws(Complaint) -> Workspace {
    guard let root = try root(at: path) else {
      throw path.map {
        Complaint("\($0) is no workspace.", "A workspace holds Annotations and Schemas; “gainsay init” makes one.")
      } ?? Complaint("There is no workspace here or above.", "“gainsay init” makes one; -C names one elsewhere.")
    }
    return follow(Workspace(root: root, disk: disk))
  }

  private func root(at path: String?) throws(Complaint) -> String? {
    do throws(DiskFault) {
      guard let path else { return try Workspace.find(from: currentFolder, disk: disk) }
      return try Workspace.isWorkspace(path, disk: disk) ? path : nil
    } catch {
      throw Complaint(error)
    }
  }

  /// The workspace as whoever asks may see it: of documents that they were assigned and have not done, without what others
  /// say.
  package func workspace(at path: String?) throws(Complaint) -> Workspace {
    try Self.workspace(wholeWorkspace(at: path), readBy: viewer).settlingVeil()
  }

  /// The same, for what compares people: what is left out of it is said.
  package func comparedWorkspace(at path: String?) throws(Complaint) -> Workspace {
    let workspace = try workspace(at: path)
    let veiled = workspace.veiledDocuments()
    if !veiled.isEmpty {
      say(
        Page(
          "Left out, as you have not done them: \(veiled.joined(separator: ", ")). Others' files of them are not read.")
      )
    }
    return workspace
  }

  /// The workspace for a session: nothing is opened in another's name by somebody who may not see it.
  package func workspace(at path: String?, for document: String, as name: String) throws(Complaint) -> Workspace {
    let workspace = try wholeWorkspace(at: path)
    if viewer != name {
      let seen = try Self.workspace(workspace, readBy: viewer)
      do throws(FileFault) { try seen.checkUnveiled(document) } catch { throw Complaint(error) }
    }
    return workspace
  }

  private static func workspace(_ workspace: Workspace, readBy name: String) throws(Complaint) -> Workspace {
    do throws(FileFault) { return try workspace.reading(as: name) } catch { throw Complaint(error) }
  }
}
