import Standoff
import Storage
import TestSupport
import Testing

@Suite struct JournalFileTests {
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

  @Test(.tags(.slow)) func `damaged journals never crash and never pass as something else`() throws {
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
}
