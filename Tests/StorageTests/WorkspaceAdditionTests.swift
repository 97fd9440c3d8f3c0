import Standoff
import Storage
import TestSupport
import Testing

@Suite struct WorkspaceAdditionTests {
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
}
