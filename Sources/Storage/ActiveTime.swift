public import Standoff

extension Workspace {
  /// When an annotator edited a document, as the journal has it; nothing where there is none.
  public func editTimes(of annotator: String, on document: String) throws(FileFault) -> [Timestamp] {
    try readIfThere(AnnotationStore.journalPath(annotator, document, self)).map(JournalFile.times) ?? []
  }
}

extension Workspace {
  /// Who has edited an annotator's file, as its journal says, with how many edits.
  public func editors(of annotator: String, on document: String) throws(FileFault) -> [String: Int] {
    let bytes = try readIfThere(AnnotationStore.journalPath(annotator, document, self))
    let authors = bytes.map { JournalFile.decode($0).records.compactMap(\.by) } ?? []
    return Dictionary(authors.map { ($0, 1) }, uniquingKeysWith: +)
  }
}

/// Time that was worked, told from the times of edits.
public enum ActiveTime {
  /// Longer than this without an edit, in seconds, is a break.
  public static let longestPause = 300
  /// What the first edit of a stretch of work took, in seconds.
  public static let beginning = 30

  /// Seconds of work.
  public static func seconds(_ times: [Timestamp]) -> Int {
    let seconds = times.map(\.secondsSince1970).sorted()
    guard !seconds.isEmpty else { return 0 }
    return zip(seconds, seconds.dropFirst()).reduce(beginning) { sum, pair in
      let pause = pair.1 - pair.0
      return sum + (pause > longestPause ? beginning : pause)
    }
  }
}
