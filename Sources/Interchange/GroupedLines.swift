package import JSONText
package import Standoff

/// One line of JSON for each document with the annotations of everybody: what agreement is counted from elsewhere.
///
/// The spans are those of ``JSONLines``, under the names of the scheme, with their origins. On reading, only `id`, `text`,
/// `annotators`, and for each of them `annotator` and `spans`, are required; a file without a status is complete.
package struct GroupedDocument: Sendable {
  package let document: Document
  package var annotators: [GroupedAnnotator] = []

  package init(_ document: Document) { self.document = document }

  /// The line, with its end.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("annotators") { writer in
        for annotator in annotators { annotator.write(in: document, to: &writer) }
      }
      writer.string("id", document.id)
      writer.string("language", document.language)
      writer.string("text", document.text.string)
      writer.array("zones") { writer in
        for zone in document.zones {
          writer.object { writer in
            writer.integer("end", zone.range.end)
            writer.string("kind", zone.kind.rawValue)
            writer.integer("start", zone.range.start)
          }
        }
      }
    }
    writer.newline()
    return writer.bytes
  }

  /// Reads a line.
  ///
  /// - Parameter scheme: that of all annotations.
  /// - Throws: the first fault, with its line and column.
  package init(_ bytes: [UInt8], scheme: Scheme) throws(JSONFault) {
    var reader = JSONReader(bytes)
    let start = reader.place()
    var (id, text, language): (String?, DocumentText?, String?) = (nil, nil, nil)
    var zones: [(zone: Zone, place: JSONReader.Place)] = []
    var parts: [AnnotatorParts] = []
    try reader.readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "annotators":
        try reader.readArray { (reader) throws(JSONFault) in parts.append(try AnnotatorParts(&reader, scheme)) }
      case "id":
        let place = reader.place()
        let name = try reader.readString()
        guard Scheme.isPlainName(name) else {
          throw reader.fault(
            at: place, expected: "a name of up to 128 letters, digits, “.”, “_” and “-”", found: "“\(name)”")
        }
        id = name
      case "language": language = reader.readNull() ? nil : try reader.readString()
      case "text": text = DocumentText(try reader.readString())
      case "zones":
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          zones.append((try reader.readZone(after: zones.last?.zone.range.end ?? 0), place))
        }
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard let id, let text else {
      throw reader.fault(at: start, expected: "a document with “id” and “text”", found: "none")
    }
    if let beyond = zones.first(where: { $0.zone.range.end > text.count }) {
      throw reader.fault(at: beyond.place, expected: "a zone within the text", found: "\(beyond.zone.range)")
    }
    document = Document(
      id: id, text: text, sha256: "", title: "", language: language, zones: zones.map(\.zone))
    for part in parts {
      if annotators.contains(where: { $0.set.annotator == part.name }) {
        throw reader.fault(at: part.place, expected: "each annotator once", found: "“\(part.name)” again")
      }
      annotators.append(try part.annotator(of: document, scheme, reader))
    }
  }
}

/// One annotator's part of a grouped line.
package struct GroupedAnnotator: Sendable {
  package let set: AnnotationSet
  /// The rounds in which the annotator was assigned the document.
  package let rounds: [Int]

  package init(_ set: AnnotationSet, rounds: [Int]) {
    self.set = set
    self.rounds = rounds
  }

  fileprivate func write(in document: Document, to writer: inout JSONWriter) {
    let spans = SpanLines(set, in: document)
    writer.object { writer in
      writer.string("annotator", set.annotator)
      writer.map("attributes", set.ofDocument.attributes)
      writer.array("relations") { writer in
        for relation in set.relations { JSONLines.write(relation, named: relation.type, to: &writer) }
      }
      writer.string("role", set.role.rawValue)
      writer.array("rounds") { writer in for round in rounds { writer.integer(round) } }
      writer.object("scheme") { writer in
        writer.string("name", set.scheme.name)
        writer.string("version", set.schemeVersion)
      }
      writer.integer("seenTo", set.readTo)
      writer.array("spans") { writer in
        for span in set.inReadingOrder {
          spans.write(span, named: span.label, withOrigin: true, to: &writer)
        }
      }
      writer.string("status", set.status.rawValue)
    }
  }
}

