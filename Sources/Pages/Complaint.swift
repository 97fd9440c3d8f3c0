package import Standoff

/// A request that cannot be carried out: what was expected, what came, what to type next.
package struct Complaint: Error, Equatable, Sendable {
  /// What is the matter, as a sentence.
  package let problem: String
  /// What to do, as a sentence; empty where the problem says it.
  package let advice: String
  /// The part of the typed line that is meant; to be underlined.
  package let culprit: String?
  /// Choices that the person may take by their number.
  package let choices: [Offer]

  /// A way to say the same line without doubt.
  package struct Offer: Equatable, Sendable {
    /// What the choice is, in context.
    package let text: String
    /// The line that takes it.
    package let line: String

    package init(text: String, line: String) {
      self.text = text
      self.line = line
    }
  }

  package init(_ problem: String, _ advice: String = "", culprit: String? = nil, choices: [Offer] = []) {
    // A word of a thousand letters is not worth a page.
    self.problem = problem.count > 600 ? Complaint.shortened(problem, to: 600) : problem
    self.advice = advice
    self.culprit = culprit
    self.choices = choices
  }

  /// A word that is no label of a scheme, with the label that may have been meant.
  package init(noLabel word: String, in scheme: Scheme) {
    let names = scheme.labels.map(\.name)
    let guess = didYouMean(word, among: names)
    self.init(
      "The scheme “\(scheme.name)” has no label “\(word)”.\(guess)", "(labels: \(names.joined(separator: ", ")))",
      culprit: word)
  }

  /// The page that says it.
  package var page: Page { page(line: "") }

  /// The page that says it, with the typed line where a part of it is meant.
  package func page(line: String) -> Page {
    var page = Page()
    page.isRefusal = true
    if let culprit, !culprit.isEmpty, line.utf8.count < 500, let range = line.range(of: culprit, last: true) {
      page.append("  \(line)")
      let before = DisplayWidth.width(line[..<range.lowerBound])
      let marks = String(repeating: "^", count: max(1, DisplayWidth.width(line[range])))
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
