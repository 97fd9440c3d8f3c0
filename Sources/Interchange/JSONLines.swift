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
      writer.key("annotator")
      writer.string(set.annotator)
      writer.key("id")
      writer.string(document.id)
      writer.key("relations")
      writer.array { writer in
        for relation in set.relations { write(relation, to: &writer) }
      }
      writer.key("spans")
      writer.array { writer in
        for span in set.inReadingOrder { write(span, set.scheme, document.text, to: &writer) }
      }
      writer.key("text")
      writer.string(document.text.string)
    }
    writer.newline()
    return writer.bytes
  }

  private func write(_ relation: Relation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("from")
      writer.integer(relation.from)
      writer.key("id")
      writer.integer(relation.id)
      var target: Int?
      var words: String?
      switch relation.to {
      case .span(let id): target = id
      case .absent(let text): words = text.isEmpty ? nil : text
      }
      writer.key("text")
      writer.string(words)
      writer.key("to")
      writer.integer(target)
      writer.key("type")
      writer.string(relation.type)
    }
  }

  private func write(_ span: Annotation, _ scheme: Scheme, _ text: DocumentText, to writer: inout JSONWriter) {
    let names = scheme.attributes.map(\.name).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    writer.object { writer in
      writer.key("attributes")
      writer.object { writer in
        for name in names {
          writer.key(name)
          writer.string(span.attributes[name])
        }
      }
      writer.key("end")
      writer.integer(span.hull.end)
      writer.key("fragments")
      writer.array { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.key("end")
            writer.integer(fragment.end)
            writer.key("start")
            writer.integer(fragment.start)
            writer.key("text")
            writer.string(text[fragment])
          }
        }
      }
      writer.key("id")
      writer.integer(span.id)
      writer.key("label")
      writer.string(span.label)
      writer.key("note")
      writer.string(span.note.isEmpty ? nil : span.note)
      writer.key("start")
      writer.integer(span.hull.start)
      writer.key("text")
      writer.string(text[span.hull])
    }
  }
}
