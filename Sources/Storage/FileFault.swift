import Glibc
public import JSONText
public import Standoff

/// Why a file cannot be used, as facts with their position; Pages turns them into sentences.
public struct FileFault: Error, Equatable, Sendable {
  /// The file's path.
  public let file: String
  /// The line and column, from 1; nil if the fact has no position in the file.
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
    /// The file names another annotator, document or role than its path does.
    case wrongName(key: String, expected: String, found: String)
    /// The document's text is not the one that the file belongs to.
    case textChanged(expected: String, found: String)
    /// The words recorded for a span are not those at its offsets.
    case wordsDiffer(span: Int, stored: String, text: String)
    /// A span's `start` and `end` are not those of its fragments.
    case hullDiffers(span: Int)
    /// The annotator has read beyond the end of the text.
    case seenBeyondText(Int, length: Int)
    /// The skipped ranges are out of order, overlap, reach beyond what was read, or stand in a file of format 1.
    case skippedNotAllowed(seenTo: Int)
    case spanNotAllowed(id: Int, AnnotationSet.Refusal)
    case relationNotAllowed(id: Int, AnnotationSet.Refusal)
    case declinedNotAllowed(AnnotationSet.Refusal)
    case documentAttributeNotAllowed(AnnotationSet.Refusal)
    case unknownScheme(String, known: [String])
    case scheme([Scheme.Fault])
    /// A record in the middle of the journal cannot be read.
    case journalDamaged
    /// The journal's records belong to a different content of the annotation file.
    case journalForeign
    /// A record that a later version of the program wrote, with its format.
    case newerFormat(Int)
    /// Another program has written the file since it was read.
    case changedUnderneath
    /// An assignment of a document that does not exist.
    case assignedMissing(String)
    /// Others' annotations of a document that the reader was assigned and has not done.
    case veiled(reader: String, document: String)
    /// Somebody else is editing the file or realigning its document.
    case held(by: String)
    /// Another command, such as “another import”, is at the same work.
    case busy(String)
    /// A change of several files failed, and could not be taken back wholly: the paths of what was done.
    case partlyDone([String], kept: [String], DiskFault)
    /// A change of several files that could be neither completed nor undone yet.
    case unsettled(DiskFault)
    case nameNotAllowed(String)
    /// A name that the workspace or a system keeps for itself; see ``NewName``.
    case nameKept(String)
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

  /// A fault of a file that is not JSON of its format.
  public init(_ file: String, _ fault: JSONFault) {
    self.init(
      file, .json(expected: fault.expected, found: fault.found),
      at: Place(line: fault.line, column: fault.column))
  }

  /// A call to the disk that failed; `ESTALE` stands for a file that another program has changed.
  public init(_ fault: DiskFault) {
    self.init(fault.path, fault.code == ESTALE ? .changedUnderneath : .disk(fault))
  }
}
