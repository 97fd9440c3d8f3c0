package import Standoff

/// A refusal: what is wrong, what to do about it, and choices where there are any.
package struct Complaint: Error, Equatable, Sendable {
  /// The problem, as a sentence.
  package let problem: String
  /// What to do, as a sentence; empty if the problem says it.
  package let advice: String
  /// The part of the typed line to underline.
  package let culprit: String?
  /// Choices that the person may take by their number.
  package let choices: [Offer]
  /// Whether a file cannot be used, so that no answer can be given without it.
  package let isOfFile: Bool

  /// A choice: an unambiguous way to put the same line.
  package struct Offer: Equatable, Sendable {
    /// The choice in context.
    package let text: String
    /// The line that takes the choice.
    package let line: String

    package init(text: String, line: String) {
      self.text = text
      self.line = line
    }
  }

  package init(
    _ problem: String, _ advice: String = "", culprit: String? = nil, choices: [Offer] = [], isOfFile: Bool = false
  ) {
    // A word of a thousand letters would fill the page.
    self.problem = problem.count > 600 ? Complaint.shortened(problem, to: 600) : problem
    self.advice = advice
    self.culprit = culprit
    self.choices = choices
    self.isOfFile = isOfFile
  }

  /// A complaint about a word that is not an attribute, with the one that was probably meant.
  package init(noAttribute name: String, in scheme: Scheme) {
    let names = scheme.attributes.map(\.name)
    self.init(
      "The scheme “\(scheme.name)” has no attribute “\(name)”.\(didYouMean(name, among: names))",
      "It has \(Complaint.list(names)).", culprit: name)
  }

  /// A complaint about a word that is not a label, with the label that was probably meant.
  package init(noLabel word: String, in scheme: Scheme) {
    let names = scheme.labels.map(\.name)
    let guess = didYouMean(word, among: names)
    self.init(
      "The scheme “\(scheme.name)” has no label “\(word)”.\(guess)", "Its labels are \(names.joined(separator: ", ")).",
      culprit: word)
  }

  /// The complaint as a page.
  package var page: Page { page(line: "") }

  /// The complaint as a page, with the typed line if a part of it is underlined.
  package func page(line: String) -> Page {
    var page = Page()
    page.isRefusal = true
    if let culprit, !culprit.isEmpty, line.utf8.count < 500, let range = line.range(of: culprit, last: true) {
      page.append("  \(line)")
      let before = DisplayWidth.width(line[..<range.lowerBound])
      let marks = String(repeating: "^", count: max(1, DisplayWidth.width(line[range])))
      page.append("  " + String(repeating: " ", count: before) + marks, Page.Style(colour: .red))
    }
    for line in problem.split(separator: "\n") {
      page.append(String(line), .bold, indent: line.prefix { $0 == " " }.count + 2)
    }
    if !advice.isEmpty { page.append(advice) }
    for (index, choice) in choices.enumerated() {
      page.append(" \(index + 1)  \(choice.text)", indent: 4)
    }
    return page
  }
}
