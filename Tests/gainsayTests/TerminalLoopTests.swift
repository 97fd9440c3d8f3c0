import Pages
import Foundation
import Prompt
import PseudoTerminals
import Standoff
import Storage
import TestSupport
import Testing

/// The real prompt at a real pseudo-terminal; every wait is for a text, none for a time.
@Suite(.serialized) struct TerminalLoopTests {
  @Test func `a person tags, undoes, walks and leaves`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("\r")
    try terminal.expect("2/14> ")
    try terminal.send("c accused..rival\r")
    try terminal.expect("+ claim 1")
    try terminal.expect("2/14> ")
    #expect(try place.spans("me").map(\.label) == ["claim"])
    try terminal.send("u\r")
    try terminal.expect("Undone: − claim 1")
    try terminal.send("redo\r")
    try terminal.expect("Redone: + claim 1")
    try terminal.expect("> ")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)
    #expect(try place.spans("me").map(\.label) == ["claim"])
    #expect(!FileManager.default.fileExists(atPath: place.file("Annotations/ferry-contract/.me.lock").path))
  }

  @Test func `what is taller than the terminal goes to the pager, then the sentence stands there again`() throws {
    let place = try Desk.sample()
    for (pager, sign) in [("sed 's/^/paged: /'", "paged: "), ("no-such-pager -R", "quit, exit"), ("", "quit, exit")] {
      let terminal = try place.terminal(rows: 24, environment: ["PAGER": pager])
      try terminal.send("help verbs\r")
      try terminal.expect(sign)
      try terminal.expect("1/14> ")
      try terminal.send("c 1-2\r")
      try terminal.expect("‹Port board›")
      try terminal.send("u\rquit\r")
      #expect(try terminal.wait() == 0)
    }
  }

  @Test func `a pager that is left early is no trouble`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal(rows: 24, environment: ["PAGER": "head -n 1"])
    try terminal.send("help guideline\r")
    try terminal.expect("The guideline of")
    try terminal.expect("1/14> ")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)
  }

  @Test func `in the selector a digit answers a question, whatever it is to the editor`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("g 12\r")
    try terminal.expect("12/14> ")
    try terminal.send("v\r")
    try terminal.expect("\u{1B}[?1049h")
    try terminal.send("c\r")
    try terminal.expect("not sure which words")
    try terminal.send("1")
    try terminal.expect("+ claim 1")
    try terminal.send("\u{4}quit\r")
    #expect(try terminal.wait() == 0)
    #expect(try place.spans("me").map(\.label) == ["claim"])
  }

  @Test func `Ctrl-C clears the line, Ctrl-D leaves`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("c 1-2 and then")
    try terminal.expect("and then")
    try terminal.send("\u{3}")
    try terminal.expect("> ")
    try terminal.send("c 1-2\r")
    try terminal.expect("+ claim 1")
    try terminal.expect("> ")
    try terminal.send("\u{4}")
    #expect(try terminal.wait() == 0)
  }

  @Test func `Tab completes the argument that stands there`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("c ten\t")
    try terminal.expect("der ")
    try terminal.send("\r")
    try terminal.expect("+ claim 1 ‹tender›")
    try terminal.expect("> ")
    try terminal.send("set 1 a\t\t")
    try terminal.expect("about  attribution")
    try terminal.send("tt\tim\t\r")
    try terminal.expect("attribution=implicit")
  }

  @Test func `in vi style the end of an empty line is its beginning`() throws {
    let place = try Desk.sample()
    try Data("bind -v\n".utf8).write(to: place.file(".editrc"))
    let terminal = try place.terminal()
    for round in 1...40 {
      // The end of the empty line by three keys, then typing there: libedit alone writes before its buffer.
      try terminal.send("\u{1B}")
      try terminal.send("$\u{5}\u{1B}[F$iq \(round)\r")
      try terminal.expect("> ")
    }
    try terminal.send("\u{4}")
    #expect(try terminal.wait() == 0)
  }

  @Test func `Ctrl-C gives up a search in the history, and the prompt stays`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("\u{12}c\u{3}")
    try terminal.expect("> ")
    try terminal.send("c 1-2\r")
    try terminal.expect("+ claim 1")
  }

  @Test func `a new size or a signal in the middle of a paste leaves it one piece`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("\u{1B}[200~c fixing")
    terminal.resize(rows: 30, columns: 100)
    try terminal.send(" ferry\nc 1-2\n\u{1B}[201~")
    try terminal.expect("c fixing ferry c 1-2")
    try terminal.send("\u{15}c 1\r")
    try terminal.expect("+ claim 1")
    try terminal.expect("> ")
    try terminal.send("\u{1B}[200~abc")
    terminal.signal(15)
    #expect(try terminal.wait() == 0)
    #expect(try place.spans("me").count == 1)
  }

  @Test func `what is typed ahead of leaving the selector comes to the prompt`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    for round in 1...3 {
      try terminal.send("v\r")
      try terminal.expect("Esc leaves")
      try terminal.send("\u{4}s \(round)\r")
      try terminal.expect("+ source \(round)")
      try terminal.expect("> ")
    }
  }

  @Test func `history lasts longer than the session`() throws {
    let place = try Desk.sample()
    var terminal = try place.terminal()
    try terminal.send("c 3-4\r")
    try terminal.expect("+ claim 1")
    try terminal.expect("> ")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)
    terminal = try place.terminal()
    try terminal.send("\u{1B}[A\u{1B}[A\r")
    try terminal.expect("Already so: ")
  }

  @Test func `resizing draws the sentence anew for the new width`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal(columns: 80)
    try terminal.send("g 2\r")
    try terminal.expect("2/14> ")
    try terminal.send("c half")
    try terminal.expect("half")
    terminal.resize(rows: 24, columns: 40)
    let screen = try terminal.expect("c half")
    for line in screen.split(whereSeparator: \.isNewline) {
      let plain = line.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "").filter { $0 != "\r" }
      #expect(plain.count <= 40, "\(plain)")
    }
    try terminal.send("\u{15}c 1\r")
    try terminal.expect("+ claim 1")
  }

  @Test(arguments: [40, 80, 200]) func `the prompt works at any width, without colour and in a dumb terminal`(
    columns: Int
  ) throws {
    let place = try Desk.sample()
    for environment in [["NO_COLOR": "1"], ["TERM": "dumb"], ["LANG": "C", "LC_ALL": "C"]] {
      let terminal = try place.terminal("missing-bus", as: "w\(columns)", columns: columns, environment: environment)
      for _ in 0..<5 {
        try terminal.send("\r")
        try terminal.expect("> ")
      }
      try terminal.send("find é\r")
      try terminal.send("note 99 “é”\r")
      try terminal.expect("There is no span 99")
      try terminal.expect("> ")
      try terminal.send("\u{4}")
      #expect(try terminal.wait() == 0)
      let isPlain = environment["LANG"] == nil
      let colours = String(decoding: terminal.output, as: UTF8.self).contains(/\u{1B}\[[0-9;]*3[1-7]m/)
      #expect(isPlain ? !colours : true)
    }
  }

  @Test func `hang-up saves and leaves`() throws {
    let place = try Desk.sample()
    let terminal = try place.terminal()
    try terminal.send("c 1-2\r")
    try terminal.expect("+ claim 1")
    try terminal.expect("> ")
    terminal.signal(1)
    #expect(try terminal.wait() == 0)
    #expect(try place.spans("me").count == 1)
  }

  @Test func `a second session is told who holds the file`() throws {
    let place = try Desk.sample()
    let first = try place.terminal()
    try first.send("c 1-2\r")
    try first.expect("+ claim 1")
    // Wide, so that no sentence is wrapped, however long the name of the machine is.
    let second = try place.terminal(columns: 200)
    #expect(String(decoding: second.output, as: UTF8.self).contains("You can read but not write"))
    try second.send("c 3-4\r")
    try second.expect("is editing me's annotations of this document")
    try second.expect("> ")
    try second.send("quit\r")
    #expect(try second.wait() == 0)
    try first.send("c 3-4\r")
    try first.expect("+ claim 2")
  }

  /// kill -9 at random moments of a long session: every answered edit is there at the next start, in a sound file.
  @Test(.tags(.slow)) func `kill -9, a hundred times, loses nothing that was answered`() throws {
    let place = try Desk.sample()
    var generator = SystemRandomNumberGenerator()
    var answered = 0
    var (killedAfter, recovered) = ([Int](), 0)
    for round in 0..<100 {
      let terminal = try place.terminal(as: "killed")
      if String(decoding: terminal.output, as: UTF8.self).contains("from the journal after an interruption") {
        recovered += 1
      }
      let found = try Self.count(terminal)
      #expect(found == answered || found == answered + 1, "round \(round)")
      answered = found
      // Lines are sent ahead of their answers; the kill comes a random time later.
      let edits = Int.random(in: 1...4, using: &generator)
      for index in 0..<edits {
        let word = (answered + index) % 5 + 1
        let sentence = (answered + index) / 5 % 14 + 1
        try terminal.send(
          "note 1 round \(round) \(index)\r\(["c", "d", "s", "k"][(answered + index) / 70 % 4]) \(sentence):\(word)\r")
      }
      let patience = Int.random(in: 0..<edits, using: &generator)
      for _ in 0..<patience {
        try terminal.expect("+ ")
        answered += 1
      }
      usleep(UInt32.random(in: 0...4000, using: &generator))
      terminal.kill()
      // What had reached the screen by then was answered.
      let rest = terminal.drain()
      answered += rest.components(separatedBy: "+ ").count - 1
      killedAfter.append(patience)
      if FileManager.default.fileExists(atPath: place.file("Annotations/ferry-contract/killed.json").path) {
        _ = try place.spans("killed")
      }
    }
    let check = try place.run("check")
    #expect(check.status == 0, "\(check.output)")
    print("kill -9: 100 rounds, \(answered) answered edits, \(recovered) starts recovered edits from the journal")
    #expect(answered > 50)
  }

  @Test func `a decision that was typed before its dispute was shown decides nothing`() throws {
    let place = try Desk.sample()
    let document = "hospital-outage"
    try FileManager.default.removeItem(at: place.file("Annotations/\(document)/gold.json"))
    let terminal = try place.terminal(document, as: "lead", command: "adjudicate")
    let shown = String(decoding: terminal.output, as: UTF8.self)
    let prompt = try #require(shown.firstMatch(of: #/hospital-outage (\d+) of (\d+) open> /#))
    let open = try #require(Int(prompt.output.1))
    try terminal.send("1\r1\r+\r")
    try terminal.expect("decides nothing")
    try terminal.send("\r")
    try terminal.expect("hospital-outage \(open - 1) of")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)

    let piped = try place.run("adjudicate", document, "--as", "lead", input: "1\n1\n")
    #expect(piped.status == 2 && piped.errors.contains("typed before the dispute was shown"), "\(piped.errors)")
    let rest = try place.run("adjudicate", document, "--as", "lead", "--keep-going", input: "1\nrest dana !\ndone!\n")
    #expect(rest.status == 2 && rest.output.contains("disputes settled as dana has it."), "\(rest.output)")
    #expect(try place.run("check").status == 0)
  }

  /// A whole adjudication at the terminal, killed between decisions and in the middle of them, comes to what the same
  /// decisions come to at one stretch.
  @Test(.tags(.slow)) func `an adjudication that is killed and taken up again comes to what was decided`() throws {
    let (place, twin) = (try Desk.sample(), try Desk.sample())
    let document = "hospital-outage"
    for one in [place, twin] {
      try FileManager.default.removeItem(at: one.file("Annotations/\(document)/gold.json"))
    }
    let workspace = Workspace(root: twin.root, disk: POSIXDisk())
    var session = try Session(
      adjudicating: document, in: workspace, by: "lead", annotators: [], isBlind: false, canAsk: true, me: "a test"
    ) { Timestamp(secondsSince1970: 1_795_000_000) }
    var generator = SystemRandomNumberGenerator()
    var terminal = try place.terminal(document, as: "lead", command: "adjudicate")
    var (decisions, kills, lost) = (0, 0, 0)
    let keys = ["1", "2", "0", "1 because the second paragraph says so", "2", "+"]
    while !session.prompt.contains("all settled") {
      let key = keys[decisions % keys.count]
      let before = session.prompt
      let page = session.answer(key)
      if page.isRefusal { _ = session.answer("1") }
      let lines = page.isRefusal ? [key, "1"] : [key]
      for line in lines.dropLast() { try terminal.send("\(line)\r"); try terminal.expect(before) }
      try terminal.send("\(lines[lines.count - 1])\r")
      decisions += 1
      if decisions % 3 == 0 {
        // Killed before or after the decision was answered: which of the two, the next start says.
        usleep(UInt32.random(in: 0...30_000, using: &generator))
        terminal.kill()
        kills += 1
        terminal = try place.terminal(document, as: "lead", command: "adjudicate")
        if String(decoding: terminal.output, as: UTF8.self).contains(before) {
          lost += 1
          try terminal.send("\(lines[lines.count - 1])\r")
          try terminal.expect(session.prompt)
        }
      } else {
        try terminal.expect(session.prompt)
        if decisions % 4 == 0 {
          terminal.kill()
          kills += 1
          terminal = try place.terminal(document, as: "lead", command: "adjudicate")
          #expect(String(decoding: terminal.output, as: UTF8.self).contains(session.prompt))
        }
      }
    }
    try terminal.send("done!\r")
    try terminal.expect("F1 with gold")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)
    _ = session.answer("done!")
    _ = session.close()
    let text = try workspace.document(document)
    let killed = Workspace(root: place.root, disk: POSIXDisk())
    let (one, other) = (
      try #require(try killed.annotations(of: "gold", on: text)),
      try #require(try workspace.annotations(of: "gold", on: text))
    )
    #expect(one.isEqualInContent(to: other))
    #expect(Set(one.declined) == Set(other.declined))
    func origins(_ set: AnnotationSet) -> [String] {
      set.spans.map { span in "\(span.label) \(span.fragments) \(span.origin.sorted { $0.key < $1.key })" }.sorted()
    }
    #expect(origins(one) == origins(other))
    #expect(try place.run("check").status == 0)
    print("adjudication: \(decisions) decisions, \(kills) kills, \(lost) before the decision was on disk")
    #expect(decisions > 10 && kills > 5)
  }

  /// The number of spans that a fresh session says it has.
  private static func count(_ terminal: PseudoTerminal) throws -> Int {
    let screen = String(decoding: terminal.output, as: UTF8.self)
    if screen.contains("no spans yet") { return 0 }
    let match = try #require(screen.firstMatch(of: /· ([0-9]+) spans? ·|· ([0-9]+) spans?,/))
    return Int(match.1 ?? match.2 ?? "") ?? -1
  }
}
