public import JSONText
public import Standoff

/// Why a file cannot be used, as facts with their place; only Workbench makes sentences of them.
public struct FileFault: Error, Equatable, Sendable {
  /// The file's path.
  public let file: String
  /// Line and column, from 1, where the fact has a place in the file.
  public let place: Place?
  public let fact: Fact

  public struct Place: Equatable, Sendable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  public enum Fact: Equatable, Sendable {
    case disk(DiskFault)
    case missing
    case notUTF8(byteOffset: Int)
    case json(expected: String, found: String?)
    /// The file names another annotator, document or role than its place says.
    case wrongName(key: String, expected: String, found: String)
    /// The document's text is not the one that the file was made for.
    case textChanged(expected: String, found: String)
    /// The words that a span carries are not the words at its offsets.
    case wordsDiffer(span: Int, stored: String, text: String)
    /// The hull, `start` and `end`, is not that of the fragments.
    case hullDiffers(span: Int)
    /// The annotator has read further than the text goes.
    case seenBeyondText(Int, length: Int)
    case spanNotAllowed(id: Int, AnnotationSet.Refusal)
    case relationNotAllowed(id: Int, AnnotationSet.Refusal)
    case declinedNotAllowed(AnnotationSet.Refusal)
    case unknownScheme(String, known: [String])
    case scheme([Scheme.Fault])
    /// A record in the middle of a journal that cannot be read, by its line.
    case journalDamaged
    /// A journal whose records belong to another content of the annotation file.
    case journalForeign
    /// The file was written by another program since it was read.
    case changedUnderneath
    /// An assignment of a document that is not there.
    case assignedMissing(String)
    /// Others' annotations of a document that the reader was assigned and has not done.
    case veiled(reader: String, document: String)
    /// Somebody writes it, or puts a corrected text under it.
    case held(by: String)
    /// Another command, such as “another import”, is at the same work.
    case busy(String)
    case nameNotAllowed(String)
    case nameTaken(String, by: String)
  }

  public init(_ file: String, _ fact: Fact, at place: Place? = nil) {
    self.file = file
    self.place = place
    self.fact = fact
  }

  init(_ file: String, _ fact: Fact, at place: JSONReader.Place?, in bytes: [UInt8]) {
    let fault = place.map { JSONReader(bytes).fault(at: $0, expected: "", found: nil) }
    self.init(file, fact, at: fault.map { Place(line: $0.line, column: $0.column) })
  }

  /// A file that is no JSON of its kind.
  public init(_ file: String, _ fault: JSONFault) {
    self.init(
      file, .json(expected: fault.expected, found: fault.found),
      at: Place(line: fault.line, column: fault.column))
  }

  init(_ fault: DiskFault) { self.init(fault.path, .disk(fault)) }
}
