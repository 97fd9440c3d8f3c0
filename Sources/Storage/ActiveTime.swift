public import Standoff

extension Workspace {
  /// The times at which an annotator edited a document, from the journal and those set aside before it; empty if there
  /// are none.
  public func editTimes(of annotator: String, on document: String) throws(FileFault) -> [Timestamp] {
    var times: [Timestamp] = []
    for path in try journalPaths(of: annotator, on: document) {
      times += try readIfThere(path).map(JournalFile.times) ?? []
    }
    return times
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

  /// The active time of one person on each of several documents, in seconds.
  ///
  /// The time between two edits goes to the document of the second, whatever document the first was made in: the sum is
  /// the person's own time, and no minute counts twice.
  ///
  /// - Parameter documents: the times of the edits of each document, in any order.
  /// - Complexity: O(*n* log *n*) for *n* edits.
  public static func seconds(_ documents: [[Timestamp]]) -> [Int] {
    let edits = documents.enumerated()
      .flatMap { index, times in times.map { (time: $0.secondsSince1970, document: index) } }
      .sorted { ($0.time, $0.document) < ($1.time, $1.document) }
    var seconds = [Int](repeating: 0, count: documents.count)
    var last: Int?
    for edit in edits {
      let pause = last.map { edit.time - $0 } ?? .max
      seconds[edit.document] += pause > longestPause ? beginning : pause
      last = edit.time
    }
    return seconds
  }
}
