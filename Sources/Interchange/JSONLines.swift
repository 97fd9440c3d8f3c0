import JSONText
public import Standoff

/// JSON lines as Hugging Face `datasets` loads them: one object a document, fixed keys, lists of structs.
///
/// Every key stands in every line, null where there is no value, so that the columns have one type each. Offsets are
/// code points, which is what Python slices by.
public struct JSONLines: Exporter {
  public static let name = "jsonl"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"

  public init() {}

  public func export(_ set: AnnotationSet, of document: Document) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("annotator", set.annotator)
      writer.string("id", document.id)
      writer.array("relations") { writer in
        for relation in set.relations { write(relation, to: &writer) }
      }
      writer.array("spans") { writer in
        for span in set.inReadingOrder { write(span, set.scheme, document.text, to: &writer) }
      }
      writer.string("text", document.text.string)
    }
    writer.newline()
    return writer.bytes
  }

  private func write(_ relation: Relation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.integer("from", relation.from)
      writer.integer("id", relation.id)
      var target: Int?
      var words: String?
      switch relation.to {
      case .span(let id): target = id
      case .absent(let text): words = text.isEmpty ? nil : text
      }
      writer.string("text", words)
      writer.integer("to", target)
      writer.string("type", relation.type)
    }
  }

  private func write(_ span: Annotation, _ scheme: Scheme, _ text: DocumentText, to writer: inout JSONWriter) {
    let names = scheme.attributes.map(\.name).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    writer.object { writer in
      writer.object("attributes") { writer in
        for name in names {
          writer.string(name, span.attributes[name])
        }
      }
      writer.integer("end", span.hull.end)
      writer.array("fragments") { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.integer("end", fragment.end)
            writer.integer("start", fragment.start)
            writer.string("text", text[fragment])
          }
        }
      }
      writer.integer("id", span.id)
      writer.string("label", span.label)
      writer.string("note", span.note.isEmpty ? nil : span.note)
      writer.integer("start", span.hull.start)
      writer.string("text", text[span.hull])
    }
  }
}
