import Comparison
import Pages
import Reports
import Standoff
import Storage

/// The history of the open document, and the way back to an earlier state.
extension Session {
  /// The ids of the spans and relations that the last edit changed, ascending.
  var touched: (spans: [Int], relations: [Int]) {
    var (spans, relations) = (Set<Int>(), Set<Int>())
    for change in store.history.done.last?.changes ?? [] {
      switch change {
      case .span(let from, let to): spans.formUnion([from?.id, to?.id].compactMap(\.self))
      case .relation(let from, let to): relations.formUnion([from?.id, to?.id].compactMap(\.self))
      case .declined, .document, .status: break
      }
    }
    return (spans.sorted(), relations.sorted())
  }

  /// What was done to the document, or to one span.
  func log(of span: Int?) throws(Complaint) -> Page {
    try EditLogPage(document, annotators: [annotator], span: span, in: workspace).page
  }

  /// Undoes the last edit, with those of its batch in other documents; nil if there is none.
  ///
  /// - Parameter telling: whether the page says what changed in the open document.
  mutating func undone(telling: Bool = true) throws(Complaint) -> Page? {
    try told("Undone", telling, batch: store.history.done.last?.batch, .undo) { (session) throws(Complaint) in
      try session.undo()
    }
  }

  /// Redoes the last undone edit, with those of its batch in other documents; nil if there is none.
  ///
  /// - Parameter telling: whether the page says what changed in the open document.
  mutating func redone(telling: Bool = true) throws(Complaint) -> Page? {
    try told("Redone", telling, batch: store.history.undone.last?.batch, .redo) { (session) throws(Complaint) in
      try session.redo()
    }
  }

  /// The other documents come first: until this one has followed, the same key goes on with what is left.
  private mutating func told(
    _ verb: String, _ telling: Bool, batch: String?, _ deed: LoggedEdit.Deed,
    _ carryOut: (inout Session) throws(Complaint) -> Edit?
  ) throws(Complaint) -> Page? {
    let elsewhere = store.isWritable ? batch.map { self.elsewhere(deed, $0) } ?? [] : []
    guard let edit = try carryOut(&self) else { return nil }
    var page = Page()
    for change in telling ? edit.changes : [] { page.append("\(verb): \(described(change))", indent: 2) }
    for line in elsewhere { page.append("\(verb) in \(line)", indent: 2) }
    page.after = .sentenceChanged
    return page
  }

  /// Undoes what was done after a time or an edit.
  ///
  /// - Parameter place: `to 14:30`, `to 2026-11-28 14:30`, or the number of an edit: `to 12`.
  mutating func undo(to place: String) throws(Complaint) -> Page {
    var words = place.split(whereSeparator: \.isWhitespace).map(String.init)
    let isMeant = words.last == "!"
    if isMeant { words.removeLast() }
    guard words.first == "to", words.count > 1 else {
      throw Complaint("“undo” takes nothing, or “to” with a time or an edit.", Self.placeAdvice, culprit: place)
    }
    let entries: [LoggedEdit]
    do throws(FileFault) { entries = try workspace.editLog(of: annotator, on: document.id) } catch {
      throw Complaint(error)
    }
    let last = try lastEntry(words.dropFirst().joined(separator: " "), entries)
    let (then, now) = (Self.standing(entries[..<last]), Self.standing(entries[...]))
    let kept = zip(then, now).prefix { $0 == $1 }.count
    // What was taken over on opening an adjudication is not undone.
    let own = now[kept...].filter { adjudication == nil || !Adjudication.isTakeOver(entries[$0].edit) }
    let count = min(own.count, store.history.done.count)
    guard count > 0 else { return Page("Already so: nothing that still stands was done after that.") }
    if canAsk, count > Self.mostUnasked, !isMeant {
      throw Complaint(
        "That undoes \(count) edits.", "Choose by number; any other line leaves all as it is.",
        choices: [Complaint.Offer(text: "undo them", line: "undo \(place) !")])
    }
    let before = set
    var elsewhere: [String] = []
    for _ in 0..<count {
      guard let undone = try undone(telling: false) else { break }
      elsewhere += undone.lines.map { $0.runs.map(\.text).joined() }
    }
    var page = summary(since: before, elsewhere)
    let older = now.count - kept - count
    if older > 0 {
      page.append("\(counted(older, "edit")) of a journal that was set aside cannot be undone.")
    }
    let gone = then.count - kept
    if gone > 0 {
      page.append(
        "\(counted(gone, "edit")) made before then had been undone already, and \(gone == 1 ? "stays" : "stay") undone."
      )
    }
    page.append("\(counted(count, "edit")) undone. “redo all” brings \(count == 1 ? "it" : "them") back.", .dim)
    return page
  }

