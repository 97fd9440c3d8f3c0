import Standoff
import TestSupport
import Testing

@testable import Storage

@Suite struct ContentDigestTests {
  private static func empty() throws -> AnnotationSet { try MemoryDesk().open().set }

  @Test func `after every edit, and its inverse, it is that of the whole set`() throws {
    var set = try Self.empty()
    var digest = ContentDigest(set)
    let before = digest
    var inverses: [Edit] = []
    func apply(_ edit: Edit) throws {
      digest.apply(edit, to: set)
      inverses.append(try set.apply(edit))
      #expect(digest == ContentDigest(set))
    }
    for start in 0..<5 {
      try apply(
        set.adding(
          label: start % 2 == 0 ? "claim" : "denial", fragments: [TextRange(start, start + 3)], at: MemoryDesk.time))
    }
    try apply(set.relating("denies", from: 2, to: .span(1), at: MemoryDesk.time))
    try apply(set.relating("denies", from: 2, to: .absent("that taxes fall"), at: MemoryDesk.time))
    #expect(digest != before)
    while let inverse = inverses.popLast() {
      digest.apply(inverse, to: set)
      _ = try set.apply(inverse)
      #expect(digest == ContentDigest(set))
    }
    #expect(digest == before)
  }

  @Test func `sets that differ in anything that counts have different digests`() throws {
    func digest(_ span: Annotation?, _ status: AnnotationSet.Status = .inProgress, seenTo: Int = 0) throws -> String {
      var set = try Self.empty()
      try set.fill(spans: span.map { [$0] } ?? [], relations: [], status: status, seenTo: seenTo)
      return ContentDigest(set).hex
    }
    func span(_ label: String, _ fragments: [TextRange], note: String = "", by: String? = nil) -> Annotation {
      Annotation(
        id: 1, label: label, fragments: fragments, attributes: [:], note: note, origin: by.map { ["by": $0] } ?? [:],
        created: MemoryDesk.time)
    }
    let digests = try [
      digest(nil), digest(nil, .complete), digest(span("claim", [TextRange(0, 3)])),
      digest(span("denial", [TextRange(0, 3)])), digest(span("claim", [TextRange(0, 4)])),
      digest(span("claim", [TextRange(0, 1), TextRange(2, 3)])), digest(span("claim", [TextRange(0, 3)], note: "by")),
      digest(span("claim", [TextRange(0, 3)], by: "")), digest(span("claim", [TextRange(0, 3)], note: "b", by: "y")),
      digest(span("claim", [TextRange(0, 3)], note: "by", by: "")),
    ]
    #expect(Set(digests).count == digests.count)
    #expect(digests.allSatisfy { $0.count == 64 })
    #expect(try digest(nil, seenTo: 9) == digest(nil), "how far one has read is no content")
  }
}
