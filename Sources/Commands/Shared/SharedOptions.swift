package import ArgumentParser
package import Pages
package import Storage

/// The options of a command that is also a verb of the prompt.
package protocol SharedOptions: ParsableArguments {
  /// The name of the command and the verb.
  static var name: String { get }

  func outcome(in place: Surroundings) throws(Complaint) -> CommandOutcome
}

/// The place where a command is run: the shell or the prompt.
package struct Surroundings: Sendable {
  package let workspace: Workspace
  /// The width of a page, in columns.
  package let width: Int
  package let isColoured: Bool
  /// The open document; nil in the shell.
  package let document: String?
  /// Told how many alignments of gamma were found, and how many are wanted, to report progress.
  package let aligned: @Sendable (_ found: Int, _ wanted: Int) -> Void
  /// Writes bytes to standard output at once; nil at the prompt, which shows all of an answer together.
  let output: (@Sendable ([UInt8]) -> Void)?

  package init(
    _ workspace: Workspace, width: Int, isColoured: Bool, document: String? = nil,
    aligned: @escaping @Sendable (_ found: Int, _ wanted: Int) -> Void = { _, _ in },
    output: (@Sendable ([UInt8]) -> Void)? = nil
  ) {
    self.output = output
    self.aligned = aligned
    self.workspace = workspace
    self.width = width
    self.isColoured = isColoured
    self.document = document
  }
}

extension SharedOptions {
  /// Parses the words that follow the verb, as the shell would.
  package static func read(_ words: String) throws(Complaint) -> Self { try parsed(words, verb: name) }
}

extension Shell {
  func surroundings(_ workspace: Workspace) -> Surroundings {
    Surroundings(workspace, width: width, isColoured: isColoured, aligned: aligned, output: output)
  }
}
