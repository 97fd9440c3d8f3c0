import Testing

@testable import Agreement

/// The alphas for unitizing against their definitions written out.
@Suite struct UnitizingLawTests {
  typealias Unit = UnitizingStudy.Unit

  /// Units of annotators that do not overlap, some of which touch; in any order.
  static func parts(_ random: inout SeededGenerator, _ annotators: Int, length: Int) -> [[Unit]] {
    let isEmpty = random.index(below: 8) == 0
    return (0..<annotators).map { _ in
      var (units, end): ([Unit], Int) = ([], 0)
      while !isEmpty {
        let start = end + Int.random(in: 0...5, using: &random)
        end = start + Int.random(in: 1...6, using: &random)
        if end > length { break }
        units.append(Unit(start..<end, label: Int.random(in: 0...2, using: &random)))
      }
      return units.shuffled(using: &random)
    }
  }

  /// ᵤα and its kin from the values at each place; nil where there is none.
  static func alpha(
    _ study: UnitizingStudy, _ kind: UnitizingAlpha.Kind, _ form: UnitizingAlpha.Pairable
  ) -> Double? {
    let (isBinary, isWhole) = (kind == .binary, kind == .binary || kind == .overall)
    // Of labels 0, 1 and 2, and of gaps.
    var lengths = [[Double]](repeating: [0, 0, 0, 0], count: 4)
    var squares = [0.0, 0, 0, 0]
    for continuum in study.continua where continuum.units.count(where: { $0 != nil }) > 1 {
      let layers = continuum.units.compactMap { $0 }
      let lines = layers.map { units in
        (0..<continuum.length).map { place in
          units.first { $0.hull.contains(place) }.map { isBinary ? 0 : $0.label } ?? 3
        }
      }
      for index in layers.indices {
        let others = layers.indices.filter { $0 != index }
        for other in others {
          for (c, k) in zip(lines[index], lines[other]) { lengths[c][k] += 1 / Double(others.count) }
        }
        if isWhole { squares[3] += Double(lines[index].count { $0 == 3 }) }
        for unit in layers[index] {
          func common(_ others: [Int]) -> Int {
            unit.hull.count { place in others.contains { lines[$0][place] < 3 } }
          }
          let isUnion = isWhole || form == .union
          let all = isWhole ? [unit.hull.count] : isUnion ? [common(others)] : others.map { common([$0]) }
          let sum = Double(all.reduce(0) { $0 + $1 * $1 })
          squares[isBinary ? 0 : unit.label] += isUnion ? sum : sum / Double(others.count)
        }
      }
    }
    let values = isWhole ? 0..<4 : 0..<3
    let sums = values.map { value in values.reduce(0) { $0 + lengths[value][$1] } }
    let total = sums.reduce(0, +)
    let divisor = total - squares.reduce(0, +) / total
    guard total > 0, divisor > 1e-9 else { return nil }
    func expected(_ c: Int, _ k: Int) -> Double { (sums[c] * sums[k] - (c == k ? squares[c] : 0)) / divisor }
    func apart(_ value: Int, _ sum: (Int, Int) -> Double) -> Double {
      values.reduce(0) { $1 == value ? $0 : $0 + sum(value, $1) }
    }
    var (above, below) = (0.0, 0.0)
    if case .value(let k) = kind {
      above = apart(k) { lengths[$0][$1] } / sums[k]
      below = apart(k, expected) / (apart(k, expected) + expected(k, k))
    } else {
      above = values.reduce(0) { $0 + apart($1) { lengths[$0][$1] } }
      below = values.reduce(0) { $0 + apart($1, expected) }
    }
    return below > 0 ? 1 - above / below : nil
  }

  @Test func `alphas for unitizing are those of the values at each place`() throws {
    let kinds: [UnitizingAlpha.Kind] = [.overall, .binary, .coding, .value(0), .value(1), .value(2)]
    var defined = 0
    for seed in 0..<250 {
      var random = SeededGenerator(seed: UInt64(seed))
      let annotators = Int.random(in: 2...4, using: &random)
      let study = ContinuumLawTests.study(&random, length: 25, absent: 0.15) {
        Self.parts(&$0, annotators, length: 25)
      }
      let (names, order) = ([0, 1, 2].shuffled(using: &random), (0..<annotators).shuffled(using: &random))
      var turned = UnitizingStudy(annotators: annotators)
      for continuum in study.continua.reversed() {
        let units = order.map { continuum.units[$0]?.map { Unit($0.hull, label: names[$0.label]) } }
        turned.append(UnitizingStudy.Continuum(length: 25, units: units))
      }
      for kind in kinds {
        var renamed = kind
        if case .value(let label) = kind { renamed = .value(names[label]) }
        for form in UnitizingAlpha.Pairable.allCases {
          let measure = UnitizingAlpha(kind, labels: 3, pairable: form)
          let value = try? measure.coefficient(of: study).value
          let other = try? UnitizingAlpha(renamed, labels: 3, pairable: form).coefficient(of: turned).value
          let expected = Self.alpha(study, kind, form)
          let isDefined = [value, other, expected].map { $0 != nil }
          #expect(Set(isDefined).count == 1, "\(seed) \(kind) \(form)")
          guard let value, let other, let expected else { continue }
          defined += 1
          #expect(abs(value - expected) < 1e-9 && abs(value - other) < 1e-12, "\(seed) \(kind) \(form)")
        }
      }
      let tallies = try UnitizingAlpha(.overall, labels: 3).tallies(of: study)
      var sum = try UnitizingTally(labels: 3, annotators: annotators)
      for place in study.continua.indices {
        let alone = try UnitizingAlpha(.overall, labels: 3).tallies(of: study.document(place)).total
        sum.counts = zip(sum.counts, alone.counts).map { $0 + $1 }
      }
      #expect(sum == tallies.total, "\(seed)")
    }
    #expect(defined > 1500, "\(defined)")
  }

