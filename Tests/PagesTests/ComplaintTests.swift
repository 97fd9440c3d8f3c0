import TestSupport
import Testing

@testable import Pages

@Suite struct ComplaintTests {
  @Test func `what is meant is underlined where it stands last, by columns`() {
    let complaint = Complaint(
      "There is no word “你”.", "Name another.", culprit: "你", choices: [Complaint.Offer(text: "this one", line: "x 1")])
    expect(
      complaint.page(line: "find 你 你"),
      #"""
        find 你 你
                ^^
      There is no word “你”.
      Name another.
       1  this one
      """#)
  }

  @Test func `a line that does not hold it is not shown`() {
    expect(
      Complaint("There is no span 9.", culprit: "9").page(line: "x 8"),
      #"""
      There is no span 9.
      """#)
  }

  @Test func `a problem of a thousand letters is cut short`() {
    let complaint = Complaint("No “\(String(repeating: "x", count: 1000))”.")
    #expect(complaint.problem.count == 600)
    #expect(complaint.problem.hasSuffix("x”."))
  }
}
