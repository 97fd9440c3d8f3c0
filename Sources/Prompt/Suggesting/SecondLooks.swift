import Commands
import Pages
import Standoff
import Storage
import Suggestion

/// Where work pays most: the document that is least certain, and finished places that deserve a second look.
extension Session {
  /// The most sentences of open documents among which the least certain one is chosen.
  private static let sentencesToChooseFrom = 1500

  /// Opens the document that is least certain of those that are to be done next.
  mutating func openLeastCertain() throws(Complaint) -> Page {
    try checkAllowed("“next” opens the next document.")
    let warning = takeOwnModel()
    let learning = try learned()
    var candidates: [Document] = []
    var sentences = 0
    for name in try documentsAhead() where sentences < Self.sentencesToChooseFrom {
      guard let other = try? workspace.document(name), other.language == document.language else { continue }
      candidates.append(other)
      sentences += other.sentences.count
    }
    let errors = learning.expectedErrors(in: candidates)
    guard let best = errors.indices.max(by: { (errors[$0], $1) < (errors[$1], $0) }) else { throw Self.nothingAhead }
    let mistakes = Int((errors[best] * 100).rounded())
    let notice = Page(
      "The least certain of the next \(counted(candidates.count, "document")): about \(mistakes) wrong guesses in 100 "
        + "sentences.")
    var page = warning.followed(by: notice).followed(by: try open(candidates[best].id))
    page.after = .sentence
    return page
  }

  /// What was learned from own spans, or a model that was kept.
  private mutating func learned() throws(Complaint) -> Learning {
    let isKnown = suggesting.background.hasLearned && suggesting.learnedAt == editCount
    if !suggesting.isOn, !isLearning, !isKnown { learn() }
    if let learning = suggesting.background.takeLearning() { return learning }
    if isLearning { throw Complaint("Still learning from your spans.", "Type the line again in a moment.") }
    throw Complaint(
      "There is too little to learn from.",
      "It takes \(Learning.fewest) spans of a label in two documents, or a model that “gainsay learn” has kept.")
  }

  private func checkAllowed(_ advice: String) throws(Complaint) {
    guard adjudication == nil else {
      throw Complaint("This learns from your own annotations.", "Leave the adjudication with “quit” first.")
    }
    guard maySuggest else { throw Complaint("Suggestions are off for this assignment.", advice) }
  }

  // MARK: second looks

  /// Goes to the next place where the person and what was learned differ.
  mutating func takeSecondLook() throws(Complaint) -> Page {
    try checkAllowed("“list” and “compare” help to look through what you have done.")
    let warning = takeOwnModel()
    if suggesting.secondLooks == nil {
      let suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
      let (documents, kept, canAsk) = (taggedDocuments, suggesting.kept, canAsk)
      suggesting.background.look(waiting: !canAsk) {
        let finished = documents().filter { $0.set.status == .complete }
        guard let found = SecondLook.all(in: finished, suggester: suggester, kept: kept, givingWay: canAsk) else {
          return .failure(
            Complaint(
              "There is too little to learn from.",
              "It takes \(Learning.fewest) spans of a label in several documents that are done."))
        }
        return .success(found)
      }
      guard let found = suggesting.background.takeSecondLooks() else {
        return Page("Comparing what you have marked with what is to be expected; type “review” again in a while.")
      }
      suggesting.secondLooks = (try found.get(), 0)
    }
    let look = try nextSecondLook()
    var page = warning.followed(by: look)
    page.after = look.after
    return page
  }

  private mutating func nextSecondLook() throws(Complaint) -> Page {
    var page = Page()
    while let (places, shown) = suggesting.secondLooks {
      guard shown < places.count else {
        suggesting.secondLooks = nil
        page.append(
          places.isEmpty
            ? "What you have marked is what was to be expected." : "That was the last place; “review” begins again.")
        break
      }
      suggesting.secondLooks = (places, shown + 1)
      let place = places[shown]
      if place.document != document.id { page = try open(place.document) }
      if document.sha256 != place.sha256 || isSettled(place) { continue }
      page.append("\(shown + 1) of \(places.count): \(described(place))", style(ofLabel: place.label))
      if let sentence = document.sentences.index(at: place.fragments[0].start) { page.after = go(to: sentence).after }
      break
    }
    return page
  }

  /// Whether the person has done since what was expected, or has taken back what was not.
  private func isSettled(_ place: SecondLook) -> Bool {
    let key = Learning.key(place.fragments, document.text)
    let isThere = set.spans.contains { span in
      span.label == place.label && Learning.key(span.fragments, document.text) == key
    }
    return isThere != place.isMarkedSo
  }

  private func described(_ place: SecondLook) -> String {
    func words(_ fragments: [TextRange]) -> String {
      fragments.map { "‹\(Complaint.shortened(document.text[$0], to: 48))›" }.joined(separator: " + ")
    }
    let percent = Int((place.probability * 100).rounded())
    guard let marked = place.marked.flatMap({ set.span($0) }) else {
      return "\(place.label)? \(words(place.fragments)) – \(percent) % of words like these are marked so; these are not"
    }
    if place.isMarkedSo {
      return
        "#\(marked.id) \(place.label) \(words(place.fragments)) – only \(percent) % of words like these are marked so"
    }
    return
      "#\(marked.id) \(place.label) \(words(marked.fragments)) – more likely \(words(place.fragments)), \(percent) %"
  }
}
