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

  @Test(arguments: [
    (1, 124, 3, "[░░░░░░░░░░] aligning"), (37, 124, 5, "[██░░░░░░░░] aligning, about 11 s left"),
    (12_000, 12_400, 86_400, "[█████████░] aligning, about 2880 s left"),
  ]) func `while gamma aligns, the time that is left is estimated`(
    found: Int, wanted: Int, seconds: Int, line: String
  ) {
    #expect(ProgressBar.line(aligned: found, of: wanted, seconds: seconds) == line)
    #expect(line.count <= 40)
  }

  @Test(arguments: [
    (3412, 300, Optional(1000), 6, "[███░░░░░░░] 3412 lines, about 14 s left"),
    (9_999_999, 300, nil, 12, "9999999 lines, 12 s"), (1, 0, 1000, 0, "[░░░░░░░░░░] 1 line"),
  ]) func `lines of a stream are counted, and the time that is left estimated where its end is known`(
    lines: Int, bytes: Int, all: Int?, seconds: Int, line: String
  ) {
    #expect(ProgressBar.line(lines: lines, bytes: bytes, of: all, seconds: seconds) == line)
    #expect(line.count <= 40)
  }
}
