import Storage
import Pages
import Standoff
import Suggestion

extension Session {
  /// Whether suggestions are shown with each sentence.
  package var isSuggesting: Bool { suggesting.isOn }

  /// Whether learning is under way.
  package var isLearning: Bool { suggesting.background.isLearning }

  /// Whether suggestions can be turned on.
  package var maySuggest: Bool { suggesting.isAllowed && adjudication == nil }

  /// Learns, in the background, from what this annotator has marked in the workspace.
  mutating func learn() {
    suggesting.learnedAt = editCount
    let suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
    let (documents, kept, canAsk) = (taggedDocuments, suggesting.kept, canAsk)
    suggesting.background.learn(for: document, waiting: !canAsk) {
      Learning(documents(), suggester: suggester, kept: kept, givingWay: canAsk)
    }
  }

  /// Reads what this annotator has marked in the workspace.
  var taggedDocuments: @Sendable () -> [TaggedDocument] {
    { [workspace, annotator, document, set] in
      var tagged: [TaggedDocument] = []
      func add(_ document: Document, _ set: AnnotationSet) {
        let read = Self.read(document, set)
        if !set.spans.isEmpty, !read.isEmpty { tagged.append(TaggedDocument(document, set, sentences: read)) }
      }
      add(document, set)
      for name in (try? workspace.documentNames()) ?? [] where name != document.id {
        guard let other = try? workspace.document(name), other.language == document.language,
          let theirs = try? workspace.annotations(of: annotator, on: other), theirs.scheme.name == set.scheme.name
        else { continue }
        add(other, theirs)
      }
      return tagged
    }
  }

  /// The sentences that the annotator has read.
  private static func read(_ document: Document, _ set: AnnotationSet) -> Range<Int> {
    if set.status == .complete { return 0..<document.sentences.count }
    let last = set.spans.map(\.hull.end).max() ?? 0
    return 0..<min(document.sentences.count, last == 0 ? 0 : (document.sentences.index(at: last - 1) ?? 0) + 1)
  }

  /// Picks up another program's suggestions that have arrived meanwhile.
  mutating func collect() -> Page {
    guard let result = suggesting.background.takeFromProgram() else { return Page() }
    switch result {
    case .success(let found):
      suggesting.fromProgram = found
      return Page("The program suggests \(counted(found.count, "span")).")
    case .failure(let complaint):
      return Page(complaint.page.lines)
    }
  }

  /// The suggestions for the current sentence, without those declined or already tagged, with what they have to do with
  /// spans that are marked.
  var openSuggestions: [Suggestion] { suggesting.isOn ? openSuggestions(in: sentence).map(related) : [] }

  /// A suggestion with the claim that it denies and the name of who speaks.
  private func related(_ suggestion: Suggestion) -> Suggestion {
    guard let lexicon = suggesting.lexicon else { return suggestion }
    var suggestion = suggestion
    let names = SpeakerNames(lexicon, document, set, listed: lists.name(of:))
    var speaker: String?
    if let source = scheme.part(.source, of: suggestion.label)?.label.name, let range = suggestion.source {
      speaker = set.annotations(in: range).first { $0.label == source }?.attributes[EffectiveSpeakers.attribute]
      if speaker == nil, scheme.attribute(EffectiveSpeakers.attribute)?.labels.contains(source) == true {
        suggestion.speaker = names.name(of: range)
        speaker = suggestion.speaker?.name
      }
    }
    guard let claims = DeniedClaims(lexicon, document, set) else { return suggestion }
    if suggestion.label == scheme.denialLabel?.name {
      suggestion.denied = claims.claim(deniedBy: suggestion.fragments, speaker: speaker)
    } else if suggestion.label == scheme.claimLabel?.name {
      suggestion.denial = claims.denial(of: suggestion.fragments)
    }
    return suggestion
  }

