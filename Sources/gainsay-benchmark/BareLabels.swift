import Commands
import Foundation
import Pages
import Prompt
import Standoff
import Storage

/// What a label's key marks by itself, held against a gold annotation: the quotations of a sentence one after the other,
/// and the contents whose source and cue are given in the same line (`c < @0-9 < @10-14`), or not at all (`c`, the cases
/// `claim-alone` and so on).
///
/// A quote counts if marks enclose it, a claim or denial if it lies in one sentence together with its source or cue.
struct BareLabels {
  /// What became of a line.
  private enum Outcome: String, CaseIterable {
    /// The gold span, to the last mark.
    case right
    /// Choices were offered, and nothing was marked.
    case asked
    /// Another span, with which nothing is wrong in itself.
    case other
    /// A span that touches its own source or cue, crosses a paragraph, cuts a word or parts a pair of marks.
    case wrong
    case refused
  }

  private let golds: [Gold]
  private let folder: String

  init(_ golds: [Gold], in folder: String) {
    self.golds = golds
    self.folder = folder
  }

  func measure() throws {
    var outcomes: [String: [Outcome: Int]] = [:]
    for (index, gold) in golds.enumerated() {
      for span in gold.set.inReadingOrder {
        guard let label = gold.set.scheme.label(span.label), label.kind == .content, span.fragments.count < 3 else {
          continue
        }
        for isGiven in label.selects == .sentence ? [true, false] : [true] {
          let root = Paths.join(folder, "bare-\(index)-\(span.id)-\(isGiven)")
          defer { try? FileManager.default.removeItem(atPath: root) }
          guard let outcome = try outcome(of: span, label, gold, isGiven, in: root) else { continue }
          outcomes[span.label + (isGiven ? "" : "-alone"), default: [:]][outcome, default: 0] += 1
        }
      }
    }
    for (label, counts) in outcomes.sorted(by: { $0.key < $1.key }) {
      for outcome in Outcome.allCases {
        report("bare", case: label, outcome.rawValue, Double(counts[outcome] ?? 0), unit: "spans")
      }
    }
  }

  private func outcome(
    of span: Annotation, _ label: Scheme.Label, _ gold: Gold, _ isGiven: Bool, in root: String
  ) throws -> Outcome? {
    let document = gold.document
    guard let home = document.sentences.index(at: span.hull.start) else { return nil }
    var session = try Self.session(gold, in: root)
    _ = session.answer("g \(home + 1)")
    var line = label.key
    let parts = Self.parts(of: span, gold)
    switch label.selects {
    case .quotation:
      guard Self.isQuotation(span, document.text) else { return nil }
      // The quotations before it in the sentence are marked already.
      for other in gold.set.inReadingOrder
      where other.label == span.label && other.id != span.id && other.hull.start < span.hull.start {
        _ = session.answer("\(label.key) " + other.fragments.map { "@\($0)" }.joined(separator: " + "))
      }
    case .sentence:
      let sentence = document.sentences[home]
      let near = [parts.source, parts.cue].compactMap(\.self)
      guard !near.isEmpty, sentence.contains(span.hull), near.allSatisfy(sentence.contains) else { return nil }
      guard isGiven else { break }
      line += " < \(parts.source.map { "@\($0)" } ?? "-")"
      if let cue = parts.cue { line += " < @\(cue)" }
    case nil: return nil
    }
    let before = Set(session.set.spans.map(\.id))
    let page = session.answer(line)
    if page.isRefusal { return session.offersChoices ? .asked : .refused }
    guard let made = session.set.spans.first(where: { !before.contains($0.id) && $0.label == span.label }) else {
      return .refused
    }
    let isRight = made.fragments == span.fragments
    return isRight ? .right : Self.isWrong(made, parts, document) ? .wrong : .other
  }

  private static func session(_ gold: Gold, in root: String) throws -> Session {
    let disk = POSIXDisk()
    _ = try NewWorkspace.make(in: root, disk: disk)
    let workspace = Workspace(root: root, disk: disk)
    try workspace.add(gold.document)
    return try Session(
      in: workspace, document: gold.document.id, annotator: Corpus.annotator, scheme: gold.set.scheme.name,
      canAsk: true, me: "benchmark"
    ) { Corpus.time }
  }

  /// The first source and the first cue that gold gives a span.
  private static func parts(of span: Annotation, _ gold: Gold) -> (source: TextRange?, cue: TextRange?) {
    func first(_ kind: Scheme.Label.Kind) -> TextRange? {
      for relation in gold.set.relations where relation.from == span.id {
        if case .span(let id) = relation.to, let part = gold.set.span(id), part.fragments.count == 1,
          gold.set.scheme.label(part.label)?.kind == kind
        {
          return part.hull
        }
      }
      return nil
    }
    return (first(.source), first(.cue))
  }

  private static func isQuotation(_ span: Annotation, _ text: DocumentText) -> Bool {
    guard span.fragments.count == 1 else { return false }
    let words = text[span.hull]
    return "“\"„«'‘`”".contains(words.first ?? " ") && "”\"“»'’".contains(words.last ?? " ")
  }

  private static func isWrong(
    _ span: Annotation, _ parts: (source: TextRange?, cue: TextRange?), _ document: Document
  ) -> Bool {
    let (text, hull) = (document.text, span.hull)
    if span.fragments.contains(where: { fragment in
      [parts.source, parts.cue].compactMap(\.self).contains { $0.overlaps(fragment) }
    }) {
      return true
    }
    let from = document.sentences.index(at: hull.start) ?? 0
    let to = document.sentences.index(at: hull.end - 1) ?? from
    let words = (from...max(from, to)).flatMap { Words.ranges(in: document.sentences[$0], of: text) }
    let pairs = Quotations(near: hull, in: text).pairs.map(\.range)
    return span.fragments.contains { fragment in
      text[fragment].contains("\n")
        || words.contains { $0.overlaps(fragment) && !fragment.contains($0) }
        || pairs.contains { pair in
          pair.overlaps(fragment) && !fragment.contains(pair)
            && !(pair.start < fragment.start && fragment.end < pair.end)
            && text[fragment].contains(where: { "“”\"".contains($0) })
        }
    }
  }
}
