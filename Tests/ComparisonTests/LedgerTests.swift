import Commands
import DefaultFiles
import Foundation
import Pages
import Prompt
import Reports
import Standoff
import Storage
import TestSupport
import Testing

@testable import Comparison

@Suite struct LedgerTests {
  @Test func `the ledger joins documents by matter and denials by relation`() throws {
    let desk = try Desk.sample()
    let ledger = try Ledger(try desk.workspace.documentNames(), in: desk.workspace, annotator: nil)
    let matter = try #require(ledger.matters.first { $0.key == "ferry-tender" })
    #expect(Set(matter.claims.map(\.claim.document)) == ["ferry-contract", "harbor-audit"])
    let claim = try #require(matter.claims.first { $0.claim.words.hasPrefix("two board members") })
    #expect(claim.claim.speaker == .named("Norrick Marine Inc."))
    #expect(claim.denials.map(\.speaker) == [.named("Maren Tolk"), .named("Halden Ferries")])
    #expect(matter.denials.contains { $0.claim?.hasPrefix("Two board members") == true })
    // Every relation of the adjudicated versions is in it, each once.
    var relations = 0
    for name in try desk.workspace.documentNames() {
      let gold = try #require(try desk.workspace.annotations(of: "gold", on: desk.workspace.document(name)))
      relations += gold.relations.count { relation in
        guard relation.type == "denies", case .span = relation.to else { return false }
        return true
      }
    }
    #expect(ledger.matters.flatMap(\.claims).reduce(0) { $0 + $1.denials.count } == relations)
    #expect(ledger.sources.allSatisfy { $0.version == "gold" })
  }

  @Test func `without an adjudicated version the only annotator's counts, else what most have marked`() throws {
    let desk = try Desk.unadjudicated()
    let all = try Ledger(["ferry-contract"], in: desk.workspace, annotator: nil)
    #expect(all.sources.map(\.version) == ["majority of dana, eli, noor"])
    let dana = try Ledger(["ferry-contract"], in: desk.workspace, annotator: "dana")
    #expect(dana.sources.map(\.version) == ["dana"])
    for name in ["nobody", "../ferry-contract/dana", "document"] {
      #expect(throws: Complaint.self, "\(name)") {
        try LedgerOptions.read("--annotator \(name)").outcome(in: desk.workspace)
      }
    }
  }

  @Test func `speakers go by their listed names, and a matter says what is in dispute`() throws {
    let desk = try Desk.sample()
    let schemas = desk.root + "/Schemas/"
    try Data(
      #"{"format": 1, "speakers": [{"aliases": ["Maren Tolk"], "name": "Maren Tolk, chair"}]}"#.utf8
    ).write(to: URL(fileURLWithPath: schemas + "speakers.json"))
    try Data(
      #"{"format": 1, "matters": [{"key": "ferry-tender", "proposition": "The tender was fixed."}]}"#.utf8
    ).write(to: URL(fileURLWithPath: schemas + "matters.json"))
    let page = try LedgerOptions.read("--full").outcome(in: desk.workspace).page.text
    #expect(page.contains("ferry-tender: The tender was fixed.") && page.contains("Maren Tolk, chair: "))
    let markdown = try LedgerOptions.read("--markdown").outcome(in: desk.workspace)
    #expect(String(decoding: markdown.data ?? [], as: UTF8.self).contains("## ferry-tender: The tender was fixed."))
    try Data("{\"format\": 1, \"matters\": [{\"key\": \"x\"}]}".utf8)
      .write(to: URL(fileURLWithPath: schemas + "matters.json"))
    #expect(throws: Complaint.self) { try LedgerOptions.read("").outcome(in: desk.workspace) }
  }
}
