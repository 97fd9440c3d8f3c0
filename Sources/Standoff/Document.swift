/// A text with what is known about it.
public struct Document: Equatable, Sendable {
  /// The name of its folder.
  public let id: String
  public let text: DocumentText
  /// Digest of the text's bytes, 64 hexadecimal digits.
  public let sha256: String
  public let title: String
  public let source: String?
  public let url: String?
  /// A date, `2026-11-22`.
  public let published: String?
  /// A BCP 47 tag.
  public let language: String?
  /// Parts of the text that are no body, in reading order, apart.
  public let zones: [Zone]
  public let sentences: Sentences

  /// - Parameter sentences: those of the text, where they are known already.
  /// - Complexity: O(*bytes*) where the text must be cut into sentences.
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
    self.sentences = sentences ?? Sentences(text)
  }

  /// A sentence by its number from 0; the empty range at the start where the text has none.
  public func sentence(_ number: Int) -> TextRange {
    number < sentences.count ? sentences[number] : TextRange(0, 0)
  }

  public static func == (a: Document, b: Document) -> Bool {
    a.id == b.id && a.text == b.text && a.title == b.title && a.source == b.source && a.url == b.url
      && a.published == b.published && a.language == b.language && a.zones == b.zones
  }
}
