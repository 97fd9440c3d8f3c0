import Storage
import Comparison
import Foundation
import Pages
import Standoff
import TestSupport
import Testing

@testable import Commands

/// Files of other tools, as they come.
@Suite struct ImportTests {
  /// A folder with files, and a workspace to import them into.
  struct Inbox {
    let desk: Desk
    let folder: String

    init(_ files: [String: String]) throws {
      desk = try Desk()
      folder = desk.root + "/inbox"
      for (name, text) in files { try put(Array(text.utf8), name) }
    }

    func put(_ bytes: [UInt8], _ name: String) throws {
      try OutputTarget.write([(folder + "/" + name, bytes)], desk.workspace)
    }

    func `import`(_ words: String) throws -> CommandOutcome {
      try ImportOptions.read("\(words) \(folder)").outcome(in: desk.workspace, at: Desk.time)
    }

    func set(_ document: String, _ annotator: String) throws -> AnnotationSet {
      let found = try desk.workspace.annotations(of: annotator, on: try desk.workspace.document(document))
      return try #require(found)
    }

    func marked(_ document: String, _ annotator: String) throws -> [String] {
      let text = try desk.workspace.document(document).text
      return try set(document, annotator).inReadingOrder.map { span in
        "\(span.label): \(span.fragments.map { text[$0] }.joined(separator: " + "))"
      }
    }
  }

  static let text = "Ada 🎁 denied it – “never”, she said.\n"

  @Test func `one folder an annotator, one ending an annotator, and a text that nobody has annotated`() throws {
    let inbox = try Inbox([
      "a/one.txt": Self.text, "a/one.ann": "T1\tsource 0 3\tAda\nT2\tcue 6 12\tdenied\n",
      "b/one.txt": Self.text, "b/one.ann": "", "c/two.txt": "Nothing here.\n", "c/three.txt": "Bea says no.\n",
      "c/three_eli.ann": "T7\tsource 0 3\tBea\n",
    ])
    let outcome = try inbox.import("brat")
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    #expect(try inbox.marked("one", "a") == ["source: Ada", "cue: denied"])
    #expect(try inbox.set("one", "b").spans.isEmpty)
    #expect(try inbox.set("one", "b").status == .complete)
    #expect(try inbox.desk.workspace.annotators(of: "two").isEmpty)
    #expect(try inbox.set("three", "eli").spans.map(\.id) == [7])
    #expect(outcome.page.text.contains("3 new documents, 3 annotation files by a, b and eli"))
  }

  @Test func `offsets in UTF-16 and in bytes are found by the words, and said`() throws {
    for (unit, start) in [("code points", 18), ("UTF-16 units", 19), ("bytes of UTF-8", 23)] {
      let length = unit.hasPrefix("bytes") ? 11 : 7
      let inbox = try Inbox([
        "one.txt": Self.text, "one.ann": "T1\tquote \(start) \(start + length)\t“never”\n",
      ])
      let outcome = try inbox.import("brat --as dana")
      #expect(outcome.status == 0, "\(unit) \(outcome.notes.text)")
      #expect(outcome.page.text.contains("Offsets: \(unit) in 1 text."))
      #expect(try inbox.marked("one", "dana") == ["quote: “never”"])
    }
  }

  @Test func `offsets that fit in no unit are refused with the line, and nothing is written`() throws {
    let inbox = try Inbox(["one.txt": Self.text, "one.ann": "T1\tsource 0 3\tAda\nT2\tcue 5 11\tdenied\n"])
    let outcome = try inbox.import("brat --as dana")
    #expect(outcome.status == 2)
    #expect(outcome.notes.text.contains("one.ann, line 2: span T2 quotes the words “denied”, but its offsets"))
    #expect(try inbox.desk.workspace.documentNames().isEmpty)
  }

  @Test func `two units that both fit are a doubt, which --unit settles`() throws {
    let line = #"{"text": "🎁 Ada denied it.", "name": "x", "label": [[3, 6, "source"], [7, 13, "cue"]]}"#
    let inbox = try Inbox(["all.jsonl": line + "\n"])
    let doubt = try inbox.import("doccano --as dana")
    #expect(doubt.status == 2)
    #expect(doubt.notes.text.contains("cannot tell whether offsets count code points or UTF-16 units"))
    #expect(try inbox.import("doccano --as dana --unit utf16").status == 0)
    #expect(try inbox.marked("x", "dana") == ["source: Ada", "cue: denied"])
  }

