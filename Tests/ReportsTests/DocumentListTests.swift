import Foundation
import Reports
import TestSupport
import Testing

@Suite struct DocumentListTests {
  @Test func `every document with who has annotated it`() throws {
    expect(
      try DocumentList(in: Desk.compared().workspace).page,
      #"""
      ferry  Title (2 sentences; dana eli)
      taxes  Title (3 sentences; dana eli)
      """#)
  }

  @Test func `a workspace without documents says how to add one`() throws {
    expect(
      try DocumentList(in: Desk().workspace).page,
      #"""
      No documents yet. “gainsay add FILE…” adds some.
      """#)
  }
}
