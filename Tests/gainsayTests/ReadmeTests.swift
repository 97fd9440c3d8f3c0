import Pages
import Storage
import Foundation
import Prompt
import TestSupport
import Testing

@Suite struct ReadmeTests {
  @Test func `the README's tables are made from the commands`() throws {
    let url = Program.repository.appendingPathComponent("README.md")
    var readme = try String(contentsOf: url, encoding: .utf8)
    let desk = try Desk()
    let scheme = try desk.workspace.scheme("claims-denials-quotes")
    for (name, table) in [
      ("verbs", Help.markdown(scheme)), ("words", Help.selectionsMarkdown), ("keys", SpanSelector.keysMarkdown),
    ] {
      let opening = try #require(readme.range(of: "<!-- \(name) -->\n"))
      let closing = try #require(readme.range(of: "<!-- /\(name) -->"))
      let place = opening.upperBound..<closing.lowerBound
      guard readme[place] != table else { continue }
      Issue.record("The table of \(name) is another one; RECORD=1 writes it.")
      guard ProcessInfo.processInfo.environment["RECORD"] == "1" else { continue }
      readme.replaceSubrange(place, with: table)
      try readme.write(to: url, atomically: true, encoding: .utf8)
    }
  }

  @Test func `the README's session answers as it is printed`() throws {
    let readme = try String(contentsOf: Program.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let block = try #require(readme.split(separator: "```").dropFirst().first)
    let desk = try Desk.sample()
    var session = try desk.open("ferry-contract", as: "reader")
    _ = session.answer("g 2")
    var answer = ""
    var lines = 0
    for line in block.split(separator: "\n") {
      if let prompt = line.range(of: "> "), line.hasPrefix("ferry-contract") {
        #expect(line[..<prompt.upperBound] == session.prompt)
        answer = session.answer(String(line[prompt.upperBound...])).text
      } else {
        #expect(answer.contains(line), "\(answer)")
      }
      lines += 1
    }
    #expect(lines >= 10)
  }

  @Test func `the README's sentence looks as it is printed`() throws {
    let readme = try String(contentsOf: Program.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let block = try #require(readme.split(separator: "```").first { $0.contains("In a letter, the company") })
    let desk = try Desk.sample()
    var session = try desk.open("ferry-contract", as: "reader")
    for line in ["g 3", "c two..$", "q", "s the company", "k said"] { _ = session.answer(line) }
    let view = session.view(width: 82, colour: true).rendered(width: nil, colour: false)
    #expect(view.hasPrefix(block.drop { $0.isNewline }), "\(view)")
  }

  @Test func `the three libraries read as the README shows`() throws {
    let readme = try String(contentsOf: Program.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let source = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("ReadmeExample.swift"), encoding: .utf8)
    let body = try #require(source.split(separator: "// README\n").dropFirst().first)
    let shown = body.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("    ") ? $0.dropFirst(4) : $0 }.joined(separator: "\n").trimmingCharacters(in: .newlines)
    #expect(readme.contains(shown), "\(shown)")
  }
}
