import Foundation
import TestSupport
import Testing

@testable import Prompt

@Suite struct CompletionTests {
  @Test func `what may stand at the cursor is offered by the argument that stands there`() throws {
    let desk = try Desk()
    try desk.add("The mayor said taxes will fall. Officials denied it.")
    var session = try desk.open()
    _ = session.answer("c taxes..fall")
    _ = session.answer("d 2:1-3")
    _ = session.answer("set 2 speaker \"Ms. Tarn\"")
    func offered(_ line: String) -> [String] { Completion(line, in: session).candidates.map(\.text) }
    #expect(offered("un") == ["undo", "unlink", "undone"])
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
