import Agreement
import Foundation
import Interchange
import JSONText
import Pages
import Prompt
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands
@testable import Comparison

/// Agreement counted in parts, joined, and held to one process over the workspace.
@Suite struct TallyTests {
  private static func run(
    _ words: String, _ input: [UInt8] = []
  ) throws -> (output: [UInt8], notes: String, status: Int32) {
    let pipe = Pipe(input)
    let words = try shellWords(words)
    let command: any ShellCommand =
      words[0] == "agree"
      ? try AgreeCommand.read(words[1...].joined(separator: " "))
      : try TallyCommand.read(words[1...].joined(separator: " "))
    let outcome = try command.outcome(in: pipe.shell())
    return (pipe.output + (outcome.data ?? []), outcome.notes.text, outcome.status)
  }

  private static func grouped(_ desk: Desk) throws -> [[UInt8]] {
    let data = try #require(try ExportOptions.read("jsonl --grouped").outcome(in: desk.workspace).data)
    return data.split(separator: 10).map(Array.init)
  }

  private static func plan(_ desk: Desk, _ options: String = "") throws -> String {
    let path = desk.root + "/plan.json"
    try Data(run("tally --plan-from \(desk.root) \(options)").output).write(to: URL(fileURLWithPath: path))
    return path
  }

  private static func joined(_ lines: [[UInt8]]) -> [UInt8] { lines.flatMap { $0 + [10] } }

