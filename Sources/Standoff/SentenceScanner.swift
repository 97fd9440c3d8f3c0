/// A single pass over the bytes of a text that finds the ends of sentences by looking a few words to each side.
struct SentenceScanner {
  let utf8: [UInt8]
  private var bounds: [Range<Int>] = []
  private var start = -1
  private var end = -1

  init(_ utf8: [UInt8]) { self.utf8 = utf8 }

  mutating func scan() -> [Range<Int>] {
    var at = 0
    let isPlain = Self.isPlain
    while at < utf8.count {
      let first = at
      while at < utf8.count, isPlain[Int(utf8[at])] { at += 1 }
      if at > first {
        markPlain(first, at)
        continue
      }
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      if scalar.breaksLine {
        at = lineBreak(at)
      } else if scalar.isSpace {
        at += length
      } else if scalar.endsSentence {
        at = terminator(at)
      } else {
        mark(at, length)
        at += length
      }
    }
    close()
    return bounds
  }

  /// The ASCII bytes that end neither a sentence nor a line.
  private static let isPlain: [Bool] = (0..<256).map { code in
    switch code {
    case 0x09...0x0D, 0x21, 0x2E, 0x3F: false
    default: code < 0x80
    }
  }

  /// Adds a run of plain bytes to the sentence, without blanks at its edges.
  private mutating func markPlain(_ from: Int, _ to: Int) {
    var last = to
    while last > from, utf8[last - 1] == 0x20 { last -= 1 }
    guard last > from else { return }
    if start < 0 {
      var first = from
      while utf8[first] == 0x20 { first += 1 }
      start = first
    }
    end = last
  }

  private mutating func mark(_ at: Int, _ length: Int) {
    if start < 0 { start = at }
    end = at + length
  }

  private mutating func close() {
    if start >= 0 { bounds.append(start..<end) }
    start = -1
  }

  /// Reads all white space from the first line break on; ends the sentence unless the line was wrapped by hand.
  private mutating func lineBreak(_ first: Int) -> Int {
    var at = first
    var lines = 0
    var previous: Unicode.Scalar = " "
    while at < utf8.count {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      guard scalar.isSpace else { break }
      if scalar.breaksLine, !(scalar == "\n" && previous == "\r") { lines += 1 }
      previous = scalar
      at += length
    }
    let goesOn =
      lines == 1 && start >= 0 && at < utf8.count && DocumentText.scalar(at: at, in: utf8).scalar.isSmall
      && !endsWithTerminator()
    if !goesOn { close() }
    return at
  }

  private func endsWithTerminator() -> Bool {
    var at = end
    while at > start {
      let (scalar, length) = scalarBefore(at)
      if scalar.endsSentence || scalar == ":" { return true }
      guard scalar.closesQuotation else { return false }
      at -= length
    }
    return false
  }

  /// Reads a run of terminators and the closing marks after it, and ends the sentence if the rules say so.
  private mutating func terminator(_ first: Int) -> Int {
    if start < 0 { start = first }
    var at = first
    var points = 0
    var onlyPoints = true
    var wide = false
    while at < utf8.count {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      guard scalar.endsSentence else { break }
      points += scalar == "…" ? 3 : 1
      if scalar != ".", scalar != "…" { onlyPoints = false }
      wide = scalar.endsSentenceUnspaced
      at += length
    }
    let terminatorsEnd = at
    while at < utf8.count {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      // German closes with the mark that opens a Chinese quotation.
      guard scalar.closesQuotation, !(wide && (scalar == "“" || scalar == "‘")) else { break }
      at += length
    }
    end = at
    let run = TerminatorRun(
      start: first, end: terminatorsEnd, closed: at, isPoint: onlyPoints && points == 1,
      isEllipsis: onlyPoints && points > 1, isWide: wide)
    if ends(run) { close() }
    return at
  }

  private struct TerminatorRun {
    let start: Int
    let end: Int
    let closed: Int
    let isPoint: Bool
    let isEllipsis: Bool
    let isWide: Bool
    var hasClosingMark: Bool { closed > end }
  }

