import Standoff
package import Pages

/// A full screen and the cursor's position on it.
package struct Frame: Equatable, Sendable {
  /// At most as many lines as the screen has rows; none wider than the screen if that has at least 20 columns.
  package var page = Page()
  package var cursor = (row: 0, column: 0)

  package static func == (a: Frame, b: Frame) -> Bool { a.page == b.page && a.cursor == b.cursor }
}

extension SpanSelector {
  /// The screen: the sentence in its context, the selection, the suggestions and the keys.
  package func frame(_ session: Session, rows: Int, columns: Int, colour: Bool) -> Frame {
    if let overlay {
      let lines = Array(overlay.laidOut(width: columns).lines.prefix(max(0, rows - 1)))
      return Frame(page: Page(lines + [Page.Line("Press any key to go back.", style: .dim)]), cursor: (lines.count, 0))
    }
    var view = SentenceView(session: session)
    view.selection = selection(session)
    if case .hints(_, let first, let typed) = pending {
      view.signs = hints(session).map { $0.hasPrefix(typed) ? $0 : "" }
      if let first { view.selection = [first] }
    }
    let (sentence, place) = view.layout(width: columns, colour: colour, cursor: offset(session))
    let status = statusPage(session, rows: max(1, rows / 3), columns: columns)
    let suggestions = session.suggestionLines.laidOut(width: columns)
    let below = Page(Array(suggestions.lines.prefix(max(0, rows / 3))))
    let head = rows >= 8 ? Page(headPage(session).lines.map { $0.cut(to: columns) }) : Page()
    let room = max(1, rows - head.lines.count - below.lines.count - status.lines.count)
    // The cursor's line stays on the screen, with the hints above it.
    let line = place?.line ?? 0
    let top = max(0, min(line - 1, sentence.lines.count - room), line - room + 1)
    let isHinting = if case .hints = pending { true } else { false }
    let pages = max(1, (sentence.lines.count + room - 1) / room)
    let first = isHinting ? hintPage % pages * room : top
    let shown = sentence.lines.count <= room ? sentence.lines[...] : sentence.lines.dropFirst(first).prefix(room)
    var frame = Frame()
    frame.page.lines = Array((head.lines + shown + below.lines + status.lines).prefix(rows))
    frame.cursor = (
      head.lines.count + max(0, min(line - shown.startIndex, room - 1)), min(place?.column ?? 0, max(0, columns - 1))
    )
    if case .line(let entry, let text) = pending {
      let width = DisplayWidth.width(Self.title(of: entry) + text)
      frame.cursor = (max(0, frame.page.lines.count - 1), min(width, max(0, columns - 1)))
    }
    return frame
  }

  private func headPage(_ session: Session) -> Page {
    var page = Page()
    let count = session.document.sentences.count
    page.append("\(session.document.id) \(min(session.sentence + 1, count))/\(count) – select", .bold)
    if session.sentence > 0 {
      let before = session.document.text[session.document.sentences[session.sentence - 1]]
      page.append(before, .dim)
    } else {
      page.append("")
    }
    return page
  }

  /// The last answer, and what is expected next.
  private func statusPage(_ session: Session, rows: Int, columns: Int) -> Page {
    if case .line(let entry, let text) = pending {
      let title = Page(Self.title(of: entry) + text).laidOut(width: columns)
      let room = max(0, rows - title.lines.count)
      let shown = text.isEmpty ? choices(entry, session).lines.map { $0.cut(to: columns) } : []
      return Page(Array((answer.laidOut(width: columns).lines + shown).prefix(room)) + title.lines)
    }
    var page = Page()
    page.lines += answer.lines
    switch pending {
    case .nothing:
      page.append(keyLine(session), .dim)
    case .label(let typed):
      page.append("\(typed)… type the label's second letter", .dim)
    case .hints(let purpose, let first, let typed):
      let what =
        switch purpose {
        case .span(let label): label.name
        case .fragment(let id): "fragment of \(id)"
        case .part(let kind, let id): asked(kind, id, session)
        }
      let step =
        first.map {
          "from ‹\(session.document.text[$0])› to: key of the last word; Enter for this word alone, $ to the end"
        }
        ?? "key of the first word; \(Self.meaningOfEnter(purpose))"
      page.append(
        "\(what): \(step)\(typed.isEmpty ? "" : " (\(typed)…)"); Tab shows more of a long sentence, Esc goes back", .dim
      )
    case .line: break
    }
    return Self.fitted(page, rows, columns)
  }

