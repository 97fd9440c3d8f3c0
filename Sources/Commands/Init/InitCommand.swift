package import ArgumentParser
import DefaultFiles
package import Pages
import Storage

package struct InitCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "init", abstract: "Create a workspace.")

  @OptionGroup package var common: CommonOptions

  @Argument(
    help: ArgumentHelp("Where to create it. Default: the current folder.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  @Flag(
    help: "Bring the schemes, lexicons and schemas of this version into an old workspace, where nobody changed them.")
  var update = false

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    guard update else {
      return CommandOutcome(try NewWorkspace.make(in: folder ?? common.workspace ?? ".", disk: shell.disk))
    }
    return CommandOutcome(try Self.update(shell.workspace(at: folder ?? common.workspace, changing: true)))
  }

  private static func update(_ workspace: Workspace) throws(Complaint) -> Page {
    // A scheme or lexicon that is not there was not wanted.
    let there: [String]
    do throws(DiskFault) { there = try workspace.disk.names(in: workspace.schemasFolder) } catch {
      throw Complaint(error)
    }
    let files = DefaultFile.schemas.filter { there.contains($0.name) || $0.name.hasSuffix(".schema.json") }
    let updates: [SchemasUpdate]
    do throws(FileFault) {
      updates = try workspace.updateSchemas(files.map { ($0.name, $0.bytes) }) { name, bytes in
        DefaultFile.earlierDigests[name]?.contains(String(SHA256.hex(of: bytes).prefix(16))) == true
      }
    } catch {
      throw Complaint(error)
    }
    func names(_ kind: SchemasUpdate) -> [String] { zip(files, updates).filter { $1 == kind }.map(\.0.name) }
    var page = Page()
    for (kind, verb) in [(SchemasUpdate.added, "Added"), (.replaced, "Updated")] where !names(kind).isEmpty {
      page.append("\(verb): \(Complaint.list(names(kind))).")
    }
    if names(.added).isEmpty, names(.replaced).isEmpty { page.append("Nothing to update.") }
    let changed = names(.changedByHand)
    if !changed.isEmpty {
      page.append(
        "Left as \(changed.count == 1 ? "it is, because it was" : "they are, because they were") changed by hand: "
          + "\(Complaint.list(changed)). “gainsay init” in an empty folder shows the new ones.", .bold)
    }
    return page
  }
}
