import Standoff

/// An end of a span.
package enum SpanEdge: String { case start, end }

/// A part of the words with which a span may begin or end, and without which another annotator may mark it.
package enum EdgeFeature: String, CaseIterable {
  case quotationMark, parenthesis, determiner, title, description, auxiliary, subordinator, infinitive, conjunction
  case leadingClause
  case punctuation, trailingClause

  /// A feature that a span has at an edge, and the places where it would begin or end without it.
  struct Cut: Equatable {
    let feature: EdgeFeature
    let places: Set<Int>
  }

  /// The features that a span has at an edge.
  ///
  /// - Parameter range: the hull of the span, in code points.
  static func cuts(of range: TextRange, at edge: SpanEdge, in text: DocumentText) -> [Cut] {
    guard !range.isEmpty else { return [] }
    return edge == .start ? EdgeWords(range, text, first: true).leading : EdgeWords(range, text, first: false).trailing
  }
}

/// The first, or last, code points of a span with their words.
private struct EdgeWords {
  /// How much of a long span is looked at, in code points.
  private static let reach = 400

  private let window: TextRange
  private let scalars: [Unicode.Scalar]
  private let words: [TextRange]
  private let text: DocumentText

  init(_ range: TextRange, _ text: DocumentText, first: Bool) {
    window =
      first
      ? TextRange(range.start, min(range.end, range.start + Self.reach))
      : TextRange(max(range.start, range.end - Self.reach), range.end)
    scalars = Array(text[window].unicodeScalars)
    words = Words.ranges(in: window, of: text)
    self.text = text
  }

  private func scalar(at place: Int) -> Unicode.Scalar { scalars[place - window.start] }

  /// The first place from here on that is no white space.
  private func ink(from place: Int) -> Int {
    var place = place
    while place < window.end, scalar(at: place).properties.isWhitespace { place += 1 }
    return place
  }

  /// The end without the white space and marks before this place.
  private func end(before place: Int) -> Int {
    var place = place
    while place > window.start, Self.isBlankOrStop(scalar(at: place - 1)) { place -= 1 }
    return place
  }

  // MARK: the start

  var leading: [EdgeFeature.Cut] {
    var cuts: [EdgeFeature.Cut] = []
    func add(_ feature: EdgeFeature, _ place: Int) {
      if place < window.end { cuts.append(EdgeFeature.Cut(feature: feature, places: [place])) }
    }
    let first = scalar(at: window.start)
    if Self.isQuotationMark(first) { add(.quotationMark, ink(from: window.start + 1)) }
    if first == "(" || first == "[" { add(.parenthesis, ink(from: window.start + 1)) }
    if let word = words.first, word.start == window.start, words.count > 1 {
      let next = ink(from: word.end)
      let name = text[word].lowercased()
      if FunctionWords.determiners.contains(name) { add(.determiner, next) }
      if FunctionWords.infinitives.contains(name) {
        add(.infinitive, next)
      } else if FunctionWords.subordinators.contains(name) {
        add(.subordinator, next)
      }
      if FunctionWords.conjunctions.contains(name) { add(.conjunction, next) }
      if FunctionWords.standsBeforeVerbs(name) { add(.auxiliary, next) }
    }
    if let title = words.prefix(4).dropLast().lastIndex(where: { FunctionWords.titles.contains(text[$0].lowercased()) }
    ),
      title + 1 < words.count
    {
      add(.title, words[title + 1].start)
    }
    cuts += description
    let commas = scalars.indices.lazy.map { $0 + window.start }.filter { scalar(at: $0) == "," }
    if let comma = commas.first(where: { place in words.count { $0.end <= place } > 1 }),
      words.count(where: { $0.start > comma }) > 1
    {
      add(.leadingClause, ink(from: comma + 1))
    }
    return cuts
  }

  /// What stands before a name of one or two words: a title, an office, other names.
  private var description: [EdgeFeature.Cut] {
    guard (3...10).contains(words.count), words.last.map({ end(before: window.end) == $0.end }) == true else {
      return []
    }
    let name = words.suffix(2)
    let isName = name.allSatisfy { scalar(at: $0.start).properties.isUppercase }
    return isName ? [EdgeFeature.Cut(feature: .description, places: Set(name.map(\.start)))] : []
  }

  // MARK: the end

