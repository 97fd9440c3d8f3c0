import Agreement
import Foundation
import Pages
import Prompt
import Storage
import TestSupport
import Testing

@testable import Commands
@testable import Comparison

/// Questions of a lead that `agree` answers beside its table: scales, planning, tests, oneself.
@Suite struct AgreeQuestionsTests {
  struct Report: Decodable {
    struct Row: Decodable {
      let measure, unit: String
      let label: String?
      let annotators: [String]?
      let value, overlap: Double?
      let weights, distance: String?
      let items: Int
    }
    struct Difference: Decodable {
      let measure: String
      let label: String?
      let value, against, difference, p: Double?
    }
    struct Size: Decodable {
      let measure: String
      let label: String?
      let documents: Int?
    }
    struct Oneself: Decodable {
      let annotators: [String]
      let figures: [Row]
    }
    let figures: [Row]?
    let differences: [Difference]?
    let sampleSizes: [Size]?
    let oneself: [Oneself]?
    let warnings: [String]?

    func figure(_ measure: String, _ unit: String, _ label: String? = nil, _ annotators: [String]? = nil) -> Row? {
      figures?.first {
        $0.measure == measure && $0.unit == unit && $0.label == label && $0.annotators == annotators
      }
    }
  }

  private static func report(_ options: String, in desk: Desk) throws -> Report {
    let outcome = try AgreeOptions.read(options + " --json").outcome(in: desk.workspace)
    return try JSONDecoder().decode(Report.self, from: Data(try #require(outcome.data)))
  }

  /// A desk whose claims have a certainty on an ordinal scale and a weight in numbers.
  private static func scaled() throws -> Desk {
    let desk = try Desk.documents(0)
    let path = "Schemas/claims-denials-quotes.scheme.json"
    let scheme = try String(contentsOf: desk.file(path), encoding: .utf8)
    try desk.write(
      scheme.replacing(
        "  \"attributes\": [",
        with: """
            "attributes": [
              {"description": "", "labels": ["claim"], "name": "certainty", "scale": "ordinal", "type": "choice", "values": ["low", "mid", "high"]},
              {"description": "", "labels": ["claim"], "name": "share", "scale": "interval", "type": "text"},
          """), to: path)
    let codes: [(String, String, String, String)] = [
      ("low", "low", "1", "1.0"), ("mid", "high", "2", "4"), ("high", "high", "10", "8"),
      ("low", "mid", "3", "about 3"),
    ]
    try desk.add("Taxes fall. Rents rise. Wages stagnate. Prices jump.", id: "one")
    for (who, name) in ["ana", "ben"].enumerated() {
      var session = try desk.open("one", as: name)
      for (number, code) in codes.enumerated() {
        _ = session.answer("g \(number + 1)")
        _ = session.answer("c 1-2")
        _ = session.answer("set . certainty \(who == 0 ? code.0 : code.1)")
        _ = session.answer("set . share \"\(who == 0 ? code.2 : code.3)\"")
      }
      _ = session.answer("done!")
      _ = session.close()
    }
    return desk
  }

  @Test func `values on a scale agree as far as they are near, and one that is off the scale is said`() throws {
    let desk = try Self.scaled()
    let found = try Self.report("--bootstrap 0", in: desk)
    // By hand, as a table of codes.
    let table = CodeTableTests.self
    let ordinal = try table.figures(
      ["--order", "low,mid,high", "--bootstrap", "0"], "ana,ben\nlow,low\nmid,high\nhigh,high\nlow,mid\n")
    let interval = try table.figures(
      ["--scale", "interval", "--bootstrap", "0"], "ana,ben\n1,1.0\n2,4\n10,8\n3,\n")
    for (name, other) in [("certainty", ordinal), ("share", interval)] {
      for measure in ["krippendorff-alpha", "gwet-ac2", "weighted-cohen-kappa", "weighted-fleiss-kappa"] {
        let ours = try #require(found.figure(measure, "attribute", name))
        let theirs = try #require(other.figures.first { $0.measure == measure && $0.annotators == nil })
        #expect(abs((ours.value ?? .nan) - (theirs.value ?? .nan)) < 1e-12, "\(name) \(measure)")
      }
    }
    #expect(found.figure("gwet-ac2", "attribute", "certainty")?.weights == "ordinal")
    #expect(found.figure("krippendorff-alpha", "attribute", "share")?.distance == "interval")
    #expect(
      found.warnings?.contains(
        "1 value of share, such as “about 3”, does not lie on its interval scale, and counts as missing.") == true)
    #expect(
      try CheckOptions.read("").outcome(in: desk.workspace).page.text.contains(
        "1 value of share, such as “about 3” of claim 4, is no number"))
    #expect(try AgreeOptions.read("").outcome(in: desk.workspace).page.text.contains("such as “about 3”, does not lie"))
    let linear = try Self.report("--bootstrap 0 --weights linear --measure gwet-ac2", in: desk)
    #expect(linear.figure("gwet-ac2", "attribute", "certainty")?.weights == "linear")
  }

