package import Standoff
package import Storage

/// A workspace in memory with one document.
package struct MemoryDesk {
  package static let text = "The mayor said taxes will fall. “That is not so,” Ms. Tarn said."
  package static let time = Timestamp(secondsSince1970: 1_795_000_000)
  package static let scheme = """
    {"format": 1, "name": "s", "version": "1.0.0", "labels": [
      {"name": "claim", "key": "c", "colour": "blue", "kind": "content", "description": "d"},
      {"name": "denial", "key": "d", "colour": "red", "kind": "content", "description": "d"}],
     "attributes": [{"name": "speaker", "labels": ["claim"], "type": "text", "description": "d"}],
     "relations": [{"name": "denies", "from": ["denial"], "to": ["claim"], "absent": true, "description": "d"}]}
    """

  package let disk: MemoryDisk
  package var workspace: Workspace { Workspace(root: "/w", disk: disk) }

  package init() throws {
    disk = MemoryDisk(folders: ["/w", "/w/Annotations", "/w/Schemas", "/w/Annotations/doc"])
    let bytes = Array(Self.text.utf8)
    let document = Document(
      id: "doc", text: DocumentText(Self.text), sha256: SHA256.hex(of: bytes), title: "T")
    try disk.replace("/w/Schemas/s.scheme.json", with: Array(Self.scheme.utf8))
    try disk.replace("/w/Annotations/doc/document.txt", with: bytes)
    try disk.replace("/w/Annotations/doc/document.json", with: DocumentFile.encode(document))
  }

  package init(_ disk: MemoryDisk) { self.disk = disk }

  package func open(_ annotator: String = "dana") throws -> AnnotationStore {
    let workspace = workspace
    return try AnnotationStore(
      annotator: annotator, document: workspace.document("doc"), scheme: workspace.scheme("s"), in: workspace,
      me: "a test", now: Self.time)
  }

  package static func add(_ store: inout AnnotationStore, _ index: Int) throws(AnnotationStore.CommitFault) {
    let edit = store.set.adding(
      label: index % 2 == 0 ? "claim" : "denial", fragments: [TextRange(index, index + 3)], at: time)
    try store.commit(edit, at: time)
  }
}
