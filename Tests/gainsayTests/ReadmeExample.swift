import Agreement
import Interchange
import Standoff
import TestSupport
import Testing

/// The README's six lines, compiled and run.
@Suite struct ReadmeExample {
  @Test func `alpha of two annotators who differ once`() throws {
    // README
    var study = CodingStudy(annotators: 2)
    for (dana, eli) in [(0, 0), (1, 1), (1, 0), (0, 0)] { study.append([dana, eli]) }
    let alpha = try KrippendorffAlpha().coefficient(of: study)
    let text = DocumentText("“Not true,” she said.")
    let quotations = Quotations(near: text.range, in: text).pairs.map { text[$0.range] }
    // README
    #expect(abs(alpha.value - (1 - 0.25 / (2 * 3 * 5 / 56.0))) < 1e-12)
    #expect(quotations == ["“Not true,”"])
    #expect(JSONLines.offsetUnit == "code points")
  }
}
