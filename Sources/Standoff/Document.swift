import Synchronization

/// A text with its metadata, its zones and its sentences.
public struct Document: Equatable, Sendable {
  /// The document's name, which is also the name of its folder; see ``Scheme/isPlainName(_:)``.
  public let id: String
  /// The text.
  public let text: DocumentText
  /// The SHA-256 digest of the text's bytes, as 64 hexadecimal digits; not checked here.
  public let sha256: String
  /// The title.
  public let title: String
  /// The publisher or agency; nil if unknown.
  public let source: String?
  /// The address of the original; nil if unknown.
  public let url: String?
  /// The date of publication, such as `2026-11-22`; nil if unknown.
  public let published: String?
  /// The language, as a BCP 47 tag such as `en`; nil if unknown.
  public let language: String?
  /// The parts of the text other than its body, in reading order, none overlapping another.
  public let zones: [Zone]
  /// The sentences of the text, found when they are first asked for.
  ///
  /// - Complexity: O(*bytes*) the first time, for all copies of the document together.
  public var sentences: Sentences { found.sentences(of: text) }
  private let found: FoundSentences

  /// Creates a document; digest, zones and sentences are taken on trust, and nil *sentences* are found when they are
  /// asked for.
  public init(
    id: String, text: DocumentText, sha256: String, title: String, source: String? = nil, url: String? = nil,
    published: String? = nil, language: String? = nil, zones: [Zone] = [], sentences: Sentences? = nil
  ) {
    self.id = id
    self.text = text
    self.sha256 = sha256
    self.title = title
    self.source = source
    self.url = url
    self.published = published
    self.language = language
    self.zones = zones
    found = FoundSentences(sentences)
  }

  /// The sentence with this number, counted from 0; the empty range at offset 0 if there is none.
  public func sentence(_ number: Int) -> TextRange {
    number < sentences.count ? sentences[number] : TextRange(0, 0)
  }

  /// Whether two documents have the same text and metadata.
  ///
  /// Digests and sentences are not compared, since they follow from the text.
  public static func == (a: Document, b: Document) -> Bool {
    a.id == b.id && a.text == b.text && a.title == b.title && a.source == b.source && a.url == b.url
      && a.published == b.published && a.language == b.language && a.zones == b.zones
  }
}

/// The sentences of a text, once they were asked for.
private final class FoundSentences: Sendable {
  private let found: Mutex<Sentences?>

  init(_ sentences: Sentences?) { found = Mutex(sentences) }

  func sentences(of text: DocumentText) -> Sentences {
    found.withLock { found in
      if let found { return found }
      let sentences = Sentences(text)
      found = sentences
      return sentences
    }
  }
}
