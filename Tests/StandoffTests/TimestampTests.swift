import Standoff
import Testing

@Suite struct TimestampTests {
  @Test func `times are read as they are written`() {
    var random = Seeded(1)
    for _ in 0..<5000 {
      let time = Timestamp(secondsSince1970: Int.random(in: -62_167_219_200..<253_402_300_800, using: &random))
      #expect(Timestamp(time.description) == time)
    }
    #expect(Timestamp(secondsSince1970: 0).description == "1970-01-01T00:00:00Z")
    #expect(Timestamp("2026-11-22T10:00:00Z")?.secondsSince1970 == 1_795_341_600)
    #expect(Timestamp("2024-02-29T23:59:59Z") != nil)
    for text in ["2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22 10:00:00Z", "2026-11-22T24:00:00Z", ""] {
      #expect(Timestamp(text) == nil)
    }
  }
}
