import Standoff
import Storage
import TestSupport
import Testing

@Suite struct WorkspaceTests {
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
        _ = try after.workspace.settle()
        let names = try after.workspace.documentNames()
        #expect(names == ["doc"] || names == ["doc", "new"], "call \(call)")
        if isAdded { #expect(names.contains("new")) }
        for name in names { _ = try after.workspace.document(name) }
        if !names.contains("new") { try after.workspace.add(new) }
      }
    }
  }
}
