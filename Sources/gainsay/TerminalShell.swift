import Commands
import LineEditor
import Pages
import Standoff
import Storage

extension Shell {
  /// The shell of the person at this terminal.
  static func terminal(_ common: CommonOptions) -> Shell {
    let screen = Screen(colour: common.color, stream: .output)
    return Shell(
      viewer: Self.name(nil), me: me, disk: POSIXDisk(), currentFolder: Terminal.currentFolder ?? ".",
      width: screen.width ?? 80, isColoured: screen.isColoured, now: clock(),
      say: { page in
        ProgressBar.current?.stop()
        Screen(colour: common.color, stream: .error).show(page)
      }, follow: followed, aligned: { ProgressBar.current?.align($0, of: $1) },
      streamed: { ProgressBar.current?.read(lines: $0, bytes: $1, of: $2) },
      input: { () throws(Complaint) in
        do throws(Terminal.ReadFault) { return try Terminal.readInput() } catch {
          throw Complaint(
            DiskFault(operation: "read", path: "standard input", code: error.code))
        }
      }, inputSize: Terminal.inputSize,
      output: { bytes in
        // What reads a pipe may write to the same terminal.
        if !Terminal.isFile(.output) { ProgressBar.current?.stop() }
        Terminal.write(Terminal.isTerminal(.output) ? DisplayWidth.visible(data: bytes) : bytes)
      })
  }

  static let clock: @Sendable () -> Timestamp = { Timestamp(secondsSince1970: Terminal.now) }

  /// The annotator's name: the one given, else $GAINSAY_ANNOTATOR, else the login name.
  static func name(_ named: String?) -> String {
    named ?? Terminal.environment("GAINSAY_ANNOTATOR") ?? Terminal.loginName ?? ""
  }

  /// The name for this session that other sessions are told.
  private static var me: String {
    let who = Terminal.loginName.map { "\($0), " } ?? ""
    return "\(who)process \(Terminal.processNumber) on \(Terminal.hostName)"
  }

  /// A workspace that counts documents on the progress bar as they are read.
  private static let followed: @Sendable (Workspace) -> Workspace = { workspace in
    guard let progress = ProgressBar.current else { return workspace }
    var workspace = workspace
    progress.count(of: (try? workspace.documentNames().count) ?? 0)
    workspace.didRead = { _ in progress.step() }
    return workspace
  }
}
