package import Pages
package import Standoff
package import Storage

/// The surroundings of a shell command: who runs it, which disk it uses, and how it shows its output.
package struct Shell: Sendable {
  /// The annotator for whom the workspace is read: `$GAINSAY_ANNOTATOR`, else the login name.
  package let viewer: String
  /// The name for this session that other sessions are told.
  package let me: String
  package let disk: any Disk
  package let currentFolder: String
  /// The width of the terminal, in columns.
  package let width: Int
  package let isColoured: Bool
  package let now: Timestamp
  /// Shows a page on standard error at once.
  package let say: @Sendable (Page) -> Void
  /// Wraps each workspace before it is read, to report progress.
  package let follow: @Sendable (Workspace) -> Workspace
  /// Told how many alignments of gamma were found, and how many are wanted, to report progress.
  package let aligned: @Sendable (_ found: Int, _ wanted: Int) -> Void
  /// Told how many lines and bytes of a stream were read, and how many bytes there are, to report progress; nil where
  /// its end is not known.
  package let streamed: @Sendable (_ lines: Int, _ bytes: Int, _ all: Int?) -> Void
  /// Reads the next bytes of standard input; none at its end.
  package let input: @Sendable () throws(Complaint) -> [UInt8]
  /// The bytes of standard input, if they are known before it is read.
  package let inputSize: Int?
  /// Writes bytes to standard output at once.
  package let output: @Sendable ([UInt8]) -> Void

  package init(
    viewer: String, me: String, disk: any Disk, currentFolder: String, width: Int, isColoured: Bool, now: Timestamp,
    say: @escaping @Sendable (Page) -> Void = { _ in }, follow: @escaping @Sendable (Workspace) -> Workspace = { $0 },
    aligned: @escaping @Sendable (_ found: Int, _ wanted: Int) -> Void = { _, _ in },
    streamed: @escaping @Sendable (_ lines: Int, _ bytes: Int, _ all: Int?) -> Void = { _, _, _ in },
    input: @escaping @Sendable () throws(Complaint) -> [UInt8] = { [] }, inputSize: Int? = nil,
    output: @escaping @Sendable ([UInt8]) -> Void = { _ in }
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
    self.aligned = aligned
    self.streamed = streamed
    self.inputSize = inputSize
    self.input = input
    self.output = output
  }

  /// The whole workspace, for commands that repair it and for those that check themselves who reads.
  ///
  /// - Parameter path: its folder; nil for the nearest folder upwards that is a workspace.
  package func wholeWorkspace(at path: String?) throws(Complaint) -> Workspace {
    guard let root = try root(at: path) else {
      throw path.map {
        Complaint(
          "\($0) is not a workspace.",
          "A workspace has the folders Annotations and Schemas; “gainsay init” creates one.")
      } ?? Complaint("No workspace here or in a folder above.", "“gainsay init” creates one; -C names one elsewhere.")
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

  /// The workspace as the viewer may see it: without others' annotations of documents that the viewer was assigned and
  /// has not done.
  ///
  /// - Parameter isChanging: whether the command writes: what a crash left half done is completed or undone first.
  package func workspace(at path: String?, changing isChanging: Bool = false) throws(Complaint) -> Workspace {
    let workspace = try wholeWorkspace(at: path)
    if isChanging { settle(workspace) }
    let seen = try Self.workspace(workspace, readBy: viewer).settlingVeil()
    return isChanging ? seen : seen.keepingSchemes()
  }

  /// Where this fails, as on a disk that cannot be written, the command itself will say so if it has to.
  private func settle(_ workspace: Workspace) {
    guard let settlement = try? workspace.settle() else { return }
    say(Page(settlement))
  }

  /// The workspace as the viewer may see it, with a note on what is left out; for commands that compare people.
  package func comparedWorkspace(at path: String?) throws(Complaint) -> Workspace {
    let workspace = try workspace(at: path)
    let veiled = workspace.veiledDocuments()
    if !veiled.isEmpty {
      say(
        Page(
          "Left out until you have done them: \(veiled.joined(separator: ", ")). Others' files of them stay hidden."
        )
      )
    }
    return workspace
  }

  /// The workspace for a session; throws if it would open another's annotations that the viewer may not see.
  package func workspace(at path: String?, for document: String, as name: String) throws(Complaint) -> Workspace {
    let workspace = try wholeWorkspace(at: path)
    settle(workspace)
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
