import Commands
import Comparison
import DefaultFiles
import Foundation
import Prompt
import Reports
import Standoff
import Storage
import TestSupport
import Testing

@testable import Pages

@Suite struct ViewTests {
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

  @Test(arguments: [20, 40, 57, 80, 200]) func `no line is wider than the terminal`(width: Int) throws {
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

  @Test func `lines wrap between words and keep their indent`() {
    var page = Page()
    page.append("one two three four", indent: 2)
    #expect(page.rendered(width: 9, colour: false) == "one two\n  three\n  four\n")
    #expect(Page("abcdefghij").rendered(width: 4, colour: false) == "abcd\nefgh\nij\n")
  }

  @Test func `colour is one escape for a run and is switched off after it`() {
    let page = Page([Page.Line([Page.Run("a"), Page.Run("b", Page.Style(colour: .red))])])
    #expect(page.rendered(width: nil, colour: true) == "a\u{1B}[31mb\u{1B}[0m\n")
  }
}

@Suite struct CompletionTests {
  @Test func `what may stand at the cursor is offered by the argument that stands there`() throws {
    let desk = try Desk()
    try desk.add("The mayor said taxes will fall. Officials denied it.")
    var session = try desk.open()
    _ = session.answer("c taxes..fall")
    _ = session.answer("d 2:1-3")
    _ = session.answer("set 2 speaker \"Ms. Tarn\"")
    func offered(_ line: String) -> [String] { Completion(line, in: session).candidates.map(\.text) }
    #expect(offered("un") == ["unlink"])
    #expect(offered("de") == ["denial"])
    #expect(offered("c ma") == ["mayor"])
    #expect(offered("c taxes..f") == ["fall"])
    #expect(offered("c mayor..s") == ["said"])
    #expect(offered("x ") == ["1", "2"])
    #expect(offered("e 1 de") == ["denial"])
    #expect(offered("set 2 ne") == ["negation"])
    #expect(offered("set 2 negation ") == ["content", "cue", "both"])
    #expect(offered("by 1 ") == ["Ms. Tarn"])
    #expect(offered("link 2 d") == ["denies"])
    #expect(offered("open ") == ["doc"])
    #expect(offered("help guid") == ["guideline"])
    #expect(offered("nonsense x") == [])
    #expect(offered("c the mayor said t") == ["taxes"])
    #expect(offered("c taxes..$ < ma") == ["mayor"])
    #expect(offered("c taxes..$ < mayor < #2") == [])
    #expect(offered("d it < Offi") == ["Officials"])
    #expect(offered("c 1-2 > #") == ["#1", "#2"])
    #expect(offered("a den") == ["denial"])
    #expect(offered("suggest o") == ["off"])
    #expect(offered("agree --uni") == ["--unit"])
    #expect(offered("agree --unit w") == ["word"])
    #expect(offered("agree --measure fl") == ["fleiss-kappa"])
    #expect(offered("agree --label d") == ["denial"])
    #expect(offered("agree d") == ["doc"])
    #expect(offered("export js") == ["jsonl"])
    #expect(offered("export jsonl --merge ").sorted() == ["intersection", "majority", "union"])
    #expect(offered("export jsonl --to \(desk.root)/Ann") == ["\(desk.root)/Annotations/"])
    #expect(
      Completion("x ", in: session).candidates.map(\.note) == [
        "claim ‹taxes will fall›", "denial ‹Officials denied it›",
      ])
    #expect(Completion("c taxes..f", in: session).replaced == 1)
  }

  @Test func `words that stand once come first, names that were given last too`() throws {
    let desk = try Desk()
    try desk.add("Bo Lind saw Ann Low there, then the thief and then the thing. Cy Roe left.")
    var session = try desk.open()
    func offered(_ line: String) -> [String] { Completion(line, in: session).candidates.map(\.text) }
    #expect(offered("c th") == ["there", "thief", "thing", "then", "the"])
    _ = session.answer("c 1-3")
    #expect(offered("by 1 ") == ["Ann Low", "Bo Lind"])
    _ = session.answer("by 1 Somebody Else")
    _ = session.answer("n")
    #expect(offered("by 1 ") == ["Somebody Else", "Cy Roe", "Ann Low", "Bo Lind"])
    #expect(offered("by 1 \"A") == ["\"Ann Low\""])
  }
}
