import ArgumentParser
import Standoff
import Storage
import Commands
import Comparison
import Foundation
import Pages
import Reports
import Suggestion
import TestSupport
import Testing

@testable import Prompt

@Suite struct SuggestingSessionTests {
  static let text = "“It is not true,” said Ann Low. The firm denied that it had hidden a report. It rained."

  private func open(_ text: String = text) throws -> (Desk, Session) {
    let desk = try Desk()
    try desk.add(text)
    return (desk, try desk.open())
  }

  @Test func `suggestions are off until they are asked for, and each has its reason`() throws {
    let (_, opened) = try open()
    var session = opened
    #expect(session.answer("a").text.contains("Suggestions are off"))
    #expect(!session.plainView.text.contains("#1"))
    _ = session.answer("suggest")
    let shown = session.plainView.text
    #expect(shown.contains("quotation marks") && shown.contains("“not true” denies") && shown.contains("%"))
    _ = session.answer("suggest off")
    #expect(!session.plainView.text.contains("#1"))
  }

  @Test func `a suggestion is taken with source and cue as one edit, and keeps its origin`() throws {
    let (desk, opened) = try open()
    var session = opened
    _ = session.answer("suggest")
    _ = session.answer("g 2")
    _ = session.answer("a")
    #expect(session.marked.contains("⟦source: The firm⟧ ⟦cue: denied⟧ that ⟦denial: it had hidden a report⟧."))
    #expect(session.set.spans.allSatisfy { $0.origin == ["suggestedBy": "denial-cue"] })
    #expect(session.set.relations.map(\.type) == ["said-by", "cued-by"])
    #expect(session.close() == nil)
    session = try desk.open()
    #expect(session.set.spans.first?.origin["suggestedBy"] == "denial-cue")
    _ = session.answer("u")
    #expect(session.set.spans.isEmpty)
  }

