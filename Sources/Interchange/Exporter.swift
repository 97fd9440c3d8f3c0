public import Standoff

/// A document with one set of annotations, the unit of export.
public struct AnnotatedDocument: Sendable {
  /// The document.
  public let document: Document
  /// The annotations, whose offsets refer to the document's text.
  public let set: AnnotationSet

  /// The tokens in which the text came from another tool; nil if it did not, and formats of tokens cut their own.
  public let tokens: TextTokens?
  private let originals: (labels: [String: String], attributes: [String: String], relations: [String: String])

  /// Pairs a document with annotations of its text, and the tokens that it came with.
  public init(_ document: Document, _ set: AnnotationSet, tokens: TextTokens? = nil) {
    self.document = document
    self.set = set
    self.tokens = tokens
    func table(_ names: [(String, ForeignName)]) -> [String: String] {
      Dictionary(
        names.compactMap { name, foreign in foreign.original.map { (name, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    originals = (
      table(set.scheme.labels.map { ($0.name, $0.foreign) }),
      table(set.scheme.attributes.map { ($0.name, $0.foreign) }),
      table(set.scheme.relations.map { ($0.name, $0.foreign) })
    )
  }

  /// The name under which a label goes out: the one that it came in under.
  func label(_ name: String) -> String { originals.labels[name] ?? name }
  /// The name under which an attribute goes out.
  func attribute(_ name: String) -> String { originals.attributes[name] ?? name }
  /// The name under which a relation goes out.
  func relation(_ name: String) -> String { originals.relations[name] ?? name }
}

/// A writer of another tool's format.
///
/// ```swift
/// var sink = ExportSink()
/// var writer = JSONLines()
/// writer.add(AnnotatedDocument(document, set), to: &sink)
/// writer.finish(&sink)
/// ```
///
/// Create a writer, add every set, finish. A writer touches no disk and refuses nothing: what its format cannot express
/// is a ``Loss`` in the sink.
public protocol Exporter: Sendable {
  /// The name of the format on the command line.
  static var name: String { get }
  /// The unit of the format's offsets, as a plural noun.
  static var offsetUnit: String { get }
  /// The things that the format can never express, in words; they are not reported as losses.
  static var notCarried: String { get }
  /// The files that the format consists of.
  static var layout: ExportLayout { get }
  /// Whether the format has a place for attributes of documents; if not, they are a loss.
  static var carriesDocumentAttributes: Bool { get }
  /// Whether what is written of a set hangs on no other set, so that sets can be written at once by several writers.
  static var writesApart: Bool { get }

  /// The types of the columns of every line, as `Features.from_dict` of Hugging Face `datasets` takes them; nil for a
  /// format that `datasets` does not load.
  ///
  /// A part of a split may have no value from which a type could be told.
  func features(_ scheme: Scheme) -> [UInt8]?

  /// Creates a writer of one export.
  init()
  /// Writes one set of annotations; the sets of one document are added one after another.
  mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink)
  /// Writes what can be written only after the last set.
  mutating func finish(_ sink: inout ExportSink)
}

extension Exporter {
  public static var carriesDocumentAttributes: Bool { false }

  public static var writesApart: Bool { false }

  public func features(_ scheme: Scheme) -> [UInt8]? { nil }

  /// Does nothing, as suits a format that writes each set as it comes.
  public mutating func finish(_ sink: inout ExportSink) {}
}

/// The division of an export into files.
public enum ExportLayout: Equatable, Sendable {
  /// One file, with this ending.
  case file(String)
  /// A folder for each annotator, with a file for each document.
  case folder
}

/// Something in a set that its format cannot express.
public struct Loss: Equatable, Sendable {
  /// The kind of loss; spans and relations are written unless it says otherwise.
  public enum Reason: String, CaseIterable, Sendable {
    /// A discontinuous span is written as one span for each fragment.
    case gap
    /// A discontinuous span is written without its gaps.
    case hull
    /// A span begins or ends with white space, which is not written.
    case trimmed
    /// A span of white space is not written.
    case blank
    /// A span begins or ends inside a token and is not written.
    case tokenBorder
    /// A span crosses sentences, or lies in none, and is not written.
    case sentenceBorder
    /// A span has no role in the format, such as a source of no quote, and is not written.
    case loneSpan
    /// Attributes are not written.
    case attribute
    /// An attribute is written under another name, since the format reserves its own.
    case attributeName
    /// The note is not written.
    case note
    /// Attributes, a note or a question of the document as a whole are not written; the span is 0.
    case document
    /// A tab or line break in a note or value is written as a space.
    case lineBreak
    /// Control characters of the text are written as U+FFFD, since XML has no place for them; the span is 0.
    case control
    /// A text that a spreadsheet would run as a formula is written with an apostrophe before it.
    case formula
    /// A relation is not written.
    case relation
    /// A relation to an absent target is not written.
    case absentTarget
  }

  /// The kind of loss.
  public let reason: Reason
  /// The id of the document.
  public let document: String
  /// The name of the annotator.
  public let annotator: String
  /// The id of the span at issue, or of the span from which the relation starts.
  public let span: Int
  /// The fragment at issue, counted from 1; nil for the whole span.
  public let fragment: Int?
  /// The id of the relation at issue; nil for a span.
  public let relation: Int?

  /// The loss of what is said of a document as a whole; nil if nothing is, or a format carries it.
  ///
  /// - Parameters:
  ///   - version: the annotations that are exported.
  ///   - carriesAttributes: whether the format has a place for attributes of documents.
  public init?(ofDocument version: AnnotatedDocument, carriesAttributes: Bool) {
    let said = version.set.ofDocument
    let isLost = !said.note.isEmpty || !said.question.isEmpty || !said.attributes.isEmpty && !carriesAttributes
    guard isLost else { return nil }
    self.init(.document, of: version, span: 0)
  }

  init(
    _ reason: Reason, of version: AnnotatedDocument, span: Int, fragment: Int? = nil, relation: Int? = nil
  ) {
    self.reason = reason
    document = version.document.id
    annotator = version.set.annotator
    self.span = span
    self.fragment = fragment
    self.relation = relation
  }
}

/// The output of an export: the bytes of each file, and the losses.
public struct ExportSink: Sendable {
  /// The files in the order in which they were begun.
  ///
  /// A name is a path below the export's folder; for a format of one file it is empty, or names a layer (``CoNLL``).
  public private(set) var files: [(name: String, bytes: [UInt8])] = []
  /// The losses in the order in which they were found.
  public private(set) var losses: [Loss] = []
  private var places: [String: Int] = [:]

  /// Creates an empty sink.
  public init() {}

  mutating func write(_ bytes: [UInt8], to file: String = "") {
    if let place = places[file] {
      files[place].bytes += bytes
    } else {
      places[file] = files.count
      files.append((file, bytes))
    }
  }

  /// Takes out the bytes of the only file of a format of one file, which stays begun.
  public mutating func takeBytes() -> [UInt8] {
    guard files.count == 1 else { return [] }
    defer { files[0].bytes = [] }
    return files[0].bytes
  }

  /// Appends what was written to another sink.
  public mutating func append(_ other: ExportSink) {
    for file in other.files { write(file.bytes, to: file.name) }
    losses += other.losses
  }

  mutating func lose(_ span: Int, of version: AnnotatedDocument, _ reason: Loss.Reason) {
    losses.append(Loss(reason, of: version, span: span))
  }

  mutating func lose(_ piece: SpanPiece, of version: AnnotatedDocument, _ reason: Loss.Reason) {
    losses.append(Loss(reason, of: version, span: piece.span.id, fragment: piece.number))
  }

  mutating func lose(_ relation: Relation, of version: AnnotatedDocument, _ reason: Loss.Reason = .relation) {
    losses.append(Loss(reason, of: version, span: relation.from, relation: relation.id))
  }

  /// Reports a text with characters that XML has no place for.
  mutating func loseControls(of version: AnnotatedDocument) {
    let hasControls = version.document.text.string.unicodeScalars.contains { scalar in
      scalar.value < 32 && !["\t", "\n", "\r"].contains(scalar)
    }
    if hasControls { losses.append(Loss(.control, of: version, span: 0)) }
  }

  /// The pieces without white space at their edges, for formats of tokens; what is left out is reported.
  mutating func trimmed(_ pieces: [SpanPiece], of version: AnnotatedDocument) -> [SpanPiece] {
    let scalars = version.document.text
    func isBlank(_ offset: Int) -> Bool {
      scalars[TextRange(offset, offset + 1)].unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
    return pieces.compactMap { piece in
      var (start, end) = (piece.range.start, piece.range.end)
      while start < end, isBlank(start) { start += 1 }
      while end > start, isBlank(end - 1) { end -= 1 }
      if start == end {
        lose(piece, of: version, .blank)
        return nil
      }
      let range = TextRange(start, end)
      if range == piece.range { return piece }
      lose(piece, of: version, .trimmed)
      return SpanPiece(span: piece.span, number: piece.number, range: range)
    }
  }

  /// Reports each span that has one of the attributes written under another name.
  mutating func lose(renamed names: Set<String>, of version: AnnotatedDocument) {
    for span in version.set.spans where span.attributes.keys.contains(where: names.contains) {
      lose(span.id, of: version, .attributeName)
    }
  }

  /// Reports everything of the kinds that the format never expresses.
  mutating func lose(all reasons: Set<Loss.Reason>, of version: AnnotatedDocument) {
    for span in version.set.spans {
      if reasons.contains(.gap), span.isDiscontinuous { lose(span.id, of: version, .gap) }
      if reasons.contains(.attribute), !span.attributes.isEmpty { lose(span.id, of: version, .attribute) }
      if reasons.contains(.note), !span.note.isEmpty { lose(span.id, of: version, .note) }
    }
    for relation in version.set.relations {
      if reasons.contains(.relation) {
        lose(relation, of: version)
      } else if reasons.contains(.absentTarget), case .absent = relation.to {
        lose(relation, of: version, .absentTarget)
      }
    }
  }
}
