import Foundation
import Pages
import Prompt
import PseudoTerminals
import Standoff
import Storage
import TestSupport
import Testing

/// What a person sees at the real prompt, cell by cell.
@Suite(.serialized) struct ScreenTests {
  /// Wide, combined and right-to-left characters in a sentence that no terminal holds in one row.
  static let text =
    "The mayor said “we deny it”, and the 日本語 press, the cafe\u{301} owners and a man from שלום street, who had seen all of "
    + "it from the first to the last hour, said that the harbour would never be closed again. Taxes will fall."

  /// The program at a terminal, and the same keys done in this process, to be compared with what is on the screen.
  final class Pair {
    let workplace: Desk
    let terminal: PseudoTerminal
    var session: Session
    var selector = SpanSelector()
    private var rows: Int
    private var columns: Int
    /// Bytes written before the terminal took its present size.
    private var before = 0

    init(columns: Int, rows: Int = 30, editrc: String? = nil, environment: [String: String] = [:]) throws {
      workplace = try Desk.sample()
      (self.rows, self.columns) = (rows, columns)
      if let editrc { try Data(editrc.utf8).write(to: workplace.file(".editrc")) }
      let other = try Desk.sample()
      let text = URL(fileURLWithPath: other.root).appendingPathComponent("doc.txt")
      try Data(ScreenTests.text.utf8).write(to: text)
      for place in [workplace, other] {
        #expect(try Program.run(["add", text.path, "--title", "T", "-C", place.root]).status == 0)
      }
      let workspace = Workspace(root: other.root, disk: POSIXDisk())
      session = try Session(in: workspace, document: "doc", annotator: "me", canAsk: true, me: "a test") {
        Timestamp(secondsSince1970: 1_795_000_000)
      }
      twin = other
      terminal = try workplace.terminal(
        "doc", rows: rows, columns: columns, environment: ["NO_COLOR": "1"].merging(environment) { $1 })
    }

    private let twin: Desk

    /// Enters the selector.
    func enter() throws {
      try terminal.send("v\r")
      try expectFrame("entering")
    }

    /// Sends keys to the terminal and does the same here.
    func press(_ keys: String) throws {
      for key in keys.unicodeScalars {
        try terminal.send(String(key))
        selector.press(key, in: &session)
        try expectFrame("after \(key.debugDescription)")
      }
    }

    /// Sends keys that move the cursor to a character of the sentence.
    func move(_ keys: String, to cursor: Int) throws {
      try terminal.send(keys)
      selector.cursor = cursor
      try expectFrame("after \(keys.debugDescription)")
    }

    /// The terminal takes another size; all that stood on it is debris until it is written over.
    func resize(columns: Int, rows: Int) throws {
      before = terminal.output.count
      (self.rows, self.columns) = (rows, columns)
      terminal.resize(rows: rows, columns: columns)
      try expectFrame("after the new size")
    }

    func screen() -> ScreenModel {
      var model = ScreenModel(rows: rows, columns: columns)
      if before > 0 { model.fill(with: "#") }
      model.write(Array(terminal.output[before...]))
      return model
    }

