import ArgumentParser
import Comparison
package import Pages
import Standoff
package import Storage

/// The options of `assign`.
package struct AssignOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Documents to assign. Default: all that are assigned to nobody.", valueName: "document"))
  var documents: [String] = []

  @Option(
    name: .customLong("to"), help: ArgumentHelp("Annotators, separated by commas.", valueName: "annotators"))
  var annotators: [String]

  @Option(
    help: ArgumentHelp("Give each document to this many people, or to all. Default: 1.", valueName: "number"))
  var copies: String?

  @Option(
    help: ArgumentHelp(
      "Give this share of the documents to two people and the rest to one, such as 0.2.", valueName: "share"))
  var overlap: Double?

  @Option(
    help: ArgumentHelp("Number the round. Default: one more than the last.", valueName: "number"))
  var round: Int?

  @Flag(
    help:
      "Give documents to those who have done them once more; the first pass stays hidden until the second is done, and counts alone."
  )
  var again = false

  @Flag(name: .customLong("no-suggestions"), help: "Turn suggestions off for these documents.")
  var withoutSuggestions = false

  @Option(help: ArgumentHelp("Seed for shuffling; the same seed assigns the same documents.", valueName: "number"))
  var seed = 1

  @Flag(help: "Show who would get what, but write nothing.")
  var dryRun = false

  package init() {}

  package func outcome(in workspace: Workspace) throws(Complaint) -> CommandOutcome {
    let people = try commaSeparated(annotators, "annotator")
    for name in people {
      do throws(FileFault) { try NewName.check(name) } catch { throw Complaint(error) }
    }
    if let twin = people.first(where: { name in people.contains { $0 != name && $0.lowercased() == name.lowercased() } }
    ) {
      throw Complaint(
        "--to names “\(twin)” twice, in different case.", "Spell each annotator's name one way.", culprit: twin)
    }
    let seed = try checked(seed: seed)
    let copies = try copies(among: people)
    var page = Page()
    func deal(_ before: Assignments) throws(Complaint) -> Assignments {
      let number = try number(before)
      if again {
        let dealt = try anew(people, before, number, in: workspace)
        page = self.page(dealt, Array(Set(dealt.flatMap(\.annotators))).sorted(), number)
        var all = before
        all.append(dealt)
        return all
      }
      let names = try chosen(before, number, in: workspace)
      try check(people, names, before, workspace)
      let assigning = Dealing(
        annotators: people, copies: copies, round: number, suggestions: !withoutSuggestions, seed: seed)
      let dealt = try assigning.deal(names, before: before)
      page = self.page(dealt, people, number)
      var all = before
      all.append(dealt)
      return all
    }
    if dryRun {
      let before: Assignments
      do throws(FileFault) { before = try workspace.assignments() } catch { throw Complaint(error) }
      _ = try deal(before)
      return CommandOutcome(page)
    }
    let done: Result<Void, Complaint>
    do throws(FileFault) { done = try workspace.changeAssignments(deal) } catch { throw Complaint(error) }
    try done.get()
    return CommandOutcome(page)
  }

  /// The assignments of documents to those who have done them, for one pass more.
  private func anew(
    _ people: [String], _ before: Assignments, _ round: Int, in workspace: Workspace
  ) throws(Complaint) -> [Assignments.Assignment] {
    guard copies == nil, overlap == nil else {
      throw Complaint("--again gives each person their own documents.", "Leave out --copies and --overlap.")
    }
    let names = try DocumentChoice.names(documents, in: workspace)
    var dealt: [Assignments.Assignment] = []
    do throws(FileFault) {
      for name in names {
        let document = try workspace.document(name)
        var takers: [String] = []
        for person in people {
          let last = before.names(of: person, on: name).last ?? person
          guard let set = try workspace.annotations(of: last, on: document), set.status == .complete else { continue }
          takers.append(Assignments.name(of: person, pass: set.pass + 1))
        }
        guard !takers.isEmpty else { continue }
        dealt.append(
          Assignments.Assignment(
            document: name, annotators: takers, round: round, suggestions: !withoutSuggestions))
      }
    } catch {
      throw Complaint(error)
    }
    guard !dealt.isEmpty else {
      throw Complaint(
        "None of these people has done any of these documents, or all of a pass that was assigned before.",
        "“gainsay status” shows who has.")
    }
    return dealt
  }

  private func number(_ before: Assignments) throws(Complaint) -> Int {
    let last = before.all.map(\.round).max() ?? 0
    let number = round ?? (last < AnnotationSet.greatestID ? last + 1 : 0)
    guard (1...AnnotationSet.greatestID).contains(number) else {
      throw Complaint(
        round == nil
          ? "Round \(last) is the last number there is."
          : "--round takes a number from 1 to \(AnnotationSet.greatestID), not \(number).", culprit: String(number))
    }
    return number
  }

  /// Throws if a name differs from an existing annotator's only in case.
  private func check(
    _ people: [String], _ documents: [String], _ before: Assignments, _ workspace: Workspace
  ) throws(Complaint) {
    var known = Set(before.all.flatMap(\.annotators))
    do throws(FileFault) {
      for document in documents { known.formUnion(try workspace.allAnnotators(of: document)) }
    } catch {
      throw Complaint(error)
    }
    for name in people {
      if let other = known.sorted().first(where: { $0 != name && $0.lowercased() == name.lowercased() }) {
        throw Complaint(FileFault(workspace.annotationsFolder, .nameTaken(name, by: other)))
      }
    }
  }

  private func chosen(_ before: Assignments, _ round: Int, in workspace: Workspace) throws(Complaint) -> [String] {
    let names = try DocumentChoice.names(documents, in: workspace)
    if documents.isEmpty {
      let open = names.filter { before.annotators(of: $0).isEmpty }
      guard !open.isEmpty else {
        throw Complaint(
          names.isEmpty ? "The workspace has no documents yet." : "Every document is already assigned.",
          names.isEmpty ? "“gainsay add FILE…” adds some." : "Name documents to assign them to more people.")
      }
      return open
    }
    if let twice = names.first(where: { before.documents(ofRound: round).contains($0) }) {
      throw Complaint("\(twice) is already in round \(round).", "Assign it again with another --round.", culprit: twice)
    }
    return names
  }

  private func copies(among people: [String]) throws(Complaint) -> Dealing.Copies {
    if let overlap {
      guard copies == nil else { throw Complaint("Choose --copies or --overlap, not both.") }
      guard (0...1).contains(overlap) else {
        throw Complaint("--overlap takes a share from 0 to 1, such as 0.2, not \(overlap).", culprit: String(overlap))
      }
      guard people.count > 1 || overlap == 0 else {
        throw Complaint("--overlap needs at least two annotators.", "Name two or more with --to.")
      }
      return .twice(share: overlap)
    }
    guard let copies else { return .each(1) }
    let count = copies == "all" ? people.count : Int(copies) ?? 0
    guard (1...people.count).contains(count) else {
      throw Complaint(
        people.count == 1
          ? "--to names only 1 person, so --copies cannot be \(copies)."
          : "--copies takes a number from 1 to \(people.count), or all, not “\(copies)”.",
        "--to says who does the documents.", culprit: copies)
    }
    return .each(count)
  }

  private func page(_ dealt: [Assignments.Assignment], _ people: [String], _ round: Int) -> Page {
    var page = Page()
    let twice = dealt.count { $0.annotators.count > 1 }
    page.append(
      "Round \(round)\(dryRun ? ", not written" : ""): \(counted(dealt.count, "document")), \(twice) shared.")
    var table = [["", "documents"] + people.map { "shared with \($0)" }]
    for name in people {
      let own = dealt.filter { $0.annotators.contains(name) }
      table.append(
        [name, "\(own.count)"]
          + people.map { other in other == name ? "" : "\(own.count { $0.annotators.contains(other) })" })
    }
    for (index, line) in TextTable.lines(table).enumerated() { page.append(line, index == 0 ? .bold : .plain) }
    if withoutSuggestions { page.append("Suggestions are off.") }
    return page
  }
}
