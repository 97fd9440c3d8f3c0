import Foundation
import Interchange
import Standoff

/// A document with what formats fall over: overlapping and discontinuous spans, an emoji, a combining accent, relations.
enum Sample {
  static let text = DocumentText("Ruiz 🎁 denied she “took cafe\u{301} gifts”, a note said.\nNobody asked.\n")

  /// The same annotations on every call.
  static func version() throws -> AnnotatedDocument {
    func label(_ name: String, _ key: String, _ kind: Scheme.Label.Kind) -> Scheme.Label {
      Scheme.Label(name: name, key: key, colour: .red, kind: kind, selects: nil, description: "")
    }
    let scheme = try Scheme(
      name: "s", version: "1.0.0",
      labels: [
        label("source", "s", .source), label("cue", "k", .cue), label("claim", "c", .content),
        label("denial", "d", .content),
      ],
      attributes: [Scheme.Attribute(name: "about", labels: ["claim", "denial"], values: nil, description: "")],
      relations: [
        Scheme.RelationType(name: "denies", from: ["denial"], to: ["claim"], absent: true, description: ""),
        Scheme.RelationType(
          name: "said-by", from: ["claim", "denial"], to: ["source"], absent: false, description: ""),
      ])
    let time = Timestamp(secondsSince1970: 1_795_000_000)
    func span(_ id: Int, _ label: String, _ words: [String], about: String? = nil, note: String = "") -> Annotation {
      let fragments = words.compactMap { words -> TextRange? in
        guard let place = text.string.unicodeScalars.firstRange(of: words.unicodeScalars) else { return nil }
        let start = text.string.unicodeScalars[..<place.lowerBound].count
        return TextRange(start, start + words.unicodeScalars.count)
      }
      return Annotation(
        id: id, label: label, fragments: fragments, attributes: about.map { ["about": $0] } ?? [:], note: note,
        created: time)
    }
    let document = Document(id: "note", text: text, sha256: "", title: "Ruiz denied")
    var set = AnnotationSet(
      document: "note", annotator: "dana", scheme: scheme, textSHA256: "", textLength: text.count)
    try set.fill(
      spans: [
        span(1, "source", ["Ruiz"]), span(2, "cue", ["denied"]),
        span(3, "denial", ["she", "took cafe\u{301}"], about: "gifts", note: "is “she” Ruiz?"),
        span(4, "claim", ["took cafe\u{301} gifts"]), span(5, "source", ["a note"]),
      ],
      relations: [
        Relation(id: 1, type: "said-by", from: 3, to: .span(1), created: time),
        Relation(id: 2, type: "denies", from: 3, to: .span(4), created: time),
        Relation(id: 3, type: "denies", from: 3, to: .absent("that she took any"), created: time),
        Relation(id: 4, type: "said-by", from: 4, to: .span(5), created: time),
      ],
      status: .complete, seenTo: text.count)
    return AnnotatedDocument(document, set)
  }

  /// Every file that a format writes, its name before it, and what it says is lost.
  static func exported(_ format: any Exporter.Type) throws -> String {
    var exporter = format.init()
    let sink = try sink(&exporter)
    let files = sink.files.map { name, bytes in
      (name.isEmpty ? "" : "== \(name)\n") + String(decoding: bytes, as: UTF8.self)
    }
    let losses = sink.losses.map { loss in
      let place = loss.relation.map { "relation \($0)" } ?? "span \(loss.span)"
      return "\(place)\(loss.fragment.map { ", fragment \($0)" } ?? ""): \(loss.reason)"
    }
    return (files + (losses.isEmpty ? [] : ["== lost"]) + losses).joined(separator: "\n")
  }

  /// What is read of the files that a format writes, a line for each span and relation.
  static func readBack<Format: Exporter & Importer>(_ format: Format.Type) throws -> String {
    var exporter = format.init()
    let files = try sink(&exporter).files.filter { format.textPlace != .beside || !$0.name.hasSuffix(".txt") }
    return try files.map { try read(format, $0.bytes) }.joined(separator: "\n")
  }

  /// What is read of a file, a line for each span and relation.
  static func read(_ format: any Importer.Type, _ bytes: [UInt8]) throws -> String {
    try foreign(format, bytes).flatMap { document in
      let document = document.inCodePoints(try document.fittingUnit(nil))
      return ["\(document.name ?? "–") by \(document.annotator ?? "–"), \(document.text.count) code points"]
        + document.spans.map { described($0, in: document.text) }
        + document.relations.map { "\($0.id) \($0.from) \($0.type) \($0.to ?? "“\($0.words)”")" }
        + document.leftOut.map { "left out at byte \($0.byte): \($0.what)" }
    }.joined(separator: "\n")
  }

  /// What is said of a file that cannot be read.
  static func fault(_ format: any Importer.Type, _ text: String) throws -> String {
    do throws(ImportFault) {
      _ = try foreign(format, Array(text.utf8))
      return "no fault"
    } catch {
      return "line \(error.line), column \(error.column): \(error.expected) expected, found \(error.found ?? "the end")"
    }
  }

  /// What is said of what a format writes, with a part of it changed, and where that stands.
  static func fault<Format: Exporter & Importer>(
    _ format: Format.Type, writing new: String, for old: String
  ) throws -> String {
    var exporter = format.init()
    let files = try sink(&exporter).files.filter { format.textPlace != .beside || !$0.name.hasSuffix(".txt") }
    let text = String(decoding: files[0].bytes, as: UTF8.self)
    guard let place = text.firstRange(of: old) else { return "nothing to change" }
    let before = text[..<place.lowerBound].unicodeScalars
    let column = before.reversed().prefix { $0 != "\n" }.count + 1
    return "changed at line \(before.count { $0 == "\n" } + 1), column \(column)\n"
      + (try fault(format, text.replacingCharacters(in: place, with: new)))
  }

  private static func sink(_ exporter: inout some Exporter) throws -> ExportSink {
    var sink = ExportSink()
    exporter.add(try version(), to: &sink)
    exporter.finish(&sink)
    return sink
  }

  private static func foreign(
    _ format: any Importer.Type, _ bytes: [UInt8]
  ) throws(ImportFault) -> [ForeignDocument] {
    guard format.piece == .line else { return try format.read(bytes, texts: { _ in text }) }
    var documents: [ForeignDocument] = []
    for (number, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() where !line.isEmpty
    {
      do throws(ImportFault) { documents += try format.read(Array(line), texts: { _ in text }) } catch {
        throw error.moved(down: number)
      }
    }
    return documents
  }

  private static func described(_ span: ForeignSpan, in text: DocumentText) -> String {
    let fragments = span.fragments.map { "\($0.start)–\($0.end) ‹\(text[TextRange($0.start, $0.end)])›" }
    let attributes = span.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return "\(span.id) \(span.label.isEmpty ? "–" : span.label) \(fragments.joined(separator: " + "))\(attributes)"
      + (span.note.isEmpty ? "" : " (\(span.note))")
  }
}
