import Agreement
package import JSONText
import Standoff

extension TallyLine {
  /// What a line is of.
  package enum Subject: Equatable, Sendable {
    /// A document, by its id.
    case document(String)
    /// A line that could not be counted.
    case refused
    /// The sum of documents.
    case sum
  }

  /// What a line is of, and the digest of its plan; the rest is not read.
  package static func header(of bytes: [UInt8]) throws(JSONFault) -> (subject: Subject, plan: String) {
    var (id, plan, refused): (String?, String?, String?) = (nil, nil, nil)
    var (format, rules, resamples): (Int?, Int?, Int?) = (nil, nil, nil)
    var reader = JSONReader(bytes)
    let start = reader.place()
    try reader.readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "id": id = try reader.readString()
      case "plan": plan = try reader.readString()
      case "refused": refused = try reader.readString()
      case "resamples": resamples = try reader.readInteger()
      case "rules": rules = try reader.readInteger()
      case "tally": format = try reader.readInteger()
      default: try reader.skipValue()
      }
    }
    try reader.finish()
    let subjects = [id.map(Subject.document), refused.map { _ in .refused }, resamples.map { _ in .sum }].compactMap(
      \.self)
    guard format == self.format, rules == Segmentation.version, let plan, subjects.count == 1 else {
      throw reader.fault(
        at: start, expected: "a line of “gainsay tally” of this version, format \(self.format)",
        found: format.map { "format \($0)" } ?? "none")
    }
    return (subjects[0], plan)
  }

  /// Reads a line that was counted by a plan.
  package static func decode(_ bytes: [UInt8], _ plan: CountingPlan) throws(JSONFault) -> DocumentReading {
    var line = TallyParts()
    var reader = JSONReader(bytes)
    let start = reader.place()
    try line.read(&reader, plan)
    try reader.finish()
    var reading = DocumentReading(line.id)
    reading.annotators = line.annotators
    reading.omissions = line.omissions
    reading.schemes = line.annotators.isEmpty ? [] : Set([plan.scheme?.name].compactMap { $0 })
    reading.versions = Set(line.versions)
    reading.suggestedLeftOut = line.suggestedLeftOut
    if var contribution = line.counts {
      contribution.document = line.id
      let said = line.said.isEmpty ? contribution.annotators.map { _ in .nothing } : line.said
      contribution.said = [DocumentContribution.Saying(said: said)]
      contribution.examples = line.examples
      guard said.count == contribution.annotators.count else {
        throw reader.fault(at: start, expected: "what each annotator says", found: "more or less")
      }
      reading.contribution = contribution
    }
    return reading
  }
}

private struct TallyParts {
  var id = ""
  var annotators: [String] = []
  var omissions: [Omission] = []
  var versions: [String] = []
  var suggestedLeftOut = 0
  var counts: DocumentContribution?
  var said: [DocumentContribution.Said] = []
  var examples: [DocumentContribution.Difference: DocumentContribution.Example] = [:]

  private static let keys = JSONKeys(
    ["annotators", "id", "plan", "rules", "tally"],
    optional: ["counts", "examples", "omitted", "said", "suggestedLeftOut", "versions"])

