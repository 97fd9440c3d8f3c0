import Agreement
package import JSONText
import Standoff

/// A line of sums, as JSON: all counts by what is counted, so that lines add up without their plan.
extension TallySum {
  /// Writes the line, with its end.
  ///
  /// - Parameter digest: that of the plan.
  package func encoded(digest: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.strings("annotators", annotators.sorted())
      if !examples.isEmpty {
        writer.array("examples") { writer in
          let sorted = examples.sorted { ($0.key.low, $0.key.high) < ($1.key.low, $1.key.high) }
          for (difference, example) in sorted {
            TallyLine.write(example, difference, withDocument: true, to: &writer)
          }
        }
      }
      if let overlapping {
        writer.object("overlapping") { writer in
          writer.integer("annotator", overlapping.annotator)
          writer.string("document", overlapping.document)
        }
      }
      writer.string("plan", digest)
      writer.integer("resamples", resamples)
      writer.integer("rules", Segmentation.version)
      writer.integer("seed", Int(clamping: seed))
      writer.object("sums", .compact) { writer in
        for (key, counts) in sums.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          writer.integers(key, counts)
        }
      }
      writer.integer("tally", TallyLine.format)
      writer.strings("versions", versions.sorted())
    }
    writer.newline()
    return writer.bytes
  }

  private static let keys = JSONKeys(
    ["annotators", "plan", "resamples", "rules", "seed", "sums", "tally", "versions"],
    optional: ["examples", "overlapping"])

  /// Reads a line whose header was read before.
  package init(_ bytes: [UInt8]) throws(JSONFault) {
    var reader = JSONReader(bytes)
    var (resamples, seed) = (0, 0)
    var found = TallySum(resamples: 0, seed: 0)
    var sums: [String: [Int]] = [:]
    let start = reader.place()
    try reader.readRecord(Self.keys) { (key, reader) throws(JSONFault) in
      switch key {
      case "annotators": found.annotators = Set(try reader.readStrings())
      case "examples":
        try reader.readArray { (reader) throws(JSONFault) in
          let (difference, example) = try reader.readExample(nil)
          found.note(example, difference)
        }
      case "overlapping": found.overlapping = try reader.readOverlapping()
      case "resamples": resamples = try reader.readCount(upTo: Self.mostResamples)
      case "seed": seed = try reader.readCount(upTo: .max)
      case "sums":
        try reader.readObject { (key, reader) throws(JSONFault) in sums[key] = try reader.readSums() }
      case "versions": found.versions = Set(try reader.readStrings())
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    guard resamples > 0, sums.values.allSatisfy({ $0.count == 1 || $0.count == resamples + 1 }) else {
      throw reader.fault(at: start, expected: "sums of all documents and of each resample", found: "more or fewer")
    }
    self.init(resamples: resamples, seed: UInt64(seed))
    self.sums = sums
    (annotators, versions, examples) = (found.annotators, found.versions, found.examples)
    overlapping = found.overlapping
  }
}

extension JSONReader {
  fileprivate mutating func readSums() throws(JSONFault) -> [Int] {
    let place = place()
    let sums = try readIntegers()
    guard sums.allSatisfy({ 0...InvalidInput.largest ~= $0 }) else {
      throw fault(at: place, expected: "numbers from 0 to \(InvalidInput.largest)", found: "others")
    }
    return sums
  }

  fileprivate mutating func readOverlapping() throws(JSONFault) -> TallySum.Overlapping {
    var (annotator, document) = (0, "")
    try readRecord(["annotator", "document"]) { (key, reader) throws(JSONFault) in
      if key == "annotator" { annotator = try reader.readCount() } else { document = try reader.readString() }
    }
    return TallySum.Overlapping(document: document, annotator: annotator)
  }
}
