import Comparison
import Pages
import Standoff
import Storage

extension Verbs {
  static let placing: [Verb] = [
    Verb(
      names: ["all"], group: .mark,
      parameters: [Parameter(.span, "SPAN"), Parameter(.text, "documents, NUMBERS or !", optional: true)],
      summary:
        "show the other places of a span's words; mark those that you number, or all with “!”, with its label and "
        + "attributes; “documents”: also in your other documents that are not done",
      examples: ["all 1", "all 1 2 4-6", "all 1 !", "all 1 documents"]
    ) { (session, arguments) throws(Complaint) in
      try session.all(like: arguments.span(0), arguments.text(1) ?? "")
    }
  ]
}

extension Session {
  /// A text with the places of a span's words in it.
  private struct Found {
    let document: Document
    let set: AnnotationSet
    let places: [TextRange]
  }

  fileprivate mutating func all(like span: Annotation, _ argument: String) throws(Complaint) -> Page {
    var words = argument.split(whereSeparator: \.isWhitespace).map(String.init)
    let isWide = words.first == "documents"
    if isWide { words.removeFirst() }
    guard span.fragments.count == 1 else {
      throw Complaint("Span \(span.id) has gaps.", "Only words that stand together can be looked for.")
    }
    guard !isWide || adjudication == nil else {
      throw Complaint("An adjudication is of one document.", "Leave out “documents”.", culprit: "documents")
    }
    let (found, taken) = try places(like: span, isWide: isWide)
    let count = found.reduce(0) { $0 + $1.places.count }
    guard !words.isEmpty else {
      return offer(found, taken, like: span, isWide: isWide)
    }
    guard count > 0 else { return Page("Already so: \(nowhere(taken, isWide)).") }
    return try mark(found, chosen(words, of: count), like: span)
  }

  private func nowhere(_ taken: Int, _ isWide: Bool) -> String {
    let scope = isWide ? "" : " in this document"
    return taken > 0
      ? "the other \(counted(taken, "place"))\(scope) \(taken == 1 ? "is" : "are") marked"
      : "these words stand nowhere else\(scope)"
  }

  /// The numbers that were chosen, from 0.
  private func chosen(_ words: [String], of count: Int) throws(Complaint) -> Set<Int> {
    if words == ["!"] { return Set(0..<count) }
    var chosen: Set<Int> = []
    for word in words {
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first >= 1, first <= last,
        last <= count
      else {
        throw Complaint(
          "“\(word)” is not one of the places.",
          "Give numbers from 1 to \(count), such as 2 or 4-6, or “!” for all.", culprit: word)
      }
      chosen.formUnion(first - 1...last - 1)
    }
    return chosen
  }

  /// The places in this document and, if asked for, in the annotator's others that are not done.
  private func places(like span: Annotation, isWide: Bool) throws(Complaint) -> (found: [Found], taken: Int) {
    let words = String(document.text[span.hull])
    let isOpening = document.sentences.index(at: span.hull.start).map {
      document.sentences[$0].start == span.hull.start
    }
    var (found, taken) = ([Found](), -1)
    func look(_ document: Document, _ set: AnnotationSet) {
      let places = SamePlaces(of: words, isOpening: isOpening ?? false, label: span.label, in: document, set)
      found.append(Found(document: document, set: set, places: places.free))
      taken += places.taken
    }
    look(document, set)
    guard isWide else { return (found, taken) }
    do throws(FileFault) {
      for name in try Session.documents(for: annotator, in: workspace) where name != document.id {
        let other = try workspace.document(name)
        let set: AnnotationSet
        if let own = try workspace.annotations(of: annotator, on: other) {
          set = own
        } else {
          set = AnnotationSet(
            document: name, annotator: annotator,
            scheme: try workspace.scheme(Session.schemeName(for: annotator, other, workspace)),
            textSHA256: other.sha256, textLength: other.text.count)
        }
        if set.status != .complete, set.scheme.label(span.label) != nil { look(other, set) }
      }
    } catch {
      throw Complaint(error)
    }
    return (found, taken)
  }

  private mutating func offer(_ found: [Found], _ taken: Int, like span: Annotation, isWide: Bool) -> Page {
    let count = found.reduce(0) { $0 + $1.places.count }
    guard count > 0 else { return Page("Nothing to mark: \(nowhere(taken, isWide)).") }
    var page = Page()
    let verb = "all \(span.id)\(isWide ? " documents" : "")"
    var number = 0
    for one in found where !one.places.isEmpty {
      if isWide { page.append(one.document.id, .bold) }
      let selection = WordSelection(document: one.document, sentence: 0)
      for place in one.places {
        number += 1
        if number <= 9, canAsk {
          choices.append(Complaint.Offer(text: selection.context(of: place), line: "\(verb) \(number)"))
        }
        let pad = String(repeating: " ", count: String(count).count - String(number).count)
        let over = one.set.spans.filter { $0.covers(anyOf: place) }.map { "\($0.label) \($0.id)" }
        page.lines.append(
          Page.Line(
            [
              Page.Run("\(pad)\(number)  \(selection.context(of: place))"),
              Page.Run(over.isEmpty ? "" : "  (\(over.joined(separator: ", ")))", .dim),
            ], indent: 4))
      }
    }
    if taken > 0 { page.append("\(counted(taken, "other place")) \(taken == 1 ? "is" : "are") marked already.", .dim) }
    let several = count == 1 ? "it with “\(verb) 1”" : "several with “\(verb) 1 \(count)”, all with “\(verb) !”"
    page.append("\(canAsk ? "Choose one by its number; or mark" : "Mark") \(several).")
    return page
  }

  private mutating func mark(_ found: [Found], _ chosen: Set<Int>, like span: Annotation) throws(Complaint) -> Page {
    var number = 0
    var own = Edit([])
    var others: [Elsewhere] = []
    for one in found {
      var draft = EditDraft(one.set, at: now)
      for place in one.places {
        if chosen.contains(number) {
          try draft.add(
            draft.set.adding(label: span.label, fragments: [place], attributes: span.attributes, at: now))
        }
        number += 1
      }
      if one.document.id == document.id {
        own = draft.edit
      } else if !draft.edit.changes.isEmpty {
        others.append(Elsewhere(document: one.document, set: one.set, edit: draft.edit))
      }
    }
    let before = set
    var page = try commit(own, and: others)
    let lines = set.spans.filter { before.span($0.id) == nil }.map { "+ \(located($0))" }
    page.lines.insert(contentsOf: lines.map { Page.Line($0, style: style(of: span), indent: 2) }, at: 0)
    appendWarnings(since: before, &page)
    if chosen.count > 1 { page.append("“u” takes all of it back.", .dim) }
    return page
  }
}
