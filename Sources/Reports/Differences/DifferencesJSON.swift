import Comparison
import JSONText
import Standoff

/// Disagreements as JSON.
extension Differences {
  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("disagreements", .block) { writer in
        for part in parts {
          for disagreement in part.shown { part.write(disagreement, to: &writer) }
        }
      }
      writer.array("documents", .block) { writer in
        for part in parts {
          writer.object { writer in
            writer.strings("annotators", part.annotators)
            if !part.ofDocument.isEmpty {
              writer.array("attributes") { writer in
                for attribute in part.ofDocument {
                  writer.object { writer in
                    writer.string("name", attribute.name)
                    writer.array("values") { writer in
                      for (annotator, value) in zip(part.annotators, attribute.values) {
                        writer.object { writer in
                          writer.string("annotator", annotator)
                          writer.string("value", value)
                        }
                      }
                    }
                  }
                }
              }
            }
            writer.integer("disagreements", part.all.count)
            writer.key("exact")
            writer.boolean(part.alignment.isExact)
            writer.string("id", part.document.id)
          }
        }
      }
      let (remedies, now) = Remedy.remedies(parts)
      writer.number("f1", now.f1)
      writeHabits(to: &writer)
      writer.array("omitted", .block) { writer in
        for omission in omissions {
          writer.object { writer in
            writer.string("annotator", omission.annotator)
            writer.string("document", omission.document)
            writer.string("reason", omission.reason)
          }
        }
      }
      writer.array("remedies", .block) { writer in
        for remedy in remedies {
          writer.object { writer in
            if let attribute = remedy.attribute { writer.string("attribute", attribute) }
            writer.number("f1", remedy.settled)
            writer.string("kind", remedy.kind.rawValue)
            writer.string("label", remedy.label)
            writer.integer("places", remedy.count)
          }
        }
      }
    }
  }
}

extension DocumentDifferences {
  fileprivate func write(_ disagreement: Disagreement, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.array("annotators") { writer in
        for (layer, spans) in disagreement.spans.spans.enumerated() {
          guard let spans else { continue }
          writer.object { writer in
            writer.string("annotator", alignment.layers[layer].annotator)
            writer.array("spans") { writer in
              for span in spans { write(span, to: &writer) }
            }
          }
        }
      }
      writer.array("attributes") { writer in
        for attribute in disagreement.attributes { write(attribute, to: &writer) }
      }
      writer.string("document", document.id)
      writer.integer("end", disagreement.spans.hull.end)
      writer.integer("endWords", disagreement.endWords)
      writer.key("gapsDiffer")
      writer.boolean(disagreement.isOtherwiseInside)
      writer.strings("kinds", disagreement.kinds.map(\.rawValue))
      writer.strings("labels", disagreement.spans.labels)
      writer.array("relations") { writer in
        for tie in disagreement.ties { write(tie, to: &writer) }
      }
      writer.integer("sentence", (document.sentences.index(at: disagreement.spans.hull.start) ?? 0) + 1)
      writer.integer("start", disagreement.spans.hull.start)
      writer.integer("startWords", disagreement.startWords)
      writer.string("text", document.text[disagreement.spans.hull])
    }
  }

  private func write(_ span: Annotation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.map("attributes", span.attributes)
      writer.integer("end", span.hull.end)
      writer.array("fragments") { writer in
        for fragment in span.fragments {
          writer.object { writer in
            writer.integer("end", fragment.end)
            writer.integer("start", fragment.start)
            writer.string("text", document.text[fragment])
          }
        }
      }
      writer.integer("id", span.id)
      writer.string("label", span.label)
      writer.integer("start", span.hull.start)
    }
  }

  private func write(_ attribute: Disagreement.Attribute, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("name", attribute.name)
      writer.array("values") { writer in
        for (layer, value) in attribute.values.enumerated() {
          guard let value else { continue }
          writer.object { writer in
            writer.string("annotator", alignment.layers[layer].annotator)
            if case .values(let values) = value {
              writer.strings("values", values)
            } else {
              writer.strings("values", [])
            }
          }
        }
      }
    }
  }

  private func write(_ tie: Disagreement.Tie, to writer: inout JSONWriter) {
    func names(_ drawn: Bool) -> [String] {
      tie.drawn.indices.filter { tie.drawn[$0] == drawn }.map { alignment.layers[$0].annotator }
    }
    writer.object { writer in
      writer.strings("drawnBy", names(true))
      writer.strings("notDrawnBy", names(false))
      writer.key("to")
      switch tie.target {
      case .absent: writer.null()
      case .group(let place):
        let hull = alignment.groups[place].hull
        writer.object { writer in
          writer.integer("end", hull.end)
          writer.strings("labels", alignment.groups[place].labels)
          writer.integer("start", hull.start)
        }
      }
      writer.string("type", tie.type)
    }
  }
}
