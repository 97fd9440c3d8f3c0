package import ArgumentParser
package import Pages

/// A command of the shell.
package protocol ShellCommand: ParsableCommand {
  var common: CommonOptions { get }

  func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome
}

/// When to use colour.
package enum ColourChoice: String, CaseIterable, ExpressibleByArgument, Sendable { case auto, always, never }

/// The options that every command takes.
package struct CommonOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "The workspace. Default: the nearest folder upwards that holds Annotations and Schemas.",
      valueName: "dir"), completion: .directory)
  package var workspace: String?

  @Option(help: ArgumentHelp("When to use colour.", valueName: "when"))
  package var color = ColourChoice.auto

  package init() {}
}
