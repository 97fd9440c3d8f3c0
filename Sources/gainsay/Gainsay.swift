import ArgumentParser
import LineEditor
import Standoff
import Storage
import Workbench

/// The door: arguments, terminal, exit status.
@main
struct Gainsay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gainsay",
    abstract: "Marks who claims what, who denies it and what was said word for word; says how far annotators agree.",
    discussion: "Without a command: annotates the first document that you have not done.",
    version: "gainsay 0.1.0",
    subcommands: [
      Annotate.self, Init.self, Add.self, List.self, Status.self, Show.self, Check.self, Agree.self, Compare.self,
      Adjudicate.self, Ledger.self, Report.self, Assign.self, Rename.self, Export.self, Import.self, Realign.self,
      Schema.self,
    ],
    defaultSubcommand: Annotate.self)

  static func main() {
    guard Terminal.useUTF8() else {
      Terminal.write("The system has no UTF-8 locale; C.UTF-8 is needed.\n", to: .error)
      Terminal.exit(2)
    }
    let progress = ProgressBar.forThisTerminal()
    do {
      var command = try parseAsRoot(workspaceLast(Array(CommandLine.arguments.dropFirst())))
      progress?.start()
      defer { progress?.stop() }
      try ProgressBar.$current.withValue(progress) { try command.run() }
    } catch let complaint as Complaint {
      Screen(colour: .auto, stream: .error).show(complaint.page)
      Terminal.exit(2)
    } catch let code as ExitCode {
      Terminal.exit(code.rawValue)
    } catch {
      let isHelp = exitCode(for: error) == .success
      Screen(colour: .never, stream: isHelp ? .output : .error).show(Page(fullMessage(for: error)))
      Terminal.exit(isHelp ? 0 : 2)
    }
  }
}

extension Gainsay {
  /// `gainsay -C DIR list` is `gainsay list -C DIR`.
  private static func workspaceLast(_ arguments: [String]) -> [String] {
    let names = configuration.subcommands.map { $0._commandName }
    guard arguments.count > 2, ["-C", "--workspace"].contains(arguments[0]), names.contains(arguments[2]) else {
      return arguments
    }
    return [arguments[2]] + arguments[..<2] + arguments[3...]
  }
}

/// What every command understands.
struct CommonOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: "The workspace; the nearest folder upwards that holds Annotations and Schemas where none is named.")
  var workspace: String?

  @Option(help: "Colour: auto, always or never.")
  var color = Screen.Colour.auto

  /// Who somebody is: the one who is named, else $GAINSAY_ANNOTATOR, else the login name.
  static func annotator(_ named: String?) -> String {
    named ?? Terminal.environment("GAINSAY_ANNOTATOR") ?? Terminal.loginName ?? ""
  }

  /// The workspace as whoever asks may see it: of documents that they were assigned and have not done, without what others
  /// say.
  func openWorkspace() throws -> Workspace {
    let workspace = try openWholeWorkspace()
    do throws(FileFault) { return try workspace.reading(as: Self.annotator(nil)) } catch { throw Complaint(error) }
  }

  /// The same, for what compares people: what is left out of it is said.
  func openComparedWorkspace() throws -> Workspace {
    let workspace = try openWorkspace()
    let veiled = workspace.veiledDocuments()
    if !veiled.isEmpty {
      ProgressBar.current?.stop()
      Screen(colour: color, stream: .error).show(
        Page(
          "Left out, as you have not done them: \(veiled.joined(separator: ", ")). Others' files of them are not read.")
      )
    }
    return workspace
  }

  /// Nothing is opened in another's name by somebody who may not see it.
  func openWorkspace(for document: String, as name: String) throws -> Workspace {
    let workspace = try openWholeWorkspace()
    let viewer = Self.annotator(nil)
    if viewer != name {
      do throws(FileFault) { try workspace.reading(as: viewer).checkUnveiled(document) } catch {
        throw Complaint(error)
      }
    }
    return workspace
  }

  /// The workspace at a path, whose documents are counted as they are read.
  private func workspace(at root: String) -> Workspace {
    var workspace = Workspace(root: root, disk: POSIXDisk(), verbs: Session.verbs)
    if let progress = ProgressBar.current {
      progress.count(of: (try? workspace.documentNames().count) ?? 0)
      workspace.didRead = { _ in progress.step() }
    }
    return workspace
  }

  /// The workspace with everything in it, for what reads to mend, and for what says itself who reads.
  func openWholeWorkspace() throws -> Workspace {
    let disk = POSIXDisk()
    if let workspace {
      guard try attempt({ () throws(DiskFault) in try Workspace.isWorkspace(workspace, disk: disk) }) else {
        throw Complaint(
          "\(workspace) is no workspace.", "A workspace holds Annotations and Schemas; “gainsay init” makes one.")
      }
      return self.workspace(at: workspace)
    }
    let folder = Terminal.currentFolder ?? "."
    guard let root = try attempt({ () throws(DiskFault) in try Workspace.find(from: folder, disk: disk) }) else {
      throw Complaint(
        "There is no workspace here or above.", "“gainsay init” makes one; -C names one elsewhere.")
    }
    return workspace(at: root)
  }

  private func attempt<Value>(_ body: () throws(DiskFault) -> Value) throws -> Value {
    do throws(DiskFault) { return try body() } catch { throw Complaint(error) }
  }

  /// Shows what a command came to, and leaves with its status.
  func finish(_ outcome: Outcome) throws {
    ProgressBar.current?.stop()
    if let data = outcome.data {
      Terminal.write(data)
    } else {
      Screen(colour: color, stream: .output).show(outcome.page)
    }
    Screen(colour: color, stream: .error).show(outcome.notes)
    if outcome.status != 0 { throw ExitCode(outcome.status) }
  }
}
