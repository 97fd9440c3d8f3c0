import Standoff
import Storage
import TestSupport
import Testing

/// Files so large that they are written in the pauses.
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

  @Test(.tags(.slow)) func `an edit waits in the journal until the pause, and is there for every reader`() throws {
    let desk = try Self.desk()
    let old = try desk.disk.read("/w/Annotations/doc/dana.json")
    #expect(old.count > AnnotationStore.immediateLimit)
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    #expect(store.isBehind)
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") == old)
    let read = try desk.workspace.annotations(of: "dana", on: desk.workspace.document("doc"))
    #expect(read?.spans.count == 6001)
    #expect(try MemoryDesk(desk.disk.afterPowerCut(.nothing)).open().set.spans.count == 6001)
    try store.flush()
    #expect(!store.isBehind)
    #expect(try desk.disk.read("/w/Annotations/doc/dana.json") != old)
  }

  @Test(.tags(.slow)) func `a disk that is full in the pause is said, and tried again`() throws {
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
