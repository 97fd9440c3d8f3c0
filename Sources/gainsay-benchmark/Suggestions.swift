import DefaultFiles
import PseudoTerminals
import Standoff
import Suggestion

/// How right suggestions are: precision, recall and F1 of spans against gold, label by label.
///
/// A span is right where its label is and its code points are equal but for punctuation and white space at its edges.
struct Suggestions {
  private let golds: [Gold]

  init(_ golds: [Gold]) { self.golds = golds }

  /// By the lexicon alone, and by what was learned from all other documents.
  func measure() throws {
    try measure(name: "lexicon") { gold in
      try Self.suggester(gold).spans(in: gold.document, sentences: 0..<gold.document.sentences.count)
    }
    var times: [Double] = []
    try measure(name: "learned") { gold in
      let suggester = try Self.suggester(gold)
      let others = golds.filter { $0.document.id != gold.document.id }.map { TaggedDocument($0.document, $0.set) }
      let start = PseudoTerminal.now
      let tagger = Tagger(others, labels: gold.set.scheme.labels.map(\.name), suggester: suggester)
      times.append(PseudoTerminal.now - start)
      return tagger.spans(in: gold.document, sentences: 0..<gold.document.sentences.count, suggester: suggester)
    }
    report("suggestions", case: "learned", "learning-time", times: times)
  }

  private func measure(name: String, _ propose: (Gold) throws -> [String: [[TextRange]]]) throws {
    let proposals = try golds.map(propose)
    for label in golds.first?.set.scheme.labels.map(\.name) ?? [] {
      var (right, proposed, wanted) = (0, 0, 0)
      for (gold, proposal) in zip(golds, proposals) {
        let text = gold.document.text
        let keys = Set((proposal[label] ?? []).map { Self.key($0, text) })
        let goldKeys = Set(gold.set.spans.filter { $0.label == label }.map { Self.key($0.fragments, text) })
        right += keys.intersection(goldKeys).count
        proposed += keys.count
        wanted += goldKeys.count
      }
      let precision = proposed == 0 ? 0 : Double(right) / Double(proposed)
      let recall = wanted == 0 ? 0 : Double(right) / Double(wanted)
      let f1 = proposed + wanted == 0 ? 0 : 2 * Double(right) / Double(proposed + wanted)
      let place = "\(name)/\(label)"
      report("suggestions", case: place, "precision", precision, unit: "share")
      report("suggestions", case: place, "recall", recall, unit: "share")
      report("suggestions", case: place, "f1", f1, unit: "share")
    }
  }

  private static func suggester(_ gold: Gold) throws -> Suggester {
    let lexicon = DefaultFile.schema(named: "\(gold.document.language ?? "en").lexicon.json")
    return Suggester(scheme: gold.set.scheme, lexicon: try lexicon.map { try Lexicon($0.bytes) })
  }

  /// The words covered: what is left of fragments without the punctuation and white space at their edges.
  static func key(_ fragments: [TextRange], _ text: DocumentText) -> [TextRange] {
    Annotation.normalised(fragments).compactMap { fragment in
      let words = Words.ranges(in: fragment, of: text)
      guard let first = words.first, let last = words.last else { return nil }
      return TextRange(first.start, last.end)
    }
  }
}
