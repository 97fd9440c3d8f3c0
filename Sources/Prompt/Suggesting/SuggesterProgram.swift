import JSONText
import Pages
import Programs
import Standoff
import Storage
import Suggestion

/// The protocol for asking another program for suggestions: one JSON object per line.
///
/// The program reads one line, `{"id", "labels", "language", "sentences": [{"end", "start"}], "spans": [{"end",
/// "fragments", "id", "label", "start"}], "text"}`, and writes a line for each span that it suggests, `{"end", "label",
/// "start"}`, optionally with `"confidence"` (0 to 1), `"reason"` and `"fragments"`. Offsets are in code points.
enum SuggesterProgram {
  static func request(_ document: Document, _ set: AnnotationSet) -> [UInt8] {
    var writer = JSONWriter()
    func write(_ range: TextRange, _ writer: inout JSONWriter) {
      writer.object { writer in
        writer.integer("end", range.end)
        writer.integer("start", range.start)
      }
    }
    writer.object { writer in
      writer.string("id", document.id)
      writer.strings("labels", set.scheme.labels.map(\.name))
      writer.string("language", document.language)
      writer.array("sentences") { writer in
        for index in 0..<document.sentences.count { write(document.sentences[index], &writer) }
      }
      writer.array("spans") { writer in
        for span in set.inReadingOrder {
          writer.object { writer in
            writer.integer("end", span.hull.end)
            writer.array("fragments") { writer in
              for fragment in span.fragments { write(fragment, &writer) }
            }
            writer.integer("id", span.id)
            writer.string("label", span.label)
            writer.integer("start", span.hull.start)
          }
        }
      }
      writer.string("text", document.text.string)
    }
    writer.newline()
    return writer.bytes
  }

  /// Runs a program on a document and reads its suggestions.
  ///
  /// - Parameters:
  ///   - seconds: the time that it has.
  ///   - started: called with the program's process id.
  static func run(
    _ command: String, _ document: Document, _ set: AnnotationSet, within seconds: Int, started: (Int32) -> Void
  ) -> Result<[Suggestion], Complaint> {
    do throws(Complaint) { return .success(try suggestions(command, document, set, seconds, started)) } catch {
      return .failure(error)
    }
  }

  private static func suggestions(
    _ command: String, _ document: Document, _ set: AnnotationSet, _ seconds: Int, _ started: (Int32) -> Void
  ) throws(Complaint) -> [Suggestion] {
    let name = Complaint.shortened(command, to: 48)
    let answer: ExternalProgram.Answer
    do throws(ExternalProgram.Unstartable) {
      answer = try ExternalProgram.run(command, input: request(document, set), within: seconds, started: started)
    } catch {
      throw Complaint("“\(name)” could not be started (errno \(error.code)).", "No suggestions were added.")
    }
    guard !answer.isLate else {
      throw Complaint(
        "“\(name)” did not end within \(counted(seconds, "second")) and was ended.",
        "No suggestions were added. “suggest --timeout SECONDS --with COMMAND” gives it more time.")
    }
    guard answer.output.count <= ExternalProgram.limit else {
      throw Complaint(
        "“\(name)” wrote more than \(ExternalProgram.limit >> 20) MB and was ended.", "No suggestions were added.")
    }
    guard answer.status == 0 else {
      let said = String(decoding: answer.errors, as: UTF8.self).split(whereSeparator: \.isNewline).last.map(String.init)
      throw Complaint(
        "“\(name)” ended with status \(answer.status)\(said.map { ": \(Complaint.shortened($0, to: 200))" } ?? ".")",
        "No suggestions were added.")
    }
    return try suggestions(in: answer.output, of: name, document, set.scheme)
  }

  /// Reads the suggestions that a program has written, each once.
  static func suggestions(
    in output: [UInt8], of name: String, _ document: Document, _ scheme: Scheme
  ) throws(Complaint) -> [Suggestion] {
    var found: [Suggestion] = []
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0D]
    for (index, line) in output.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy(blanks.contains) {
      do throws(JSONFault) {
        let suggestion = try read(Array(line), name, document, scheme)
        let isKnown = found.contains { $0.label == suggestion.label && $0.fragments == suggestion.fragments }
        if !isKnown { found.append(suggestion) }
      } catch {
        let what = error.found.map { ", found \($0)" } ?? ""
        throw Complaint(
          "“\(name)”, line \(index + 1), column \(error.column): expected \(error.expected)\(what).",
          "No suggestions were added.")
      }
    }
    return found
  }

  private static func read(
    _ line: [UInt8], _ name: String, _ document: Document, _ scheme: Scheme
  ) throws(JSONFault) -> Suggestion {
    var reader = JSONReader(line)
    var (start, end, label, reason, confidence) = (-1, -1, "", name, 0.5)
    var fragments: [TextRange] = []
    let place = reader.place()
    try reader.readRecord(["end", "label", "start"], optional: ["confidence", "fragments", "reason"]) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "start": start = try reader.readInteger()
      case "end": end = try reader.readInteger()
      case "reason": reason = try reader.readString()
      case "label":
        let place = reader.place()
        label = try reader.readString()
        if !scheme.labels.contains(where: { $0.name == label }) {
          throw reader.fault(at: place, expected: "a label of \(scheme.name)", found: "“\(label)”")
        }
      case "confidence":
        let place = reader.place()
        confidence = try reader.readNumber()
        if !(0...1).contains(confidence) {
          throw reader.fault(at: place, expected: "a number from 0 to 1", found: "\(confidence)")
        }
      default:
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          var (start, end) = (-1, -1)
          try reader.readRecord(["end", "start"]) { (key, reader) throws(JSONFault) in
            if key == "start" { start = try reader.readInteger() } else { end = try reader.readInteger() }
          }
          fragments.append(try range(start, end, document, reader, place))
        }
      }
    }
    try reader.finish()
    let hull = try range(start, end, document, reader, place)
    if let first = fragments.map(\.start).min(), let last = fragments.map(\.end).max(), hull != TextRange(first, last) {
      throw reader.fault(at: place, expected: "start and end of the fragments, \(first) and \(last)", found: "\(hull)")
    }
    return Suggestion(
      label: label, fragments: Annotation.normalised(fragments.isEmpty ? [hull] : fragments), reason: .program(reason),
      confidence: confidence)
  }

  private static func range(
    _ start: Int, _ end: Int, _ document: Document, _ reader: JSONReader, _ place: JSONReader.Place
  ) throws(JSONFault) -> TextRange {
    guard let range = TextRange(checking: start, end), !range.isEmpty, end <= document.text.count else {
      throw reader.fault(
        at: place, expected: "code points of the text, 0 to \(document.text.count)", found: "\(start) to \(end)")
    }
    return range
  }
}
