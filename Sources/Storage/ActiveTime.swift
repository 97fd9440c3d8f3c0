public import Standoff

extension Workspace {
  /// The times at which an annotator edited a document, from the journal; empty if there is none.
  public func editTimes(of annotator: String, on document: String) throws(FileFault) -> [Timestamp] {
    try readIfThere(AnnotationStore.journalPath(annotator, document, self)).map(JournalFile.times) ?? []
  }
}

extension Workspace {
  /// The people who edited an annotator's file, from its journal, with their numbers of edits.
  public func editors(of annotator: String, on document: String) throws(FileFault) -> [String: Int] {
    let bytes = try readIfThere(AnnotationStore.journalPath(annotator, document, self))
    let authors = bytes.map { JournalFile.decode($0).records.compactMap(\.by) } ?? []
    return Dictionary(authors.map { ($0, 1) }, uniquingKeysWith: +)
  }
}

/// Active time, estimated from the times of edits.
public enum ActiveTime {
  /// The longest pause between edits that counts as work, in seconds.
  public static let longestPause = 300
  /// The time counted for the first edit after a longer pause, in seconds.
  public static let beginning = 30

  /// The active time in seconds.
  public static func seconds(_ times: [Timestamp]) -> Int {
    let seconds = times.map(\.secondsSince1970).sorted()
    guard !seconds.isEmpty else { return 0 }
    return zip(seconds, seconds.dropFirst()).reduce(beginning) { sum, pair in
      let pause = pair.1 - pair.0
      return sum + (pause > longestPause ? beginning : pause)
    }
  }
}