  @Test func `a scheme is made of what no scheme has, grows with the next import, and --map joins one that is there`()
    throws
  {
    let inbox = try Inbox(["a/one.txt": Self.text, "a/one.ann": "T1\tPER 0 3\tAda\nA1\tsure T1 yes\n"])
    #expect(try inbox.import("brat").page.text.contains("Scheme: brat 1.0.0, made for this import"))
    let key = try #require(try inbox.desk.workspace.scheme("brat").labels.first?.key)
    #expect(key.count == 1 && !Scheme.reservedWords.contains(key))
    try inbox.put(Array("T1\tPER 0 3\tAda\nT2\tverb! 31 35\tsaid\nR1\tby Arg1:T2 Arg2:T1\n".utf8), "b/one.ann")
    try inbox.put(Array(Self.text.utf8), "b/one.txt")
    let grown = try inbox.import("brat")
    #expect(grown.status == 0, "\(grown.notes.text)")
    let scheme = try inbox.desk.workspace.scheme("brat")
    #expect(scheme.version == "1.1.0")
    #expect(scheme.labels.map(\.name) == ["PER", "verb"])
    #expect(grown.page.text.contains("“verb!” becomes verb here"))
    #expect(scheme.attributes.map(\.name) == ["sure"])
    #expect(scheme.relations.map(\.name) == ["by"])

    let mapped = try Inbox(["a/one.txt": Self.text, "a/one.ann": "T1\tPER 0 3\tAda\nT2\tX 6 12\tdenied\n"])
    #expect(try mapped.import("brat --map PER=source --map X=").status == 0)
    #expect(try mapped.marked("one", "a") == ["source: Ada"])
    #expect(try mapped.set("one", "a").scheme.name == "claims-denials-quotes")
  }

  @Test func `an event whose trigger is left out leaves its content with source and cue`() throws {
    let events = """
      T1\tSource 0 3\tAda
      T2\tCue 6 12\tdenied
      T3\tContent 13 15;18 25\tit “never”
      T4\tAttribution 6 12\tdenied
      E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
      """
    let inbox = try Inbox(["a/one.txt": Self.text, "a/one.ann": events + "\n"])
    let outcome = try inbox.import("brat --map Source=source --map Cue=cue --map Content=content --map Attribution=")
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    let set = try inbox.set("one", "a")
    #expect(set.scheme.name == "attribution")
    #expect(set.relations.map(\.type).sorted() == ["cued-by", "said-by"])
    #expect(try inbox.marked("one", "a").contains("content: it + “never”"))
  }

  @Test func `what cannot be held is named with its line`() throws {
    let annotations = """
      T1\tsource 0 3\tAda
      T2\tcue 6 12\tdenied
      T3\tcue 6 12\tdenied
      N1\tReference T1 Wikidata:Q7259\t\t\tAda Lovelace
      X9\tsomething else
      #1\tAnnotatorNotes T1\tsure?
      """
    let inbox = try Inbox(["one.txt": Self.text, "one.ann": annotations + "\n"])
    let outcome = try inbox.import("brat --as dana")
    #expect(outcome.notes.text.contains("one.ann, line 3: the span T3, which is the same as another"))
    #expect(outcome.notes.text.contains("one.ann, line 5: the line “X9 something else”"))
    #expect(try inbox.set("one", "dana").spans[0].attributes["Reference"] == "Wikidata:Q7259 Ada Lovelace")
    #expect(try inbox.set("one", "dana").spans[0].note == "sure?")
  }

  @Test func `a text that is there gains an annotator, another text is refused, and nobody's file is written over`()
    throws
  {
    let inbox = try Inbox(["one.txt": Self.text, "one.ann": "T1\tsource 0 3\tAda\n"])
    try inbox.desk.add(Self.text, id: "one")
    #expect(try inbox.import("brat --as dana").status == 0)
    #expect(try inbox.import("brat --as eli").status == 0)
    try inbox.put(Array("T1\tcue 6 12\tdenied\n".utf8), "one.ann")
    let other = try inbox.import("brat --as dana")
    #expect(other.status == 2)
    #expect(other.notes.text.contains("dana's annotations of “one” exist here and differ"))
    try inbox.put(Array("Another text.\n".utf8), "one.txt")
    try inbox.put([], "one.ann")
    #expect(try inbox.import("brat --as noor").notes.text.contains("the document “one” has a different text"))
    #expect(try inbox.marked("one", "dana") == ["source: Ada"])
    #expect(try inbox.desk.workspace.annotators(of: "one") == ["dana", "eli"])
  }

