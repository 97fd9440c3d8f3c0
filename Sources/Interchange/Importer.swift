import JSONText
public import Standoff

/// A reader of another tool's format.
///
/// ```swift
/// let documents = try JSONLines.read(line) { _ in nil }
/// ```
///
/// A reader returns what the file says, in the file's own names and units. ``ForeignNames`` renames,
/// ``ForeignDocument/fittingUnit(_:)`` finds the unit, and ``ForeignDocument/annotations(by:on:scheme:format:at:)``
/// makes a set.
public protocol Importer: Sendable {
  /// The name of the format on the command line.
  static var name: String { get }
  /// The endings of its files' names, in lower case and without the point.
  static var endings: [String] { get }
  /// The part of a file that is read at once.
  static var piece: ImportPiece { get }
  /// The place of the text.
  static var textPlace: TextPlace { get }

  /// Reads one file, or one line of it, as ``piece`` says.
  ///
  /// - Parameters:
  ///   - bytes: the bytes of the file or line.
  ///   - texts: finds the text of a document by name; nil stands for the file itself, whose text is beside it or is
  ///     already known.
  ///   - choices: what the caller chose; a format takes what concerns it.
  /// - Returns: the documents of the file; none for a blank line.
  /// - Throws: ``ImportFault`` at the first place that cannot be read.
  static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault) -> [ForeignDocument]
}

extension Importer {
  /// Reads one file, or one line of it, for a caller who chose nothing.
  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    try read(bytes, texts: texts, choices: ImportChoices())
  }
}

/// A function that finds the text of a document by its name; a nil name asks for the text of the file that is read.
public typealias TextSource = (_ name: String?) -> DocumentText?

/// The part of a file that is read at once.
public enum ImportPiece: Sendable {
  /// One line, so that memory does not grow with the file.
  case line
  /// The whole file.
  case file
}

/// The place of the text that a format annotates.
public enum TextPlace: Sendable {
  /// In the file itself.
  case inside
  /// In a file beside it, whose name ends in `.txt`.
  case beside
  /// In the file as tokens, without its white space; a known text of that name is preferred.
  case tokens
}

/// A place in a file that cannot be read, with what was expected there.
public struct ImportFault: Error, Equatable, Sendable {
  /// The line, counted from 1.
  public let line: Int
  /// The column in code points, counted from 1.
  public let column: Int
  /// The expected thing, as a noun phrase.
  public let expected: String
  /// The thing found instead; nil at the end of the text.
  public let found: String?

  init(line: Int, column: Int = 1, expected: String, found: String?) {
    self.line = line
    self.column = column
    self.expected = expected
    self.found = found
  }

  init(_ fault: JSONFault) {
    self.init(line: fault.line, column: fault.column, expected: fault.expected, found: fault.found)
  }

  /// Creates a fault from an offset in bytes.
  ///
  /// - Parameters:
  ///   - byte: the number of bytes before the place.
  ///   - bytes: the bytes of the file or line.
  ///   - expected: the expected thing, as a noun phrase.
  ///   - found: the thing found instead; nil at the end of the text.
  public init(at byte: Int, in bytes: [UInt8], expected: String, found: String?) {
    let before = bytes[..<min(byte, bytes.count)]
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    self.init(
      line: before.count { $0 == 10 } + 1, column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1,
      expected: expected, found: found)
  }

  /// The fault with its line counted from the beginning of the file that the piece is part of.
  ///
  /// - Parameter lines: the number of lines before the piece.
  public func moved(down lines: Int) -> ImportFault {
    ImportFault(line: line + lines, column: column, expected: expected, found: found)
  }
}

/// The annotations of one text as another tool's file has them, in its own names and units.
public struct ForeignDocument: Sendable {
  /// The document's name; nil if the file gives none.
  public var name: String?
  /// The annotator's name; nil if the file gives none.
  public var annotator: String?
  /// The text that the offsets refer to.
  public var text: DocumentText
  /// The unit of the offsets; nil if neither format nor file says.
  public var unit: OffsetUnit?
  /// What is said of the document in free text.
  public var note = ""
  /// What tells the text of a document without a name from others of its file, where several people have annotated it.
  public var group: String?
  /// Whether a byte order mark stood before the text, which some tools count.
  public var hadMark = false
  /// Whether nobody has annotated the text, as opposed to having found nothing to mark.
  public var isBare = false
  /// The spans, in the order of the file.
  public var spans: [ForeignSpan] = []
  /// The relations, in the order of the file.
  public var relations: [ForeignRelation] = []
  /// Where the attributes of spans stand in the file, by name.
  public var attributeNames: [String: ForeignName] = [:]
  /// The tokens of the file, for formats that have them.
  public var tokens: TextTokens?
  /// Attributes of the document as a whole, each with the number of bytes before it in the file.
  public var attributes: [(name: String, value: String, byte: Int)] = []
  /// The things that cannot be represented here, each with the number of bytes before it in the file.
  public var leftOut: [(byte: Int, what: String)] = []

  /// Creates a document without annotations.
  public init(name: String? = nil, annotator: String? = nil, text: DocumentText, unit: OffsetUnit? = nil) {
    self.name = name
    self.annotator = annotator
    self.text = text
    self.unit = unit
  }
}

/// A span as another tool's file has it.
public struct ForeignSpan: Sendable {
  /// The words of a span that a file repeats beside the offsets, by which offsets are verified.
  public enum Words: Equatable, Sendable {
    /// The file gives no words.
    case none
    /// The text from the first fragment's start to the last one's end.
    case hull(String)
    /// The texts of the fragments, joined by a space.
    case joined(String)
    /// The text of each fragment.
    case each([String])
  }

  /// The id, which should be unique in its document.
  public var id: String
  /// The label; empty for a span to be left out.
  public var label: String
  /// The layer, in layered formats.
  public var layer: String?
  /// The feature whose value is the label; nil if the layer is the label, or there are no layers.
  public var feature: String?
  /// The ranges: half-open, in the unit of the file, in any order, not checked.
  public var fragments: [(start: Int, end: Int)]
  /// The words that the file gives.
  public var words = Words.none
  /// Values by attribute name.
  public var attributes: [String: String] = [:]
  /// The note; empty if there is none.
  public var note = ""
  /// The id of the event of which the span is the trigger; nil if there is none.
  public var event: String?
  /// The number of bytes before the span in the file.
  public var byte: Int

  init(_ id: String, _ label: String, _ fragments: [(start: Int, end: Int)], byte: Int) {
    self.id = id
    self.label = label
    self.fragments = fragments
    self.byte = byte
  }
}

/// A relation as another tool's file has it.
public struct ForeignRelation: Sendable {
  /// The id.
  public var id: String
  /// The type of relation.
  public var type: String
  /// The layer, in layered formats; for a slot, the layer of the span that has it.
  public var layer: String?
  /// The feature whose value is the type, or the slot; nil if the layer is the type, or there are no layers.
  public var feature: String?
  /// The type of a slot's links; nil for any other relation.
  public var range: String?
  /// The id of the span that it starts from.
  public var from: String
  /// The id of the span that it points to; nil for an absent target.
  public var to: String?
  /// The words for an absent target; may be empty.
  public var words = ""
  /// The number of bytes before the relation in the file.
  public var byte: Int

  init(_ id: String, _ type: String, from: String, to: String?, byte: Int) {
    self.id = id
    self.type = type
    self.from = from
    self.to = to
    self.byte = byte
  }
}

extension String {
  /// A note that is there, and another.
  func joined(_ note: String) -> String { isEmpty ? note : note.isEmpty ? self : self + " " + note }
}
