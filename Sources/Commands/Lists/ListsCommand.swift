package import ArgumentParser
package import Pages
import Reports
import Standoff
import Storage

package struct ListsCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "lists", abstract: "Show and keep the team's lists of speakers and matters.")

  @OptionGroup package var common: CommonOptions

  @Flag(
    help: "Add what is in use; other spellings of a name become its aliases, names that only look alike are left out.")
  var propose = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Make two speakers or two matters one, for every figure: speaker or about, the name to keep, the other.",
      valueName: "attribute kept other"))
  var same: [String] = []

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let workspace = try shell.workspace(at: common.workspace, changing: propose || !same.isEmpty)
    guard same.isEmpty else { return CommandOutcome(try join(workspace)) }
    let values = try ListedValues(in: workspace)
    guard propose else { return CommandOutcome(values.page) }
    let (before, after) = (values.lists, values.proposed)
    try Self.change(workspace) { _ in after }
    func said(_ name: String, _ old: [(String, [String])], _ new: [(String, [String])]) -> String {
      let aliases = new.reduce(0) { $0 + $1.1.count }
      return "\(name): \(counted(new.count, "name")), \(new.count - old.count) of them new, and "
        + "\(counted(aliases, "other spelling"))"
    }
    var page = values.page
    page.append(
      said("speakers.json", before.speakers.map { ($0.name, $0.aliases) }, after.speakers.map { ($0.name, $0.aliases) })
    )
    page.append(
      said("matters.json", before.matters.map { ($0.key, $0.aliases) }, after.matters.map { ($0.key, $0.aliases) }))
    if values.doubtful > 0 {
      page.append(
        "Left out, as they look like others: \(counted(values.doubtful, "name")). Make two one with --same, or add them by hand.",
        .bold)
    }
    page.append(
      "The proposition of a new matter is the first claim about it: put what is in dispute in its place.", .dim)
    return CommandOutcome(page)
  }

  private func join(_ workspace: Workspace) throws(Complaint) -> Page {
    guard same.count == 3, ["speaker", "about"].contains(same[0]), !same.contains("") else {
      throw Complaint(
        "--same takes an attribute and two of its values.",
        "Write “gainsay lists --same speaker KEPT OTHER”, or “about”.",
        culprit: same.first)
    }
    guard same[1] != same[2] else { throw Complaint("Both values are “\(same[1])”.", "Name the other one last.") }
    let values = try ListedValues(in: workspace)
    for name in same.dropFirst() where !values.isKnown(name, isMatter: same[0] == "about") {
      throw Complaint("Nobody uses “\(name)”, and it is not listed.", "“gainsay lists” shows what is.", culprit: name)
    }
    try Self.change(workspace) { $0.joining(same[2], to: same[1], isMatter: same[0] == "about") }
    return Page("“\(same[2])” now counts as “\(same[1])”. No annotation was changed; “gainsay rename” does that.")
  }

  private static func change(_ workspace: Workspace, _ change: (SharedLists) -> SharedLists) throws(Complaint) {
    do throws(FileFault) { _ = try workspace.changeLists { (lists) throws(Never) in change(lists) } } catch {
      throw Complaint(error)
    }
  }
}
