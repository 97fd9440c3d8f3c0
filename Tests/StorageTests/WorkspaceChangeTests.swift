import Standoff
import Storage
import TestSupport
import Testing

@Suite struct WorkspaceChangeTests {
  @Test func `what is added together comes wholly or not at all, at every single call`() throws {
    /// Every file and its bytes by path, without locks, what is prepared and the record of it.
    func content(_ disk: MemoryDisk) throws -> [String: [UInt8]] {
      var content: [String: [UInt8]] = [:]
      func walk(_ folder: String) throws {
        for name in try disk.names(in: folder)
        where !(name.hasPrefix(".") && [".lock", ".tmp", ".pending"].contains { name.hasSuffix($0) }) {
          let path = Paths.join(folder, name)
          if try disk.entry(path)?.isFolder == true { try walk(path) } else { content[path] = try disk.read(path) }
        }
      }
      try walk("/w")
      return content
    }
    func add(to desk: MemoryDesk) throws {
      let old = try desk.workspace.document("doc")
      let text = DocumentText("She denied it.")
      let new = ["a", "b"].map { Document(id: $0, text: text, sha256: SHA256.hex(of: text.utf8), title: $0) }
      let scheme = try desk.workspace.scheme("s")
      let grown = try Scheme(name: "s", version: "1.1.0", labels: scheme.labels, relations: scheme.relations)
      var change = try WorkspaceChange(of: desk.workspace, by: "import")
      do {
        try change.put(grown, inPlaceOf: scheme)
        for document in new { try change.add(document) }
        for document in new + [old] {
          var set = AnnotationSet(
            document: document.id, annotator: "noor", scheme: grown, textSHA256: document.sha256,
            textLength: document.text.count)
          let span = Annotation(id: 1, label: "claim", fragments: [TextRange(0, 3)], created: MemoryDesk.time)
          try set.fill(spans: [span], relations: [], status: .complete, seenTo: 5)
          try change.add(set, on: document)
        }
        try change.commit()
      } catch {
        change.abandon()
        throw error
      }
    }
    let whole = try MemoryDesk()
    let before = try content(whole.disk)
    let start = whole.disk.calls
    try add(to: whole)
    let calls = whole.disk.calls - start
    let after = try content(whole.disk)
    #expect(after.count == before.count + 7)
    #expect(try whole.disk.names(in: "/w/Annotations").allSatisfy { !$0.hasPrefix(".import") })
    var refused = 0
    for call in 1...calls {
      for trouble in [MemoryDisk.Trouble.fails(28), .fallsShort, .fails(13)] {
        let desk = try MemoryDesk()
        desk.disk.plan(trouble, atCall: call)
        do { try add(to: desk) } catch {
          refused += 1
          #expect(try content(desk.disk) == before, "\(call)")
          continue
        }
        #expect(try content(desk.disk) == after, "\(call)")
      }
      // Killed, or without power: the next change completes what was begun, or there is nothing of it.
      let desk = try MemoryDesk()
      desk.disk.plan(.cut, atCall: call)
      try? add(to: desk)
      for disk in [desk.disk.afterKill()] + MemoryDisk.Fate.all.map(desk.disk.afterPowerCut) {
        let settlement = try MemoryDesk(disk).workspace.settle()
        let found = try content(disk)
        #expect(found == before || found == after, "\(call)")
        if let settlement { #expect(settlement == .completed("import") && found == after, "\(call) \(settlement)") }
        #expect(try disk.entry("/w/Annotations/.pending") == nil)
      }
    }
    #expect(refused > calls)
  }

  @Test func `many documents are synced together and survive a power cut`() throws {
    let few = try MemoryDesk()
    let start = few.disk.calls
    try few.workspace.add((0..<100).map { Self.document("text-\($0)") })
    let callsForFew = few.disk.calls - start
    let many = (0..<200).map { Self.document("text-\($0)") }
    let probe = try MemoryDesk()
    let before = probe.disk.calls
    try probe.workspace.add(many)
    let calls = probe.disk.calls - before
    // Each of the 400 files by itself would be opened, synced and closed.
    #expect(calls < 2 * callsForFew - 400)
    for disk in MemoryDisk.Fate.all.map(probe.disk.afterPowerCut) {
      let workspace = MemoryDesk(disk).workspace
      #expect(try workspace.documentNames().count == 201)
      for document in many { #expect(try workspace.document(document.id) == document) }
    }
    for call in stride(from: calls % 29 + 1, through: calls, by: 29) {
      let desk = try MemoryDesk()
      desk.disk.plan(.cut, atCall: call)
      try? desk.workspace.add(many)
      for disk in MemoryDisk.Fate.all.prefix(3).map(desk.disk.afterPowerCut) {
        let workspace = MemoryDesk(disk).workspace
        _ = try workspace.settle()
        #expect([1, 201].contains(try workspace.documentNames().count), "\(call)")
      }
    }
  }

  @Test func `a second change at the same time is refused`() throws {
    let desk = try MemoryDesk()
    var first = try WorkspaceChange(of: desk.workspace, by: "import")
    #expect(throws: FileFault.self) { _ = try WorkspaceChange(of: desk.workspace, by: "import") }
    first.abandon()
    // What is over does not let go of what another holds.
    var second = try WorkspaceChange(of: desk.workspace, by: "import")
    first.abandon()
    #expect(throws: FileFault.self) { _ = try WorkspaceChange(of: desk.workspace, by: "import") }
    second.abandon()
    #expect(try desk.disk.names(in: "/w/Annotations").allSatisfy { !$0.hasPrefix(".import") })
  }

  private static func document(_ id: String) -> Document {
    let text = DocumentText("She denied it.")
    return Document(id: id, text: text, sha256: SHA256.hex(of: text.utf8), title: id)
  }

  @Test
  func `a document that somebody has begun to annotate is not taken back, nor one that somebody else has put there`()
    throws
  {
    let probe = try MemoryDesk()
    let start = probe.disk.calls
    try probe.workspace.add([Self.document("a"), Self.document("b")])
    var (kept, refused) = (0, 0)
    for call in 1...(probe.disk.calls - start) {
      // The second document is there already, the first is annotated as soon as it is.
      let desk = try MemoryDesk()
      let disk = desk.disk
      disk.plan(
        .meanwhile {
          try disk.makeFolder("/w/Annotations/b")
          try disk.replace("/w/Annotations/b/theirs.json", with: [0x7B])
          if try disk.entry("/w/Annotations/a") != nil { try disk.replace("/w/Annotations/a/eli.json", with: [0x7B]) }
        }, atCall: call)
      guard (try? desk.workspace.add([Self.document("a"), Self.document("b")])) == nil else { continue }
      refused += 1
      #expect(try disk.read("/w/Annotations/b/theirs.json") == [0x7B], "\(call)")
      if try disk.entry("/w/Annotations/a") != nil {
        kept += 1
        #expect(try disk.names(in: "/w/Annotations/a") == ["document.json", "document.txt", "eli.json"], "\(call)")
      }
      #expect(try disk.names(in: "/w/Annotations").allSatisfy { !$0.hasPrefix(".") }, "\(call)")
    }
    #expect(kept > 0 && refused > kept)
  }

  @Test func `an import overwrites nobody who begins in the middle of it`() throws {
    func add(_ desk: MemoryDesk) throws {
      let document = try desk.workspace.document("doc")
      var change = try WorkspaceChange(of: desk.workspace, by: "import")
      defer { change.abandon() }
      let set = AnnotationSet(
        document: "doc", annotator: "noor", scheme: try desk.workspace.scheme("s"), textSHA256: document.sha256,
        textLength: document.text.count)
      try change.add(set, on: document)
      try change.commit()
    }
    let probe = try MemoryDesk()
    let start = probe.disk.calls
    try add(probe)
    for call in 1...(probe.disk.calls - start) {
      let desk = try MemoryDesk()
      let disk = desk.disk
      disk.plan(.meanwhile { try disk.replace("/w/Annotations/doc/noor.json", with: [0x7B]) }, atCall: call)
      let isDone = (try? add(desk)) != nil
      // After the import's own file was put there, replacing it is that program's right.
      #expect(try disk.read("/w/Annotations/doc/noor.json") == [0x7B], "\(call) \(isDone)")
    }
  }

  @Test func `a record that cannot be read now is not cleared away by the next change`() throws {
    let probe = try MemoryDesk()
    let start = probe.disk.calls
    try probe.workspace.add([Self.document("a"), Self.document("b")])
    var halves = 0
    for call in 1...(probe.disk.calls - start) {
      let desk = try MemoryDesk()
      desk.disk.plan(.cut, atCall: call)
      try? desk.workspace.add([Self.document("a"), Self.document("b")])
      guard try desk.disk.afterKill().entry("/w/Annotations/.pending") != nil else { continue }
      halves += 1
      // The lock, then the record's entry, the record, what was prepared, the root.
      for fault in 2...5 {
        let killed = desk.disk.afterKill()
        killed.plan(.fails(5), atCall: fault)
        let workspace = MemoryDesk(killed).workspace
        #expect(throws: FileFault.self, "\(call) \(fault)") { try workspace.add([Self.document("c")]) }
        _ = try workspace.settle()
        #expect(try workspace.documentNames() == ["a", "b", "doc"], "\(call) \(fault)")
      }
    }
    #expect(halves > 2)
  }

  @Test func `a record without what was prepared is of a change that has ended, and undoes nothing`() throws {
    let desk = try MemoryDesk()
    try desk.workspace.add([Self.document("a"), Self.document("b")])
    let entry = try #require(try desk.disk.entry("/w/Annotations/a"))
    func move(_ name: String, _ inode: UInt64) -> String {
      "{\"displaces\": {}, \"from\": \"Annotations/.import.tmp/\(name)\", \"inode\": \(inode), \"prepared\": {}, "
        + "\"to\": \"Annotations/\(name)\"}"
    }
    let record = """
      {"command": "add", "format": 1, "moves": [\(move("a", entry.inode)), \(move("gone", 1))],
      "stages": {"Annotations/.import.tmp": 1}}
      """
    try desk.disk.replace("/w/Annotations/.pending", with: Array(record.utf8))
    #expect(try desk.workspace.settle() == nil)
    #expect(try desk.workspace.documentNames() == ["a", "b", "doc"])
    #expect(try desk.disk.entry("/w/Annotations/.pending") == nil)
  }
  @Test func `what was written into a new document, in place, is not taken back with it`() throws {
    let probe = try MemoryDesk()
    let start = probe.disk.calls
    try probe.workspace.add([Self.document("a"), Self.document("b")])
    var written = 0
    for call in 1...(probe.disk.calls - start) {
      let desk = try MemoryDesk()
      let disk = desk.disk
      let note = Array("theirs".utf8)
      disk.plan(
        .meanwhile {
          try disk.makeFolder("/w/Annotations/b")
          guard try disk.entry("/w/Annotations/a") != nil else { return }
          let file = try disk.openForAppending("/w/Annotations/a/document.json")
          try disk.write(note, to: file)
          disk.close(file)
        }, atCall: call)
      guard (try? desk.workspace.add([Self.document("a"), Self.document("b")])) == nil,
        let bytes = try? disk.read("/w/Annotations/a/document.json")
      else { continue }
      written += 1
      #expect(bytes.suffix(note.count) == note[...], "\(call)")
    }
    #expect(written > 0)
  }

  @Test func `a change that a crash left in place is completed although somebody has worked with it since`() throws {
    func add(_ desk: MemoryDesk) throws {
      let document = try desk.workspace.document("doc")
      let scheme = try desk.workspace.scheme("s")
      var change = try WorkspaceChange(of: desk.workspace, by: "import")
      defer { change.abandon() }
      try change.put(Scheme(name: "t", version: "1.0.0", labels: scheme.labels), inPlaceOf: nil)
      var set = AnnotationSet(
        document: "doc", annotator: "noor", scheme: scheme, textSHA256: document.sha256, textLength: document.text.count
      )
      let span = Annotation(id: 1, label: "claim", fragments: [TextRange(0, 3)], created: MemoryDesk.time)
      try set.fill(spans: [span], relations: [], status: .complete, seenTo: 5)
      try change.add(set, on: document)
      try change.commit()
    }
    let probe = try MemoryDesk()
    let start = probe.disk.calls
    try add(probe)
    var worked = 0
    for call in 1...(probe.disk.calls - start) {
      let cut = try MemoryDesk()
      cut.disk.plan(.cut, atCall: call)
      try? add(cut)
      let desk = MemoryDesk(cut.disk.afterKill())
      guard try desk.disk.entry("/w/Annotations/.pending") != nil,
        try desk.disk.entry("/w/Annotations/doc/noor.json") != nil
      else { continue }
      var store = try desk.open("noor")
      try MemoryDesk.add(&store, 15)
      try store.close()
      worked += 1
      let settlement = try desk.workspace.settle()
      #expect(settlement == nil || settlement == .completed("import"), "\(call)")
      #expect(try desk.workspace.schemeNames() == ["s", "t"], "\(call)")
      store = try desk.open("noor")
      #expect(store.set.spans.count == 2, "\(call)")
      try store.close()
    }
    #expect(worked > 2)
  }

  @Test func `a change that can be neither completed nor undone stays for the next command`() throws {
    let probe = try MemoryDesk()
    let start = probe.disk.calls
    try probe.workspace.add([Self.document("a"), Self.document("b")])
    var unsettled = 0
    for call in 1...(probe.disk.calls - start) {
      let desk = try MemoryDesk()
      desk.disk.plan(.failsFromNowOn(5), atCall: call)
      do throws(FileFault) {
        try desk.workspace.add([Self.document("a"), Self.document("b")])
      } catch {
        if case .unsettled = error.fact { unsettled += 1 }
      }
      let workspace = MemoryDesk(desk.disk.afterKill()).workspace
      _ = try workspace.settle()
      #expect([["doc"], ["a", "b", "doc"]].contains(try workspace.documentNames()), "\(call)")
    }
    #expect(unsettled > 0)
  }
}
