import Foundation
import TestSupport
import Testing

/// The figures of the sample corpus that the README gives, held to what was promised.
@Suite(.tags(.slow)) struct BenchmarkTests {
  private struct Figure: Decodable {
    let `case`: String
    let measure: String
    let value: Double
  }

  private static func figures(_ name: String) throws -> [String: Double] {
    let program = Program.products.appendingPathComponent("gainsay-benchmark").path
    let result = try Program.run([name, "--data", Program.repository.path], program: program)
    try #require(result.status == 0, "\(result.errors)")
    var figures: [String: Double] = [:]
    for line in result.output.split(separator: "\n") {
      let figure = try JSONDecoder().decode(Figure.self, from: Data(line.utf8))
      figures["\(figure.case) \(figure.measure)"] = figure.value
    }
    return figures
  }

  @Test func `a span of the sample corpus costs few keys, and all of them work at the real prompt`() throws {
    let figures = try Self.figures("keystrokes")
    for way in ["typed", "numbers", "selector", "suggested"] { #expect(figures["\(way) median"] != nil) }
    #expect(try #require(figures["best median"]) <= 3)
    #expect(try #require(figures["best-without-suggestions median"]) <= 5)
    #expect(try #require(figures["best-without-suggestions mean"]) <= 6)
    #expect(try #require(figures["whole-attribution-without-suggestions median"]) <= 14)
    for way in ["typed", "numbers", "selector"] { #expect(figures["\(way) exact"] == 1) }
    #expect(try #require(figures["whole-attribution exact"]) > 0.95)
    #expect(figures["at-a-pseudo-terminal confirmed"] == 1)
  }

  @Test func `quotations and denials of the sample corpus are proposed`() throws {
    let figures = try Self.figures("suggestions")
    for measure in ["precision", "recall"] {
      #expect(try #require(figures["lexicon/quote \(measure)"]) >= 0.95)
      #expect(try #require(figures["lexicon/denial \(measure)"]) >= 0.65)
    }
  }
}
