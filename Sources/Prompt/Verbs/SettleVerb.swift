import Comparison
import Pages
import Reports
import Standoff

extension Verbs {
  /// The verb that settles what repeats; it means nothing outside an adjudication.
  static let settle = Verb(
    names: ["settle"], group: .decide, parameters: [Parameter(.text, "NUMBER [NAME]", optional: true)],
    summary:
      "list the habits that are open here, or settle one as a whole: as those have it who do not have the habit, or as NAME "
      + "has it; shows what that is, and asks",
    examples: ["settle", "settle 1", "settle 1 dana"]
  ) { (session, arguments) throws(Complaint) in try session.settle(arguments.text(0) ?? "") }
}

extension Session {
  /// A habit with the disputes in this document that it makes.
  private struct OpenHabit {
    /// Its number, as `compare` has it.
    let number: Int
    let habit: Habit
    let disputes: [Adjudication.Dispute]
  }

  /// Lists the habits with open disputes in this document, or settles one.
  ///
  /// - Parameter typed: nothing; or the habit's number, then an annotator if any, and “!” to do it unasked.
  fileprivate mutating func settle(_ typed: String) throws(Complaint) -> Page {
    guard let adjudication else { throw Complaint("There is nothing to decide.") }
    guard !adjudication.isBlind else {
      throw Complaint(
        "A habit is somebody's, and this adjudication hides the names.", "Leave it, and adjudicate without “blind”.")
    }
    var words = typed.split(whereSeparator: \.isWhitespace).map(String.init)
    let isMeant = words.last == "!"
    if isMeant { words.removeLast() }
    let found = try openHabits(adjudication)
    guard let word = words.first else { return list(found, adjudication) }
    guard let chosen = found.first(where: { String($0.number) == word }) else {
      let numbers = found.map { String($0.number) }
      throw Complaint(
        "No habit \(word) is open in this document.",
        numbers.isEmpty ? "“rest NAME” takes one annotator's version." : "“settle” lists \(Complaint.list(numbers)).",
        culprit: word)
    }
    let name = words.count > 1 ? words[1] : chosen.habit.others.first { adjudication.names.contains($0) }
    guard let name, let layer = adjudication.names.firstIndex(of: name) else {
      throw Complaint(
        "“\(words.count > 1 ? words[1] : "")” is none of these annotators.",
        "Write “settle \(word)” with one of \(Complaint.list(adjudication.names.sorted(), "or")).",
        culprit: words.count > 1 ? words[1] : nil)
    }
    return try take(layer, of: chosen.disputes, isMeant: isMeant, by: "settle \(word) \(name) !") { decided, _ in
      (
        "\(chosen.habit.sentence).\nThat takes \(name)'s version of \(counted(decided.count, "dispute")) here:", decided
      )
    }
  }

  private func list(_ found: [OpenHabit], _ adjudication: Adjudication) -> Page {
    guard !found.isEmpty else { return Page("No habit has an open dispute in this document.") }
    let view = AdjudicationView(adjudication: adjudication, gold: set)
    var page = Page()
    for one in found {
      page.append("\(one.number). \(one.habit.sentence); \(one.disputes.count) open here")
      let layer = one.habit.others.compactMap(adjudication.names.firstIndex).first ?? 0
      for dispute in one.disputes.prefix(3) { page.append(view.line(of: dispute, by: layer), .dim, indent: 3) }
    }
    page.append(
      "“settle NUMBER” settles one as those have it who do not have the habit, “settle NUMBER NAME” as NAME does.")
    return page
  }

  /// The habits of these annotators in all documents that make open disputes in this one.
  private func openHabits(_ adjudication: Adjudication) throws(Complaint) -> [OpenHabit] {
    let all = try Differences(in: workspace, Differences.Request(annotators: chosen))
    guard let index = all.parts.firstIndex(where: { $0.document.id == document.id }) else { return [] }
    let open = adjudication.open(.all, set)
    // The same annotators' files have the same alignment, unless one was changed since this session was opened.
    let (groups, here) = (adjudication.part.alignment.groups, all.parts[index].alignment.groups)
    guard groups.map(\.hull) == here.map(\.hull) else {
      throw Complaint("Annotators' files of this document have changed.", "Leave, and adjudicate again.")
    }
    return all.habits.enumerated().compactMap { place, habit in
      let places = Set(habit.places.filter { $0.document == index }.map(\.group))
      // A habit of relations is settled by relations, any other by spans with what they carry.
      let isOfRelations = if case .relation = habit.deed { true } else { false }
      let disputes = open.filter { dispute in
        let isRelation = if case .relations = dispute { true } else { false }
        return isRelation == isOfRelations && (dispute.group.map(places.contains) ?? false)
      }
      return disputes.isEmpty ? nil : OpenHabit(number: place + 1, habit: habit, disputes: disputes)
    }
  }
}
