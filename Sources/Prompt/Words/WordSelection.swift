import Pages
import Standoff

/// Looks up a typed selection in a document's text.
struct WordSelection {
  let document: Document
  /// The sentence that bare numbers refer to and where words are searched for first.
  let sentence: Int

  private var text: DocumentText { document.text }
  private var sentences: Sentences { document.sentences }

  /// The ranges that a selection stands for.
  ///
  /// - Parameter line: gives the whole line for another wording of the selection, to offer as a choice.
  func fragments(_ argument: String, line: (String) -> String) throws(Complaint) -> [TextRange] {
    guard sentences.count > 0 else { throw Complaint("The document has no text to mark.") }
    guard let syntax = SelectionSyntax(argument) else {
      throw Complaint(
        "WORDS are missing.", "Give word numbers (3-9), the words themselves (first..last) or @120-161.",
        culprit: argument)
    }
    var fragments: [TextRange] = []
    switch syntax {
    case .numbers(let ranges):
      for range in ranges { fragments.append(try numbered(range, argument)) }
    case .words(let ranges):
      for (index, range) in ranges.enumerated() {
        fragments.append(try worded(range, index, of: ranges.count, argument, line: line))
      }
    }
    let normalised = Annotation.normalised(fragments)
    let length = fragments.reduce(0) { $0 + $1.count }
    guard normalised.reduce(0, { $0 + $1.count }) == length else {
      throw Complaint("Two of the fragments overlap.", "Fragments of a span must not overlap.", culprit: argument)
    }
    return normalised
  }

  /// A sentence without its final full stop.
  func sentenceRange(_ index: Int) -> TextRange {
    let words = words(of: index)
    guard let first = words.first, let last = words.last else { return sentences[index] }
    return covering(TextRange(first.start, last.end))
  }

  /// The quotations that reach into the sentence, in reading order, and those whose marks may not belong together.
  func quotations() -> (sure: [TextRange], doubtful: [TextRange]) {
    guard sentences.count > 0 else { return ([], []) }
    let range = sentences[sentence]
    let found = Quotations(near: range, in: text)
    func here(_ pairs: [Quotations.Pair]) -> [TextRange] { pairs.map(\.range).filter { $0.overlaps(range) } }
    return (here(found.pairs), here(found.doubtful))
  }

  func words(of sentence: Int) -> [TextRange] {
    sentence < sentences.count ? Words.ranges(in: sentences[sentence], of: text) : []
  }

  /// A range with the quotation marks that belong to it, and the comma or full stop before a closing one.
  func covering(_ range: TextRange) -> TextRange {
    Quotations(near: range, in: text).covering(range, in: text)
  }

  // MARK: numbers

  private func numbered(_ range: SelectionSyntax.NumberRange, _ argument: String) throws(Complaint) -> TextRange {
    switch range {
    case .words(let first, let last):
      let words = words(of: sentence)
      return try between(sentence, first, sentence, last ?? max(words.count, first), argument)
    case .sentence(let number):
      return sentenceRange(try index(number, argument))
    case .placed(let from, let first, let to, let last):
      return try between(try index(from, argument), first, try index(to, argument), last, argument)
    case .codePoints(let start, let end):
      guard let range = TextRange(checking: start, end), !range.isEmpty, end <= text.count else {
        throw Complaint(
          "Offsets \(start) to \(end) are not in the text.",
          "The text has \(text.count) code points. Offsets start at 0; the end is exclusive.",
          culprit: argument)
      }
      return range
    }
  }

  private func index(_ number: Int, _ argument: String) throws(Complaint) -> Int {
    guard (1...max(1, sentences.count)).contains(number), sentences.count > 0 else {
      throw Complaint(
        "There is no sentence \(number).", "The document has sentences 1 to \(sentences.count).", culprit: argument)
    }
    return number - 1
  }

  private func between(
    _ from: Int, _ first: Int, _ to: Int, _ last: Int, _ argument: String
  ) throws(Complaint) -> TextRange {
    let start = try word(first, in: from, argument)
    let end = try word(last, in: to, argument)
    guard start.start < end.end else {
      throw Complaint("The last word comes before the first.", "Write the earlier one first.", culprit: argument)
    }
    return covering(TextRange(start.start, end.end))
  }

