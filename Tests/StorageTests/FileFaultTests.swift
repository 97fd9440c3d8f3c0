import JSONText
import Standoff
import Storage
import TestSupport
import Testing

@Suite struct FileFaultTests {
  static func fault(_ change: (String) -> String) throws -> FileFault? {
    let desk = try MemoryDesk()
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    try store.close()
    let path = "/w/Annotations/doc/dana.json"
    let text = change(String(decoding: try desk.disk.read(path), as: UTF8.self))
    try desk.disk.replace(path, with: Array(text.utf8))
    try desk.disk.remove("/w/Annotations/doc/.dana.journal")
    do throws(FileFault) {
      _ = try desk.workspace.annotations(of: "dana", on: desk.workspace.document("doc"))
    } catch {
      #expect(try desk.disk.read(path) == Array(text.utf8))
      return error
    }
    return nil
  }

  @Test func `what is not as it must be is refused with its place`() throws {
    #expect(try Self.fault { $0 } == nil)
    let words = try Self.fault { $0.replacing("\"text\": \"The\"", with: "\"text\": \"the\"") }
    #expect(words?.fact == .wordsDiffer(span: 1, stored: "the", text: "The"))
    #expect(words?.place == FileFault.Place(line: 10, column: 5))
    let outside = try Self.fault { $0.replacing("\"end\": 3", with: "\"end\": 3000") }
    #expect(
      outside?.fact == .spanNotAllowed(id: 1, .outsideText(TextRange(0, 3000), length: 64)))
    let format = try Self.fault { $0.replacing("\"format\": 1", with: "\"format\": 0") }
    #expect(format?.fact == .json(expected: "a format from 1 to 2", found: "format 0"))
    #expect(format?.place == FileFault.Place(line: 4, column: 13))
    #expect(try Self.fault { $0.replacing("\"format\": 1", with: "\"format\": 3") }?.fact == .newerFormat(3))
    let who = try Self.fault { $0.replacing("\"dana\"", with: "\"eli\"") }
    #expect(who?.fact == .wrongName(key: "annotator", expected: "dana", found: "eli"))
    let label = try Self.fault { $0.replacing("\"claim\"", with: "\"rumour\"") }
    #expect(label?.fact == .spanNotAllowed(id: 1, .unknownLabel("rumour")))
    let scheme = try Self.fault { $0.replacing("\"name\": \"s\"", with: "\"name\": \"t\"") }
    #expect(scheme?.fact == .unknownScheme("t", known: ["s"]))
    #expect(try Self.fault { String($0.dropLast(20)) }?.place != nil)
    #expect(try Self.fault { _ in "" }?.place == FileFault.Place(line: 1, column: 1))
    let seen = try Self.fault { $0.replacing("\"seenTo\": 0", with: "\"seenTo\": 65") }
    #expect(seen?.fact == .seenBeyondText(65, length: 64))
  }

  @Test func `names with slashes or points in front are refused everywhere`() throws {
    let desk = try MemoryDesk()
    for name in ["../x", "a/b", "..", "", ".x", "é"] {
      #expect(throws: FileFault(name, .nameNotAllowed(name))) { try desk.workspace.document(name) }
    }
    for name in ["../x", "document", "a b"] {
      #expect(throws: FileFault(name, .nameNotAllowed(name))) {
        _ = try AnnotationStore(
          annotator: name, document: desk.workspace.document("doc"), scheme: desk.workspace.scheme("s"),
          in: desk.workspace, me: "", now: MemoryDesk.time)
      }
    }
    var store = try desk.open()
    try MemoryDesk.add(&store, 0)
    #expect(throws: FileFault("/w/Annotations/doc/dana.json", .nameTaken("Dana", by: "dana"))) { try desk.open("Dana") }
  }

  @Test func `damaged bytes never crash the reader and never pass as something else`() throws {
    let desk = try MemoryDesk()
    var store = try desk.open()
    for index in 0..<3 { try MemoryDesk.add(&store, index) }
    try store.commit(store.set.relating("denies", from: 2, to: .span(1), at: MemoryDesk.time), at: MemoryDesk.time)
    try store.close()
    let document = try desk.workspace.document("doc")
    let bytes = try desk.disk.read("/w/Annotations/doc/dana.json")
    var random = Damage(seed: 3)
    for _ in 0..<4000 {
      let damaged = random.damaged(bytes)
      let set = try? AnnotationFile.decode(
        damaged, path: "/w/Annotations/doc/dana.json", document: document, annotator: "dana", role: .annotator
      ) { (name) throws(FileFault) in try desk.workspace.scheme(name) }
      for span in set?.spans ?? [] { #expect(span.hull.end <= document.text.count) }
    }
  }
}
