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

@Suite struct FilesTests {
  static let repository = Desk.repository

  static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: repository.appendingPathComponent(folder).path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test func `init carries every file of Schemas`() throws {
    #expect(try DefaultFile.schemas.map(\.name) == Self.names("Schemas"))
  }

  @Test func `the sample corpus is whole, and its files are as the program writes them`() throws {
    let desk = try Desk.sample()
    let names = try desk.workspace.documentNames()
    #expect(names.count >= 6)
    for name in names {
      let document = try desk.workspace.document(name)
      #expect(try desk.workspace.hasGold(name))
      for annotator in ["dana", "eli", "noor", "gold"] {
        let path = desk.workspace.path(of: annotator, on: name)
        guard try desk.workspace.disk.entry(path) != nil else { continue }
        let set = try #require(try desk.workspace.annotations(of: annotator, on: document))
        #expect(try AnnotationFile.encode(set, text: document.text) == desk.workspace.read(path), "\(path)")
      }
      let path = Paths.join(desk.workspace.folder(of: name), "document.json")
      #expect(try DocumentFile.encode(document) == desk.workspace.read(path))
    }
    #expect(try WorkspaceCheck(in: desk.workspace).isClean)
  }

  @Test func `init refuses what is a workspace already`() throws {
    let desk = try Desk()
    #expect(throws: Complaint.self) { try NewWorkspace.make(in: desk.root, disk: POSIXDisk()) }
  }

