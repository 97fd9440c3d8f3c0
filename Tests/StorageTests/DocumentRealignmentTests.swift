import Standoff
import Storage
import TestSupport
import Testing

/// A corrected text under everyone's annotations: all at once, or not at all.
@Suite struct DocumentRealignmentTests {
  static let corrected = "The new mayor said taxes will fall. “That isn’t so,” Ms. Tarn said.\n"

  /// A document that two have annotated and somebody has adjudicated, with an edit that only its journal holds, and a file
  /// of somebody's own.
  static func desk() throws -> MemoryDesk {
    let desk = try MemoryDesk()
    var dana = try desk.open()
    try MemoryDesk.add(&dana, 4)
    let behind = try desk.disk.read("/w/Annotations/doc/dana.json")
    try MemoryDesk.add(&dana, 15)
    try dana.close()
    try desk.disk.replace("/w/Annotations/doc/dana.json", with: behind)
    for annotator in ["eli", "gold"] {
      var store = try desk.open(annotator)
      try MemoryDesk.add(&store, 10)
      try store.close()
    }
    try desk.disk.replace("/w/Annotations/doc/notes.txt", with: Array("Ask about the tax.".utf8))
    return desk
  }

  static func realign(_ desk: MemoryDesk, to text: String = corrected) throws {
    let text = DocumentText(text)
    var realignment = try DocumentRealignment(of: "doc", in: desk.workspace, me: "a test")
    defer { realignment.abandon() }
    let moves = Realignment(from: realignment.document.text, to: text)
    let sets = try realignment.sets.map { try RealignedSet($0, by: moves, sha256: SHA256.hex(of: text.utf8)).after }
    _ = try realignment.commit(text, [], sets, at: MemoryDesk.time)
  }

  /// Every file of the document but locks.
  static func content(_ disk: MemoryDisk) throws -> [String: [UInt8]] {
    var content: [String: [UInt8]] = [:]
    for name in try disk.names(in: "/w/Annotations/doc") where !name.hasSuffix(".lock") {
      content[name] = try disk.read(Paths.join("/w/Annotations/doc", name))
    }
    return content
  }

  @Test func `everyone's file, pending edits and gold move; journals and foreign files are kept`() throws {
    let desk = try Self.desk()
    let before = try Self.content(desk.disk)
    try Self.realign(desk)
    let after = try Self.content(desk.disk)
    #expect(after["document.txt"] == Array(Self.corrected.utf8))
    #expect(after["notes.txt"] == before["notes.txt"])
    for annotator in ["dana", "eli", "gold"] {
      #expect(after[".\(annotator).journal"] == nil)
      let journal = after.first { $0.key.hasPrefix(".\(annotator).journal-2026") }
      #expect(journal?.value == before[".\(annotator).journal"])
    }
    let document = try desk.workspace.document("doc")
    let dana = try #require(try desk.workspace.annotations(of: "dana", on: document))
    #expect(dana.spans.map { document.text[$0.fragments[0]] } == ["may", "tax"])
    #expect(dana.spans.map(\.id) == [1, 2] && dana.spans[0].modified == MemoryDesk.time)
    #expect(try desk.workspace.annotations(of: "gold", on: document)?.role == .gold)
    #expect(try desk.disk.names(in: "/w/Annotations") == ["doc"])
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    try store.close()
  }

  @Test(.tags(.slow)) func `a crash at any call leaves the old document or the new one, whole`() throws {
    let whole = try Self.desk()
    let before = try Self.content(whole.disk)
    let start = whole.disk.calls
    try Self.realign(whole)
    let calls = whole.disk.calls - start
    let after = try Self.content(whole.disk)
    var (refused, old, new) = (0, 0, 0)
    for call in 1...calls {
      for trouble in [MemoryDisk.Trouble.fails(28), .fallsShort] {
        let desk = try Self.desk()
        desk.disk.plan(trouble, atCall: call)
        do {
          try Self.realign(desk)
          #expect(try Self.content(desk.disk) == after, "\(call)")
        } catch {
          refused += 1
          #expect(try Self.content(desk.disk) == before, "\(call)")
        }
      }
      let cut = try Self.desk()
      cut.disk.plan(.cut, atCall: call)
      try? Self.realign(cut)
      for disk in [cut.disk.afterKill()] + MemoryDisk.Fate.all.map(cut.disk.afterPowerCut) {
        let settlement = try MemoryDesk(disk).workspace.settle()
        #expect(settlement == nil || settlement == .completed("realign"), "\(call)")
        #expect(try disk.entry("/w/Annotations/.pending") == nil, "\(call)")
        let found = try Self.content(disk)
        if found == before { old += 1 } else { new += 1 }
        #expect(found == before || found == after, "\(call)")
        guard call % 4 == 0 || found == after else { continue }
        // What was left over is in nobody's way.
        let desk = MemoryDesk(disk)
        if found == before { try Self.realign(desk) }
        #expect(try Self.content(disk) == after, "\(call)")
        if found == after { try Self.realign(desk, to: MemoryDesk.text) }
        #expect(try disk.names(in: "/w/Annotations") == ["doc"], "\(call)")
      }
    }
    #expect(refused > calls && old > calls && new > 0)
  }