  /// Redoes all edits that were undone; nil if there are none.
  mutating func redoAll() throws(Complaint) -> Page? {
    let (before, count) = (set, store.history.undone.count)
    guard count > 0 else { return nil }
    var elsewhere: [String] = []
    for _ in 0..<count {
      guard let redone = try redone(telling: false) else { break }
      elsewhere += redone.lines.map { $0.runs.map(\.text).joined() }
    }
    var page = summary(since: before, elsewhere)
    page.append("\(counted(count, "edit")) redone.", .dim)
    return page
  }

  /// The most edits that are undone together without a question.
  private static let mostUnasked = 9

  /// What several edits came to: each span if they are few, else numbers.
  private func summary(since before: AnnotationSet, _ elsewhere: [String]) -> Page {
    var page = Page()
    page.after = .sentenceChanged
    let spans = Set((before.spans + set.spans).map(\.id)).sorted()
    let relations = Set((before.relations + set.relations).map(\.id)).sorted()
    var lines = changes(since: before, of: spans, and: relations).map { $0.runs.map(\.text).joined() }
    if lines.count > 2 * Self.mostUnasked {
      func numbers(_ set: AnnotationSet) -> String {
        "\(counted(set.spans.count, "span")) and \(counted(set.relations.count, "relation"))"
      }
      lines = ["There were \(numbers(before)); there are \(numbers(set))."]
    }
    if before.status != set.status {
      lines.append(set.status == .complete ? "The document is done." : "The document is not done.")
    }
    for line in lines + elsewhere { page.append(line, indent: 2) }
    return page
  }

  private static let placeAdvice =
    "Write “undo to 14:30”, “undo to 2026-11-28 14:30” or, with a number that “log” shows, “undo to 12”."

  /// The number of edits up to a time or an edit.
  private func lastEntry(_ place: String, _ entries: [LoggedEdit]) throws(Complaint) -> Int {
    if let number = Int(place) {
      guard (0...entries.count).contains(number) else {
        throw Complaint(
          "There is no edit \(number).",
          entries.isEmpty ? "“log” shows the edits." : "“log” shows edits 1 to \(entries.count).", culprit: place)
      }
      return number
    }
    let words = place.split(separator: " ")
    let today = LocalTime(now)
    let (day, clock) = words.count == 2 ? (String(words[0]), String(words[1])) : (nil, place)
    let isTime = clock.wholeMatch(of: /([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?/) != nil
    let isDay = day?.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil
    guard isTime, day == nil || isDay else {
      throw Complaint("“\(place)” is neither a time nor the number of an edit.", Self.placeAdvice, culprit: place)
    }
    var time = clock.count == 4 || clock.count == 7 ? "0" + clock : clock
    if time.count == 5 { time += ":00" }
    guard (day ?? today.day, time) <= (today.day, today.time) else {
      throw Complaint(
        "\(place) has not come yet; it is \(today.time.prefix(5)).",
        "For an earlier day, write “undo to \(today.day) \(clock)” with its date.",
        culprit: place)
    }
    return entries.count { entry in
      let local = LocalTime(entry.at)
      return (local.day, local.time) <= (day ?? today.day, time)
    }
  }

  /// The edits that stand after some records: the places of those done and not undone.
  private static func standing(_ records: ArraySlice<LoggedEdit>) -> [Int] {
    var done: [Int] = []
    var undone: [Int] = []
    for (index, record) in zip(records.indices, records) {
      switch record.did {
      case .edit:
        done.append(index)
        undone = []
      case .undo: if let last = done.popLast() { undone.append(last) }
      case .redo: if let last = undone.popLast() { done.append(last) }
      }
    }
    return done
  }
}