  @Test func `alpha of 1995 is that of the sums over all segments`() {
    for seed in 0..<400 {
      var random = SeededGenerator(seed: UInt64(seed))
      let annotators = Int.random(in: 2...4, using: &random)
      // Units of different labels may overlap.
      let study = ContinuumLawTests.study(&random, length: 25, absent: 0) { random in
        let labels = (0..<3).map { label in
          Self.parts(&random, annotators, length: 25).map { $0.map { Unit($0.hull, label: label) } }
        }
        return (0..<annotators).map { annotator in labels.flatMap { $0[annotator] } }
      }
      let length = Double(25 * study.continua.count)
      var (observed, expected) = (0.0, 0.0)
      for label in 0..<3 {
        // For each document and annotator, what stands between two borders, and whether it is a unit.
        let lines = study.continua.map { continuum in
          continuum.units.compactMap { $0 }.map { units -> [(range: Range<Int>, isUnit: Bool)] in
            let ranges = units.filter { $0.label == label }.map(\.hull)
            let borders = Set(ranges.flatMap { [$0.lowerBound, $0.upperBound] } + [0, 25]).sorted()
            return zip(borders, borders.dropFirst()).map { ($0..<$1, ranges.contains($0..<$1)) }
          }
        }
        for document in lines {
          for (index, line) in document.enumerated() {
            for (second, other) in document.enumerated() where second != index {
              for (a, isUnit) in line where isUnit {
                for (b, isUnitToo) in other where a.overlaps(b) {
                  let (start, end) = (a.lowerBound - b.lowerBound, a.upperBound - b.upperBound)
                  // A unit in a gap is met once, two units twice.
                  if isUnitToo { observed += Double(start * start + end * end) }
                  if !isUnitToo, start >= 0, end <= 0 { observed += 2 * Double(a.count * a.count) }
                }
              }
            }
          }
        }
        let (all, places) = (Array(lines.joined().joined()), length * Double(annotators))
        let (units, gaps) = (all.filter(\.isUnit), all.filter { !$0.isUnit }.map { Double($0.range.count) })
        var (sum, within) = (0.0, 0.0)
        for size in units.map({ Double($0.range.count) }) {
          sum += Double(units.count - 1) / 3 * (2 * size * size * size - 3 * size * size + size)
          for gap in gaps { sum += size * size * max(0, gap - size + 1) }
          within += size * (size - 1)
        }
        expected += 2 / length * sum / (places * (places - 1) - within)
      }
      observed /= Double(annotators * (annotators - 1)) * length * length
      let value = try? UnitizingAlpha1995(labels: [0, 1, 2]).coefficient(of: study).value
      #expect((value == nil) == (expected == 0), "\(seed)")
      if let value { #expect(abs(value - (1 - observed / expected)) < 1e-12, "\(seed)") }
    }
  }

  @Test func `units that overlap have no alpha, nor has what nobody has marked`() throws {
    func undefined(_ units: [[Unit]?]) throws -> [Undefined?] {
      var study = UnitizingStudy(annotators: 2)
      study.append(UnitizingStudy.Continuum(length: 9, units: units))
      let results = [
        UnitizingAlpha(.overall, labels: 2).result(of: try UnitizingTally.tallies(of: study, labels: 2).total),
        UnitizingAlpha1995(labels: [0, 1]).result(of: study),
      ]
      return results.map { if case .failure(let reason) = $0 { reason } else { nil } }
    }
    let unit = Unit(4..<8, label: 0)
    #expect(try undefined([[unit, Unit(0..<5, label: 0)], []]) == [.overlappingUnits, .overlappingUnits])
    #expect(try undefined([[unit, Unit(0..<5, label: 1)], []]) == [.overlappingUnits, nil])
    #expect(try undefined([[], []]) == [.noSpans, .noSpans])
    #expect(try undefined([[unit], nil]) == [.noSpans, .fewerThanTwoAnnotators])
  }

  @Test func `parts of a continuum are the runs of places under a label`() {
    for seed in 0..<500 {
      var random = SeededGenerator(seed: UInt64(seed))
      let layers = [LawTests.units(&random), LawTests.units(&random), nil]
      var study = UnitizingStudy(annotators: 3)
      study.append(UnitizingStudy.Continuum(length: 50, units: layers))
      let parts = study.partition.continua[0]
      #expect(parts.marked == study.continua[0].marked && parts.length == 50 && parts.units[2] == nil)
      for (found, units) in zip(parts.units, layers) {
        var expected: [Unit] = []
        for label in 0...1 {
          for place in Set((units ?? []).filter { $0.label == label }.flatMap { $0.fragments.joined() }).sorted() {
            let run = expected.last.map { $0.label == label && $0.hull.upperBound == place } ?? false
            let start = run ? expected.removeLast().hull.lowerBound : place
            expected.append(Unit(start..<place + 1, label: label))
          }
        }
        #expect((found ?? []).count == expected.count && Set(found ?? []) == Set(expected), "\(seed)")
      }
    }
  }
}
