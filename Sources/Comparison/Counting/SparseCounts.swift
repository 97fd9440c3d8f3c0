/// Counts of which most are 0: the others, by their places in ascending order.
package struct SparseCounts: Equatable, Sendable {
  package private(set) var places: [Int32] = []
  package private(set) var counts: [Int] = []

  package init() {}

  package init(_ all: some Collection<Int>) {
    for (place, count) in all.enumerated() where count != 0 {
      places.append(Int32(truncatingIfNeeded: place))
      counts.append(count)
    }
  }

  /// Adds a count that is not 0, at a place after the last one.
  package mutating func append(_ count: Int, at place: Int) {
    places.append(Int32(truncatingIfNeeded: place))
    counts.append(count)
  }

  /// Adds these counts to all, each at its place.
  package func add(to all: inout [Int]) {
    for (place, count) in zip(places, counts) where all.indices ~= Int(place) { all[Int(place)] &+= count }
  }
}
