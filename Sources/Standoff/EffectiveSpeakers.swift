/// Who speaks, of each span of one set: what stands once on a source holds for all that the source says.
///
/// The speaker of a span is its own `speaker`, else that of the source it is said by, else the source's words, unless
/// they are a pronoun or a common noun. A source without a `speaker` has the one of what it says, if that is one. Names
/// are joined by “; ”, in alphabetical order; two aliases are one name.
public struct EffectiveSpeakers: Sendable {
  /// The attribute that names speakers.
  public static let attribute = "speaker"

  private var names: [Int: String] = [:]

  /// Finds who speaks, of each span of a set.
  ///
  /// - Parameters:
  ///   - set: the annotations.
  ///   - document: the one of the set.
  ///   - name: the listed name for a name or an alias.
  public init(_ set: AnnotationSet, in document: Document, name: (String) -> String) {
    let scheme = set.scheme
    guard scheme.attribute(Self.attribute) != nil else { return }
    func listed(_ value: String) -> String {
      guard value.utf8.contains(UInt8(ascii: ";")) else { return name(value) }
      return Self.names(in: value).map(name).sorted().joined(separator: "; ")
    }
    let kinds = Dictionary(scheme.labels.map { ($0.name, $0.kind) }) { first, _ in first }
    let own = Dictionary(
      set.spans.compactMap { span in span.attributes[Self.attribute].map { (span.id, listed($0)) } }
    ) { first, _ in first }
    var sources: [Int: [Int]] = [:]
    var said: [Int: [Int]] = [:]
    for relation in set.relations {
      guard case .span(let id) = relation.to, let source = set.span(id), kinds[source.label] == .source
      else { continue }
      sources[relation.from, default: []].append(id)
      said[id, default: []].append(relation.from)
    }
    let words = SourceWords(document)
    for span in set.spans where kinds[span.label] == .source {
      if let speaker = own[span.id] {
        names[span.id] = speaker
        continue
      }
      // Only what this source says alone tells who the source is.
      let told = Set((said[span.id] ?? []).filter { sources[$0]?.count == 1 }.compactMap { own[$0] })
      names[span.id] = told.count == 1 ? told.first : words.name(span).map(name)
    }
    for span in set.spans where kinds[span.label] != .source {
      if let speaker = own[span.id] {
        names[span.id] = speaker
        continue
      }
      guard let ids = sources[span.id] else { continue }
      let speakers = ids.compactMap { names[$0] }
      guard speakers.count == ids.count else { continue }
      names[span.id] =
        speakers.count == 1 ? speakers[0] : Set(speakers.flatMap(Self.names)).sorted().joined(separator: "; ")
    }
  }

  /// The speaker of a span, by its id; nil if nobody is named.
  public subscript(span: Int) -> String? { names[span] }

  /// The names in a value, which are joined by semicolons.
  public static func names(in value: String) -> [String] {
    let names = value.split(separator: ";").map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
    return names.isEmpty ? [value] : names
  }
}

/// Whether the words of a source are a name.
private struct SourceWords {
  private let document: Document

  init(_ document: Document) { self.document = document }

  private static let pronouns: Set<String> = [
    "he", "she", "they", "it", "i", "we", "you", "who", "one", "some", "others", "many", "both", "this", "that",
    "these", "those", "er", "sie", "es", "wir", "il", "elle", "ils", "elles", "on", "nous", "je",
  ]

  /// The words of a source that is a name; nil for a pronoun or a common noun.
  ///
  /// A name has a word with a capital that does not just begin the sentence. A source of one word that begins it is a
  /// name if the text has that word nowhere in lower case.
  func name(_ source: Annotation) -> String? {
    let words = Words.ranges(in: source.hull, of: document.text)
    guard let first = words.first else { return nil }
    func isCapital(_ word: TextRange) -> Bool {
      let first = document.text.scalar(at: document.text.utf8Offset(ofCodePoint: word.start)).scalar
      return first.isCapital || first.isNumber
    }
    func text() -> String { source.fragments.map(document.text.onOneLine).joined(separator: " ") }
    if words.dropFirst().contains(where: isCapital) { return text() }
    guard isCapital(first), words.count == 1 else { return nil }
    let lower = document.text[first].lowercased()
    if Self.pronouns.contains(lower) { return nil }
    let sentence = document.sentences.index(at: first.start).map { document.sentences[$0] }
    let opening = sentence.flatMap { Words.ranges(in: $0, of: document.text).first }
    if opening != first { return text() }
    return document.text.utf8.firstRange(of: Array(lower.utf8)) == nil ? text() : nil
  }
}
