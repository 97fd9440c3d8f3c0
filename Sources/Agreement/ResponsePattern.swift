/// The responses to an item, each annotator's in ascending order.
struct ResponsePattern: Hashable, Comparable {
  let responses: [[Int]]

  init(_ item: [[Int]]) { responses = item.map { $0.sorted() } }

  var isEmpty: Bool { responses.allSatisfy(\.isEmpty) }

  static func < (a: Self, b: Self) -> Bool {
    for (one, other) in zip(a.responses, b.responses) where one != other {
      return one.lexicographicallyPrecedes(other)
    }
    return false
  }

  /// The patterns of items, each once with the number of its items, in an order of their own.
  ///
  /// - Parameter counts: how often each item counts.
  /// - Throws: ``Undefined/noPairableItems`` if there is no response; ``InvalidInput`` for a category beyond *categories*
  ///   or an item with another number of annotators.
  static func counted(
    _ items: [[[Int]]], _ counts: [Int]?, categories: Int
  ) throws(Undefined) -> [(pattern: ResponsePattern, count: Double)] {
    guard 1...1024 ~= categories else { throw .invalid(.settingOutOfRange) }
    let annotators = items.first?.count ?? 0
    guard items.allSatisfy({ $0.count == annotators }) else { throw .invalid(.annotatorsMissing) }
    guard annotators * categories * categories <= InvalidInput.mostCounts else { throw .invalid(.tooLarge) }
    guard counts.map({ $0.count == items.count && $0.allSatisfy { $0 >= 0 } }) ?? true else {
      throw .invalid(.malformedItems)
    }
    var found: [ResponsePattern: Int] = [:]
    for (place, item) in items.enumerated() {
      for response in item.joined() where !(0..<categories ~= response) { throw .invalid(.noSuchCategory) }
      found[ResponsePattern(item), default: 0] += counts?[place] ?? 1
    }
    let patterns = found.filter { !$0.key.isEmpty && $0.value > 0 }.sorted { $0.key < $1.key }
    guard !patterns.isEmpty else { throw .noPairableItems }
    return patterns.map { ($0.key, Double($0.value)) }
  }
}