  private func ends(_ run: TerminatorRun) -> Bool {
    if run.isWide {
      return !(run.hasClosingMark && chineseGoesOn(run.closed))
    }
    let next = skipSpace(run.closed)
    if next >= utf8.count { return true }
    if next == run.closed { return false }
    let opening = skipOpening(next)
    guard opening < utf8.count else { return true }
    let (scalar, length) = DocumentText.scalar(at: opening, in: utf8)
    if scalar.isSmall {
      // A brand such as iPhone may open a sentence; any other small letter continues one.
      let after = opening + length
      return after < utf8.count && !run.isEllipsis
        && DocumentText.scalar(at: after, in: utf8).scalar.isCapital
    }
    if scalar.goesOnAfterTerminator { return false }
    if scalar.breaksLine { return true }
    let follower = word(from: opening)
    let kinds = Abbreviations.kinds(of: follower)
    let isInitial = follower.unicodeScalars.count == 1 && utf8[(opening + follower.utf8.count)...].first == 0x2E
    let opens = !isInitial && kinds.contains(.opener)
    if run.isPoint {
      let mark = DocumentText.scalar(at: next, in: utf8).scalar
      return pointEnds(
        run,
        Follower(word: follower, kinds: kinds, first: scalar, mark: opening > next ? mark : nil, opensSentence: opens))
    }
    if run.isEllipsis, !run.hasClosingMark {
      if !scalar.isCapital && scalar.isAlphabetic { return false }
      if run.start > start, scalarBefore(run.start).scalar.isSpace { return opens && follower != "I" }
    }
    if run.hasClosingMark, speechFollows(next) { return false }
    if !run.hasClosingMark, Abbreviations.kinds(of: wordBefore(run.start)).contains(.exclaimed) { return opens }
    return true
  }

  /// The word after a full stop and white space.
  private struct Follower {
    let word: String
    let kinds: Abbreviations.Kinds
    let first: Unicode.Scalar
    /// The quotation mark, bracket or dash before the word.
    let mark: Unicode.Scalar?
    /// Whether the word is one that opens sentences.
    let opensSentence: Bool

    var isNumber: Bool { first.isNumber }
    var isQuoted: Bool { mark.map { $0.opensQuotation && $0 != "(" && $0 != "[" } ?? false }
  }

