import JSONText
public import Standoff

/// Citron JSON: quotes with their sources, cue and contents; one file for each document.
///
/// Offsets are code points. A quote is a span of a content label with the source and cue spans that its relations lead
/// to; its fragments are the contents. Not carried: spans of no quote, gaps in sources and cues, other relations,
/// attributes, notes.
///
/// A quote without contents is refused.
///
/// Source: *Citron*, BBC Research and Development.
public struct Citron: Exporter, Importer {
  public static let name = "citron"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["json"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let (set, text) = (version.set, version.document.text)
    sink.lose(all: [.attribute, .note], of: version)
    func kind(_ span: Annotation) -> Scheme.Label.Kind { set.scheme.label(span.label)?.kind ?? .other }
    var held: Set<Int> = []
    var kept: Set<Int> = []
    var quotes: [(span: Annotation, sources: [Annotation], cue: Annotation?)] = []
    for span in set.inReadingOrder where kind(span) == .content {
      held.insert(span.id)
      var (sources, cue): ([Annotation], Annotation?) = ([], nil)
      for relation in set.relations where relation.from == span.id {
        guard case .span(let id) = relation.to, let target = set.span(id) else { continue }
        if kind(target) == .source {
          sources.append(target)
        } else if kind(target) == .cue, cue == nil {
          cue = target
        } else {
          continue
        }
        held.insert(id)
        kept.insert(relation.id)
      }
      quotes.append((span, sources, cue))
    }
    for span in set.spans where !held.contains(span.id) { sink.lose(span.id, of: version, .loneSpan) }
    for relation in set.relations where !kept.contains(relation.id) { sink.lose(relation, of: version) }
    for id in Set(quotes.flatMap { $0.sources + ($0.cue.map { [$0] } ?? []) }.filter(\.isDiscontinuous).map(\.id))
      .sorted()
    {
      sink.lose(id, of: version, .hull)
    }
    func place(_ range: TextRange, _ writer: inout JSONWriter) {
      writer.object { writer in
        writer.integer("end", range.end)
        writer.integer("start", range.start)
        writer.string("text", text[range])
      }
    }
    var writer = JSONWriter()
    writer.object(.block) { writer in
      writer.array("quotes", .block) { writer in
        for quote in quotes {
          writer.object { writer in
            writer.array("contents") { writer in for part in quote.span.fragments { place(part, &writer) } }
            writer.key("cue")
            if let cue = quote.cue { place(cue.hull, &writer) } else { writer.null() }
            writer.string("id", "q\(quote.span.id)")
            writer.string("label", version.label(quote.span.label))
            writer.array("sources") { writer in for source in quote.sources { place(source.hull, &writer) } }
          }
        }
      }
      writer.string("text", text.string)
    }
    writer.newline()
    sink.write(writer.bytes, to: "\(set.annotator)/\(version.document.id).json")
  }

  /// Reads quotes: sources and cues become spans `source` and `cue`, contents a span of the quote's label or else
  /// `content`.
  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    try JSONPiece.readEach(bytes) { (node, reader) throws(JSONFault) in
      var document = ForeignDocument(
        name: node["name"]?.string, text: DocumentText(try reader.string("text", of: node)))
      _ = try reader.member("quotes", of: node)
      var seen: [String: String] = [:]
      for (index, quote) in try reader.elements("quotes", of: node).enumerated() {
        let id = quote["id"]?.text ?? "q\(index + 1)"
        let contents = try reader.elements("contents", of: quote)
        var span = try span(id, quote["label"]?.string ?? "content", contents, reader, quote)
        document.spans.append(span)
        func relate(_ part: JSONNode, _ label: String, _ type: String) throws(JSONFault) {
          span = try Self.span("\(label)@\(part.place.byte)", label, [part], reader, part)
          let key = "\(label) \(span.fragments)"
          // Two quotes may share a source, which is one span.
          if seen[key] == nil {
            seen[key] = span.id
            document.spans.append(span)
          }
          document.relations.append(
            ForeignRelation(
              "\(document.relations.count + 1)", type, from: id, to: seen[key] ?? span.id, byte: part.place.byte))
        }
        for source in try reader.elements("sources", of: quote) { try relate(source, "source", "said-by") }
        if let cue = quote["cue"], !cue.isNull { try relate(cue, "cue", "cued-by") }
      }
      for group in node["coreference_groups"]?.elements ?? [] { try readGroup(group, reader, &seen, &document) }
      return [document]
    }
  }

  /// Words for one person: each is a source, and each after the first is related to the one before.
  private static func readGroup(
    _ group: JSONNode, _ reader: JSONReader, _ seen: inout [String: String], _ document: inout ForeignDocument
  ) throws(JSONFault) {
    var last: String?
    for mention in group.elements ?? group["mentions"]?.elements ?? [] {
      guard mention["start"]?.integer != nil else {
        document.leftOut.append((mention.place.byte, "words for one person that have no place"))
        continue
      }
      let span = try span("source@\(mention.place.byte)", "source", [mention], reader, mention)
      let key = "source \(span.fragments)"
      if seen[key] == nil {
        seen[key] = span.id
        document.spans.append(span)
      }
      let id = seen[key] ?? span.id
      if let last, last != id {
        document.relations.append(
          ForeignRelation("\(document.relations.count + 1)", "same-as", from: id, to: last, byte: mention.place.byte))
      }
      last = id
    }
  }

  private static func span(
    _ id: String, _ label: String, _ parts: [JSONNode], _ reader: JSONReader, _ whole: JSONNode
  ) throws(JSONFault) -> ForeignSpan {
    var fragments: [(start: Int, end: Int)] = []
    var words: [String] = []
    for part in parts {
      fragments.append((try reader.integer("start", of: part), try reader.integer("end", of: part)))
      if let text = part["text"]?.string { words.append(text) }
    }
    if fragments.isEmpty { throw reader.fault(at: whole.place, expected: "contents", found: "none") }
    var span = ForeignSpan(id, label, fragments, byte: whole.place.byte)
    if words.count == fragments.count { span.words = .each(words) }
    return span
  }
}
