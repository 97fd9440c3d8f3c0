/// Credits of the pairs that the program nervaluate 1.2 would make, for comparison with figures that it printed.
///
/// Each unit of the second annotator in turn takes the first unit of the reference that is still free and counts fully; by
/// type the one whose ends are nearest. Where there is none it takes the first that is free and has one per cent of its
/// length in common.
func nervaluateCredits(
  _ reference: [UnitizingStudy.Unit], _ response: [UnitizingStudy.Unit], _ criterion: SpanCriterion
) -> [Int] {
  var isTaken = [Bool](repeating: false, count: reference.count)
  return response.compactMap { unit in
    var full: (index: Int, distance: Int)?
    var lesser: (index: Int, credit: Int)?
    for (index, other) in reference.enumerated() where !isTaken[index] {
      let common = other.intersection(unit)
      guard common > 0, common * 100 >= other.length, let credit = criterion.credit(other, unit, common: common) else {
        continue
      }
      if credit < 2 {
        if lesser == nil { lesser = (index, credit) }
        continue
      }
      let distance =
        abs(unit.hull.lowerBound - other.hull.lowerBound) + abs(unit.hull.upperBound - other.hull.upperBound)
      guard criterion == .type else {
        full = (index, distance)
        break
      }
      if distance < full?.distance ?? .max { full = (index, distance) }
    }
    guard let taken = full?.index ?? lesser?.index else { return nil }
    isTaken[taken] = true
    return full == nil ? lesser?.credit : 2
  }
}
