import Agreement
import Pages
import Storage

/// A way to deal documents to people: everybody gets the same number, in an order shuffled once.
struct Dealing {
  /// How many people annotate each document.
  enum Copies: Equatable {
    case each(Int)
    /// One person each, and two for this share of the documents.
    case twice(share: Double)
  }

  let annotators: [String]
  let copies: Copies
  let round: Int
  let suggestions: Bool
  let seed: UInt64

  /// The assignments of one round.
  ///
  /// Documents are dealt in shuffled order, the shared ones first. Each goes to those who have the fewest documents
  /// and, among them, to those who share the fewest with one another, so that everybody is compared with everybody.
  ///
  /// - Parameter before: earlier assignments; nobody gets a document twice.
  func deal(_ documents: [String], before: Assignments) throws(Complaint) -> [Assignments.Assignment] {
    var generator = SeededGenerator(seed: seed)
    let order = documents.shuffled(using: &generator)
    let people = annotators.shuffled(using: &generator)
    var load = [Int](repeating: 0, count: people.count)
    var together: [[Int]] = load.map { _ in load }
    return try order.enumerated().map { (place, document) throws(Complaint) in
      let taken = before.annotators(of: document)
      var chosen: [Int] = []
      for _ in 0..<count(place, of: order.count) {
        let free = people.indices.filter { !chosen.contains($0) && !taken.contains(people[$0]) }
        func cost(_ person: Int) -> (Int, Int, Int) {
          (load[person], chosen.reduce(0) { $0 + together[person][$1] }, person)
        }
        guard let next = free.min(by: { cost($0) < cost($1) }) else {
          throw Complaint(
            "Nobody is left for \(document): \(Complaint.list(taken)) had it in an earlier round.",
            "Name more people with --to, or assign other documents.", culprit: document)
        }
        chosen.append(next)
        load[next] += 1
      }
      for one in chosen {
        for other in chosen where other != one { together[one][other] += 1 }
      }
      return Assignments.Assignment(
        document: document, annotators: chosen.map { people[$0] }, round: round, suggestions: suggestions)
    }
  }

  private func count(_ place: Int, of documents: Int) -> Int {
    switch copies {
    case .each(let count): count
    case .twice(let share): place < Int((share * Double(documents)).rounded()) ? 2 : 1
    }
  }
}
