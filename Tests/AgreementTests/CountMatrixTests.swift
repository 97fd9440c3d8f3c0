import Testing

@testable import Agreement

@Suite struct CountMatrixTests {
  /// Rows whose counts are made up from a seed.
  private static func rows(_ documents: Int, _ columns: Int, filled: Double, to greatest: Int) -> [[Int]] {
    var generator = SeededGenerator(seed: 7, stream: columns)
    return (0..<documents).map { _ in
      (0..<columns).map { _ in
        generator.index(below: 1000) < Int(filled * 1000) ? 1 + generator.index(below: greatest) : 0
      }
    }
  }

  private static func matrix(_ rows: [[Int]]) -> CountMatrix {
    var builder = CountMatrix.Builder(columns: rows[0].count)
    for row in rows {
      for (column, count) in row.enumerated() where count != 0 { builder.append(count, at: column) }
      builder.endDocument()
    }
    return builder.finished()
  }

  private static let draws: [[Int32]] = [[0, 0, 1, 4, 4, 4], [4, 3, 2, 1, 0, 0], [2, 2, 2, 2, 2, 2]]

  private static func sum(_ rows: [[Int]], _ chosen: [Int32]) -> [Int] {
    rows[0].indices.map { column in chosen.reduce(0) { $0 + rows[Int($1)][column] } }
  }

  @Test(arguments: [(13, 1.0, 9, "narrow"), (13, 0.5, 1 << 40, "wide"), (200, 0.02, 9, "sparse")])
  func `counts add up alike however they are laid out`(
    columns: Int, filled: Double, greatest: Int, layout: String
  ) {
    let rows = Self.rows(5, columns, filled: filled, to: greatest)
    let matrix = Self.matrix(rows)
    #expect("\(matrix)".hasPrefix(layout))
    #expect(matrix.sums(Self.draws) == Self.draws.map { Self.sum(rows, $0) })
    for document in rows.indices {
      #expect(matrix.row(document) == rows[document])
      var cells = [Int](repeating: 0, count: columns)
      matrix.forEachCell(of: document) { cells[$0] += $1 }
      #expect(cells == rows[document])
    }
  }

  @Test func `a column that several matrices have is added up once and found by each`() throws {
    let rows = Self.rows(5, 12, filled: 0.8, to: 5)
    // The second matrix has the first one's columns the other way round, and one of its own.
    let others = rows.enumerated().map { document, row in row.reversed() + [document * document] }
    let sparse = Self.rows(5, 200, filled: 0.02, to: 9)
    let shared = SharedColumns(of: [rows, others, sparse].map(Self.matrix), documents: 5)
    for (chosen, sums) in zip(Self.draws, shared.sums(Self.draws)) {
      #expect(sums.count == Set((0..<12).map { column in rows.map { $0[column] } }).count + 1)
      #expect(shared.sums(of: 0, in: sums) == Self.sum(rows, chosen))
      #expect(shared.sums(of: 1, in: sums) == Self.sum(others, chosen))
      #expect(shared.sums(of: 2, in: sums) == nil)
    }
  }
}
