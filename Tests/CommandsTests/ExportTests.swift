import Prompt
import Foundation
import Pages
import Standoff
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Commands

@Suite struct ExportTests {
  private func export(_ words: String, _ desk: Desk) throws -> CommandOutcome {
    try ExportOptions.read(words).outcome(in: desk.workspace)
  }

  private func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `strict writes nothing and says no where something would be lost`() throws {
    let desk = try Desk.sample()
    let path = desk.root + "/out.conll"
    let refused = try export("conll --annotators dana --to \(path) --strict", desk)
    #expect(refused.status == 1)
    #expect(refused.notes.text.contains("relations not written (source span given)"))
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try export("jsonl --annotators dana --to \(path) --strict", desk).status == 0)
  }

  @Test func `a document stays in its part when others come`() throws {
    for (seed, count) in [(1, 1), (3, 12), (4, 10), (5, 101)] {
      let split = Split([("train", 0.6), ("dev", 0.2), ("test", 0.2)], seed: UInt64(seed))
      let names = (0..<count).map { "doc-\($0)" }
      let parts = split.parts(of: names)
      for (name, share) in split.parts {
        #expect(abs(Double(parts.values.count { $0 == name }) - share * Double(count)) < 1, "\(seed) \(name)")
      }
      let more = split.parts(of: names + ["a", "b", "zz"], kept: parts)
      #expect(names.allSatisfy { more[$0] == parts[$0] } && more.count == count + 3)
    }
    let desk = try Desk.sample()
    func parts() throws -> [String: Set<String>] {
      _ = try export("jsonl --annotators dana --to \(desk.root)/out --split train=0.5,test=0.5 --seed 3", desk)
      var parts: [String: Set<String>] = [:]
      for part in ["train", "test"] {
        let lines = try read("\(desk.root)/out/\(part).jsonl").split(separator: "\n")
        parts[part] = Set(
          lines.compactMap { line in
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["id"] as? String
          })
      }
      return parts
    }
    let before = try parts()
    try desk.add("Ada denied it.\n", id: "aaa")
    try desk.add("Ada denied it twice.\n", id: "zzz")
    #expect(try parts() == before)
    #expect(before.values.allSatisfy { !$0.isEmpty })
    let uneven = try export("jsonl --annotators dana --to \(desk.root)/out --split all=1,none=0", desk)
    #expect(uneven.notes.text.contains("all: 8 documents (1.00 of 1.00), none: 0 documents (0.00 of 0.00)"))
  }

  @Test func `union holds what anybody marked, intersection what all did, majority what more than half did`() throws {
    let desk = try Desk.sample()
    func spans(_ merge: String) throws -> Int {
      let line = try export("jsonl ferry-contract --merge \(merge) --to \(desk.root)/m.jsonl", desk).notes.text
      let words = line.split(separator: " ").map(String.init)
      return try #require(words.firstIndex { $0.hasPrefix("span") }.flatMap { Int(words[$0 - 1]) })
    }
    let document = try desk.workspace.document("ferry-contract")
    var votes: [String: Int] = [:]
    let annotators = try desk.workspace.annotators(of: "ferry-contract")
    for annotator in annotators {
      let set = try #require(try desk.workspace.annotations(of: annotator, on: document))
      for key in Set(set.spans.map { "\($0.label) \($0.fragments)" }) { votes[key, default: 0] += 1 }
    }
    #expect(try spans("union") == votes.count)
    #expect(try spans("intersection") == votes.values.count { $0 == annotators.count })
    #expect(try spans("majority") == votes.values.count { 2 * $0 > annotators.count })
  }

  @Test func `sentences are texts of their own, those without a span in the share that is asked for`() throws {
    let desk = try Desk.sample()
    func lines(_ options: String) throws -> [[String: Any]] {
      _ = try export("jsonl --annotators dana --sentences --to \(desk.root)/s.jsonl \(options)", desk)
      return try read(desk.root + "/s.jsonl").split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    }
    func isNegative(_ line: [String: Any]) -> Bool { (line["spans"] as? [Any])?.isEmpty == true }
    let all = try lines("")
    let none = try lines("--negatives 0")
    let half = try lines("--negatives 0.5")
    #expect(none.count == all.count { !isNegative($0) })
    #expect(none.count < half.count && half.count < all.count)
    var sentences = 0
    for name in try desk.workspace.documentNames() where try desk.workspace.annotators(of: name).contains("dana") {
      sentences += try desk.workspace.document(name).sentences.count
    }
    #expect(all.count == sentences)
    for line in all {
      let text = try #require(line["text"] as? String).unicodeScalars.map { $0 }
      for span in try #require(line["spans"] as? [[String: Any]]) {
        let (start, end) = (try #require(span["start"] as? Int), try #require(span["end"] as? Int))
        #expect(String(String.UnicodeScalarView(text[start..<end])) == span["text"] as? String)
      }
    }
  }

  @Test func `overlapping spans go to files of their own`() throws {
    let desk = try Desk()
    try desk.add("Ada said “never”.\n")
    var session = try desk.open(as: "dana")
    for line in ["s Ada", "k said", "d 3", "q 3", "c 1-3"] { _ = session.answer(line) }
    #expect(session.set.spans.count == 5)
    #expect(try export("conll --to \(desk.root)/all.conll", desk).notes.text.contains("5 spans"))
    #expect(try read(desk.root + "/all.content.conll").contains("Ada -X- -X- B-claim\n"))
    let files = try FileManager.default.contentsOfDirectory(atPath: desk.root).filter { $0.hasPrefix("all") }.sorted()
    #expect(files.count >= 4)
    #expect(try read(desk.root + "/all.source.conll").contains("Ada -X- -X- B-source\n"))
  }

  @Test func `a datasheet counts labels and states agreement, scheme and guideline`() throws {
    let desk = try Desk.sample()
    let outcome = try export("jsonl --to \(desk.root)/o --split train=0.5,test=0.5 --card \(desk.root)/README.md", desk)
    #expect(outcome.status == 0)
    let card = try read(desk.root + "/README.md")
    #expect(card.hasPrefix("---\nlanguage:\n- de\n- en\ntask_categories:\n- token-classification\n"))
    #expect(card.contains("| label | train | test |"))
    #expect(card.contains("| label | Krippendorff's α, words | F1, exact spans |"))
    #expect(card.contains("## Guideline"))
    let agreed = try AgreeOptions.read("--unit word --measure krippendorff-alpha --csv").outcome(in: desk.workspace)
    let row = String(decoding: try #require(agreed.data), as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst()
      .first
    let value = try #require(
      row?.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }.first)
    #expect(card.contains("| all | \(Decimals.rounded(value)) ["))
  }

  @Test(arguments: [
    ("csv2", "There is no format “csv2”"), ("brat", "writes a file per document"),
    ("jsonl --negatives 0.5", "--negatives takes a share from 0 to 1 and needs --sentences."),
    ("jsonl --merge most", "--merge does not take “most”."),
    ("jsonl --split a=0.5 --to x", "must add up to 1, not 0.500"),
    ("jsonl --split a --to x", "--split takes names with shares, not “a”"),
    ("conll --tags bio", "--tags does not take “bio”."),
    ("jsonl --gold --merge union", "--gold exports the adjudicated version only"),
    ("jsonl --annotators nobody", "has annotated none"),
  ])
  func `a request that cannot be carried out says why`(_ request: (words: String, said: String)) throws {
    let desk = try Desk.sample()
    #expect {
      _ = try export(request.words, desk)
    } throws: { ($0 as? Complaint)?.problem.contains(request.said) == true }
  }

  @Test func `an export takes a file's place, or flows into a pipe`() throws {
    let desk = try Desk.sample()
    let file = desk.root + "/gold.jsonl"
    _ = try ExportOptions.read("jsonl --gold --to \(file)").outcome(in: desk.workspace)
    #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 8)
    _ = try ExportOptions.read("jsonl --gold --to /dev/null").outcome(in: desk.workspace)
    #expect(try POSIXDisk().entry("/dev/null")?.kind == .special)
    var session = try desk.open("ferry-contract", as: "me")
    #expect(session.answer("export jsonl --gold").text.contains("needs a file"))
  }

  @Test func `an export that fails at any call leaves the file that was there`() throws {
    let old = Array("what was there\n".utf8)
    func desk() throws -> MemoryDesk {
      let desk = try MemoryDesk()
      for annotator in ["dana", "eli"] {
        var store = try desk.open(annotator)
        for index in 0..<4 { try MemoryDesk.add(&store, index * 5) }
        try store.close()
      }
      try desk.disk.replace("/w/out.jsonl", with: old)
      return desk
    }
    for words in ["jsonl --to /w/out.jsonl", "jsonl --grouped --to /w/out.jsonl"] {
      func export(_ desk: MemoryDesk) throws {
        _ = try ExportOptions.read(words).outcome(in: Surroundings(desk.workspace, width: 80, isColoured: false))
      }
      let whole = try desk()
      let start = whole.disk.calls
      try export(whole)
      let new = try whole.disk.read("/w/out.jsonl")
      #expect(new.count > 300)
      var refused = 0
      for call in 1...(whole.disk.calls - start) {
        for trouble in [MemoryDisk.Trouble.fails(28), .fallsShort] {
          let desk = try desk()
          desk.disk.plan(trouble, atCall: call)
          do { try export(desk) } catch {
            refused += 1
            #expect([old, new].contains(try desk.disk.read("/w/out.jsonl")), "\(call)")
            // A file that was created although the call failed is not known to be ours.
            let isOurs = !"\(error)".contains(".gainsay.tmp")
            #expect(try desk.disk.names(in: "/w").allSatisfy { !isOurs || !$0.hasSuffix(".tmp") }, "\(call)")
          }
        }
      }
      #expect(refused > 10)
    }
  }

  @Test func `standard output has the bytes of the file, document by document`() throws {
    let desk = try Desk.sample()
    for words in ["jsonl", "jsonl --grouped", "spacy", "prodigy --annotators dana", "jsonl --strict"] {
      let pieces = Mutex<[[UInt8]]>([])
      let outcome = try ExportOptions.read(words).outcome(
        in: Surroundings(
          desk.workspace, width: 80, isColoured: false,
          output: { piece in pieces.withLock { if !piece.isEmpty { $0.append(piece) } } }))
      let file = desk.root + "/out.jsonl"
      _ = try ExportOptions.read("\(words) --to \(file)").outcome(in: desk.workspace)
      let written = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
      let found = pieces.withLock { $0 }
      #expect(found.flatMap { $0 } + (outcome.data ?? []) == written, "\(words)")
      #expect(found.isEmpty == words.contains("strict"), "\(words)")
    }
  }
}
