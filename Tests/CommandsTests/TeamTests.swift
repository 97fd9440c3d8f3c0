import Comparison
import DefaultFiles
import Foundation
import Pages
import Prompt
import Reports
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// Several people at one workspace: who does what, who may see what, and what they agree to call things.
@Suite struct TeamTests {
  static func desk(_ count: Int) throws -> Desk {
    let desk = try Desk()
    for index in 0..<count {
      try desk.add("The mayor said taxes fall. The premier denied it.", id: "d\(index + 10)")
    }
    return desk
  }

  static func assign(_ desk: Desk, _ words: String) throws -> String {
    try AssignOptions.read(words).outcome(in: desk.workspace).page.text
  }

  // MARK: assign

  @Test(arguments: [1, 2, 3], [3, 4, 7]) func `everybody gets as many, and everybody shares with everybody`(
    copies: Int, people: Int
  ) throws {
    let desk = try Self.desk(42)
    let names = (0..<people).map { "p\($0)" }
    _ = try Self.assign(desk, "--to \(names.joined(separator: ",")) --copies \(copies) --seed 3")
    let all = try desk.workspace.assignments().all
    #expect(all.count == 42 && all.allSatisfy { $0.annotators.count == copies && $0.round == 1 })
    let loads = names.map { name in all.count { $0.annotators.contains(name) } }
    #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1, "\(loads)")
    guard copies == 2 else { return }
    var shared: [Int] = []
    for first in names.indices {
      for second in names.indices where second > first {
        shared.append(all.count { $0.annotators.contains(names[first]) && $0.annotators.contains(names[second]) })
      }
    }
    #expect((shared.max() ?? 0) - (shared.min() ?? 0) <= 2, "\(shared)")
    desk.keep()
  }

