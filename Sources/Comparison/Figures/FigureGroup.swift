import Agreement

/// Figures computed from the same tallies of the same documents.
struct FigureGroup: Sendable {
  /// One figure: its key, and how to compute it from a tally.
  struct Entry<Evidence: Tally>: Sendable {
    let key: Figure.Key
    let items: @Sendable (Evidence) -> Int
    let result: @Sendable (Evidence) -> Result<Coefficient, Undefined>
  }

  let keys: [Figure.Key]
  /// What to estimate; nil if the tallies cannot be counted.
  let estimands: Estimands?
  /// The items and result of each figure; for a document by its index, for all together with nil.
  private let evaluate: @Sendable (Int?) -> [(items: Int, result: Result<Coefficient, Undefined>)]

  /// - Parameters:
  ///   - entries: the figures; where the tallies cannot be counted, each says why.
  ///   - count: counts the tallies.
  init<Evidence: Tally>(_ entries: [Entry<Evidence>], _ count: () throws(Undefined) -> Tallies<Evidence>) {
    self.init(
      entries.map(\.key), items: { tally in entries.map { $0.items(tally) } },
      results: { tally in entries.map { $0.result(tally) } }, count)
  }

  /// - Parameters:
  ///   - keys: of the figures; where the tallies cannot be counted, each says why.
  ///   - items: from a tally, the items of each figure.
  ///   - results: from a tally, the result of each figure.
  ///   - count: counts the tallies.
  init<Evidence: Tally>(
    _ keys: [Figure.Key], items: @escaping @Sendable (Evidence) -> [Int],
    results: @escaping @Sendable (Evidence) -> [Result<Coefficient, Undefined>],
    _ count: () throws(Undefined) -> Tallies<Evidence>
  ) {
    self.keys = keys
    do throws(Undefined) {
      let tallies = try count()
      estimands = Estimands(tallies, results: results)
      evaluate = { document in
        do throws(Undefined) {
          let tally = if let document { try tallies[document] } else { tallies.total }
          return Array(zip(items(tally), results(tally)))
        } catch {
          return keys.map { _ in (0, .failure(error)) }
        }
      }
    } catch {
      estimands = nil
      evaluate = { _ in keys.map { _ in (0, .failure(error)) } }
    }
  }

  /// The figures of all documents together.
  func figures(_ intervals: [Result<Interval, Interval.Absence>]?) -> [Figure] {
    evaluate(nil).enumerated().map { index, found in
      Figure(
        key: keys[index], document: nil, items: found.items, result: found.result, interval: intervals?[index])
    }
  }

  /// The figures of one document.
  func figures(of document: String, at place: Int) -> [Figure] {
    evaluate(place).enumerated().map { index, found in
      Figure(
        key: keys[index], document: document, items: found.items, result: found.result,
        interval: .failure(.oneDocument))
    }
  }
}
