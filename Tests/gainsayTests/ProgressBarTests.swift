import Testing

@testable import gainsay

@Suite struct ProgressBarTests {
  @Test(arguments: [
    (0, 10, 3, "working, 3 s"), (1, 10, 0, "[█░░░░░░░░░] 1 of 10 documents"),
    (412, 1000, 9, "[████░░░░░░] 412 of 1000 documents"), (999, 1000, 9, "[█████████░] 999 of 1000 documents"),
    (1000, 1000, 12, "working, 12 s"), (0, 0, 1, "working, 1 s"),
  ]) func `documents are counted while they are read, then the seconds`(
    read: Int, total: Int, seconds: Int, line: String
  ) {
    #expect(ProgressBar.line(read: read, total: total, seconds: seconds) == line)
    #expect(line.count <= 40)
  }
}