  @Test func `the scheme of a document's files is taken before the default, and a name in another case refused`() throws
  {
    let inbox = try Inbox(["dana/one.txt": Self.text, "dana/one.ann": "T1\tsource 0 3\tAda\nT2\tcontent 13 15\tit\n"])
    #expect(try inbox.import("brat").status == 0)
    #expect(try inbox.set("one", "dana").scheme.name == "attribution")
    try inbox.put(Array("T1\tsource 0 3\tAda\n".utf8), "eli/one.ann")
    try inbox.put(Array(Self.text.utf8), "eli/one.txt")
    #expect(try inbox.import("brat").status == 0)
    #expect(try inbox.set("one", "eli").scheme.name == "attribution")
    try inbox.put([], "Dana/one.ann")
    try inbox.put(Array(Self.text.utf8), "Dana/one.txt")
    #expect(try inbox.import("brat").notes.text.contains("the annotators “dana” and “Dana” differ only in case"))
  }

  @Test func `a dry run writes nothing`() throws {
    let inbox = try Inbox(["one.txt": Self.text, "one.ann": "T1\tPER 0 3\tAda\n"])
    let outcome = try inbox.import("brat --as dana --dry-run")
    #expect(outcome.page.text.contains("Would import: 1 new document"))
    #expect(try inbox.desk.workspace.documentNames().isEmpty)
    #expect(try !inbox.desk.workspace.schemeNames().contains("brat"))
  }

  @Test func `marks in a text, YEDDA's and slate's, become spans`() throws {
    let marks = try Inbox(["one.txt": "⟦source: Ada⟧ denied ⟦denial: it, ⟦quote: “never”⟧⟧.\n"])
    #expect(try marks.import("marks --as dana").status == 0)
    #expect(try marks.desk.workspace.document("one").text.string == "Ada denied it, “never”.\n")
    #expect(try marks.marked("one", "dana") == ["source: Ada", "denial: it, “never”", "quote: “never”"])

    let yedda = try Inbox(["one.ann": "[@Ada#source*] denied [@it, [@“never”#quote*]#denial*] in [1] #2.\n"])
    #expect(try yedda.import("yedda --as dana").status == 0)
    #expect(try yedda.desk.workspace.document("one").text.string == "Ada denied it, “never” in [1] #2.\n")
    #expect(try yedda.marked("one", "dana") == ["source: Ada", "denial: it, “never”", "quote: “never”"])

    let slate = try Inbox([
      "one.txt": "Ada denied it.\n\n  She said no\n",
      "one.txt.annotations": "(0, 0) - source\n((0, 1), (2, 0)) - label:claim\n((2, 1, 0), (2, 1, 1)) - cue\n",
    ])
    #expect(try slate.import("slate --as dana").status == 0)
    #expect(try slate.marked("one", "dana") == ["source: Ada", "claim: denied it.\n\n  She", "cue: sa"])
  }

