package import ArgumentParser
package import Commands
package import Pages
package import Storage

extension ParsableArguments {
  /// The options that a line of the shell gives a command.
  package static func read(_ words: String) throws -> Self { try parse(shellWords(words)) }
}

extension SharedOptions {
  /// What a command comes to in the shell, in 80 columns without colour.
  package func outcome(in workspace: Workspace) throws(Complaint) -> CommandOutcome {
    try outcome(in: Surroundings(workspace, width: 80, isColoured: false))
  }
}

extension Desk {
  /// What `gainsay assign` says.
  package func assign(_ words: String) throws -> String {
    try AssignOptions.read(words).outcome(in: workspace).page.text
  }
}