  mutating func read(_ reader: inout JSONReader, _ plan: CountingPlan) throws(JSONFault) {
    var parts = self
    var examples: [(DocumentContribution.Difference, DocumentContribution.Example)] = []
    try reader.readRecord(Self.keys) { (key, reader) throws(JSONFault) in
      switch key {
      case "annotators": parts.annotators = try reader.readStrings()
      case "counts": parts.counts = try reader.readCounts(plan)
      case "examples":
        try reader.readArray { (reader) throws(JSONFault) in examples.append(try reader.readExample(plan)) }
      case "id": parts.id = try reader.readString()
      case "omitted":
        try reader.readArray { (reader) throws(JSONFault) in
          var (annotator, reason) = ("", "")
          try reader.readRecord(["annotator", "reason"]) { (key, reader) throws(JSONFault) in
            if key == "annotator" { annotator = try reader.readString() } else { reason = try reader.readString() }
          }
          parts.omissions.append(Omission(document: "", annotator: annotator, reason: reason))
        }
      case "said":
        try reader.readArray { (reader) throws(JSONFault) in
          var (attributes, isWhole) = ([String: String](), false)
          try reader.readRecord(["attributes", "done"]) { (key, reader) throws(JSONFault) in
            if key == "done" { isWhole = try reader.readBoolean() } else { attributes = try reader.readMap() }
          }
          parts.said.append(DocumentContribution.Said(attributes: attributes, isWhole: isWhole))
        }
      case "suggestedLeftOut": parts.suggestedLeftOut = try reader.readCount()
      case "versions": parts.versions = try reader.readStrings()
      case "plan": _ = try reader.readRawString()
      default: _ = try reader.readInteger()
      }
    }
    let id = parts.id
    parts.omissions = parts.omissions.map { Omission(document: id, annotator: $0.annotator, reason: $0.reason) }
    for (difference, example) in examples {
      parts.examples[difference] = example
      parts.examples[difference]?.document = id
    }
    self = parts
  }
}

extension DocumentContribution.Said {
  /// What somebody says who says nothing and is not done.
  static let nothing = Self(attributes: [:], isWhole: false)
}

extension JSONReader {
  /// Reads a whole number from 0.
  mutating func readCount(upTo most: Int = InvalidInput.largest) throws(JSONFault) -> Int {
    let place = place()
    let count = try readInteger()
    guard 0...most ~= count else { throw fault(at: place, expected: "a number from 0 to \(most)", found: "\(count)") }
    return count
  }

  mutating func readIntegers() throws(JSONFault) -> [Int] {
    var values: [Int] = []
    try readArray { (reader) throws(JSONFault) in values.append(try reader.readInteger()) }
    return values
  }

  /// Reads places and counts by turns; the places ascend and lie below a width.
  fileprivate mutating func readSparse(below width: Int) throws(JSONFault) -> SparseCounts {
    let place = place()
    var (counts, last): (SparseCounts, Int) = (SparseCounts(), -1)
    var next: Int?
    var isSound = true
    try readArray { (reader) throws(JSONFault) in
      let value = try reader.readInteger()
      if let place = next {
        isSound = isSound && value > 0
        counts.append(value, at: place)
        next = nil
      } else {
        isSound = isSound && value > last && value < width
        (next, last) = (value, value)
      }
    }
    guard isSound, next == nil else {
      throw fault(at: place, expected: "places below \(width) with their counts", found: "others")
    }
    return counts
  }

  /// Reads lengths, each once and from 1, with how many there are.
  fileprivate mutating func readLengths() throws(JSONFault) -> [Int: Int] {
    let place = place()
    let counts = try readSparse(below: Int(Int32.max))
    guard counts.counts.allSatisfy({ $0 <= InvalidInput.largest }) else {
      throw fault(at: place, expected: "numbers up to \(InvalidInput.largest)", found: "greater ones")
    }
    return Dictionary(zip(counts.places.map(Int.init), counts.counts)) { first, _ in first }
  }

  /// Reads places of annotators in the plan, ascending.
  fileprivate mutating func readAnnotators(_ plan: CountingPlan) throws(JSONFault) -> [Int] {
    let place = place()
    let places = try readIntegers()
    guard zip(places, places.dropFirst()).allSatisfy({ $0 < $1 }), places.allSatisfy(plan.annotators.indices.contains)
    else { throw fault(at: place, expected: "annotators of the plan, in its order", found: "others") }
    return places
  }

