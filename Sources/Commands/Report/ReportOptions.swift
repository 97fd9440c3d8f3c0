import ArgumentParser
import Comparison
package import Pages
import Reports
package import Storage

/// The options of `report`.
package struct ReportOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Documents to include. Default: all.", valueName: "document"))
  var documents: [String] = []

  @Option(
    help: ArgumentHelp("HTML file to write, complete in itself; - for standard output.", valueName: "file"),
    completion: .file())
  var to: String

  @Option(help: ArgumentHelp("Set the page's title.", valueName: "title"))
  var title = "Annotation report"

  @Option(
    help: ArgumentHelp("Resample documents this often for the intervals; 0 turns them off.", valueName: "resamples"))
  var bootstrap = 1000

  @Option(help: ArgumentHelp("Seed for random draws; the same seed gives the same digits.", valueName: "number"))
  var seed = 1

  package init() {}

  package func outcome(in workspace: Workspace) throws(Complaint) -> CommandOutcome {
    let resampling = try resampling(bootstrap, confidence: 0.95, seed: checked(seed: seed))
    if to != "-" {
      try OutputTarget.check(to, "--to", workspace)
      try OutputTarget.checkPlace(to, workspace)
    }
    try DocumentChoice.checkSeen(documents, in: workspace)
    let names = try DocumentChoice.names(documents, in: workspace)
    let report = try HTMLReport(
      names, title: title, in: workspace, bootstrap: resampling)
    let bytes = Array(report.page.utf8)
    if to == "-" { return CommandOutcome(data: bytes) }
    try OutputTarget.write([(to, bytes)], workspace)
    return CommandOutcome(
      Page("Wrote \(to), \(counted(names.count, "document")), \((bytes.count + 1023) / 1024) kB"))
  }
}