  /// The part that is asked for, and what it replaces.
  private func asked(_ kind: Scheme.Label.Kind, _ id: Int, _ session: Session) -> String {
    let now = part(kind, of: id, session).map { ", now ‹\(Complaint.shortened(session.document.text[$0.hull]))›" } ?? ""
    return "\(kind.rawValue) of \(session.set.span(id)?.label ?? "") \(id)\(now)"
  }

  private static func meaningOfEnter(_ purpose: Purpose) -> String {
    switch purpose {
    case .span: "Enter for the default words"
    case .fragment: "then of the last"
    case .part(.source, _): "Enter for source and cue as found, - for none"
    case .part: "Enter or - for none"
    }
  }

  /// What can be taken without typing it whole: spans by their numbers, values by their places in the list.
  private func choices(_ entry: Entry, _ session: Session) -> Page {
    var page = Page()
    switch entry {
    case .target(let id):
      page.append(" -  not in the text")
      for span in targets(of: id, session) {
        page.append(" \(span.id)  \(session.located(span))", session.style(of: span))
      }
    case .attribute(let name, _):
      let values = values(of: name, session).enumerated().map { "\($0 + 1) \($1)" }
      page.append(" " + (values + ["- none"]).joined(separator: "  "))
    case .search, .command: break
    }
    return page
  }

  private static func title(of entry: Entry) -> String {
    switch entry {
    case .search: "search: "
    case .attribute(let name, let id): "\(name == "by" ? "speaker" : name) of \(id): "
    case .target(let id): "target of \(id), by number: "
    case .command: ": "
    }
  }

  private func keyLine(_ session: Session) -> String {
    let labels = session.scheme.labels.map { "\($0.key) \($0.name)" }.joined(separator: " ")
    var offers = ["? keys", "Esc leaves", "v mark"]
    if session.editCount > 0 { offers.append("u undo") }
    if session.sentence + 1 < session.document.sentences.count { offers.append("Enter next") }
    if session.isSuggesting {
      offers.append("a accept r decline Tab next")
    } else if session.maySuggest {
      offers.append("Tab suggests")
    }
    return ([labels] + offers).joined(separator: " · ")
  }

  /// The lines wrapped to the width; only the last ones if there are too many.
  private static func fitted(_ page: Page, _ rows: Int, _ columns: Int) -> Page {
    Page(Array(page.laidOut(width: columns).lines.suffix(rows)))
  }

  /// The page that lists the keys.
  static var help: Page {
    var page = Page()
    page.append("Keys of the selector", .bold)
    for (key, meaning) in keys {
      page.append(
        "  \(key)\(String(repeating: " ", count: max(1, 12 - DisplayWidth.width(key))))\(meaning)", indent: 14)
    }
    page.append(
      "A selection takes every word from the mark to the cursor, whole, in emacs and vi style alike, "
        + "and the quotation marks that belong to them.")
    return page
  }

  /// The selector's keys and what each does, for help and the README.
  static let keys: [(key: String, meaning: String)] = [
    ("c d q …", "a label's key: tag the selection; without one, show a hint on each word"),
    (
      "hint hint",
      "choose the first and the last word; after the first, Enter: that word alone; $: to the sentence's end; Tab: hints on the rest of a "
        + "sentence taller than the screen"
    ),
    ("c Enter", "tag what the label's key alone selects at the prompt"),
    (
      "v Ctrl-Space",
      "set the mark, then move with the arrows or your own emacs or vi motions"
    ),
    ("} {", "expand the selection to the word, clause, quotation, sentence; shrink it again"),
    ("\"", "select the next quotation"),
    ("+", "keep the selection as a fragment; without one, add a fragment to the last span"),
    ("/ Ctrl-S", "search for words as you type; pasted words are searched for too"),
    ("Enter n ↓", "go to the next sentence; p and ↑: to the previous one"),
    ("a 1–9 r", "accept the first or nth suggestion; decline the first; Tab: go to the next suggestions"),
    ("<", "choose the last span's source, then its cue, by hints; Enter takes those that the lexicon finds; -: none"),
    (">", "choose the target of the last span by its number, or - for none"),
    ("@ =", "name the speaker of the last span; repeat the previous speaker"),
    ("* ! &", "set about, negation or attribution of the last span"),
    (".", "make < > @ * ! & = apply to the span at the cursor"),
    ("u U x", "undo; redo; delete the span at the cursor"),
    (":", "type any verb of the prompt"),
    ("Esc Ctrl-D", "cancel what is pending, then the selection, then leave"),
  ]

  /// The README's table of keys.
  package static var keysMarkdown: String {
    "| key | does |\n|---|---|\n" + keys.map { "| `\($0.key)` | \($0.meaning) |\n" }.joined()
  }
}
