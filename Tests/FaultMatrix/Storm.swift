import Dispatch
import Foundation
import Storage
import Synchronization

/// Two people at work in one workspace while spellings are renamed, texts corrected, files imported and others' work
/// pulled with git; all of them but git are killed at any moment: nobody loses an edit that was answered.
struct Storm {
  let bench: Bench

  private static let people = ["noor", "zola"]
  /// Ranges of words, each of which is marked once.
  private static let lines: [String] = (1...4).flatMap { sentence in
    (1...3).flatMap { first in (first...3).map { "c \(sentence):\(first)-\($0)" } }
  }

  /// - Parameter kills: how many processes are killed.
  func run(kills: Int) throws -> Bool {
    let rename = Command.all.first { $0.name == "rename" }
    let base = try bench.workspace("storm-base", before: rename?.before ?? [])
    let hasGit = bench.hasGit
    if hasGit {
      let theirs = "Annotations/theirs"
      try bench.script(
        """
        g init -q .; g add -A; g commit -q -m base; g clone -q . ../origin; cd ../origin; g checkout -q -b theirs
        cp -r Annotations/doc \(theirs); rm -f \(theirs)/.*.journal* \(theirs)/dana.json \(theirs)/eli.json
        sed -i 's/"doc"/"theirs"/' \(theirs)/document.json
        g add -A; g commit -q -m theirs
        """, in: base)
    } else {
      print("git is not here: nothing is pulled.")
    }
    let pull =
      hasGit
      ? "g add -A || true; g commit -q -m ours || true; g pull -q --no-rebase --no-edit '\(base)/../origin' theirs"
      : nil
    let counts = Mutex((kills: 0, answered: 0, settled: 0, violations: [String]()))
    // Each storm has a workspace for itself.
    DispatchQueue.concurrentPerform(iterations: 2) { place in
      do {
        while counts.withLock({ $0.kills < kills && $0.violations.count < 40 }) {
          let root = try bench.copy(base, "storm-\(place)")
          try round(root, pull: pull, counts: counts)
        }
      } catch {
        counts.withLock { $0.violations.append("\(error)") }
      }
    }
    let (killed, answered, settled, violations) = counts.withLock { ($0.kills, $0.answered, $0.settled, $0.violations) }
    print("\(killed) kills, \(answered) answered edits, \(settled) changes settled, \(violations.count) violations")
    for line in violations.prefix(40) { print("  \(line)") }
    return violations.isEmpty
  }

  /// Some sessions and commands, one after another and side by side, all on one workspace.
  private func round(
    _ root: String, pull: String?,
    counts: borrowing Mutex<(kills: Int, answered: Int, settled: Int, violations: [String])>
  ) throws {
    var answered: [String: Set<String>] = [:]
    func spelling(_ old: String, _ new: String) -> Command {
      Command(name: "rename", arguments: ["rename", "speaker", old, new, "-C", "ROOT"], judge: .workspace)
    }
    // The words of all spans are the same in both texts.
    func text(_ name: String) -> Command {
      Command(name: "realign", arguments: ["realign", "doc", "--with", "OUT/\(name)", "-C", "ROOT"], judge: .workspace)
    }
    let side = [
      spelling("Tarn", "Ms. Tarn"), text("longer.txt"), spelling("Ms. Tarn", "Tarn"), text("doc.txt"),
      Command(name: "import", arguments: ["import", "jsonl", "OUT/in.jsonl", "-C", "ROOT"], judge: .workspace),
    ]
    var rest = Self.people.reduce(into: [:]) { $0[$1] = Self.lines.shuffled() }
    for turn in 0..<6 {
      var running: [(person: String?, run: Run.Running)] = []
      for person in Self.people {
        let lines = (rest[person] ?? []).prefix(4)
        rest[person]?.removeFirst(lines.count)
        let session = Command(
          name: "annotate", arguments: ["annotate", "doc", "--as", person, "--keep-going", "-C", "ROOT"],
          judge: .edits(of: person))
        running.append((person, try bench.start(session, root, input: lines.joined(separator: "\n") + "\n")))
      }
      let git = turn < side.count ? nil : try pull.map { try bench.startScript($0, in: root) }
      if turn < side.count { running.append((nil, try bench.start(side[turn], root))) }
      usleep(UInt32.random(in: 0...30_000))
      for (_, run) in running.shuffled() where Int.random(in: 0..<4) > 0 {
        run.kill()
        usleep(UInt32.random(in: 0...3000))
      }
      for (person, run) in running {
        let result = run.goOn()
        if let person {
          answered[person, default: []].formUnion(result.answeredWords)
          counts.withLock { $0.answered += result.answeredWords.count }
        }
        counts.withLock { $0.kills += result.status == 128 + SIGKILL ? 1 : 0 }
        if result.status != 128 + SIGKILL, !(0...2).contains(result.status) {
          counts.withLock { $0.violations.append("ended with \(result.status): \(result.errors.suffix(200))") }
        }
      }
      if let result = git?.goOn(), result.status != 0 {
        counts.withLock { $0.violations.append("git pull ended with \(result.status): \(result.errors.suffix(200))") }
      }
      do {
        if try Workspace(root: root, disk: POSIXDisk()).settle() != nil { counts.withLock { $0.settled += 1 } }
        let state = try WorkspaceState(of: root)
        for (person, words) in answered {
          let lost = words.subtracting(state.words["\(person) on doc"] ?? [])
          if !lost.isEmpty { counts.withLock { $0.violations.append("\(person) lost \(lost.sorted())") } }
        }
        if git != nil, state.parts["document theirs"] == nil {
          counts.withLock { $0.violations.append("what was pulled is not there") }
        }
        // A renaming is in both files or in none.
        let speakers = ["dana", "eli"].map { state.speakers["\($0) on doc"] ?? [] }
        if speakers != [["Tarn"], ["Tarn"]], speakers != [["Ms. Tarn"], ["Ms. Tarn"]] {
          counts.withLock { $0.violations.append("a renaming is half done: \(speakers)") }
        }
      } catch {
        counts.withLock { $0.violations.append("what is left is not sound: \(error)") }
      }
    }
  }
}