  private func word(_ number: Int, in sentence: Int, _ argument: String) throws(Complaint) -> TextRange {
    let words = words(of: sentence)
    guard number >= 1, number <= words.count else {
      let has = counted(words.count, "word")
      throw Complaint("There is no word \(number).", "Sentence \(sentence + 1) has \(has).", culprit: argument)
    }
    return words[number - 1]
  }

  // MARK: words

  private func worded(
    _ range: SelectionSyntax.WordRange, _ index: Int, of count: Int, _ argument: String, line: (String) -> String
  ) throws(Complaint) -> TextRange {
    let here = sentences.count > 0 ? sentences[sentence] : TextRange(0, 0)
    var place = range.place
    var candidates: [TextRange] = []
    if let number = place, range.end == .sameAsStart {
      // A final /2 means the second match only if the text does not contain the words with it.
      let phrase = SelectionSyntax.Phrase(text: "\(range.start.text)/\(number)")
      if text.utf8.firstRange(of: Array("/\(number)".utf8)) != nil {
        candidates = self.candidates(
          SelectionSyntax.WordRange(start: phrase, end: .sameAsStart, place: nil), in: text.range, limit: 1)
      }
      if !candidates.isEmpty { place = nil }
    }
    if candidates.isEmpty { candidates = self.candidates(range, in: here, limit: max(place ?? 10, 1)) }
    let isHere = !candidates.isEmpty
    if !isHere, let place {
      candidates = self.candidates(range, in: text.range, limit: max(place, 1))
    } else if !isHere {
      candidates = nearbyCandidates(range, here)
    }
    guard !candidates.isEmpty else { throw notFound(range, argument) }
    if let place {
      guard place >= 1, place <= candidates.count else {
        let times = candidates.count == 1 ? "once" : "\(candidates.count) times"
        throw Complaint(
          "There is no match \(place) of these words.",
          "They occur \(times) in \(isHere ? "this sentence" : "the document").", culprit: argument)
      }
      return covered(candidates[place - 1])
    }
    if candidates.count == 1 { return covered(candidates[0]) }
    throw ambiguity(candidates, isHere, index, of: count, argument, line: line)
  }

  /// Matches around the sentence, some on each side; from the whole document if there are none nearby.
  private func nearbyCandidates(_ range: SelectionSyntax.WordRange, _ here: TextRange) -> [TextRange] {
    let reach = 100_000
    let before = candidates(range, in: TextRange(max(0, here.start - reach), here.start)).suffix(10)
    let after = candidates(
      range, in: TextRange(here.start, min(text.count, here.end + reach)), limit: 10)
    let near = before + after
    if near.count > 1 || reach > text.count { return Array(near) }
    return candidates(range, in: text.range, limit: 10)
  }

  /// The matches that begin in a part of the text, in reading order, from the first to the last word as typed.
  private func candidates(
    _ range: SelectionSyntax.WordRange, in part: TextRange, limit: Int = .max
  ) -> [TextRange] {
    let search = TextSearch(text: text)
    let starts = search.places(of: range.start.text, in: part, limit: range.end == .sameAsStart ? limit : .max)
    if range.end == .sameAsStart { return starts }
    var found: [TextRange] = []
    var barren = 0
    for start in starts where start.start >= barren && found.count < limit {
      switch range.end {
      case .sameAsStart: break
      case .sentenceEnd:
        if let sentence = sentences.index(at: start.start), let last = words(of: sentence).last, last.end > start.start
        {
          found.append(TextRange(start.start, last.end))
        }
      case .phrase(let phrase):
        let rest = TextRange(start.end, max(start.end, paragraphEnd(after: start)))
        if let end = search.places(of: phrase.text, in: rest, limit: 1).first {
          found.append(TextRange(start.start, end.end))
        } else {
          // Nor does it follow any later start in the same paragraph.
          barren = rest.end
        }
      }
    }
    return found
  }

