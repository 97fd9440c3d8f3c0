public import JSONText
public import Standoff

/// The format of `<annotator>.json` and `gold.json`: a span per line, keys sorted; equal content has equal bytes.
public enum AnnotationFile {
  /// The only version of the format so far.
  public static let format = 1
  /// The format of a file that uses what format 1 did not have: skipped sentences, reasons of declined spans, or what is
  /// said of the document as a whole.
  public static let latestFormat = 2

  /// - Parameter text: the document's; each span is written with its words.
  public static func encode(_ set: AnnotationSet, text: DocumentText) -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    write(set, text: text, to: &writer)
    writer.newline()
    return writer.bytes
  }

  /// Writes the file's object as part of another text.
  public static func write(_ set: AnnotationSet, text: DocumentText, to writer: inout JSONWriter) {
    let said = set.ofDocument
    writer.object(.block) { writer in
      writer.string("annotator", set.annotator)
      if !said.answer.isEmpty { writer.string("answer", said.answer) }
      if !said.attributes.isEmpty { writer.map("attributes", said.attributes) }
      if !set.declined.isEmpty {
        writer.array("declined", .block) { writer in
          for declined in set.declined { write(declined, to: &writer) }
        }
      }
      writer.string("document", set.document)
      writer.integer("format", isOfFormat1(set) ? format : latestFormat)
      if !said.note.isEmpty { writer.string("note", said.note) }
      if set.pass > 1 { writer.integer("pass", set.pass) }
      if !said.question.isEmpty { writer.string("question", said.question) }
      writer.array("relations", .block) { writer in
        for relation in set.relations { write(relation, to: &writer) }
      }
      writer.string("role", set.role.rawValue)
      writer.object("scheme") { writer in
        writer.string("name", set.scheme.name)
        writer.string("version", set.schemeVersion)
      }
      writer.integer("seenTo", set.seenTo)
      if !set.skipped.isEmpty {
        writer.array("skipped") { writer in
          for range in set.skipped {
            writer.object { writer in
              writer.integer("end", range.end)
              writer.integer("start", range.start)
            }
          }
        }
      }
      writer.array("spans", .block) { writer in
        for span in set.inReadingOrder { write(span, text: text, to: &writer) }
      }
      writer.string("status", set.status.rawValue)
      writer.string("textSHA256", set.textSHA256)
    }
  }

  private static func isOfFormat1(_ set: AnnotationSet) -> Bool {
    set.skipped.isEmpty && set.pass == 1 && set.ofDocument.isEmpty && set.declined.allSatisfy(\.reason.isEmpty)
  }

  static func write(_ declined: DeclinedSpan, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.array("fragments") { writer in
        for fragment in declined.key.fragments {
          writer.object { writer in
            writer.integer("end", fragment.end)
            writer.integer("start", fragment.start)
          }
        }
      }
      writer.string("label", declined.key.label)
      if !declined.reason.isEmpty { writer.string("reason", declined.reason) }
    }
  }

  static func write(_ relation: Relation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("created", relation.created.description)
      writer.integer("from", relation.from)
      writer.integer("id", relation.id)
      writer.string("modified", relation.modified.description)
      if case .absent(let words) = relation.to, !words.isEmpty {
        writer.string("text", words)
      }
      writer.key("to")
      if case .span(let id) = relation.to { writer.integer(id) } else { writer.null() }
      writer.string("type", relation.type)
    }
  }

  private static func write(_ span: Annotation, text: DocumentText, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.map("attributes", span.attributes)
      writer.string("created", span.created.description)
      writer.integer("end", span.hull.end)
      if span.isDiscontinuous {
        writer.array("fragments") { writer in
          for fragment in span.fragments {
            writer.object { writer in
              writer.integer("end", fragment.end)
              writer.integer("start", fragment.start)
              writer.string("text", text[fragment])
            }
          }
        }
      }
      writer.integer("id", span.id)
      writer.string("label", span.label)
      writer.string("modified", span.modified.description)
      if !span.note.isEmpty {
        writer.string("note", span.note)
      }
      if !span.origin.isEmpty {
        writer.map("origin", span.origin)
      }
      writer.integer("start", span.hull.start)
      writer.string("text", text[span.hull])
    }
  }

  /// Reads a file as a whole or not at all.
  ///
  /// - Parameters:
  ///   - path: the file's path, for faults.
  ///   - scheme: gives the workspace's scheme of a name.
  /// - Throws: the first fault, with its line and column.
  public static func decode(
    _ bytes: [UInt8], path: String, document: Document, annotator: String, role: AnnotationSet.Role,
    scheme: (String) throws(FileFault) -> Scheme
  ) throws(FileFault) -> AnnotationSet {
    let found = try read(
      bytes, path: path, document: document, annotator: annotator, role: role, scheme: scheme)
    if let fault = found.faults.first { throw fault }
    return found.set
  }

  /// Reads a file and finds all faults in its spans and relations.
  ///
  /// - Returns: the annotations and the faults; if there are any, the annotations are empty.
  /// - Throws: a fault of the file as a whole.
  static func read(
    _ bytes: [UInt8], path: String, document: Document, annotator: String, role: AnnotationSet.Role,
    scheme: (String) throws(FileFault) -> Scheme
  ) throws(FileFault) -> (set: AnnotationSet, faults: [FileFault]) {
    let record: AnnotationRecord
    var reader = JSONReader(bytes)
    do throws(JSONFault) { record = try AnnotationRecord(&reader) } catch {
      if let format = JSONReader.format(of: bytes), format.number > latestFormat {
        throw FileFault(path, .newerFormat(format.number), at: format.place, in: bytes)
      }
      throw FileFault(path, error)
    }
    try check(record, bytes, path, document, annotator, role)
    let known: Scheme
    do throws(FileFault) { known = try scheme(record.schemeName) } catch {
      guard case .unknownScheme = error.fact else { throw error }
      throw FileFault(path, error.fact, at: record.places["scheme"], in: bytes)
    }
    var set = AnnotationSet(
      document: document.id, annotator: annotator, role: role, pass: record.pass, scheme: known,
      schemeVersion: record.schemeVersion,
      textSHA256: record.textSHA256, textLength: document.text.count)
    var faults: [FileFault] = []
    for place in record.spans.indices {
      let fact = fact(against: record.records[place], record.spans[place], document.text, reader)
      if let fact { faults.append(FileFault(path, fact, at: record.records[place].place, in: bytes)) }
    }
    guard faults.isEmpty else { return (set, faults) }
    do throws(AnnotationSet.Fault) {
      try set.fill(
        spans: record.spans, relations: record.relations.map(\.relation),
        declined: record.declined, ofDocument: record.ofDocument, status: record.status, seenTo: record.seenTo,
        skipped: record.skipped)
    } catch {
      switch error.kind {
      case .span:
        let place = record.spans.lastIndex { $0.id == error.id }.map { record.records[$0].place }
        faults.append(FileFault(path, .spanNotAllowed(id: error.id, error.refusal), at: place, in: bytes))
      case .relation:
        let place = record.relations.last { $0.relation.id == error.id }?.place
        faults.append(FileFault(path, .relationNotAllowed(id: error.id, error.refusal), at: place, in: bytes))
      case .declined:
        faults.append(FileFault(path, .declinedNotAllowed(error.refusal), at: record.places["declined"], in: bytes))
      case .document:
        faults.append(
          FileFault(path, .documentAttributeNotAllowed(error.refusal), at: record.places["attributes"], in: bytes))
      }
    }
    return (set, faults)
  }

  /// Throws if the file's header does not match its path or its document.
  private static func check(
    _ record: AnnotationRecord, _ bytes: [UInt8], _ path: String, _ document: Document, _ annotator: String,
    _ role: AnnotationSet.Role
  ) throws(FileFault) {
    for (key, expected, found) in [
      ("annotator", annotator, record.annotator), ("document", document.id, record.document),
      ("role", role.rawValue, record.role.rawValue),
    ] where expected != found {
      throw FileFault(path, .wrongName(key: key, expected: expected, found: found), at: record.places[key], in: bytes)
    }
    if record.textSHA256 != document.sha256 {
      throw FileFault(
        path, .textChanged(expected: record.textSHA256, found: document.sha256), at: record.places["textSHA256"],
        in: bytes)
    }
    guard record.seenTo <= document.text.count else {
      throw FileFault(
        path, .seenBeyondText(record.seenTo, length: document.text.count), at: record.places["seenTo"], in: bytes)
    }
    try checkSkipped(record, bytes, path)
  }

  private static func checkSkipped(_ record: AnnotationRecord, _ bytes: [UInt8], _ path: String) throws(FileFault) {
    let isSound =
      record.skipped.allSatisfy { !$0.isEmpty && $0.end <= record.seenTo }
      && zip(record.skipped, record.skipped.dropFirst()).allSatisfy { $0.end <= $1.start }
    guard isSound, record.skipped.isEmpty || record.format > format else {
      throw FileFault(path, .skippedNotAllowed(seenTo: record.seenTo), at: record.places["skipped"], in: bytes)
    }
  }

  /// The fault of a span whose words or offsets do not match the text; nil if all is well.
  private static func fact(
    against span: SpanRecord, _ annotation: Annotation, _ text: DocumentText, _ reader: JSONReader
  ) -> FileFault.Fact? {
    let id = annotation.id
    let fragments = annotation.fragments
    guard Annotation.normalised(fragments) == fragments else {
      return .spanNotAllowed(id: id, .fragmentsNotAllowed(id: id))
    }
    guard span.hull.end <= text.count, annotation.hull.end <= text.count else {
      let range = max(span.hull, annotation.hull)
      return .spanNotAllowed(id: id, .outsideText(range, length: text.count))
    }
    guard span.hull == annotation.hull else { return .hullDiffers(span: id) }
    func difference(_ range: TextRange, _ words: JSONReader.RawString) -> FileFault.Fact? {
      let start = text.utf8Offset(ofCodePoint: range.start)
      // ASCII has as many bytes as code points, so the end need not be searched for.
      let end = words.isASCII ? start + words.bytes.count : text.utf8Offset(ofCodePoint: range.end)
      let isAsLong = !words.isASCII || words.bytes.count == range.count && end <= text.utf8.count
      if isAsLong, reader.says(words, text.utf8.span.extracting(start..<end)) { return nil }
      return .wordsDiffer(span: id, stored: reader.string(words), text: text[range])
    }
    if let fact = difference(span.hull, span.text) { return fact }
    for (range, words) in zip(fragments, span.fragmentTexts) {
      if let fact = difference(range, words) { return fact }
    }
    return nil
  }
}