/// One annotator's part of a line before its rules are checked.
private struct AnnotatorParts {
  private(set) var place: JSONReader.Place
  var name = ""
  private var attributes: [String: String] = [:]
  private var relations: [(relation: Relation, place: JSONReader.Place)] = []
  private var rounds: [Int] = []
  private var version: String?
  private var seenTo: Int?
  private var spans: [(span: Annotation, place: JSONReader.Place)] = []
  private var hasSpans = false
  private var status = AnnotationSet.Status.complete

  init(_ reader: inout JSONReader, _ scheme: Scheme) throws(JSONFault) {
    place = reader.place()
    var parts = self
    try reader.readObject { (key, reader) throws(JSONFault) in try parts.read(key, &reader, scheme) }
    guard !parts.name.isEmpty, parts.hasSpans else {
      throw reader.fault(at: place, expected: "an annotator with “annotator” and “spans”", found: "none")
    }
    self = parts
  }

  private mutating func read(_ key: String, _ reader: inout JSONReader, _ scheme: Scheme) throws(JSONFault) {
    let place = reader.place()
    switch key {
    case "annotator":
      let text = try reader.readString()
      guard Scheme.isPlainName(text) else {
        throw reader.fault(at: place, expected: "an annotator's name", found: "“\(text)”")
      }
      name = text
    case "attributes": attributes = try reader.readSetValues()
    case "relations":
      var found: [(relation: Relation, place: JSONReader.Place)] = []
      try reader.readArray { (reader) throws(JSONFault) in
        let place = reader.place()
        found.append((try reader.readGroupedRelation(scheme, number: found.count + 1), place))
      }
      relations = found
    case "rounds":
      var found: [Int] = []
      try reader.readArray { (reader) throws(JSONFault) in found.append(try reader.readInteger()) }
      rounds = found
    case "scheme":
      var (name, version): (String?, String?) = (nil, nil)
      try reader.readObject { (key, reader) throws(JSONFault) in
        switch key {
        case "name": name = try reader.readString()
        case "version": version = try reader.readString()
        default: try reader.skipValue()
        }
      }
      if let name, name != scheme.name {
        throw reader.fault(at: place, expected: "the scheme “\(scheme.name)” of the plan", found: "“\(name)”")
      }
      self.version = version
    case "seenTo": seenTo = try reader.readInteger()
    case "spans":
      var found: [(span: Annotation, place: JSONReader.Place)] = []
      try reader.readArray { (reader) throws(JSONFault) in
        let place = reader.place()
        found.append((try reader.readGroupedSpan(scheme, number: found.count + 1), place))
      }
      (spans, hasSpans) = (found, true)
    case "status":
      let text = try reader.readString()
      guard let known = AnnotationSet.Status(rawValue: text) else {
        throw reader.fault(at: place, expected: "complete or in-progress", found: "“\(text)”")
      }
      status = known
    default: try reader.skipValue()
    }
  }

  func annotator(
    of document: Document, _ scheme: Scheme, _ reader: JSONReader
  ) throws(JSONFault) -> GroupedAnnotator {
    let length = document.text.count
    let seenTo = seenTo ?? (status == .complete ? length : 0)
    guard 0...length ~= seenTo else {
      throw reader.fault(at: place, expected: "“seenTo” within the text", found: "\(seenTo)")
    }
    var set = AnnotationSet(
      document: document.id, annotator: name, role: name == "gold" ? .gold : .annotator, scheme: scheme,
      schemeVersion: version, textSHA256: "", textLength: length)
    do throws(AnnotationSet.Fault) {
      try set.fill(
        spans: spans.map(\.span), relations: relations.map(\.relation),
        ofDocument: DocumentAnnotation(attributes: attributes), status: status, seenTo: seenTo)
    } catch {
      let place =
        switch error.kind {
        case .span: spans.last { $0.span.id == error.id }?.place
        case .relation: relations.last { $0.relation.id == error.id }?.place
        case .declined, .document: place
        }
      throw reader.fault(
        at: place ?? self.place, expected: "what the scheme “\(scheme.name)” and the text allow",
        found: "\(error.kind) \(error.id), which breaks a rule")
    }
    return GroupedAnnotator(set, rounds: rounds)
  }
}

