import Standoff

/// What BioC files hold, apart from their syntax.
///
/// A span is an annotation whose infon `type` is the label; the other infons are attributes. A relation has two nodes,
/// whose roles the scheme keeps.
///
/// Source: Comeau et al., “BioC: a minimalist approach to interoperability for biomedical text processing”, *Database*
/// (2013).
struct BioC {
  typealias Infons = [(key: String, value: String)]

  struct BioCText {
    var id = ""
    var infons: Infons = []
    var passages: [BioCPassage] = []
    var relations: [BioCRelation] = []
    var byte = 0
  }

  /// A passage, or a sentence of one.
  struct BioCPassage {
    var offset = 0
    var infons: Infons = []
    var text: String?
    var sentences: [BioCPassage] = []
    var annotations: [BioCAnnotation] = []
    var relations: [BioCRelation] = []
    var byte = 0
  }

  struct BioCAnnotation {
    var id = ""
    var infons: Infons = []
    var text: String?
    var locations: [(offset: Int, length: Int)] = []
    var byte = 0
  }

  struct BioCRelation {
    var id = ""
    var infons: Infons = []
    var nodes: [(id: String, role: String)] = []
    var byte = 0
  }

  private static let type = "type"
  /// The feature of labels for annotations without a type.
  private static let untyped = "untyped"
  private static let note = "note"
  private static let annotator = "annotator"

  // MARK: out

