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
  /// - Parameters:
  ///   - known: whether a range elsewhere in the document may be taken without asking.
  ///   - line: gives the whole line for another wording of the selection, to offer as a choice.
  func fragments(
    _ argument: String, orElsewhere known: (TextRange) -> Bool = { _ in false }, line: (String) -> String
  ) throws(Complaint) -> [TextRange] {
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
        let fragment = Fragment(syntax: range, index: index, pieces: SelectionSyntax.split(argument))
        fragments.append(covered(try worded(fragment, argument, orElsewhere: known, line: line)))
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
      let (from, to) = (try index(from, argument), try index(to, argument))
      return try between(from, first, to, last ?? max(words(of: to).count, first), argument)
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

  /// One fragment of a selection given as words.
  private struct Fragment {
    let syntax: SelectionSyntax.WordRange
    let index: Int
    /// The fragments as typed.
    let pieces: [String]

    var typed: String { pieces[index] }
    var isOnly: Bool { pieces.count == 1 }

    /// The selection with another wording of this fragment.
    func reworded(_ wording: String) -> String {
      var pieces = pieces
      pieces[index] = wording
      return pieces.joined(separator: " + ")
    }
  }

  /// Words as typed, with what is known of their places.
  private struct Sought {
    enum Point {
      case words(String, in: TextRange?)
      case exactly(TextRange)
    }
    enum End {
      case sameAsStart
      case point(Point)
      case sentenceEnd
    }
    let start: Point
    let end: End
  }

  private func worded(
    _ fragment: Fragment, _ argument: String, orElsewhere known: (TextRange) -> Bool, line: (String) -> String
  ) throws(Complaint) -> TextRange {
    let typed = asWritten(fragment.syntax)
    let sought = Sought(start: try point(typed.start, argument), end: try end(typed.end, argument))
    let here = sentences[sentence]
    let limit = max(typed.place ?? 10, 1)
    var part = here
    if case .words(_, let named?) = sought.start { part = named }
    if case .exactly(let word) = sought.start { part = word }
    var found = candidates(sought, in: part, limit: limit)
    let isHere = !found.isEmpty || part != here
    if !isHere {
      part = text.range
      found = typed.place == nil ? nearbyCandidates(sought, here) : candidates(sought, in: part, limit: limit)
    }
    guard !found.isEmpty else { throw notFound(sought, argument) }
    if let place = typed.place {
      guard place >= 1, place <= found.count else {
        let times = found.count == 1 ? "once" : "\(found.count) times"
        let whereabouts = part == text.range ? "the document" : part == here ? "this sentence" : "that sentence"
        throw Complaint(
          "There is no match \(place) of these words.", "They occur \(times) in \(whereabouts).", culprit: argument)
      }
      return found[place - 1]
    }
    guard found.count == 1 else { throw ambiguity(found, sought, in: part, fragment, line) }
    guard isHere || known(covered(found[0])) else { throw elsewhere(found[0], fragment, line) }
    return found[0]
  }

  /// The words as the text has them: `drones/2` and `3:16` may stand there as they are typed.
  private func asWritten(_ typed: SelectionSyntax.WordRange) -> SelectionSyntax.WordRange {
    guard case .phrase(var phrase) = typed.start else { return typed }
    func isInText(_ words: String) -> Bool {
      !TextSearch(text: text).places(of: words, in: text.range, limit: 1).isEmpty
    }
    var typed = typed
    if let literal = phrase.literally, isInText(literal.text) { phrase = literal }
    if let place = typed.place, typed.end == .sameAsStart, isInText("\(phrase.text)/\(place)") {
      phrase.text += "/\(place)"
      typed.place = nil
    }
    typed.start = .phrase(phrase)
    return typed
  }

  private func point(_ point: SelectionSyntax.Point, _ argument: String) throws(Complaint) -> Sought.Point {
    switch point {
    case .phrase(let phrase):
      guard let number = phrase.sentence else { return .words(phrase.text, in: nil) }
      return .words(phrase.text, in: sentences[try index(number, argument)])
    case .word(let number, let named):
      var home = sentence
      if let named { home = try index(named, argument) }
      return .exactly(try word(number, in: home, argument))
    }
  }

  private func end(_ end: SelectionSyntax.WordRange.End, _ argument: String) throws(Complaint) -> Sought.End {
    switch end {
    case .sameAsStart: return .sameAsStart
    case .sentenceEnd: return .sentenceEnd
    case .point(let last): return .point(try point(last, argument))
    }
  }

  /// Matches around the sentence, some on each side; from the whole document if there are none nearby.
  private func nearbyCandidates(_ sought: Sought, _ here: TextRange) -> [TextRange] {
    let reach = 100_000
    let before = candidates(sought, in: TextRange(max(0, here.start - reach), here.start)).suffix(10)
    let after = candidates(
      sought, in: TextRange(here.start, min(text.count, here.end + reach)), limit: 10)
    let near = before + after
    if near.count > 1 || reach > text.count { return Array(near) }
    return candidates(sought, in: text.range, limit: 10)
  }

  /// The matches that begin in a part of the text, in reading order, from the first to the last word as typed.
  private func candidates(_ sought: Sought, in part: TextRange, limit: Int = .max) -> [TextRange] {
    let search = TextSearch(text: text)
    let starts =
      switch sought.start {
      case .exactly(let word): [word]
      case .words(let words, _):
        if case .sameAsStart = sought.end {
          search.places(of: words, in: part, limit: limit)
        } else {
          search.places(of: words, in: part)
        }
      }
    var found: [TextRange] = []
    var barren = 0
    for start in starts where start.start >= barren && found.count < limit {
      switch sought.end {
      case .sameAsStart: found.append(start)
      case .sentenceEnd:
        if let sentence = sentences.index(at: start.start), let last = words(of: sentence).last, last.end > start.start
        {
          found.append(TextRange(start.start, last.end))
        }
      case .point(.exactly(let last)):
        if last.end >= start.end { found.append(TextRange(start.start, last.end)) }
      case .point(.words(let words, let named)):
        let reach = named ?? TextRange(start.end, max(start.end, paragraphEnd(after: start)))
        let rest = TextRange(max(reach.start, start.end), max(reach.end, start.end))
        if let end = search.places(of: words, in: rest, limit: 1).first {
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

  private func notFound(_ sought: Sought, _ argument: String) -> Complaint {
    guard case .words(let first, let named) = sought.start else {
      return Complaint("The last word comes before the first.", "Write the earlier one first.", culprit: argument)
    }
    let starts = TextSearch(text: text).places(of: first, in: named ?? text.range, limit: 1)
    if case .point(.words(let last, let named)) = sought.end, !starts.isEmpty {
      let reach = named.flatMap { sentences.index(at: $0.start) }.map { "sentence \($0 + 1)" } ?? "its paragraph"
      return Complaint(
        "“\(last)” does not follow “\(first)” in \(reach).",
        "Write S:\(last) for words in sentence S.", culprit: last)
    }
    let whole = named.flatMap { sentences.index(at: $0.start) }.map { "Sentence \($0 + 1)" } ?? "The document"
    return Complaint(
      "\(whole) does not contain “\(first)”.", "Words must be whole; word numbers such as 3-9 work too.",
      culprit: first)
  }

  /// The words stand once, but in another sentence: that they are meant is for the person to say.
  private func elsewhere(_ place: TextRange, _ fragment: Fragment, _ line: (String) -> String) -> Complaint {
    let number = (sentences.index(at: place.start) ?? 0) + 1
    let named = line(fragment.reworded("\(number):\(fragment.typed)"))
    return Complaint(
      "These words are not in this sentence but in sentence \(number).",
      "To take them there, write “\(named)” or choose by number.",
      choices: [Complaint.Offer(text: context(of: covered(place)), line: named)])
  }

  private func ambiguity(
    _ found: [TextRange], _ sought: Sought, in part: TextRange, _ fragment: Fragment, _ line: (String) -> String
  ) -> Complaint {
    let here = sentences[sentence]
    func distance(_ range: TextRange) -> Int {
      range.overlaps(here) ? 0 : range.start >= here.end ? range.start - here.end : here.start - range.start
    }
    let nearest = found.enumerated().sorted { (distance($0.1), $0.0) < (distance($1.1), $1.0) }.prefix(9)
    let choices = nearest.map { _, place in
      let range = covered(place)
      let number = fragment.isOnly ? 0 : candidates(sought, in: TextRange(part.start, place.start)).count + 1
      let wording = fragment.isOnly ? "@\(range)" : fragment.reworded("\(fragment.typed)/\(number)")
      return Complaint.Offer(text: context(of: range), line: line(wording))
    }
    return Complaint(
      "These words occur \(found.count > 9 ? "more than nine" : String(found.count)) times.",
      "Choose one by its number, or give more words.", choices: Array(choices))
  }

  /// A range with a few words on each side and its sentence's number.
  func context(of range: TextRange) -> String {
    let before = text[TextRange(max(0, range.start - 24), range.start)]
    let after = text[TextRange(range.end, min(text.count, range.end + 24))]
    let number = (sentences.index(at: range.start) ?? 0) + 1
    return "\(number): …\(before)[\(Complaint.shortened(text[range]))]\(after)…"
  }
}
