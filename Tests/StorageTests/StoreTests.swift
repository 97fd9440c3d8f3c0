import JSONText
import Standoff
import Storage
import TestSupport
import Testing

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-4, as published by NIST, and a million times “a”.
  @Test func `digests are those that NIST publishes`() {
    func hex(_ text: String) -> String { SHA256.hex(of: Array(text.utf8)) }
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hex(of: [UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}

@Suite struct StoreTests {
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
    #expect(try desk.workspace.faults(of: "dana", on: document).first?.fact == .journalDamaged)
    store = try desk.open()
    #expect(store.setAside?.fact == .journalDamaged && store.set.spans.count == 5)
  }
}

/// Files too large to be written with every edit.
@Suite struct LargeFileTests {
  static let text = String(repeating: "Word after word after word. ", count: 20_000)

  static func desk() throws -> MemoryDesk {
    let desk = try MemoryDesk()
    let bytes = Array(text.utf8)
    let document = Document(id: "doc", text: DocumentText(text), sha256: SHA256.hex(of: bytes), title: "T")
    try desk.disk.replace("/w/Annotations/doc/document.txt", with: bytes)
    try desk.disk.replace("/w/Annotations/doc/document.json", with: DocumentFile.encode(document))
    var set = AnnotationSet(
      document: "doc", annotator: "dana", scheme: try desk.workspace.scheme("s"), textSHA256: document.sha256,
      textLength: document.text.count)
    let spans = (1...6000).map { id in
      Annotation(id: id, label: "claim", fragments: [TextRange(id * 60, id * 60 + 40)], created: MemoryDesk.time)
    }
    try set.fill(spans: spans, relations: [], status: .inProgress, seenTo: 0)
    try desk.disk.replace("/w/Annotations/doc/dana.json", with: AnnotationFile.encode(set, text: document.text))
    return desk
  }

  @Test func `an edit waits in the journal until the pause, and is there for every reader`() throws {
    let desk = try Self.desk()
    let old = try desk.disk.read("/w/Annotations/doc/dana.json")
    #expect(old.count > AnnotationStore.immediateLimit)
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    #expect(store.isBehind)
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") == old)
    let read = try desk.workspace.annotations(of: "dana", on: desk.workspace.document("doc"))
    #expect(read?.spans.count == 6001)
    #expect(try MemoryDesk(desk.disk.afterPowerCut(keepingNames: false)).open().set.spans.count == 6001)
    try store.flush()
    #expect(!store.isBehind)
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") != old)
  }

  @Test func `a disk that is full in the pause is said, and tried again`() throws {
    let desk = try Self.desk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    // The two looks at what stands there, the look and the making of the temporary file, then its write.
    desk.disk.plan(.fails(28), atCall: 6)
    #expect(throws: FileFault.self) { try store.flush() }
    #expect(store.isBehind && store.replaceFault?.code == 28)
    try store.flush()
    #expect(!store.isBehind && store.replaceFault == nil)
  }
}

@Suite struct WorkspaceTests {
  @Test func `a journal without its file is read by its own scheme`() throws {
    let desk = try MemoryDesk()
    let other = MemoryDesk.scheme.replacing("\"name\": \"s\"", with: "\"name\": \"t\"")
    try desk.disk.replace("/w/Schemas/t.scheme.json", with: Array(other.utf8))
    try desk.disk.replace("/w/Schemas/default", with: Array("s\n".utf8))
    let document = try desk.workspace.document("doc")
    var store = try AnnotationStore(
      annotator: "dana", document: document, scheme: desk.workspace.scheme("t"), in: desk.workspace, me: "",
      now: MemoryDesk.time)
    try MemoryDesk.add(&store, 0)
    try desk.disk.remove("/w/Annotations/doc/dana.json")
    let after = MemoryDesk(desk.disk.afterKill())
    let found = try after.open()
    #expect(found.set.spans.count == 1 && found.set.scheme.name == "t" && found.setAside == nil)
  }

  @Test func `damaged journals never crash and never pass as something else`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<4 { try MemoryDesk.add(&store, index) }
    try store.close()
    let path = "/w/Annotations/doc/.dana.journal"
    let whole = try desk.disk.read(path)
    let document = try desk.workspace.document("doc")
    var random = Damage(seed: 5)
    var journals = (0..<1500).map { _ in random.damaged(whole) }
    let text = String(decoding: whole, as: UTF8.self)
    for number in ["9223372036854775807", "9007199254740992", "0", "-1"] {
      journals.append(Array(text.replacing("\"id\": 2", with: "\"id\": \(number)").utf8))
    }
    for journal in journals {
      try desk.disk.replace(path, with: journal)
      let set = try desk.workspace.annotations(of: "dana", on: document)
      #expect(set?.spans.count == 4)
      _ = try desk.workspace.faults(of: "dana", on: document)
    }
  }

  @Test func `what is added together comes wholly or not at all, at every single call`() throws {
    /// Every name and its bytes that count, by path.
    func content(_ disk: MemoryDisk) throws -> [String: [UInt8]] {
      var content: [String: [UInt8]] = [:]
      func walk(_ folder: String) throws {
        for name in try disk.names(in: folder) where !name.hasPrefix(".import") {
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
      var addition = try WorkspaceAddition(to: desk.workspace)
      do {
        try addition.put(grown)
        for document in new { try addition.add(document) }
        for document in new + [old] {
          var set = AnnotationSet(
            document: document.id, annotator: "noor", scheme: grown, textSHA256: document.sha256,
            textLength: document.text.count)
          let span = Annotation(id: 1, label: "claim", fragments: [TextRange(0, 3)], created: MemoryDesk.time)
          try set.fill(spans: [span], relations: [], status: .complete, seenTo: 5)
          try addition.add(set, on: document)
        }
        try addition.commit()
      } catch {
        addition.abandon()
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
      // Killed: every file whole, and the same once more completes it.
      let desk = try MemoryDesk()
      desk.disk.plan(.cut, atCall: call)
      try? add(to: desk)
      let found = try content(desk.disk.afterKill())
      for (path, bytes) in found { #expect(bytes == before[path] || bytes == after[path], "\(call) \(path)") }
    }
    #expect(refused > calls)
  }

  @Test func `a second addition at the same time is refused`() throws {
    let desk = try MemoryDesk()
    var first = try WorkspaceAddition(to: desk.workspace)
    #expect(throws: FileFault.self) { _ = try WorkspaceAddition(to: desk.workspace) }
    first.abandon()
    // What is over does not let go of what another holds.
    var second = try WorkspaceAddition(to: desk.workspace)
    first.abandon()
    #expect(throws: FileFault.self) { _ = try WorkspaceAddition(to: desk.workspace) }
    second.abandon()
    #expect(try desk.disk.names(in: "/w/Annotations").allSatisfy { !$0.hasPrefix(".import") })
  }

  @Test func `adding a document is all or nothing, at every single call`() throws {
    let text = DocumentText("New text.")
    let new = Document(id: "new", text: text, sha256: SHA256.hex(of: text.utf8), title: "N")
    let probe = try MemoryDesk()
    let before = probe.disk.calls
    try probe.workspace.add(new)
    for call in 1...(probe.disk.calls - before) {
      for trouble in [MemoryDisk.Trouble.fails(28), .fallsShort, .cut] {
        let desk = try MemoryDesk()
        desk.disk.plan(trouble, atCall: call)
        let isAdded = (try? desk.workspace.add(new)) != nil
        let after = MemoryDesk(desk.disk.afterKill())
        let names = try after.workspace.documentNames()
        #expect(names == ["doc"] || names == ["doc", "new"], "call \(call)")
        if isAdded { #expect(names.contains("new")) }
        for name in names { _ = try after.workspace.document(name) }
        if !names.contains("new") { try after.workspace.add(new) }
      }
    }
  }
}

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
      for keepingNames in [false, true] {
        let after = MemoryDesk(desk.disk.afterPowerCut(keepingNames: keepingNames))
        let ids = try Self.found(after)
        #expect(ids == answered.last || ids == attempted, "call \(call)")
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
    #expect(try found(MemoryDesk(desk.disk.afterPowerCut(keepingNames: false))).count == expected, "call \(call)")
  }
}

@Suite struct FileFaultTests {
  static func fault(_ change: (String) -> String) throws -> FileFault? {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    try store.close()
    let path = "/w/Annotations/doc/dana.json"
    let text = change(String(decoding: try desk.disk.read(path), as: UTF8.self))
    try desk.disk.replace(path, with: Array(text.utf8))
    try desk.disk.remove("/w/Annotations/doc/.dana.journal")
    do throws(FileFault) {
      _ = try desk.workspace.annotations(of: "dana", on: desk.workspace.document("doc"))
    } catch {
      #expect(try desk.disk.read(path) == Array(text.utf8))
      return error
    }
    return nil
  }

  @Test func `what is not as it must be is refused with its place`() throws {
    #expect(try Self.fault { $0 } == nil)
    let words = try Self.fault { $0.replacing("\"text\": \"The\"", with: "\"text\": \"the\"") }
    #expect(words?.fact == .wordsDiffer(span: 1, stored: "the", text: "The"))
    #expect(words?.place == FileFault.Place(line: 10, column: 5))
    let outside = try Self.fault { $0.replacing("\"end\": 3", with: "\"end\": 3000") }
    #expect(
      outside?.fact == .spanNotAllowed(id: 1, .outsideText(TextRange(0, 3000), length: 64)))
    let format = try Self.fault { $0.replacing("\"format\": 1", with: "\"format\": 2") }
    #expect(format?.fact == .json(expected: "format 1", found: "format 2"))
    #expect(format?.place == FileFault.Place(line: 4, column: 13))
    let who = try Self.fault { $0.replacing("\"dana\"", with: "\"eli\"") }
    #expect(who?.fact == .wrongName(key: "annotator", expected: "dana", found: "eli"))
    let label = try Self.fault { $0.replacing("\"claim\"", with: "\"rumour\"") }
    #expect(label?.fact == .spanNotAllowed(id: 1, .unknownLabel("rumour")))
    let scheme = try Self.fault { $0.replacing("\"name\": \"s\"", with: "\"name\": \"t\"") }
    #expect(scheme?.fact == .unknownScheme("t", known: ["s"]))
    #expect(try Self.fault { String($0.dropLast(20)) }?.place != nil)
    #expect(try Self.fault { _ in "" }?.place == FileFault.Place(line: 1, column: 1))
    let seen = try Self.fault { $0.replacing("\"seenTo\": 0", with: "\"seenTo\": 65") }
    #expect(seen?.fact == .seenBeyondText(65, length: 64))
  }

  @Test func `names with slashes or points in front are refused everywhere`() throws {
    let desk = try MemoryDesk()
    for name in ["../x", "a/b", "..", "", ".x", "é"] {
      #expect(throws: FileFault(name, .nameNotAllowed(name))) { try desk.workspace.document(name) }
    }
    for name in ["../x", "document", "a b"] {
      #expect(throws: FileFault(name, .nameNotAllowed(name))) {
        _ = try AnnotationStore(
          annotator: name, document: desk.workspace.document("doc"), scheme: desk.workspace.scheme("s"),
          in: desk.workspace, me: "", now: MemoryDesk.time)
      }
    }
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    #expect(throws: FileFault("/w/Annotations/doc/dana.json", .nameTaken("Dana", by: "dana"))) { try desk.open("Dana") }
  }

  @Test func `damaged bytes never crash the reader and never pass as something else`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<3 { try MemoryDesk.add(&store, index) }
    try store.commit(store.set.relating("denies", from: 2, to: .span(1), at: MemoryDesk.time), at: MemoryDesk.time)
    try store.close()
    let document = try desk.workspace.document("doc")
    let bytes = try desk.disk.read("/w/Annotations/doc/dana.json")
    var random = Damage(seed: 3)
    for _ in 0..<4000 {
      let damaged = random.damaged(bytes)
      let set = try? AnnotationFile.decode(
        damaged, path: "/w/Annotations/doc/dana.json", document: document, annotator: "dana", role: .annotator
      ) { (name) throws(FileFault) in try desk.workspace.scheme(name) }
      for span in set?.spans ?? [] { #expect(span.hull.end <= document.text.count) }
    }
  }
}