  /// A match with the quotation marks that belong to it; whatever else was typed is kept.
  private func covered(_ place: TextRange) -> TextRange {
    let words = Words.ranges(in: place, of: text)
    guard let first = words.first, let last = words.last else { return place }
    let range = covering(TextRange(first.start, last.end))
    return TextRange(min(range.start, place.start), max(range.end, place.end))
  }

  /// The end of the paragraph, or of the paragraph where a quotation that is open there ends.
  private func paragraphEnd(after range: TextRange) -> Int {
    func lineEnd(_ offset: Int) -> Int {
      var byte = text.utf8Offset(ofCodePoint: offset)
      while byte < text.utf8.count, text.utf8[byte] != 0x0A, text.utf8[byte] != 0x0D { byte += 1 }
      let end = text.codePoint(ofUTF8: byte)
      // A line break inside a sentence only wraps the paragraph.
      guard let sentence = sentences.index(at: end), sentences[sentence].end > end else { return end }
      return lineEnd(sentences[sentence].end)
    }
    let end = lineEnd(range.end)
    let open = Quotations(near: range, in: text).pairs.filter { $0.range.start < end && $0.range.end > end }
    return open.map { lineEnd($0.range.end) }.max() ?? end
  }

  private func notFound(_ range: SelectionSyntax.WordRange, _ argument: String) -> Complaint {
    let starts = TextSearch(text: text).places(of: range.start.text, in: text.range, limit: 1)
    if case .phrase(let end) = range.end, !starts.isEmpty {
      return Complaint(
        "“\(end.text)” does not follow “\(range.start.text)” in its paragraph.",
        "The last words must follow the first in the same paragraph.", culprit: end.text)
    }
    return Complaint(
      "The document does not contain “\(range.start.text)”.",
      "Words must be whole; word numbers such as 3-9 work too.", culprit: range.start.text)
  }

  private func ambiguity(
    _ candidates: [TextRange], _ isHere: Bool, _ index: Int, of count: Int, _ argument: String,
    line: (String) -> String
  ) -> Complaint {
    let here = sentences[sentence]
    func distance(_ range: TextRange) -> Int {
      range.overlaps(here) ? 0 : range.start >= here.end ? range.start - here.end : here.start - range.start
    }
    let nearest = candidates.enumerated().sorted { (distance($0.1), $0.0) < (distance($1.1), $1.0) }.prefix(9)
    let choices = nearest.map { _, typed in
      let range = covered(typed)
      let earlier = TextRange(isHere ? here.start : 0, typed.start)
      let first = fragment(index, of: argument)
      let number = count == 1 ? 0 : self.candidates(first, in: earlier).count + 1
      let wording = count == 1 ? "@\(range)" : placing(number, at: index, in: argument)
      return Complaint.Offer(text: context(of: range), line: line(wording))
    }
    return Complaint(
      "These words occur \(candidates.count > 9 ? "more than nine" : String(candidates.count)) times.",
      "Choose one by its number, or give more words.", choices: Array(choices))
  }

  private func fragment(_ index: Int, of argument: String) -> SelectionSyntax.WordRange {
    if case .words(let ranges)? = SelectionSyntax(argument), index < ranges.count { return ranges[index] }
    let phrase = SelectionSyntax.Phrase(text: argument)
    return SelectionSyntax.WordRange(start: phrase, end: .sameAsStart, place: nil)
  }

  private func placing(_ place: Int, at index: Int, in argument: String) -> String {
    var parts: [String] = []
    var rest = argument
    while let plus = rest.range(of: " + ") {
      parts.append(String(rest[..<plus.lowerBound]))
      rest = String(rest[plus.upperBound...])
    }
    parts.append(rest)
    if index < parts.count { parts[index] += "/\(place)" }
    return parts.joined(separator: " + ")
  }

  /// A range with a few words on each side and its sentence's number.
  func context(of range: TextRange) -> String {
    let before = text[TextRange(max(0, range.start - 24), range.start)]
    let after = text[TextRange(range.end, min(text.count, range.end + 24))]
    let number = (sentences.index(at: range.start) ?? 0) + 1
    return "\(number): …\(before)[\(Complaint.shortened(text[range]))]\(after)…"
  }
}
