import Dispatch
import Foundation
import Storage
import Synchronization

/// Two commands at once: one is stopped at a call, the other runs to its end, the first goes on. What comes of it must
/// be what comes of one after the other, in some order, of those that say that they are done.
struct Races {
  let bench: Bench

  /// The commands that race, by their places in ``Command/all``.
  private static let names = [
    "annotate new", "annotate old", "annotate zoe", "add one", "import jsonl", "assign", "realign", "rename",
    "adjudicate",
  ]

  private struct Race: Sendable {
    let first: Command
    let second: Command
    let kind: String
    let call: Int
  }

  func run(most: Int?) throws -> Bool {
    let commands = Self.names.compactMap { name in Command.all.first { $0.name == name } }
    let base = try bench.workspace("race-base", before: commands.first { $0.name == "rename" }?.before ?? [])
    var allowed: [String: [WorkspaceState]] = ["": [try WorkspaceState(of: base)]]
    var calls: [String: [String: Int]] = [:]
    for command in commands {
      let alone = try bench.copy(base, "alone")
      let counts = try bench.run(command, alone, counting: true)
      calls[command.name] = counts.calls
      allowed[command.name] = [try WorkspaceState(of: alone)]
      for other in commands {
        let both = try bench.copy(base, "both")
        let results = (try bench.run(command, both), try bench.run(other, both))
        let done = [(command, results.0), (other, results.1)].filter { $0.1.status == 0 }.map(\.0.name).sorted()
        allowed[done.joined(separator: " + "), default: []].append(try WorkspaceState(of: both))
      }
    }
    var races: [Race] = []
    for first in commands {
      for second in commands {
        for kind in ["open", "rename", "write", "unlink", "sync"] {
          for call in 0..<(calls[first.name]?[kind] ?? 0) {
            races.append(Race(first: first, second: second, kind: kind, call: call + 1))
          }
        }
      }
    }
    let all = races.count
    if let most, most < all { races = (0..<most).map { races[$0 * all / most] } }
    print("\(races.count) of \(all) races of \(commands.count) × \(commands.count) commands")
    let (chosen, states) = (races, allowed)
    let found = Mutex([String]())
    DispatchQueue.concurrentPerform(iterations: races.count) { index in
      let race = chosen[index]
      let violation: String?
      do { violation = try judge(race, base, states, "race-\(index)") } catch { violation = "\(error)" }
      if let violation {
        found.withLock {
          $0.append("  \(race.first.name) stopped at \(race.kind) \(race.call), \(race.second.name): \(violation)")
        }
      }
    }
    let violations = found.withLock { $0.sorted() }
    print("\(violations.count) violations")
    for line in violations.prefix(40) { print(line) }
    return violations.isEmpty
  }

  private func judge(
    _ race: Race, _ base: String, _ allowed: [String: [WorkspaceState]], _ name: String
  ) throws -> String? {
    let root = try bench.copy(base, name)
    defer { bench.remove(name) }
    let first = try bench.start(race.first, root, plan: "\(race.kind):\(race.call):stop")
    first.waitUntilStopped()
    let second = try bench.run(race.second, root)
    let firstResult = first.goOn()
    for (command, result) in [(race.first, firstResult), (race.second, second)] where !(0...2).contains(result.status) {
      return "\(command.name) ended with \(result.status): \(result.errors.suffix(200))"
    }
    let done = [(race.first, firstResult), (race.second, second)].filter { $0.1.status == 0 }.map(\.0.name).sorted()
    let state: WorkspaceState
    do { state = try WorkspaceState(of: root) } catch { return "what is left is not sound: \(error)" }
    if allowed[done.joined(separator: " + ")]?.contains(state) == true { return nil }
    // An annotator who is refused in the middle keeps what was answered before.
    if Self.isBetween(state, done, race, allowed) { return nil }
    return "done: \(done); \(firstResult.errors.prefix(120)) \(second.errors.prefix(120))"
  }

  /// Whether a state is that of the commands that are done, but for some edits of one that was refused half-way.
  private static func isBetween(
    _ state: WorkspaceState, _ done: [String], _ race: Race, _ allowed: [String: [WorkspaceState]]
  ) -> Bool {
    let both = [race.first.name, race.second.name].sorted().joined(separator: " + ")
    let ends =
      (allowed[done.joined(separator: " + ")] ?? []) + (allowed[both] ?? [])
      + [race.first, race.second].flatMap { allowed[$0.name] ?? [] } + (allowed[""] ?? [])
    return state.parts.allSatisfy { key, value in
      if ends.contains(where: { $0.parts[key] == value }) { return true }
      let words = state.words[key] ?? []
      return !words.isEmpty && ends.contains { Set(words).isSubset(of: $0.words[key] ?? []) }
    }
  }
}
