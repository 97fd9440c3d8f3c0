import Foundation
import LineEditor
import TestSupport
import Testing

/// Checks by other people's programs, in Python: scikit-learn, krippendorff, statsmodels, datasets, spaCy,
/// dkpro-cassis, pyld, bioc, jsonschema.
///
/// They are left out, saying so, where Python or one of its modules is missing.
@Suite(.serialized) struct PeerTests {
  /// Runs a script of Tests/Peers on a copy of the sample corpus.
  static func check(_ script: String, _ arguments: (Desk) -> [String] = { _ in [] }) throws {
    let place = try Desk.sample()
    let python = ProcessInfo.processInfo.environment["GAINSAY_PYTHON"] ?? "python3"
    let path = Program.repository.appendingPathComponent("Tests/Peers/\(script)").path
    let result = try Program.run(
      [python, "-B", path, Program.path, place.root] + arguments(place), program: "/usr/bin/env")
    switch result.status {
    case 0: print("\(script): \(result.output.split(separator: "\n").last ?? "")")
    case 77, 127:
      // Where an interpreter was named, as in CI, its modules are expected to be there.
      if ProcessInfo.processInfo.environment["GAINSAY_PYTHON"] != nil {
        Issue.record("\(result.output)\(result.errors)")
      }
      print("left out: \(script): \(result.output)\(result.errors)")
    default: Issue.record("\(script): \(result.output.suffix(3000))\(result.errors.suffix(3000))")
    }
  }

  @Test func `every figure of agree is that of scikit-learn, krippendorff and statsmodels`() throws {
    try Self.check("agreement.py")
  }

  @Test func `every file and output keeps its schema, broken copies are refused by schema and program`() throws {
    try Self.check("schemas.py")
  }

  @Test func `the README's program proposes, and what it proposes is taken`() throws {
    try Self.check("suggester.py")
  }

  @Test func `datasets loads the export, and every span is its slice in Python`() throws {
    try Self.check("jsonl.py")
  }

  @Test func `every export is read by other tools' readers, span by span`() throws {
    try Self.check("interchange.py") { [$0.root + "/out"] }
  }

  @Test func `the README's program makes what spaCy trains on`() throws {
    try Self.check("readme_spacy.py")
  }
}
