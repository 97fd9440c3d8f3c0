import Dispatch
import Foundation
import Standoff
import Storage
import Synchronization

/// Git beside a command: the command is stopped at a call, git does something to the workspace, the command goes on.
/// What git has written must stay or be built upon, and an edit that is answered afterwards must be there.
struct Checkouts {
  let bench: Bench

  /// What git, or a person in the same folder, does; `g` is git with a name.
  private static let deeds = [
    ("the same, anew", "rm -r Annotations Schemas; g checkout -q -f HEAD -- ."),
    ("changed", "g checkout -q -f other"),
    ("removed", "g checkout -q -f first"),
    ("stash", "g stash -q -u"),
    ("stash and back", "g stash -q -u; g stash pop -q"),
    ("pull", "g pull -q --ff-only ../origin other"),
    ("annotation files alone", "g checkout -q -f other -- Annotations/doc/dana.json Annotations/doc/eli.json"),
    ("folder exchanged", "mv Annotations/doc ../old; g checkout -q -f other -- Annotations/doc"),
    ("all folders exchanged", "mv Annotations ../old; g checkout -q -f other -- Annotations"),
    ("index of version 4", "g add -A; g update-index --index-version 4"),
  ]

  private static let names = ["annotate new", "annotate old", "adjudicate", "rename", "realign", "import jsonl"]

  private struct Meeting: Sendable {
    let command: Command
    let deed: (name: String, script: String)
    let kind: String
    let call: Int
  }

  func run(most: Int?) throws -> Bool {
    guard bench.hasGit else {
      print("git is not here: nothing was done beside it.")
      return true
    }
    let commands = Self.names.compactMap { name in Command.all.first { $0.name == name } }
    let base = try repository()
    var meetings: [Meeting] = []
    for command in commands {
      let calls = try bench.run(command, try bench.copy(base, "alone"), counting: true).calls
      for deed in Self.deeds {
        for kind in ["open", "rename", "write", "unlink", "sync", "stat"] {
          for call in 0..<(calls[kind] ?? 0) {
            meetings.append(Meeting(command: command, deed: deed, kind: kind, call: call + 1))
          }
        }
      }
    }
    let all = meetings.count
    if let most, most < all { meetings = (0..<most).map { meetings[$0 * all / most] } }
    print("\(meetings.count) of \(all) meetings of \(commands.count) commands with \(Self.deeds.count) deeds of git")
    let chosen = meetings
    let found = Mutex([String]())
    DispatchQueue.concurrentPerform(iterations: meetings.count) { index in
      let meeting = chosen[index]
      let violation: String?
      do { violation = try judge(meeting, base, "meeting-\(index)") } catch { violation = "\(error)" }
      if let violation {
        found.withLock {
          $0.append("  \(meeting.command.name) at \(meeting.kind) \(meeting.call), \(meeting.deed.name): \(violation)")
        }
      }
    }
    let violations = found.withLock { $0.sorted() }
    print("\(violations.count) violations")
    for line in violations.prefix(40) { print(line) }
    return violations.isEmpty
  }

  /// A workspace in a repository: `first` has only the document; the branch that is checked out two annotators' work;
  /// `other` other work of theirs, another document and a scheme of the next version.
  private func repository() throws -> String {
    let root = try bench.workspace("checkout-base", before: [])
    func annotate(_ name: String, _ lines: String) throws {
      let session = Command(
        name: "annotate", arguments: ["annotate", "doc", "--as", name, "-C", "ROOT"], input: lines,
        judge: .edits(of: name))
      let run = try bench.run(session, root)
      guard run.status == 0 else { throw Bench.Broken("\(name) ended with \(run.status): \(run.errors)") }
    }
    try bench.script("git init -q .; g add -A; g commit -q -m first; g branch first; g checkout -q -b other", in: root)
    try annotate("dana", "d 3:premier..denied\nq 2:They..not\nset 2 speaker Tarn\ndone!\n")
    try annotate("eli", "d 3:denied\nq 2:They\nset 2 speaker Tarn\ndone!\n")
    try annotate("noor", "c 4:Nobody..why\n")
    let add = Command(name: "add", arguments: ["add", "OUT/one.txt", "-C", "ROOT"], judge: .workspace)
    _ = try bench.run(add, root)
    try bench.script("g add -A; g commit -q -m other; g checkout -q -b work first", in: root)
    try annotate("dana", "c taxes..fall\nq 2:They..not\nset 2 speaker Tarn\ndone!\n")
    try annotate("eli", "c taxes\nq 2:They..not\ns 2:Ms..Tarn\nset 2 speaker Tarn\ndone!\n")
    try bench.script(
      """
      g add -A; g commit -q -m work
      g clone -q . ../origin; cd ../origin; g checkout -q -b other2 origin/work
      printf 'Theirs.\\n' > Annotations/doc/notes.txt
      g add -A; g commit -q -m pulled; g branch -f other other2
      """, in: root)
    return root
  }

