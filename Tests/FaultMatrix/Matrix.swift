import Dispatch
import Foundation
import Storage
import Synchronization

/// Runs every command that writes with a fault at each of its calls to the disk, and judges what it leaves.
struct Matrix {
  let bench: Bench

  /// A command with the workspace before it, its state before and after, and its calls without a fault.
  private struct Prepared: Sendable {
    let root: String
    let before: WorkspaceState
    let after: WorkspaceState
    /// The states after each decision, the first before any.
    let steps: [WorkspaceState]
    let files: [String: Data]
    let calls: [String: Int]
  }

  private func prepare(_ index: Int) throws -> Prepared {
    let command = Command.all[index]
    let root = try bench.workspace("base-\(index)", before: command.before)
    let before = try WorkspaceState(of: root)
    var steps: [WorkspaceState] = [before]
    if case .decisions = command.judge {
      let lines = command.input.split(separator: "\n").map { $0 + "\n" }
      for count in 0...lines.count {
        let copy = try bench.copy(root, "step")
        _ = try bench.run(command, copy, input: lines.prefix(count).joined())
        steps.append(try WorkspaceState(of: copy))
      }
    }
    let whole = try bench.copy(root, "whole")
    let calls = try bench.run(command, whole, counting: true).calls
    var files: [String: Data] = [:]
    if case .files(let names) = command.judge {
      for name in names { files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(whole)/\(name)")) }
    }
    return Prepared(
      root: root, before: before, after: try WorkspaceState(of: whole), steps: steps, files: files, calls: calls)
  }

  /// - Parameter most: the most cases of all; nil for every one.
  func run(most: Int?) throws -> Bool {
    let prepared = try Command.all.indices.map { try prepare($0) }
    var cases: [Case] = []
    for index in Command.all.indices {
      for (kind, count) in prepared[index].calls.sorted(by: { $0.key < $1.key }) where count > 0 {
        for action in Case.actions[kind] ?? [] {
          for call in 1...count { cases.append(Case(command: index, kind: kind, call: call, action: action)) }
        }
      }
    }
    let all = cases.count
    // Evenly over all of them, so that every command and kind is there.
    if let most, most < all { cases = (0..<most).map { cases[$0 * all / most] } }
    print("\(cases.count) of \(all) cases of \(Command.all.count) commands")
    let chosen = cases
    let outcomes = Mutex([Outcome](repeating: Outcome(), count: cases.count))
    DispatchQueue.concurrentPerform(iterations: cases.count) { index in
      let outcome: Outcome
      do { outcome = try judge(chosen[index], prepared[chosen[index].command], "case-\(index)") } catch {
        outcome = Outcome(violation: "\(error)")
      }
      outcomes.withLock { $0[index] = outcome }
    }
    return table(cases, outcomes.withLock { $0 })
  }

  private func judge(_ item: Case, _ prepared: Prepared, _ name: String) throws -> Outcome {
    let command = Command.all[item.command]
    let root = try bench.copy(prepared.root, name)
    defer { bench.remove(name) }
    let run = try bench.run(command, root, plan: item.plan)
    let isKilled = run.status == 128 + SIGKILL
    guard (0...2).contains(run.status) || isKilled && item.isKill else {
      return Outcome(violation: "ended with \(run.status): \(run.errors.suffix(300))")
    }
    if run.status == 2, run.errors.isEmpty { return Outcome(violation: "failed without a word") }
    var outcome = Outcome()
    let found: WorkspaceState
    do {
      if isKilled, try Workspace(root: root, disk: POSIXDisk()).settle() != nil { outcome.isThird = true }
      found = try WorkspaceState(of: root)
    } catch {
      return Outcome(violation: "what is left is not sound: \(error)")
    }
    outcome.violation = violation(command, prepared, run, found, isKilled: isKilled, root)
    return outcome
  }

  private func violation(
    _ command: Command, _ prepared: Prepared, _ run: Run, _ found: WorkspaceState, isKilled: Bool, _ root: String
  ) -> String? {
    switch command.judge {
    case .workspace:
      if found == prepared.after {
        let isDenied = run.status != 0 && !isKilled && run.errors.contains("Nothing was changed")
        return isDenied ? "done, but said not to be: \(run.errors.prefix(200))" : nil
      }
      if found != prepared.before { return "neither before nor after: \(difference(found, prepared))" }
      return run.status == 0 ? "said to be done, and is not" : nil
    case .decisions:
      guard let step = prepared.steps.lastIndex(of: found) else { return "a state that no decision makes" }
      return run.status == 0 && step != prepared.steps.count - 1 ? "answered, and lost" : nil
    case .edits(let annotator):
      let key = "\(annotator) on doc"
      let old = prepared.before.words[key] ?? []
      let there = found.words[key] ?? []
      let answered = run.answeredWords
      if let lost = (old + answered).first(where: { !there.contains($0) }) { return "answered, and lost: \(lost)" }
      let extra = there.count - old.count - answered.count
      let isUndecided = run.errors.contains("could not be taken back")
      return extra > (isKilled || isUndecided ? 1 : 0) ? "\(extra) edits that were refused are there" : nil
    case .files(let names):
      for name in names {
        let path = "\(root)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else {
          if run.status == 0 { return "said to be written, and is not: \(name)" }
          continue
        }
        if (try? Data(contentsOf: URL(fileURLWithPath: path))) != prepared.files[name] { return "not whole: \(name)" }
      }
      return nil
    }
  }

  private func difference(_ found: WorkspaceState, _ prepared: Prepared) -> String {
    let names = Set(found.parts.keys).union(prepared.before.parts.keys).union(prepared.after.parts.keys)
    let odd = names.filter {
      found.parts[$0] != prepared.before.parts[$0] && found.parts[$0] != prepared.after.parts[$0]
    }
    return odd.isEmpty ? "part of it is done" : odd.sorted().joined(separator: ", ")
  }

  // MARK: the table

  private func table(_ cases: [Case], _ outcomes: [Outcome]) -> Bool {
    let kinds = Case.actions.keys.sorted()
    func row(_ cells: [String]) -> String {
      cells.enumerated().map { index, cell in
        let width = index == 0 ? 22 : 11
        return cell + String(repeating: " ", count: max(1, width - cell.count))
      }.joined()
    }
    print(row(["command"] + kinds + ["all"]))
    for (index, command) in Command.all.enumerated() {
      let cells = (kinds.map { $0 as String? } + [nil]).map { kind in
        let own = cases.indices.filter { cases[$0].command == index && (kind == nil || cases[$0].kind == kind) }
        let bad = own.count { outcomes[$0].violation != nil }
        let third = own.count { outcomes[$0].isThird }
        return "\(own.count)\(bad > 0 ? " !\(bad)" : "")\(third > 0 ? " ~\(third)" : "")"
      }
      print(row([command.name] + cells))
    }
    let violations = cases.indices.filter { outcomes[$0].violation != nil }
    let third = outcomes.count { $0.isThird }
    print("\(violations.count) violations (!), \(third) left half done and settled by the next command (~)")
    for index in violations.prefix(40) {
      let item = cases[index]
      print("  \(Command.all[item.command].name), \(item.plan): \(outcomes[index].violation ?? "")")
    }
    return violations.isEmpty
  }
}