  @Test func `add takes UTF-8 only, drops a byte order mark and says so, keeps everything else`() throws {
    let desk = try Desk()
    func add(_ name: String, _ bytes: [UInt8], _ facts: NewDocuments.Facts = NewDocuments.Facts()) throws -> Page {
      let path = desk.root + "/" + name
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try NewDocuments.add([path], facts, in: desk.workspace)
    }
    let page = try add("my article (2).txt", [0xEF, 0xBB, 0xBF] + Array("A line.\r\nAnother".utf8))
    #expect(page.text.contains("byte order mark") && page.text.contains("my-article-2: 2 sentences"))
    #expect(try desk.workspace.document("my-article-2").text.string == "A line.\r\nAnother")
    func complaint(_ body: () throws -> Page) -> String {
      do {
        _ = try body()
        return ""
      } catch let complaint as Complaint {
        return complaint.problem
      } catch {
        return "\(error)"
      }
    }
    #expect(complaint { try add("bad.txt", [0x61, 0xE9, 0x62]) }.contains("byte 1 is not UTF-8"))
    #expect(complaint { try add("wide.txt", [0xFF, 0xFE, 0x61, 0]) }.contains("UTF-16"))
    #expect(complaint { try add("empty.txt", []) }.contains("no text"))
    #expect(complaint { try add("my-article-2.txt", [0x61]) }.contains("is not free"))
    #expect(complaint { try add("MY-ARTICLE-2.txt", [0x61]) }.contains("is not free"))
    #expect(complaint { try add("x.txt", [0x61], NewDocuments.Facts(id: "../x")) }.contains("cannot be the name"))
    #expect(complaint { try add("y.txt", [0x61], NewDocuments.Facts(published: "yesterday")) }.contains("a date"))
    #expect(
      complaint { try NewDocuments.add([desk.root + "/none"], NewDocuments.Facts(), in: desk.workspace) }
        .contains("no such file"))
    #expect(try desk.workspace.documentNames() == ["my-article-2"])
  }

  @Test func `the README's tables are made from the commands`() throws {
    let url = Self.repository.appendingPathComponent("README.md")
    var readme = try String(contentsOf: url, encoding: .utf8)
    let desk = try Desk()
    let scheme = try desk.workspace.scheme("claims-denials-quotes")
    for (name, table) in [
      ("verbs", Help.markdown(scheme)), ("words", Help.selectionsMarkdown), ("keys", SpanSelector.keysMarkdown),
    ] {
      let opening = try #require(readme.range(of: "<!-- \(name) -->\n"))
      let closing = try #require(readme.range(of: "<!-- /\(name) -->"))
      let place = opening.upperBound..<closing.lowerBound
      guard readme[place] != table else { continue }
      Issue.record("The table of \(name) is another one; RECORD=1 writes it.")
      guard ProcessInfo.processInfo.environment["RECORD"] == "1" else { continue }
      readme.replaceSubrange(place, with: table)
      try readme.write(to: url, atomically: true, encoding: .utf8)
    }
  }

  @Test func `agreement says what is undefined and why`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open("doc", as: annotator)
      _ = session.answer(annotator == "dana" ? "c 1-2" : "c 2-3")
      _ = session.answer("done")
      _ = session.answer("done")
      _ = session.close()
    }
    let outcome = try AgreeOptions.read("--json").outcome(in: desk.workspace)
    let json = String(decoding: try #require(outcome.data), as: UTF8.self)
    #expect(json.contains("because no “denial” was marked"))
    #expect(json.contains("because all values on “quote” are the same, so chance explains everything"))
    #expect(!json.contains("nan"))
    let low = try AgreeOptions.read("--at-least krippendorff-alpha/word=0.9").outcome(in: desk.workspace)
    #expect(low.status == 1 && low.notes.text.contains("below 0.9"))
    let fine = try AgreeOptions.read("--at-least observed-agreement/word/quote=0.9").outcome(in: desk.workspace)
    #expect(fine.status == 0)
    #expect(try AgreeOptions.read("--at-least cohen-kappa/word/cue=0").outcome(in: desk.workspace).status == 1)
    for words in [
      "--unit page", "--measure best", "--annotators nobody,dana", "--label rumour", "--overlap much",
      "--at-least x=1", "--nonsense", "nowhere",
    ] {
      #expect(throws: Complaint.self) { try AgreeOptions.read(words).outcome(in: desk.workspace) }
    }
  }

  /// Figures of the sample corpus as `Tests/Peers/agreement.py` computes them with scikit-learn 1.9.1,
  /// krippendorff 0.9.0 and statsmodels 0.15.0.
  @Test func `the sample corpus has the figures that other programs compute`() throws {
    struct Row: Decodable {
      let measure: String
      let unit: String
      let label: String?
      let annotators: [String]?
      let items: Int
      let value: Double?
    }
    struct Report: Decodable { let figures: [Row] }
    let desk = try Desk.sample()
    let outcome = try AgreeOptions.read("--json").outcome(in: desk.workspace)
    let ours = try JSONDecoder().decode(Report.self, from: Data(try #require(outcome.data))).figures
    let file = try #require(Bundle.module.url(forResource: "Golden/sample-agreement", withExtension: "json"))
    let golden = try JSONDecoder().decode(Report.self, from: Data(contentsOf: file)).figures
    #expect(golden.count > 100)
    #expect(ours.count == golden.count)
    for row in golden {
      let own = ours.filter {
        $0.measure == row.measure && $0.unit == row.unit && $0.label == row.label && $0.annotators == row.annotators
      }
      #expect(own.count == 1 && own.first?.items == row.items, "\(row)")
      switch (own.first?.value, row.value) {
      case (let value?, let expected?): #expect(abs(value - expected) <= 1e-9, "\(row)")
      case (nil, nil): break
      default: Issue.record("\(row)")
      }
    }
  }

  @Test func `documents named twice, and unfinished neighbours, change no figure of others`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli", "late"] {
      var session = try desk.open("doc", as: annotator)
      session.see()
      _ = session.answer("c 2:1-2")
      _ = session.answer(annotator == "late" ? "g 1" : "done")
      _ = session.answer(annotator == "late" ? "g 1" : "done")
      _ = session.close()
    }
    #expect(throws: Complaint.self) { try AgreeOptions.read("doc doc").outcome(in: desk.workspace) }
    let json = String(
      decoding: try #require(
        try AgreeOptions.read("--in-progress --measure span-f1-exact --json").outcome(in: desk.workspace).data),
      as: UTF8.self)
    #expect(json.contains("\"annotators\": [\"dana\", \"eli\"], \"document\": null"))
    let pair = json.split(separator: "\n").filter {
      $0.contains("[\"dana\", \"eli\"]") && $0.contains("\"label\": null")
    }
    #expect(pair.count == 1 && pair[0].contains("\"value\": 1.0"))
  }

  @Test func `check finds every span that is wrong, not only the first`() throws {
    let desk = try Desk.sample()
    let path = desk.workspace.path(of: "dana", on: "ferry-contract")
    let text = String(decoding: try desk.workspace.read(path), as: UTF8.self)
    let spans = text.components(separatedBy: "\"start\": ").count
    try Data(text.replacing("\"text\": \"", with: "\"text\": \"~").utf8).write(to: URL(fileURLWithPath: path))
    let page = try WorkspaceCheck(in: desk.workspace).page
    #expect(page.text.components(separatedBy: "carries the words").count > 20 && spans > 20)
  }

  @Test func `an export takes a file's place, or flows into a pipe`() throws {
    let desk = try Desk.sample()
    let file = desk.root + "/gold.jsonl"
    _ = try ExportOptions.read("jsonl --gold --to \(file)").outcome(in: desk.workspace)
    #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 8)
    _ = try ExportOptions.read("jsonl --gold --to /dev/null").outcome(in: desk.workspace)
    #expect(try POSIXDisk().entry("/dev/null")?.isSpecial == true)
    var session = try desk.open("ferry-contract", as: "me")
    #expect(session.answer("export jsonl --gold").text.contains("needs a file"))
  }

  @Test func `files in progress count only when asked, as far as they were read`() throws {
    let desk = try Desk()
    try desk.add("One two three. Four five six.")
    for annotator in ["dana", "eli"] {
      var session = try desk.open("doc", as: annotator)
      session.see()
      _ = session.answer(annotator == "dana" ? "c 1-2" : "c 2-3")
      _ = session.close()
    }
    let none = try AgreeOptions.read("").outcome(in: desk.workspace)
    #expect(none.page.text.contains("is left out: not done yet"))
    let some = try AgreeOptions.read("--in-progress --unit word --measure observed-agreement --json")
      .outcome(in: desk.workspace)
    let json = String(decoding: try #require(some.data), as: UTF8.self)
    #expect(json.contains("\"items\": 3") && json.contains("\"value\": 0.333"))
  }
}

