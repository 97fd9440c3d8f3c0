import Standoff

/// Candidates in documents held out, with what is right of them.
struct Judged {
  /// The candidates of a document by the models of a fold, weighed so far.
  typealias Find = (_ document: Int, _ fold: Int, _ worth: [String: Worth]) -> [(
    candidate: Candidate, values: [Double]
  )]

  private let documents: [TaggedDocument]
  private let folds: [[Int]]
  private let find: Find
  /// By label, how many were proposed, how many of these were right, and how many were wanted.
  private(set) var counts: [String: (right: Int, shown: Int, wanted: Int)] = [:]

  init(_ documents: [TaggedDocument], _ folds: [[Int]], find: @escaping Find) {
    self.documents = documents
    self.folds = folds
    self.find = find
  }

  /// What the finders are worth for each label.
  ///
  /// - Parameter start: what they are worth before; for labels not among *labels*, it stays.
  mutating func worth(of labels: [String], from start: [String: Worth]) -> [String: Worth] {
    var candidates: [String: [(values: [Double], isRight: Bool)]] = [:]
    var wanted: [String: Int] = [:]
    for (fold, held) in folds.enumerated() {
      for index in held {
        var golds: [String: Set<[TextRange]>] = [:]
        for span in documents[index].set.spans {
          golds[span.label, default: []].insert(Learning.key(span.fragments, documents[index].document.text))
        }
        for label in labels { wanted[label, default: 0] += golds[label]?.count ?? 0 }
        for (candidate, values) in find(index, fold, start) where labels.contains(candidate.label) {
          candidates[candidate.label, default: []].append(
            (values, golds[candidate.label]?.contains(candidate.key) == true))
        }
      }
    }
    var worth = start
    for label in labels {
      worth[label] = (start[label] ?? Worth.start).learned(from: candidates[label] ?? [], wanted: wanted[label] ?? 0)
      let shown = (candidates[label] ?? []).filter { worth[label]?.isEnough($0.values) == true }
      counts[label] = (shown.count(where: \.isRight), shown.count, wanted[label] ?? 0)
    }
    return worth
  }
}
