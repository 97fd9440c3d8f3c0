import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// A team at work with the program itself: clones that are merged, a bar while it works.
@Suite(.serialized) struct TeamAtTerminalTests {
  /// Runs git in a folder, with a name and without anybody's settings.
  @discardableResult
  static func git(_ folder: URL, _ arguments: String...) throws -> String {
    let settings = [
      "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", "-c",
      "commit.gpgsign=false",
    ]
    let result = try Program.run(
      ["git", "-C", folder.path] + settings + arguments, program: "/usr/bin/env")
    #expect(result.status == 0, "git \(arguments): \(result.output)\(result.errors)")
    return result.output
  }

  /// Two people annotate the same documents, each in a clone; a lead assigns and adjudicates; git merges it all.
  @Test(
    .tags(.slow),
    .enabled("git is missing") { try Program.run(["git", "--version"], program: "/usr/bin/env").status == 0 })
  func `two people's clones are merged by git without a conflict, and what each did is there`() throws {
    let origin = try Desk.sample()
    let root = URL(fileURLWithPath: origin.root)
    for name in try FileManager.default.contentsOfDirectory(atPath: root.path + "/Annotations") {
      try? FileManager.default.removeItem(at: origin.file("Annotations/\(name)/gold.json"))
    }
    try Data("*.lock\n.*.tmp\n".utf8).write(to: root.appendingPathComponent(".gitignore"))
    #expect(try origin.run("assign", "--to", "ann,ben", "--copies", "all").status == 0)
    try Self.git(root, "init", "-q")
    try Self.git(root, "add", "-A")
    try Self.git(root, "commit", "-qm", "begin")
    let folder = try TemporaryFolders.make()
    func clone(_ name: String) throws -> URL {
      try Self.git(folder, "clone", "-q", root.path, name)
      return folder.appendingPathComponent(name)
    }
    let (ann, ben, lead) = (try clone("ann"), try clone("ben"), try clone("lead"))
    func annotate(_ place: URL, _ name: String, _ document: String, _ lines: String) throws {
      let result = try Program.run(
        ["annotate", document, "--as", name, "-C", place.path], input: Data(lines.utf8))
      #expect(result.status == 0, "\(result.errors)")
    }
    for document in ["ferry-contract", "harbor-audit"] {
      try annotate(ann, "ann", document, "c 2:1-4\nset 1 about x\nu\nredo\ns 1:1-2\ndone!\n")
      try annotate(ben, "ben", document, "c 2:1-5\nset 1 about x\nx 1\nd 2:1-5\ndone!\n")
    }
    // The lead decides meanwhile what others have done before, and adds a document.
    let decided = try Program.run(
      ["adjudicate", "quarry-dust", "--as", "lead", "-C", lead.path],
      input: Data("rest dana boundary !\nrest eli !\n".utf8))
    #expect(decided.status == 0, "\(decided.errors)")
    try Data("A new text. It is short.".utf8).write(to: lead.appendingPathComponent("new.txt"))
    #expect(try Program.run(["add", lead.path + "/new.txt", "-C", lead.path]).status == 0)
    try FileManager.default.removeItem(at: lead.appendingPathComponent("new.txt"))
    for (place, name) in [(ann, "ann"), (ben, "ben"), (lead, "lead")] {
      try Self.git(place, "add", "-A")
      try Self.git(place, "commit", "-qm", "work of \(name)")
    }
    for place in [ben, ann] { try Self.git(lead, "pull", "-q", "--no-rebase", "--no-edit", place.path, "main") }
    #expect(try Self.git(lead, "status", "--porcelain").isEmpty)
    let check = try Program.run(["check", "-C", lead.path])
    #expect(check.status == 0, "\(check.output)")
    for (name, place) in [("ann", ann), ("ben", ben)] {
      for file in ["Annotations/ferry-contract/\(name).json", "Annotations/harbor-audit/.\(name).journal"] {
        #expect(
          try Data(contentsOf: lead.appendingPathComponent(file))
            == Data(contentsOf: place.appendingPathComponent(file)))
      }
    }
    // Undo goes on after the merge: the journals came along.
    let undone = try Program.run(
      ["annotate", "ferry-contract", "--as", "ben", "-C", lead.path], input: Data("u\nu\n".utf8))
    #expect(undone.output.contains("Undone: − denial"))
    let compare = try Program.run(
      ["compare", "harbor-audit", "--annotators", "ann,ben", "-C", lead.path])
    #expect(compare.status == 0 && compare.output.contains("disagreement"))
  }

  @Test(.tags(.slow))
  func `a command that works longer than half a second shows it, and leaves nothing of that behind`() throws {
    let place = try Desk.sample()
    let text = String(repeating: "The mayor said taxes fall in May. ", count: 4_000)
    try Data(text.utf8).write(to: place.file("long.txt"))
    #expect(try place.run("add", place.file("long.txt").path).status == 0)
    for name in ["ann", "ben"] {
      let lines = (1...60).map { "c \($0):4-6" }.joined(separator: "\n") + "\ndone!\n"
      #expect(try place.run("annotate", "long", "--as", name, input: lines).status == 0)
    }
    let terminal = try PseudoTerminal(
      Program.path, ["agree", "--bootstrap", "1500", "-C", place.root],
      environment: ["TERM": "xterm", "HOME": place.root, "PATH": "/usr/bin:/bin", "PAGER": "cat"], rows: 40, columns: 80
    )
    try terminal.expect("working, ", seconds: 60)
    let worked = try terminal.expect("Agreement of", seconds: 120)
    #expect(worked.hasSuffix("\r\u{1B}[K\u{1B}[1mAgreement of"))
    let rest = terminal.drain()
    #expect(!rest.contains("working"))
    #expect(try terminal.wait(seconds: 60) == 0)
    // In a pipe there is none.
    #expect(try !place.run("status").errors.contains("working"))
  }

  @Test func `the commands of a team have the statuses that the others have`() throws {
    let place = try Desk.sample()
    let status = try place.run("status", "--json")
    #expect(status.status == 0 && status.output.contains("\"spansPerHour\": null"))
    #expect(try place.run("ledger", "--json").status == 0)
    #expect(try place.run("report", "--to", place.root + "/report.html", "--bootstrap", "0").status == 0)
    #expect(try place.run("compare", "--quiet").status == 1)
    #expect(try place.run("compare", "--lanes", "--kind", "nonsense").status == 2)
    #expect(try place.run("rename", "speaker", "nobody", "somebody").status == 2)
    #expect(try place.run("assign", "--to", "a/b").status == 2)
    #expect(try place.run("adjudicate", "ferry-contract", "--as", "gold").status == 2)
  }
}
