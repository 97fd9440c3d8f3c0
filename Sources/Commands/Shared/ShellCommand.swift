package import ArgumentParser
package import Pages

/// A command of the shell, from its options to what it comes to.
package protocol ShellCommand: ParsableCommand {
  var common: CommonOptions { get }

  func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome
}

/// When colours are used.
package enum ColourChoice: String, CaseIterable, ExpressibleByArgument, Sendable { case auto, always, never }

/// What every command understands.
package struct CommonOptions: ParsableArguments {
  @Option(
    name: [.customShort("C"), .long],
    help: ArgumentHelp(
      "The workspace; the nearest folder upwards that holds Annotations and Schemas where none is named.",
      valueName: "dir"), completion: .directory)
  package var workspace: String?

  @Option(help: ArgumentHelp("Colour: auto, always or never.", valueName: "when"))
  package var color = ColourChoice.auto

  package init() {}
}
