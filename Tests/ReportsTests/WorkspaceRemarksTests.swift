import Testing

@testable import Reports

@Suite struct WorkspaceRemarksTests {
  @Test(arguments: [
    ("Maren Tolk", "Tolk", true), ("ferry-tender", "ferry tender", true), ("Ferry-Tender", "ferry-tender", true),
    ("Wiebke Ohm", "Wiebke Öhm", true), ("tax-2019", "tax-2020", false), ("dust", "rust", false),
    ("Maren Tolk", "Anton Reyle", false), ("", "x", false),
  ]) func `values are alike by their words, not by their marks`(a: String, b: String, alike: Bool) {
    #expect(WorkspaceRemarks.areAlike(a, b) == alike)
    #expect(WorkspaceRemarks.areAlike(b, a) == alike)
  }
}