  func openSuggestions(in sentence: Int) -> [Suggestion] {
    guard suggesting.isAllowed, sentence < document.sentences.count else { return [] }
    let here = document.sentences[sentence]
    let suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
    let built =
      suggesting.background.suggestions(in: sentence, of: document)
      ?? suggester.suggestions(in: sentence, of: document)
    let others = suggesting.fromProgram.filter { $0.fragments.contains { $0.overlaps(here) } }
    let spans = set.annotations(
      in: TextRange(
        min(here.start, built.map(\.hull.start).min() ?? here.start),
        max(here.end, built.map(\.hull.end).max() ?? here.end)))
    let twice = { (one: Suggestion) in built.contains { $0.label == one.label && $0.fragments == one.fragments } }
    return (built + others.filter { !twice($0) }).filter {
      $0.confidence >= suggesting.floor && isOpen($0, among: spans)
    }
  }

  /// The number of sentences to look ahead for suggestions.
  private static let suggestionReach = 30

  /// The number of sentences after this one in which suggestions are looked for.
  var sentencesAhead: Int { min(Self.suggestionReach, document.sentences.count - sentence - 1) }

  /// The next sentence with an open suggestion, from 0; nil if none is within reach.
  var nextSuggestion: Int? {
    (0..<max(0, sentencesAhead)).map { sentence + 1 + $0 }.first { !openSuggestions(in: $0).isEmpty }
  }

  /// The source and cue that the lexicon finds for a span.
  func attribution(of id: Int) -> (source: TextRange?, cue: TextRange)? {
    guard let span = set.span(id), let home = document.sentences.index(at: span.hull.start) else { return nil }
    let suggester = Suggester(scheme: scheme, lexicon: suggesting.lexicon)
    let found = suggester.attributions(in: home, of: document).first { attribution in
      attribution.content.contains { content in span.fragments.contains { $0.overlaps(content) } }
        && !span.covers(anyOf: attribution.cue)
    }
    return found.map { ($0.source, $0.cue) }
  }

  /// Whether a suggestion was neither declined nor accepted, even with other edges.
  private func isOpen(_ suggestion: Suggestion, among spans: [Annotation]) -> Bool {
    if set.declines(SpanKey(suggestion)) { return false }
    let length = suggestion.fragments.reduce(0) { $0 + $1.count }
    return !spans.contains { span in
      span.label == suggestion.label && 2 * Annotation.common(suggestion.fragments, span.fragments) > length
    }
  }

  /// The current sentence's suggestions, numbered.
  var suggestionLines: Page {
    var page = Page()
    for (index, suggestion) in openSuggestions.enumerated() {
      page.append(
        "#\(index + 1) \(described(suggestion))", Page.Style(colour: scheme.label(suggestion.label)?.colour), indent: 4)
    }
    return page
  }

  func described(_ suggestion: Suggestion) -> String {
    func words(_ range: TextRange) -> String { Complaint.shortened(document.text[range], to: 48) }
    let content = suggestion.fragments.map { "‹\(words($0))›" }.joined(separator: " + ")
    var text = "\(suggestion.label)? \(content)"
    if suggestion.source != nil || suggestion.cue != nil {
      text += " < \(suggestion.source.map(words) ?? "-")"
      if let cue = suggestion.cue { text += " < \(words(cue))" }
    }
    if let speaker = suggestion.speaker {
      text += " @ \(Complaint.shortened(speaker.name, to: 48))\(speaker.isGuess ? "?" : "")"
    }
    if let denied = suggestion.denied {
      text += " > #\(denied)"
      if let matter = set.span(denied)?.attributes["about"] { text += " * \(Complaint.shortened(matter, to: 24))" }
    }
    if let denial = suggestion.denial { text += ", denied by #\(denial)" }
    let percent = Int((suggestion.confidence * 100).rounded())
    return text + " – \(reason(suggestion.reason)), \(percent) %"
  }

  private func reason(_ reason: Suggestion.Reason) -> String {
    switch reason {
    case .quotationMarks: "quotation marks"
    case .cue(let word): "“\(Complaint.shortened(word, to: 24))” reports"
    case .denial(let word): "“\(Complaint.shortened(word, to: 24))” denies"
    case .examples(let examples):
      "as in \(examples.map { "“\(Complaint.shortened($0, to: 24))”" }.joined(separator: ", "))"
    case .model(let name): "model \(Complaint.shortened(name, to: 24))"
    case .program(let text): Complaint.shortened(text, to: 48)
    }
  }
}
