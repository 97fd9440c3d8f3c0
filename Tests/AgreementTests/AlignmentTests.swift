import Agreement
import Testing

/// Pairing of spans, and what is said of paired spans, against trying all ways.
@Suite struct AlignmentTests {
  typealias Unit = UnitizingStudy.Unit

  /// What a pair is worth: one if its units are equal, twice its credit, one for being a pair, and the places in common;
  /// nil where it may not be.
  typealias Worth = (equal: Int, credit: Int, pairs: Int, common: Int)

  static func worth(_ a: Unit, _ b: Unit, _ criterion: SpanCriterion) -> Worth? {
    let (one, other) = (Set(a.fragments.joined()), Set(b.fragments.joined()))
    let common = one.intersection(other).count
    guard common > 0 else { return nil }
    let isSame = one == other
    let equal = isSame && a.label == b.label ? 1 : 0
    switch criterion {
    case .strict: return (equal, 2 * equal, 1, common)
    case .boundary: return (equal, isSame ? 2 : 0, 1, common)
    case .partial: return (equal, isSame ? 2 : 1, 1, common)
    case .type: return (equal, a.label == b.label ? 2 : 0, 1, common)
    case .overlap(let minimum):
      guard a.label == b.label, Double(common) >= minimum * Double(one.union(other).count) else { return nil }
      return (equal, 2, 1, common)
    }
  }

  /// The greatest worth of all one-to-one pairings, each of which is tried.
  static func best(_ first: ArraySlice<Unit>, _ second: [Unit], _ criterion: SpanCriterion) -> Worth {
    guard let unit = first.first else { return (0, 0, 0, 0) }
    var best = best(first.dropFirst(), second, criterion)
    for (index, other) in second.enumerated() {
      guard let worth = worth(unit, other, criterion) else { continue }
      var rest = second
      rest.remove(at: index)
      let found = Self.best(first.dropFirst(), rest, criterion)
      let sum = (
        found.equal + worth.equal, found.credit + worth.credit, found.pairs + worth.pairs, found.common + worth.common
      )
      if sum > best { best = sum }
    }
    return best
  }

  static let criteria: [SpanCriterion] = [.strict, .boundary, .partial, .type, .overlap(minimum: 0.3)]

  @Test(arguments: criteria) func `the pairing is as good as the best of all`(criterion: SpanCriterion) throws {
    for seed in 0..<500 {
      var random = SeededGenerator(seed: UInt64(seed))
      let (first, second) = (LawTests.units(&random), LawTests.units(&random))
      let pairs = Alignment(first, second, by: criterion).pairs
      #expect(Set(pairs.map(\.first)).count == pairs.count && Set(pairs.map(\.second)).count == pairs.count)
      var sum: Worth = (0, 0, 0, 0)
      for pair in pairs {
        guard let worth = Self.worth(first[pair.first], second[pair.second], criterion) else {
          Issue.record("\(seed): a pair that may not be")
          continue
        }
        sum = (sum.equal + worth.equal, sum.credit + worth.credit, sum.pairs + 1, sum.common + worth.common)
      }
      #expect(sum == Self.best(first[...], second, criterion), "\(seed)")
      let tally = try SpanScore(.f1, by: criterion).tally(first, second)
      #expect(2 * tally.correct + tally.partial == sum.credit, "\(seed)")
      #expect(tally.correct + tally.partial + tally.incorrect == sum.pairs, "\(seed)")
      #expect(tally.missing == first.count - sum.pairs && tally.spurious == second.count - sum.pairs)
    }
  }

  @Test func `many spans that all overlap are paired within reason`() throws {
    let first = (0..<250).map { Unit($0..<1000 - $0, label: $0 % 3) }
    let second = (0..<250).map { Unit($0 + 1..<1001 - $0, label: $0 % 2) }
    let tally = try SpanScore(.f1, by: .partial).tally(first, second)
    #expect(tally.partial + tally.correct == 250)
  }

  @Test func `the order of the lists changes no count`() throws {
    for seed in 0..<500 {
      var random = SeededGenerator(seed: UInt64(seed))
      let (first, second) = (LawTests.units(&random), LawTests.units(&random))
      for criterion in Self.criteria {
        let score = SpanScore(.f1, by: criterion)
        let tally = try score.tally(first, second)
        #expect(try score.tally(first.shuffled(using: &random), second.shuffled(using: &random)) == tally)
        let turned = try score.tally(second, first)
        #expect([turned.correct, turned.partial, turned.incorrect] == [tally.correct, tally.partial, tally.incorrect])
        #expect([turned.missing, turned.spurious] == [tally.spurious, tally.missing])
      }
    }
  }

  @Test func `what is said of spans hangs neither on their order nor on who is named first`() throws {
    for seed in 0..<2000 {
      var random = SeededGenerator(seed: UInt64(seed))
      // Spans that differ in place, label or fragments, with values of two attributes.
      let layers = (0..<2).map { _ in
        var seen: Set<Unit> = []
        let units = Self.distinct(LawTests.units(&random), &seen)
        return units.map { ($0, [Int.random(in: 0...1, using: &random), nil] as [Int?]) }
      }
      func share(_ first: [(Unit, [Int?])], _ second: [(Unit, [Int?])]) -> Double? {
        var study = AttributeStudy(annotators: 2)
        study.append([first, second].map { AttributeStudy.Layer(units: $0.map(\.0), values: $0.map(\.1)) })
        return try? AttributeAgreement(attributes: [0], by: .overlap(minimum: 0)).coefficient(of: study).value
      }
      let value = share(layers[0], layers[1])
      #expect(share(layers[1], layers[0]) == value, "\(seed)")
      #expect(share(layers[0].shuffled(using: &random), layers[1].shuffled(using: &random)) == value, "\(seed)")
    }
  }

