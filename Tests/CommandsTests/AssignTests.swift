import Storage
import Foundation
import Pages
import TestSupport
import Testing

@testable import Commands

@Suite struct AssignTests {
  @Test(.tags(.slow), arguments: [1, 2, 3], [3, 4, 7])
  func `everybody gets as many, and everybody shares with everybody`(
    copies: Int, people: Int
  ) throws {
    let desk = try Desk.documents(42)
    let names = (0..<people).map { "p\($0)" }
    _ = try desk.assign("--to \(names.joined(separator: ",")) --copies \(copies) --seed 3")
    let all = try desk.workspace.assignments().all
    #expect(all.count == 42 && all.allSatisfy { $0.annotators.count == copies && $0.round == 1 })
    let loads = names.map { name in all.count { $0.annotators.contains(name) } }
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1, "\(loads)")
    guard copies == 2 else { return }
    var shared: [Int] = []
    for first in names.indices {
      for second in names.indices where second > first {
        shared.append(all.count { $0.annotators.contains(names[first]) && $0.annotators.contains(names[second]) })
      }
    }
    #expect((shared.max() ?? 0) - (shared.min() ?? 0) <= 2, "\(shared)")
  }

  @Test func `a pilot is done by all, then a share twice, and nobody gets a document again`() throws {
    let desk = try Desk.documents(24)
    #expect(
      try desk.assign("d10 d11 d12 d13 --to dana,eli,noor --copies all --no-suggestions").contains("Round 1"))
    let page = try desk.assign("--to dana,eli,noor --overlap 0.2")
    #expect(page.contains("Round 2: 20 documents, 4 shared."))
    let assignments = try desk.workspace.assignments()
    #expect(assignments.documents(ofRound: 1).count == 4 && assignments.documents(ofRound: 2).count == 20)
    #expect(assignments.assignment(of: "d10", to: "eli")?.suggestions == false)
    #expect(throws: Complaint.self) { try desk.assign("--to dana") }
    #expect(throws: Complaint.self) { try desk.assign("d10 --to dana --round 3") }
    #expect(try desk.assign("d10 --to omar --round 3 --dry-run").contains("not written"))
    #expect(try desk.workspace.assignments() == assignments)
    for words in [
      "d20 --to omar --round 9223372036854775807", "d20 --to omar --round 9007199254740992", "d20 --to omar --round 0",
      "d20 --to omar,OMAR --round 9", "d20 --to Dana --round 9",
    ] {
      #expect(throws: Complaint.self, "\(words)") { try desk.assign(words) }
    }
    let held = try #require(try desk.workspace.disk.lock(desk.workspace.annotationsFolder + "/.import.lock"))
    let error = #expect(throws: Complaint.self) { try desk.assign("d20 --to omar --round 9") }
    #expect(error?.problem.contains("is in progress") == true)
    desk.workspace.disk.close(held)
    #expect(try desk.workspace.assignments() == assignments)
    for words in ["--to dana,dana", "--to gold", "--to a,b --copies 3", "--to a --overlap 0.5", "--to a,b --overlap 2"]
    {
      #expect(throws: Complaint.self) { try desk.assign(words) }
    }
    // The same seed deals the same.
    let other = try Desk.documents(24)
    _ = try other.assign("d10 d11 d12 d13 --to dana,eli,noor --copies all --no-suggestions")
    _ = try other.assign("--to dana,eli,noor --overlap 0.2")
    #expect(try other.workspace.assignments() == assignments)
  }
  @Test func `assignments that another program writes meanwhile are not overwritten`() throws {
    func assign(_ desk: MemoryDesk) throws {
      _ = try AssignOptions.read("doc --to dana --round 3").outcome(in: desk.workspace)
    }
    let path = "/w/Annotations/assignments.json"
    for hadSome in [false, true] {
      func desk() throws -> MemoryDesk {
        let desk = try MemoryDesk()
        if hadSome { _ = try AssignOptions.read("doc --to eli --round 1").outcome(in: desk.workspace) }
        return desk
      }
      let probe = try desk()
      let start = probe.disk.calls
      try assign(probe)
      var refused = 0
      for call in 1...(probe.disk.calls - start) {
        let desk = try desk()
        let disk = desk.disk
        disk.plan(.meanwhile { try disk.replace(path, with: [0x7B]) }, atCall: call)
        if (try? assign(desk)) == nil { refused += 1 }
        #expect(try disk.read(path) == [0x7B], "\(call)")
      }
      #expect(refused > 3)
    }
  }
}
