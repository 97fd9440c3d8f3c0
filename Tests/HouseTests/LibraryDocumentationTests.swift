import Foundation
import Testing

/// The documentation of the libraries that other packages use. Each library's `DocumentationTests` compiles and runs the
/// examples, between lines `// EXAMPLE`.
@Suite struct LibraryDocumentationTests {
  private static let libraries = ["Agreement", "Interchange", "Standoff"]

  private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The texts of a folder's files that end in a suffix.
  private func texts(in folder: String, suffix: String) throws -> [String] {
    let folder = Self.checkout.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(suffix) }
      .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
  }

  /// What stands from each start to the next end: its lines that are not empty, without their indentation.
  private func examples(in text: String, from start: String, to end: String) -> [[String]] {
    text.components(separatedBy: start).dropFirst().map { part in
      part.components(separatedBy: end)[0].split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
  }

  @Test(arguments: libraries) func `its pages show the examples that run, of eight lines at most`(library: String)
    throws
  {
    let mark = "// EXAMPLE\n"
    let tests = try texts(in: "Tests/\(library)Tests", suffix: "DocumentationTests.swift").joined()
    let marked = examples(in: tests, from: mark, to: mark)
    let compiled = marked.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    let shown = try texts(in: "Sources/\(library)/\(library).docc", suffix: ".md")
      .flatMap { examples(in: $0, from: "```swift\n", to: "```") }
    #expect(!shown.isEmpty && shown.count == compiled.count && Set(shown) == Set(compiled))
    for example in shown { #expect(example.count <= 8) }
  }

  @Test(arguments: libraries) func `its topics name every public type`(library: String) throws {
    let page = try String(
      contentsOf: Self.checkout.appendingPathComponent("Sources/\(library)/\(library).docc/\(library).md"),
      encoding: .utf8)
    for source in try texts(in: "Sources/\(library)", suffix: ".swift") {
      for line in source.split(separator: "\n") {
        let words = line.split { !($0.isLetter || $0.isNumber) }
        guard line.hasPrefix("public "), words.count > 2 else { continue }
        if ["struct", "enum", "protocol", "typealias"].contains(words[1]) {
          #expect(page.contains("\n- ``\(words[2])``\n"), "\(words[2])")
        }
      }
    }
  }
}
