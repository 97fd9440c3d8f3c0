import Standoff
import Storage
import TestSupport
import Testing

@Suite struct JournalFileTests {
  @Test func `a journal without its file is read by its own scheme`() throws {
    let desk = try MemoryDesk()
    let other = MemoryDesk.scheme.replacing("\"name\": \"s\"", with: "\"name\": \"t\"")
    try desk.disk.replace("/w/Schemas/t.scheme.json", with: Array(other.utf8))
    try desk.disk.replace("/w/Schemas/default", with: Array("s\n".utf8))
    let document = try desk.workspace.document("doc")
    var store = try AnnotationStore(
      annotator: "dana", document: document, scheme: desk.workspace.scheme("t"), in: desk.workspace, me: "",
      now: MemoryDesk.time)
    try MemoryDesk.add(&store, 0)
    try desk.disk.remove("/w/Annotations/doc/dana.json")
    let after = MemoryDesk(desk.disk.afterKill())
    let found = try after.open()
    #expect(found.set.spans.count == 1 && found.set.scheme.name == "t" && found.setAside == nil)
  }

  @Test(.tags(.slow)) func `damaged journals never crash and never pass as something else`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<4 { try MemoryDesk.add(&store, index) }
    try store.close()
    let path = "/w/Annotations/doc/.dana.journal"
    let whole = try desk.disk.read(path)
    let document = try desk.workspace.document("doc")
    var random = Damage(seed: 5)
    var journals = (0..<1500).map { _ in random.damaged(whole) }
    let text = String(decoding: whole, as: UTF8.self)
    for number in ["9223372036854775807", "9007199254740992", "0", "-1"] {
      journals.append(Array(text.replacing("\"id\": 2", with: "\"id\": \(number)").utf8))
    }
    for journal in journals {
      try desk.disk.replace(path, with: journal)
      let set = try desk.workspace.annotations(of: "dana", on: document)
      #expect(set?.spans.count == 4)
      _ = try desk.workspace.checked("dana", on: document).faults
    }
  }

  /// The spans that a new session finds without the annotation file, by id.
  private static func found(_ journal: [UInt8]) throws -> (ids: [Int], isSetAside: Bool) {
    let desk = try MemoryDesk()
    try desk.disk.replace("/w/Annotations/doc/.dana.journal", with: journal)
    var store = try desk.open()
    defer { try? store.close() }
    return (store.set.spans.map(\.id).sorted(), store.setAside != nil)
  }

  private static func journal(ofEdits count: Int) throws -> [UInt8] {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<count { try MemoryDesk.add(&store, index) }
    try store.close()
    return try desk.disk.read("/w/Annotations/doc/.dana.journal")
  }

  @Test(.tags(.slow)) func `one wrong character in a record keeps all before it, and nothing that never was`() throws {
    let whole = try Self.journal(ofEdits: 4)
    let lines = whole.split(separator: 0x0A).map { Array($0) }
    #expect(try Self.found(whole) == ([1, 2, 3, 4], false))
    for (place, line) in lines.enumerated() {
      for index in stride(from: 0, to: line.count, by: 3) {
        for bit in [UInt8(1), 4, 32] {
          var damaged = lines
          damaged[place][index] ^= bit
          // A line break makes two lines of one.
          let found = try Self.found(Array(damaged.joined(separator: [0x0A])) + [0x0A])
          #expect(found.isSetAside && found.ids == Array(1...4).prefix(place).map { $0 }, "\(place) \(index) \(bit)")
        }
      }
    }
  }

  @Test func `every cut of a journal keeps the whole records before it`() throws {
    let whole = try Self.journal(ofEdits: 3)
    for length in 0...whole.count {
      let kept = whole.prefix(length)
      let count = kept.count { $0 == 0x0A }
      #expect(try Self.found(Array(kept)) == (Array(1...3).prefix(count).map { $0 }, false), "\(length)")
    }
  }

  @Test func `journals without check sums are read, and continued with them`() throws {
    let desk = try MemoryDesk()
    let old = try Self.journal(ofEdits: 2).split(separator: 0x0A).flatMap { line -> [UInt8] in
      let text = String(decoding: line, as: UTF8.self).replacing("\"format\": 2, ", with: "")
      let end = try #require(text.ranges(of: ", \"sum\": ").last).lowerBound
      return Array((text[..<end] + "}\n").utf8)
    }
    try desk.disk.replace("/w/Annotations/doc/.dana.journal", with: old)
    var store = try desk.open()
    #expect(store.set.spans.count == 2 && store.setAside == nil)
    try MemoryDesk.add(&store, 2)
    try store.close()
    let lines = try desk.disk.read("/w/Annotations/doc/.dana.journal").split(separator: 0x0A)
    #expect(lines.count == 3 && Array(lines[0] + [0x0A] + lines[1] + [0x0A]) == old)
    #expect(String(decoding: lines[2], as: UTF8.self).contains("\"format\": 2"))
    #expect(try desk.open().history.done.count == 3)
  }

  @Test func `a record of a newer gainsay is refused, and left as it is`() throws {
    let journal = try Self.journal(ofEdits: 2)
    let newer = Array(String(decoding: journal, as: UTF8.self).replacing("\"format\": 2", with: "\"format\": 3").utf8)
    let desk = try MemoryDesk()
    let path = "/w/Annotations/doc/.dana.journal"
    try desk.disk.replace(path, with: newer)
    #expect(throws: FileFault(path, .newerFormat(3))) { _ = try desk.open() }
    #expect(try desk.disk.read(path) == newer)
  }
}