  fileprivate mutating func readCounts(_ plan: CountingPlan) throws(JSONFault) -> DocumentContribution {
    let labels = plan.labels.count
    var found = DocumentContribution()
    var (segments, lengths, overlapping): ([SparseCounts], SegmentLengths?, Int?) = ([], nil, nil)
    var hasValues = false
    let start = place()
    try readRecord(
      ["annotators", "confusion", "items", "pairs"], optional: ["aligned", "segments", "unitLengths", "values"]
    ) { (key, reader) throws(JSONFault) in
      switch key {
      case "aligned":
        let width = plan.widthOfAligned
        try reader.readArray { (reader) throws(JSONFault) in
          found.aligned.append(try reader.readSparse(below: width))
        }
      case "annotators": found.annotators = try reader.readAnnotators(plan)
      case "confusion": found.confusion = try reader.readSparse(below: (labels + 1) * (labels + 1))
      case "items": found.parts = try reader.readItems(plan, found.annotators.count)
      case "pairs":
        try reader.readArray { (reader) throws(JSONFault) in found.pairs.append(try reader.readPair(plan)) }
      case "segments":
        let width = UnitizingTally.width(labels, plan.annotators.count)
        try reader.readArray { (reader) throws(JSONFault) in segments.append(try reader.readSparse(below: width)) }
      case "values":
        hasValues = true
        try reader.readArray { (reader) throws(JSONFault) in found.values.append(try reader.readValues(plan)) }
      default: (lengths, overlapping) = try reader.readUnitLengths(plan)
      }
    }
    if var lengths {
      lengths.annotators = found.annotators
      found.segments = DocumentContribution.Segments(alphas: segments, lengths: lengths, overlapping: overlapping)
    }
    guard found.annotators.count > 1, found.parts.count == plan.choice.units.count,
      (lengths != nil) == plan.choice.hasContinua, hasValues == plan.choice.hasAttributes,
      lengths == nil || segments.count == labels + 1,
      found.aligned.count == plan.choice.gamma.map({ $0.kinds.count * (labels + 1) }) ?? 0
    else { throw fault(at: start, expected: "the counts that the plan asks for", found: "others") }
    return found
  }

  private mutating func readItems(
    _ plan: CountingPlan, _ annotators: Int
  ) throws(JSONFault) -> [[DocumentContribution.ItemCounts]] {
    var parts = plan.choice.units.map { _ in [DocumentContribution.ItemCounts]() }
    let sets = UInt64.max >> UInt64(64 - min(63, plan.labels.count))
    try readObject { (key, reader) throws(JSONFault) in
      let place = reader.place()
      var counts: DocumentContribution.ItemCounts = []
      try reader.readArray { (reader) throws(JSONFault) in
        let row = try reader.readIntegers()
        let masks = row.dropLast().map { UInt64(bitPattern: Int64($0)) }
        guard masks.count == annotators, row.last ?? -1 >= 0,
          masks.allSatisfy({ $0 == ItemsAndUnits.Stretch.missing || $0 & ~(plan.labels.isEmpty ? 0 : sets) == 0 })
        else { throw reader.fault(at: place, expected: "a value of each annotator and a count", found: "others") }
        counts.append((masks, row.last ?? 0))
      }
      guard let unit = plan.choice.units.firstIndex(where: { $0.rawValue == key }) else {
        throw reader.fault(at: place, expected: "a unit of the plan", found: "“\(key)”")
      }
      parts[unit] = [counts]
    }
    return parts.allSatisfy { !$0.isEmpty } ? parts : []
  }

  private mutating func readPair(_ plan: CountingPlan) throws(JSONFault) -> DocumentContribution.Pair {
    let place = place()
    let row = try readIntegers()
    let width = plan.starts.last ?? 0
    guard row.count >= 2, row.count % 2 == 0, row[0] < row[1], row[0] >= 0, row[1] < plan.annotators.count else {
      throw fault(at: place, expected: "two annotators of the plan, then places and counts", found: "others")
    }
    var counts = [Int](repeating: 0, count: width)
    for index in stride(from: 2, to: row.count, by: 2) {
      guard 0..<width ~= row[index], Int32(exactly: row[index + 1]) != nil else {
        throw fault(at: place, expected: "places below \(width) with their counts", found: "others")
      }
      counts[row[index]] = row[index + 1]
    }
    return DocumentContribution.Pair(first: row[0], second: row[1], counts: counts)
  }