extension JSONReader {
  fileprivate mutating func readZone(after end: Int) throws(JSONFault) -> Zone {
    let place = place()
    var (kind, from, to): (Zone.Kind?, Int, Int) = (nil, 0, 0)
    try readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "end": to = try reader.readInteger()
      case "kind": kind = Zone.Kind(rawValue: try reader.readString())
      case "start": from = try reader.readInteger()
      default: try reader.skipValue()
      }
    }
    guard let kind, from < to, from >= end else {
      throw fault(at: place, expected: "a zone in reading order, not empty", found: "\(from) to \(to)")
    }
    return Zone(kind, TextRange(from, to))
  }

  /// Reads attributes of which those that are null are not set.
  fileprivate mutating func readSetValues() throws(JSONFault) -> [String: String] {
    var values: [String: String] = [:]
    try readObject { (key, reader) throws(JSONFault) in
      if !reader.readNull() { values[key] = try reader.readString() }
    }
    return values
  }

  fileprivate mutating func readGroupedSpan(_ scheme: Scheme, number: Int) throws(JSONFault) -> Annotation {
    let place = place()
    var (id, label, start, end): (Int, String?, Int?, Int?) = (number, nil, nil, nil)
    var fragments: [TextRange] = []
    var (attributes, origin): ([String: String], [String: String]) = ([:], [:])
    try readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "attributes": attributes = try reader.readSetValues()
      case "end": end = try reader.readInteger()
      case "fragments":
        try reader.readArray { (reader) throws(JSONFault) in fragments.append(try reader.readPlace()) }
      case "id": id = try reader.readInteger()
      case "label": label = scheme.ownName(ofLabel: try reader.readString())
      case "origin": origin = try reader.readSetValues()
      case "start": start = try reader.readInteger()
      default: try reader.skipValue()
      }
    }
    guard let label, let start, let end, let hull = TextRange(checking: start, end), !hull.isEmpty else {
      throw fault(at: place, expected: "a span with “label”, and “start” before “end”", found: "another value")
    }
    let normalised = fragments.isEmpty ? [hull] : Annotation.normalised(fragments)
    guard normalised.first?.start == start, normalised.last?.end == end else {
      throw fault(at: place, expected: "the start and end of its fragments", found: "others")
    }
    return Annotation(
      id: id, label: label, fragments: normalised, attributes: attributes, origin: origin, created: .epoch)
  }

  private mutating func readPlace() throws(JSONFault) -> TextRange {
    let place = place()
    var (start, end) = (0, 0)
    try readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "end": end = try reader.readInteger()
      case "start": start = try reader.readInteger()
      default: try reader.skipValue()
      }
    }
    guard let range = TextRange(checking: start, end), !range.isEmpty else {
      throw fault(at: place, expected: "a fragment whose start is less than its end", found: "\(start) and \(end)")
    }
    return range
  }

  fileprivate mutating func readGroupedRelation(_ scheme: Scheme, number: Int) throws(JSONFault) -> Relation {
    let place = place()
    var (id, type, from, to, text): (Int, String?, Int?, Int?, String) = (number, nil, nil, nil, "")
    try readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "from": from = try reader.readInteger()
      case "id": id = try reader.readInteger()
      case "text": text = reader.readNull() ? "" : try reader.readString()
      case "to": to = reader.readNull() ? nil : try reader.readInteger()
      case "type": type = scheme.ownName(ofRelation: try reader.readString())
      default: try reader.skipValue()
      }
    }
    guard let type, let from else {
      throw fault(at: place, expected: "a relation with “type”, “from” and “to”", found: "another value")
    }
    let target = to.map(Relation.Target.span) ?? .absent(text)
    return Relation(id: id, type: type, from: from, to: target, created: .epoch)
  }
}

extension Timestamp {
  /// The time of what has none.
  fileprivate static let epoch = Timestamp(secondsSince1970: 0)
}

extension Scheme {
  /// The scheme's own name of a label that is called by it or by the one in the files that it came from.
  fileprivate func ownName(ofLabel name: String) -> String {
    label(name) == nil ? labels.first { $0.foreign.original == name }?.name ?? name : name
  }

  fileprivate func ownName(ofRelation name: String) -> String {
    relations.contains { $0.name == name } ? name : relations.first { $0.foreign.original == name }?.name ?? name
  }
}
