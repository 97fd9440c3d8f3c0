import JSONText
public import Standoff

/// Reads annotations in the form of another tool.
public protocol Importer: Sendable {
  /// The word that names the format on the command line.
  static var name: String { get }
  /// What a file's name ends with, after a point and in lower case.
  static var endings: [String] { get }
  /// How files are read.
  static var piece: ImportPiece { get }
  /// Where the text stands.
  static var textPlace: TextPlace { get }

  /// Reads a file, or one line of it.
  ///
  /// - Parameter texts: the text of the document of a name, of nil that of the file itself: the one beside the file or, where
  ///   there is none, of the document of that name that is there already.
  static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument]
}

/// Finds the text of a document by its name; of nil, that of the file that is read.
public typealias TextSource = (_ name: String?) -> DocumentText?

/// What is read at once.
public enum ImportPiece: Sendable {
  case line
  case file
}

/// Where a format keeps the text.
public enum TextPlace: Sendable {
  /// In the file.
  case inside
  /// In a file beside it, whose name ends in `.txt`.
  case beside
  /// In the file as tokens, so that white space is not known; the text of the document of that name is better.
  case tokens
}

/// A place in a file where something else was expected.
public struct ImportFault: Error, Equatable, Sendable {
  /// Line, counted from 1.
  public let line: Int
  /// Column in code points, counted from 1.
  public let column: Int
  /// What should stand there, as a noun.
  public let expected: String
  /// What stands there instead; nil where the text ends.
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

  /// - Parameter byte: the place, in bytes from the beginning.
  public init(at byte: Int, in bytes: [UInt8], expected: String, found: String?) {
    let before = bytes[..<min(byte, bytes.count)]
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    self.init(
      line: before.count { $0 == 10 } + 1, column: before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1,
      expected: expected, found: found)
  }

  /// The same fault in a file in which the piece begins at a later line.
  public func moved(down lines: Int) -> ImportFault {
    ImportFault(line: line + lines, column: column, expected: expected, found: found)
  }
}

/// What another tool's file says of one text, in its own names and units.
public struct ForeignDocument: Sendable {
  /// As the file names it; nil where it does not.
  public var name: String?
  /// Who made the annotations, where the file says it.
  public var annotator: String?
  public var text: DocumentText
  /// The unit of offsets, where the format leaves no doubt.
  public var unit: OffsetUnit?
  /// Whether it is a text that nobody has annotated.
  public var isBare = false
  public var spans: [ForeignSpan] = []
  public var relations: [ForeignRelation] = []
  /// What the model has no place for: bytes before it in the file, and what it is.
  public var leftOut: [(byte: Int, what: String)] = []

  public init(name: String? = nil, annotator: String? = nil, text: DocumentText, unit: OffsetUnit? = nil) {
    self.name = name
    self.annotator = annotator
    self.text = text
    self.unit = unit
  }
}

/// A span as another tool's file has it.
public struct ForeignSpan: Sendable {
  /// The words that the file gives beside the offsets.
  public enum Words: Equatable, Sendable {
    case none
    /// From the first fragment's start to the last one's end.
    case hull(String)
    /// Of each fragment, one after another, joined by a blank.
    case joined(String)
    /// Of each fragment.
    case each([String])
  }

  /// Unique in its document.
  public var id: String
  public var label: String
  /// Half-open, in the unit of the file; in any order.
  public var fragments: [(start: Int, end: Int)]
  public var words = Words.none
  public var attributes: [String: String] = [:]
  public var note = ""
  /// The id of the event that this is the trigger of.
  public var event: String?
  /// Where it stands: bytes before it in the file.
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
  public var id: String
  public var type: String
  /// The id of a span.
  public var from: String
  /// The id of a span; nil where the target is not in the text.
  public var to: String?
  /// Of a target that is not in the text.
  public var words = ""
  /// Where it stands: bytes before it in the file.
  public var byte: Int

  init(_ id: String, _ type: String, from: String, to: String?, byte: Int) {
    self.id = id
    self.type = type
    self.from = from
    self.to = to
    self.byte = byte
  }
}
