import Pages
import Standoff
import Storage

/// The text of a UTF-8 file that is not blank.
struct PlainText {
  let text: DocumentText
  /// Whether a byte order mark was removed from its start.
  let hadMark: Bool

  init(_ path: String, in workspace: Workspace) throws(Complaint) {
    var bytes: [UInt8]
    do throws(DiskFault) { bytes = try workspace.wholeDisk.read(path) } catch { throw Complaint(error) }
    hadMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if hadMark { bytes.removeFirst(3) }
    do { text = try DocumentText(utf8: bytes) } catch {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        throw Complaint(
          "\(path): this is UTF-16 text.", "Convert it with “iconv -f UTF-16 -t UTF-8” and try again.")
      }
      throw Complaint(FileFault(path, .notUTF8(byteOffset: error.byteOffset)))
    }
    let hasLetters = text.utf8.contains { (0x21...0x7E).contains($0) }
    guard hasLetters || text.string.contains(where: { !$0.isWhitespace }) else {
      throw Complaint("\(path): the text is empty.", "Nothing was changed.")
    }
  }
}
