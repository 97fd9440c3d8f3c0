import Agreement
import JSONText
import Pages

/// Sums as documents: one with the counts of the corpus, then one for each resample.
extension TallySum {
  /// A single count; 0 if nothing was counted under this key.
  func count(_ key: String) -> Int { sums[key]?.first ?? 0 }

  /// How many files do not count, by annotator and reason; the documents are not named.
  var omitted: [(annotator: String, reason: String, count: Int)] {
    sums.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap { key, counts in
      let words = key.split(separator: " ", maxSplits: 2)
      return words.count == 3 && words[0] == "omitted" ? (String(words[1]), String(words[2]), counts[0]) : nil
    }
  }

  /// The contributions of the corpus and of each resample, by everybody in the plan.
  ///
  /// - Returns: also, for the corpus, the lengths of segments of each group of annotators.
  /// - Throws: if what was counted is not what the plan asks for.
  func contributions(_ plan: CountingPlan) throws(Complaint) -> (
    rows: [DocumentContribution], lengths: [SegmentLengths]
  ) {
    var rows = SumRows(plan, count: resamples + 1)
    for (key, counts) in sums.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard rows.add(key, counts, plan) else {
        throw Complaint(
          "The sums have counts that the plan does not ask for: “\(Complaint.shortened(key))”.",
          "Count with the plan, by one version of gainsay.", culprit: key)
      }
    }
    var found = rows.contributions(plan)
    let everybody = plan.annotators.indices
    guard examples.values.allSatisfy({ everybody.contains($0.first) && everybody.contains($0.second) }),
      overlapping.map({ everybody.contains($0.annotator) }) ?? true
    else { throw Complaint("The sums name annotators whom the plan does not have.", "Count with the plan.") }
    found[0].examples = examples
    return (found, rows.lengths.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value))
  }
}

/// The counts of each row of sums, by what they count.
private struct SumRows {
  private var items: [[DocumentContribution.ItemCounts]]
  private var said: [[DocumentContribution.Saying]]
  private var values: [[DocumentContribution.Values]]
  /// For each pair of annotators, rows × counts.
  private var pairs: [[Int]: [[Int]]] = [:]
  private var segments: [[[Int: Int]]]
  private var aligned: [[[Int: Int]]]
  private var confusion: [Int]
  var lengths: [[Int]: SegmentLengths] = [:]

  init(_ plan: CountingPlan, count: Int) {
    let labels = plan.labels.count
    items = [[DocumentContribution.ItemCounts]](repeating: plan.choice.units.map { _ in [] }, count: count)
    said = [[DocumentContribution.Saying]](repeating: [], count: count)
    values = [[DocumentContribution.Values]](repeating: [], count: count)
    segments = [[[Int: Int]]](repeating: [[Int: Int]](repeating: [:], count: labels + 1), count: count)
    let groups = plan.choice.gamma.map { $0.kinds.count * (labels + 1) } ?? 0
    aligned = [[[Int: Int]]](repeating: [[Int: Int]](repeating: [:], count: groups), count: count)
    confusion = [Int](repeating: 0, count: (labels + 1) * (labels + 1))
  }

