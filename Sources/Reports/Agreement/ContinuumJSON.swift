import Agreement
import Comparison
import JSONText

/// Agreement on continua as JSON.
extension AgreementFigures {
  /// Writes the best alignment of the document in `--explain`.
  func writeAlignment(to writer: inout JSONWriter) {
    guard let (annotators, unitary, best) = alignment else { return }
    writer.object("alignment", .block) { writer in
      writer.strings("annotators", annotators)
      writer.number("cost", best.cost)
      writer.number("disorder", best.disorder)
      writer.string("document", choice.explained)
      writer.array("unitary", .block) { writer in
        for row in unitary {
          writer.object { writer in
            writer.number("cost", row.cost)
            writer.array("spans") { writer in
              for unit in row.units { write(unit, to: &writer) }
            }
          }
        }
      }
    }
  }

  private func write(_ unit: UnitizingStudy.Unit?, to writer: inout JSONWriter) {
    guard let unit else { return writer.null() }
    writer.object { writer in
      writer.integer("end", unit.hull.upperBound)
      writer.string("label", study.labels[unit.label])
      writer.integer("start", unit.hull.lowerBound)
    }
  }

  /// The lengths over which two annotators have each pair of values; nil if no alpha for unitizing is asked for.
  var coincidences: [[Double]]? {
    guard figures.contains(where: { $0.measure == .alphaU && $0.key.label == nil && $0.value != nil }) else {
      return nil
    }
    let labels = study.labels.count
    guard let tally = try? study.unitizingTallies(label: nil).total else { return nil }
    return (0...labels).map { first in (0...labels).map { tally.coincidence(first, $0) } }
  }

  func writeCoincidences(to writer: inout JSONWriter) {
    guard let coincidences else { return }
    writer.object("coincidences", .block) { writer in
      writer.strings("labels", study.labels)
      writer.array("lengths", .block) { writer in
        for row in coincidences {
          writer.array { writer in
            for length in row { writer.number(length) }
          }
        }
      }
    }
  }

  func writeGamma(to writer: inout JSONWriter) {
    let (dissimilarity, drawing) = (choice.gamma.dissimilarity, choice.gamma.drawing)
    writer.object("gamma") { writer in
      writer.number("alpha", dissimilarity.alpha)
      writer.number("beta", dissimilarity.beta)
      writer.number("delta", dissimilarity.deltaEmpty)
      writer.number("precision", drawing.precision)
      writer.string("sampler", samplerName)
      writer.integer("samples", drawing.samples)
      writer.integer("seed", Int(clamping: drawing.seed))
    }
  }
}
