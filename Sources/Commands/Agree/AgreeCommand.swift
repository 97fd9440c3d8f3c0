import Comparison
package import ArgumentParser
package import Pages

package struct AgreeCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "agree", abstract: "Compute agreement between annotators.")

  @OptionGroup package var common: CommonOptions
  @OptionGroup var options: AgreeOptions
  @OptionGroup var table: TableOptions

  @Option(
    help: ArgumentHelp(
      "Read what “gainsay tally” counted from this file, or - for standard input, in place of annotations.",
      valueName: "file"), completion: .file())
  var fromTallies: String?

  @Option(
    help: ArgumentHelp(
      "The plan with which tallies were counted. Default: that of the workspace and these options.",
      valueName: "file"), completion: .file())
  var plan: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    if let file = table.table {
      guard fromTallies == nil else {
        throw Complaint("--table and --from-tallies both say what to compare.", "Name one of them.")
      }
      return try options.outcome(of: table.read(file, options.counting, shell), in: shell)
    }
    try table.checkUnused()
    if let file = fromTallies { return try options.outcome(ofTallies: file, plan, common.workspace, in: shell) }
    if plan != nil {
      throw Complaint("--plan says how tallies were counted.", "Name their file with --from-tallies.")
    }
    return try options.outcome(in: shell.surroundings(shell.comparedWorkspace(at: common.workspace)))
  }
}