  /// Whether a single full stop ends the sentence, by the word before it and the word after it.
  private func pointEnds(_ run: TerminatorRun, _ follower: Follower) -> Bool {
    let wordStart = self.wordStart(before: run.start)
    guard run.start - wordStart <= Abbreviations.longest, run.start > wordStart else { return true }
    // Plain words of this length are never abbreviations.
    if run.start - wordStart > 8, utf8[wordStart..<run.start].allSatisfy({ $0 < 0x80 && $0 != 0x2E && $0 != 0x2D }) {
      return true
    }
    let core = chain(wordStart, run.start)
    if core.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return numberEnds(core, wordStart, follower) }
    let kinds = Abbreviations.kinds(of: core)
    if kinds.contains(.month) { return !follower.isNumber && !follower.kinds.contains(.month) }
    if kinds.contains(.beforeNumber) {
      if follower.isNumber { return false }
      if core.unicodeScalars.count > 2 || core.lowercased() == "no" { return true }
    }
    if kinds.contains(.hour) { return !follower.kinds.contains(.afterHour) }
    if kinds.contains(.always) { return false }
    if kinds.contains(.listEnd) { return true }
    if followsNumber(wordStart), core == "г" || core == "م" { return true }
    if kinds.contains(.beforeName) { return core == "Sr" && follower.opensSentence }
    if kinds.contains(.afterName) { return follower.opensSentence || follower.isQuoted }
    let scalars = core.unicodeScalars
    guard let first = scalars.first, first.isAlphabetic else { return true }
    // An initial; in Arabic it may carry the “and” before it.
    if scalars.count == 1 || (scalars.count == 2 && first == "و") { return follower.opensSentence }
    if isChainOfLetters(core) { return !first.isCapital || follower.opensSentence || follower.isQuoted }
    return true
  }

  /// Whether the point after a number ends the sentence: not in lists, ordinals and dates.
  private func numberEnds(_ digits: String, _ wordStart: Int, _ follower: Follower) -> Bool {
    if wordStart == start { return digits.utf8.count > 3 }
    if follower.mark?.isDash == true { return false }
    guard digits.utf8.count <= 2 else { return true }
    let isDate = follower.isNumber && follower.word.utf8.count <= 2
    return !isDate && !follower.kinds.contains(.afterOrdinal)
  }

  /// Letters with a point after each: U.S, A.S, p.ej.
  private func isChainOfLetters(_ core: String) -> Bool {
    let parts = core.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && parts.allSatisfy { $0.unicodeScalars.count == 1 && $0.first?.isLetter == true }
  }

  /// The word in a stretch of bytes; a single letter together with the one before, so that “p. m” reads as “p.m”.
  private func chain(_ from: Int, _ to: Int) -> String {
    let core = String(decoding: utf8[from..<to], as: UTF8.self)
    guard core.unicodeScalars.count == 1, from - 2 > start else { return core }
    let (space, spaceLength) = scalarBefore(from)
    let point = from - spaceLength - 1
    guard space.isSpace, point > start, utf8[point] == 0x2E else { return core }
    let (letter, letterLength) = scalarBefore(point)
    guard letter.isAlphabetic else { return core }
    if point - letterLength > start, scalarBefore(point - letterLength).scalar.isWordScalar { return core }
    return "\(letter).\(core)"
  }

  private func followsNumber(_ wordStart: Int) -> Bool {
    guard wordStart - 2 >= start else { return false }
    let (space, length) = scalarBefore(wordStart)
    return space.isSpace && scalarBefore(wordStart - length).scalar.isNumber
  }

  // MARK: looking around

  private func scalarBefore(_ byte: Int) -> (scalar: Unicode.Scalar, length: Int) {
    var first = byte - 1
    while first > 0, utf8[first] & 0xC0 == 0x80 { first -= 1 }
    return DocumentText.scalar(at: first, in: utf8)
  }

  private func skipSpace(_ from: Int) -> Int {
    var at = from
    while at < utf8.count {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      guard scalar.isSpace, !scalar.breaksLine else { break }
      at += length
    }
    return at
  }

  /// The place after opening quotation marks, brackets, ¿ ¡ and a dash with the space after it.
  private func skipOpening(_ from: Int) -> Int {
    var at = from
    while at < utf8.count {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      if scalar.opensQuotation {
        at += length
      } else if scalar.isDash {
        at = skipSpace(at + length)
      } else {
        break
      }
    }
    return at
  }

  /// The letters and digits from a place on.
  private func word(from: Int) -> String {
    var at = from
    while at < utf8.count, at - from <= 2 * Abbreviations.longest {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      guard scalar.isWordScalar || scalar == "-" && at > from else { break }
      at += length
    }
    return String(decoding: utf8[from..<at], as: UTF8.self)
  }

  /// The start of the word before a point: letters, digits and inner points. The search is bounded, for speed.
  private func wordStart(before byte: Int) -> Int {
    var at = byte
    while at > start, byte - at <= Abbreviations.longest {
      let (scalar, length) = scalarBefore(at)
      guard scalar.isWordScalar || scalar == "." || scalar == "-" || scalar == "№" else { break }
      at -= length
    }
    return at
  }

  private func wordBefore(_ byte: Int) -> String {
    String(decoding: utf8[wordStart(before: byte)..<byte], as: UTF8.self)
  }

  /// Whether a name and a verb of speech follow: “Why?” Ruiz asked.
  private func speechFollows(_ from: Int) -> Bool {
    var at = from
    for position in 0..<7 {
      let next = word(from: at)
      guard let first = next.unicodeScalars.first else { return false }
      let hasCase = first.isCapital || first.isSmall
      if position > 0 || !hasCase, Abbreviations.kinds(of: next).contains(.speech) { return true }
      if !first.isCapital, !Abbreviations.kinds(of: next).contains(.nameParticle) { return false }
      at += next.utf8.count
      if at < utf8.count, utf8[at] == 0x2E { at += 1 }
      let space = skipSpace(at)
      if space == at { return false }
      at = space
    }
    return false
  }

  /// Whether a Chinese sentence goes on after a closed quotation: with its verb of speech, or as part of a phrase.
  private func chineseGoesOn(_ from: Int) -> Bool {
    var at = from
    var clause = ""
    while at < utf8.count, at - from < 60 {
      let (scalar, length) = DocumentText.scalar(at: at, in: utf8)
      if scalar == "：" || scalar == ":" { return false }
      if scalar.endsSentence || scalar.opensQuotation || scalar.isSpace { break }
      if scalar == "，" || scalar == "；" || scalar == "," { break }
      clause.unicodeScalars.append(scalar)
      at += length
    }
    guard let first = clause.first else { return false }
    if Abbreviations.chineseGoesOn.contains(first) { return true }
    return Abbreviations.chineseSpeech.contains { clause.contains($0) }
      && !Abbreviations.chineseNoSpeech.contains { clause.contains($0) }
  }
}
