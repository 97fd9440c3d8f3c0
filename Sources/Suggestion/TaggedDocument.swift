public import Standoff

/// A document with the spans that count as correct, and the sentences that were read.
public struct TaggedDocument: Sendable {
  public let document: Document
  public let set: AnnotationSet
  public let sentences: Range<Int>

  /// - Parameter sentences: those that were read; nil for all.
  public init(_ document: Document, _ set: AnnotationSet, sentences: Range<Int>? = nil) {
    self.document = document
    self.set = set
    self.sentences = sentences ?? 0..<document.sentences.count
  }
}