@Suite struct ReadmeTests {
  @Test func `the README's session answers as it is printed`() throws {
    let readme = try String(contentsOf: Desk.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let block = try #require(readme.split(separator: "```").dropFirst().first)
    let desk = try Desk.sample()
    var session = try desk.open("ferry-contract", as: "reader")
    _ = session.answer("g 2")
    var answer = ""
    var lines = 0
    for line in block.split(separator: "\n") {
      if let prompt = line.range(of: "> "), line.hasPrefix("ferry-contract") {
        #expect(line[..<prompt.upperBound] == session.prompt)
        answer = session.answer(String(line[prompt.upperBound...])).text
      } else {
        #expect(answer.contains(line), "\(answer)")
      }
      lines += 1
    }
    #expect(lines >= 10)
  }

  @Test func `the README's sentence looks as it is printed`() throws {
    let readme = try String(contentsOf: Desk.repository.appendingPathComponent("README.md"), encoding: .utf8)
    let block = try #require(readme.split(separator: "```").first { $0.contains("In a letter, the company") })
    let desk = try Desk.sample()
    var session = try desk.open("ferry-contract", as: "reader")
    for line in ["g 3", "c two..$", "q", "s the company", "k said"] { _ = session.answer(line) }
    let view = session.view(width: 82, colour: true).rendered(width: nil, colour: false)
    #expect(view.hasPrefix(block.drop { $0.isNewline }), "\(view)")
  }
}