  @Test func `a scheme with a scale that has no order or no numbers is refused with the attribute`() throws {
    let desk = try Desk.documents(0)
    let path = "Schemas/claims-denials-quotes.scheme.json"
    let scheme = try String(contentsOf: desk.file(path), encoding: .utf8)
    for (rest, reason) in [
      (#""scale": "ordinal", "type": "text""#, "is ordinal, so it needs a list of values, in order"),
      (#""scale": "interval", "type": "choice", "values": ["1", "two"]"#, "on which “two” is no number"),
      (#""scale": "ratio", "type": "text""#, "nominal, ordinal, interval"),
    ] {
      try desk.write(
        scheme.replacing(
          "  \"attributes\": [",
          with: "  \"attributes\": [{\"description\": \"\", \"labels\": [\"claim\"], \"name\": \"odd\", \(rest)},"),
        to: path)
      let page = try CheckOptions.read("").outcome(in: desk.workspace).page.text
      #expect(page.contains(reason), "\(page)")
    }
  }

  @Test(.tags(.slow)) func `several overlaps give a row each, which are those of one at a time`() throws {
    let desk = try Desk.sample()
    let options = "--bootstrap 0 --measure span-f1-overlap"
    let together = try Self.report("\(options) --overlap any,0.5,0.9", in: desk)
    for (share, text) in [(0.0, "any"), (0.5, "0.5"), (0.9, "0.9")] {
      let alone = try Self.report("\(options) --overlap \(text)", in: desk)
      let rows = together.figures?.filter { $0.overlap == share }
      #expect(rows?.map(\.value) == alone.figures?.map(\.value) && alone.figures?.first?.overlap == nil)
    }
    #expect(throws: Complaint.self) { try Self.report("--overlap 0.5,0.5", in: desk) }
    #expect(throws: Complaint.self) { try Self.report("--overlap any,1.5", in: desk) }
  }

  @Test(.tags(.slow)) func `one annotator against the rest is what their pairs have together`() throws {
    let desk = try Desk.sample()
    let found = try Self.report("--bootstrap 0 --measure span-f1-exact-pooled --measure span-f1-exact", in: desk)
    for name in ["dana", "eli", "noor"] {
      let pairs = found.figures?.filter {
        $0.measure == "span-f1-exact" && $0.label == nil && $0.annotators?.contains(name) == true
      }
      let items = pairs?.reduce(0) { $0 + $1.items } ?? 0
      let shared = pairs?.reduce(0.0) { $0 + ($1.value ?? 0) * Double($1.items) } ?? 0
      let each = try #require(found.figure("span-f1-exact-pooled", "span", nil, [name]))
      #expect(each.items == items && abs((each.value ?? 0) - shared / Double(items)) < 1e-12, "\(name)")
    }
  }

  @Test(.tags(.slow)) func `a test against other documents has the values of both groups, whichever comes first`()
    throws
  {
    let desk = try Desk.sample()
    let names = try desk.workspace.documentNames()
    let (first, second) = (names.prefix(4), names.dropFirst(4))
    let options = "--measure krippendorff-alpha --measure span-f1-exact-pooled --unit word"
    let test = try Self.report(
      "\(options) \(first.joined(separator: " ")) --against \(second.joined(separator: ","))", in: desk)
    let turned = try Self.report(
      "\(options) \(second.joined(separator: " ")) --against \(first.joined(separator: ","))", in: desk)
    let parts = try [first, second].map { part in
      try Self.report("\(options) --bootstrap 0 \(part.joined(separator: " "))", in: desk)
    }
    for one in try #require(test.differences) where one.label == nil {
      let unit = one.measure == "krippendorff-alpha" ? "word" : "span"
      #expect(one.value == parts[0].figure(one.measure, unit)?.value)
      #expect(one.against == parts[1].figure(one.measure, unit)?.value)
      let other = turned.differences?.first { $0.measure == one.measure && $0.label == nil }
      #expect(other?.difference == one.difference.map { -$0 })
      #expect(abs((other?.p ?? 2) - (one.p ?? 9)) < 0.05 && one.p ?? 0 > 0)
    }
    for refused in [
      "--against \(names[0])", "\(names[0]) --against \(names[0])", "--against-round 1", "--against-round 1 --round 1",
    ] {
      #expect(throws: Complaint.self) { try Self.report(refused, in: desk) }
    }
  }

  @Test func `a test between rounds has the figures of each round`() throws {
    let desk = try Desk.documents(0)
    for id in ["one", "two", "three", "four"] { try desk.add("Taxes fall. Rents rise.", id: id) }
    _ = try desk.assign("one two --to ana,ben --copies all")
    _ = try desk.assign("three four --to ana,ben --copies all --round 2")
    for id in ["one", "two", "three", "four"] {
      for who in ["ana", "ben"] {
        var session = try desk.open(id, as: who)
        _ = session.answer("c 1-2")
        if id == "one" && who == "ben" { _ = session.answer("c 2:1") }
        _ = session.answer("done!")
        _ = session.close()
      }
    }
    let test = try Self.report("--round 2 --against-round 1 --measure span-f1-exact", in: desk)
    let one = try #require(test.differences?.first)
    #expect(one.value == 1 && one.against == 0.8 && abs((one.p ?? 0) - 1) < 0.01)
  }

  @Test(.tags(.slow)) func `a narrower interval takes more documents`() throws {
    let desk = try Desk.sample()
    let sizes = try ["0.2", "0.1"].map { width in
      try #require(
        try Self.report("--interval-width \(width) --measure span-f1-exact-pooled", in: desk).sampleSizes)
    }
    for (wide, narrow) in zip(sizes[0], sizes[1]) where wide.documents ?? 0 > 2 {
      #expect(Double(narrow.documents ?? 0) / Double(wide.documents ?? 1) > 2, "\(wide.label ?? "all")")
    }
    #expect(sizes[0].count == 6)
    let page = try AgreeOptions.read("--interval-width 0.1").outcome(in: desk.workspace).page.text
    #expect(page.contains("How many documents it takes until the 95 % interval is 0.1 wide"))
    #expect(throws: Complaint.self) { try Self.report("--interval-width 2", in: desk) }
  }

  @Test func `agreement with oneself is that of two passes`() throws {
    let desk = try Desk.documents(0)
    for id in ["one", "two"] { try desk.add("Taxes fall. Rents rise.", id: id) }
    #expect(throws: Complaint.self) { try Self.report("--oneself", in: desk) }
    _ = try desk.assign("one two --to ana")
    for pass in [["c 1-2", "c 2:1-2"], ["c 1-2"]] {
      for id in ["one", "two"] {
        let name = pass.count == 1 ? "ana.2" : "ana"
        var session = try desk.open(id, as: name)
        for line in pass + ["done!"] { _ = session.answer(line) }
        _ = session.close()
      }
      if pass.count == 2 { _ = try desk.assign("--again --to ana") }
    }
    let found = try #require(try Self.report("--oneself --bootstrap 0", in: desk).oneself)
    #expect(found.count == 1 && found[0].annotators == ["ana", "ana.2"])
    let exact = found[0].figures.first { $0.measure == "span-f1-exact-pooled" && $0.label == nil }
    #expect(exact.map { abs(($0.value ?? 0) - 2.0 / 3) < 1e-12 } == true)
    let page = try AgreeOptions.read("--oneself --bootstrap 0").outcome(in: desk.workspace).page.text
    #expect(page.contains("ana – ana.2 on 2 documents"))
    #expect(throws: Complaint.self) { try Self.report("--oneself --annotators ben", in: desk) }
  }
}