  private mutating func readValues(_ plan: CountingPlan) throws(JSONFault) -> DocumentContribution.Values {
    let place = place()
    var (numbers, values): ([Int], [String?]) = ([], [])
    var index = 0
    try readArray { (reader) throws(JSONFault) in
      if 3...4 ~= index {
        values.append(reader.readNull() ? nil : try reader.readString())
      } else {
        numbers.append(try reader.readInteger())
      }
      index += 1
    }
    guard index == 6, 0 <= numbers[0], numbers[0] < numbers[1], numbers[1] < plan.annotators.count,
      plan.setting.attributes.indices ~= numbers[2], 1...InvalidInput.largest ~= numbers[3],
      values.contains(where: { $0 != nil })
    else {
      throw fault(
        at: place, expected: "two annotators, an attribute, two values and a count", found: "others")
    }
    return DocumentContribution.Values(
      first: numbers[0], second: numbers[1], attribute: numbers[2], values: values, count: numbers[3])
  }

  private mutating func readUnitLengths(_ plan: CountingPlan) throws(JSONFault) -> (SegmentLengths, Int?) {
    var lengths = SegmentLengths(annotators: [], length: 0)
    var overlapping: Int?
    let start = place()
    try readRecord(["labels", "length"], optional: ["overlapping"]) { (key, reader) throws(JSONFault) in
      switch key {
      case "labels":
        var label = 0
        try reader.readArray { (reader) throws(JSONFault) in
          lengths.ofLabels[label] = try reader.readLabelLengths()
          label += 1
        }
      case "length": lengths.length = try reader.readCount()
      default: overlapping = try reader.readCount()
      }
    }
    guard lengths.ofLabels.count == plan.labels.count, lengths.length <= InvalidInput.largest,
      overlapping.map(plan.annotators.indices.contains) ?? true
    else { throw fault(at: start, expected: "the lengths of each label's units", found: "others") }
    return (lengths, overlapping)
  }

  private mutating func readLabelLengths() throws(JSONFault) -> SegmentLengths.OfLabel {
    var found = SegmentLengths.OfLabel()
    try readRecord([], optional: ["difference", "gaps", "marked", "overlapping", "tooLarge", "units"]) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "difference": found.difference = try reader.readCount(upTo: .max)
      case "gaps": found.gaps = try reader.readLengths()
      case "marked": found.marked = try reader.readCount()
      case "overlapping": found.isOverlapping = try reader.readCount() > 0
      case "tooLarge": found.isTooLarge = try reader.readCount() > 0
      default: found.units = try reader.readLengths()
      }
    }
    return found
  }

  /// Reads an example.
  ///
  /// - Parameter plan: nil if it is not known; the example then names its document.
  mutating func readExample(
    _ plan: CountingPlan?
  ) throws(JSONFault) -> (DocumentContribution.Difference, DocumentContribution.Example) {
    let start = place()
    var (annotators, sets, text, words): ([Int], [Int], String, Int) = ([], [], "", 0)
    var document = ""
    let keys = ["annotators", "sets", "text", "words"] + (plan == nil ? ["document"] : [])
    try readRecord(keys) { (key, reader) throws(JSONFault) in
      switch key {
      case "annotators":
        annotators = if let plan { try reader.readAnnotators(plan) } else { try reader.readIntegers() }
      case "document": document = try reader.readString()
      case "sets": sets = try reader.readIntegers()
      case "text": text = try reader.readString()
      default: words = try reader.readCount()
      }
    }
    guard annotators.count == 2, sets.count == 2 else {
      throw fault(at: start, expected: "two annotators and two sets of labels", found: "others")
    }
    let masks = sets.map { UInt64(bitPattern: Int64($0)) }
    return (
      DocumentContribution.Difference(masks[0], masks[1]),
      DocumentContribution.Example(
        words: words, document: document, text: text, first: annotators[0], second: annotators[1], firstMask: masks[0])
    )
  }
}
