import Standoff
import Storage

/// Reads one version of one document for the ledger.
struct LedgerReader {
  private let document: Document
  private let set: AnnotationSet
  private let scheme: Scheme
  private let lists: SharedLists
  private let speakers: EffectiveSpeakers
  /// The relation from a denial to the claim; nil if the scheme has none.
  private let denies: Scheme.RelationType?
  /// The label of quotes; nil if the scheme has none.
  private let quotation: String?
  private let quotes: SpanIndex
  /// The contents that are no quotes.
  private let statements: SpanIndex
  private let relationsFrom: [Int: [Relation]]
  /// The denials that lead to each span.
  private let denialsOf: [Int: [Int]]

  init(_ document: Document, _ set: AnnotationSet, _ lists: SharedLists) {
    self.document = document
    self.set = set
    self.lists = lists
    scheme = set.scheme
    speakers = EffectiveSpeakers(set, in: document) { lists.name(of: $0) ?? $0 }
    let (scheme, denies) = (set.scheme, set.scheme.relation("denies"))
    let quotation = scheme.quotationLabel?.name
    self.denies = denies
    self.quotation = quotation
    let contents = Set(scheme.labels.filter { $0.kind == .content }.map(\.name))
    quotes = SpanIndex(set.spans.lazy.filter { $0.label == quotation })
    statements = SpanIndex(set.spans.lazy.filter { contents.contains($0.label) && $0.label != quotation })
    relationsFrom = Dictionary(grouping: set.relations, by: \.from)
    var denialsOf: [Int: [Int]] = [:]
    for relation in set.relations where relation.type == denies?.name {
      if case .span(let claim) = relation.to { denialsOf[claim, default: []].append(relation.from) }
    }
    self.denialsOf = denialsOf
  }

  /// The matters, in order of appearance.
  var matters: [Ledger.Matter] {
    var matters: [Ledger.Matter] = []
    var places: [String?: Int] = [:]
    func place(_ key: String?) -> Int {
      if let place = places[key] { return place }
      places[key] = matters.count
      matters.append(Ledger.Matter(key: key, proposition: key.flatMap(lists.proposition)))
      return matters.count - 1
    }
    let leftOut = document.leftOut()
    for span in set.inReadingOrder
    where scheme.label(span.label)?.kind == .content && !span.hull.lies(in: leftOut) {
      if isDenial(span) {
        let targets = targets(of: span)
        let absent = targets.compactMap { if case .absent(let words) = $0 { words } else { nil as String? } }
        if targets.isEmpty || !absent.isEmpty {
          let entry = Ledger.Denial(denial: statement(span), claim: absent.first)
          matters[place(key(of: span))].denials.append(entry)
        }
      } else if isQuote(span) {
        if statements.overlapping(span.fragments).isEmpty {
          matters[place(key(of: span))].quotes.append(statement(span))
        }
      } else {
        let denials = (denialsOf[span.id] ?? []).compactMap(set.span)
        let entry = Ledger.Claim(claim: statement(span), denials: denials.map(statement))
        matters[place(key(of: span) ?? denials.lazy.compactMap(key).first)].claims.append(entry)
      }
    }
    return matters
  }

  private func isDenial(_ span: Annotation) -> Bool { denies?.from.contains(span.label) == true }
  private func isQuote(_ span: Annotation) -> Bool { quotation == span.label }

  private func targets(of span: Annotation) -> [Relation.Target] {
    (relationsFrom[span.id] ?? []).filter { $0.type == denies?.name }.map(\.to)
  }

  /// The key of the matter that a span is about.
  private func key(of span: Annotation) -> String? {
    span.attributes[SharedLists.matterAttribute].map { lists.key(of: $0) ?? $0 }
  }

  private func statement(_ span: Annotation) -> Ledger.Statement {
    let quotes = quotes.overlapping(span.fragments).filter { $0.id != span.id }
    return Ledger.Statement(
      document: document.id, title: document.title, published: document.published, span: span.id, label: span.label,
      range: span.hull, sentence: (document.sentences.index(at: span.hull.start) ?? 0) + 1, words: words(of: span),
      speaker: speaker(of: span), cue: part(.cue, of: span).map(words) ?? "", quotes: quotes.map(words))
  }

  private func words(of span: Annotation) -> String {
    span.fragments.map(document.text.onOneLine).joined(separator: " … ")
  }

  /// The span of a kind to which a span is related.
  private func part(_ kind: Scheme.Label.Kind, of span: Annotation) -> Annotation? {
    for relation in relationsFrom[span.id] ?? [] {
      guard case .span(let id) = relation.to, let target = set.span(id), scheme.label(target.label)?.kind == kind else {
        continue
      }
      return target
    }
    return nil
  }

  private func speaker(of span: Annotation) -> Ledger.Speaker {
    if let name = speakers[span.id] { return .named(name) }
    if let source = part(.source, of: span) { return .source(words(of: source)) }
    switch span.attributes["attribution"] {
    case "implicit": return .implicit
    case "author": return .author
    default: return .unknown
    }
  }
}
