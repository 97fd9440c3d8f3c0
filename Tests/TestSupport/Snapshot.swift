import Foundation
package import Pages
import Synchronization
import Testing

/// Expects the whole text of a page, but the end of its last line.
package func expect(
  _ page: Page, _ held: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  let text = page.text.hasSuffix("\n") ? String(page.text.dropLast()) : page.text
  expect(text, held, fileID: fileID, filePath: filePath, line: line, column: column)
}

/// Expects a whole text, temporary folders called `/desk`.
///
/// With `RECORD=1` in the environment, the literal at the place of the call becomes what came, and the run fails still.
///
/// - Parameter held: a literal of several lines in the call, each of its delimiters at an end of a line.
package func expect(
  _ text: String, _ held: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) {
  let text = TemporaryFolders.hidden(in: text)
  guard !text.utf8.elementsEqual(held.utf8) else { return }
  var said = "What came is\n\(text)\nand not\n\(held)"
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    do { try Snapshot.recorded.withLock { try $0.record(text, for: held, in: filePath, at: line) } } catch {
      said += "\n\(error)"
    }
  }
  Issue.record(
    Comment(rawValue: said),
    sourceLocation: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Texts recorded in this run. Files are written from what they were when they were compiled, with every text
/// recorded so far, so that no place moves under another; one at a time.
private struct Snapshot {
  static let recorded = Mutex(Snapshot())

  /// No literal stands there, or another one than was compiled.
  private struct NoLiteral: Error, CustomStringConvertible {
    let description = "Nothing was recorded: another literal stands there than was compiled. Build the tests again."
  }

  private struct Source {
    let lines: [String]
    /// The lines of a literal, delimiters and all, and what takes their place.
    var literals: [Range<Int>: [String]] = [:]
  }
  private var sources: [String: Source] = [:]

  mutating func record(_ text: String, for held: String, in path: String, at line: Int) throws {
    var source =
      try sources[path] ?? Source(lines: String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n"))
    let call = source.lines[(line - 1)...]
    guard let opening = call.firstIndex(where: { $0.hasSuffix("\"\"\"") }) else { throw NoLiteral() }
    let signs = String(source.lines[opening].dropLast(3).reversed().prefix { $0 == "#" })
    guard
      let closing = call[(opening + 1)...].firstIndex(where: { $0.drop { $0 == " " }.hasPrefix("\"\"\"\(signs)") })
    else { throw NoLiteral() }
    let indent = String(source.lines[closing].prefix { $0 == " " })
    let now = source.lines[(opening + 1)..<closing].map { $0.hasPrefix(indent) ? $0.dropFirst(indent.count) : $0[...] }
    guard now.joined(separator: "\n") == Snapshot.escaped(held, signs) else { throw NoLiteral() }
    let marks = Snapshot.marks(for: text)
    let body = Snapshot.escaped(text, marks).components(separatedBy: "\n").map { $0.isEmpty ? "" : indent + $0 }
    source.literals[opening..<(closing + 1)] =
      [source.lines[opening].replacing(#/#*"""$/#, with: "\(marks)\"\"\"")] + body
      + [source.lines[closing].replacing(#/"""#*/#, with: "\"\"\"\(marks)")]
    sources[path] = source
    var lines = source.lines
    for (place, literal) in source.literals.sorted(by: { $0.key.lowerBound > $1.key.lowerBound }) {
      lines.replaceSubrange(place, with: literal)
    }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// As many number signs as leave nothing in the text to escape, at least one.
  private static func marks(for text: String) -> String {
    var marks = "#"
    while text.contains("\"\"\"\(marks)") || text.contains("\\\(marks)") { marks += "#" }
    return marks
  }

  /// The text with what cannot be seen in a source file escaped.
  private static func escaped(_ text: String, _ marks: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch (scalar, scalar.properties.generalCategory) {
      case ("\n", _): escaped += "\n"
      case ("\t", _): escaped += "\\\(marks)t"
      case ("\r", _): escaped += "\\\(marks)r"
      case (_, .control), (_, .format): escaped += "\\\(marks)u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }
}