  /// Adds the sums of a key.
  ///
  /// - Returns: whether the plan asks for them.
  mutating func add(_ key: String, _ counts: [Int], _ plan: CountingPlan) -> Bool {
    let hasText = ["said ", "omitted ", "values "].contains(where: key.hasPrefix)
    let words = key.split(separator: " ", maxSplits: hasText ? 2 : .max)
    guard let kind = words.first.map(String.init) else { return false }
    let numbers = words.dropFirst().map(Self.numbers)
    let isResampled = ["items", "said", "values", "pair", "segment", "aligned"].contains(kind)
    guard counts.count == (isResampled ? items.count : 1) else { return false }
    switch kind {
    case TallySum.Key.documents, TallySum.Key.leftOut, TallySum.Key.refused, TallySum.Key.suggested:
      return words.count == 1
    case "omitted": return words.count == 3
    case "items": return words.count == 4 && addItems(words[1], numbers[1], numbers[2], counts, plan)
    case "said": return words.count == 3 && addSaid(numbers[0], words[2], counts, plan)
    case "values": return words.count == 3 && addValues(numbers[0] ?? [], words[2], counts, plan)
    case "together":
      guard numbers.count == 1, let ends = Self.areAnnotators(numbers[0], plan), ends.count == 2 else { return false }
      pairs[ends] = pairs[ends] ?? noCounts(plan)
      return true
    case "pair": return addPair(numbers, counts, plan)
    case "segment":
      let width = plan.choice.hasContinua ? UnitizingTally.width(plan.labels.count, plan.people.count) : 0
      return Self.add(numbers, counts, width, &segments)
    case "aligned": return Self.add(numbers, counts, plan.widthOfAligned, &aligned)
    case "confusion":
      guard numbers.count == 1, let place = numbers[0]?.first, confusion.indices ~= place else { return false }
      confusion[place] = counts[0]
      return true
    default: return addLength(kind, numbers, counts[0], plan)
    }
  }

