import Agreement
import ArgumentParser
import Comparison
import Pages
import Standoff
import Storage

/// The options of `agree` for a table of codes.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare the codes in this table, or - for standard input, in place of annotations: item, annotator, code in each "
        + "row, or a column for each annotator.", valueName: "file"), completion: .file())
  var table: String?

  @Option(
    help: ArgumentHelp(
      "Table: what codes say of each other: nominal (equal or not), ordinal (an order) or interval (numbers).",
      valueName: "scale"))
  var scale: Scheme.Scale?

  @Option(
    help: ArgumentHelp(
      "Table: the codes of an ordinal scale, the least first, separated by commas. Default: as numbers.",
      valueName: "codes"))
  var order: String?

  @Option(
    help: ArgumentHelp("Table: a code that stands for no code, such as NA; repeatable.", valueName: "code"))
  var missing: [String] = []

  /// - Throws: if an option for tables is given without one.
  func checkUnused() throws(Complaint) {
    let given = [(scale != nil, "--scale"), (order != nil, "--order"), (!missing.isEmpty, "--missing")]
    guard let (_, option) = given.first(where: \.0) else { return }
    throw Complaint("\(option) is about the codes of a table.", "Name one with --table.")
  }

  /// Reads the table.
  ///
  /// - Parameter counting: must ask for nothing that only spans have.
  func read(_ file: String, _ counting: CountingOptions, _ shell: Shell) throws(Complaint) -> CodeTable {
    if let option = counting.optionOfSpans {
      throw Complaint("\(option) is about annotated texts; a table has none.", "Leave it out.")
    }
    if let order, scale ?? .ordinal != .ordinal {
      throw Complaint("--order \(order) names the codes of an ordinal scale.", "Add --scale ordinal, or leave it out.")
    }
    var bytes: [UInt8] = []
    if file == "-" {
      while true {
        let more = try shell.input()
        if more.isEmpty { break }
        bytes += more
      }
    } else {
      do throws(DiskFault) { bytes = try shell.disk.read(file) } catch { throw Complaint(error) }
    }
    let codes = try order.map { (order) throws(Complaint) in try commaSeparated([order], "code") }
    return try CodeTable(
      bytes, path: file == "-" ? "standard input" : file, annotators: commaSeparated(counting.annotators, "annotator"),
      scale: scale ?? (order == nil ? .nominal : .ordinal), order: codes, missing: Set(missing))
  }
}

extension CountingOptions {
  /// The first option given that is about texts or spans; nil if there is none.
  var optionOfSpans: String? {
    let given = [
      (!label.isEmpty, "--label"), (!unit.isEmpty, "--unit"), (overlap != "any", "--overlap"),
      (reference != nil, "--reference"), (inProgress, "--in-progress"), (withoutSuggested, "--without-suggested"),
      (round != nil, "--round"), (!zones.isEmpty, "--zones"), (gap != nil, "--gap"), (timeLimit != nil, "--time-limit"),
      (precision != nil, "--precision"),
    ]
    if let named = named.first(where: { !$0.isOfItems || $0.isOfGroups }) { return "--measure \(named.rawValue)" }
    return given.first(where: \.0)?.1
  }
}

extension AgreeOptions {
  /// The greatest number of annotators whose pairs all have figures of their own accord.
  private static let mostPaired = 30

  /// Computes agreement on a table.
  func outcome(of table: CodeTable, in shell: Shell) throws(Complaint) -> CommandOutcome {
    let given = [
      (!documents.isEmpty, "A document"), (perDocument, "--per-document"), (explain != nil, "--explain"),
      (againstRound != nil, "--against-round"), (!against.isEmpty, "--against"), (oneself, "--oneself"),
      (distance != .nominal, "--distance"), (overlapping != .layers, "--overlapping"), (cu != .pairwise, "--cu"),
    ]
    if let (_, option) = given.first(where: \.0) {
      throw Complaint("\(option) is about annotated texts; a table has none.", "Leave it out.")
    }
    var asked = try reported()
    let isLarge = table.annotators.count > Self.mostPaired && counting.named.isEmpty
    // Hubert's kappa goes through all pairs, too.
    if isLarge {
      asked.measures.subtract([.cohenKappa, .scottPi, .weightedCohenKappa, .hubertKappa, .weightedHubertKappa])
    }
    var outcome = try outcome(of: AgreementStudy(table), asked, width: shell.width, aligned: shell.aligned)
    if isLarge {
      outcome.notes.append(
        "With more than \(Self.mostPaired) annotators, figures of pairs and Hubert's κ are left out; --measure cohen-kappa "
          + "computes them.")
    }
    return outcome
  }
}