  private static func problem(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing was wrong"
    } catch let complaint as Complaint {
      return complaint.problem
    } catch {
      return "\(error)"
    }
  }

  @Test(
    .tags(.slow),
    arguments: [
      "--bootstrap 200", "--bootstrap 200 --in-progress --overlap 0.5 --label claim --label quote",
      "--unit word --measure krippendorff-alpha --without-suggested --bootstrap 200",
      "--measure alpha-u-1995 --measure alpha-ku --zones boilerplate,repeat --bootstrap 200",
      "--measure gamma --measure gamma-cat --measure gamma-soft --samples 4 --bootstrap 40",
      "--measure gamma-k --sampler statistical --samples 3 --seed 5 --gap 0.01 --bootstrap 0", "--annotators noor,dana",
      "--reference gold --annotators dana,eli --bootstrap 100",
    ])
  func `documents counted in parts come to the bytes of one process over the workspace`(_ options: String) throws {
    let desk = try Desk.sample()
    let counted = options.replacing(#/--bootstrap \d+/#, with: "")
    let plan = try Self.plan(desk, counted)
    let whole = try Self.run("agree -C \(desk.root) \(options) --json").output
    var documents = try Self.grouped(desk)
    var random = SeededGenerator(seed: 1)
    for parts in [1, 64] {
      documents.shuffle(using: &random)
      var lines: [UInt8] = []
      for part in 0..<parts {
        let own = documents.indices.filter { $0 % parts == part }.map { documents[$0] }
        lines += try Self.run("tally --plan \(plan)", Self.joined(own)).output
      }
      let merged = try Self.run("tally --merge", lines).output
      let found = try Self.run("agree --from-tallies - --plan \(plan) \(options) --json", merged).output
      #expect(found == whole, "\(parts) parts")
      guard parts > 1 else { continue }
      #expect(try Self.run("agree -C \(desk.root) --from-tallies - \(options) --json", lines).output == whole)
    }
  }

  @Test func `what is said of documents, rounds, aliases and unfinished files count as in one process`() throws {
    let desk = try Desk.withDocumentAttributes()
    for id in ["one", "two", "three"] { try desk.add("The mayor said taxes fall. The premier denied it.", id: id) }
    _ = try desk.assign("one three --to ana,ben --copies all")
    _ = try desk.assign("two --to ana,cy --copies all --round 2")
    for (number, who) in ["ana", "ben", "cy"].enumerated() {
      for id in ["one", "two", "three"] {
        var session = try desk.open(id, as: who)
        for line in [
          "c taxes fall", "by . \(who == "ben" ? "Mayor X" : "X")", "set doc tone \(number == 1 ? "calm" : "hostile")",
        ] {
          _ = session.answer(line)
        }
        if who != "ben" || id != "two" { _ = session.answer("done!") }
        _ = session.close()
      }
    }
    try desk.write(
      #"{"format": 1, "speakers": [{"name": "X", "aliases": ["Mayor X"]}]}"#, to: "Schemas/speakers.json")
    for options in ["", "--round 1", "--in-progress"] {
      let plan = try Self.plan(desk, options)
      let lines = try Self.run("tally --plan \(plan)", Self.joined(Self.grouped(desk))).output
      let whole = try Self.run("agree -C \(desk.root) \(options) --bootstrap 50 --json").output
      let found = try Self.run("agree --from-tallies - --plan \(plan) \(options) --bootstrap 50 --json", lines).output
      #expect(found == whole, "\(options)")
      #expect(String(decoding: found, as: UTF8.self).contains(#""unit": "document""#))
      let sum = try Self.run("tally --plan \(plan) --resamples 9", Self.joined(Self.grouped(desk))).output
      let summed = try Self.run("agree --from-tallies - --plan \(plan) \(options) --json", sum).output
      #expect(try Self.figures(summed).values == Self.figures(whole).values)
    }
  }

  @Test func `figures of each document, of fewer measures and of some documents come from the same tallies`() throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk)
    let lines = try Self.run("tally --plan \(plan)", Self.joined(Self.grouped(desk))).output
    for options in [
      "--per-document --bootstrap 0", "--measure krippendorff-alpha --unit word --bootstrap 50",
      "--measure relation-f1 --bootstrap 50", "--measure alpha-u --bootstrap 50", "ferry-contract harbor-audit --csv",
      "--at-least krippendorff-alpha/word=0.99 --bootstrap 0",
    ] {
      let whole = try Self.run("agree -C \(desk.root) \(options)")
      let found = try Self.run("agree --from-tallies - --plan \(plan) \(options)", lines)
      #expect(found.output == whole.output && found.status == whole.status && found.notes == whole.notes, "\(options)")
    }
  }

  @Test func `gamma has the settings of its plan, and other settings are refused`() throws {
    let desk = try Desk.compared()
    let plan = try Self.plan(desk, "--measure gamma --samples 3 --seed 7")
    let lines = try Self.run("tally --plan \(plan)", Self.joined(Self.grouped(desk))).output
    let whole = try Self.run("agree -C \(desk.root) --measure gamma --samples 3 --seed 7 --bootstrap 0 --json").output
    #expect(
      try Self.run("agree --from-tallies - --plan \(plan) --measure gamma --bootstrap 0 --json", lines).output == whole)
    let found = Self.problem {
      _ = try Self.run("agree --from-tallies - --plan \(plan) --measure gamma --samples 9", lines)
    }
    #expect(found.hasPrefix("The tallies were counted by the plan sha256:"), "\(found)")
    // Alignments of the other kind are no stand-in.
    let other = Self.problem { _ = try Self.run("agree --from-tallies - --plan \(plan) --measure gamma-soft", lines) }
    #expect(other.contains("does not count the best alignments that these measures need"), "\(other)")
    let digest = try TallyLine.header(of: lines.split(separator: 10)[0].map(\.self)).plan
    let again = try Self.run("tally --plan \(plan) --seed 8", Self.joined(Self.grouped(desk))).output
    #expect(try TallyLine.header(of: again.split(separator: 10)[0].map(\.self)).plan != digest)
  }

  @Test func `a document of more annotators than gamma can align is refused by its line`() throws {
    let desk = try Desk()
    let names = (1...13).map { "a\($0)" }
    let plan = try Self.plan(desk, "--annotators \(names.joined(separator: ",")) --measure gamma --samples 1")
    let annotators = names.map {
      "{\"annotator\": \"\($0)\", \"spans\": [{\"label\": \"claim\", \"start\": 0, \"end\": 5}]}"
    }
    let line = "{\"id\": \"d\", \"text\": \"Taxes fall.\", \"annotators\": [\(annotators.joined(separator: ", "))]}"
    let found = Self.problem { _ = try Self.run("tally --plan \(plan)", Array(line.utf8)) }
    #expect(found == "Line 1: Gamma cannot align 13 annotators exactly; 12 is the limit.")
  }

  @Test func `lines merge in any order, in any groups, and a document that comes twice counts once`() throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk)
    let lines = try Self.grouped(desk).map { try Self.run("tally --plan \(plan)", $0).output }
    let all = try Self.run("tally --merge", Array(lines.joined())).output
    var random = SeededGenerator(seed: 2)
    for _ in 0..<5 {
      let mixed = lines.shuffled(using: &random)
      let left = try Self.run("tally --merge", Array(mixed[..<3].joined())).output
      let right = try Self.run("tally --merge", Array(mixed[2...].joined())).output
      let (output, notes, _) = try Self.run("tally --merge", left + right)
      #expect(output == all)
      #expect(notes == "1 line came twice and counted once.\n")
    }
    #expect(try Self.run("tally --merge").output == [] && Self.run("tally --plan \(plan)").output == [])
    // An engine may end lines as other systems do.
    #expect(try Self.run("tally --merge", all + all.flatMap { $0 == 10 ? [13, 10] : [$0] }).output == all)
    let bare = Self.problem { _ = try Self.run("tally --merge", Array(#"{"tally": 1, "rules": 1, "plan": "p"}"#.utf8)) }
    #expect(bare.hasPrefix("Line 1, column 1: expected a line of “gainsay tally”"), "\(bare)")
  }

  @Test func `other counts of a document and other plans are refused, naming what differs`() throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk)
    let documents = try Self.grouped(desk)
    let line = try Self.run("tally --plan \(plan)", documents[0]).output
    let text = String(decoding: line, as: UTF8.self)
    let place = try #require(text.range(of: "\"length\": "))
    let other = text.replacingCharacters(in: place.upperBound..<text.index(after: place.upperBound), with: "9")
    #expect(
      Self.problem { _ = try Self.run("tally --merge", line + Array(other.utf8)) }
        .contains("has other counts than in an earlier line"))
    let narrow = try Self.run("tally --plan \(plan) --label claim", documents[1]).output
    let digests = try [line, narrow].map { try TallyLine.header(of: $0.dropLast()).plan }
    let found = Self.problem { _ = try Self.run("tally --merge", line + narrow) }
    #expect(digests[0] != digests[1] && digests.allSatisfy(found.contains), "\(found)")
    let refused = Self.problem { _ = try Self.run("agree --from-tallies - --plan \(plan) --json", narrow) }
    #expect(digests.allSatisfy(refused.contains), "\(refused)")
  }

  @Test func `a line that cannot be read is named by its number, and counted where the rest goes on`() throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk)
    var documents = try Self.grouped(desk)
    documents.insert(Array("{\"id\": \"x\", \"text\": 3}".utf8), at: 2)
    documents.insert([], at: 0)
    #expect(
      Self.problem { _ = try Self.run("tally --plan \(plan)", Self.joined(documents)) }.hasPrefix("Line 4, column"))
    let (output, notes, status) = try Self.run("tally --plan \(plan) --keep-going", Self.joined(documents))
    #expect(notes == "Refused: 1 line.\n" && status == 0)
    let figures = try Self.run("agree --from-tallies - --plan \(plan) --bootstrap 0 --json", output + output)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(figures.output)) as? [String: Any])
    #expect((json["omitted"] as? [String: Any])?["refused"] as? Int == 1)
    #expect((json["documents"] as? [String])?.count == 8)
  }

  @Test func `a line needs no more than names, a text and spans`() throws {
    let desk = try Desk()
    let plan = try Self.plan(desk, "--annotators ana,ben --measure span-f1-exact")
    let line = """
      {"id": "d1", "text": "Taxes fall. He denied it.", "from": {"a": [1]}, "annotators": [
       {"annotator": "ana", "spans": [{"label": "claim", "start": 0, "end": 10}, {"label": "denial", "start": 12, "end": 24}]},
       {"annotator": "ben", "spans": [{"label": "claim", "start": 0, "end": 10}]}, {"annotator": "cy", "spans": []}]}
      """.replacing("\n", with: "")
    let tally = try Self.run("tally --plan \(plan)", Array(line.utf8)).output
    let report = try JSONDecoder().decode(
      AgreeReport.self,
      from: Data(
        Self.run("agree --from-tallies - --plan \(plan) --measure span-f1-exact --json", tally).output))
    #expect(report.figures.first { $0.label == nil && $0.annotators == nil }?.value == 2.0 / 3)
    let notes = try Self.run("agree --from-tallies - --plan \(plan) --measure span-f1-exact", tally).notes
    #expect(notes == "Tallies hold no sentences, so a single document has no intervals.\n")
  }

  @Test(
    arguments: [
      (#""start": 5, "end": 3"#, "“start” before “end”"), (#""start": 0, "end": 99"#, "the text allow"),
      (#""start": 0, "end": 3, "fragments": [{"start": 1, "end": 3}]"#, "start and end of its fragments"),
      (#""start": 0, "end": 3, "attributes": {"tone": "x"}"#, "the text allow"),
      (#""start": 0, "end": 3, "id": 0"#, "the text allow"),
    ])
  func `a span that breaks a rule is refused with its place`(_ span: String, _ said: String) throws {
    let scheme = try Desk.scheme()
    let line = #"{"id": "d", "text": "Taxes fall.", "annotators": [{"annotator": "a", "spans": [{"label": "claim", "#
    let fault = try #require(throws: JSONFault.self) {
      try GroupedDocument(Array((line + span + "}]}]}").utf8), scheme: scheme)
    }
    #expect(fault.expected.contains(said) && fault.column > 40, "\(fault)")
  }

  @Test func `what depends on the machine or on all documents at once is refused, and says what to do`() throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk)
    for (words, said) in [
      (
        "tally --plan-from \(desk.root) --measure gamma --time-limit 5",
        "--time-limit makes digits depend on the machine"
      ),
      ("tally --plan \(plan) --measure gamma --time-limit 5", "--time-limit makes digits depend on the machine"),
      ("tally --plan-from \(desk.root) --measure gamma --precision 0.1", "--precision needs all documents at once"),
      ("agree --from-tallies - --plan \(plan) --measure gamma", "does not count the best alignments"),
      ("agree --from-tallies - --plan \(plan) --measure gamma --explain ferry-contract", "--explain shows spans"),
      ("agree --plan \(plan)", "--plan says how tallies were counted"),
      ("agree missing-document --from-tallies - --plan \(plan)", "The tallies have no document “missing-document”"),
      ("tally --plan \(plan) --time-limit 5", "--time-limit makes digits depend on the machine"),
      ("tally --merge --keep-going", "--keep-going goes on counting"),
      ("tally --merge --label claim", "--merge joins what was counted"),
      ("tally", "does one of three things"), ("tally --merge --plan \(plan)", "does one of three things"),
      ("tally --plan /nowhere/plan.json", "/nowhere/plan.json"),
    ] {
      let found = Self.problem { _ = try Self.run(words) }
      #expect(found.contains(said), "\(words): \(found)")
    }
  }

  @Test func `no tally and no plan brings the process down, however broken`() throws {
    let desk = try Desk.compared()
    let plan = try Self.plan(desk)
    let counting = try PlanFile.decode(Array(Data(contentsOf: URL(fileURLWithPath: plan))), path: plan)
    let planBytes = PlanFile.encode(counting)
    let documents = try Self.grouped(desk)
    let scheme = try #require(counting.scheme)
    let line = try #require(
      try documents.map { try Self.run("tally --plan \(plan)", $0).output.dropLast() }.max { $0.count < $1.count })
    var random = SeededGenerator(seed: 3)
    var (read, refused) = (0, 0)
    func damaged(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        if (0x30...0x39).contains(bytes[place]) {
          let number =
            ["-1", "0", "7", "4611686018427387904", "9223372036854775807"].randomElement(using: &random) ?? ""
          bytes.replaceSubrange(place...place, with: Array(number.utf8))
        } else {
          bytes[place] = Array("[]{},:\"01e".utf8).randomElement(using: &random) ?? 0
        }
      }
      return bytes
    }
    for _ in 0..<1500 {
      do {
        let reading = try TallyLine.decode(damaged(Array(line)), counting)
        let study = try AgreementStudy(counting, [reading, reading])
        _ = AgreementFigures(study, AgreementFigures.Request(bootstrap: nil)).figures
        read += 1
      } catch { refused += 1 }
      _ = try? PlanFile.decode(damaged(planBytes), path: "p")
      _ = try? GroupedDocument(damaged(documents[0]), scheme: scheme)
    }
    #expect(read > 20 && refused > 200, "\(read) read, \(refused) refused")
  }

  // MARK: sums

  /// The figures of `agree --json`, without their intervals; and the intervals by the figures' keys.
  private static func figures(_ json: [UInt8]) throws -> (values: [String], intervals: [String: [Double]]) {
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    var (values, intervals): ([String], [String: [Double]]) = ([], [:])
    for figure in try #require(root["figures"] as? [[String: Any]]) {
      let key = ["measure", "unit", "label", "annotators"].map { "\(figure[$0] ?? "")" }.joined(separator: "/")
      let shown = ["value", "observed", "expected", "items", "undefined"].map { "\(figure[$0] ?? "")" }
      values.append(key + " " + shown.joined(separator: " "))
      if let low = figure["low"] as? Double, let high = figure["high"] as? Double { intervals[key] = [low, high] }
    }
    return (values, intervals)
  }

  @Test(.tags(.slow), arguments: ["", "--measure gamma --measure span-f1-exact --label claim", "--unit word"])
  func `sums of any parts come to one line, and to the figures of one process`(options: String) throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk, options)
    let lines = try Self.grouped(desk)
    func sum(_ part: some Collection<[UInt8]>) throws -> [UInt8] {
      try Self.run("tally --plan \(plan) --resamples 20 --seed 7", Self.joined(Array(part))).output
    }
    let whole = try sum(lines)
    #expect(whole.count { $0 == 10 } == 1)
    let parts = try [sum(lines.suffix(2)), sum([]), sum(lines.dropLast(2).reversed())]
    let merged = try Self.run("tally --merge", parts[2] + parts[0] + parts[1] + parts[0])
    #expect(merged.output == whole)
    #expect(merged.notes.contains("1 line came twice and counted once."))
    let path = desk.root + "/all.sum"
    try Data(merged.output).write(to: URL(fileURLWithPath: path))
    let ours = try Self.run("agree --from-tallies \(path) --plan \(plan) --json \(options)").output
    let one = try #require(
      try AgreeOptions.read("--json \(options)").outcome(in: desk.workspace).data)
    #expect(try Self.figures(ours).values == Self.figures(one).values)
    #expect(try !Self.figures(ours).intervals.isEmpty)
    let bare = try Self.run("agree --from-tallies \(path) --plan \(plan) --json --bootstrap 0 \(options)").output
    #expect(try Self.figures(bare).values == Self.figures(one).values)
    #expect(try Self.figures(bare).intervals.isEmpty)
  }

  /// An oracle that counts each document as often as its weight says, and knows no sums.
  @Test func `intervals of sums are percentiles of documents counted as often as their weights say`() throws {
    let desk = try Desk.sample()
    let options = "--measure krippendorff-alpha --measure cohen-kappa --measure span-f1-exact --measure alpha-u"
    let plan = try PlanFile.decode(Array(Data(contentsOf: URL(fileURLWithPath: Self.plan(desk, options)))), path: "p")
    let readings = try Self.grouped(desk).map { line in
      try DocumentReading(GroupedDocument(line, scheme: #require(plan.scheme)), plan)
    }
    var (sum, all) = (TallySum(resamples: 40, seed: 3), [[Double?]]())
    for reading in readings { sum.add(reading, plan) }
    let request = AgreementFigures.Request(
      measures: [.krippendorffAlpha, .cohenKappa, .spanF1Exact, .alphaU], bootstrap: nil)
    for resample in 0..<40 {
      let drawn = readings.flatMap { reading in
        let weight = PoissonWeights.weights(of: reading.document, resamples: 40, seed: 3)[resample]
        return [DocumentReading](repeating: reading, count: weight)
      }
      // Documents of no weight keep their annotators in the study.
      var present = DocumentReading("")
      present.annotators = Array(Set(readings.flatMap(\.annotators))).sorted()
      let study = try AgreementStudy(plan, drawn + [present])
      all.append(AgreementFigures(study, request).figures.map(\.value))
    }
    var asked = request
    asked.bootstrap = Bootstrap(confidence: 0.9)
    let found = AgreementFigures(
      ofSums: try AgreementStudy.studies(of: sum, plan, of: plan), asked, seed: 3)
    var checked = 0
    for (place, figure) in found.figures.enumerated() {
      let values = all.compactMap { $0[place] }.sorted()
      guard let bounds = figure.bounds, !values.isEmpty else { continue }
      func quantile(_ share: Double) -> Double {
        let at = share * Double(values.count - 1)
        let (below, above) = (Int(at), min(Int(at) + 1, values.count - 1))
        return values[below] + (at - Double(below)) * (values[above] - values[below])
      }
      #expect(abs(bounds.low - quantile(0.05)) < 1e-12 && abs(bounds.high - quantile(0.95)) < 1e-12, "\(figure.key)")
      #expect(bounds.undefinedResamples == 40 - values.count)
      checked += 1
    }
    #expect(checked > 20)
  }

  @Test func `weights have the mean and the zeros of Poisson, and follow from the name`() {
    let all = (0..<2000).flatMap { PoissonWeights.weights(of: "text-\($0)", resamples: 100, seed: 1) }
    #expect(abs(Double(all.reduce(0, +)) / Double(all.count) - 1) < 0.01)
    #expect(abs(Double(all.count { $0 == 0 }) / Double(all.count) - 0.367_879) < 0.005)
    #expect(abs(Double(all.count { $0 == 2 }) / Double(all.count) - 0.183_940) < 0.005)
    let few = PoissonWeights.weights(of: "text-3", resamples: 5, seed: 1)
    #expect(few == Array(PoissonWeights.weights(of: "text-3", resamples: 9, seed: 1).prefix(5)))
    #expect(few != PoissonWeights.weights(of: "text-3", resamples: 5, seed: 2))
  }

  @Test func `sums that do not belong together are refused`() throws {
    let desk = try Desk.sample()
    let plan = try Self.plan(desk)
    let lines = try Self.grouped(desk)
    let sum = try Self.run("tally --plan \(plan) --resamples 5", lines[0] + [10]).output
    let other = try Self.run("tally --plan \(plan) --resamples 6", lines[1] + [10]).output
    let line = try Self.run("tally --plan \(plan)", lines[1] + [10]).output
    #expect(Self.problem { _ = try Self.run("tally --merge", sum + other) }.contains("do not add up"))
    #expect(Self.problem { _ = try Self.run("tally --merge", sum + line) }.contains("Line 2 is no sum"))
    #expect(Self.problem { _ = try Self.run("tally --merge", line + sum) }.contains("Line 2 is a sum"))
    #expect(Self.problem { _ = try Self.run("tally --merge --resamples 5", sum) }.contains("while they are counted"))
    #expect(Self.problem { _ = try Self.run("tally --plan \(plan) --resamples 0", sum) }.contains("from 1 to"))
    func agree(_ tallies: [UInt8], _ options: String = "") -> String {
      Self.problem { _ = try Self.run("agree --from-tallies - --plan \(plan) \(options)", tallies) }
    }
    #expect(agree(sum, "--per-document").contains("no single documents"))
    #expect(agree(sum, "ferry-tender").contains("no single documents"))
    let text = String(decoding: sum, as: UTF8.self)
    for (old, new) in [
      ("\"items word", "\"items line"), ("\"documents\"", "\"documents 1\""),
      ("\"confusion 0\"", "\"confusion 99999\""),
      ("\"pair 0,1 0\"", "\"pair 1,0 0\""), ("\"segment 0 0\"", "\"segment 99 0\""), ("\"length ", "\"size "),
    ] where text.contains(old) {
      #expect(
        agree(Array(text.replacing(old, with: new, maxReplacements: 1).utf8)).contains("does not ask for"), "\(new)")
    }
    #expect(agree(Array(text.replacing("\"documents\": [", with: "\"documents\": [1, ").utf8)).contains("Line 1"))
  }
}
