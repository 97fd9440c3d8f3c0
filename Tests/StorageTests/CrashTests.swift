import Standoff
import Storage
import TestSupport
import Testing

/// What must hold after a break at any call: every answered edit is there, or at most one more, whole.
@Suite struct CrashTests {
  /// Six edits, an undo and a redo; how many were answered, with the set after each.
  static func work(_ desk: MemoryDesk) -> (answered: [[Int]], attempted: [Int]?) {
    var answered: [[Int]] = [[]]
    guard var store = try? desk.open() else { return (answered, nil) }
    for step in 0..<8 {
      do throws(AnnotationStore.CommitFault) {
        switch step {
        case 4: _ = try store.undo(at: MemoryDesk.time)
        case 5: _ = try store.redo(at: MemoryDesk.time)
        default: try MemoryDesk.add(&store, step)
        }
        answered.append(store.set.spans.map(\.id))
      } catch {
        var next = store.set.spans.map(\.id)
        switch step {
        case 4: next.removeLast()
        case 5: next.append(next.count + 1)
        default: next.append(store.set.nextSpanID)
        }
        return (answered, next)
      }
    }
    try? store.close()
    return (answered, nil)
  }

  static func found(_ desk: MemoryDesk) throws -> [Int] {
    let store = try desk.open()
    return store.set.spans.map(\.id)
  }

  static var callsOfAll: Int {
    get throws {
      let desk = try MemoryDesk()
      let before = desk.disk.calls
      _ = work(desk)
      return desk.disk.calls - before
    }
  }

  @Test func `a power cut at every single call keeps what was answered`() throws {
    let calls = try Self.callsOfAll
    #expect(calls > 100)
    for call in 1...calls {
      let desk = try MemoryDesk()
      desk.disk.plan(.cut, atCall: call)
      let (answered, attempted) = Self.work(desk)
      for fate in MemoryDisk.Fate.all {
        let after = MemoryDesk(desk.disk.afterPowerCut(fate))
        let ids = try Self.found(after)
        #expect(ids == answered.last || ids == attempted, "call \(call), \(fate)")
      }
    }
  }

  @Test func `kill -9 at every single call keeps what was answered`() throws {
    for call in 1...(try Self.callsOfAll) {
      let desk = try MemoryDesk()
      desk.disk.plan(.cut, atCall: call)
      let (answered, attempted) = Self.work(desk)
      let ids = try Self.found(MemoryDesk(desk.disk.afterKill()))
      #expect(ids == answered.last || ids == attempted, "call \(call)")
    }
  }

  @Test(arguments: [Int32(28), 30, 5, 13, 2]) func `a call that fails loses nothing and the work goes on`(
    code: Int32
  ) throws {
    for call in 1...(try Self.callsOfAll) {
      let desk = try MemoryDesk()
      desk.disk.plan(.fails(code), atCall: call)
      try Self.checkAfterFailure(desk, call)
    }
  }

  @Test func `a disk that fills up in the middle of a write loses nothing`() throws {
    for call in 1...(try Self.callsOfAll) {
      let desk = try MemoryDesk()
      desk.disk.plan(.fallsShort, atCall: call)
      try Self.checkAfterFailure(desk, call)
    }
  }

  /// What was answered is in memory and on disk, no temporary file stands for the real one, and a new session reads it.
  static func checkAfterFailure(_ desk: MemoryDesk, _ call: Int) throws {
    guard var store = try? desk.open() else { return }
    guard store.isWritable else { return }
    var expected = 0
    for step in 0..<6 {
      do throws(AnnotationStore.CommitFault) {
        try MemoryDesk.add(&store, step)
        expected += 1
      } catch {
        #expect(store.set.spans.count == expected)
      }
    }
    #expect(store.set.spans.count == expected && expected >= 5, "call \(call)")
    try? store.close()
    #expect(try found(MemoryDesk(desk.disk.afterKill())).count == expected, "call \(call)")
    #expect(try found(MemoryDesk(desk.disk.afterPowerCut(.nothing))).count == expected, "call \(call)")
  }
}
