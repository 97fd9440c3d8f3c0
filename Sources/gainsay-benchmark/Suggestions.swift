import DefaultFiles
import PseudoTerminals
import Standoff
import Suggestion

/// How right suggestions are: precision, recall and F1 of spans against gold, label by label.
///
/// A span is right where its label is and its code points are equal but for punctuation and white space at its edges.
struct Suggestions {
  private let golds: [Gold]
  private let kept: KeptModel?

  init(_ golds: [Gold], kept: KeptModel?, isQuick: Bool) {
    self.golds = isQuick ? Array(golds.prefix(4)) : golds
    self.kept = kept
  }

  /// By the lexicon alone; by what was learned from the other documents; by the kept model; by all together.
  ///
  /// Few documents are held out one by one, more than twenty in five parts.
  func measure() throws {
    try measure(name: "lexicon") { gold in
      try Self.suggester(gold).spans(in: gold.document, sentences: 0..<gold.document.sentences.count)
    }
    try measureRelations()
    try measureLearned("learned", kept: nil)
    guard let kept else { return }
    try measure(name: "model") { gold in Learning(kept, suggester: try Self.suggester(gold)).spans(in: gold.document) }
    try measureLearned("combined", kept: kept)
  }

  private func measureLearned(_ name: String, kept: KeptModel?) throws {
    let parts = golds.count > 20 ? 5 : golds.count
    var times: [Double] = []
    var learned: [Int: Learning] = [:]
    for part in 0..<parts {
      let others = golds.enumerated().filter { $0.offset % parts != part }.map {
        TaggedDocument($0.element.document, $0.element.set)
      }
      let start = PseudoTerminal.now
      learned[part] = Learning(others, suggester: try Self.suggester(golds[part]), kept: kept)
      times.append(PseudoTerminal.now - start)
    }
    let places = Dictionary(golds.enumerated().map { ($1.document.id, $0) }, uniquingKeysWith: { a, _ in a })
    var scored: [(probability: Double, isRight: Bool)] = []
    try measure(name: name) { gold in
      guard let learning = learned[(places[gold.document.id] ?? 0) % parts] else {
        return try Self.suggester(gold).spans(in: gold.document, sentences: 0..<gold.document.sentences.count)
      }
      let found = learning.proposals(in: 0..<gold.document.sentences.count, of: gold.document)
      let text = gold.document.text
      for suggestion in found {
        let key = Learning.key(suggestion.fragments, text)
        let isRight = gold.set.spans.contains {
          $0.label == suggestion.label && Learning.key($0.fragments, text) == key
        }
        scored.append((suggestion.confidence, isRight))
      }
      return Dictionary(grouping: found, by: \.label).mapValues { $0.map(\.fragments) }
    }
    report("suggestions", case: name, "learning-time", times: times)
    reportCalibration(name, scored)
  }

  /// How many of the suggestions shown with each probability were right, and the expected calibration error: the mean
  /// distance of the two over bins of 200 suggestions and more.
  private func reportCalibration(_ name: String, _ scored: [(probability: Double, isRight: Bool)]) {
    var (distance, counted) = (0.0, 0)
    let sorted = scored.sorted { $0.probability < $1.probability }
    let size = max(200, (sorted.count + 9) / 10)
    for start in stride(from: 0, to: sorted.count, by: size) {
      let bin = sorted[start..<min(sorted.count, start + size)]
      guard bin.count >= 200 || sorted.count < 200 else { continue }
      let stated = bin.reduce(0) { $0 + $1.probability } / Double(bin.count)
      let right = Double(bin.count { $0.isRight }) / Double(bin.count)
      distance += abs(stated - right) * Double(bin.count)
      counted += bin.count
      report("suggestions", case: "\(name)/stated-\(Int((stated * 100).rounded()))", "right", right, unit: "share")
    }
    if counted > 0 {
      report("suggestions", case: name, "calibration-error", distance / Double(counted), unit: "share")
    }
  }

