import Agreement
import Comparison
import JSONText
import Standoff

/// Agreement as JSON and CSV.
extension AgreementFigures {
  package var json: [UInt8] { JSONWriter.document { writeKeys(to: &$0) } }

  /// Writes the object of ``json`` as part of another text.
  func write(to writer: inout JSONWriter) { writer.object(.block) { writeKeys(to: &$0) } }

  private func writeKeys(to writer: inout JSONWriter) {
    writeAlignment(to: &writer)
    writer.strings("annotators", study.annotators)
    if let bootstrap = choice.bootstrap {
      writer.object("bootstrap") { writer in
        writer.number("confidence", bootstrap.confidence)
        writer.string("resampled", resampled)
        writer.integer("resamples", bootstrap.resamples)
        if study.isOfSums { writer.string("weights", "poisson") }
      }
    }
    writeCoincidences(to: &writer)
    writer.object("confusion", .block) { writer in
      let names = study.labels + [""]
      writer.array("counts", .block) { writer in
        for row in names.indices {
          writer.array { writer in
            for column in names.indices { writer.integer(study.confusion[row * names.count + column]) }
          }
        }
      }
      writer.strings("labels", study.labels)
    }
    writer.array("disagreements", .block) { writer in
      for source in sources.prefix(3) { write(source, to: &writer) }
    }
    if study.isOfSums { writer.integer("documentCount", study.documentCount) }
    writer.strings("documents", study.documents)
    writer.array("figures", .block) { writer in
      for figure in figures { write(figure, to: &writer) }
    }
    writeImplied(to: &writer)
    if let unit = influenceUnit {
      writer.object("influence", .block) { writer in
        write("annotators", annotatorInfluence, to: &writer)
        write("documents", documentInfluence, to: &writer)
        writer.string("unit", unit)
      }
    }
    writer.object("omitted") { writer in
      writer.integer("documents", study.documentsLeftOut)
      writer.array("files") { writer in
        for omission in study.omissions {
          writer.object { writer in
            writer.string("annotator", omission.annotator)
            writer.string("document", omission.document)
            writer.string("reason", omission.reason)
          }
        }
      }
      if study.refused > 0 { writer.integer("refused", study.refused) }
      if study.isOfSums {
        writer.array("summed") { writer in
          for (annotator, reason, count) in study.omitted {
            writer.object { writer in
              writer.string("annotator", annotator)
              writer.integer("documents", count)
              writer.string("reason", reason)
            }
          }
        }
      }
    }
    if let search = choice.sampleSize {
      writer.array("sampleSizes", .block) { writer in
        for size in sizes {
          writer.object { writer in
            writer.integer("documents", (try? size.documents.get()) ?? nil)
            writer.string("label", size.key.label)
            writer.string("measure", size.key.measure.rawValue)
            if let overlap = size.key.overlap { writer.number("overlap", overlap) }
            writer.string("unit", size.key.unit)
            writer.number("width", search.width)
          }
        }
      }
    }
    if let bootstrap = choice.bootstrap { writer.integer("seed", Int(clamping: bootstrap.seed)) }
    writer.integer("segmentation", Segmentation.version)
    writer.object("settings") { writer in
      if figures.contains(where: { $0.measure == .alphaCU || $0.measure == .alphaKU }) {
        writer.string("cu", choice.pairable.rawValue)
      }
      writer.string("distance", choice.distance.rawValue)
      if figures.contains(where: \.measure.isGamma) { writeGamma(to: &writer) }
      writer.key("inProgress")
      writer.boolean(study.choice.inProgress)
      writer.strings("labels", study.labels)
      writer.number("overlap", study.choice.overlaps.first)
      if study.choice.overlaps.count > 1 {
        writer.array("overlaps") { writer in for overlap in study.choice.overlaps { writer.number(overlap) } }
      }
      writer.string("reference", study.choice.reference)
      writer.integer("round", study.choice.round)
      writer.key("withoutSuggested")
      writer.boolean(study.choice.withoutSuggested)
      writer.strings("zones", study.choice.zones.map(\.rawValue).sorted())
    }
    if let table = study.table {
      writer.object("table") { writer in
        writer.integer("items", table.items.count)
        if let order = table.order { writer.strings("order", order) }
        writer.string("scale", table.scale.rawValue)
      }
    }
    writer.strings("warnings", warnings)
  }

  /// Writes the code of each item of a table that the models asked for imply.
  private func writeImplied(to writer: inout JSONWriter) {
    let models = [MeasureName.dawidSkene, .mace].filter(choice.measures.contains)
    guard let table = study.table, !models.isEmpty else { return }
    let found = Dictionary(
      models.map { ($0, study.implied(by: $0, seed: choice.gamma.drawing.seed)) }
    ) { first, _ in first }
    writer.array("implied", .block) { writer in
      for (place, item) in table.items.enumerated() {
        func write(_ model: MeasureName, to writer: inout JSONWriter) {
          guard let codes = found[model], codes.indices ~= place, let code = codes[place] else { return }
          writer.object(model.rawValue) { writer in
            writer.string("code", code.code)
            writer.number("probability", code.probability)
          }
        }
        writer.object { writer in
          write(.dawidSkene, to: &writer)
          if let document = item.document { writer.string("document", document) }
          writer.string("item", item.name)
          write(.mace, to: &writer)
        }
      }
    }
  }

