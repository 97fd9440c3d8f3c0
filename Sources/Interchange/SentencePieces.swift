import Standoff

extension AnnotatedDocument {
  /// The document divided into sentences, each a document named after the whole and its sentence number, from 1.
  ///
  /// - Returns: the sentences, and the losses: spans that cross sentences, relations between sentences.
  public func sentences() -> (pieces: [AnnotatedDocument], losses: [Loss]) {
    var losses: [Loss] = []
    var pieces: [AnnotatedDocument] = []
    let all = set.inReadingOrder
    var sentenceOf: [Int: Int] = [:]
    var spans = [[Annotation]](repeating: [], count: document.sentences.count)
    var sentence = 0
    for span in all {
      while sentence + 1 < document.sentences.count, document.sentences[sentence].end <= span.hull.start {
        sentence += 1
      }
      if document.sentences.count > 0, document.sentences[sentence].contains(span.hull) {
        sentenceOf[span.id] = sentence
        spans[sentence].append(span)
      } else {
        losses.append(Loss(.sentenceBorder, of: self, span: span.id))
      }
    }
    var relations = [[Relation]](repeating: [], count: document.sentences.count)
    for relation in set.relations {
      var target = sentenceOf[relation.from]
      if case .span(let id) = relation.to { target = sentenceOf[id] }
      if let from = sentenceOf[relation.from], from == target {
        relations[from].append(relation)
      } else {
        losses.append(Loss(.relation, of: self, span: relation.from, relation: relation.id))
      }
    }
    for index in 0..<document.sentences.count {
      let range = document.sentences[index]
      let text = DocumentText(document.text[range])
      let piece = Document(
        id: "\(document.id)-\(index + 1)", text: text, sha256: document.sha256, title: document.title,
        source: document.source, url: document.url, published: document.published, language: document.language)
      var part = AnnotationSet(
        document: piece.id, annotator: set.annotator, role: set.role, pass: set.pass, scheme: set.scheme,
        schemeVersion: set.schemeVersion, textSHA256: set.textSHA256, textLength: text.count)
      let moved = spans[index].map { span -> Annotation in
        var span = span
        span.fragments = span.fragments.map { TextRange($0.start - range.start, $0.end - range.start) }
        return span
      }
      // Cannot fail: a part of a set keeps its rules.
      try? part.fill(
        spans: moved, relations: relations[index], ofDocument: set.ofDocument, status: set.status, seenTo: text.count)
      pieces.append(AnnotatedDocument(piece, part))
    }
    return (pieces, losses)
  }
}
