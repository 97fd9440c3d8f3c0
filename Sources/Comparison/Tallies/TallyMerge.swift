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
  /// The sum of the lines that are sums; nil if there are none.
  package private(set) var sum: TallySum?
  /// The digests of these lines.
  private var added: Set<String> = []

  package init() {}

  /// Adds a line; blank ones are passed over.
  ///
  /// - Parameter number: the line's place in the input, counted from 1.
  /// - Throws: if it cannot be read, was counted by another plan, or has other counts of a document than an earlier one.
  package mutating func add(_ line: [UInt8], number: Int) throws(Complaint) {
    // Engines may end lines with a carriage return.
    let line = Array(line.prefix(upTo: (line.lastIndex { $0 > 0x20 } ?? -1) + 1))
    guard !line.isEmpty else { return }
    let header: (subject: TallyLine.Subject, plan: String)
    do throws(JSONFault) { header = try TallyLine.header(of: line) } catch {
      throw Complaint(
        unreadableLine: number, error, "Leave out what is no tally, or count the documents of that part again.")
    }
    try check(header.plan, number)
    guard (header.subject == .sum) == (sum != nil) || lines.isEmpty && refused.isEmpty && sum == nil else {
      throw Complaint(
        "Line \(number) is \(header.subject == .sum ? "a sum" : "no sum"), other than the lines before it.",
        "Count all documents with --resamples, or none.")
    }
    switch header.subject {
    case .sum: try addSum(line, number)
    case .refused: if !refused.insert(line).inserted { repeated += 1 }
    case .document(let id):
      guard let known = lines.updateValue(line, forKey: id) else { return }
      guard known == line else {
        throw Complaint(
          "Line \(number): “\(id)” has other counts than in an earlier line.",
          "Count each document from one text and one set of files, then merge again.", culprit: id)
      }
      repeated += 1
    }
  }

  /// Adds a line of sums; one that comes again, byte by byte, is that of a task that ran twice.
  private mutating func addSum(_ line: [UInt8], _ number: Int) throws(Complaint) {
    guard added.insert(SHA256.hex(of: line)).inserted else { return repeated += 1 }
    let found: TallySum
    do throws(JSONFault) { found = try TallySum(line) } catch {
      throw Complaint(unreadableLine: number, error, "Count the documents of that part again.")
    }
    guard sum != nil else { return sum = found }
    do throws(Complaint) { try sum?.add(found) } catch {
      throw Complaint("Line \(number): \(error.problem)", error.advice)
    }
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

  /// All lines, by the ids of their documents; refused ones last. Sums are one line.
  package var sorted: [[UInt8]] {
    if let sum { return [Array(sum.encoded(digest: plan ?? "").dropLast())] }
    return documents
  }

  private var documents: [[UInt8]] {
    lines.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
      + refused.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What the lines say, in their order, and how many were refused.
  ///
  /// - Throws: if a line was counted by another plan, or its counts are not those of the plan.
  package func readings(_ plan: CountingPlan) throws(Complaint) -> (documents: [DocumentReading], refused: Int) {
    var documents: [DocumentReading] = []
    for line in self.documents.dropLast(refused.count) {
      do throws(JSONFault) { documents.append(try TallyLine.decode(line, plan)) } catch {
        var id = ""
        if case .document(let name)? = (try? TallyLine.header(of: line))?.subject { id = name }
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
