public import Standoff

/// A document with one set of annotations.
public struct AnnotatedDocument: Sendable {
  public let document: Document
  public let set: AnnotationSet

  public init(_ document: Document, _ set: AnnotationSet) {
    self.document = document
    self.set = set
  }
}

/// Writes annotations in the form of another tool.
public protocol Exporter: Sendable {
  /// The word that names the format on the command line.
  static var name: String { get }
  /// The unit of its offsets, as a noun in the plural.
  static var offsetUnit: String { get }
  /// What the format has no place for, ever, in words.
  static var notCarried: String { get }
  /// Where what is written goes.
  static var layout: ExportLayout { get }

  init()
  /// Writes one document with one set of annotations; those of a document follow one another.
  mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink)
  /// Writes what is left when all have been added.
  mutating func finish(_ sink: inout ExportSink)
}

extension Exporter {
  public mutating func finish(_ sink: inout ExportSink) {}
}

/// Whether a format is one file or a file for each document.
public enum ExportLayout: Equatable, Sendable {
  /// One file for all, of this ending.
  case file(String)
  /// A folder for each annotator, with a file for each document.
  case folder
}

/// Something of an annotation file that a format has no place for.
public struct Loss: Equatable, Sendable {
  public enum Reason: String, CaseIterable, Sendable {
    /// A discontinuous span stands as several, one for each fragment.
    case gap
    /// A discontinuous span stands as one, from its first word to its last.
    case hull
    /// A span begins or ends inside a token and is left out.
    case tokenBorder
    /// A span lies in no single sentence and is left out.
    case sentenceBorder
    /// A span that is no part of what the format is about.
    case loneSpan
    case attribute
    /// An attribute stands under another name, as the format keeps its own for itself.
    case attributeName
    case note
    /// A tab or the end of a line inside a note or a value stands as a blank.
    case lineBreak
    case relation
    /// A relation to what is not in the text.
    case absentTarget
  }

  public let reason: Reason
  public let document: String
  public let annotator: String
  /// The span that it is of, or that the relation starts from.
  public let span: Int
  /// The fragment that it is of, from 1; nil for all of the span.
  public let fragment: Int?
  /// The relation that is not written; nil where it is the span, or something of it.
  public let relation: Int?

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

/// Takes what exporters write: bytes by file, and losses.
public struct ExportSink: Sendable {
  /// In the order in which they were begun. The name is a path below the target; of a format that is one file it is empty,
  /// or the name of a layer.
  public private(set) var files: [(name: String, bytes: [UInt8])] = []
  public private(set) var losses: [Loss] = []
  private var places: [String: Int] = [:]

  public init() {}

  mutating func write(_ bytes: [UInt8], to file: String = "") {
    if let place = places[file] {
      files[place].bytes += bytes
    } else {
      places[file] = files.count
      files.append((file, bytes))
    }
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

  /// Names the spans with attributes that stand under another name.
  mutating func lose(renamed names: Set<String>, of version: AnnotatedDocument) {
    for span in version.set.spans where span.attributes.keys.contains(where: names.contains) {
      lose(span.id, of: version, .attributeName)
    }
  }

  /// Names what is there of kinds that the format has no place for at all.
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