  /// The document with one passage; what BioC cannot hold is a loss.
  static func document(_ version: AnnotatedDocument, _ sink: inout ExportSink) -> BioCText {
    sink.lose(all: [.absentTarget], of: version)
    sink.lose(renamed: [type, note], of: version)
    let (set, text) = (version.set, version.document.text)
    var document = BioCText(id: version.document.id, infons: [(annotator, set.annotator)])
    document.infons += set.ofDocument.attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    var passage = BioCPassage(text: text.string)
    for span in set.inReadingOrder {
      let isTyped = set.scheme.label(span.label)?.foreign.feature != untyped
      var infons: Infons = isTyped ? [(type, version.label(span.label))] : []
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
        let name = version.attribute(name)
        infons.append((name == type || name == note ? name + "_" : name, value))
      }
      if !span.note.isEmpty { infons.append((note, span.note)) }
      passage.annotations.append(
        BioCAnnotation(
          id: "T\(span.id)", infons: infons, text: span.fragments.map { text[$0] }.joined(separator: " "),
          locations: span.fragments.map { ($0.start, $0.count) }))
    }
    for relation in set.relations {
      guard case .span(let target) = relation.to else { continue }
      let roles = (set.scheme.relation(relation.type)?.foreign.feature ?? "|").split(
        separator: "|", omittingEmptySubsequences: false
      ).map(String.init)
      passage.relations.append(
        BioCRelation(
          id: "R\(relation.id)", infons: [(type, version.relation(relation.type))],
          nodes: [("T\(relation.from)", roles[0]), ("T\(target)", roles.count > 1 ? roles[1] : "")]))
    }
    document.passages = [passage]
    return document
  }

  // MARK: in

  /// A text of the document, with the offset of its beginning in the file's unit and in code points.
  private struct Part {
    let passage: BioCPassage
    let text: DocumentText
    let start: Int
  }

  static func foreign(_ document: BioCText) -> ForeignDocument {
    let parts = parts(of: document)
    let whole = parts.reduce(into: (text: "", count: 0)) { whole, part in
      if part.start > whole.count {
        whole.text += "\n" + String(repeating: " ", count: part.start - whole.count - 1)
        whole.count = part.start
      }
      whole.text += part.text.string
      whole.count += part.text.count
    }
    var found = ForeignDocument(
      name: document.id.isEmpty ? nil : document.id, annotator: document.infons.first { $0.key == annotator }?.value,
      text: DocumentText(whole.text), unit: .codePoint)
    for (key, value) in document.infons where key != annotator { found.attributes.append((key, value, document.byte)) }
    if parts.count > 1 {
      found.leftOut.append((document.byte, "the borders of \(parts.count) passages or sentences"))
    }
    for part in parts where !part.passage.infons.isEmpty {
      let infons = part.passage.infons.map { "\($0.key) “\($0.value)”" }.joined(separator: ", ")
      found.leftOut.append((part.passage.byte, "what is said of a passage: \(infons)"))
    }
    let counting = counting(of: parts)
    if counting.isOfPassage {
      found.leftOut.append((document.byte, "that offsets are counted from the beginning of each passage or sentence"))
    }
    for part in parts { add(part, counting, to: &found) }
    let known = Set(found.spans.map(\.id))
    let relations =
      document.relations + document.passages.flatMap { $0.relations + $0.sentences.flatMap(\.relations) }
    for relation in relations { add(relation, known, to: &found) }
    return found
  }

  /// The passages with a text, else their sentences, each behind the one before.
  private static func parts(of document: BioCText) -> [Part] {
    var parts: [Part] = []
    var end = 0
    for passage in document.passages {
      let isWhole = !(passage.text ?? "").isEmpty || passage.sentences.isEmpty
      let said = isWhole ? passage.sentences.flatMap(\.infons) : passage.infons
      let pieces = isWhole ? [passage] : passage.sentences
      for piece in pieces {
        let text = DocumentText(piece.text ?? "")
        // Offsets in another unit than code points are further on; what stands before overlaps nothing.
        let start = parts.isEmpty ? max(0, piece.offset) : max(piece.offset, end)
        let near = start - end > 10_000 ? end + 1 : start
        var owner = piece
        // The sentences of a passage with a text of its own add their annotations to it.
        if piece.byte == pieces[0].byte { owner.infons += said }
        if isWhole { owner.annotations += passage.sentences.flatMap(\.annotations) }
        if !isWhole, piece.byte == pieces[0].byte { owner.annotations += passage.annotations }
        parts.append(Part(passage: owner, text: text, start: parts.isEmpty ? min(near, 10_000) : near))
        end = parts[parts.count - 1].start + text.count
      }
    }
    return parts
  }

  /// How offsets are counted: in which unit, and from the beginning of the document or of the passage.
  private struct Counting {
    let unit: OffsetUnit
    let isOfPassage: Bool
  }

  private static func ranges(
    _ annotation: BioCAnnotation, in part: Part, _ scale: OffsetScale, _ counting: Counting
  ) -> [TextRange]? {
    var ranges: [TextRange] = []
    for location in annotation.locations {
      let start = location.offset - (counting.isOfPassage ? 0 : part.passage.offset)
      guard let range = scale.range(start, start + location.length) else { return nil }
      ranges.append(range)
    }
    return ranges
  }

  /// The first way of counting in which every annotation covers its words.
  private static func counting(of parts: [Part]) -> Counting {
    let units: [OffsetUnit] = [.codePoint, .utf16, .utf8]
    let all = [false, true].flatMap { isOfPassage in units.map { Counting(unit: $0, isOfPassage: isOfPassage) } }
    return all.first { counting in
      parts.allSatisfy { part in
        let scale = OffsetScale(counting.unit, of: part.text)
        return part.passage.annotations.allSatisfy { annotation in
          guard let ranges = ranges(annotation, in: part, scale, counting) else { return false }
          let words = ranges.map { part.text[$0] }.joined(separator: " ")
          return annotation.text.map { Self.plain($0) == Self.plain(words) } ?? !counting.isOfPassage
        }
      }
    } ?? all[0]
  }

  private static func plain(_ words: String) -> String { words.split { $0.isWhitespace }.joined(separator: " ") }

  private static func add(_ part: Part, _ counting: Counting, to found: inout ForeignDocument) {
    let scale = OffsetScale(counting.unit, of: part.text)
    for annotation in part.passage.annotations {
      // Offsets that fit nowhere stay as they are, so that the caller sees the misfit.
      let fragments =
        ranges(annotation, in: part, scale, counting)?.map { (start: $0.start + part.start, end: $0.end + part.start) }
        ?? annotation.locations.map { (start: $0.offset, end: $0.offset + $0.length) }
      let label = annotation.infons.first { $0.key == type }?.value ?? ""
      var span = ForeignSpan(annotation.id, label.isEmpty ? "annotation" : label, fragments, byte: annotation.byte)
      if let text = annotation.text { span.words = .joined(text) }
      if label.isEmpty { span.feature = untyped }
      for (key, value) in annotation.infons where key != type && !value.isEmpty {
        if key == note {
          span.note = span.note.joined(value)
        } else if let first = span.attributes[key] {
          found.leftOut.append((annotation.byte, "a second value of “\(key)”, after “\(first)”"))
        } else {
          span.attributes[key] = value
        }
      }
      if fragments.isEmpty {
        found.leftOut.append((annotation.byte, "the annotation \(annotation.id), which has no location"))
      } else {
        found.spans.append(span)
      }
    }
  }

  private static func add(_ relation: BioCRelation, _ known: Set<String>, to found: inout ForeignDocument) {
    let name = relation.infons.first { $0.key == type }?.value ?? "relation"
    guard relation.nodes.count > 1, relation.nodes.allSatisfy({ known.contains($0.id) }) else {
      found.leftOut.append(
        (relation.byte, "the relation \(relation.id) of the nodes \(relation.nodes.map(\.id).joined(separator: ", "))"))
      return
    }
    if relation.nodes.count > 2 {
      found.leftOut.append((relation.byte, "that \(relation.id) is one relation of \(relation.nodes.count) nodes"))
    }
    for node in relation.nodes.dropFirst() {
      var pair = ForeignRelation(
        relation.id, name, from: relation.nodes[0].id, to: node.id, byte: relation.byte)
      let roles = "\(relation.nodes[0].role)|\(node.role)"
      pair.feature = roles == "|" ? nil : roles
      found.relations.append(pair)
    }
    for (key, value) in relation.infons where key != type && !value.isEmpty {
      found.leftOut.append((relation.byte, "“\(key)” of the relation \(relation.id): “\(value)”"))
    }
  }
}
