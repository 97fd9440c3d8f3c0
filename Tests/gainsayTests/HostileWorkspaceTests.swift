import Foundation
import Glibc
import Prompt
import TestSupport
import Testing

/// Workspaces made to do harm: every command walks through them, beside a folder that none may touch.
@Suite(.tags(.slow)) struct HostileWorkspaceTests {
  /// Names at which something else than a plain file may lie in wait; `doc` has annotations of dana and eli.
  private static let traps: [String: [String]] = [
    "locks": [
      "Annotations/.import.lock", "Annotations/.doc.realign.lock", "Annotations/doc/.dana.lock",
      "Annotations/doc/.eli.lock", "Annotations/doc/.gold.lock", "Annotations/doc/.noor.lock",
    ],
    "journals": [
      "Annotations/doc/.dana.journal", "Annotations/doc/.gold.journal", "Annotations/doc/.noor.journal",
    ],
    "what is unfinished": [
      "Annotations/.import.tmp", "Annotations/.pending", "Annotations/..pending.gainsay.tmp",
      "Annotations/.doc.realign.tmp", "Annotations/.assignments.json.gainsay.tmp",
      "Annotations/doc/.dana.json.gainsay.tmp", "Annotations/doc/.noor.json.gainsay.tmp", ".Schemas.tmp",
    ],
    "annotations": ["Annotations/doc/dana.json", "Annotations/doc/gold.json", "Annotations/doc/noor.json"],
    "documents": ["Annotations/doc/document.txt", "Annotations/doc/document.json", "Annotations/new"],
    "the team's files": [
      "Annotations/assignments.json", "Schemas/default", "Schemas/speakers.json", "Schemas/matters.json",
      "Schemas/en.lexicon.json", "Schemas/claims-denials-quotes.scheme.json",
    ],
    "a document's folder": ["Annotations/doc"],
    "the annotations' folder": ["Annotations"],
    "the schemas' folder": ["Schemas"],
  ]

  enum Trap: CaseIterable { case linkToFile, linkToFolder, linkToNothing, pipe, endless }

  private static func commands(_ root: String, _ outside: String) -> [(words: [String], input: String)] {
    [
      (["check"], ""), (["list"], ""), (["status"], ""), (["show", "doc"], ""),
      (["agree", "--bootstrap", "0"], ""), (["compare"], ""), (["ledger"], ""),
      (["export", "csv"], ""), (["export", "jsonl", "--to", root + "/out.jsonl"], ""),
      (["report", "--bootstrap", "0", "--to", root + "/report.html"], ""),
      (["annotate", "doc", "--as", "dana", "--keep-going"], "c 1-2\nsuggest\nu\nc 1\n"),
      (["annotate", "doc", "--as", "noor", "--keep-going"], "c 1-2\nq 2\ndone\n"),
      (["adjudicate", "doc", "--as", "lead", "--keep-going"], "1\nrest dana !\nu\n"),
      (["rename", "speaker", "Ms. Tarn", "Tarn"], ""), (["add", outside + "/new.txt"], ""),
      (["import", "jsonl", outside + "/in.jsonl"], ""), (["assign", "--to", "dana,eli"], ""),
      (["realign", "doc", "--with", outside + "/new.txt", "--drop"], ""),
      (["init", root + "/inner"], ""),
    ]
  }

  private static let text = "The mayor said taxes fall. “They do not,” Ms. Tarn said."

  private static func desk(_ outside: URL) throws -> Desk {
    let desk = try Desk()
    try desk.add(text)
    for name in ["dana", "eli"] {
      var session = try desk.open(as: name)
      for line in ["c taxes..fall", "q 2:1-3", "s 2:4-5", "k 2:6", "set 2 speaker \"Ms. Tarn\"", "done!"] {
        _ = session.answer(line)
      }
      _ = session.close()
    }
    try Data(text.utf8).write(to: outside.appendingPathComponent("new.txt"))
    let line = "{\"id\": \"new\", \"text\": \"Ada said so.\", \"annotator\": \"noor\", \"spans\": []}\n"
    try Data(line.utf8).write(to: outside.appendingPathComponent("in.jsonl"))
    return desk
  }

  private static func plant(_ trap: Trap, at path: String, _ canary: URL) throws {
    try? FileManager.default.removeItem(atPath: path)
    switch trap {
    case .linkToFile: unsafe symlink(canary.appendingPathComponent("precious").path, path)
    case .linkToFolder: unsafe symlink(canary.path, path)
    case .linkToNothing: unsafe symlink(canary.appendingPathComponent("nothing").path, path)
    case .pipe: unsafe mkfifo(path, 0o644)
    case .endless:
      try Data().write(to: URL(fileURLWithPath: path))
      unsafe truncate(path, 1 << 40)
    }
  }

  /// Names, bytes and times of all that is in a folder.
  private static func state(of folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().map { name in
      let path = folder.appendingPathComponent(name).path
      var status = stat()
      unsafe stat(path, &status)
      let bytes = FileManager.default.contents(atPath: path) ?? Data()
      return
        "\(name) \(bytes.base64EncodedString()) \(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
  }

  /// A link to a file at every place, and one other kind of trap at each.
  private static let cases = traps.keys.sorted().enumerated().flatMap { index, place in
    let others = Trap.allCases.dropFirst()
    return [(place, Trap.linkToFile), (place, others[others.startIndex + index % others.count])]
  }

  @Test(arguments: cases)
  func `no command goes where a trap leads, hangs or falls over`(_ place: String, _ trap: Trap) throws {
    let outside = try TemporaryFolders.make()
    let canary = outside.appendingPathComponent("canary")
    try FileManager.default.createDirectory(at: canary, withIntermediateDirectories: true)
    try Data("precious\n".utf8).write(to: canary.appendingPathComponent("precious"))
    // A folder that could be taken for a document's, for annotations or for schemas.
    for name in ["document.txt", "document.json", ".dana.lock", "dana.json"] {
      try Data("{}".utf8).write(to: canary.appendingPathComponent(name))
    }
    let desk = try Self.desk(outside)
    for path in try #require(Self.traps[place]) { try Self.plant(trap, at: desk.root + "/" + path, canary) }
    let before = try Self.state(of: canary)
    for command in Self.commands(desk.root, outside.path) {
      let isElsewhere = command.words[0] == "init"
      let result = try Program.run(
        command.words + (isElsewhere ? [] : ["-C", desk.root]), input: Data(command.input.utf8))
      let what = "\(command.words.prefix(2)) with \(trap) at \(place): \(result.status) \(result.errors.prefix(300))"
      #expect((0...2).contains(result.status), "\(what)")
      #expect(result.status < 2 || !result.errors.isEmpty, "\(what)")
      #expect(!result.output.utf8.contains(0x1B) && !result.errors.utf8.contains(0x1B), "\(what)")
      #expect(try Self.state(of: canary) == before, "\(what)")
    }
  }
}
