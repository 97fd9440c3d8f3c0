import Pages
import Standoff
import Storage

/// A file of text that is not blank, in UTF-8.
struct PlainText {
  let text: DocumentText
  /// Whether a byte order mark stood before it, which is no part of the text.
  let hadMark: Bool

  init(_ path: String, in workspace: Workspace) throws(Complaint) {
    var bytes: [UInt8]
    do throws(FileFault) { bytes = try workspace.read(path) } catch { throw Complaint(error) }
    hadMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    if hadMark { bytes.removeFirst(3) }
    do { text = try DocumentText(utf8: bytes) } catch {
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        throw Complaint(
          "\(path): this is UTF-16 text.", "Convert it with “iconv -f UTF-16 -t UTF-8” and try again.")
      }
      throw Complaint(FileFault(path, .notUTF8(byteOffset: error.byteOffset)))
    }
    guard text.string.contains(where: { !$0.isWhitespace }) else {
      throw Complaint("\(path): there is no text in it.", "Nothing was changed.")
    }
  }
}
