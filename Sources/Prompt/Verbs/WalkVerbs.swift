package import Pages
import Standoff

extension Verbs {
  static let walking: [Verb] = [
    Verb(
      names: ["n"], group: .walk, parameters: [], summary: "go to the next sentence, as does an empty line",
      examples: ["n"]
    ) { (session, _) throws(Complaint) in try session.walk(by: 1) },
    Verb(
      names: ["p"], group: .walk, parameters: [], summary: "go to the previous sentence", examples: ["p"]
    ) { (session, _) throws(Complaint) in try session.walk(by: -1) },
    Verb(
      names: ["."], group: .walk, parameters: [], summary: "show the sentence, or the dispute, again", examples: ["."]
    ) { (session, _) throws(Complaint) in
      var page = Page()
      page.after = .sentence
      return page
    },
    Verb(
      names: ["g"], group: .walk, parameters: [Parameter(.number, "SENTENCE")],
      summary: "go to a sentence by its number",
      examples: ["g 4"]
    ) { (session, arguments) throws(Complaint) in
      guard case .number(let number)? = arguments[0] else { throw Complaint("A number is missing.") }
      return try session.go(toNumber: number)
    },
    Verb(
      names: ["find"], group: .walk, parameters: [Parameter(.text, "WORDS")],
      summary: "go to the next sentence with these words", examples: ["find denied"]
    ) { (session, arguments) throws(Complaint) in try session.find(Parameter.unquoted(arguments.text(0) ?? "")) },
  ]
}

extension Session {
  /// Goes to a sentence by its number, from 1.
  package mutating func go(toNumber number: Int) throws(Complaint) -> Page {
    guard number >= 1, number <= document.sentences.count else {
      throw Complaint(
        "There is no sentence \(number).", "The document has sentences 1 to \(document.sentences.count).",
        culprit: String(number))
    }
    return go(to: number - 1)
  }

  fileprivate mutating func find(_ words: String) throws(Complaint) -> Page {
    let search = TextSearch(text: document.text)
    let here = document.sentences.count > 0 ? document.sentences[sentence].end : 0
    let after = TextRange(here, document.text.count)
    let before = TextRange(0, here)
    var page = Page()
    var place = search.places(of: words, in: after, limit: 1).first
    if place == nil {
      place = search.places(of: words, in: before, limit: 1).first
      if place != nil { page.append("Continued from the start of the document:", .dim) }
    }
    guard let place, let target = document.sentences.index(at: place.start) else {
      throw Complaint("The document does not contain “\(words)”.", "find searches for whole words.", culprit: words)
    }
    page.after = go(to: target).after
    return page
  }
}