  private func write(_ name: String, _ influences: [Influence], to writer: inout JSONWriter) {
    writer.array(name) { writer in
      for influence in influences.prefix(3) {
        writer.object { writer in
          writer.string("name", influence.name)
          writer.number("without", influence.without)
        }
      }
    }
  }

  private func write(_ source: Source, to writer: inout JSONWriter) {
    writer.object { writer in
      if let example = source.example {
        writer.object("example") { writer in
          writer.strings("annotators", [study.annotators[example.first], study.annotators[example.second]])
          writer.string("document", example.document)
          writer.string("text", example.text)
          writer.integer("words", example.words)
        }
      }
      writer.strings("first", source.first)
      writer.strings("second", source.second)
      writer.number("share", source.share)
    }
  }

  private func write(_ figure: Figure, to writer: inout JSONWriter) {
    let (key, coefficient, bounds) = (figure.key, figure.coefficient, figure.bounds)
    let isCorrected = figure.measure.isCorrected
    writer.object { writer in
      writer.key("annotators")
      if let annotators = key.annotators { writer.strings(annotators) } else { writer.null() }
      if let distance = distance(figure) { writer.string("distance", distance) }
      writer.string("document", figure.document)
      if isCorrected { writer.number("expected", coefficient?.expected) }
      writer.number("high", bounds?.high)
      writer.string("interval", bounds?.method.rawValue)
      writer.string("intervalUndefined", intervalReason(figure))
      writer.integer("items", figure.items)
      writer.string("label", key.label)
      writer.number("low", bounds?.low)
      writer.string("measure", figure.measure.rawValue)
      if isCorrected { writer.number("observed", coefficient?.observed) }
      if let overlap = key.overlap { writer.number("overlap", overlap) }
      if let significance = figure.significance { writer.number("p", significance.p) }
      if let pairs = coefficient?.pairs {
        writer.integer("pairs", pairs.defined)
        writer.integer("pairsUndefined", pairs.undefined)
      }
      if figure.measure.isGamma, let coefficient {
        let proved = coefficient.proved ?? coefficient.value...coefficient.value
        writer.number("provedHigh", proved.upperBound)
        // Without a bound of chance there is none of γ below.
        writer.number("provedLow", proved.lowerBound.isFinite ? proved.lowerBound : nil)
      }
      if let significance = figure.significance { writer.number("se", significance.standardError) }
      if let sampling = coefficient?.sampling {
        writer.integer("samples", sampling.samples)
        writer.number("standardError", sampling.standardError)
      }
      if figure.measure.isGamma, let coefficient {
        writer.key("timeLimited")
        writer.boolean(coefficient.proved != nil && choice.gamma.drawing.limit.deadline != nil)
      }
      writer.string("undefined", reason(figure))
      if let bounds { writer.integer("undefinedResamples", bounds.undefinedResamples) }
      writer.string("unit", key.unit)
      writer.number("value", coefficient?.value)
      if figure.measure.isWeighted, let weighting = study.codes(of: figure)?.weighting(choice.weighting) {
        writer.string("weights", weighting.rawValue)
      }
    }
  }

  /// The distance between sets of labels, for measures that use one.
  private func distance(_ figure: Figure) -> String? {
    guard figure.measure.isOfItems, !figure.measure.isCompetence else { return nil }
    if let items = study.codes(of: figure) {
      let isScaled = figure.measure == .krippendorffAlpha && figure.key.label == items.name
      return figure.measure.isWeighted ? nil : (isScaled ? items.scale : .nominal).rawValue
    }
    return (figure.measure == .krippendorffAlpha ? choice.distance : .nominal).rawValue
  }

  /// The figures as CSV (RFC 4180) with a header row; a cell is empty if there is no value.
  package var csv: [UInt8] {
    var rows = [
      [
        "measure", "unit", "label", "annotators", "document", "distance", "value", "low", "high", "interval", "items",
        "observed", "expected", "undefined", "pairs", "pairsUndefined", "overlap", "weights", "se", "p",
      ]
    ]
    for figure in figures {
      let (key, bounds) = (figure.key, figure.bounds)
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      rows.append([
        figure.measure.rawValue, key.unit, key.label ?? "", key.annotators?.joined(separator: " ") ?? "",
        figure.document ?? "", distance(figure) ?? "", text(figure.value), text(bounds?.low), text(bounds?.high),
        bounds?.method.rawValue ?? "", String(figure.items), text(figure.coefficient?.observed),
        text(figure.coefficient?.expected), reason(figure) ?? "",
        figure.coefficient?.pairs.map { String($0.defined) } ?? "",
        figure.coefficient?.pairs.map { String($0.undefined) } ?? "", text(key.overlap),
        figure.measure.isWeighted ? study.codes(of: figure)?.weighting(choice.weighting)?.rawValue ?? "" : "",
        text(figure.significance?.standardError), text(figure.significance?.p),
      ])
    }
    let lines = rows.map { row in
      row.map { cell in
        cell.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
      }.joined(separator: ",")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n").utf8)
  }
}