  var trailing: [EdgeFeature.Cut] {
    var cuts: [EdgeFeature.Cut] = []
    func add(_ feature: EdgeFeature, _ places: Set<Int>) {
      let inside = places.filter { $0 > window.start }
      if !inside.isEmpty { cuts.append(EdgeFeature.Cut(feature: feature, places: inside)) }
    }
    let last = scalar(at: window.end - 1)
    if Self.isQuotationMark(last) { add(.quotationMark, [window.end - 1, end(before: window.end - 1)]) }
    if Self.isStop(last) { add(.punctuation, [window.end - 1, end(before: window.end)]) }
    let stripped = end(before: window.end)
    if stripped > window.start, scalar(at: stripped - 1) == ")" || scalar(at: stripped - 1) == "]",
      let open = (window.start..<stripped).last(where: { scalar(at: $0) == "(" || scalar(at: $0) == "[" })
    {
      add(.parenthesis, [end(before: open)])
    }
    if words.count > 1, let word = words.last, word.end == stripped,
      FunctionWords.subordinators.contains(text[word].lowercased())
    {
      add(.subordinator, [end(before: word.start)])
    }
    add(.trailingClause, clauses)
    return cuts
  }

  /// The ends before each clause that follows at least one word and has at least two.
  private var clauses: Set<Int> {
    var places: Set<Int> = []
    for (number, word) in words.enumerated().dropFirst() where words.count - number > 1 {
      let before = words[number - 1].end
      let gap = (before..<word.start).map(scalar)
      if gap.contains(where: Self.beginsClause)
        || number > 1 && FunctionWords.connectors.contains(text[word].lowercased())
      {
        places.formUnion([before, ink(from: before)])
        if let mark = (before..<word.start).first(where: { Self.beginsClause(scalar(at: $0)) }) {
          places.insert(mark + 1)
        }
      }
    }
    return places
  }

  // MARK: marks

  private static func isQuotationMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", "“", "”", "„", "‟", "‘", "’", "‚", "«", "»", "‹", "›", "「", "」", "『", "』": true
    default: false
    }
  }

  private static func isStop(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", ",", ";", ":", "!", "?", "…", "。", "，": true
    default: false
    }
  }

  private static func isBlankOrStop(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || isStop(scalar)
  }

  private static func beginsClause(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", ";", ":", "—", "–", "，", "；": true
    default: false
    }
  }
}

/// Short words of English and German with which habits have to do.
enum FunctionWords {
  static let determiners = words(
    "a an the this that these those his her its their our my your some any "
      + "der die das den dem des ein eine einen einem einer eines dieser diese dieses sein seine ihr ihre")
  static let infinitives = words("to zu")
  static let subordinators = infinitives.union(words("that whether if dass daß ob"))
  static let conjunctions = words("and but or so und aber oder sondern")
  static let auxiliaries = words(
    "has have had having being never is are was were be been will would can could may might must should shall does do did not also "
      + "hat haben hatte hatten ist sind war waren wird werden würde kann konnte soll sollte nicht auch")
  /// Whether a word stands before a verb as its auxiliary, its “to” or its adverb.
  static func standsBeforeVerbs(_ word: String) -> Bool {
    auxiliaries.contains(word) || infinitives.contains(word) || word.hasSuffix("n’t") || word.hasSuffix("n't")
      || word.count > 4 && word.hasSuffix("ly")
  }

  static let titles = words(
    "mr mrs ms miss dr prof professor sir lord lady president sen senator rep representative gov governor minister "
      + "secretary ambassador chancellor king queen prince princess pope general gen colonel col captain capt judge justice "
      + "mayor chairman chairwoman director spokesman spokeswoman spokesperson candidate king herr frau präsident "
      + "präsidentin kanzler kanzlerin ministerin sprecher sprecherin bürgermeister bürgermeisterin")
  /// Nouns that report; with a final s, too.
  static let reporting = words(
    "claim allegation accusation statement report denial suggestion comment remark assertion argument belief view opinion "
      + "idea hope fear concern warning promise announcement admission complaint criticism charge call question proposal "
      + "testimony contention insistence acknowledgment speech letter interview post tweet "
      + "behauptung vorwurf vorwürfe aussage erklärung bericht kritik warnung forderung ankündigung vermutung")
  static let pronouns = words(
    "he she it they we i you him her them us me who er sie es wir ich ihn ihm ihnen uns mich this that these those")
  static let connectors = words(
    "because which who while after as when although though since unless until before where if despite "
      + "weil wenn als nachdem obwohl während bevor sobald")

  static let all = determiners.union(subordinators).union(conjunctions).union(auxiliaries).union(pronouns)
    .union(connectors)

  private static func words(_ list: String) -> Set<String> { Set(list.split(separator: " ").map(String.init)) }
}
