import Storage
import Comparison
package import Pages
import Standoff

/// Answering lines.
extension Session {
  /// Answers a line; an edit is on disk before the page is returned.
  package mutating func answer(_ line: String, on display: Display = Display()) -> Page {
    see()
    let line = line.trimmingBlanks()
    let offered = choices
    choices = []
    if let digit = Int(line), line.count == 1, digit >= 1, digit <= offered.count {
      return answer(offered[digit - 1].line, on: display)
    }
    if !offered.isEmpty, ["u", "undo"].contains(line) {
      return Page(
        "Nothing was done that could be undone: the last line only asked. “u” again undoes the edit before it.")
    }
    if line.hasPrefix("#"), line.dropFirst().first?.isNumber != true { return Page() }
    do throws(Complaint) {
      var page = try carryOut(line, display).followed(by: collect())
      if let fault = store.replaceFault {
        let said = Complaint(fault)
        page.append("Saved in the journal; the annotation file could not be written yet. \(said.problem)", .bold)
        page.append(said.advice)
      }
      return page
    } catch {
      if canAsk { choices = error.choices }
      return error.page(line: line)
    }
  }

  /// Answers a line pasted as a whole: for text of the document, asks for a label instead of taking the first word
  /// as a verb.
  package mutating func answer(pasted line: String, on display: Display = Display()) -> Page {
    guard let choice = pasted(line) else { return answer(line, on: display) }
    if canAsk { choices = choice.choices }
    return choice.page(line: line)
  }

  private mutating func carryOut(_ line: String, _ display: Display) throws(Complaint) -> Page {
    guard !line.isEmpty else {
      suggesting.shownForAll = nil
      return adjudication.map(\.walksAgreed) ?? true ? try walk(by: 1) : try goOn()
    }
    let (verb, arguments) = try parse(line, display)
    if adjudication?.isBlind == true, verb.showsNames {
      throw Complaint(
        "“\(verb.name)” would reveal who is who.", "Leave the blind adjudication first.", culprit: verb.name)
    }
    if verb.name != "A" { suggesting.shownForAll = nil }
    return try verb.run(&self, arguments)
  }

  private func parse(_ line: String, _ display: Display) throws(Complaint) -> (Verb, VerbArguments) {
    let (word, tail) = Self.split(line, scheme)
    guard let verb = Verbs.verb(word, scheme), verb.group != .decide || adjudication != nil else {
      throw pasted(line) ?? unknown(word)
    }
    var rest = tail
    var values: [ParameterValue?] = []
    for parameter in verb.parameters { values.append(try parameter.parse(&rest, self, after: values)) }
    let left = rest.trimmingBlanks()
    if !left.isEmpty {
      throw Complaint("“\(left)” is one word too many.", "Write \(verb.usage).", culprit: left)
    }
    return (verb, VerbArguments(line: line, verb: word, values: values, display: display))
  }

  /// The verb and the rest of a line: `c3-9` is `c 3-9`; `4 > 2` and `. < it`, whose verb stands in the middle, are
  /// `> 4 2` and `< . it`.
  static func split(_ line: String, _ scheme: Scheme) -> (verb: String, rest: Substring) {
    let span = line.hasPrefix(".") ? line.prefix(1) : line.prefix { $0.isNumber || $0 == "#" }
    let afterSpan = line[span.endIndex...].drop { $0.isWhitespace }
    for sign in ["<", ">"] where !span.isEmpty && afterSpan.hasPrefix(sign) {
      return (sign, "\(span) \(afterSpan.dropFirst())"[...])
    }
    let first = line.prefix { !$0.isWhitespace }
    let rest = line[first.endIndex...]
    // What is said of the document has “doc” where a span's number stands.
    if ["set", "note"].contains(first), let second = rest.split(whereSeparator: \.isWhitespace).first, second == "doc" {
      return ("\(first) doc", rest[second.endIndex...])
    }
    if Verbs.verb(String(first), scheme) == nil,
      let place = first.firstIndex(where: { $0.isNumber || $0 == "@" }),
      scheme.label(String(first[..<place])) != nil
    {
      return (String(first[..<place]), line[place...])
    }
    return (String(first), rest)
  }

  /// The offer of labels for a pasted line that is text of the document; nil for any other line.
  private func pasted(_ line: String) -> Complaint? {
    guard line.contains(where: \.isWhitespace), document.sentences.count > 0 else { return nil }
    let search = TextSearch(text: document.text)
    let here = document.sentences[sentence]
    let near = search.places(of: line, in: TextRange(here.start, document.text.count), limit: 1).first
    guard let place = near ?? search.places(of: line, in: document.text.range, limit: 1).first else { return nil }
    let range = selector.covering(place)
    return Complaint(
      "These words are in the text: ‹\(Complaint.shortened(document.text[range]))›.", "Choose a label by its number.",
      choices: scheme.labels.prefix(9).map { Complaint.Offer(text: $0.name, line: "\($0.key) @\(range)") })
  }

  private func unknown(_ verb: String) -> Complaint {
    if verb.first?.isNumber == true {
      let key = scheme.labels.first?.key ?? "c"
      return Complaint(
        "Numbers need a label's key before them.",
        "Write “\(key) \(verb)” to mark words."
          + (verb.count == 1 ? " Alone, “\(verb)” chooses a version in an adjudication." : ""), culprit: verb)
    }
    if ["save", "w", ":w", "write"].contains(verb) {
      return Complaint("Nothing needs saving.", "Every line is saved before it is answered.", culprit: verb)
    }
    let names = Verbs.all(scheme).flatMap(\.names)
    let guesses = verb.count > 1 ? nearest(verb, among: names).prefix(3) : []
    let hint = guesses.isEmpty ? "" : " Did you mean \(Complaint.list(Array(guesses), "or"))?"
    if Verbs.verb(verb, scheme) != nil {
      return Complaint("“\(verb)” decides a dispute.", "“adjudicate” starts an adjudication.", culprit: verb)
    }
    return Complaint("“\(verb)” is not a verb.\(hint)", "“help” lists the verbs.", culprit: verb)
  }
}
