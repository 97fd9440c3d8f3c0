import Standoff
import Pages
import Commands
import Comparison
import Foundation
import Reports
import Storage
import TestSupport
import Testing

/// The corpus that lies in `Annotations/`.
@Suite struct SampleCorpusTests {
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

  /// Figures of the sample corpus as `Tests/Peers/agreement.py` computes them with scikit-learn 1.9.1,
  /// krippendorff 0.9.0 and statsmodels 0.15.0.
  @Test(.tags(.slow)) func `the sample corpus has the figures that other programs compute`() throws {
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
}
