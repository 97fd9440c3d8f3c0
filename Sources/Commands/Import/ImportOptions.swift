import ArgumentParser
import Comparison
import Interchange
package import Pages
package import Standoff
package import Storage

/// The options of `import`.
package struct ImportOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The format: \(Complaint.list(Formats.importers.map { $0.name }, "or")).", valueName: "format"),
    completion: .list(Formats.importers.map { $0.name }))
  var format: String

  @Argument(
    help: ArgumentHelp("Files, or folders that hold files of this format.", valueName: "file"), completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The annotator. Default: the name in the file, else the file name's suffix (text_dana.ann), else its folder.",
      valueName: "annotator")
  )
  var annotator: String?

  @Option(
    help: ArgumentHelp(
      "What offsets count: auto, \(Complaint.list(OffsetUnit.allCases.map(\.rawValue), "or")).", valueName: "unit"),
    completion: .list(["auto"] + OffsetUnit.allCases.map(\.rawValue)))
  var unit = "auto"

  @Option(
    help: ArgumentHelp(
      "Rename a label, attribute or relation, as in Source=source; leave it out with Source=. Repeatable.",
      valueName: "from=to"))
  var map: [String] = []

  @Option(
    help: ArgumentHelp(
      "A layer to import, as in NamedEntity or NamedEntity/value with the feature that is its label. Repeatable. "
        + "Default: all layers.",
      valueName: "layer"))
  var layer: [String] = []

  @Option(help: ArgumentHelp("The column of the token, from 1. Default: found.", valueName: "column"))
  var token: Int?

  @Option(help: ArgumentHelp("A column of tags, from 1. Repeatable. Default: found.", valueName: "column"))
  var tag: [Int] = []

  @Option(help: ArgumentHelp("The key of the text, as in article. Default: found.", valueName: "key"))
  var text: String?

  @Flag(help: "Put a newer export by the same annotator in the place of the older one, as an edit that can be undone.")
  var replace = false

  @Option(
    help: ArgumentHelp("Write everything that was left out to this file.", valueName: "file"), completion: .file())
  var report: String?

  @Flag(help: "Show what would be imported, but write nothing.")
  var dryRun = false

  package init() {}

  package func outcome(in workspace: Workspace, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    guard let importer = Formats.importer(format) else {
      let known = Formats.importers.map { $0.name }
      let guess = didYouMean(format, among: known)
      throw Complaint(
        "“\(format)” is not a format to import.\(guess)", "Choose one of \(Complaint.list(known, "or")).",
        culprit: format)
    }
    var asked: OffsetUnit?
    if unit != "auto" {
      let units: [OffsetUnit] = try choices([unit], "unit")
      asked = units.first
    }
    var names: [String: String] = [:]
    for pair in map {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[0].isEmpty, sides[1].isEmpty || Scheme.isLabelName(sides[1]) else {
        throw Complaint(
          "--map takes two names, not “\(pair)”.", "Write Source=source; Source= leaves it out.", culprit: pair)
      }
      guard !Scheme.reservedWords.contains(sides[1]) else {
        throw Complaint(
          "--map: “\(sides[1])” is reserved for the prompt.", "Map to another name.", culprit: pair)
      }
      guard names.updateValue(sides[1], forKey: sides[0]) == nil else {
        throw Complaint("--map names “\(sides[0])” twice.", "Map each name once.", culprit: pair)
      }
    }
    guard time.isPlausible else { throw Complaint(clock: time) }
    if let annotator { do throws(FileFault) { try NewName.check(annotator) } catch { throw Complaint(error) } }
    var importing = try ImportRun(
      importer, into: workspace, as: annotator, unit: asked, names: names, choices: try importChoices(),
      replaces: replace, isDry: dryRun, at: time)
    if let report { try OutputTarget.check(report, "--report", workspace) }
    let files = try ImportFile.find(paths, for: importer, disk: workspace.wholeDisk)
    var outcome = try importing.outcome(files)
    if let report {
      try OutputTarget.write([(report, Array(importing.leftOut.utf8))], workspace)
      outcome.page.append("Wrote \(report)")
    }
    return outcome
  }

  private func importChoices() throws(Complaint) -> ImportChoices {
    var choices = ImportChoices()
    for layer in layer {
      let parts = layer.split(separator: "/", maxSplits: 1).map(String.init)
      guard let name = parts.first, !layer.hasPrefix("/") else {
        throw Complaint(
          "--layer takes a layer, not “\(layer)”.", "Write NamedEntity or NamedEntity/value.", culprit: layer)
      }
      choices.layers.append(ImportChoices.Layer(name, feature: parts.count > 1 ? parts[1] : nil))
    }
    for column in [token].compactMap(\.self) + tag where column < 1 {
      throw Complaint("Columns are counted from 1, not \(column).", culprit: "\(column)")
    }
    choices.tokenColumn = token
    choices.tagColumns = tag
    choices.textKey = text
    return choices
  }
}
