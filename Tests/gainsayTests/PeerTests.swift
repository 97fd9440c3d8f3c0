import Foundation
import TestSupport
import Testing

/// Checks by other people's programs, in Python: scikit-learn, krippendorff, statsmodels, datasets, spaCy,
/// dkpro-cassis, pyld, bioc, jsonschema.
///
/// A check is left out where Python or a module that it needs is missing, unless `GAINSAY_PYTHON` names the interpreter,
/// as in CI: then its modules are expected to be there.
@Suite(.serialized, .tags(.slow)) struct PeerTests {
  private static let named = ProcessInfo.processInfo.environment["GAINSAY_PYTHON"]

  /// Whether an interpreter was named, or the one that there is has these modules.
  private static func has(_ modules: String...) throws -> Bool {
    guard named == nil else { return true }
    let line = "import \((["sys"] + modules).joined(separator: ", "))"
    return try Program.run(["python3", "-c", line], program: "/usr/bin/env").status == 0
  }

  /// Runs a script of Tests/Peers on a copy of the sample corpus.
  private static func check(_ script: String, _ arguments: (Desk) -> [String] = { _ in [] }) throws {
    let desk = try Desk.sample()
    let path = Program.repository.appendingPathComponent("Tests/Peers/\(script)").path
    let result = try Program.run(
      [named ?? "python3", "-B", path, Program.path, desk.root] + arguments(desk), program: "/usr/bin/env")
    #expect(result.status == 0, "\(script): \(result.output.suffix(3000))\(result.errors.suffix(3000))")
  }

  @Test(.enabled("a module is missing") { try has("sklearn", "krippendorff", "statsmodels", "scipy", "nltk") })
  func `every figure of agree is that of scikit-learn, krippendorff and statsmodels`() throws {
    try Self.check("agreement.py")
  }

  @Test(.enabled("jsonschema is missing") { try has("jsonschema") })
  func `every file and output keeps its schema, broken copies are refused by schema and program`() throws {
    try Self.check("schemas.py")
  }

  @Test(.enabled("Python is missing") { try has() })
  func `the README's program proposes, and what it proposes is taken`() throws {
    try Self.check("suggester.py")
  }

  @Test(.enabled("datasets is missing") { try has("datasets") })
  func `datasets loads the export, and every span is its slice in Python`() throws {
    try Self.check("jsonl.py")
  }

  @Test(.enabled("a module is missing") { try has("spacy", "cassis", "pyld", "bioc", "pandas") })
  func `every export is read by other tools' readers, span by span`() throws {
    try Self.check("interchange.py") { [$0.root + "/out"] }
  }

  @Test(.enabled("a module is missing") { try has("spacy", "cassis", "bioc", "datasets") })
  func `files that other tools' libraries made come back equal, or each difference was named`() throws {
    try Self.check("foreign.py")
  }

  @Test(.enabled("spaCy is missing") { try has("spacy", "srsly") })
  func `the README's program makes what spaCy trains on`() throws {
    try Self.check("readme_spacy.py")
  }
}
