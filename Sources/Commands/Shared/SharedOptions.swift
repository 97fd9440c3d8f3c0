package import ArgumentParser
package import Pages
package import Storage

/// The options of a command that the prompt has as a verb, too.
package protocol SharedOptions: ParsableArguments {
  /// The command's name and the verb's.
  static var name: String { get }

  func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome
}

/// Where a command is given, in the shell or at the prompt.
package struct Surroundings: Sendable {
  package let workspace: Workspace
  /// Columns for what is laid out.
  package let width: Int
  package let isColoured: Bool
  /// The document that is open; nil in the shell.
  package let document: String?

  package init(_ workspace: Workspace, width: Int, isColoured: Bool, document: String? = nil) {
    self.workspace = workspace
    self.width = width
    self.isColoured = isColoured
    self.document = document
  }
}

extension SharedOptions {
  /// Reads the words that follow the verb, as the shell would.
  package static func read(_ words: String) throws(Complaint) -> Self { try parsed(words, verb: name) }
}

extension Shell {
  func surroundings(_ workspace: Workspace) -> Surroundings {
    Surroundings(workspace, width: width, isColoured: isColoured)
  }
}
