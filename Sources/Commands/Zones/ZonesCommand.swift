package import ArgumentParser
package import Pages
import Standoff
import Storage

package struct ZonesCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "zones", abstract: "Show the zones of a document, or change them.")

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("The document.", valueName: "document"))
  var document: String

  @Argument(
    help: ArgumentHelp("Sentences and what they are to be, such as 3-5 caption; body for no zone.", valueName: "zone"))
  var zone: [String] = []

  @Flag(help: "Leave sentences out although somebody has marked spans in them.")
  var anyway = false

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let workspace = try shell.workspace(at: common.workspace, changing: !zone.isEmpty)
    let document: Document
    do throws(FileFault) { document = try workspace.document(self.document) } catch { throw Complaint(error) }
    guard !zone.isEmpty else { return CommandOutcome(ZoneEdit.list(document)) }
    let edit = try ZoneEdit(zone.joined(separator: " "), of: document)
    let leftOut = try edit.leftOut(in: workspace)
    guard anyway || leftOut.isEmpty else {
      throw Complaint(
        "These spans would be left out:\n  \(leftOut.joined(separator: "\n  "))", "--anyway does it all the same.")
    }
    let after = try edit.carryOut(in: workspace)
    guard after != document else { return CommandOutcome(Page("Already so.").followed(by: ZoneEdit.list(after))) }
    var page = ZoneEdit.list(after)
    page.append(
      "To take it back: \(edit.inverse.map { "gainsay zones \(document.id) \($0)" }.joined(separator: "; ")).", .dim)
    return CommandOutcome(page)
  }
}
