import Standoff

/// The words of annotated spans, to be cited as the reason for a suggestion.
struct ExampleWords: Sendable {
  private struct Example: Sendable {
    let words: String
    let context: [String]
  }

  private var examples: [String: [Example]] = [:]

  /// The most examples of a label that are kept.
  private static let most = 2000

  init(_ documents: [TaggedDocument]) {
    for tagged in documents {
      for span in tagged.set.spans where examples[span.label]?.count ?? 0 < Self.most {
        let words = Example(
          words: tagged.document.text[span.fragments[0]], context: Self.context(span.fragments, tagged.document))
        examples[span.label, default: []].append(words)
      }
    }
  }

  /// The words of the examples that are most like a span.
  func like(_ fragments: [TextRange], label: String, in document: Document) -> [String] {
    let context = Self.context(fragments, document)
    let scored = (examples[label] ?? []).enumerated().map { index, example in
      (score: zip(example.context, context).count { $0 == $1 && !$0.isEmpty }, index: index, words: example.words)
    }
    return scored.sorted { (-$0.score, $0.index) < (-$1.score, $1.index) }.prefix(2).map(\.words)
  }

  /// The word before a span, its first and last words, and the word after it.
  private static func context(_ fragments: [TextRange], _ document: Document) -> [String] {
    guard let first = fragments.first, let last = fragments.last else { return [] }
    func words(_ from: Int, _ to: Int) -> [String] {
      Words.ranges(in: TextRange(max(0, from), min(document.text.count, to)), of: document.text)
        .map { Token.form(of: document.text[$0]) }
    }
    let inside = words(first.start, last.end)
    return [
      words(first.start - 40, first.start).last ?? "", inside.first ?? "", inside.last ?? "",
      words(last.end, last.end + 40).first ?? "",
    ]
  }
}
