import ArgumentParser
import DefaultFiles
import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// The guideline as it is printed, and how it comes into old workspaces.
@Suite struct GuidelineTests {
  static func run<Command: ShellCommand>(_: Command.Type, _ words: [String], in desk: Desk) throws -> CommandOutcome {
    let shell = Shell(
      viewer: "lead", me: "lead", disk: POSIXDisk(), currentFolder: desk.root, width: 80, isColoured: false,
      now: Desk.time)
    return try Command.parse(words).outcome(in: shell)
  }

  @Test func `the guideline is printed for new annotators, as text, Markdown and HTML`() throws {
    let desk = try Desk()
    let text = try Self.run(GuidelineCommand.self, [], in: desk).page.text
    #expect(text.hasPrefix("Claims, denials and quotes (claims-denials-quotes 1.1.0)"))
    let markdown = String(
      decoding: try #require(try Self.run(GuidelineCommand.self, ["--markdown"], in: desk).data), as: UTF8.self)
    let html = String(
      decoding: try #require(try Self.run(GuidelineCommand.self, ["--html"], in: desk).data), as: UTF8.self)
    for rule in try Desk.scheme().guideline {
      #expect(text.contains("\n\(rule.number). \(rule.text)"))
      #expect(markdown.contains("\n\(rule.number). "))
    }
    #expect(html.components(separatedBy: "<mark>").count == html.components(separatedBy: "</mark>").count)
    #expect(html.contains("<mark><small>source</small> Mayor Ida Holm</mark>") && !html.contains("⟦"))
    #expect(throws: Complaint.self) { try Self.run(GuidelineCommand.self, ["--html", "--markdown"], in: desk) }
    let other = try Self.run(GuidelineCommand.self, ["--scheme", "attribution"], in: desk).page.text
    #expect(other.contains("attribution 1.1.0"))
  }

  @Test func `a label's help fits a screen, and every rule has a right and a wrong example`() throws {
    for name in ["claims-denials-quotes", "attribution"] {
      let scheme = try Desk.scheme(name)
      #expect(scheme.guideline.count <= (name == "attribution" ? 6 : 17))
      for rule in scheme.guideline { #expect(rule.right.contains("⟦") && rule.right != rule.wrong) }
    }
  }

  @Test func `an old workspace gets the new files where nobody changed the old ones`() throws {
    let desk = try Desk()
    let old = try String(contentsOf: desk.file("Schemas/claims-denials-quotes.scheme.json"), encoding: .utf8)
    // The scheme of 1.0.0, as the sample corpus of the benchmark has it.
    let first = try #require(
      Bundle.module.url(forResource: "Golden/claims-denials-quotes-1.0.0", withExtension: "json"))
    try Data(contentsOf: first).write(to: desk.file("Schemas/claims-denials-quotes.scheme.json"))
    try FileManager.default.removeItem(at: desk.file("Schemas/log.schema.json"))
    try FileManager.default.removeItem(at: desk.file("Schemas/de.lexicon.json"))
    try desk.write("{}", to: "Schemas/list.schema.json")
    let said = try Self.run(InitCommand.self, ["--update"], in: desk).page.text
    #expect(said.contains("Added: log.schema.json."))
    #expect(said.contains("Updated: claims-denials-quotes.scheme.json."))
    #expect(said.contains("Left as it is, because it was changed by hand: list.schema.json."))
    #expect(try String(contentsOf: desk.file("Schemas/claims-denials-quotes.scheme.json"), encoding: .utf8) == old)
    #expect(!FileManager.default.fileExists(atPath: desk.file("Schemas/de.lexicon.json").path))
    #expect(try Self.run(InitCommand.self, ["--update"], in: desk).page.text.hasPrefix("Nothing to update."))
  }

  /// Else a later version would take today's file for one that somebody changed.
  @Test func `the files of today are known as unchanged ones, or .ci/earlier-files must be run`() {
    for file in DefaultFile.schemas {
      let digest = String(SHA256.hex(of: file.bytes).prefix(16))
      #expect(DefaultFile.earlierDigests[file.name]?.contains(digest) == true, "\(file.name)")
    }
  }

  @Test func `what was begun with 1_0_0 goes on with 1_1_0 without a warning`() throws {
    #expect(Scheme.areOfOneMajor("1.0.0", "1.1.0") && !Scheme.areOfOneMajor("1.0.0", "2.0.0"))
  }
}
