import Storage
import Standoff
import Foundation
import Pages
import TestSupport
import Testing

@testable import Prompt

/// The sentence as the prompt shows it.
@Suite struct SessionViewTests {
  static func view(_ text: String, _ lines: [String] = [], width: Int = 80) throws -> String {
    let desk = try Desk()
    try desk.add(text)
    var session = try desk.open()
    for line in lines { #expect(!session.answer(line).isRefusal, "\(line)") }
    return session.view(width: width, colour: false).text
  }

  @Test func `words stand under their numbers and spans under their words`() throws {
    #expect(
      try Self.view("The mayor said taxes will fall.", ["c 4-6", "s 1-2"]).split(separator: "\n").map(String.init)
        == """
        1   2     3    4     5    6
        The mayor said taxes will fall.
        [s2-----]      [claim 1------]

        """.split(separator: "\n").map(String.init))
  }

  @Test func `fragments share a line, nested spans have one each`() throws {
    #expect(
      try Self.view("“No,” she said, “never again.”", ["q 1 + 4-5", "d 5", "s 2"]).split(separator: "\n").map(
        String.init)
          == """
           1    2   3      4     5
          “No,” she said, “never again.”
          [q1-]           [------------]
                [3]              [d2-]

          """.split(separator: "\n").map(String.init))
  }

  @Test func `wide, combining and joined characters keep their columns`() throws {
    #expect(
      try Self.view("Cafe\u{301} 👨‍👩‍👧 ok 你好 end.", ["s 2", "c 3-4"]).split(separator: "\n").map(String.init)
        == """
        1       2  3 4  5
        Cafe\u{301} 👨‍👩‍👧 ok 你好 end.
                [] [c2]

        """.split(separator: "\n").map(String.init))
  }

  @Test(.tags(.slow), arguments: [20, 40, 57, 80, 200]) func `no line is wider than the terminal`(width: Int) throws {
    let desk = try Desk.sample()
    for id in try desk.workspace.documentNames() {
      var session = try desk.open(id, as: "dana")
      for _ in 0..<session.document.sentences.count {
        for line in session.view(width: width, colour: false).rendered(width: width, colour: false).split(
          separator: "\n")
        {
          #expect(DisplayWidth.width(line) <= width, "\(id): \(line)")
        }
        _ = session.answer("")
      }
      _ = session.close()
    }
  }

  @Test func `what a document says never reaches the terminal as a command to it`() throws {
    let desk = try Desk()
    let evil =
      "A \u{1B}[2J\u{1B}]0;pwned\u{7} b \u{202E}c \u{9B}31m d\u{0} e\u{200F} \u{2066}f \u{FEFF}g\u{7F} \u{E0041} h."
    try desk.add(evil)
    var session = try desk.open()
    _ = session.answer("c 1-3")
    _ = session.answer("note 1 \u{1B}[31mred")
    let pages = [
      session.view(width: 40, colour: false), session.plainView, session.answer("show"), session.answer("list"),
      session.answer("show 1"), session.answer("find \u{1B}[2J"), session.opening,
    ]
    for page in pages {
      for scalar in page.rendered(width: 40, colour: false).unicodeScalars where scalar != "\n" {
        #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
        #expect(!(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
        #expect(scalar != "\u{200F}" && scalar != "\u{FEFF}" && scalar.value < 0xE0000)
      }
    }
    #expect(session.document.text.string == evil)
  }
}
