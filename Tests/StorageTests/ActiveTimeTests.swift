import Standoff
import Storage
import TestSupport
import Testing

@Suite struct ActiveTimeTests {
  private static func times(_ offsets: [Int]) -> [Timestamp] {
    offsets.map { Timestamp(secondsSince1970: 1_795_000_000 + $0) }
  }

  @Test(arguments: [
    ([], 0), ([0], 30), ([0, 10, 40], 70), ([40, 0, 10], 70), ([0, 10, 5000, 5020], 30 + 10 + 30 + 20),
  ]) func `pauses do not count, and what comes before an edit counts half a minute`(offsets: [Int], seconds: Int) {
    #expect(ActiveTime.seconds([Self.times(offsets)]) == [seconds])
  }

  @Test(arguments: [
    // To and fro: the time before an edit is that edit's.
    ([[0, 120, 240], [60, 180]], [30 + 60 + 60, 60 + 60]),
    // One after the other, with a pause between.
    ([[0, 60], [1000, 1060]], [90, 90]),
    // All at once, as a rename does it.
    ([[0], [0], [0]], [30, 0, 0]),
    ([[], [5]], [0, 30]), ([], []),
  ]) func `no minute counts twice, and the documents add up`(offsets: [[Int]], seconds: [Int]) {
    #expect(ActiveTime.seconds(offsets.map(Self.times)) == seconds)
    #expect(ActiveTime.seconds([Self.times(offsets.flatMap(\.self))]) == [seconds.reduce(0, +)])
  }

  @Test func `a journal that was set aside still tells its times, but not to another annotator`() throws {
    let desk = try MemoryDesk()
    for name in ["dana", "dana.journal-1"] {
      var store = try desk.open(name)
      try MemoryDesk.add(&store, 0)
      try store.close()
    }
    let folder = desk.workspace.folder(of: "doc") + "/"
    try desk.disk.rename(folder + ".dana.journal", to: folder + ".dana.journal-20261128T134610Z")
    var store = try desk.open("dana")
    try MemoryDesk.add(&store, 2)
    try store.close()
    #expect(try desk.workspace.editTimes(of: "dana", on: "doc") == [MemoryDesk.time, MemoryDesk.time])
    #expect(try desk.workspace.editTimes(of: "dana.journal-1", on: "doc") == [MemoryDesk.time])
    #expect(try desk.workspace.editTimes(of: "eli", on: "doc").isEmpty)
  }
}
