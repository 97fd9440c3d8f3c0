import Agreement
import Reports
import Comparison
import Pages

/// The least value that a figure must have, such as `krippendorff-alpha/word/claim=0.8`.
struct Threshold {
  let measure: MeasureName
  let unit: String?
  let label: String?
  let value: Double
  /// Whether a mean over pairs was named, in place of which the pooled figure is taken, as a rare label may have none.
  let isPooledUnasked: Bool

  init(_ text: String) throws(Complaint) {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    let parts = sides[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard sides.count == 2, let value = Double(sides[1]), value.isFinite, (1...3).contains(parts.count),
      let named = MeasureName(rawValue: parts[0])
    else {
      throw Complaint(
        "“\(text)” is not a threshold.",
        "Write measure=value, such as krippendorff-alpha=0.8 or span-f1-exact/span/claim=0.7.",
        culprit: text)
    }
    unit = parts.count > 1 ? parts[1] : nil
    label = parts.count > 2 ? parts[2] : nil
    measure = label == nil ? named : named.pooled ?? named
    isPooledUnasked = measure != named
    self.value = value
  }

  /// A sentence for each figure, over all annotators and documents, that misses the threshold.
  func shortfalls(_ report: AgreementFigures) throws(Complaint) -> [String] {
    let meant = report.figures.filter { figure in
      figure.measure == measure && figure.key.label == label && figure.key.annotators == nil
        && figure.document == nil && (unit == nil || figure.key.unit == unit)
    }
    guard !meant.isEmpty else {
      throw Complaint(
        "--at-least: there is no figure \(name).",
        measure.isOneSided
          ? "Over all annotators, it needs --reference."
          : "It must be one of the measures, units and labels that are computed.")
    }
    return meant.compactMap { figure in
      let overlap = figure.key.overlap.map { " from an overlap of \($0)" } ?? ""
      let name = [measure.rawValue, figure.key.unit, label].compactMap { $0 }.joined(separator: "/") + overlap
      guard let found = figure.value else { return "\(name) is undefined, \(report.reason(figure) ?? "")." }
      if let proved = figure.coefficient?.proved, found >= value, proved.lowerBound < value {
        return "\(name) is proved to be at least \(Decimals.rounded(proved.lowerBound)), below \(value)."
      }
      return found < value ? "\(name) is \(Decimals.rounded(found)), below \(value)." : nil
    }
  }

  private var name: String { [measure.rawValue, unit, label].compactMap { $0 }.joined(separator: "/") }
}
