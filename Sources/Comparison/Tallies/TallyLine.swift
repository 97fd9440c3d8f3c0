import Agreement
import JSONText
import Standoff
import Storage

/// One line of tallies: what counting found in one document, as JSON.
///
/// All counts are integers that add up over documents. A line does not depend on the machine, the order of documents or
/// the other documents.
package enum TallyLine {
  static let format = 2

  /// Writes a line, with its end.
  ///
  /// - Parameter digest: that of the plan.
  package static func encode(_ reading: DocumentReading, _ plan: CountingPlan, digest: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.strings("annotators", reading.annotators)
      if let contribution = reading.contribution {
        writer.object("counts", .compact) { writer in write(contribution, plan, to: &writer) }
        if !contribution.examples.isEmpty {
          writer.array("examples") { writer in
            let sorted = contribution.examples.sorted { ($0.key.low, $0.key.high) < ($1.key.low, $1.key.high) }
            for (difference, example) in sorted { write(example, difference, to: &writer) }
          }
        }
      }
      writer.string("id", reading.document)
      if !reading.omissions.isEmpty {
        writer.array("omitted") { writer in
          for omission in reading.omissions {
            writer.object { writer in
              writer.string("annotator", omission.annotator)
              writer.string("reason", omission.reason)
            }
          }
        }
      }
      writer.string("plan", digest)
      writer.integer("rules", Segmentation.version)
      if let said = reading.contribution?.said.first?.said, !(plan.scheme?.documentAttributes ?? []).isEmpty {
        writer.array("said") { writer in
          for said in said {
            writer.object { writer in
              writer.map("attributes", said.attributes)
              writer.key("done")
              writer.boolean(said.isWhole)
            }
          }
        }
      }
      if reading.suggestedLeftOut > 0 { writer.integer("suggestedLeftOut", reading.suggestedLeftOut) }
      writer.integer("tally", format)
      if !reading.versions.isEmpty { writer.strings("versions", reading.versions.sorted()) }
    }
    writer.newline()
    return writer.bytes
  }

  /// Writes a line for a document that could not be counted, by the digest of its bytes.
  package static func encode(refused bytes: [UInt8], digest: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("plan", digest)
      writer.string("refused", "sha256:" + SHA256.hex(of: bytes))
      writer.integer("rules", Segmentation.version)
      writer.integer("tally", format)
    }
    writer.newline()
    return writer.bytes
  }

  static func write(
    _ example: DocumentContribution.Example, _ difference: DocumentContribution.Difference, withDocument: Bool = false,
    to writer: inout JSONWriter
  ) {
    let isLowFirst = example.firstMask == difference.low
    writer.object { writer in
      writer.integers("annotators", [example.first, example.second])
      if withDocument { writer.string("document", example.document) }
      writer.integers(
        "sets",
        [isLowFirst ? difference.low : difference.high, isLowFirst ? difference.high : difference.low]
          .map { Int(bitPattern: UInt($0)) })
      writer.string("text", example.text)
      writer.integer("words", example.words)
    }
  }

  /// Writes the counts, with annotators and labels by their places in the plan.
  private static func write(_ found: DocumentContribution, _ plan: CountingPlan, to writer: inout JSONWriter) {
    if !found.aligned.isEmpty {
      writer.array("aligned", .compact) { writer in for counts in found.aligned { writer.sparse(counts) } }
    }
    writer.integers("annotators", found.annotators)
    writer.key("confusion")
    writer.sparse(found.confusion)
    writer.object("items", .compact) { writer in
      for unit in plan.choice.units.sorted(by: { $0.rawValue < $1.rawValue }) {
        let place = plan.choice.units.firstIndex(of: unit) ?? 0
        writer.array(unit.rawValue, .compact) { writer in
          for (masks, count) in found.parts[place].joined() {
            writer.integers(masks.map { Int(bitPattern: UInt($0)) } + [count])
          }
        }
      }
    }
    writer.array("pairs", .compact) { writer in
      for pair in found.pairs {
        var sparse = [pair.first, pair.second]
        for (place, count) in pair.counts.enumerated() where count != 0 { sparse += [place, count] }
        writer.integers(sparse)
      }
    }
    if let segments = found.segments {
      writer.array("segments", .compact) { writer in for counts in segments.alphas { writer.sparse(counts) } }
      write(segments, plan, to: &writer)
    }
    if plan.choice.hasAttributes {
      writer.array("values", .compact) { writer in
        for value in found.values {
          writer.array(.compact) { writer in
            for number in [value.first, value.second, value.attribute] { writer.integer(number) }
            for text in value.values { if let text { writer.string(text) } else { writer.null() } }
            writer.integer(value.count)
          }
        }
      }
    }
  }

  /// Writes the lengths of segments, for the alpha of 1995.
  private static func write(
    _ segments: DocumentContribution.Segments, _ plan: CountingPlan, to writer: inout JSONWriter
  ) {
    let lengths = segments.lengths
    writer.object("unitLengths", .compact) { writer in
      writer.array("labels", .compact) { writer in
        for label in plan.labels.indices {
          let found = lengths.ofLabels[label] ?? SegmentLengths.OfLabel()
          writer.object(.compact) { writer in
            if found.difference != 0 { writer.integer("difference", found.difference) }
            if !found.gaps.isEmpty { writer.integers("gaps", found.gaps.flattened) }
            if found.marked != 0 { writer.integer("marked", found.marked) }
            if found.isOverlapping { writer.integer("overlapping", 1) }
            if found.isTooLarge { writer.integer("tooLarge", 1) }
            if !found.units.isEmpty { writer.integers("units", found.units.flattened) }
          }
        }
      }
      writer.integer("length", lengths.length)
      if let annotator = segments.overlapping { writer.integer("overlapping", annotator) }
    }
  }
}

extension JSONWriter {
  /// Integers without blanks between them.
  mutating func integers(_ values: [Int]) {
    array(.compact) { writer in for value in values { writer.integer(value) } }
  }

  mutating func integers(_ key: String, _ values: [Int]) {
    self.key(key)
    integers(values)
  }

  /// The places and counts by turns.
  mutating func sparse(_ counts: SparseCounts) {
    array(.compact) { writer in
      for (place, count) in zip(counts.places, counts.counts) {
        writer.integer(Int(place))
        writer.integer(count)
      }
    }
  }
}

extension [Int: Int] {
  /// The keys and values by turns, keys ascending.
  var flattened: [Int] { sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] } }
}
