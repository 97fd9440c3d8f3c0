import Standoff
import TestSupport
import Testing

@testable import Storage

/// Files as they are written are read by a shorter way; whatever it meets, it must end where the longer one does.
@Suite struct AnnotationFileTests {
  private static let spans = [
    #"{"attributes": {}, "created": "2026-11-18T06:26:40Z", "end": 9, "id": 1, "label": "claim", "modified": "2026-11-18T06:26:40Z", "start": 0, "text": "The mayor"}"#,
    #"{"attributes": {"speaker": "Tarn"}, "created": "2026-11-18T06:26:40Z", "end": 14, "id": 2, "label": "claim", "modified": "2026-11-19T06:26:40Z", "start": 10, "text": "said"}"#,
    #"{"attributes": {"speaker": "Tarn"}, "created": "2026-11-18T06:26:40Z", "end": 48, "id": 3, "label": "claim", "modified": "2026-11-19T06:26:40Z", "start": 32, "text": "“That is not so,"}"#,
    #"{"attributes": {}, "created": "2026-11-18T06:26:40Z", "end": 63, "id": 4, "label": "denial", "modified": "2026-11-19T06:26:40Z", "note": "who?", "start": 59, "text": "said"}"#,
  ]

  private static func read(_ spans: [String]) throws -> Result<AnnotationSet, FileFault> {
    let desk = try MemoryDesk()
    let document = try desk.workspace.document("doc")
    let file = """
      {"annotator": "dana", "document": "doc", "format": 1, "relations": [], "role": "annotator",
       "scheme": {"name": "s", "version": "1.0.0"}, "seenTo": 64, "spans": [
      \(spans.joined(separator: ",\n"))
       ], "status": "in-progress", "textSHA256": "\(document.sha256)"}
      """
    do throws(FileFault) {
      return .success(
        try AnnotationFile.decode(
          Array(file.utf8), path: "p", document: document, annotator: "dana", role: .annotator
        ) { (name) throws(FileFault) in try desk.workspace.scheme(name) })
    } catch {
      return .failure(error)
    }
  }

  @Test func `spans read the same with and without the usual blanks`() throws {
    // A blank more keeps the shorter way from being taken.
    let usual = try Self.read(Self.spans).get()
    let unusual = try Self.read(Self.spans.map { "{ " + $0.dropFirst() }).get()
    #expect(usual.spans.count == 4)
    #expect(usual.spans == unusual.spans)
    #expect(usual.spans.map(\.attributes).map { $0["speaker"] ?? "" } == ["", "Tarn", "Tarn", ""])
  }

  @Test func `whatever stands in a span, both ways end alike`() throws {
    let changes = [
      ("\"end\": 14", "\"end\": 10"), ("\"end\": 14", "\"end\": 4294967296"), ("\"end\": 14", "\"end\": 014"),
      ("\"end\": 14", "\"end\": 14.0"), ("\"id\": 2", "\"id\": 0"), ("\"id\": 2", "\"id\": 1"), ("claim", "quote"),
      ("claim", "cl\\u0061im"), ("claim", "claim\\"), ("2026-11-19", "2026-11-31"), ("said\"", "sa\\u0069d\""),
      ("said\"", "sais\""),
      ("said\"", "sai\""), ("said\"", "said\\\""), ("said\"", "sa\nd\""),
      ("{\"speaker\": \"Tarn\"}", "{\"speaker\": \"Tarn\", \"speaker\": \"T\"}"),
      ("{\"speaker\": \"Tarn\"}", "[]"), ("{\"speaker\": \"Tarn\"}", "{\"speaker\": \"\"}"), ("\"start\"", "\"START\""),
      ("\"}", "\"]"),
    ]
    for (old, new) in changes {
      let span = Self.spans[1].replacing(old, with: new)
      #expect(span != Self.spans[1])
      let usual = try Self.read([Self.spans[0], span])
      let spread = try Self.read([Self.spans[0], "{\n" + span.dropFirst()])
      switch (usual, spread) {
      case (.success(let one), .success(let other)): #expect(one == other, "\(new)")
      case (.failure(let one), .failure(let other)): #expect(one.fact == other.fact, "\(new)")
      default: Issue.record("\(new): one way takes it, the other does not")
      }
    }
  }
}
