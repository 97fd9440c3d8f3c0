import Storage

/// How many keys it costs to mark the spans of a gold annotation, by each way that the prompt has.
///
/// The spans that say something are marked in reading order, each from the sentence of the one before. Every sequence of
/// keys that is counted is carried out: typed lines by the session, the selector's keys by the selector; a span is
/// reached when its code points are equal but for punctuation and white space at its edges.
struct Keystrokes {
  /// A way to mark a span, as keys of the selector or as lines of the prompt.
  enum Way: String, CaseIterable {
    case typed, numbers, selector, suggested
    /// Code points, which reach whatever no other way reaches.
    case offsets
  }

  private let golds: [Gold]
  private let model: [UInt8]?
  private let folder: String

  init(_ golds: [Gold], model: [UInt8]?, in folder: String) {
    self.golds = golds
    self.model = model
    self.folder = folder
  }

  func measure() throws {
    var costs: [Way: [Int?]] = [:]
    var (withoutSuggestions, best): ([Int], [Int]) = ([], [])
    var (whole, wholeSuggested): ([Int?], [Int?]) = ([], [])
    var withAttributes: [Int?] = []
    var (confirmed, streamed) = (0, 0)
    for (index, gold) in golds.enumerated() {
      let plain = try Replay(gold, suggesting: false, in: Paths.join(folder, "\(index)-plain"))
      let plainCosts = plain.run()
      let suggested = try Replay(gold, suggesting: true, model: model, in: Paths.join(folder, "\(index)-suggested"))
      let suggestedCosts = suggested.run()
      for (without, with) in zip(plainCosts, suggestedCosts) {
        for way in Way.allCases { costs[way, default: []].append((way == .suggested ? with : without)[way]) }
        let least = Self.least(without)
        withoutSuggestions.append(least)
        best.append(min(least, Self.least(with)))
      }
      whole += plain.wholeAttributions
      withAttributes += plain.withAttributes
      wholeSuggested += suggested.wholeAttributions
      // At the real prompt a model's suggestions come some time after the key that asks for them.
      for replay in model == nil ? [plain, suggested] : [plain] {
        let (right, all) = try replay.confirm()
        confirmed += right
        streamed += all
      }
    }
    for way in Way.allCases where way != .offsets { report(way.rawValue, costs[way] ?? []) }
    report("best-without-suggestions", withoutSuggestions)
    report("best", best)
    report("whole-attribution-without-suggestions", whole)
    report("whole-attribution", wholeSuggested)
    report("whole-attribution-with-attributes", withAttributes)
    gainsay_benchmark.report(
      "keystrokes", case: "at-a-pseudo-terminal", "confirmed",
      streamed == 0 ? 0 : Double(confirmed) / Double(streamed), unit: "share")
  }

  /// The fewest keys for a span, for one who sits in the selector: a line of the prompt costs a colon more there.
  private static func least(_ costs: [Way: Int]) -> Int {
    costs.map { way, keys in way == .typed || way == .numbers ? keys + 1 : keys }.min() ?? 0
  }

  private func report(_ way: String, _ costs: [Int?]) {
    let reached = costs.compactMap(\.self).sorted()
    guard !reached.isEmpty else { return }
    let middle = reached.count / 2
    let median =
      reached.count % 2 == 1
      ? Double(reached[middle]) : Double(reached[middle - 1] + reached[middle]) / 2
    gainsay_benchmark.report("keystrokes", case: way, "median", median, unit: "keys")
    gainsay_benchmark.report(
      "keystrokes", case: way, "mean", Double(reached.reduce(0, +)) / Double(reached.count), unit: "keys")
    gainsay_benchmark.report(
      "keystrokes", case: way, "p90", Double(reached[min(reached.count - 1, reached.count * 9 / 10)]), unit: "keys")
    gainsay_benchmark.report(
      "keystrokes", case: way, "exact", Double(reached.count) / Double(costs.count), unit: "share")
  }
}
