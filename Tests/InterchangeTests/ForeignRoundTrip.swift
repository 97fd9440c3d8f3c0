import Interchange
import Standoff

/// A foreign file, taken over and written again in its own format or another.
struct ForeignRoundTrip {
  /// The text beside the file, or that of the document that is there.
  var text: String?
  var choices = ImportChoices()
  var exporter: (any Exporter)?

  /// The choice of a column of tags.
  static func reading(tag: Int) -> ImportChoices {
    var choices = ImportChoices()
    choices.tagColumns = [tag]
    return choices
  }

  /// What was left out, what the names here are, and every file that is written.
  func report(_ format: any Importer.Type, _ file: String) throws -> String {
    let source = text.map { DocumentText($0) }
    var lines: [String] = []
    let pieces = format.piece == .line ? file.split(separator: "\n").map(String.init) : [file]
    for piece in pieces {
      let documents: [ForeignDocument]
      do throws(ImportFault) {
        documents = try format.read(Array(piece.utf8), texts: { _ in source }, choices: choices)
      } catch {
        lines.append("line \(error.line): \(error.expected) expected, found \(error.found ?? "nothing")")
        continue
      }
      for document in documents { lines += try self.lines(document, format) }
    }
    return lines.joined(separator: "\n")
  }

  private func lines(_ foreign: ForeignDocument, _ format: any Importer.Type) throws -> [String] {
    var vocabulary = Vocabulary()
    vocabulary.add(foreign)
    guard !vocabulary.labels.isEmpty else {
      return foreign.leftOut.map { "left out: \($0.what)" } + ["no spans"]
    }
    var document = foreign.inCodePoints(try foreign.fittingUnit(nil))
    let (scheme, names) = try vocabulary.scheme(named: "s", after: nil)
    names.rename(&document)
    let described = Document(
      id: foreign.name ?? "doc", text: document.text, sha256: "", title: String(document.text.string.prefix(5)))
    let (set, leftOut) = try document.annotations(
      by: foreign.annotator ?? "ana", on: described, scheme: scheme, format: "x",
      at: Timestamp(secondsSince1970: 1_795_000_000))
    var exporter = exporter ?? Formats.exporter(format.name)
    var sink = ExportSink()
    exporter?.add(AnnotatedDocument(described, set, tokens: document.tokens), to: &sink)
    exporter?.finish(&sink)
    return leftOut.map { "left out: \($0.what)" }
      + names.changed.sorted { $0.key < $1.key }.map { "“\($0.key)” is \($0.value)" }
      + spans(of: set, described)
      + sink.losses.map { "lost: span \($0.span) \($0.reason)" }
      + sink.files.filter { !$0.name.hasSuffix(".txt") && !$0.name.hasSuffix("TypeSystem.xml") }.flatMap { file in
        ["== \(file.name)"] + String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      }
  }

  private func spans(of set: AnnotationSet, _ document: Document) -> [String] {
    set.inReadingOrder.map { span in
      let words = span.fragments.map { document.text[$0] }.joined(separator: " + ")
      let attributes = span.attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      return "\(span.id) \(span.label) ‹\(words)›\(attributes)\(span.note.isEmpty ? "" : " (\(span.note))")"
    }
      + set.relations.map { relation in
        if case .span(let id) = relation.to { "\(relation.from) \(relation.type) \(id)" } else { "\(relation.type)" }
      }
  }
}
