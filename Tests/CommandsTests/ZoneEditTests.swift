import ArgumentParser
import Foundation
import Pages
import Prompt
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// Zones by a verb, in the shell and at the prompt.
@Suite struct ZoneEditTests {
  static func desk() throws -> Desk {
    let desk = try Desk()
    try desk.add("A door opens. The mayor said taxes fall. Read more about doors. The end came.")
    return desk
  }

  static func zones(_ desk: Desk) throws -> [String] {
    try desk.workspace.document("doc").zones.map { "\($0.kind.rawValue) \($0.range)" }
  }

  static func run(_ words: [String], _ desk: Desk) throws -> String {
    let shell = Shell(
      viewer: "lead", me: "lead", disk: POSIXDisk(), currentFolder: desk.root, width: 80, isColoured: false,
      now: Desk.time)
    return try ZonesCommand.parse(words).outcome(in: shell).page.text
  }

  @Test func `sentences become a zone and body again`() throws {
    let desk = try Self.desk()
    #expect(try Self.run(["doc"], desk).contains("No zones: all of it is body."))
    #expect(try Self.run(["doc", "1-2", "caption"], desk).contains("1-2 caption  ‹A door opens."))
    #expect(try Self.run(["doc", "2", "boilerplate"], desk).contains("To take it back: gainsay zones doc 2 caption."))
    #expect(try Self.zones(desk) == ["caption 0-14", "boilerplate 14-40"])
    #expect(try Self.run(["doc", "1-4", "body"], desk).contains("No zones"))
    #expect(throws: Complaint.self) { try Self.run(["doc", "5", "caption"], desk) }
    #expect(throws: Complaint.self) { try Self.run(["doc", "1", "captoin"], desk) }
    #expect(throws: Complaint.self) { try Self.run(["none"], desk) }
  }

  @Test func `spans in a part that would be left out are named first`() throws {
    let desk = try Self.desk()
    var session = try desk.open(as: "dana", canAsk: true)
    _ = session.answer("g 2")
    _ = session.answer("c 4-5")
    let asked = session.answer("zone 2 boilerplate")
    #expect(asked.isRefusal && asked.text.contains("dana: claim 1 ‹taxes fall›"), "\(asked.text)")
    #expect(try Self.zones(desk).isEmpty)
    #expect(throws: Complaint.self) { try Self.run(["doc", "2", "boilerplate"], desk) }
    #expect(!session.answer("1").isRefusal)
    #expect(try Self.zones(desk) == ["boilerplate 14-40"] && session.document.zones.count == 1)
    #expect(session.answer("zones").text.contains("2 boilerplate, left out"))
    #expect(!session.answer("zone undo").isRefusal)
    #expect(try Self.zones(desk).isEmpty)
    #expect(session.answer("zone undo").isRefusal)
    _ = session.close()
  }
}