  private static func distinct(_ units: [Unit], _ seen: inout Set<Unit>) -> [Unit] {
    units.filter { seen.insert($0).inserted }
  }

  @Test func `against a reference the mean is over the others alone`() throws {
    var study = UnitizingStudy(annotators: 3)
    let units = [[Unit(0..<5, label: 0)], [Unit(0..<5, label: 0), Unit(8..<9, label: 0)], []]
    study.append(UnitizingStudy.Continuum(length: 10, units: units))
    let recall = SpanScore(.recall, by: .strict)
    // Both others are held to the second, who marked two: one found one of them, one none.
    #expect(try MeanOverPairs(recall, reference: 1).coefficient(of: study).value == 0.25)
  }

  // MARK: relations and attributes

  /// Two annotators' layers over spans that are apart, so that there is one alignment only.
  static func layers(_ random: inout SeededGenerator) -> [RelationStudy.Layer] {
    let places = (0..<6).map { ($0 * 10..<$0 * 10 + 5, Int.random(in: 0...1, using: &random)) }
    return (0..<2).map { _ in
      let units = places.filter { _ in Bool.random(using: &random) }.map { Unit($0.0, label: $0.1) }
      let relations = (0..<5).compactMap { _ -> RelationStudy.Relation? in
        guard let from = units.indices.randomElement(using: &random) else { return nil }
        let to = units.indices.randomElement(using: &random)
        return RelationStudy.Relation(
          type: Int.random(in: 0...1, using: &random), from: from,
          to: Int.random(in: 0...3, using: &random) == 0 ? nil : to)
      }
      return RelationStudy.Layer(units: units, relations: relations)
    }
  }

  static let permitted: Set<RelationAlpha.Permission> = [
    RelationAlpha.Permission(type: 0, from: 0, to: 1), RelationAlpha.Permission(type: 1, from: 0, to: 1),
    RelationAlpha.Permission(type: 1, from: 1, to: 1),
  ]

  @Test func `relation F1 is that of comparing lists of places`() {
    for seed in 0..<1000 {
      var random = SeededGenerator(seed: UInt64(seed))
      let layers = Self.layers(&random)
      var study = RelationStudy(annotators: 2)
      study.append(layers)
      let lists = layers.map { layer in
        layer.relations.map {
          [$0.type, layer.units[$0.from].hull.lowerBound, $0.to.map { layer.units[$0].hull.lowerBound } ?? -1]
        }
      }
      var (rest, matched) = (lists[1], 0)
      for relation in lists[0] {
        guard let index = rest.firstIndex(of: relation) else { continue }
        rest.remove(at: index)
        matched += 1
      }
      let all = lists[0].count + lists[1].count
      let value = try? RelationF1(by: .strict).coefficient(of: study).value
      #expect(value == (all == 0 ? nil : Double(2 * matched) / Double(all)), "\(seed)")
    }
  }

  @Test func `relation alpha is nominal alpha of the pairs of places written out`() {
    var defined = 0
    for seed in 0..<1000 {
      var random = SeededGenerator(seed: UInt64(seed))
      var study = RelationStudy(annotators: 2)
      var coding = CodingStudy(annotators: 2)
      for _ in 0..<3 {
        let layers = Self.layers(&random)
        study.append(layers)
        let common = layers[0].units.filter(layers[1].units.contains)
        for from in common {
          for to in common where to != from {
            guard Self.permitted.contains(where: { $0.from == from.label && $0.to == to.label }) else { continue }
            coding.append(
              layers.map { layer in
                layer.relations.reduce(0) { set, relation in
                  guard layer.units[relation.from] == from, let end = relation.to, layer.units[end] == to,
                    Self.permitted.contains(
                      RelationAlpha.Permission(type: relation.type, from: from.label, to: to.label))
                  else { return set }
                  return set | 1 << relation.type
                }
              })
          }
        }
      }
      let expected = try? KrippendorffAlpha().coefficient(of: coding).value
      let value = try? RelationAlpha(by: .strict, permitted: Self.permitted).coefficient(of: study).value
      #expect((value == nil) == (expected == nil), "\(seed)")
      if let value, let expected {
        defined += 1
        #expect(abs(value - expected) < 1e-12, "\(seed)")
      }
    }
    #expect(defined > 500)
  }

  @Test func `attributes agree on spans that both have marked`() throws {
    let units = [Unit(0..<5, label: 0), Unit(10..<15, label: 0), Unit(20..<25, label: 1)]
    var study = AttributeStudy(annotators: 2)
    study.append([
      AttributeStudy.Layer(units: units, values: [[0, nil], [1, 7], [nil, nil]]),
      AttributeStudy.Layer(
        units: [Unit(1..<5, label: 0), units[1], units[2]], values: [[0, nil], [2, 7], [nil, 3]]),
    ])
    func share(_ attributes: [Int], _ criterion: SpanCriterion) throws -> [Double] {
      let found = try AttributeAgreement(attributes: attributes, by: criterion).coefficient(of: study)
      return [found.value, Double(found.items)]
    }
    #expect(try share([0], .overlap(minimum: 0)) == [0.5, 2])
    #expect(try share([0], .strict) == [0, 1])
    #expect(try share([1], .overlap(minimum: 0)) == [0.5, 2])
    #expect(try share([0, 1], .overlap(minimum: 0)) == [0.5, 4])
  }
}
