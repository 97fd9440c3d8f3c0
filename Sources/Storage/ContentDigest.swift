import JSONText
import Standoff

/// A digest of what an annotation set holds, kept up to date by adding and taking off one span at a time.
///
/// The sum, word by word, of the SHA-256 of each span, each relation and the header; how far the annotator has read is
/// left out. It tells contents apart; it is no protection against forgery.
struct ContentDigest: Equatable {
  private var sum = [UInt32](repeating: 0, count: 8)

  init(_ set: AnnotationSet) {
    add(Self.header(set, set.status))
    for span in set.spans { add(JournalFile.bytes(of: span)) }
    for relation in set.relations { add(JournalFile.bytes(of: relation)) }
  }

  /// The digest after an edit that was applied to *set*.
  mutating func apply(_ edit: Edit, to set: AnnotationSet) {
    for change in edit.changes {
      switch change {
      case .span(let from, let to):
        if let from { remove(JournalFile.bytes(of: from)) }
        if let to { add(JournalFile.bytes(of: to)) }
      case .relation(let from, let to):
        if let from { remove(JournalFile.bytes(of: from)) }
        if let to { add(JournalFile.bytes(of: to)) }
      case .status(let from, let to):
        remove(Self.header(set, from))
        add(Self.header(set, to))
      }
    }
  }

  var hex: String { SHA256.hex(sum) }

  private mutating func add(_ bytes: [UInt8]) {
    for (index, word) in SHA256.words(of: bytes).enumerated() { sum[index] &+= word }
  }

  private mutating func remove(_ bytes: [UInt8]) {
    for (index, word) in SHA256.words(of: bytes).enumerated() { sum[index] &-= word }
  }

  private static func header(_ set: AnnotationSet, _ status: AnnotationSet.Status) -> [UInt8] {
    let parts = [set.document, set.annotator, set.role.rawValue, set.scheme.name, status.rawValue, set.textSHA256]
    return Array(parts.joined(separator: "\n").utf8)
  }
}