  /// Numbers joined by commas; nil of anything else.
  private static func numbers(_ word: Substring) -> [Int]? {
    var numbers: [Int] = []
    for part in word.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(part) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private static func areAnnotators(_ places: [Int]?, _ plan: CountingPlan) -> [Int]? {
    guard let places, places.count > 1, places.allSatisfy(plan.annotators.indices.contains),
      zip(places, places.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    return places
  }

  private mutating func addItems(
    _ unit: Substring, _ annotators: [Int]?, _ values: [Int]?, _ counts: [Int], _ plan: CountingPlan
  ) -> Bool {
    guard let unit = plan.choice.units.firstIndex(where: { $0.rawValue == unit }),
      let annotators = Self.areAnnotators(annotators, plan), let values, values.count == annotators.count
    else { return false }
    var row = [UInt64](repeating: ItemsAndUnits.Stretch.missing, count: plan.annotators.count)
    for (annotator, value) in zip(annotators, values) {
      let mask = UInt64(bitPattern: Int64(value))
      guard mask == ItemsAndUnits.Stretch.missing || mask >> UInt64(plan.labels.count) == 0 else { return false }
      row[annotator] = mask
    }
    for (place, count) in counts.enumerated() where count > 0 { items[place][unit].append((row, count)) }
    return true
  }

  private mutating func addSaid(
    _ annotators: [Int]?, _ sayings: Substring, _ counts: [Int], _ plan: CountingPlan
  ) -> Bool {
    guard let annotators = Self.areAnnotators(annotators, plan) else { return false }
    var found: [DocumentContribution.Said] = []
    var reader = JSONReader(Array(sayings.utf8))
    do throws(JSONFault) {
      try reader.readArray { (reader) throws(JSONFault) in
        var (isWhole, attributes, part): (Bool, [String: String], Int) = (false, [:], 0)
        try reader.readArray { (reader) throws(JSONFault) in
          if part == 0 { isWhole = try reader.readBoolean() } else { attributes = try reader.readMap() }
          part += 1
        }
        found.append(DocumentContribution.Said(attributes: attributes, isWhole: isWhole))
      }
      try reader.finish()
    } catch {
      return false
    }
    guard found.count == annotators.count else { return false }
    var row = [DocumentContribution.Said](repeating: .nothing, count: plan.annotators.count)
    for (annotator, said) in zip(annotators, found) { row[annotator] = said }
    for (place, count) in counts.enumerated() where count > 0 {
      said[place].append(DocumentContribution.Saying(said: row, count: count))
    }
    return true
  }

  private mutating func addValues(
    _ numbers: [Int], _ texts: Substring, _ counts: [Int], _ plan: CountingPlan
  ) -> Bool {
    var found: [String?] = []
    var reader = JSONReader(Array(texts.utf8))
    do throws(JSONFault) {
      try reader.readArray { (reader) throws(JSONFault) in
        found.append(reader.readNull() ? nil : try reader.readString())
      }
      try reader.finish()
    } catch {
      return false
    }
    guard plan.choice.hasAttributes, numbers.count == 3, Self.areAnnotators(Array(numbers.prefix(2)), plan) != nil,
      plan.setting.attributes.indices ~= numbers[2], found.count == 2, found.contains(where: { $0 != nil })
    else { return false }
    for (place, count) in counts.enumerated() where count > 0 {
      values[place].append(
        DocumentContribution.Values(
          first: numbers[0], second: numbers[1], attribute: numbers[2], values: found, count: count))
    }
    return true
  }

  private mutating func addPair(_ numbers: [[Int]?], _ counts: [Int], _ plan: CountingPlan) -> Bool {
    let width = plan.starts.last ?? 0
    guard numbers.count == 2, let ends = Self.areAnnotators(numbers[0], plan), ends.count == 2,
      let place = numbers[1]?.first, 0..<width ~= place
    else { return false }
    var rows = pairs[ends] ?? noCounts(plan)
    for (row, count) in counts.enumerated() { rows[row][place] = count }
    pairs[ends] = rows
    return true
  }

  private func noCounts(_ plan: CountingPlan) -> [[Int]] {
    [[Int]](repeating: [Int](repeating: 0, count: plan.starts.last ?? 0), count: items.count)
  }

  private static func add(_ numbers: [[Int]?], _ counts: [Int], _ width: Int, _ rows: inout [[[Int: Int]]]) -> Bool {
    guard numbers.count == 2, let group = numbers[0]?.first, let place = numbers[1]?.first,
      rows[0].indices ~= group, 0..<width ~= place
    else { return false }
    for (row, count) in counts.enumerated() where count != 0 { rows[row][group][place] = count }
    return true
  }

  private mutating func addLength(_ kind: String, _ numbers: [[Int]?], _ count: Int, _ plan: CountingPlan) -> Bool {
    guard plan.choice.hasContinua, let annotators = Self.areAnnotators(numbers.first ?? nil, plan) else { return false }
    var all = lengths[annotators] ?? SegmentLengths(annotators: annotators, length: 0)
    defer { lengths[annotators] = all }
    if kind == "length" {
      all.length = count
      return numbers.count == 1
    }
    guard let part = TallySum.Key.Part(rawValue: kind), numbers.count > 1, let label = numbers[1]?.first,
      plan.labels.indices ~= label
    else { return false }
    var own = all.ofLabels[label] ?? SegmentLengths.OfLabel()
    defer { all.ofLabels[label] = own }
    switch part {
    case .marked: own.marked = count
    case .difference: own.difference = count
    case .overlapping: own.isOverlapping = count > 0
    case .tooLarge: own.isTooLarge = count > 0
    case .unit, .gap:
      guard numbers.count == 3, let length = numbers[2]?.first, length > 0 else { return false }
      if part == .unit { own.units[length] = count } else { own.gaps[length] = count }
      return true
    }
    return numbers.count == 2
  }

  func contributions(_ plan: CountingPlan) -> [DocumentContribution] {
    func sparse(_ counts: [Int: Int]) -> SparseCounts {
      var sparse = SparseCounts()
      for (place, count) in counts.sorted(by: { $0.key < $1.key }) { sparse.append(count, at: place) }
      return sparse
    }
    return items.indices.map { row in
      var one = DocumentContribution()
      one.annotators = Array(plan.annotators.indices)
      one.parts = items[row].map { [$0] }
      one.said = said[row]
      one.values = values[row]
      one.aligned = aligned[row].map(sparse)
      one.pairs = pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ends, counts in
        DocumentContribution.Pair(first: ends[0], second: ends[1], counts: counts[row])
      }
      if plan.choice.hasContinua {
        one.segments = DocumentContribution.Segments(
          alphas: segments[row].map(sparse), lengths: SegmentLengths(annotators: [], length: 0), overlapping: nil)
      }
      if row == 0 { one.confusion = SparseCounts(confusion) }
      return one
    }
  }
}
