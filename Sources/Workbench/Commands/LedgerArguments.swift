public import ArgumentParser
import Standoff
public import Storage

/// The arguments of `ledger`, in the shell and at the prompt.
public struct LedgerArguments: ParsableArguments {
  @Argument(help: "Documents; all where none is named.")
  var documents: [String] = []

  @Option(help: "Whose annotations count; the adjudicated ones, else the majority's, where nobody is named.")
  var annotator: String?

  @Flag(help: "JSON for programs.")
  var json = false

  @Flag(help: "Markdown to hand on.")
  var markdown = false

  public init() {}

  static func read(_ words: String) throws(Complaint) -> LedgerArguments { try parsed(words) }

  public func outcome(in workspace: Workspace) throws(Complaint) -> Outcome {
    guard !(json && markdown) else { throw Complaint("Either --json or --markdown: not both.") }
    if let annotator, !Scheme.isPlainName(annotator) || annotator.lowercased() == "document" {
      throw Complaint(FileFault(annotator, .nameNotAllowed(annotator)))
    }
    try Comparison.checkSeen(documents, in: workspace)
    let names = try Comparison.names(documents, in: workspace)
    let ledger = try Ledger(names, in: workspace, annotator: annotator)
    if let annotator, ledger.sources.isEmpty { throw Comparison.nobody(annotator, []) }
    return Outcome(ledger.page, data: json ? ledger.json : markdown ? Array(ledger.markdown.utf8) : nil)
  }
}
