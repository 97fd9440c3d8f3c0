import Pages
import ArgumentParser
import Commands
import PseudoTerminals
import Storage

/// How long exports and imports of a corpus take, and what memory an import needs beside the corpus's size.
struct ExchangeTimes {
  private let folder: String
  private let isQuick: Bool

  init(in folder: String, isQuick: Bool) {
    self.folder = folder
    self.isQuick = isQuick
  }

  func measure() throws {
    for count in isQuick ? [10] : [1_000, 4_000] {
      let root = Paths.join(folder, "exchange-\(count)")
      let scale = try Scale(documents: count, in: root, peers: nil)
      let name = "\(count) documents x 50 spans"
      for format in [
        "brat", "jsonl", "spacy", "prodigy", "doccano", "label-studio", "conll", "webanno-tsv", "cas-json",
      ] {
        let target = Paths.join(root, format)
        let start = PseudoTerminal.now
        _ = try ExportOptions.parse([format, "--annotators", "dana", "--to", target]).outcome(
          in: Surroundings(scale.workspace, width: 80, isColoured: false))
        report("interchange", case: name, "export-\(format)", PseudoTerminal.now - start, unit: "s")
        try measureImport(format, target, Paths.join(root, "into-\(format)"), name)
      }
      Corpus.remove(root)
    }
  }

  private func measureImport(_ format: String, _ path: String, _ root: String, _ name: String) throws {
    let disk = POSIXDisk()
    _ = try NewWorkspace.make(in: root, disk: disk)
    let workspace = Workspace(root: root, disk: disk)
    let before = Memory.current
    Memory.resetPeak()
    let start = PseudoTerminal.now
    let outcome = try ImportOptions.parse([format, path]).outcome(in: workspace, at: Corpus.time)
    report("interchange", case: name, "import-\(format)", PseudoTerminal.now - start, unit: "s")
    // Of a few documents it is less than what is kept for later anyway.
    if !isQuick {
      report(
        "interchange", case: name, "import-\(format)-memory", Double(Memory.peak - before) / 1_000_000, unit: "MB")
    }
    precondition(outcome.status == 0)
    Corpus.remove(root)
  }
}
