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

  @Argument(help: ArgumentHelp("Files, or folders with files of that format.", valueName: "file"), completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The annotator; else the one that a file names, the ending that it adds to its text's name, or the folder it is in.",
      valueName: "annotator")
  )
  var annotator: String?

  @Option(
    help: ArgumentHelp("What offsets count: auto, codepoint, utf16 or utf8.", valueName: "unit"),
    completion: .list(["auto"] + OffsetUnit.allCases.map(\.rawValue)))
  var unit = "auto"

  @Option(
    help: ArgumentHelp(
      "Another name for a label, attribute or relation; FROM= leaves it out. May be given several times.",
      valueName: "from=to"))
  var map: [String] = []

  @Flag(help: "Says what would come of it and changes nothing.")
  var dryRun = false

  package init() {}

  package func outcome(in workspace: Workspace, at time: Timestamp) throws(Complaint) -> CommandOutcome {
    guard let importer = Formats.importer(format) else {
      let known = Formats.importers.map { $0.name }
      let guess = didYouMean(format, among: known)
      throw Complaint(
        "There is no format “\(format)” to import.\(guess)", "One of \(Complaint.list(known, "or")).", culprit: format)
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
          "“\(pair)” maps no name to another.", "The form is Source=source; Source= leaves it out.", culprit: pair)
      }
      guard !Scheme.reservedWords.contains(sides[1]) else {
        throw Complaint(
          "“\(sides[1])” is a word that the prompt keeps for itself.", "Map to another name.", culprit: pair)
      }
      guard names.updateValue(sides[1], forKey: sides[0]) == nil else {
        throw Complaint("“\(sides[0])” is mapped twice.", "Map each name once.", culprit: pair)
      }
    }
    if let annotator { try DocumentChoice.checkAnnotator(annotator) }
    var importing = try ImportRun(
      importer, into: workspace, as: annotator, unit: asked, names: names, isDry: dryRun, at: time)
    let files = try ImportFile.find(paths, for: importer, disk: workspace.disk)
    return try importing.outcome(files)
  }
}
