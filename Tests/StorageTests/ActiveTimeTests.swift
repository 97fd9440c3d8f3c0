import Standoff
import Storage
import Testing

@Suite struct ActiveTimeTests {
  @Test(arguments: [
    ([], 0), ([0], 30), ([0, 10, 40], 70), ([40, 0, 10], 70), ([0, 10, 5000, 5020], 30 + 10 + 30 + 20),
  ]) func `pauses do not count, and what comes before an edit counts half a minute`(offsets: [Int], seconds: Int) {
    let times = offsets.map { Timestamp(secondsSince1970: 1_795_000_000 + $0) }
    #expect(ActiveTime.seconds(times) == seconds)
  }
}