  @Test func `a suggestion names who speaks and the claim that it denies, and both are taken with it`() throws {
    let (_, opened) = try open(
      "The farmers said the dam was leaking. Harbour master Olav Brandt denied that the dam was leaking. "
        + "Then she said the gate was open.")
    var session = opened
    for line in ["suggest", "a", "set 1 about the-dam", "g 2"] { _ = session.answer(line) }
    let shown = session.plainView.text
    #expect(shown.contains("@ Olav Brandt > #1 * the-dam"), "\(shown)")
    let page = session.answer("a")
    #expect(page.text.contains("Taken over from claim 1: about."), "\(page.text)")
    let denial = try #require(session.set.spans.first { $0.label == "denial" })
    #expect(session.set.relations.contains { $0.type == "denies" && $0.from == denial.id && $0.to == .span(1) })
    #expect(denial.attributes["about"] == "the-dam")
    let source = try #require(session.set.spans.last { $0.label == "source" })
    #expect(source.attributes["speaker"] == "Olav Brandt")
    // A guess is shown as one, and not taken.
    _ = session.answer("g 3")
    #expect(session.plainView.text.contains("@ Olav Brandt?"), "\(session.plainView.text)")
    _ = session.answer("a")
    #expect(session.set.spans.last { $0.label == "source" }?.attributes["speaker"] == nil)
    // All of a suggestion is one edit.
    for _ in 1...2 { _ = session.answer("u") }
    #expect(
      !session.set.spans.contains { $0.label == "denial" } && !session.set.relations.contains { $0.type == "denies" })
  }

  @Test func `a claim that hangs on a denial is what that denies`() throws {
    let (_, opened) = try open("The mayor spoke of ‘groundless’ allegations that the dam leaks, the council said.")
    var session = opened
    for line in ["suggest", "d 5", "c 8-10"] { _ = session.answer(line) }
    #expect(session.set.relations.isEmpty)
    _ = session.answer("u")
    guard let place = session.openSuggestions.firstIndex(where: { $0.denial == 1 }) else {
      Issue.record("no claim is proposed: \(session.plainView.text)")
      return
    }
    #expect(session.plainView.text.contains("denied by #1"))
    _ = session.answer("a #\(place + 1)")
    #expect(session.set.relations.contains { $0.type == "denies" && $0.from == 1 })
  }

  @Test func `label and words can be corrected while accepting`() throws {
    let (_, opened) = try open()
    var session = opened
    _ = session.answer("suggest")
    _ = session.answer("g 2")
    _ = session.answer("a claim")
    #expect(session.set.spans.first?.label == "claim")
    // What was corrected was answered.
    #expect(session.openSuggestions.isEmpty)
    _ = session.answer("u")
    _ = session.answer("a #1 7-9")
    #expect(session.marked.contains("⟦denial: hidden a report⟧."))
    #expect(session.answer("a #9").isRefusal)
  }

  @Test func `what was refused is Declined for good, in no session, until that is taken back`() throws {
    let (desk, opened) = try open()
    var session = opened
    _ = session.answer("suggest")
    _ = session.answer("g 2")
    #expect(session.answer("r").text.contains("Declined for good"))
    #expect(session.openSuggestions.isEmpty)
    #expect(session.close() == nil)
    let file = try String(contentsOfFile: desk.root + "/Annotations/doc/me.json", encoding: .utf8)
    #expect(file.contains(#""declined": ["#))
    session = try desk.open()
    _ = session.answer("suggest")
    _ = session.answer("g 2")
    #expect(session.openSuggestions.isEmpty)
    #expect(session.answer("u").text.contains("no longer declined"))
    #expect(session.openSuggestions.count == 1)
    _ = session.answer("redo")
    #expect(session.openSuggestions.isEmpty)
    #expect(try WorkspaceCheck(in: desk.workspace).isClean)
  }

  @Test func `all of a label are shown first and taken when told twice`() throws {
    let (_, opened) = try open()
    var session = opened
    #expect(session.answer("A denial").text.contains("A second “A denial” marks all 2"))
    #expect(session.set.spans.isEmpty)
    _ = session.answer("n")
    #expect(session.answer("A denial").text.contains("A second “A denial” marks all 2"))
    _ = session.answer("A denial")
    #expect(session.set.spans.count { $0.label == "denial" } == 2)
    _ = session.answer("u")
    #expect(session.set.spans.isEmpty)
  }

  @Test func `another program proposes, and what it does wrong is said`() throws {
    let (desk, opened) = try open()
    var session = opened
    let program = desk.root + "/propose.sh"
    try Data(
      """
      read request
      case "$request" in *'"text": "“It is'*) echo '{"label": "source", "start": 23, "end": 30, "reason": "a name"}';; esac
      """.utf8
    ).write(to: URL(fileURLWithPath: program))
    let page = session.answer("suggest --with \"sh \(program)\"")
    #expect(page.text.contains("The program suggests 1 span"), "\(page.text)")
    let place = try #require(session.openSuggestions.firstIndex { $0.label == "source" })
    _ = session.answer("a #\(place + 1)")
    #expect(session.marked.contains("⟦source: Ann Low⟧"))
    #expect(session.set.spans.first?.origin == ["suggestedBy": "program"])
    for (options, said) in [
      ("--timeout", "a number of seconds"), ("--timeout 0 --with true", "a number of seconds"),
      ("--timeout 5", "a command are missing"), ("--timeout 5 --with", "COMMAND is missing"),
    ] {
      let page = session.answer("suggest \(options)")
      #expect(page.isRefusal && page.text.contains(said), "\(options): \(page.text)")
    }
    for (command, said) in [
      ("false", "ended with status 1"), ("echo nonsense", "line 1, column 1"),
      ("echo '{\"label\": \"x\", \"start\": 0, \"end\": 1}'", "“x”"),
      ("echo '{\"label\": \"claim\", \"start\": 0, \"end\": 999}'", "0 to 999"),
      ("echo '{\"label\": \"claim\", \"start\": 0, \"end\": 1, \"confidence\": 7}'", "0 to 1"),
      ("no-such-program", "127"),
    ] {
      let page = session.answer("suggest --with \(command)")
      #expect(page.isRefusal && page.text.contains(said), "\(command): \(page.text)")
    }
  }

  @Test func `suggested spans are left out of agreement with those that they are aligned with`() throws {
    let (desk, _) = try open()
    var dana = try desk.open("doc", as: "dana")
    for line in ["suggest", "g 2", "a", "d 1:1-3", "done!"] { _ = dana.answer(line) }
    #expect(dana.close() == nil)
    var eli = try desk.open("doc", as: "eli")
    for line in ["d 2:5-9", "d 1:1-3", "done!"] { _ = eli.answer(line) }
    #expect(eli.close() == nil)
    func f1(_ options: String) throws -> String {
      try AgreeOptions.read("--measure span-f1-exact --label denial " + options).outcome(in: desk.workspace).page.text
    }
    let all = try f1("")
    let without = try f1("--without-suggested")
    #expect(without.contains("accepted from suggestions or aligned with one that was"))
    #expect(!all.contains("accepted from suggestions"))
    #expect(without.contains("Ignored: 4 spans accepted"))
    let comparison = try AgreementStudy(
      in: desk.workspace, CountingRequest(labels: ["denial"], withoutSuggested: true))
    let exact = AgreementFigures(comparison, AgreementFigures.Request()).figure(.spanF1Exact, "span", "denial")
    #expect(exact?.items == 2 && exact?.value == 1)
  }

  @Test func `a third annotator is not left with a miss`() throws {
    let (desk, _) = try open()
    for (name, lines) in [("dana", ["suggest", "g 2", "a"]), ("eli", ["d 2:4-9"]), ("noor", ["d 2:3-4"])] {
      var session = try desk.open("doc", as: name)
      for line in lines + ["done!"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let comparison = try AgreementStudy(
      in: desk.workspace, CountingRequest(labels: ["denial"], withoutSuggested: true))
    let exact = AgreementFigures(comparison, AgreementFigures.Request()).figure(.spanF1Exact, "span", "denial")
    #expect(exact?.items == 0)
  }

  @Test func `words pasted as a whole ask for a label, whatever the first one means`() throws {
    let desk = try Desk()
    try desk.add("A report said a firm lied. Show me by then.")
    var session = try desk.open(canAsk: true)
    for words in ["a firm lied", "Show me by then", "A report"] {
      #expect(session.answer(pasted: words).text.contains("Choose a label by its number"), "\(words)")
    }
    _ = session.answer("1")
    #expect(session.marked.hasPrefix("⟦claim: A report⟧"))
    #expect(session.answer(pasted: "c 2").text.contains("+ claim 2"))
  }

  @Test func `what one has marked is learned from, and the same examples give the same proposals`() throws {
    let desk = try Desk()
    // In these texts “that” is marked with what it opens, against what the lexicon says.
    let names = ["Ann", "Bea", "Cid", "Dov", "Eve", "Fay", "Gus", "Hal"]
    for (index, name) in names.enumerated() {
      try desk.add(
        "\(name) Low said that taxes would fall in May. It rained. The mayor said that roads were safe. Nobody came.",
        id: "text\(index)")
      guard index < 7 else { continue }
      var session = try desk.open("text\(index)")
      for line in ["c that..$", "g 3", "c that..$", "done!"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    var proposals: [[Suggestion]] = []
    for _ in 0..<2 {
      var session = try desk.open("text7")
      _ = session.answer("suggest")
      proposals.append(session.openSuggestions)
      #expect(session.close() == nil)
    }
    let first = try #require(proposals[0].first { $0.label == "claim" })
    let document = try desk.workspace.document("text7")
    #expect(document.text[first.hull] == "that taxes would fall in May")
    guard case .examples(let examples) = first.reason else {
      Issue.record("\(first.reason)")
      return
    }
    #expect(examples.first?.hasPrefix("that") == true)
    #expect(proposals[0] == proposals[1])
  }

  @Test func `a workspace's own lexicon wins, and a broken one is said with its place`() throws {
    let (desk, _) = try open("Ann Low blurbed that taxes would fall.")
    let path = desk.root + "/Schemas/en.lexicon.json"
    let lexicon = try String(contentsOfFile: path, encoding: .utf8)
    try Data(lexicon.replacing(#""said","#, with: #""blurbed", "said","#).utf8).write(to: URL(fileURLWithPath: path))
    var session = try desk.open()
    _ = session.answer("suggest")
    #expect(session.openSuggestions.map(\.label) == ["claim"])
    #expect(session.close() == nil)
    try Data(#"{"format": 1, "language": "en", "version": "1.0.0", "speech": [1]}"#.utf8).write(
      to: URL(fileURLWithPath: path))
    do {
      _ = try desk.open()
      Issue.record("a broken lexicon was taken")
    } catch let complaint as Complaint {
      #expect(complaint.problem.contains("en.lexicon.json") && complaint.problem.contains("line 1"), "\(complaint)")
    }
    #expect(try !WorkspaceCheck(in: desk.workspace).isClean)
  }

  /// What `gainsay learn` says.
  private static func learn(_ path: String, _ desk: Desk) -> String {
    let shell = Shell(
      viewer: "me", me: "me", disk: POSIXDisk(), currentFolder: desk.root, width: 80, isColoured: false,
      now: Timestamp(secondsSince1970: 0))
    do {
      return try LearnCommand.parse(["--to", path, "-C", desk.root]).outcome(in: shell).page.text
    } catch {
      return (error as? Complaint)?.page.text ?? "\(error)"
    }
  }

  @Test func `a kept model suggests where nobody has marked anything, and what is unsure can be hidden`() throws {
    let desk = try Desk()
    for index in 0..<4 {
      try desk.add(
        "Ann Low said that taxes would fall in \(2000 + index). It rained. The mayor said that roads were safe. Nobody came.",
        id: "text\(index)")
      var session = try desk.open("text\(index)")
      for line in ["c that..$", "s Ann..Low", "k said", "g 3", "c that..$", "s The..mayor", "k said", "done!"] {
        _ = session.answer(line)
      }
      #expect(session.close() == nil)
    }
    // Twelve spans of a label are the least to learn from.
    let path = desk.root + "/Schemas/desk.model"
    let refused = Self.learn(path, desk)
    #expect(refused.contains("too little to learn from: 4 finished documents"))
    for index in 4..<7 {
      try desk.add(
        "Tom Reed said that boats were late in \(2000 + index). It rained. The board said that roads were shut. Nobody came.",
        id: "text\(index)")
      var session = try desk.open("text\(index)")
      for line in ["c that..$", "g 3", "c that..$", "done!"] { _ = session.answer(line) }
      #expect(session.close() == nil)
    }
    let learned = Self.learn(path, desk)
    #expect(learned.hasPrefix("Learned claim from 7 finished documents; "), "\(learned)")
    try desk.add("Eve Falk said that the quay was closed. It rained.", id: "new")
    var session = try desk.open("new", as: "newcomer")
    _ = session.answer("suggest")
    let found = try #require(session.openSuggestions.first { $0.label == "claim" })
    #expect(session.document.text[found.hull] == "that the quay was closed", "\(session.openSuggestions)")
    #expect(session.answer("suggest --at-least 1").text.contains("No suggestions here"))
    #expect(session.answer("suggest --at-least much").text.contains("a share from 0 to 1"))
    #expect(session.answer("suggest --model \(desk.root)/Schemas/en.lexicon.json").text.contains("is no model"))
    #expect(session.answer("suggest --model").text.contains("A file is missing"))
    #expect(session.close() == nil)
    // A model of other labels is passed over, one that cannot be read is named.
    try Data("none".utf8).write(to: URL(fileURLWithPath: desk.root + "/Schemas/a.model"))
    session = try desk.open("new", as: "newcomer")
    let warned = session.answer("suggest").text
    #expect(warned.contains("a.model is no model") && warned.contains("Suggestions go on without it."), "\(warned)")
    #expect(session.isSuggesting && session.close() == nil)
    // What is no model is never written over.
    #expect(Self.learn(desk.root + "/Schemas/other.scheme.json", desk).contains("does not end"))
  }
}
