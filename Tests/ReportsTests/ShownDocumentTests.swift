import Foundation
import Reports
import TestSupport
import Testing

@Suite struct ShownDocumentTests {
  @Test func `a text with everyone's spans`() throws {
    expect(
      try ShownDocument("taxes", annotators: [], in: Desk.compared().workspace).page,
      #"""
      Title
      1  The mayor said taxes will fall in May.
          dana: source 2 ‹The mayor›
          dana: cue 3 ‹said›
          dana: claim 1 ‹taxes will fall in May›  said-by 2
          eli: source 2 ‹The mayor›
          eli: claim 1 ‹taxes will fall›  said-by 2
      2  “That is baseless,” Ms. Tarn said, “and he knows it.”
          dana: denial 4 ‹“That is baseless,”› about=taxes  denies 1
          eli: quote 3 ‹“That is baseless,”›
      3  Taxes rose.
          eli: claim 4 ‹rose›
      """#)
  }

  @Test func `a text with one annotator's spans, relations and attributes`() throws {
    expect(
      try ShownDocument("taxes", annotators: ["dana"], in: Desk.compared().workspace).page,
      #"""
      Title
      1  The mayor said taxes will fall in May.
          source 2 ‹The mayor›
          cue 3 ‹said›
          claim 1 ‹taxes will fall in May›  said-by 2
      2  “That is baseless,” Ms. Tarn said, “and he knows it.”
          denial 4 ‹“That is baseless,”› about=taxes  denies 1
      3  Taxes rose.
      """#)
  }
}
