import Agreement

/// The distance between sets of labels.
package enum SetDistance: String, CaseIterable { case nominal, jaccard, masi }

extension SetDistance {
  func measure(_ sets: [UInt64]) -> Agreement.Distance {
    switch self {
    case .nominal: .nominal
    case .jaccard: .jaccard(sets)
    case .masi: .masi(sets)
    }
  }
}
