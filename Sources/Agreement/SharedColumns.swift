import Synchronization

/// The different columns of several narrow matrices of the same documents, each kept once.
///
/// Measures have many counts in common, such as the spans of an annotator, and a resample adds up each of them once.
struct SharedColumns: Sendable {
  /// A column, by its matrix and its place there.
  private struct Column {
    let matrix: Int
    let place: Int
  }

  private let shared: CountMatrix
  /// For each matrix, the places of its columns in ``shared``; nil for one that is not narrow.
  private let places: [[Int]?]

  init(of matrices: [CountMatrix], documents: Int) {
    let hashes = Mutex([[UInt64]](repeating: [], count: matrices.count))
    inParallel(matrices.count) { matrix in
      let found = matrices[matrix].hashesOfColumns
      hashes.withLock { $0[matrix] = found }
    }
    var (kept, places): ([Column], [[Int]?]) = ([], [])
    // The places of kept columns, by hash; equal hashes do not make equal columns.
    var known: [UInt64: [Int]] = [:]
    for (matrix, hashes) in hashes.withLock({ $0 }).enumerated() {
      guard case .narrow = matrices[matrix] else {
        places.append(nil)
        continue
      }
      var own: [Int] = []
      for (place, hash) in hashes.enumerated() {
        let same = known[hash, default: []].first { other in
          matrices[matrix].column(place) == matrices[kept[other].matrix].column(kept[other].place)
        }
        if same == nil {
          known[hash, default: []].append(kept.count)
          kept.append(Column(matrix: matrix, place: place))
        }
        own.append(same ?? kept.count - 1)
      }
      places.append(own)
    }
    self.places = places
    var vectors = [SIMD8<Int32>](repeating: .zero, count: (kept.count + 7) / 8 * documents)
    for (place, column) in kept.enumerated() {
      for (document, count) in matrices[column.matrix].column(column.place).enumerated() {
        vectors[place / 8 * documents + document][place % 8] = count
      }
    }
    shared = .narrow(vectors, documents: documents, columns: kept.count)
  }

  /// The sums of several resamples, each document counted as often as it is drawn: of all columns that are kept.
  func sums(_ resamples: [[Int32]]) -> [[Int]] { shared.sums(resamples) }

  /// The sums of a matrix among those of a resample; nil for one that is not narrow.
  func sums(of matrix: Int, in all: [Int]) -> [Int]? { places[matrix]?.map { all[$0] } }
}

extension CountMatrix {
  /// A hash of each column of a narrow matrix; none for another.
  fileprivate var hashesOfColumns: [UInt64] {
    guard case .narrow = self else { return [] }
    return (0..<columns).map { place in
      column(place).reduce(0xCBF2_9CE4_8422_2325) { hash, count in
        (hash ^ UInt64(truncatingIfNeeded: count)) &* 0x0000_0100_0000_01B3
      }
    }
  }

  /// A column of a narrow matrix; none of another.
  fileprivate func column(_ place: Int) -> [Int32] {
    guard case .narrow(let vectors, let documents, _) = self else { return [] }
    let start = place / 8 * documents
    return (start..<start + documents).map { vectors[$0][place % 8] }
  }
}
