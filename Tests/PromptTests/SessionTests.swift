import Storage
import Comparison
import Foundation
import Pages
import Standoff
import TestSupport
import Testing

@testable import Prompt

@Suite struct SessionTests {
  static let text =
    "The mayor said taxes will fall in May. “That is baseless,” Ms. Tarn said, “and he knows it.” Taxes rose."

  @Test func `undo after a tag leaves the text as it was`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c taxes..May")
    let before = session.marked
    #expect(session.answer("d1-3").text.contains("denial 2"))
    _ = session.answer("u")
    #expect(session.marked == before)
    _ = session.answer("redo")
    #expect(session.marked.hasPrefix("⟦denial: The mayor said⟧ ⟦claim: taxes will fall in May⟧."))
  }

  /// Lines that are refused, and a part of what is said.
  static let refusals: [(line: String, says: String)] = [
    ("c 3-9 clam", "The document does not contain “3-9 clam”"), ("clam 3", "Did you mean claim"),
    ("c 3-40", "There is no word 40"), ("c 9:", "There is no sentence 9"),
    ("c 5-3", "The last word comes before the first"),
    ("c @120-119", "Offsets 120 to 119 are not in the text"), ("c @0-5000", "Offsets 0 to 5000 are not in the text"),
    ("c nowhere", "does not contain “nowhere”"), ("c taxes..nowhere", "does not follow"), ("c 2-4 + 3-5", "overlap"),
    ("x 9", "There is no span 9"), ("x", "SPANS are missing"), ("x two", "is not a span's number"),
    ("s", "WORDS are missing"), ("by 1", "Give a name"), ("find", "Give the words"),
    ("set 1 colour red", "has no attribute “colour”"), ("set 1 attribution loud", "“attribution” does not take “loud”"),
    ("1 > 1", "No relation leads from a claim to a claim"), ("link 1 denies 1", "does not start from a claim"),
    ("link 1 denyes 1", "Did you mean denies"), ("u 3", "takes nothing, or “to”"),
    ("undo to 25:00", "neither a time nor"), ("undo to 9", "There is no edit 9"),
    ("undo to 2999-01-01 10:00", "has not come yet"), ("list nothing", "Choose one of claim"),
    ("help guideline 99", "There is no rule 99"), ("open nowhere", "There is no document"),
    ("redo", "nothing to redo"),
    ("find nowhere", "does not contain “nowhere”"), ("p", "first sentence"), ("g 0", "There is no sentence 0"),
    ("c taxes/3", "There is no match 3"), ("c 99999999999999999999", "does not contain “9999"),
    ("g 99999999999999999999", "is not a number"), ("\u{1B}[31m", "is not a verb"), ("help nothing", "no help on"),
  ]

  @Test(.tags(.slow), arguments: refusals) func `what cannot be done is said, and nothing changes`(
    line: String, says: String
  ) throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c 1-2")
    let before = session.marked
    let page = session.answer(line)
    #expect(page.isRefusal)
    #expect(page.text.contains(says), "\(page.text)")
    #expect(!page.rendered(width: 80, colour: false).contains("\u{1B}"))
    #expect(session.marked == before)
  }

  @Test func `attributes, notes, relations and their undo`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in [
      "c taxes..May", "s The mayor", "g 2", "d that is baseless", "3 > 1", "by 1 2", "by 3 \"Ms. Tarn\"",
      "set 3 negation content", "note 3 check", "doubt 1 is it one?",
    ] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    let text = session.answer("list").text
    #expect(text.contains("denial 3 ‹“That is baseless,”› negation=content speaker=Ms. Tarn (check)"))
    #expect(text.contains("3 denies 1") && text.contains("1 said-by 2") && text.contains("(doubt: is it one?)"))
    #expect(session.answer("show 1").text.contains("3 denies 1"))
    _ = session.answer("x 1")
    #expect(session.set.relations.isEmpty)
    _ = session.answer("u")
    #expect(session.set.relations.count == 2)
    #expect(session.answer("e 3 claim").text.contains("Removed attributes that a claim does not have: negation."))
    #expect(session.set.relations.map(\.type) == ["said-by"])
    _ = session.answer("u")
    #expect(session.answer("unlink 3 denies 1").text.contains("− 3 denies 1"))
    #expect(session.answer("3 > - \"that taxes fall\"").text.contains("not in the text: “that taxes fall”"))
    #expect(session.answer("set 3 negation -").text.contains("negation") == false)
  }

  @Test func `done lists what is missing, done! does it all the same, and nothing but undone or an edit takes it back`()
    throws
  {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("d 1-2")
    for _ in 0..<2 {
      let page = session.answer("done")
      #expect(page.isRefusal && page.text.contains("– no denies; said-by or attribution"))
      #expect(page.text.contains("“done!” marks it done"))
      #expect(session.set.status == .inProgress)
    }
    #expect(session.answer("done!").text.contains("Done: doc"))
    #expect(session.set.status == .complete && session.set.seenTo == session.document.text.count)
    for line in ["done", "done!", "done"] {
      let page = session.answer(line)
      #expect(!page.isRefusal && page.text.contains("Already done") && session.set.status == .complete)
    }
    #expect(session.answer("c 3-4").text.contains("no longer marked done"))
    #expect(session.set.status == .inProgress)
    _ = session.answer("u")
    #expect(session.set.status == .complete)
    #expect(session.answer("undone").text.contains("no longer marked done"))
    #expect(session.set.status == .inProgress && !session.answer("undone").isRefusal)
  }

  @Test func `done asks about unread sentences where somebody can answer, and a pipe only tells`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open(canAsk: true)
    #expect(session.answer("done").text.contains("are unread") && session.set.status == .inProgress)
    _ = session.answer("1")
    #expect(session.set.status == .complete)
    var piped = try desk.open(as: "piped")
    let page = piped.answer("done")
    #expect(!page.isRefusal && page.text.contains("are unread") && piped.set.status == .complete)
  }

  @Test func `a bare number after a sign is a span, and w2 a word`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("s 1-2")
    #expect(!session.answer("c 4-5 < 1").isRefusal)
    #expect(session.set.relations.map(\.to) == [.span(1)] && session.set.spans.count == 2)
    #expect(session.answer("c 3 < 7").text.contains("w7 is word 7"))
    #expect(!session.answer("2 < w2").isRefusal)
    #expect(session.set.spans.last?.fragments == [TextRange(4, 9)])
    #expect(!session.answer("k w3-4").isRefusal)
  }

  @Test func `done without spans means read, nothing found`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("done")
    let set = try #require(try desk.workspace.annotations(of: "me", on: desk.workspace.document("doc")))
    #expect(set.status == .complete && set.spans.isEmpty)
  }

  @Test func `next opens the next document that is not done`() throws {
    let desk = try Desk()
    for id in ["a", "b", "c"] { try desk.add(Self.text, id: id) }
    var session = try desk.open("b")
    _ = session.answer("done")
    #expect(!session.answer("next").isRefusal)
    #expect(session.document.id == "c")
    _ = session.answer("done")
    _ = session.answer("next")
    #expect(session.document.id == "a")
    _ = session.answer("done")
    #expect(session.answer("next").isRefusal)
    #expect(session.document.id == "a" && !session.answer("c 1").isRefusal)
  }

  @Test func `a session goes on where its reader was`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c 1-2")
    _ = session.answer("")
    #expect(session.close() == nil)
    session = try desk.open()
    #expect(session.sentence == 1)
  }

  @Test func `a document without text can be opened, and nothing marked`() throws {
    let desk = try Desk()
    try desk.add(" \n\n ")
    var session = try desk.open()
    for line in ["c", "c 1-2", "c @0-1", "q", "c x", "c 1:", "", "p", "g 1", "find x", "show", "list", "s \t"] {
      _ = session.answer(line)
    }
    _ = session.view(width: 40, colour: true)
    #expect(Completion("c a", in: session).candidates.isEmpty)
    #expect(session.set.spans.isEmpty)
  }

  @Test func `names that are kept for files are nobody's`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    for name in ["gold", "Gold", "document", "DOCUMENT", "", "../x"] {
      #expect(throws: Complaint.self) { try desk.open(as: name) }
      #expect(throws: Complaint.self) { try DocumentChoice.checkAnnotator(name) }
    }
  }

  @Test func `a file of another scheme than the one asked for is said`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    _ = session.answer("c 1-2")
    _ = session.close()
    #expect(throws: Complaint.self) {
      try Session(
        in: desk.workspace, document: "doc", annotator: "me", scheme: "attribution", canAsk: false, me: ""
      ) { Desk.time }
    }
    var again = try desk.open()
    #expect(!again.answer("c 3-4").isRefusal, "the lock was given back")
  }

  @Test func `a doubt is added to a note, a number sign names a span`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in ["c 4-6", "s 1-2", "note 1 look", "doubt 1 why", "by 1 #2", "x #1"] {
      #expect(!session.answer(line).isRefusal, "\(line)")
    }
    _ = session.answer("u")
    #expect(session.set.span(1)?.note == "look; doubt: why")
    #expect(session.set.relations.map(\.type) == ["said-by"])
    #expect(session.answer("# a comment").lines.isEmpty)
    #expect(session.answer("#2 > 1").isRefusal)
  }

  @Test func `what happens in another sentence says where`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    #expect(session.answer("c 3:rose").text == "+ claim 1 ‹rose›, in sentence 3\n")
    #expect(session.answer("u").text == "Undone: − claim 1 ‹rose›, in sentence 3\n")
    #expect(session.answer("12").text.contains("Write “c 12” to mark words."))
    #expect(session.answer("help agree").text.contains("--at-least"))
    #expect(session.answer("agree --help").text.contains("help agree"))
  }

  @Test func `deleting a span and replacing a target say which relations went`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    for line in ["c 4-6", "d 1-3", "2 > -"] { _ = session.answer(line) }
    #expect(session.answer("2 > 1").text.contains("− 2 denies – (not in the text)\n+ 2 denies 1"))
    #expect(session.answer("x 1").text.contains("− 2 denies 1"))
  }

  @Test func `a damaged neighbour does not keep anyone from working`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    try Data("{".utf8).write(to: URL(fileURLWithPath: desk.root + "/Annotations/doc/eli.json"))
    var session = try desk.open()
    #expect(!session.answer("c 1-2").isRefusal)
    #expect(session.answer("check").text.contains("eli.json, line 1, column 2"))
    #expect(throws: Complaint.self) { try desk.open(as: "eli") }
  }

  @Test func `a document is annotated from the first word to done`() throws {
    let desk = try Desk()
    try desk.add(Self.text)
    var session = try desk.open()
    let opening = session.opening.text
    expect(
      opening
        + session.transcript([
          "c taxes..May < The mayor < said", "", "d that is baseless", ". > 1", "by . \"Ms. Tarn\"", "q", "u", "redo",
          "note 4 look again", "list", "show 4", "x 1", "u", "find taxes", "done!",
        ]),
      #"""
      Title
      me · 3 sentences · no spans yet · scheme claims-denials-quotes 1.1.0
      c claim  d denial  q quote  s source  k cue  · Enter for the next sentence · help
      doc 1/3> c taxes..May < The mayor < said
      + claim 1 ‹taxes will fall in May›
      + source 2 ‹The mayor›
      + cue 3 ‹said›
      + 1 said-by 2
      + 1 cued-by 3
      doc 1/3> 
      doc 2/3> d that is baseless
      + denial 4 ‹“That is baseless,”›
      doc 2/3> . > 1
      = denial 4 ‹“That is baseless,”›
      + 4 denies 1
      doc 2/3> by . "Ms. Tarn"
      = denial 4 ‹“That is baseless,”› speaker=Ms. Tarn
      doc 2/3> q
      + quote 5 ‹“That is baseless,”›
      doc 2/3> u
      Undone: − quote 5 ‹“That is baseless,”›
      doc 2/3> redo
      Redone: + quote 5 ‹“That is baseless,”›
      doc 2/3> note 4 look again
      = denial 4 ‹“That is baseless,”› speaker=Ms. Tarn (look again)
      doc 2/3> list
      1: source 2 ‹The mayor›
      1: cue 3 ‹said›
      1: claim 1 ‹taxes will fall in May›
          1 said-by 2
          1 cued-by 3
      2: denial 4 ‹“That is baseless,”› speaker=Ms. Tarn (look again)
          4 denies 1
      2: quote 5 ‹“That is baseless,”›
      doc 2/3> show 4
      denial 4
        @39-58  ‹“That is baseless,”›
        speaker: Ms. Tarn
        4 denies 1
        note: look again
        made 2026-11-18T11:06:40Z, changed 2026-11-18T11:06:40Z
        missing: said-by or attribution
      doc 2/3> x 1
      − claim 1 ‹taxes will fall in May›, in sentence 1
      − 1 said-by 2
      − 1 cued-by 3
      − 4 denies 1
      Nothing uses source 2 ‹The mayor› and cue 3 ‹said› now. “x 2 3” deletes them.
      doc 2/3> u
      Undone: + claim 1 ‹taxes will fall in May›, in sentence 1
      Undone: + 4 denies 1
      Undone: + 1 cued-by 3
      Undone: + 1 said-by 2
      doc 2/3> find taxes
      doc 3/3> done!
      Done: doc. “next” opens the next document.

      """#)
  }

  @Test func `what cannot be done is said in these words`() throws {
    let desk = try Desk()
    try desk.add("Rain fell. More rain fell and rain stayed. No rain.")
    var session = try desk.open(canAsk: true)
    expect(
      session.transcript([
        "g 2", "clam 3", "c 1 clam", "c rain", "c nowhere", "c 3-40", "c 5-3", "c 1-2 + 2-3", "x 9", "s", "c 1-2",
        "c 1-2",
        "link 1 denyes 1", "1 > 1", "set 1 attribution loud", "set 1 colour red", "note 1 \"open", "open nowhere",
        "export", "agree --unit page", "help nothing", "redo", "g 9", "frob",
      ]),
      #"""
      doc 1/3> g 2
      doc 2/3> clam 3
        clam 3
        ^^^^
      “clam” is not a verb. Did you mean claim?
      “help” lists the verbs.
      doc 2/3> c 1 clam
        c 1 clam
          ^^^^^^
      The document does not contain “1 clam”.
      Words must be whole; word numbers such as 3-9 work too.
      doc 2/3> c rain
      These words occur 2 times.
      Choose one by its number, or give more words.
       1  2: …Rain fell. More [rain] fell and rain stayed. N…
       2  2: …ell. More rain fell and [rain] stayed. No rain.…
      doc 2/3> c nowhere
        c nowhere
          ^^^^^^^
      The document does not contain “nowhere”.
      Words must be whole; word numbers such as 3-9 work too.
      doc 2/3> c 3-40
        c 3-40
          ^^^^
      There is no word 40.
      Sentence 2 has 6 words.
      doc 2/3> c 5-3
        c 5-3
          ^^^
      The last word comes before the first.
      Write the earlier one first.
      doc 2/3> c 1-2 + 2-3
        c 1-2 + 2-3
          ^^^^^^^^^
      Two of the fragments overlap.
      Fragments of a span must not overlap.
      doc 2/3> x 9
        x 9
          ^
      There is no span 9.
      “list” shows the spans.
      doc 2/3> s
      WORDS are missing.
      Give word numbers (3-9), the words themselves (first..last; $ for the sentence's end), or @120-161.
      doc 2/3> c 1-2
      + claim 1 ‹More rain›
      doc 2/3> c 1-2
      Already so: claim 1 ‹More rain›.
      doc 2/3> link 1 denyes 1
        link 1 denyes 1
               ^^^^^^
      The scheme “claims-denials-quotes” has no relation “denyes”. Did you mean denies?
      It has denies, said-by and cued-by.
      doc 2/3> 1 > 1
      No relation leads from a claim to a claim.
      From a claim you can link said-by (to source) and cued-by (to cue).
      doc 2/3> set 1 attribution loud
      “attribution” does not take “loud”.
      Choose one of named, implicit and author.
      doc 2/3> set 1 colour red
        set 1 colour red
              ^^^^^^
      A claim has no attribute “colour”.
      It has speaker, about and attribution.
      doc 2/3> note 1 "open
      = claim 1 ‹More rain› ("open)
      doc 2/3> open nowhere
        open nowhere
             ^^^^^^^
      There is no document “nowhere”.
      “gainsay list” shows the documents, “gainsay help” the commands.
      doc 2/3> export
      Missing expected argument '<format>'
      “help export” lists the options.
      doc 2/3> agree --unit page
        agree --unit page
                     ^^^^
      --unit does not take “page”.
      Choose one of character, word or sentence.
      doc 2/3> help nothing
        help nothing
             ^^^^^^^
      There is no help on “nothing”.
      “help” lists the topics.
      doc 2/3> redo
      There is nothing to redo.
      doc 2/3> g 9
        g 9
          ^
      There is no sentence 9.
      The document has sentences 1 to 3.
      doc 2/3> frob
        frob
        ^^^^
      “frob” is not a verb.
      “help” lists the verbs.

      """#)
  }
}
