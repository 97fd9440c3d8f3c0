import Standoff
import Suggestion
import Workbench

/// How right suggestions are: precision, recall and F1 of spans against gold, label by label.
///
/// A span is right where its label is and its code points are equal but for punctuation and white space at its edges.
struct Suggestions {
  private let golds: [Gold]

  init(_ golds: [Gold]) { self.golds = golds }

  func measure(name: String) throws {
    for label in golds.first?.set.scheme.labels.map(\.name) ?? [] {
      var (right, proposed, wanted) = (0, 0, 0)
      for gold in golds {
        let found = try Self.spans(of: gold).filter { $0.label == label }
        let keys = Set(found.map { Self.key($0.fragments, gold.document.text) })
        let goldKeys = Set(
          gold.set.spans.filter { $0.label == label }.map { Self.key($0.fragments, gold.document.text) })
        right += keys.intersection(goldKeys).count
        proposed += keys.count
        wanted += goldKeys.count
      }
      let precision = proposed == 0 ? 0 : Double(right) / Double(proposed)
      let recall = wanted == 0 ? 0 : Double(right) / Double(wanted)
      let f1 = proposed + wanted == 0 ? 0 : 2 * Double(right) / Double(proposed + wanted)
      report("suggestions", case: "\(name)/\(label)", "precision", precision, unit: "share")
      report("suggestions", case: "\(name)/\(label)", "recall", recall, unit: "share")
      report("suggestions", case: "\(name)/\(label)", "f1", f1, unit: "share")
    }
  }

  /// All that is proposed for a document, sources and cues as spans of their own.
  static func spans(of gold: Gold) throws -> [(label: String, fragments: [TextRange])] {
    let scheme = gold.set.scheme
    let suggester = Suggester(scheme: scheme, lexicon: try Defaults.lexicon(gold.document.language ?? "en"))
    var found: [(String, [TextRange])] = []
    for sentence in 0..<gold.document.sentences.count {
      for suggestion in suggester.suggestions(in: sentence, of: gold.document) {
        found.append((suggestion.label, suggestion.fragments))
        if let source = suggestion.source, let part = scheme.part(.source, of: suggestion.label) {
          found.append((part.label.name, [source]))
        }
        if let cue = suggestion.cue, let part = scheme.part(.cue, of: suggestion.label) {
          found.append((part.label.name, [cue]))
        }
      }
    }
    return found
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
