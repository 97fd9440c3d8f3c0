import Standoff
import JSONText

/// A comma-separated table of spans, one a line, for spreadsheets and data frames. Written only.
///
/// Offsets are code points; attributes and relations are JSON in a cell. Cells are quoted as in RFC 4180. A cell that a
/// spreadsheet would run as a formula begins with an apostrophe, which is reported as ``Loss/Reason/formula``.
public struct CommaTable: Exporter {
  public static let name = "csv"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.file("csv")
  public static let carriesDocumentAttributes = true

  private var isBegun = false

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    if !isBegun { Self.write(SpanTable.header(version.set.scheme), to: &sink) }
    isBegun = true
    for (span, row) in SpanTable.rows(of: version) {
      if row.contains(where: Self.isFormula) { sink.lose(span, of: version, .formula) }
      Self.write(row.map { Self.isFormula($0) ? "'\($0)" : $0 }, to: &sink)
    }
  }

  private static func write(_ row: [String], to sink: inout ExportSink) {
    sink.write(Array((row.map(quoted).joined(separator: ",") + "\r\n").utf8))
  }

  /// Whether a spreadsheet takes a cell for a formula, as OWASP lists them.
  private static func isFormula(_ cell: String) -> Bool {
    cell.unicodeScalars.first.map { ["=", "+", "-", "@", "\t", "\r"].contains($0) } ?? false
  }

  private static func quoted(_ cell: String) -> String {
    let isPlain = cell.unicodeScalars.allSatisfy { $0 != "," && $0 != "\"" && $0 != "\n" && $0 != "\r" }
    if isPlain { return cell }
    let doubled = cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"\(doubled.joined())\""
  }
}

/// A tab-separated table of spans, one a line, with the columns of ``CommaTable``. Written only.
///
/// Tabs, line breaks and backslashes in a cell are written as `\t`, `\n`, `\r` and `\\`.
public struct TabTable: Exporter {
  public static let name = "tsv"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.file("tsv")
  public static let carriesDocumentAttributes = true

  private var isBegun = false

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let rows = (isBegun ? [] : [SpanTable.header(version.set.scheme)]) + SpanTable.rows(of: version).map(\.cells)
    isBegun = true
    for row in rows { sink.write(Array((row.map(TextLines.escaped).joined(separator: "\t") + "\n").utf8)) }
  }
}

/// The header and rows of both tables.
private enum SpanTable {
  /// The columns; those for attributes of documents come last, if the scheme has some.
  static func header(_ scheme: Scheme) -> [String] {
    [
      "document", "annotator", "id", "label", "start", "end", "text", "fragments", "attributes", "note", "relations",
    ] + scheme.documentAttributes.map { "document:\($0.name)" }
  }

  static func rows(of version: AnnotatedDocument) -> [(span: Int, cells: [String])] {
    let (set, text) = (version.set, version.document.text)
    return set.inReadingOrder.map { span in
      var attributes = JSONWriter()
      attributes.map(span.attributes)
      var relations = JSONWriter()
      relations.array { writer in
        for relation in set.relations where relation.from == span.id {
          writer.object { writer in
            switch relation.to {
            case .span(let id): writer.integer("to", id)
            case .absent(let words): writer.string("text", words)
            }
            writer.string("type", version.relation(relation.type))
          }
        }
      }
      let cells =
        [
          version.document.id, set.annotator, "\(span.id)", version.label(span.label), "\(span.hull.start)",
          "\(span.hull.end)",
          text[span.hull], span.fragments.map(\.description).joined(separator: "+"), attributes.text, span.note,
          relations.text,
        ] + set.scheme.documentAttributes.map { set.ofDocument.attributes[$0.name] ?? "" }
      return (span.id, cells)
    }
  }
}
