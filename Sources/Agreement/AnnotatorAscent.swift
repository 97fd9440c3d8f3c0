/// A good choice of candidates in little time, for searches that are stopped.
extension UnitaryCandidates {
  /// The greatest number of times that each annotator's units are assigned anew.
  private static let mostCycles = 20

  /// Assigns each annotator's units in turn to the unitary alignments of the others, as well as they can be, until that
  /// gains nothing more.
  ///
  /// - Returns: the unitary alignments of two or more units.
  func ascended() -> SetPacking.Sets {
    var unitary: [[Int32]] = []
    var gain = -1
    for _ in 0..<Self.mostCycles {
      for annotator in 0..<annotators { reassign(annotator, in: &unitary) }
      let reached = unitary.reduce(0) { $0 + self.gain($1) }
      if reached <= gain { break }
      gain = reached
    }
    var chosen = SetPacking.Sets()
    for members in unitary where members.count > 1 { chosen.append(members.sorted(), gain: self.gain(members)) }
    return chosen
  }

  /// What units save together over leaving each alone, times n(n − 1)/2.
  private func gain(_ members: [Int32]) -> Int {
    members.indices.dropFirst().reduce(0) { $0 + more(members[$1], in: members[..<$1]) }
  }

  /// What is saved when a unit joins others.
  private func more(_ unit: Int32, in members: ArraySlice<Int32>) -> Int {
    members.reduce((pairs + members.count) * Self.scale) { $0 - distance(Int($1), Int(unit)) }
  }

  private func reassign(_ annotator: Int, in unitary: inout [[Int32]]) {
    for index in unitary.indices { unitary[index].removeAll { units[Int($0)].annotator == annotator } }
    unitary.removeAll(where: \.isEmpty)
    let own = units.indices.filter { units[$0].annotator == annotator }.map { Int32(truncatingIfNeeded: $0) }
    var assignment = LinearAssignment(columns: unitary.count)
    for unit in own {
      assignment.insert(
        unitary.indices.compactMap { column in
          // Where the first is too far, so are mostly all.
          guard distance(Int(unitary[column][0]), Int(unit)) < (pairs + annotators) * Self.scale else { return nil }
          let more = more(unit, in: unitary[column][...])
          return more > 0 ? (column, LinearAssignment.Gain(common: more)) : nil
        })
    }
    for (unit, pair) in zip(own, assignment.pairs) {
      if let column = pair?.column { unitary[column].append(unit) } else { unitary.append([unit]) }
    }
  }
}
