import Agreement
public import ArgumentParser
public import Storage

/// The arguments of `report`.
public struct ReportArguments: ParsableArguments {
  @Argument(help: "Documents; all where none is named.")
  var documents: [String] = []

  @Option(help: "The file to write: one HTML page that needs nothing else.")
  var to: String

  @Option(help: "What the page is headed.")
  var title = "Annotation report"

  @Option(help: "How often documents are resampled for the intervals; 0 for none.")
  var bootstrap = 1000

  @Option(help: "The seed of the resamples: the same seed, the same digits.")
  var seed = 1

  public init() {}

  static func read(_ words: String) throws(Complaint) -> ReportArguments { try parsed(words) }

  public func outcome(in workspace: Workspace) throws(Complaint) -> Outcome {
    guard let seed = UInt64(exactly: seed) else {
      throw Complaint("A seed of \(seed).", "A whole number from 0 on.", culprit: String(seed))
    }
    guard bootstrap == 0 || (40...100_000).contains(bootstrap) else {
      throw Complaint("“\(bootstrap)” resamples.", "0, or a number from 40 to 100000.", culprit: String(bootstrap))
    }
    if to != "-" {
      try ExportTarget.check(to, "--to", workspace)
      try ExportTarget.checkPlace(to, workspace)
    }
    try Comparison.checkSeen(documents, in: workspace)
    let names = try Comparison.names(documents, in: workspace)
    let report = try HTMLReport(
      names, title: title, in: workspace,
      bootstrap: bootstrap == 0 ? nil : Bootstrap(resamples: bootstrap, seed: seed))
    let bytes = Array(report.page.utf8)
    if to == "-" { return Outcome(Page(), data: bytes) }
    try ExportTarget.write(bytes, to: to, workspace)
    return Outcome(Page("Written: \(to), \(counted(names.count, "document")), \((bytes.count + 1023) / 1024) kB"))
  }
}