  @Test(arguments: [
    (
      "jsonl", "a.jsonl", "{\"text\": \"Ada\", \"spans\": [{\"start\": 0, \"end\": 3, \"label\": \"source\"",
      "line 1, column 67"
    ),
    ("jsonl", "a.jsonl", "{\"text\": \"Ada\"}\n{\"text\": 7}\n", "line 2, column 10"),
    ("jsonl", "a.jsonl", String(repeating: "[", count: 10_000), "line 1, column 257"),
    (
      "spacy", "a.jsonl", "{\"text\": \"Ada\", \"ents\": [{\"start\": 0, \"end\": 9, \"label\": \"x\"}]}",
      "line 1, column 26"
    ),
    ("prodigy", "a.jsonl", "{\"text\": \"Ada\", \"spans\": {}}", "expected an array"),
    ("doccano", "a.jsonl", "{\"text\": \"Ada\", \"label\": [[0, 3]]}", "expected [start, end, \"label\"]"),
    (
      "doccano", "a.jsonl",
      "{\"text\": \"Ada\", \"entities\": [{\"id\": 1, \"label\": \"x\", \"start_offset\": 0, \"end_offset\": 3}], \"relations\": [{\"from_id\": 1, \"to_id\": 2, \"type\": \"r\"}]}",
      "there is no span “2”"
    ),
    ("label-studio", "a.json", "[{\"id\": 1}]", "the key “text”"),
    ("pubannotation", "a.json", "{\"denotations\": []}", "the key “text”"),
    ("citron", "a.json", "{\"text\": \"Ada\", \"quotes\": [{}]}", "expected contents"),
    ("cas-json", "a.json", "{\"%FEATURE_STRUCTURES\": []}", "uima.cas.Sofa"),
    ("conll", "a.conll", "Ada B-x\nsaid\n", "line 2"),
    ("conll", "a.conll", "Ada Q-x\n", "a tag such as O, B-label or I-label"),
    ("webanno-tsv", "a.tsv", "#FORMAT=CSV\n", "#FORMAT=WebAnno TSV 3"),
    ("webanno-tsv", "a.tsv", "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Span|label\n\n\n#Text=Ada\n1-1\t0-3\n", "line 6"),
    ("marks", "a.txt", "Ada ⟦claim: said\n", "line 1, column 5"),
    ("marks", "a.txt", "Ada ⟧ said\n", "expected ⟦ before ⟧"),
    ("yedda", "a.ann", "Ada [@said\n", "#label*] that ends what begins here"),
  ])
  func `a broken file is an error with its place`(_ file: (format: String, name: String, text: String, said: String))
    throws
  {
    let inbox = try Inbox([file.name: file.text])
    let outcome = try inbox.import("\(file.format) --as dana")
    #expect(outcome.status == 2)
    #expect(outcome.notes.text.contains(file.said), "\(outcome.notes.text)")
    #expect(try inbox.desk.workspace.documentNames().isEmpty)
  }

  @Test(arguments: [
    ("T1\tsource 0 3\tAda\nT1\tcue 6 12\tdenied\n", "line 2: expected each id once, found “T1” again"),
    ("T1\tsource 0 3\tAda\nR1\tr Arg1:T1 Arg2:T9\n", "line 2: expected the id of a T or E line, found “T9”"),
    (
      "T1\tx 0 3\tAda\nT2\tx 6 12\tdenied\nE1\tx:T1 A:E2\nE2\tx:T2 A:E1\n",
      "line 4: expected events that are not their own arguments"
    ),
    ("T1\tsource 0 99\tAda\n", "point to no words in a text of 37 code points"),
    ("T1\tsource 4 0\tAda\n", "line 1: expected a line such as “T1 label 0 4 words”, with tabs"),
    ("E1\tx:T1\n", "line 1: expected the id of a T line, found “T1”"),
  ])
  func `a broken brat file is an error with its line`(_ file: (text: String, said: String)) throws {
    for (ending, mark) in [("\n", ""), ("\r\n", ""), ("\n", "\u{FEFF}")] {
      let inbox = try Inbox(["one.txt": Self.text, "one.ann": mark + file.text.replacing("\n", with: ending)])
      let outcome = try inbox.import("brat --as dana")
      #expect(outcome.status == 2)
      #expect(outcome.notes.text.contains(file.said), "\(outcome.notes.text)")
      #expect(try inbox.desk.workspace.documentNames().isEmpty)
    }
  }

