import Standoff
import Testing

@Suite struct SpanIndexTests {
  @Test func `what covers a range is what a look at all spans finds`() throws {
    let time = try #require(Timestamp("2026-01-01T00:00:00Z"))
    for seed in 0..<200 {
      var random = Seeded(seed)
      let spans = (1...Int.random(in: 1...30, using: &random)).map { id in
        let start = Int.random(in: 0..<50, using: &random)
        let end = start + Int.random(in: 1...(id % 7 == 0 ? 40 : 6), using: &random)
        let gap = Int.random(in: 1...5, using: &random)
        let fragments = [TextRange(start, end)] + (id % 3 == 0 ? [TextRange(end + gap, end + gap + 2)] : [])
        return Annotation(id: id, label: "claim", fragments: fragments, created: time)
      }
      let index = SpanIndex(spans.shuffled(using: &random))
      let ordered = spans.sorted(by: Annotation.inReadingOrder)
      #expect(index.spans == ordered)
      for start in 0..<100 {
        let range = TextRange(start, start + Int.random(in: 1...9, using: &random))
        #expect(index.covering(range) == ordered.filter { $0.covers(anyOf: range) }, "\(seed)")
        let apart = [range, TextRange(range.end + 2, range.end + 3)]
        #expect(index.overlapping(apart) == ordered.filter { Annotation.common($0.fragments, apart) > 0 }, "\(seed)")
      }
      #expect(index.overlapping([]).isEmpty)
    }
  }
}