  /// How often the claim that a denial denies and the name of who speaks are those of gold, where gold's spans are marked
  /// up to there; guesses, which accepting a suggestion does not take, by themselves.
  private func measureRelations() throws {
    var answers: [(name: String, isGuess: Bool, isRight: Bool)] = []
    var wanted: [String: Int] = [:]
    for gold in golds {
      guard let lexicon = try Self.suggester(gold).lexicon else { continue }
      let names = SpeakerNames(lexicon, gold.document, gold.set) { _ in nil }
      for source in gold.set.spans where gold.set.scheme.label(source.label)?.kind == .source {
        guard let speaker = source.attributes["speaker"] else { continue }
        wanted["speaker", default: 0] += 1
        if let found = names.name(of: source.hull) { answers.append(("speaker", found.isGuess, found.name == speaker)) }
      }
      let claims = DeniedClaims(lexicon, gold.document, gold.set)
      for denial in gold.set.spans where denial.label == gold.set.scheme.denialLabel?.name {
        let related = gold.set.relations.filter { $0.from == denial.id }
        let targets = related.filter { $0.type == "denies" }.map(\.to)
        guard !targets.isEmpty else { continue }
        wanted["denied-claim", default: 0] += 1
        let source = related.lazy.filter { $0.type == "said-by" }.compactMap { relation in
          if case .span(let id) = relation.to { gold.set.span(id) } else { nil }
        }.first
        let speaker = source.flatMap { $0.attributes["speaker"] ?? names.name(of: $0.hull)?.name }
        if let found = claims?.claim(deniedBy: denial.fragments, speaker: speaker) {
          answers.append(("denied-claim", false, targets.contains(.span(found))))
        }
      }
    }
    for (name, count) in wanted.sorted(by: { $0.key < $1.key }) {
      for isGuess in [false, true] {
        let shown = answers.filter { $0.name == name && $0.isGuess == isGuess }
        if shown.isEmpty, isGuess { continue }
        let right = Double(shown.count(where: \.isRight))
        let place = isGuess ? "\(name)/guess" : name
        report("suggestions", case: place, "precision", right / Double(max(1, shown.count)), unit: "share")
        report("suggestions", case: place, "recall", right / Double(count), unit: "share")
      }
    }
  }

  private func measure(name: String, _ propose: (Gold) throws -> [String: [[TextRange]]]) throws {
    let proposals = try golds.map(propose)
    for label in golds.first?.set.scheme.labels.map(\.name) ?? [] {
      var (right, proposed, wanted) = (0, 0, 0)
      for (gold, proposal) in zip(golds, proposals) {
        let text = gold.document.text
        let keys = Set((proposal[label] ?? []).map { Learning.key($0, text) })
        let goldKeys = Set(gold.set.spans.filter { $0.label == label }.map { Learning.key($0.fragments, text) })
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

  /// How right models are that were kept from 5, 20, 50, 200 and all articles, with their sizes and the time to learn.
  func measureCurve(_ train: [Gold]) throws {
    guard let first = train.first else { return }
    let suggester = try Self.suggester(first)
    for count in Set([5, 20, 50, 200, train.count]).sorted() where count <= train.count {
      let chosen = (0..<count).map { train[$0 * train.count / count] }
      let start = PseudoTerminal.now
      let learning = Learning(chosen.map { TaggedDocument($0.document, $0.set) }, suggester: suggester)
      let time = PseudoTerminal.now - start
      guard let kept = learning?.kept(as: "curve", documents: count) else { continue }
      let name = "learned-from-\(count)"
      report("suggestions", case: name, "learning-time", time, unit: "s")
      report("suggestions", case: name, "size", Double(kept.encoded().count), unit: "B")
      try measure(name: name) { gold in Learning(kept, suggester: try Self.suggester(gold)).spans(in: gold.document) }
    }
  }

  private static func suggester(_ gold: Gold) throws -> Suggester {
    let lexicon = DefaultFile.schema(named: "\(gold.document.language ?? "en").lexicon.json")
    return Suggester(scheme: gold.set.scheme, lexicon: try lexicon.map { try Lexicon($0.bytes) })
  }
}
