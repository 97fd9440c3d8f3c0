import Standoff
import Storage
import TestSupport
import Testing

@Suite struct AnnotationStoreTests {
  @Test func `a file comes into being with the first edit, and the same content is the same bytes`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    #expect(try desk.disk.entry("/w/Annotations/doc/dana.json") == nil)
    try MemoryDesk.add(&store, 0)
    let bytes = try desk.disk.read("/w/Annotations/doc/dana.json")
    try MemoryDesk.add(&store, 1)
    _ = try store.undo(at: MemoryDesk.time)
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") == bytes)
    try store.close()
    let set = try #require(try desk.workspace.annotations(of: "dana", on: desk.workspace.document("doc")))
    #expect(AnnotationFile.encode(set, text: DocumentText(MemoryDesk.text)) == bytes)
  }

  @Test func `undo and redo go on after a restart, and ids stay spent`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<4 { try MemoryDesk.add(&store, index) }
    _ = try store.undo(at: MemoryDesk.time)
    try store.close()
    store = try desk.open()
    #expect(store.set.spans.map(\.id) == [1, 2, 3])
    #expect(store.history.done.count == 3 && store.history.undone.count == 1)
    #expect(store.set.nextSpanID == 5)
    _ = try store.redo(at: MemoryDesk.time)
    #expect(store.set.spans.map(\.id) == [1, 2, 3, 4])
    for _ in 0..<4 { #expect(try store.undo(at: MemoryDesk.time) != nil) }
    #expect(store.set.spans.isEmpty)
    #expect(try store.undo(at: MemoryDesk.time) == nil)
  }

  @Test func `a second session is told who holds the file, and can look but not write`() throws {
    let desk = try MemoryDesk()
    var first = try desk.open()
    try MemoryDesk.add(&first, 0)
    var second = try desk.open()
    #expect(second.holder == "a test")
    #expect(second.set.spans.count == 1)
    #expect(throws: AnnotationStore.CommitFault.lookOnly(holder: "a test", cause: nil)) {
      try MemoryDesk.add(&second, 1)
    }
    try second.close()
    try first.close()
    var third = try desk.open()
    try MemoryDesk.add(&third, 1)
    #expect(third.set.spans.count == 2)
  }

  @Test func `a file changed underneath is noticed and not overwritten`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    let other = Array("somebody else's".utf8)
    try desk.disk.replace("/w/Annotations/doc/dana.json", with: other)
    let fault = FileFault("/w/Annotations/doc/dana.json", .changedUnderneath)
    #expect(throws: AnnotationStore.CommitFault.file(fault)) { try MemoryDesk.add(&store, 1) }
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") == other)
    #expect(store.set.spans.count == 1)
  }

  @Test func `a journal changed underneath is noticed, at the first edit and at any later one`() throws {
    let path = "/w/Annotations/doc/.dana.journal"
    for edits in 0..<3 {
      for isReplaced in [true, false] {
        let desk = try MemoryDesk()
        var store = try desk.open()
        for index in 0..<edits { try MemoryDesk.add(&store, index) }
        if isReplaced {
          let old = edits > 0 ? try desk.disk.read(path) : []
          if edits > 0 { try desk.disk.remove(path) }
          try desk.disk.replace(path, with: old + Array("other\n".utf8))
        } else {
          let file = try desk.disk.openForAppending(path)
          try desk.disk.write(Array("other\n".utf8), to: file)
        }
        let fault = FileFault(path, .changedUnderneath)
        #expect(throws: AnnotationStore.CommitFault.file(fault)) { try MemoryDesk.add(&store, 7) }
        #expect(String(decoding: try desk.disk.read(path), as: UTF8.self).hasSuffix("other\n"))
      }
    }
  }

  @Test func `sound edits before a damaged record are kept although the file lacks them`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    let old = try desk.disk.read("/w/Annotations/doc/dana.json")
    for index in 1..<4 { try MemoryDesk.add(&store, index) }
    try store.close()
    let path = "/w/Annotations/doc/.dana.journal"
    let text = String(decoding: try desk.disk.read(path), as: UTF8.self)
    var lines = text.split(separator: "\n").map(String.init)
    lines[3] = lines[3].replacing("\"did\"", with: "\"dud\"")
    try desk.disk.replace(path, with: Array((lines.joined(separator: "\n") + "\n").utf8))
    try desk.disk.replace("/w/Annotations/doc/dana.json", with: old)
    store = try desk.open()
    #expect(store.set.spans.count == 3 && store.setAside?.fact == .journalDamaged)
    try store.close()
    #expect(try desk.open().set.spans.count == 3)
  }

  @Test func `a journal of another content is set aside under a dated name, and the file counts`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    let old = try desk.disk.read("/w/Annotations/doc/dana.json")
    try MemoryDesk.add(&store, 1)
    try MemoryDesk.add(&store, 2)
    try store.close()
    let text = String(decoding: old, as: UTF8.self).replacing("claim", with: "denial")
    try desk.disk.replace("/w/Annotations/doc/dana.json", with: Array(text.utf8))
    store = try desk.open()
    #expect(store.set.spans.map(\.label) == ["denial"])
    #expect(store.setAside?.fact == .journalForeign)
    let name = try #require(store.setAside?.name)
    #expect(try desk.disk.entry("/w/Annotations/doc/\(name)") != nil)
    try MemoryDesk.add(&store, 5)
    try store.close()
    store = try desk.open()
    #expect(store.set.spans.count == 2 && store.setAside == nil)
  }

  @Test func `an older file of the same chain is brought up by the journal`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    let old = try desk.disk.read("/w/Annotations/doc/dana.json")
    try MemoryDesk.add(&store, 1)
    try MemoryDesk.add(&store, 2)
    try store.close()
    let new = try desk.disk.read("/w/Annotations/doc/dana.json")
    try desk.disk.replace("/w/Annotations/doc/dana.json", with: old)
    store = try desk.open()
    #expect(store.recovered == 2 && store.set.spans.count == 3)
    try store.close()
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") == new)
  }

  @Test func `a record cut off at the end does not count, one damaged in the middle is said`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<3 { try MemoryDesk.add(&store, index) }
    try store.close()
    let path = "/w/Annotations/doc/.dana.journal"
    let whole = try desk.disk.read(path)
    try desk.disk.replace(path, with: whole + Array("{\"after\": \"12".utf8))
    store = try desk.open()
    #expect(store.setAside == nil && store.history.done.count == 3)
    try MemoryDesk.add(&store, 7)
    try store.close()
    store = try desk.open()
    #expect(store.history.done.count == 4)
    try store.close()
    var damaged = whole
    damaged[0] = UInt8(ascii: "}")
    try desk.disk.replace(path, with: damaged)
    store = try desk.open()
    #expect(store.setAside?.fact == .journalDamaged)
    try store.close()
    store = try desk.open()
    try MemoryDesk.add(&store, 9)
    try store.close()
    try desk.disk.replace(path, with: try desk.disk.read(path) + Array("<<<<<<< HEAD\n".utf8))
    let document = try desk.workspace.document("doc")
    #expect(try desk.workspace.checked("dana", on: document).faults.first?.fact == .journalDamaged)
    store = try desk.open()
    #expect(store.setAside?.fact == .journalDamaged && store.set.spans.count == 5)
  }

  @Test func `a file that is removed under an open session is not written anew`() throws {
    let path = "/w/Annotations/doc/dana.json"
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    try desk.disk.remove(path)
    #expect(throws: AnnotationStore.CommitFault.file(FileFault(path, .changedUnderneath))) {
      try MemoryDesk.add(&store, 1)
    }
    try store.close()
    #expect(try desk.disk.entry(path) == nil)
  }

  @Test func `another folder in the document's place is noticed, and nothing is written to either`() throws {
    let folder = "/w/Annotations/doc"
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    let bytes = try desk.disk.read(folder + "/dana.json")
    try desk.disk.makeFolder("/w/Annotations/other")
    try desk.disk.replace("/w/Annotations/other/dana.json", with: bytes)
    try desk.disk.exchange(folder, with: "/w/Annotations/other")
    #expect(throws: AnnotationStore.CommitFault.file(FileFault(folder, .changedUnderneath))) {
      try MemoryDesk.add(&store, 1)
    }
    #expect(try desk.disk.read("/w/Annotations/other/dana.json") == bytes)
    #expect(try desk.disk.read(folder + "/dana.json") == bytes)
  }

  @Test func `what another program writes while a file is being opened is noticed at the first edit`() throws {
    let path = "/w/Annotations/doc/dana.json"
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    try store.close()
    let old = try desk.disk.read(path)
    store = try desk.open()
    // As if it had been there just after the file was read.
    try desk.disk.replace(path, with: old + [0x20])
    #expect(throws: AnnotationStore.CommitFault.file(FileFault(path, .changedUnderneath))) {
      try MemoryDesk.add(&store, 1)
    }
  }

  @Test func `a clock outside the years 1970 to 9999 makes no edit, and the next one with a right clock does`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for seconds in [-1, 253_402_300_800, Int.min / 2, Int.max / 2] {
      let time = Timestamp(secondsSince1970: seconds)
      #expect(throws: AnnotationStore.CommitFault.clock(time)) {
        try store.commit(store.set.adding(label: "claim", fragments: [TextRange(0, 3)], at: time), at: time)
      }
    }
    try MemoryDesk.add(&store, 0)
    #expect(store.set.spans.count == 1)
  }

  @Test func `an edit whose taking back fails as well is undecided, is there at the next start, and one undo takes it`()
    throws
  {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    let start = desk.disk.calls
    try MemoryDesk.add(&store, 1)
    let calls = desk.disk.calls - start
    var undecided = 0
    for call in 1...calls {
      let desk = try MemoryDesk()
      var store = try desk.open()
      try MemoryDesk.add(&store, 0)
      desk.disk.plan(.failsFromNowOn(5), atCall: call)
      do throws(AnnotationStore.CommitFault) { try MemoryDesk.add(&store, 1) } catch {
        var next = try MemoryDesk(desk.disk.afterKill()).open()
        guard case .undecided = error else {
          #expect(next.set.spans.count == 1, "\(call) \(error)")
          continue
        }
        undecided += 1
        if next.set.spans.count == 2 {
          #expect(next.recovered == 1)
          _ = try next.undo(at: MemoryDesk.time)
        }
        #expect(next.set.spans.count == 1)
      }
    }
    #expect(undecided > 0)
  }
  @Test func `what another program writes at any call of a session is neither overwritten nor taken for our own`()
    throws
  {
    let folder = "/w/Annotations/doc"
    func work(_ desk: MemoryDesk) throws {
      var store = try desk.open()
      for index in 0..<3 { try MemoryDesk.add(&store, index) }
      _ = try store.undo(at: MemoryDesk.time)
      try store.close()
    }
    func desk() throws -> MemoryDesk {
      let desk = try MemoryDesk()
      var store = try desk.open()
      try MemoryDesk.add(&store, 15)
      try store.close()
      return desk
    }
    let theirs = Array("{\"theirs\": true}\n".utf8)
    let probe = try desk()
    let start = probe.disk.calls
    try work(probe)
    for call in 1...(probe.disk.calls - start) {
      for name in ["dana.json", ".dana.journal"] {
        let desk = try desk()
        let disk = desk.disk
        disk.plan(.meanwhile { try disk.replace(Paths.join(folder, name), with: theirs) }, atCall: call)
        try? work(desk)
        // A journal that is none is set aside, with all that it holds.
        let kept = try disk.names(in: folder).filter { $0.hasPrefix(name) }
          .contains { try disk.read(Paths.join(folder, $0)) == theirs }
        #expect(kept, "\(call) \(name)")
      }
    }
  }
}
