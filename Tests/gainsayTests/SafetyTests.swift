import Foundation
import Glibc
import PseudoTerminals
import Storage
import TestSupport
import Testing

/// The program started and surrounded as nobody should: what it must bear without harm.
@Suite(.tags(.slow)) struct SafetyTests {
  private static func shell(_ line: String, _ desk: Desk) throws -> Program.Result {
    try Program.run(
      [
        "-c",
        line.replacingOccurrences(of: "GAINSAY", with: "'\(Program.path)'")
          .replacingOccurrences(of: "ROOT", with: "'\(desk.root)'"),
      ], program: "/bin/sh")
  }

  @Test(arguments: ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
  func `closed standard streams write into no file of the workspace`(_ closed: String) throws {
    let desk = try Desk()
    try desk.add("The mayor said taxes fall. The premier denied it.")
    _ = try Self.shell(
      "printf 'c 1-2\\nc 99\\nq 2\\n' | GAINSAY annotate doc --as dana -C ROOT --keep-going \(closed)", desk)
    #expect(try desk.run("check").status == 0)
    // Without standard input there is no edit.
    let journal = try? String(contentsOf: desk.file("Annotations/doc/.dana.journal"), encoding: .utf8)
    #expect((journal == nil) == closed.hasPrefix("<"))
    #expect((journal ?? "").split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    let list = try Self.shell("GAINSAY list -C ROOT \(closed)", desk)
    #expect(list.status == (closed.split(separator: " ").contains(">&-") ? 2 : 0))
  }

  @Test func `a file of the year 2300, or of 1900, is read like any other`() throws {
    for seconds in [10_413_792_000, -2_208_988_800] {
      let desk = try Desk.compared()
      let paths = try FileManager.default.subpathsOfDirectory(atPath: desk.root)
      for path in paths {
        var times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
        #expect(unsafe utimensat(AT_FDCWD, desk.root + "/" + path, &times, 0) == 0)
      }
      for words in [["check"], ["status"], ["show", "taxes"], ["export", "jsonl"]] {
        #expect(try Program.run(words + ["-C", desk.root]).status == 0, "\(words)")
      }
      #expect(try desk.run("annotate", "taxes", "--as", "noor", input: "c 1-2\n").status == 0)
    }
  }

  @Test func `control characters of a text do not reach the terminal with an export, nor by the way of --to`() throws {
    let desk = try Desk()
    try desk.add("The mayor \u{1B}]0;title\u{7} said\u{9B}31m taxes fall \u{202E}now.")
    #expect(try desk.run("annotate", "doc", "--as", "dana", input: "c 1-9\n").status == 0)
    let environment = ["TERM": "xterm", "HOME": desk.root, "PATH": "/usr/bin:/bin"]
    for words in [["csv"], ["tsv"], ["conll"], ["jsonl"], ["jsonl", "--to", "/dev/tty"], ["csv", "--to", "/dev/tty"]] {
      let terminal = try PseudoTerminal(
        Program.path, ["export"] + words + ["-C", desk.root], environment: environment, rows: 40, columns: 200)
      let shown = terminal.drain()
      #expect(shown.contains("mayor"), "\(words) \(shown)")
      for control in ["\u{1B}]", "\u{7}", "\u{9B}", "\u{202E}"] { #expect(!shown.contains(control), "\(words)") }
    }
  }

  @Test func `a program asked for suggestions ends with the session, even one that is killed`() throws {
    let desk = try Desk.sample()
    let mark = "\(Int.random(in: 10_000_000...99_999_999))"
    func isRunning() throws -> Bool {
      try Program.run(["-f", "^sleep \(mark)"], program: "/usr/bin/pgrep").status == 0
    }
    let terminal = try desk.terminal()
    try terminal.send("suggest --with \"sleep \(mark); true\"\r")
    try terminal.expect("is running")
    for _ in 0..<100 where try !isRunning() { usleep(20_000) }
    #expect(try isRunning())
    terminal.signal(SIGKILL)
    for _ in 0..<100 where try isRunning() { usleep(20_000) }
    #expect(try !isRunning())
  }

  @Test(arguments: ["0", "2147483647", "-1", "x"]) func `columns and lines of any number are borne`(_ size: String)
    throws
  {
    let desk = try Desk.sample()
    let terminal = try desk.terminal(rows: 0, columns: 0, environment: ["COLUMNS": size, "LINES": size])
    try terminal.send("c 3-4\r")
    try terminal.expect("+ claim 1")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)
  }

  @Test func `names that the workspace or Windows keeps come in nowhere, and those that are there still work`() throws {
    let desk = try Desk()
    let file = desk.file("text.txt")
    try Data("Ada said so.".utf8).write(to: file)
    for name in ["assignments.json", "Assignments.JSON", "gold", "CON", "nul.txt", "com7", "lpt1.x", "point."] {
      #expect(try desk.run("add", file.path, "--id", name).status == 2, "\(name)")
      let line = "{\"id\": \"\(name)\", \"text\": \"Ada.\", \"spans\": []}\n"
      try Data(line.utf8).write(to: desk.file("in.jsonl"))
      #expect(try desk.run("import", "jsonl", desk.file("in.jsonl").path, "--as", "dana").status == 2, "\(name)")
    }
    #expect(try desk.run("add", file.path).status == 0)
    for name in ["gold", "Document", "con", "aux.x", "tokens"] {
      #expect(try desk.run("annotate", "text", "--as", name, input: "c 1\n").status == 2, "\(name)")
      #expect(try desk.run("assign", "--to", name).status == 2, "\(name)")
    }
    #expect(try desk.run("annotate", "text", "--as", "dana", input: "c 1\n").status == 0)
    try FileManager.default.removeItem(at: desk.file("Annotations/text/.dana.journal"))
    try FileManager.default.moveItem(at: desk.file("Annotations/text"), to: desk.file("Annotations/aux"))
    for (old, new) in [("document.json", "aux"), ("dana.json", "aux")] {
      let path = desk.file("Annotations/aux/\(old)")
      let text = try String(contentsOf: path, encoding: .utf8).replacingOccurrences(
        of: "\"text\",", with: "\"\(new)\",")
      try text.write(to: path, atomically: true, encoding: .utf8)
    }
    let check = try desk.run("check")
    #expect(check.status == 0 && check.output.contains("kept for gainsay itself"), "\(check.output)")
    #expect(try desk.run("annotate", "aux", "--as", "dana", input: "q 1-2\n").status == 0)
  }

  @Test func `lines of libedit's own history are offered, and a session adds to them`() throws {
    let desk = try Desk.sample()
    let folder = desk.file(".local/state/gainsay")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let history = folder.appendingPathComponent("history")
    try Data("_HiStOrY_V2_\nnote\\0401\\040a\\134b\nc\\0403-4\n".utf8).write(to: history)
    let before = try Data(contentsOf: history)
    let terminal = try desk.terminal()
    try terminal.send("\u{1B}[A\r")
    try terminal.expect("+ claim 1")
    try terminal.expect("> ")
    try terminal.send("\u{1B}[A\u{1B}[A\r")
    try terminal.expect("a\\b")
    try terminal.send("quit\r")
    #expect(try terminal.wait() == 0)
    #expect(try Data(contentsOf: history).starts(with: before))
  }
}
