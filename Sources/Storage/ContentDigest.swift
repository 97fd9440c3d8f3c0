import Standoff

/// A digest of an annotation set's content, updated edit by edit.
///
/// It is the sum, word by word, of the SHA-256 of each span, each relation and the header, without the offset to which
/// the annotator has read. It tells contents apart, but does not protect against forgery.
struct ContentDigest: Equatable {
  private var sum = [UInt32](repeating: 0, count: 8)

  init(_ set: AnnotationSet) {
    add(Self.header(set, set.status))
    for span in set.spans { add(Self.bytes(of: span)) }
    for relation in set.relations { add(Self.bytes(of: relation)) }
    for declined in set.declined { add(Self.bytes(of: declined)) }
    add(Self.bytes(of: set.ofDocument))
  }

  /// Updates the digest for an edit that was applied to *set*.
  mutating func apply(_ edit: Edit, to set: AnnotationSet) {
    for change in edit.changes {
      switch change {
      case .span(let from, let to):
        if let from { remove(Self.bytes(of: from)) }
        if let to { add(Self.bytes(of: to)) }
      case .relation(let from, let to):
        if let from { remove(Self.bytes(of: from)) }
        if let to { add(Self.bytes(of: to)) }
      case .declined(let from, let to):
        if let from { remove(Self.bytes(of: from)) }
        if let to { add(Self.bytes(of: to)) }
      case .document(let from, let to):
        remove(Self.bytes(of: from))
        add(Self.bytes(of: to))
      case .status(let from, let to):
        remove(Self.header(set, from))
        add(Self.header(set, to))
      }
    }
  }

  var hex: String { SHA256.hex(sum) }

  private mutating func add(_ bytes: [UInt8]?) {
    guard let bytes else { return }
    for (index, word) in SHA256.words(of: bytes).enumerated() { sum[index] &+= word }
  }

  private mutating func remove(_ bytes: [UInt8]?) {
    guard let bytes else { return }
    for (index, word) in SHA256.words(of: bytes).enumerated() { sum[index] &-= word }
  }

  private static func header(_ set: AnnotationSet, _ status: AnnotationSet.Status) -> [UInt8] {
    var fields = Fields()
    for part in [set.document, set.annotator, set.role.rawValue, set.scheme.name, status.rawValue, set.textSHA256] {
      fields.add(part)
    }
    return fields.bytes
  }

  private static func bytes(of span: Annotation) -> [UInt8] {
    var fields = Fields()
    fields.add("span")
    fields.add(span.id)
    fields.add(span.label)
    fields.add(span.fragments.count)
    for fragment in span.fragments {
      fields.add(fragment.start)
      fields.add(fragment.end)
    }
    fields.add(span.attributes)
    fields.add(span.note)
    fields.add(span.origin)
    fields.add(span.created.secondsSince1970)
    fields.add(span.modified.secondsSince1970)
    return fields.bytes
  }

  private static func bytes(of declined: DeclinedSpan) -> [UInt8] {
    var fields = Fields()
    fields.add("declined")
    fields.add(declined.key.label)
    for fragment in declined.key.fragments {
      fields.add(fragment.start)
      fields.add(fragment.end)
    }
    // A span that was declined without a reason has the bytes that it had before there were reasons.
    if !declined.reason.isEmpty { fields.add(declined.reason) }
    return fields.bytes
  }

  /// Nothing if nothing is said, so that a set of format 1 keeps its digest.
  private static func bytes(of said: DocumentAnnotation) -> [UInt8]? {
    guard !said.isEmpty else { return nil }
    var fields = Fields()
    fields.add("document")
    fields.add(said.attributes)
    for words in [said.note, said.question, said.answer] { fields.add(words) }
    return fields.bytes
  }

  private static func bytes(of relation: Relation) -> [UInt8] {
    var fields = Fields()
    fields.add("relation")
    fields.add(relation.id)
    fields.add(relation.type)
    fields.add(relation.from)
    switch relation.to {
    case .span(let id): fields.add(id)
    case .absent(let words):
      fields.add(0)
      fields.add(words)
    }
    fields.add(relation.created.secondsSince1970)
    fields.add(relation.modified.secondsSince1970)
    return fields.bytes
  }

  /// Fields one after another, texts preceded by their length, so that different contents have different bytes.
  private struct Fields {
    var bytes: [UInt8] = []

    mutating func add(_ number: Int) {
      for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func add(_ text: String) {
      add(text.utf8.count)
      bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ map: [String: String]) {
      add(map.count)
      for (key, value) in map.sorted(by: { $0.key < $1.key }) {
        add(key)
        add(value)
      }
    }
  }
}