  @Test func `a pilot is done by all, then a share twice, and nobody gets a document again`() throws {
    let desk = try Self.desk(24)
    #expect(
      try Self.assign(desk, "d10 d11 d12 d13 --to dana,eli,noor --copies all --no-suggestions").contains("Round 1"))
    let page = try Self.assign(desk, "--to dana,eli,noor --overlap 0.2")
    #expect(page.contains("Round 2: 20 documents, 4 by more than one."))
    let assignments = try desk.workspace.assignments()
    #expect(assignments.documents(ofRound: 1).count == 4 && assignments.documents(ofRound: 2).count == 20)
    #expect(assignments.assignment(of: "d10", to: "eli")?.suggestions == false)
    #expect(throws: Complaint.self) { try Self.assign(desk, "--to dana") }
    #expect(throws: Complaint.self) { try Self.assign(desk, "d10 --to dana --round 3") }
    #expect(try Self.assign(desk, "d10 --to omar --round 3 --dry-run").contains("not written"))
    #expect(try desk.workspace.assignments() == assignments)
    for words in [
      "d20 --to omar --round 9223372036854775807", "d20 --to omar --round 9007199254740992", "d20 --to omar --round 0",
      "d20 --to omar,OMAR --round 9", "d20 --to Dana --round 9",
    ] {
      #expect(throws: Complaint.self, "\(words)") { try Self.assign(desk, words) }
    }
    let held = try #require(try desk.workspace.disk.lock(desk.workspace.annotationsFolder + "/.assignments.lock"))
    let error = #expect(throws: Complaint.self) { try Self.assign(desk, "d20 --to omar --round 9") }
    #expect(error?.problem.contains("is in progress") == true)
    desk.workspace.disk.close(held)
    #expect(try desk.workspace.assignments() == assignments)
    for words in ["--to dana,dana", "--to gold", "--to a,b --copies 3", "--to a --overlap 0.5", "--to a,b --overlap 2"]
    {
      #expect(throws: Complaint.self) { try Self.assign(desk, words) }
    }
    // The same seed deals the same.
    let other = try Self.desk(24)
    _ = try Self.assign(other, "d10 d11 d12 d13 --to dana,eli,noor --copies all --no-suggestions")
    _ = try Self.assign(other, "--to dana,eli,noor --overlap 0.2")
    #expect(try other.workspace.assignments() == assignments)
    desk.keep()
  }

  @Test func `the first document and next follow what was assigned, and suggestions are off where they are to be`()
    throws
  {
    let desk = try Self.desk(6)
    _ = try Self.assign(desk, "d14 d12 --to dana --no-suggestions")
    let order = try desk.workspace.assignments().documents(of: "dana")
    #expect(Set(order) == ["d12", "d14"])
    #expect(try Session.firstOpenDocument(of: "dana", in: desk.workspace) == order[0])
    var session = try desk.open(order[0], as: "dana")
    #expect(session.answer("suggest").isRefusal && session.answer("a").isRefusal)
    _ = session.answer("done")
    #expect(!session.answer("next").isRefusal)
    #expect(session.document.id == order[1])
    _ = session.answer("done")
    #expect(session.answer("next").isRefusal)
    _ = session.close()
    #expect(try Session.firstOpenDocument(of: "eli", in: desk.workspace) == "d10")
    var other = try desk.open("d10", as: "eli")
    #expect(!other.answer("suggest").isRefusal)
    _ = other.close()
    desk.keep()
  }

  @Test func `agree counts the round that is named`() throws {
    let desk = try Self.desk(3)
    _ = try Self.assign(desk, "d10 --to dana,eli --copies 2")
    _ = try Self.assign(desk, "d11 --to dana,eli --copies 2")
    for (document, words) in [("d10", ["c 4-5", "c 4-5"]), ("d11", ["c 4-5", "c 3-5"])] {
      for (annotator, line) in zip(["dana", "eli"], words) {
        var session = try desk.open(document, as: annotator)
        for line in [line, "done", "done"] where session.set.status != .complete { _ = session.answer(line) }
        _ = session.close()
      }
    }
    func f1(_ words: String) throws -> String {
      let outcome = try AgreeOptions.read("--measure span-f1-exact --bootstrap 0 --csv \(words)").outcome(
        in: desk.workspace)
      return String(decoding: outcome.data ?? [], as: UTF8.self)
    }
    #expect(try f1("--round 1").contains(",1.0,") || f1("--round 1").contains(",1,"))
    #expect(try f1("--round 2").contains(",0.0,") || f1("--round 2").contains(",0,"))
    desk.keep()
  }

  // MARK: blindness

  /// Eli is assigned a document that dana has done; whatever eli asks, nothing of dana's comes out until eli is done.
  @Test func `who was assigned a document sees nothing of others' until done`() throws {
    let desk = try Self.desk(3)
    _ = try Self.assign(desk, "d10 --to dana,eli --copies 2")
    var dana = try desk.open("d10", as: "dana")
    for line in [
      "c taxes fall", "by 1 \"Secret Speaker\"", "set 1 about secret-matter", "note 1 secret note", "done", "done",
    ] {
      _ = dana.answer(line)
    }
    _ = dana.close()
    let eyes = try desk.workspace.reading(as: "eli")
    func everything() throws -> String {
      var text = try ShownDocument("d10", annotators: [], in: eyes).page.text
      text += String(decoding: try ShownDocument("d10", annotators: [], in: eyes).json, as: UTF8.self)
      text +=
        String(decoding: try WorkspaceStatus(in: eyes).json, as: UTF8.self) + (try WorkspaceStatus(in: eyes).page.text)
      text += String(decoding: try DocumentList(in: eyes).json, as: UTF8.self)
      text += try AgreeOptions.read("--bootstrap 0").outcome(in: eyes).page.text
      text += try CompareOptions.read("").outcome(in: eyes).page.text
      text += try LedgerOptions.read("").outcome(in: eyes).page.text
      text += try String(
        decoding: ReportOptions.read("--bootstrap 0 --to -").outcome(in: eyes).data ?? [], as: UTF8.self)
      text +=
        (try? ExportOptions.read("jsonl").outcome(in: eyes)).flatMap { $0.data }
        .map { String(decoding: $0, as: UTF8.self) } ?? ""
      var session = try desk.open("d10", as: "eli")
      for line in ["suggest", "show", "list", "status", "compare", "ledger", "agree --bootstrap 0", "list documents"] {
        text += session.answer(line).text
      }
      _ = session.answer("c 1-2")
      for line in ["by 1 S", "by 1 ", "set 1 about ", "set 1 about s"] {
        text += Completion(line, in: session).candidates.map(\.text).joined(separator: "\n")
      }
      _ = session.close()
      return text
    }
    let before = try everything()
    for secret in ["Secret", "secret", "taxes fall› about"] { #expect(!before.contains(secret), "\(secret)") }
    let row = try WorkspaceStatus(in: eyes).page.text.split(separator: "\n").first { $0.hasPrefix("d10") }
    #expect(row?.split(separator: " ").dropFirst() == ["?", "1", "–"])
    #expect(throws: Complaint.self) { try ShownDocument("d10", annotators: ["dana"], in: eyes) }
    #expect(throws: Complaint.self) {
      try Session(
        adjudicating: "d10", in: desk.workspace, by: "eli", annotators: [], isBlind: false, canAsk: false, me: ""
      ) { Desk.time }
    }
    // What is named and cannot be seen is no empty answer, and nobody moves or renames what they may not see.
    for attempt in [
      { _ = try CompareOptions.read("d10 --quiet").outcome(in: eyes) },
      { _ = try AgreeOptions.read("d10").outcome(in: eyes) },
      { _ = try LedgerOptions.read("d10").outcome(in: eyes) },
      { _ = try ExportOptions.read("jsonl d10").outcome(in: eyes) },
      { _ = try RenameOptions.read("about secret-matter x --dry-run").outcome(in: eyes, me: "eli", at: Desk.time) },
      {
        _ = try RealignOptions.read("d10 --with \(desk.root)/new.txt --dry-run").outcome(
          in: eyes, at: Desk.time)
      },
    ] as [() throws -> Void] {
      let error = #expect(throws: Complaint.self) { try attempt() }
      #expect(error?.problem.contains("eli was assigned d10 and has not done it") == true, "\(error?.problem ?? "")")
    }
    #expect(try !WorkspaceCheck(in: eyes).page.text.lowercased().contains("secret"))
    // Who was not assigned it sees everything, and so does eli from done on.
    #expect(
      try ShownDocument("d10", annotators: ["dana"], in: desk.workspace.reading(as: "lead")).page.text.contains("claim")
    )
    var eli = try desk.open("d10", as: "eli")
    for _ in 0..<2 where eli.set.status != .complete { _ = eli.answer("done") }
    _ = eli.close()
    #expect(try ShownDocument("d10", annotators: ["dana"], in: eyes).page.text.contains("claim 1 ‹taxes fall›"))
    #expect(try everything().contains("secret-matter"))
    desk.keep()
  }

  @Test func `assignments that cannot be read show nobody anything, and check says what is wrong`() throws {
    let desk = try Self.desk(2)
    let path = desk.workspace.assignmentsPath
    try Data("{\"assignments\": [{\"document\": 1}]}".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: FileFault.self) { try desk.workspace.reading(as: "eli") }
    #expect(throws: Complaint.self) { try desk.open("d10", as: "eli") }
    let check = try WorkspaceCheck(in: desk.workspace)
    #expect(!check.isClean && check.page.text.contains("assignments.json, line 1"))
    #expect(throws: Complaint.self) { try Self.assign(desk, "d10 --to dana") }
    try Data(
      #"{"assignments": [{"annotators": ["a"], "document": "gone", "round": 1, "suggestions": true}], "format": 1}"#
        .utf8
    ).write(to: URL(fileURLWithPath: path))
    #expect(try WorkspaceCheck(in: desk.workspace).page.text.contains("assigns “gone”, which is no document"))
    desk.keep()
  }

  // MARK: lists, rename, remarks

  @Test func `check lists spellings that are alike with the rename that joins them, and rename joins them`() throws {
    let desk = try Self.desk(2)
    for (document, annotator, name) in [
      ("d10", "dana", "Maren Tolk"), ("d10", "eli", "Maren Tolk"), ("d11", "dana", "M. Tolk"),
      ("d11", "eli", "Marin Tolk"),
    ] {
      var session = try desk.open(document, as: annotator)
      _ = session.answer("c taxes fall")
      _ = session.answer("by 1 \"\(name)\"")
      _ = session.close()
    }
    let schemas = desk.root + "/Schemas/"
    try Data(#"{"format": 1, "speakers": [{"aliases": ["M. Tolk"], "name": "Maren Tolk"}]}"#.utf8)
      .write(to: URL(fileURLWithPath: schemas + "speakers.json"))
    let check = try WorkspaceCheck(in: desk.workspace)
    #expect(check.isClean)
    #expect(check.page.text.contains("gainsay rename speaker 'M. Tolk' 'Maren Tolk'"))
    #expect(check.page.text.contains("gainsay rename speaker 'Marin Tolk' 'Maren Tolk'"))
    func rename(_ words: String) throws -> String {
      try RenameOptions.read(words).outcome(in: desk.workspace, me: "lead, process 1", at: Desk.time).page.text
    }
    #expect(try rename("speaker 'M. Tolk' 'Maren Tolk' --dry-run").contains("Would change"))
    #expect(try rename("speaker 'M. Tolk' 'Maren Tolk'").contains("in 1 span of 1 file"))
    #expect(try rename("speaker 'Marin Tolk' 'Maren Tolk'").contains("in 1 span of 1 file"))
    #expect(throws: Complaint.self) { try rename("speaker 'Marin Tolk' 'Maren Tolk'") }
    #expect(throws: Complaint.self) { try rename("label claim denial") }
    for annotator in ["dana", "eli"] {
      var session = try desk.open("d11", as: annotator)
      #expect(session.set.spans[0].attributes["speaker"] == "Maren Tolk")
      _ = session.answer("u")
      #expect(session.set.spans[0].attributes["speaker"] != "Maren Tolk")
      _ = session.close()
    }
    desk.keep()
  }

  @Test func `rename changes nothing where somebody has a file open`() throws {
    let desk = try Self.desk(2)
    var sessions: [Session] = []
    for document in ["d10", "d11"] {
      var session = try desk.open(document, as: "dana")
      _ = session.answer("c taxes fall")
      _ = session.answer("set 1 about tax")
      sessions.append(session)
    }
    _ = sessions[0].close()
    let error = #expect(throws: Complaint.self) {
      try RenameOptions.read("about tax taxes").outcome(in: desk.workspace, me: "lead", at: Desk.time)
    }
    #expect(error?.problem.contains("being edited by a test") == true)
    let set = try #require(try desk.workspace.annotations(of: "dana", on: desk.workspace.document("d10")))
    #expect(set.spans[0].attributes["about"] == "tax")
    _ = sessions[1].close()
    desk.keep()
  }

  @Test(arguments: [
    ("Maren Tolk", "Tolk", true), ("ferry-tender", "ferry tender", true), ("Ferry-Tender", "ferry-tender", true),
    ("Wiebke Ohm", "Wiebke Öhm", true), ("tax-2019", "tax-2020", false), ("dust", "rust", false),
    ("Maren Tolk", "Anton Reyle", false), ("", "x", false),
  ]) func `values are alike by their words, not by their marks`(a: String, b: String, alike: Bool) {
    #expect(WorkspaceRemarks.areAlike(a, b) == alike)
    #expect(WorkspaceRemarks.areAlike(b, a) == alike)
  }

  @Test func `check remarks on copies, on work nobody was assigned, and on files of several hands`() throws {
    let desk = try Self.desk(2)
    _ = try Self.assign(desk, "d10 --to dana")
    var now = 1_795_000_000
    for (annotator, me) in [("dana", "dana, process 1"), ("dana", "eli, process 2")] {
      var session = try Session(in: desk.workspace, document: "d10", annotator: annotator, canAsk: false, me: me) {
        [now] in Timestamp(secondsSince1970: now)
      }
      _ = session.answer(me.hasPrefix("dana") ? "c 4" : "s 2")
      _ = session.close()
      now += 60
    }
    var session = try Session(in: desk.workspace, document: "d10", annotator: "dana", canAsk: false, me: "dana") {
      [now] in Timestamp(secondsSince1970: now)
    }
    _ = session.answer("k 3")
    _ = session.close()
    let folder = desk.workspace.folder(of: "d10")
    let copy = try String(contentsOfFile: folder + "/dana.json", encoding: .utf8)
      .replacing("\"annotator\": \"dana\"", with: "\"annotator\": \"omar\"")
    try Data(copy.utf8).write(to: URL(fileURLWithPath: folder + "/omar.json"))
    let page = try WorkspaceCheck(in: desk.workspace).page.text
    #expect(page.contains("omar's 3 spans of d10 are those of dana"))
    #expect(page.contains("omar annotated d10, which is assigned to dana"))
    #expect(page.contains("dana's annotations of d10 were edited by dana (2 edits) and eli (1 edit)"))
    #expect(page.contains("3 remarks"))
    desk.keep()
  }

  // MARK: zones

  static let article = """
    Board denies leak

    Photo: A door in the harbour

    The board said nothing leaked from its office in May.
    ADVERTISEMENT
    The mayor said taxes would fall in the coming year.
    The board said nothing leaked from its office in May.
    © 2026 The Paper. All rights reserved.
    """

  @Test func `add proposes headline, captions, furniture and repeats`() throws {
    let desk = try Desk()
    let file = desk.root + "/article.txt"
    try Data(Self.article.utf8).write(to: URL(fileURLWithPath: file))
    let page = try NewDocuments.add([file], NewDocuments.Facts(), in: desk.workspace).text
    #expect(page.contains("Zones: headline, caption, 2 of boilerplate and repeat"))
    let document = try desk.workspace.document("article")
    let words = document.zones.map { "\($0.kind.rawValue): \(document.text[$0.range].prefix(9))" }
    #expect(
      words == [
        "headline: Board den", "caption: Photo: A ", "boilerplate: ADVERTISE", "repeat: The board",
        "boilerplate: © 2026 Th",
      ])
    // What is body stays body.
    #expect(Zone.proposed(in: DocumentText("He said no.\nShe said yes.")).isEmpty)
    #expect(Zone.proposed(in: DocumentText("Only a line")).isEmpty)
    desk.keep()
  }

  @Test func `zones are skipped in walking, shown as such, and left out of items, exports and comparisons`() throws {
    let desk = try Desk()
    let file = desk.root + "/article.txt"
    try Data(Self.article.utf8).write(to: URL(fileURLWithPath: file))
    _ = try NewDocuments.add([file], NewDocuments.Facts(), in: desk.workspace)
    for (annotator, extra) in [("dana", ["c 4:1", "c 6:3-5"]), ("eli", ["c 7:2-3"])] {
      var session = try desk.open("article", as: annotator)
      var walked = [session.sentence]
      while !session.answer("").isRefusal { walked.append(session.sentence) }
      #expect(!walked.contains { session.document.sentences[$0].lies(in: session.document.leftOut()) })
      for line in ["c taxes would fall"] + extra + ["done", "done"] { _ = session.answer(line) }
      _ = session.close()
    }
    let show = try ShownDocument("article", annotators: ["dana"], in: desk.workspace).page.text
    #expect(show.contains("ADVERTISEMENT (boilerplate)"))
    let document = try desk.workspace.document("article")
    let inZones = try #require(try desk.workspace.annotations(of: "dana", on: document)).spans.count {
      $0.hull.lies(in: document.leftOut())
    }
    #expect(inZones > 0)
    func export(_ words: String) throws -> String {
      String(decoding: try ExportOptions.read("jsonl \(words)").outcome(in: desk.workspace).data ?? [], as: UTF8.self)
    }
    let (without, with) = (try export("--annotators dana"), try export("--annotators dana --zones boilerplate,repeat"))
    #expect(
      without.components(separatedBy: "\"label\"").count + inZones == with.components(separatedBy: "\"label\"").count)
    func items(_ words: String) throws -> String {
      let outcome = try AgreeOptions.read("--measure observed-agreement --unit word --csv --bootstrap 0 \(words)")
        .outcome(in: desk.workspace)
      return String(decoding: outcome.data ?? [], as: UTF8.self)
    }
    let all = Words.ranges(in: document.text.range, of: document.text).count
    let left = Words.ranges(in: document.text.range, of: document.text).count { !$0.lies(in: document.leftOut()) }
    #expect(try items("").contains(",\(2 * left),") || items("").contains(",\(left),"))
    #expect(
      try items("--zones boilerplate,repeat").contains(",\(2 * all),")
        || items("--zones boilerplate,repeat").contains(",\(all),"))
    #expect(throws: Complaint.self) { try items("--zones nonsense") }
    desk.keep()
  }

  @Test func `zones that do not fit the text are a fault with its place`() throws {
    let desk = try Self.desk(1)
    let path = desk.workspace.folder(of: "d10") + "/document.json"
    let file = try String(contentsOfFile: path, encoding: .utf8)
    for zones in [
      #"[{"end": 5, "kind": "headline", "start": 9}]"#, #"[{"end": 500, "kind": "headline", "start": 0}]"#,
      #"[{"end": 9, "kind": "nonsense", "start": 0}]"#,
      #"[{"end": 9, "kind": "body", "start": 0}, {"end": 12, "kind": "body", "start": 8}]"#,
    ] {
      let broken = file.replacing("\n}", with: ",\n  \"zones\": \(zones)\n}")
      try Data(broken.utf8).write(to: URL(fileURLWithPath: path))
      let check = try WorkspaceCheck(in: desk.workspace)
      #expect(!check.isClean && check.page.text.contains("document.json, line"), "\(check.page.text)")
    }
    desk.keep()
  }

  // MARK: status

  @Test func `status tells hours, speed and time left from the journals`() throws {
    #expect(ActiveTime.seconds([]) == 0)
    let start = 1_795_000_000
    func times(_ offsets: [Int]) -> [Timestamp] { offsets.map { Timestamp(secondsSince1970: start + $0) } }
    #expect(ActiveTime.seconds(times([0])) == 30)
    #expect(ActiveTime.seconds(times([0, 10, 40])) == 70)
    #expect(ActiveTime.seconds(times([40, 0, 10])) == 70)
    #expect(ActiveTime.seconds(times([0, 10, 5000, 5020])) == 30 + 10 + 30 + 20)
    let desk = try Self.desk(3)
    _ = try Self.assign(desk, "d10 d11 d12 --to dana")
    var now = start
    var session = try Session(in: desk.workspace, document: "d10", annotator: "dana", canAsk: false, me: "dana") {
      Timestamp(secondsSince1970: start)
    }
    _ = session.answer("c taxes fall")
    for _ in 0..<2 where session.set.status != .complete { _ = session.answer("done") }
    _ = session.close()
    now += 1
    let status = try WorkspaceStatus(in: desk.workspace)
    let dana = try #require(status.people.first { $0.name == "dana" })
    #expect(dana.assigned == 3 && dana.done == 1 && dana.spans == 1 && dana.active == 30)
    #expect(dana.perHour == 120 && dana.left == 60)
    #expect(
      status.page.text.contains("1/3") && status.page.text.contains("todo") && status.page.text.contains("about 1 min"))
    desk.keep()
  }

  @Test func `a label that drifts is said`() throws {
    let desk = try Self.desk(12)
    for index in 0..<12 {
      for annotator in ["dana", "eli"] {
        var session = try Session(
          in: desk.workspace, document: "d\(index + 10)", annotator: annotator, canAsk: false, me: annotator
        ) { Timestamp(secondsSince1970: 1_795_000_000 + index * 1000) }
        _ = session.answer(index >= 7 && annotator == "eli" ? "c 3-5" : "c 4-5")
        for _ in 0..<2 where session.set.status != .complete { _ = session.answer("done") }
        _ = session.close()
      }
    }
    let status = try WorkspaceStatus(in: desk.workspace)
    let agreement = try #require(status.agreement.first)
    #expect(status.agreement.count == 1 && agreement.label == "claim" && agreement.f1 == 7.0 / 12)
    #expect(agreement.recent == 0 && agreement.before == 1)
    #expect(
      status.page.text.contains("claim drifts: exact F1 over all pairs is 0.000 in the last 5 documents, 1.000 before.")
    )
    desk.keep()
  }
}
