public import ArgumentParser
import Standoff
public import Storage

/// The arguments of `assign`.
public struct AssignArguments: ParsableArguments {
  @Argument(help: "Documents; where none is named, all that nobody was assigned yet.")
  var documents: [String] = []

  @Option(name: .customLong("to"), help: "Annotators, with commas between.")
  var annotators: [String]

  @Option(help: "How many people do each document: a number, or all.")
  var copies: String?

  @Option(help: "The share of the documents that two people do, the others one; such as 0.2.")
  var overlap: Double?

  @Option(help: "The number of the round; the one after the last where none is named.")
  var round: Int?

  @Flag(name: .customLong("no-suggestions"), help: "Switches suggestions off for these documents.")
  var withoutSuggestions = false

  @Option(help: "The seed: the same seed deals the same documents.")
  var seed = 1

  @Flag(help: "Says who would get what and changes nothing.")
  var dryRun = false

  public init() {}

  static func read(_ words: String) throws(Complaint) -> AssignArguments { try parsed(words) }

  public func outcome(in workspace: Workspace) throws(Complaint) -> Outcome {
    let people = try commaSeparated(annotators, "annotator")
    for name in people { try Session.checkAnnotator(name) }
    let before: Assignments
    do throws(FileFault) { before = try workspace.assignments() } catch { throw Complaint(error) }
    let number = round ?? (before.all.map(\.round).max() ?? 0) + 1
    guard number > 0 else { throw Complaint("Round \(number).", "Rounds are counted from 1.", culprit: String(number)) }
    guard let seed = UInt64(exactly: seed) else {
      throw Complaint("A seed of \(seed).", "A whole number from 0 on.", culprit: String(seed))
    }
    let names = try chosen(before, number, in: workspace)
    let assigning = Assigning(
      annotators: people, copies: try copies(among: people), round: number, suggestions: !withoutSuggestions,
      seed: seed)
    let dealt = try assigning.deal(names, before: before)
    if !dryRun {
      var all = before
      all.append(dealt)
      do throws(FileFault) { try workspace.put(all) } catch { throw Complaint(error) }
    }
    return Outcome(page(dealt, people, number))
  }

  private func chosen(_ before: Assignments, _ round: Int, in workspace: Workspace) throws(Complaint) -> [String] {
    let names = try Comparison.names(documents, in: workspace)
    if documents.isEmpty {
      let open = names.filter { before.annotators(of: $0).isEmpty }
      guard !open.isEmpty else {
        throw Complaint(
          names.isEmpty ? "The workspace has no documents yet." : "Every document is assigned to somebody already.",
          names.isEmpty ? "“gainsay add FILE…” adds some." : "Name documents to have them done by more people.")
      }
      return open
    }
    if let twice = names.first(where: { before.documents(ofRound: round).contains($0) }) {
      throw Complaint("\(twice) is in round \(round) already.", "Another --round takes it once more.", culprit: twice)
    }
    return names
  }

  private func copies(among people: [String]) throws(Complaint) -> Assigning.Copies {
    if let overlap {
      guard copies == nil else { throw Complaint("Either --copies or --overlap: not both.") }
      guard (0...1).contains(overlap) else {
        throw Complaint("An overlap of \(overlap).", "A share from 0 to 1, such as 0.2.", culprit: String(overlap))
      }
      guard people.count > 1 || overlap == 0 else {
        throw Complaint("One person cannot overlap with anybody.", "Name two or more with --to.")
      }
      return .twice(share: overlap)
    }
    guard let copies else { return .each(1) }
    let count = copies == "all" ? people.count : Int(copies) ?? 0
    guard (1...people.count).contains(count) else {
      throw Complaint(
        "“\(copies)” copies among \(counted(people.count, "person").replacing("persons", with: "people")).",
        "A number from 1 to \(people.count), or all.", culprit: copies)
    }
    return .each(count)
  }

  private func page(_ dealt: [Assignments.Assignment], _ people: [String], _ round: Int) -> Page {
    var page = Page()
    let twice = dealt.count { $0.annotators.count > 1 }
    page.append(
      "Round \(round)\(dryRun ? ", not written" : ""): \(counted(dealt.count, "document")), \(twice) by more than one.")
    var table = [["", "documents"] + people.map { "with \($0)" }]
    for name in people {
      let own = dealt.filter { $0.annotators.contains(name) }
      table.append(
        [name, "\(own.count)"]
          + people.map { other in other == name ? "" : "\(own.count { $0.annotators.contains(other) })" })
    }
    for (index, line) in AgreementReport.columns(table).enumerated() { page.append(line, index == 0 ? .bold : .plain) }
    if withoutSuggestions { page.append("Without suggestions.") }
    return page
  }
}
