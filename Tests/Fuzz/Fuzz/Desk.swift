import DefaultFiles
import Standoff
import Storage

/// A workspace in memory with one document that dana has annotated.
struct Desk {
  static let text =
    "The mayor said taxes will fall. “That is not so,” Ms. Tarn said.\n\nHe denied it — Größe, naïve 🏴.\n"
  static let time = Timestamp(secondsSince1970: 1_795_000_000)
  static let document = Document(
    id: "doc", text: DocumentText(text), sha256: SHA256.hex(of: Array(text.utf8)), title: "T")
  private static let scheme = DefaultFile.schema(named: "claims-denials-quotes.scheme.json")?.bytes ?? []

  let disk = MemoryDisk(folders: ["/w", "/w/Annotations", "/w/Schemas", "/w/Annotations/doc"])
  var workspace: Workspace { Workspace(root: "/w", disk: disk) }

  init() throws {
    try put(Self.scheme, "Schemas/claims-denials-quotes.scheme.json")
    try put(Self.document.text.utf8, "Annotations/doc/document.txt")
    try put(DocumentFile.encode(Self.document), "Annotations/doc/document.json")
  }

  func put(_ bytes: [UInt8], _ path: String) throws { try disk.replace("/w/" + path, with: bytes) }

  func open(_ annotator: String = "dana") throws(FileFault) -> AnnotationStore {
    let workspace = workspace
    return try AnnotationStore(
      annotator: annotator, document: workspace.document("doc"), scheme: workspace.scheme("claims-denials-quotes"),
      in: workspace, me: "fuzz", now: Self.time)
  }
}