  @Test func `nobody else writes meanwhile: not who has it open, not who has yet to begin, not an import`() throws {
    let desk = try Self.desk()
    for annotator in ["dana", "gold", "newcomer"] {
      var store = try desk.open(annotator)
      let fault = #expect(throws: FileFault.self) { try Self.realign(desk) }
      #expect(fault?.fact == .held(by: "a test"))
      #expect(fault?.file == "/w/Annotations/doc/\(annotator).json")
      try store.close()
    }
    var realignment = try DocumentRealignment(of: "doc", in: desk.workspace, me: "me")
    #expect(try desk.open().holder == "me")
    #expect(throws: FileFault("/w/Annotations/doc", .held(by: "gainsay realign"))) { _ = try desk.open("newcomer") }
    #expect(throws: FileFault.self) { _ = try WorkspaceChange(of: desk.workspace, by: "import") }
    #expect(throws: FileFault.self) { _ = try DocumentRealignment(of: "doc", in: desk.workspace, me: "me") }
    realignment.abandon()
    var store = try desk.open("newcomer")
    try store.close()
    #expect(try desk.workspace.document("doc").text.string == MemoryDesk.text)
  }

  @Test func `who read the old text cannot begin on the new one`() throws {
    let desk = try Self.desk()
    let document = try desk.workspace.document("doc")
    try Self.realign(desk)
    #expect(throws: FileFault("/w/Annotations/doc/document.txt", .changedUnderneath)) {
      _ = try AnnotationStore(
        annotator: "newcomer", document: document, scheme: desk.workspace.scheme("s"), in: desk.workspace, me: "",
        now: MemoryDesk.time)
    }
  }

  @Test func `a file that another program writes meanwhile is not lost`() throws {
    let desk = try Self.desk()
    var realignment = try DocumentRealignment(of: "doc", in: desk.workspace, me: "me")
    try desk.disk.replace("/w/Annotations/doc/notes.txt", with: Array("Asked.".utf8))
    let text = DocumentText(Self.corrected)
    #expect(throws: FileFault("/w/Annotations/doc", .changedUnderneath)) {
      _ = try realignment.commit(text, [], [], at: MemoryDesk.time)
    }
    #expect(try desk.disk.read("/w/Annotations/doc/notes.txt") == Array("Asked.".utf8))
    #expect(try desk.workspace.document("doc").text.string == MemoryDesk.text)
  }

  @Test func `a damaged file or journal stops it`() throws {
    for name in ["eli.json", ".dana.journal", "document.json", "gold.json"] {
      let desk = try Self.desk()
      let path = "/w/Annotations/doc/\(name)"
      try desk.disk.replace(path, with: Array("{}\n".utf8) + desk.disk.read(path))
      let before = try Self.content(desk.disk)
      #expect(throws: FileFault.self) { try Self.realign(desk) }
      #expect(try Self.content(desk.disk) == before)
      #expect(try desk.disk.names(in: "/w/Annotations") == ["doc"])
    }
  }

  @Test func `what a program without locks writes at the last moment is not thrown away with the old folder`() throws {
    let probe = try Self.desk()
    let start = probe.disk.calls
    try Self.realign(probe)
    let path = "/w/Annotations/doc/theirs.json"
    var refused = 0
    for call in 1...(probe.disk.calls - start) {
      let desk = try Self.desk()
      let disk = desk.disk
      disk.plan(.meanwhile { try disk.replace(path, with: [0x7B]) }, atCall: call)
      do {
        try Self.realign(desk)
      } catch {
        refused += 1
      }
      #expect(try disk.read(path) == [0x7B], "\(call)")
    }
    #expect(refused > 0)
  }
  @Test func `what was written into the old folder at the last moment comes back after a crash too`() throws {
    let probe = try Self.desk()
    let before = try Self.content(probe.disk)
    let start = probe.disk.calls
    try Self.realign(probe)
    var (undone, left) = (0, 0)
    for call in 1...(probe.disk.calls - start) {
      let desk = try Self.desk()
      desk.disk.plan(.cut, atCall: call)
      try? Self.realign(desk)
      let disk = desk.disk.afterKill()
      let old = "/w/Annotations/.doc.realign.tmp"
      guard try disk.entry("/w/Annotations/.pending") != nil, try disk.entry(old) != nil,
        try disk.read("/w/Annotations/doc/document.txt") == Array(Self.corrected.utf8)
      else { continue }
      try disk.replace(Paths.join(old, "theirs.json"), with: [0x7B])
      let isWorkedOn = call % 2 == 0
      if isWorkedOn { try disk.replace("/w/Annotations/doc/ours.json", with: [0x7B]) }
      let settlement = try MemoryDesk(disk).workspace.settle()
      if isWorkedOn {
        left += 1
        let kept = "/w/Annotations/.kept/1-doc"
        #expect(settlement == .undone("realign", left: ["/w/Annotations/doc"], kept: [kept]), "\(call)")
        #expect(try disk.read("/w/Annotations/doc/ours.json") == [0x7B], "\(call)")
        #expect(try disk.read(Paths.join(kept, "theirs.json")) == [0x7B], "\(call)")
      } else {
        undone += 1
        #expect(settlement == .undone("realign", left: [], kept: []), "\(call)")
        #expect(try Self.content(disk) == before.merging(["theirs.json": [0x7B]]) { $1 }, "\(call)")
        #expect(try disk.entry(old) == nil, "\(call)")
      }
    }
    #expect(undone > 0 && left > 0)
  }
}