    private func expectFrame(_ what: String) throws {
      let frame = selector.frame(session, rows: rows, columns: columns, colour: false)
      let expected = frame.page.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).map {
        line in
        var line = line
        while line.last == " " { line.removeLast() }
        return line
      }
      func isShown(_ model: ScreenModel) -> Bool {
        let blank = [String](repeating: "", count: max(0, rows - expected.count + 1))
        return model.lines == Array((expected.dropLast() + blank).prefix(rows))
          && model.cursor.row == frame.cursor.row && model.cursor.column == frame.cursor.column
      }
      var seen = -1
      let isThere = terminal.wait(seconds: 10) { output in
        guard output.count != seen else { return false }
        seen = output.count
        return isShown(self.screen())
      }
      let model = screen()
      try #require(
        isThere,
        "\(what): cursor \(model.cursor), expected \(frame.cursor)\n\(model.lines.joined(separator: "\n"))\n— expected —\n\(expected.joined(separator: "\n"))"
      )
    }

    /// The row of the prompt that stands last, as it looks.
    func expectLast(_ line: String) throws {
      var seen = -1
      let isThere = terminal.wait(seconds: 10) { output in
        guard output.count != seen else { return false }
        seen = output.count
        return self.screen().text.hasSuffix(line)
      }
      try #require(isThere, "expected \(line) at the end of\n\(screen().text)")
    }
  }

  /// The character after the nth word, as emacs's motion stops there.
  private static func end(ofWord number: Int, in session: Session) -> Int {
    let text = session.document.text
    let sentence = session.document.sentences[session.sentence]
    let words = text[sentence].split { !$0.isLetter && !$0.isNumber }
    let word = words[number - 1]
    return text[sentence].distance(from: text[sentence].startIndex, to: word.endIndex)
  }

  @Test(arguments: [40, 80, 200]) func `the selector's screen is right cell by cell, at any width`(columns: Int) throws
  {
    let pair = try Pair(columns: columns)
    try pair.enter()
    // Hints: the label's key, the first and the last word.
    try pair.press("ss")
    try pair.press("a")
    // Motions of the person's own: forward by words, line end, back, arrows.
    try pair.move("\u{1B}f", to: Self.end(ofWord: 1, in: pair.session))
    try pair.move("\u{1B}f", to: Self.end(ofWord: 2, in: pair.session))
    let cells = SpanSelector.cells(pair.session).count
    try pair.move("\u{5}", to: cells)
    try pair.move("\u{1}", to: 0)
    try pair.move("\u{1B}[C", to: 1)
    try pair.move("\u{1B}OD", to: 0)
    // The mark, a selection that grows over wide and combined characters, and its tag.
    try pair.press("v")
    for word in 1...14 { try pair.move("\u{1B}f", to: Self.end(ofWord: word, in: pair.session)) }
    try pair.press("c")
    try pair.press("u")
    // Larger, smaller, the next quotation, a fragment, undo, search, the next sentence and back.
    try pair.press("}}{")
    try pair.press("\u{1B}")
    try pair.press("\"q+sd")
    try pair.press("/")
    try pair.press("harb")
    try pair.press("\r")
    try pair.press("\u{1B}")
    try pair.press("n")
    try pair.press("c\r")
    try pair.press("p")
    try pair.press("?")
    try pair.press(" ")
    try pair.press("\t")
    try pair.terminal.send("\u{4}")
    try pair.expectLast("doc 1/2>")
    #expect(!pair.screen().isSecond)
    let made = try pair.workplace.spans("me", on: "doc").map(\.label)
    #expect(made == pair.session.set.spans.map(\.label))
  }

  @Test func `a new size leaves no debris, in wide and in tiny terminals`() throws {
    let pair = try Pair(columns: 80)
    try pair.enter()
    try pair.press("s")
    for (columns, rows) in [(40, 30), (200, 50), (80, 8), (25, 5), (20, 2), (80, 24)] {
      try pair.resize(columns: columns, rows: rows)
    }
    try pair.press("aa")
    try pair.terminal.send("\u{4}")
    try pair.terminal.expect("doc 1/2> ")
  }

  @Test(arguments: [40, 80, 200]) func `a person's own vi motions move, and a label's key still tags`(
    columns: Int
  ) throws {
    let pair = try Pair(columns: columns, editrc: "bind -v\n")
    try pair.enter()
    try pair.move("w", to: 4)
    try pair.move("e", to: 8)
    try pair.move("2w", to: 15)
    try pair.move("0", to: 0)
    try pair.move("fs", to: 10)
    try pair.press("v")
    try pair.move("e", to: 13)
    try pair.press("k")
    #expect(pair.session.set.spans.map { pair.session.document.text[$0.hull] } == ["said"])
    try pair.press("u")
    try pair.terminal.send("\u{1B}")
    try pair.expectLast("doc 1/2>")
  }

  @Test(arguments: [40, 80, 200]) func `a pasted quotation with a line break is one selection`(columns: Int) throws {
    let pair = try Pair(columns: columns)
    try pair.terminal.send("c ")
    try pair.terminal.send("\u{1B}[200~and the 日本語\r\npress, the\n\u{1B}[201~")
    try pair.expectLast("doc 1/2> c and the 日本語 press, the")
    try pair.terminal.send("\r")
    try pair.terminal.expect("+ claim 1")
    try pair.terminal.expect("> ")
    #expect(try pair.workplace.spans("me", on: "doc").count == 1)
    // Without a verb the words ask for a label.
    try pair.terminal.send("\u{1B}[200~Taxes will\nfall\u{1B}[201~\r")
    try pair.terminal.expect("Choose a label by its number.")
    try pair.terminal.expect("> ")
    try pair.terminal.send("2\r")
    try pair.terminal.expect("+ denial 2 ‹Taxes will fall›")
  }

  @Test(arguments: ["", "bind -v\n"]) func `a paste is one piece after an escape, in emacs and in vi style`(
    editrc: String
  ) throws {
    let pair = try Pair(columns: 80, editrc: editrc)
    for keys in ["\u{1B}[200~Taxes will\nfall\u{1B}[201~\r", "\u{1B}\u{1B}[200~Taxes will\nfall\u{1B}[201~\r"] {
      try pair.terminal.send(keys)
      try pair.terminal.expect("Choose a label by its number.")
      try pair.terminal.expect("> ")
      try pair.terminal.send(editrc.isEmpty ? "\u{15}" : "\u{1B}ddi")
    }
    try pair.terminal.send("c it \u{8}\u{8}\u{8}\u{1B}[200~deny\nit\u{1B}[201~\r")
    try pair.terminal.expect("+ claim 1 ‹")
    try pair.terminal.expect("> ")
    #expect(try pair.workplace.spans("me", on: "doc").count == 1)
  }

  @Test(arguments: [40, 80, 200]) func `completion, search in the history and the line look right`(columns: Int) throws
  {
    let pair = try Pair(columns: columns)
    try pair.terminal.send("c de\t")
    try pair.expectLast("doc 1/2> c deny")
    try pair.terminal.send("..pr\t")
    try pair.expectLast("doc 1/2> c deny ..press")
    try pair.terminal.send("\r")
    try pair.terminal.expect("+ claim 1")
    try pair.expectLast("doc 1/2>")
    try pair.terminal.send("x \t\t")
    try pair.expectLast("doc 1/2> x 1")
    try pair.terminal.send("\u{15}")
    try pair.terminal.send("\u{12}deny")
    try pair.expectLast("bck:deny")
    try pair.terminal.send("\u{7}\u{15}note 1 日本語 cafe\u{301}")
    try pair.terminal.send("\r")
    try pair.terminal.expect("(日本語 cafe\u{301})")
  }

  @Test(arguments: ["C", "POSIX", "C.UTF-8", "xx_YY"]) func `any locale shows and takes UTF-8`(locale: String) throws {
    let pair = try Pair(columns: 80, environment: ["LANG": locale, "LC_ALL": locale])
    try pair.terminal.send("c 日本語\r")
    try pair.terminal.expect("+ claim 1 ‹日本語›")
    try pair.expectLast("doc 1/2>")
    try pair.terminal.send("x 1\r")
    try pair.terminal.expect("− claim 1")
    try pair.expectLast("doc 1/2>")
  }

  @Test func `a dumb terminal says that it cannot select, and goes on`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal(environment: ["TERM": "dumb"])
    try terminal.send("v\r")
    try terminal.expect("This terminal cannot move its cursor.")
    try terminal.expect("> ")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[?2004h"))
  }

  @Test(arguments: [40, 80, 200]) func `suggestions are taken, refused and taken back in the selector`(
    columns: Int
  ) throws {
    let pair = try Pair(columns: columns)
    try pair.enter()
    try pair.press("\t")
    try pair.press("a")
    try pair.press("r")
    try pair.press("uu")
    try pair.press("U")
    #expect(pair.session.set.spans.contains { $0.origin["suggestedBy"] != nil })
  }
}
