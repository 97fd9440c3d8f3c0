package import Pages
import Standoff

/// A whole screen with the place of the cursor.
package struct Frame: Equatable, Sendable {
  /// No more lines than the screen has rows, none wider than it where it has 20 columns or more.
  package var page = Page()
  package var cursor = (row: 0, column: 0)

  package static func == (a: Frame, b: Frame) -> Bool { a.page == b.page && a.cursor == b.cursor }
}

extension SpanSelector {
  /// The screen: the sentence in its place in the text, what is selected, what is proposed, and what the keys do.
  package func frame(_ session: Session, rows: Int, columns: Int, colour: Bool) -> Frame {
    if let overlay {
      let lines = Array(overlay.laidOut(width: columns).lines.prefix(max(0, rows - 1)))
      return Frame(page: Page(lines + [Page.Line("Any key goes back.", style: .dim)]), cursor: (lines.count, 0))
    }
    var view = SentenceView(session: session)
    view.selection = selection(session)
    if case .hints(_, let first, let typed) = pending {
      view.signs = hints(session).map { $0.hasPrefix(typed) ? $0 : "" }
      if let first { view.selection = [first] }
    }
    let (sentence, place) = view.layout(width: columns, colour: colour, cursor: offset(session))
    let status = Self.fitted(statusPage(session), max(1, rows / 3), columns)
    let suggestions = session.suggestionLines.laidOut(width: columns)
    let below = Page(Array(suggestions.lines.prefix(max(0, rows / 3))))
    let head = rows >= 8 ? Page(headPage(session).lines.map { $0.cut(to: columns) }) : Page()
    let room = max(1, rows - head.lines.count - below.lines.count - status.lines.count)
    // The line of the cursor stays on the screen, with the signs above it.
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

  /// What was answered, what is waited for.
  private func statusPage(_ session: Session) -> Page {
    var page = Page()
    page.lines += answer.lines
    switch pending {
    case .nothing:
      page.append(keyLine(session), .dim)
    case .label(let typed):
      page.append("\(typed)… the label's second letter", .dim)
    case .hints(let purpose, let first, let typed):
      let what =
        switch purpose {
        case .span(let label): label.name
        case .fragment(let id): "fragment of \(id)"
        case .part(let kind, let id): "\(kind.rawValue) of \(id)"
        }
      let step =
        first.map { "from ‹\(session.document.text[$0])› to: the last word's key, Enter for the sentence's end" }
        ?? "the first word's key; Enter for what it selects by itself"
      page.append(
        "\(what), \(step)\(typed.isEmpty ? "" : " (\(typed)…)"); Tab shows more of a long sentence, Esc goes back", .dim
      )
    case .line(let entry, let text):
      if case .target(let id) = entry, text.isEmpty {
        for (index, span) in targets(of: id, session).prefix(9).enumerated() {
          page.append(" \(index + 1)  \(session.located(span))", session.style(of: span))
        }
        page.append(" -  not in the text")
      }
      page.append(Self.title(of: entry) + text)
    }
    return page
  }

  private static func title(of entry: Entry) -> String {
    switch entry {
    case .search: "search: "
    case .speaker(let id): "speaker of \(id): "
    case .target(let id): "target of \(id): "
    case .command: ": "
    }
  }

  private func keyLine(_ session: Session) -> String {
    let labels = session.scheme.labels.map { "\($0.key) \($0.name)" }.joined(separator: " ")
    let suggestions = session.isSuggesting ? " · a take r refuse Tab next" : " · Tab suggests"
    return "\(labels) · ? keys · Esc leaves · v mark · u undo · Enter on\(suggestions)"
  }

  /// Lines wrapped to the width, the last ones where there are too many.
  private static func fitted(_ page: Page, _ rows: Int, _ columns: Int) -> Page {
    Page(Array(page.laidOut(width: columns).lines.suffix(rows)))
  }

  /// The keys, as help lists them.
  static var help: Page {
    var page = Page()
    page.append("Keys of the selector", .bold)
    for (key, meaning) in keys {
      page.append(
        "  \(key)\(String(repeating: " ", count: max(1, 12 - DisplayWidth.width(key))))\(meaning)", indent: 14)
    }
    page.append(
      "A selection covers, whole, every word from the one at the mark to the one at the cursor, in emacs and in vi "
        + "style alike, and the quotation marks that belong to them.")
    return page
  }

  /// What each key does, for help and for the README.
  static let keys: [(key: String, meaning: String)] = [
    ("c d q …", "a label's key: tags what is selected; with nothing selected, shows a hint on each word"),
    (
      "hint hint",
      "the first and the last word; Enter after the first: to the sentence's end; Tab shows the rest of a sentence taller than the screen"
    ),
    ("c Enter", "what the label's key alone selects at the prompt"),
    (
      "v Ctrl-Space",
      "sets the mark; then move by your own motions: words, characters, line ends, vi's f and t or Ctrl-]"
    ),
    ("} {", "selects the word, clause, quotation, sentence around; and back"),
    ("\"", "selects the next quotation"),
    ("+", "keeps what is selected as a fragment; with nothing selected, gives the last span one more"),
    ("/ Ctrl-S", "searches; what was pasted is searched for as well"),
    ("Enter n ↓", "the next sentence; p and ↑ the one before"),
    ("a 1–9 r", "takes the first or nth suggestion; refuses the first; Tab goes to the next ones"),
    ("<", "source, then cue, of the last span, by hints; Enter: as the lexicon finds them"),
    (">", "target of the last span: one digit, #N Enter, or - for none"),
    ("@ =", "speaker of the last span; the same as before"),
    (".", "makes the span at the cursor the one that < > @ = speak of"),
    ("u U x", "takes back, does again; deletes the span at the cursor"),
    (":", "any command of the prompt"),
    ("Esc Ctrl-D", "gives up what is pending, then the selection, then leaves"),
  ]

  /// The table of keys for the README.
  package static var keysMarkdown: String {
    "| key | does |\n|---|---|\n" + keys.map { "| `\($0.key)` | \($0.meaning) |\n" }.joined()
  }
}
