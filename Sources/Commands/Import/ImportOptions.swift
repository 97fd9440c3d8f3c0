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
    help: ArgumentHelp("What offsets count: auto, codepoint, utf16 or utf8.", valueName: "unit"),
    completion: .list(["auto"] + OffsetUnit.allCases.map(\.rawValue)))
  var unit = "auto"

  @Option(
    help: ArgumentHelp(
      "Rename a label, attribute or relation, as in Source=source; leave it out with Source=. Repeatable.",
      valueName: "from=to"))
  var map: [String] = []

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
      importer, into: workspace, as: annotator, unit: asked, names: names, isDry: dryRun, at: time)
    let files = try ImportFile.find(paths, for: importer, disk: workspace.wholeDisk)
    return try importing.outcome(files)
  }
}
