import Commands
import Comparison
import Foundation
import Pages
import Standoff
import Storage
import TestSupport
import Testing

@testable import Prompt

/// What is said of the document as a whole.
@Suite struct WholeDocumentTests {
  static func desk() throws -> Desk {
    let desk = try Desk.withDocumentAttributes()
    try desk.add("The mayor said taxes will fall in May.")
    return desk
  }

  @Test func `a document has attributes, a note and a question, and done asks for what is required`() throws {
    let desk = try Self.desk()
    var session = try desk.open(as: "dana")
    #expect(session.answer("done").text.contains("the document – no tone (calm or hostile): set doc tone VALUE"))
    #expect(session.answer("set doc tone loud").text.contains("“tone” does not take “loud”"))
    #expect(session.answer("set doc mood loud").text.contains("no attribute “mood” of documents"))
    #expect(session.answer("set doc tone hostile").text.contains("the document: tone=hostile"))
    #expect(session.answer("set doc tone hostile").text.contains("Already so."))
    _ = session.answer("note doc the photo says more")
    _ = session.answer("ask is this a claim at all?")
    #expect(session.answer("show").text.contains("the document: tone=hostile, note “the photo says more”, question"))
    _ = session.answer("u")
    _ = session.answer("redo")
    #expect(session.answer("done").text.contains("Done: doc"))
    _ = session.close()
    let file = try String(contentsOf: desk.file("Annotations/doc/dana.json"), encoding: .utf8)
    #expect(file.contains("\"format\": 2") && file.contains("\"attributes\": {\"tone\": \"hostile\"}"))
    #expect(session.answer("log").text.contains("tone=hostile"))
  }

  @Test func `a question stands in status until the lead has answered, and the annotator reads the answer`() throws {
    let desk = try Self.desk()
    var session = try desk.open(as: "dana")
    _ = session.answer("ask is this a claim at all?")
    _ = session.close()
    func status() throws -> String { try StatusOptions.read("").outcome(in: desk.workspace).page.text }
    #expect(try status().contains("dana on doc asks: is this a claim at all?"))
    var lead = try desk.open(as: "lead")
    #expect(lead.answer("answer eli yes").isRefusal)
    #expect(lead.answer("answer dana yes, by rule 4").text.contains("Answered dana on doc"))
    _ = lead.close()
    #expect(try !status().contains("asks:"))
    session = try desk.open(as: "dana")
    #expect(session.opening.text.contains("answered: “yes, by rule 4”"))
    #expect(session.answer("ask -").text.contains("no question"))
    _ = session.close()
  }

  @Test func `a file without anything of the document keeps format 1 and its bytes`() throws {
    let desk = try Self.desk()
    var session = try desk.open(as: "dana")
    _ = session.answer("c 4-8")
    _ = session.answer("note doc x")
    _ = session.answer("note doc -")
    _ = session.close()
    let file = try String(contentsOf: desk.file("Annotations/doc/dana.json"), encoding: .utf8)
    #expect(file.contains("\"format\": 1") && !file.contains("\"note\""))
  }

  @Test func `attributes of documents are compared, adjudicated, and agreed on as items`() throws {
    let desk = try Self.desk()
    try desk.add("The premier denied it.", id: "other")
    for (document, who, lines) in [
      ("doc", "dana", ["c 4-8", "set doc tone calm", "set doc place Orla"]),
      ("doc", "eli", ["c 4-8", "set doc tone hostile", "set doc place Orla"]),
      ("other", "dana", ["set doc tone calm"]), ("other", "eli", ["set doc tone calm"]),
    ] {
      var session = try desk.open(document, as: who)
      for line in lines { #expect(!session.answer(line).isRefusal, "\(line)") }
      _ = session.answer("done!")
      _ = session.close()
    }
    let compare = try CompareOptions.read("--full").outcome(in: desk.workspace).page.text
    #expect(compare.contains("document · tone: dana “calm”, eli “hostile”") && compare.contains("1 disagreement in 2"))
    let agree = try AgreeOptions.read("--measure observed-agreement --bootstrap 0").outcome(in: desk.workspace).page
      .text
    #expect(agree.contains("attributes of documents"), "\(agree)")
    let row = agree.split(separator: "\n").first { $0.hasPrefix("tone") }
    #expect(row?.contains("0.500") == true, "\(agree)")

    var session = try desk.adjudicate("doc")
    #expect(session.set.ofDocument.attributes == ["place": "Orla"])
    #expect(session.prompt == "doc 1 of 1 open> ")
    let view = session.view(width: 80, colour: false).text
    #expect(view.contains("tone of the document") && view.contains("2  “hostile” · eli"), "\(view)")
    #expect(session.answer("0").isRefusal)
    _ = session.answer("2")
    #expect(session.prompt == "doc all settled> " && session.set.ofDocument.attributes["tone"] == "hostile")
    _ = session.answer("u")
    #expect(session.prompt == "doc 1 of 1 open> ")
    _ = session.answer("rest dana !")
    #expect(session.set.ofDocument.attributes["tone"] == "calm")
    #expect(session.answer("done!").text.contains("Done: doc"))
    _ = session.close()
  }
}