  private func judge(_ meeting: Meeting, _ base: String, _ name: String) throws -> String? {
    let root = try bench.copy(base, name)
    defer { bench.remove(name) }
    let origin = "\(bench.folder)/\(name)/origin"
    try FileManager.default.copyItem(atPath: "\(base)/../origin", toPath: origin)
    let running = try bench.start(meeting.command, root, plan: "\(meeting.kind):\(meeting.call):stop")
    running.waitUntilStopped()
    let answeredBefore = running.answeredWords.count
    let before = try content(root)
    // Git may refuse, as it does where a file would be overwritten.
    _ = try? bench.script(meeting.deed.script, in: root)
    let theirs = try content(root)
    let result = running.goOn()
    guard (0...2).contains(result.status) else { return "ended with \(result.status): \(result.errors.suffix(200))" }
    let ours = try content(root)
    let workspace = Workspace(root: root, disk: POSIXDisk())
    for (path, bytes) in theirs where ours[path] != bytes {
      if path.contains("/.") {
        // A journal that git wrote is continued, or set aside whole.
        let isKept = ours.contains { $0.key.hasPrefix(path) && $0.value.starts(with: bytes) }
        if before[path] != bytes, !isKept { return "\(path) was overwritten; \(result.errors.prefix(120))" }
        continue
      }
      // What came after git stands on what git left.
      guard let now = ours[path] else { return "\(path) is gone" }
      switch meeting.command.judge {
      case .edits(let annotator) where path == "Annotations/doc/\(annotator).json":
        let lost = Set(Self.words(bytes)).subtracting(Self.words(now))
        if !lost.isEmpty { return "\(path) lost \(lost.sorted())" }
      case .decisions where path == "Annotations/doc/gold.json": break
      case .workspace where result.status == 0 && path.hasPrefix("Annotations/doc/"): break
      default: return "\(path) was overwritten; \(result.errors.prefix(120))"
      }
    }
    // Git may have put a file on the old text beside the new one.
    if meeting.command.name == "realign" { return nil }
    for name in try workspace.documentNames() {
      let document = try workspace.document(name)
      for annotator in try workspace.allAnnotators(of: name) + ["gold"] {
        let set = try workspace.annotations(of: annotator, on: document)
        guard name == "doc", case .edits(let person) = meeting.command.judge, person == annotator else { continue }
        let there = (set?.spans ?? []).map { span in
          span.fragments.map { document.text[$0] }.joined(separator: " … ")
        }
        // The edit in the midst of which git came may have been there before it.
        let lost = Set(result.answeredWords.dropFirst(answeredBefore + 1)).subtracting(there)
        if !lost.isEmpty { return "answered and lost: \(lost.sorted())" }
      }
    }
    return nil
  }

  /// Every file of the workspace that people and git write, journals too, by its path.
  private func content(_ root: String) throws -> [String: Data] {
    var content: [String: Data] = [:]
    for folder in ["Annotations", "Schemas"] {
      guard let paths = FileManager.default.enumerator(atPath: "\(root)/\(folder)") else { continue }
      for case let path as String in paths
      where !path.hasPrefix(".") && (!path.contains("/.") || path.contains(".journal")) {
        content["\(folder)/\(path)"] = FileManager.default.contents(atPath: "\(root)/\(folder)/\(path)")
      }
    }
    return content
  }

  /// The words of the spans of an annotation file.
  private static func words(_ file: Data) -> [String] {
    let object = try? JSONSerialization.jsonObject(with: file) as? [String: Any]
    return (object?["spans"] as? [[String: Any]] ?? []).compactMap { $0["text"] as? String }
  }
}
