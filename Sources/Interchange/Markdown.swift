import Standoff

/// Markdown for readers: the text with each fragment in brackets, its label and number after it. Written only.
public struct Markdown: Exporter {
  public static let name = "markdown"
  public static let offsetUnit = "none: spans stand in the text"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    let (set, document) = (version.set, version.document)
    var markdown = "# \(Self.escaped(document.title))\n\n\(set.annotator), \(set.scheme.name) \(set.schemeVersion)\n\n"
    var text = ""
    var at = 0
    for mark in Self.marks(set) {
      text += Self.escaped(document.text[TextRange(at, mark.offset)]) + mark.text
      at = mark.offset
    }
    text += Self.escaped(document.text[TextRange(at, document.text.count)])
    markdown += Self.paragraphs(text) + "\n"
    let said = set.inReadingOrder.filter { span in
      !span.attributes.isEmpty || !span.note.isEmpty || set.relations.contains { $0.from == span.id }
    }
    for span in said {
      markdown += "\n- \(Self.escaped(span.label)) \(span.id)"
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
        markdown += ", \(Self.escaped(name)): \(Self.escaped(value))"
      }
      for relation in set.relations where relation.from == span.id {
        switch relation.to {
        case .span(let id): markdown += ", \(Self.escaped(relation.type)) \(id)"
        case .absent(let words): markdown += ", \(Self.escaped(relation.type)) – \(Self.escaped(words))"
        }
      }
      if !span.note.isEmpty { markdown += " (\(Self.escaped(span.note)))" }
    }
    if !said.isEmpty { markdown += "\n" }
    sink.write(Array(markdown.utf8), to: "\(set.annotator)/\(document.id).md")
  }

  /// Inner marks inside outer ones: of those that open at one place the longest first, that close the shortest.
  private static func marks(_ set: AnnotationSet) -> [(offset: Int, text: String)] {
    var marks: [(offset: Int, order: (Int, Int), text: String)] = []
    for piece in set.pieces {
      let number = piece.span.isDiscontinuous ? "\(piece.span.id), \(piece.number)" : "\(piece.span.id)"
      marks.append((piece.range.start, (1, -piece.range.end), "⟦"))
      marks.append((piece.range.end, (0, -piece.range.start), "⟧<sup>\(escaped(piece.span.label)) \(number)</sup>"))
    }
    return marks.enumerated().sorted { a, b in
      (a.element.offset, a.element.order.0, a.element.order.1, a.offset)
        < (b.element.offset, b.element.order.0, b.element.order.1, b.offset)
    }.map { ($0.element.offset, $0.element.text) }
  }

  /// A line of the text is a paragraph.
  private static func paragraphs(_ text: String) -> String {
    text.split(omittingEmptySubsequences: true) { $0.isNewline }.joined(separator: "\n\n")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" || !(scalar.properties.generalCategory == .control) {
        if scalar.isASCII, "\\`*_{}[]()#+-.!|<>~&".unicodeScalars.contains(scalar) { escaped += "\\" }
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
