import Pages
import Reports
import ArgumentParser
import Commands
import Comparison
import Standoff
import Storage

/// What a lead waits for: status, comparison, the page, and a corrected text.
struct TeamTimes {
  private let workspace: Workspace
  private let documents: Int
  /// Documents of the page and of the comparison.
  private let shown: [String]
  private let isQuick: Bool

  init(in folder: String, isQuick: Bool) throws {
    documents = isQuick ? 50 : 1000
    self.isQuick = isQuick
    workspace = try Scale(documents: documents, in: Paths.join(folder, "team"), peers: nil).workspace
    shown = Array(try workspace.documentNames().prefix(isQuick ? 10 : 200))
  }

  func measure() throws {
    let all = "\(documents) documents x 3 annotators x 50 spans"
    report(
      "team", case: all, "status", try best(isQuick: isQuick) { try WorkspaceStatus(in: workspace).json }.seconds,
      unit: "s")
    let some = "\(shown.count) documents x 3 annotators x 50 spans"
    let compare = try best(isQuick: isQuick) {
      try CompareOptions.parse(shown + ["--json"]).outcome(
        in: Surroundings(workspace, width: 80, isColoured: false))
    }
    report("team", case: some, "compare", compare.seconds, unit: "s")
    let page = try best(isQuick: isQuick) {
      try ReportOptions.parse(shown + ["--to", "-"]).outcome(in: workspace).data ?? []
    }
    report("team", case: some, "report", page.seconds, unit: "s")
    report("team", case: some, "report-size", Double(page.value.count) / 1_000_000, unit: "MB")
    try measureRealignment()
  }

  /// A long text in which every so manyth word is another one.
  private func measureRealignment() throws {
    let bytes = isQuick ? 100_000 : 10_000_000
    let old = try DocumentText(utf8: Corpus.text(bytes: bytes))
    var words = old.string.split(separator: " ", omittingEmptySubsequences: false)
    for place in stride(from: words.count / 200, to: words.count, by: max(1, words.count / 100)) {
      words[place] = "mended"
    }
    let new = DocumentText(words.joined(separator: " "))
    let found = best(isQuick: isQuick) { Realignment(from: old, to: new) }
    report("team", case: "\(bytes / 1_000_000) MB, 100 edits", "realign", found.seconds, unit: "s")
  }
}