  @Test func `bytes that are no text are an error with their place`() throws {
    let inbox = try Inbox(["one.ann": "T1\tsource 0 3\tAda\n"])
    try inbox.put(Array("Ada\nis \u{00}".utf8) + [0xFF], "one.txt")
    #expect(
      try inbox.import("brat --as dana").notes.text.contains("one.txt, line 2, column 5: expected UTF-8 text"))
    try inbox.put(Array(Self.text.utf8), "one.txt")
    try inbox.put(Array("T1\tsource 0 3\tAda\n#1\tx T1\t".utf8) + [0xC0, 0x80], "one.ann")
    #expect(try inbox.import("brat --as dana").notes.text.contains("one.ann, line 2"))
  }

  @Test func `layers in several files are one annotator's`() throws {
    let inbox = try Inbox([
      "x.content.conll": "-DOCSTART- one dana O\n\nAda O\nsaid O\nno B-claim\n",
      "x.cue.conll": "-DOCSTART- one dana O\n\nAda O\nsaid B-cue\nno O\n",
    ])
    let outcome = try inbox.import("conll")
    #expect(outcome.page.text.contains("Joined from several parts: one by dana."))
    #expect(try inbox.marked("one", "dana") == ["cue: said", "claim: no"])
  }

  @Test(.tags(.slow)) func `a line of 70 MB is refused in bounded memory, one of 4 MB read`() throws {
    let inbox = try Inbox([:])
    let long =
      "{\"id\": \"x\", \"text\": \"" + String(repeating: "Ada said no. ", count: 320_000) + "\", \"spans\": []}\n"
    try inbox.put(Array(long.utf8), "long.jsonl")
    #expect(try inbox.import("jsonl --as dana").status == 0)
    let longer = Array(String(repeating: " ", count: 70_000_000).utf8)
    try inbox.put(longer, "long.jsonl")
    #expect(try inbox.import("jsonl --as eli").notes.text.contains("expected a line of at most 64 MiB"))
  }

  @Test(arguments: ["../../_", "../../../é", "é", "-", "..", "", "/_", String(repeating: "a", count: 200) + "/.."])
  func `a document's name leads nowhere else`(_ id: String) throws {
    let line = "{\"id\": \"\(id)\", \"text\": \"Ada.\", \"spans\": []}\n"
    let inbox = try Inbox(["x.jsonl": line])
    let before = try FileManager.default.subpathsOfDirectory(atPath: inbox.desk.root).sorted()
    let outcome = try inbox.import("jsonl --as dana")
    if outcome.status == 0 {
      #expect(try inbox.desk.workspace.documentNames().allSatisfy(Scheme.isPlainName))
      #expect(try inbox.desk.workspace.documentNames().count == 1)
    } else {
      #expect(outcome.notes.text.contains("x.jsonl, line 1"))
      #expect(try FileManager.default.subpathsOfDirectory(atPath: inbox.desk.root).sorted() == before)
    }
  }

  @Test func `a link in the place of what an import leaves is unlinked, not followed`() throws {
    let inbox = try Inbox(["x.jsonl": "{\"id\": \"one\", \"text\": \"Ada.\", \"spans\": []}\n"])
    let precious = inbox.desk.root + "/precious"
    try FileManager.default.createDirectory(atPath: precious, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(fileURLWithPath: precious + "/file"))
    try FileManager.default.createSymbolicLink(
      atPath: inbox.desk.workspace.annotationsFolder + "/.import.tmp", withDestinationPath: precious)
    #expect(try inbox.import("jsonl --as dana").status == 0)
    #expect(FileManager.default.fileExists(atPath: precious + "/file"))
  }

  @Test func `numbers beyond all texts are errors`() throws {
    let slate = try Inbox(["a.txt": Self.text, "a.txt.annotations": "(0, 1, 9223372036854775807) - x\n"])
    #expect(try slate.import("slate --as dana").notes.text.contains("expected a place in the text"))
    let table =
      "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Span|label\n\n\n#Text=Ada\n1-1\t9223372036854775804-9223372036854775807\tAda\t_\t\n"
    let webanno = try Inbox(["a.tsv": table])
    #expect(try webanno.import("webanno-tsv --as dana").notes.text.contains("an offset such as 0-4"))
    let far = try Inbox([
      "a.tsv": table.replacing("9223372036854775804-9223372036854775807", with: "900000000-900000003")
    ])
    #expect(
      try far.import("webanno-tsv --as dana").notes.text.contains("expected a sentence behind the one before"))
  }

  @Test func `a unit that is asked for is kept to, whatever the format says`() throws {
    let line = #"{"text": "🎁 Ada.", "ents": [{"start": 5, "end": 8, "label": "source"}]}"#
    let inbox = try Inbox(["x.jsonl": line])
    #expect(try inbox.import("spacy --as dana --unit utf8").status == 0)
    #expect(try inbox.marked("x-1", "dana") == ["source: Ada"])
  }

  @Test func `two people, documents or names are never made one in silence`() throws {
    func line(_ id: String, _ annotator: String) -> String {
      "{\"id\": \"\(id)\", \"annotator\": \"\(annotator)\", \"text\": \"Ada.\", \"spans\": []}\n"
    }
    let people = try Inbox(["x.jsonl": line("one", "Zoë") + line("two", "Zoé")])
    #expect(try people.import("jsonl").notes.text.contains("“Zoë” and “Zoé” would both become “Zo”"))
    let both = try Inbox(["x.jsonl": line("one", "dana") + line("one", "eli")])
    #expect(try both.import("jsonl --as noor").notes.text.contains("“dana” and “eli” both annotated “one”"))
    let named = try Inbox(["x.jsonl": line("one two", "dana")])
    #expect(try named.import("jsonl").page.text.contains("“one two” becomes one-two here"))
    let clash =
      #"{"id": "d", "text": "Ada.", "spans": [{"label": "l", "start": 0, "end": 3, "attributes": {"a b": "1", "a-b": "2"}}]}"#
    let attributes = try Inbox(["x.jsonl": clash])
    #expect(try attributes.import("jsonl --as dana").page.text.contains("“a b” becomes a-b-2 here"))
  }

  @Test(arguments: [
    ("jsonl", #"{"text": "Ada", "label": [[0, 3, "x"]]}"#, "the key “spans”"),
    ("spacy", #"{"text": "Ada", "spans": [{"start": 0, "end": 3, "label": "x"}]}"#, "an object of span groups"),
    ("spacy", #"{"text": "Ada", "label": []}"#, "the key “ents” or “spans”"),
    ("prodigy", #"{"text": "Ada", "label": []}"#, "the key “spans”"),
    ("doccano", #"{"text": "Ada", "spans": []}"#, "the key “label” or “entities”"),
    ("citron", #"{"text": "Ada", "spans": []}"#, "the key “quotes”"),
    ("pubannotation", #"{"text": "Ada", "quotes": []}"#, "the key “denotations”"),
    (
      "jsonl", #"{"text": "Ada", "spans": [], "relations": [{"type": "r", "from": 1, "to": [2]}]}"#,
      "a string or a number"
    ),
  ])
  func `a file of another format is not taken for an empty one`(
    _ file: (format: String, text: String, said: String)
  ) throws {
    let inbox = try Inbox([
      "x.\(file.format == "citron" || file.format == "pubannotation" ? "json" : "jsonl")": file.text
    ])
    let outcome = try inbox.import("\(file.format) --as dana")
    #expect(outcome.status == 2)
    #expect(outcome.notes.text.contains(file.said), "\(outcome.notes.text)")
  }

  @Test func `a text alone has no annotator, whoever is named`() throws {
    let inbox = try Inbox(["one.txt": Self.text])
    #expect(try inbox.import("brat --as dana").status == 0)
    #expect(try inbox.desk.workspace.annotators(of: "one").isEmpty)
  }

  @Test func `a relation of CAS is called by its label, and another view's spans are left out`() throws {
    let file = """
      {"%TYPES": {}, "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Ada denied it."},
        {"%ID": 2, "%TYPE": "uima.cas.Sofa", "sofaString": "Another text, in another view."},
        {"%ID": 3, "%TYPE": "x.Span", "@sofa": 1, "begin": 0, "end": 3, "label": "source"},
        {"%ID": 4, "%TYPE": "x.Span", "@sofa": 1, "begin": 4, "end": 10, "label": "cue", "@other": 3},
        {"%ID": 5, "%TYPE": "x.Span", "@sofa": 2, "begin": 0, "end": 7, "label": "cue"},
        {"%ID": 6, "%TYPE": "x.Rel", "@sofa": 1, "begin": 0, "end": 3, "@Governor": 4, "@Dependent": 3, "label": "said_by"}],
       "%VIEWS": {}}
      """
    let inbox = try Inbox(["one.json": file])
    let outcome = try inbox.import("cas-json --as dana")
    #expect(outcome.status == 0, "\(outcome.notes.text)")
    #expect(try inbox.marked("one", "dana") == ["source: Ada", "cue: denied"])
    // A feature that refers to another annotation is a relation too.
    #expect(try inbox.set("one", "dana").relations.map(\.type).sorted() == ["other", "said_by"])
    #expect(outcome.notes.text.contains("line 6, column 3: an annotation of another view"))
  }

  @Test func `a Web Annotation page of two people is theirs`() throws {
    func item(_ name: String, _ start: Int, _ end: Int) -> String {
      """
      {"id": "urn:\(name)", "type": "Annotation", "creator": {"name": "\(name)"}, "body": {"value": "source", "purpose": "tagging"},
       "target": {"selector": {"type": "TextPositionSelector", "start": \(start), "end": \(end)}}}
      """
    }
    let inbox = try Inbox(["one.txt": Self.text, "one.jsonld": "[\(item("dana", 0, 3)), \(item("eli", 6, 12))]"])
    #expect(try inbox.import("w3c").status == 0)
    #expect(try inbox.marked("one", "dana") == ["source: Ada"])
    #expect(try inbox.marked("one", "eli") == ["source: denied"])
  }

  @Test func `an empty file is somebody's, who is to be named; a task that was not accepted is nobody's`() throws {
    let empty = try Inbox(["one.txt": Self.text, "one.ann": ""])
    #expect(try empty.import("brat").notes.text.contains("nothing says who annotated it"))
    #expect(try empty.import("brat --as dana").status == 0)
    #expect(try empty.set("one", "dana").spans.isEmpty)
    let task = #"{"text": "Ada denied it.", "spans": [], "answer": "ignore", "meta": {"id": "one"}}"#
    let ignored = try Inbox(["x.jsonl": task])
    let outcome = try ignored.import("prodigy --as dana")
    #expect(outcome.notes.text.contains("a task answered “ignore”"))
    #expect(try ignored.desk.workspace.annotators(of: "one").isEmpty)
  }

  @Test func `two people of one name at two places stay two`() throws {
    func annotation(_ email: String) -> String { #"{"completed_by": {"email": "\#(email)"}, "result": []}"# }
    let task =
      #"{"data": {"text": "Ada.", "name": "one"}, "annotations": [\#(annotation("d@a.org")), \#(annotation("d@b.org"))]}"#
    let inbox = try Inbox(["x.json": "[\(task)]"])
    #expect(try inbox.import("label-studio").status == 0)
    #expect(try inbox.desk.workspace.annotators(of: "one") == ["d-a.org", "d-b.org"])
  }
  /// A workspace with lines to import.
  static func deskWithLines() throws -> MemoryDesk {
    let desk = try MemoryDesk()
    try desk.disk.replace("/w/in.jsonl", with: lines("Ada said so."))
    return desk
  }

  /// Imports lines of two documents; returns whether it was done.
  static func importLines(_ desk: MemoryDesk) throws -> Bool {
    try ImportOptions.read("jsonl /w/in.jsonl").outcome(in: desk.workspace, at: MemoryDesk.time).status == 0
  }

  /// Two documents, with a label that no scheme has.
  static func lines(_ text: String) -> [UInt8] {
    let lines = ["a", "b"].map { id in
      "{\"id\": \"\(id)\", \"text\": \"\(text)\", \"annotator\": \"zoe\", "
        + "\"spans\": [{\"start\": 0, \"end\": 3, \"label\": \"rumour\"}]}\n"
    }
    return Array(lines.joined().utf8)
  }

  @Test func `a file that changes between its two readings is imported in neither form, or in one`() throws {
    let probe = try Self.deskWithLines()
    let start = probe.disk.calls
    #expect(try Self.importLines(probe))
    var (refused, texts) = (0, Set<[String]>())
    for call in 1...(probe.disk.calls - start) {
      let desk = try Self.deskWithLines()
      let disk = desk.disk
      disk.plan(.meanwhile { try disk.replace("/w/in.jsonl", with: Self.lines("Bea said so.")) }, atCall: call)
      let isDone = (try? Self.importLines(desk)) == true
      refused += isDone ? 0 : 1
      let names = try desk.workspace.documentNames()
      #expect(names == (isDone ? ["a", "b", "doc"] : ["doc"]), "\(call)")
      if isDone { texts.insert(try ["a", "b"].map { try desk.workspace.document($0).text.string }) }
    }
    #expect(texts == [["Ada said so.", "Ada said so."], ["Bea said so.", "Bea said so."]] && refused > 2)
  }

  @Test func `a scheme that another program writes in the middle of an import is not overwritten`() throws {
    let probe = try Self.deskWithLines()
    let start = probe.disk.calls
    #expect(try Self.importLines(probe))
    var refused = 0
    for call in 1...(probe.disk.calls - start) {
      let desk = try Self.deskWithLines()
      let disk = desk.disk
      disk.plan(.meanwhile { try disk.replace("/w/Schemas/jsonl.scheme.json", with: [0x7B]) }, atCall: call)
      let isDone = (try? Self.importLines(desk)) == true
      refused += isDone ? 0 : 1
      #expect(try disk.read("/w/Schemas/jsonl.scheme.json") == [0x7B], "\(call) \(isDone)")
      #expect(try desk.workspace.documentNames() == (isDone ? ["a", "b", "doc"] : ["doc"]), "\(call)")
    }
    #expect(refused > 5)
  }
}
