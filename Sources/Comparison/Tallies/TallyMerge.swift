package import JSONText
package import Pages
import Standoff
import Storage

/// Lines of tallies from any number of tasks, joined in any order: each document once.
package struct TallyMerge {
  /// The digest of the plan of all lines; nil before the first.
  package private(set) var plan: String?
  /// How many lines came again, with the same counts.
  package private(set) var repeated = 0
  /// The lines by the ids of their documents.
  private var lines: [String: [UInt8]] = [:]
  /// The lines of documents that could not be counted.
  private var refused: Set<[UInt8]> = []

  package init() {}

  /// Adds a line; blank ones are passed over.
  ///
  /// - Parameter number: the line's place in the input, counted from 1.
  /// - Throws: if it cannot be read, was counted by another plan, or has other counts of a document than an earlier one.
  package mutating func add(_ line: [UInt8], number: Int) throws(Complaint) {
    // Engines may end lines with a carriage return.
    let line = Array(line.prefix(upTo: (line.lastIndex { $0 > 0x20 } ?? -1) + 1))
    guard !line.isEmpty else { return }
    let header: (id: String?, plan: String)
    do throws(JSONFault) { header = try TallyLine.header(of: line) } catch {
      throw Complaint(
        unreadableLine: number, error, "Leave out what is no tally, or count the documents of that part again.")
    }
    try check(header.plan, number)
    guard let id = header.id else {
      if !refused.insert(line).inserted { repeated += 1 }
      return
    }
    guard let known = lines.updateValue(line, forKey: id) else { return }
    guard known == line else {
      throw Complaint(
        "Line \(number): “\(id)” has other counts than in an earlier line.",
        "Count each document from one text and one set of files, then merge again.", culprit: id)
    }
    repeated += 1
  }

  private mutating func check(_ plan: String, _ number: Int) throws(Complaint) {
    let known = self.plan ?? plan
    guard known == plan else {
      throw Complaint(
        "Line \(number) was counted by the plan \(plan), the lines before it by \(known).",
        "Count all documents with one plan.", culprit: plan)
    }
    self.plan = known
  }

  /// All lines, by the ids of their documents; refused ones last.
  package var sorted: [[UInt8]] {
    lines.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
      + refused.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What the lines say, in their order, and how many were refused.
  ///
  /// - Throws: if a line was counted by another plan, or its counts are not those of the plan.
  package func readings(_ plan: CountingPlan) throws(Complaint) -> (documents: [DocumentReading], refused: Int) {
    var documents: [DocumentReading] = []
    for line in sorted.dropLast(refused.count) {
      do throws(JSONFault) { documents.append(try TallyLine.decode(line, plan)) } catch {
        let id = (try? TallyLine.header(of: line))?.id ?? ""
        throw Complaint(
          "The tally of “\(id)”, column \(error.column): expected \(error.expected)\(error.found.map { ", not \($0)" } ?? "").",
          "Count the document again.", culprit: id)
      }
    }
    return (documents, refused.count)
  }
}

extension Complaint {
  /// A complaint about a line of standard input, or of a file of lines, that is not what it should be.
  package init(unreadableLine number: Int, _ fault: JSONFault, _ advice: String) {
    self.init(
      "Line \(number), column \(fault.column): expected \(fault.expected)\(fault.found.map { ", not \($0)" } ?? "").",
      advice)
  }
}
