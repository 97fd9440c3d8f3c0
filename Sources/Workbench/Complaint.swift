import Standoff

/// A request that cannot be carried out: what was expected, what came, what to type next.
public struct Complaint: Error, Equatable, Sendable {
  /// What is the matter, as a sentence.
  public let problem: String
  /// What to do, as a sentence; empty where the problem says it.
  public let advice: String
  /// The part of the typed line that is meant; to be underlined.
  public let culprit: String?
  /// Choices that the person may take by their number.
  public let choices: [Choice]

  /// A way to say the same line without doubt.
  public struct Choice: Equatable, Sendable {
    /// What the choice is, in context.
    public let text: String
    /// The line that takes it.
    public let line: String

    public init(text: String, line: String) {
      self.text = text
      self.line = line
    }
  }

  public init(_ problem: String, _ advice: String = "", culprit: String? = nil, choices: [Choice] = []) {
    // A word of a thousand letters is not worth a page.
    self.problem = problem.count > 600 ? Complaint.shortened(problem, to: 600) : problem
    self.advice = advice
    self.culprit = culprit
    self.choices = choices
  }

  /// A word that is no label of a scheme, with the label that may have been meant.
  init(noLabel word: String, in scheme: Scheme) {
    let names = scheme.labels.map(\.name)
    let guess = nearest(word, among: names).first.map { " Did you mean \($0)?" } ?? ""
    self.init(
      "The scheme “\(scheme.name)” has no label “\(word)”.\(guess)", "(labels: \(names.joined(separator: ", ")))",
      culprit: word)
  }

  /// The page that says it.
  public var page: Page { page(line: "") }

  /// The page that says it, with the typed line where a part of it is meant.
  func page(line: String) -> Page {
    var page = Page()
    page.isRefusal = true
    if let culprit, !culprit.isEmpty, line.utf8.count < 500, let range = line.range(of: culprit, last: true) {
      page.append("  \(line)")
      let before = Columns.width(line[..<range.lowerBound])
      let marks = String(repeating: "^", count: max(1, Columns.width(line[range])))
      page.append("  " + String(repeating: " ", count: before) + marks, Page.Style(colour: .red))
    }
    page.append(problem, .bold)
    if !advice.isEmpty { page.append(advice) }
    for (index, choice) in choices.enumerated() {
      page.append(" \(index + 1)  \(choice.text)", indent: 4)
    }
    return page
  }
}

extension String {
  /// The first, or last, place of another text in this one.
  func range(of other: String, last: Bool = false) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) {
        found = start..<index(start, offsetBy: other.count)
        if !last { return found }
      }
      start = index(after: start)
    }
    return found
  }
}

/// “1 word”, “2 words”.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Words closest to one that is not known, nearest first.
func nearest(_ word: String, among known: [String]) -> [String] {
  guard word.utf8.count <= 64 else { return [] }
  let limit = max(1, word.count / 3)
  return known.map { ($0, distance(word.lowercased(), $0.lowercased())) }
    .filter { $0.1 <= limit || $0.0.lowercased().hasPrefix(word.lowercased()) && word.count > 1 }
    .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
}

/// Edits of single characters, neighbours swapped included, that make one word the other.
func distance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a), Array(b))
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
