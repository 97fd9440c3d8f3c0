public import Standoff

/// brat standoff: a text file and an annotation file (`.ann`) for each document.
///
/// Offsets are code points. Span numbers are kept. An attribute with choices is an `A` line; free text, notes and the
/// words of an absent target are `#` comments. An imported event is written as an event again.
///
/// On import, a `T` line that cannot be read, an id used twice and an argument without its line are refused with the
/// line; other unknown lines are listed in ``ForeignDocument/leftOut``.
///
/// Source: *brat standoff format*, brat.nlplab.org.
public struct Brat: Exporter, Importer {
  public static let name = "brat"
  public static let offsetUnit = "code points"
  public static let notCarried = "times of creation, origins"
  public static let layout = ExportLayout.folder
  public static let endings = ["ann"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.beside

  public init() {}

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(renamed: ["AnnotatorNotes"], of: version)
    let (set, text) = (version.set, version.document.text)
    var lines = Lines(version)
    for span in set.spans {
      let places = span.fragments.map { "\($0.start) \($0.end)" }.joined(separator: ";")
      let words = Lines.onOneLine(span.fragments.map { text[$0] }.joined(separator: " "))
      lines.text += "T\(span.id)\t\(span.label) \(places)\t\(words)\n"
    }
    let events = Dictionary(grouping: set.relations) { $0.from }
    for span in set.spans {
      guard let event = span.origin["event"] else { continue }
      var counts: [String: Int] = [:]
      let roles = (events[span.id] ?? []).compactMap { relation -> String? in
        guard case .span(let target) = relation.to else { return nil }
        let count = counts[relation.type, default: 0] + 1
        counts[relation.type] = count
        return " \(relation.type)\(count == 1 ? "" : "\(count)"):T\(target)"
      }
      lines.text += "\(event)\t\(span.label):T\(span.id)\(roles.joined())\n"
    }
    for relation in set.relations {
      switch relation.to {
      case .absent(let words): lines.comment("absent:\(relation.type)", words, on: relation.from, &sink)
      case .span(let target):
        if set.span(relation.from)?.origin["event"] == nil {
          lines.text += "R\(relation.id)\t\(relation.type) Arg1:T\(relation.from) Arg2:T\(target)\t\n"
        }
      }
    }
    for span in set.spans {
      for (name, value) in span.attributes.sorted(by: { $0.key < $1.key }) {
        lines.attribute(name, value, on: span, &sink)
      }
      if !span.note.isEmpty { lines.comment("AnnotatorNotes", span.note, on: span.id, &sink) }
    }
    let path = "\(set.annotator)/\(version.document.id)"
    sink.write(text.utf8, to: path + ".txt")
    sink.write(Array(lines.text.utf8), to: path + ".ann")
  }

  /// The lines of an annotation file, with running numbers for attributes and comments.
  private struct Lines {
    let version: AnnotatedDocument
    var text = ""
    private var attributes = 0
    private var comments = 0

    init(_ version: AnnotatedDocument) { self.version = version }

    mutating func attribute(_ name: String, _ value: String, on span: Annotation, _ sink: inout ExportSink) {
      let isChoice = version.set.scheme.attribute(name)?.values != nil
      guard isChoice, !value.unicodeScalars.contains(where: { $0.properties.isWhitespace }) else {
        return comment(name == "AnnotatorNotes" ? name + "_" : name, value, on: span.id, &sink)
      }
      attributes += 1
      text += "A\(attributes)\t\(name) T\(span.id) \(value)\n"
    }

    mutating func comment(_ type: String, _ value: String, on span: Int, _ sink: inout ExportSink) {
      comments += 1
      let words = Self.onOneLine(value)
      if words != value { sink.lose(span, of: version, .lineBreak) }
      text += "#\(comments)\t\(type) T\(span)\t\(words)\n"
    }

    static func onOneLine(_ words: String) -> String {
      String(
        String.UnicodeScalarView(words.unicodeScalars.map { $0 == "\n" || $0 == "\r" || $0 == "\t" ? " " : $0 }))
    }
  }

  // MARK: in

  public static func read(_ bytes: [UInt8], texts: TextSource) throws(ImportFault) -> [ForeignDocument] {
    guard let text = texts(nil) else {
      throw ImportFault(line: 1, expected: "a text beside the annotations, of the same name with .txt", found: nil)
    }
    let decoded = try TextLines.decoded(bytes)
    let file = BratFile(decoded)
    var reading = Reading(file: file, lines: TextLines(bytes), document: ForeignDocument(text: text))
    try reading.readSpans()
    try reading.readEvents()
    try reading.readRemarks()
    return [reading.document]
  }

  private struct Reading {
    let file: BratFile
    let lines: TextLines
    var document: ForeignDocument
    private var places: [String: Int] = [:]
    /// The id of each event's trigger.
    private var triggers: [String: String] = [:]

    init(file: BratFile, lines: TextLines, document: ForeignDocument) {
      self.file = file
      self.lines = lines
      self.document = document
    }

    mutating func readSpans() throws(ImportFault) {
      for bound in file.textBounds {
        var span = ForeignSpan(
          bound.id, bound.type, bound.fragments.map { ($0.start, $0.end) }, byte: lines.starts[bound.line - 1])
        span.words = .joined(bound.text)
        if places.updateValue(document.spans.count, forKey: bound.id) != nil {
          throw ImportFault(line: bound.line, expected: "each id once", found: "“\(bound.id)” again")
        }
        document.spans.append(span)
      }
      for (line, text) in file.others {
        if text.hasPrefix("T") {
          throw ImportFault(
            line: line, expected: "a line such as “T1 label 0 4 words”, with tabs", found: "“\(text.prefix(40))”")
        }
        document.leftOut.append((lines.starts[line - 1], "the line “\(text)”"))
      }
    }

    mutating func readEvents() throws(ImportFault) {
      for event in file.events {
        guard let trigger = event.trigger else { continue }
        guard let place = places[trigger] else {
          throw ImportFault(line: event.line, expected: "the id of a T line", found: "“\(trigger)”")
        }
        if triggers.updateValue(trigger, forKey: event.id) != nil {
          throw ImportFault(line: event.line, expected: "each id once", found: "“\(event.id)” again")
        }
        if document.spans[place].event != nil {
          document.leftOut.append((lines.starts[event.line - 1], "that event \(event.id) is another one on \(trigger)"))
        } else {
          document.spans[place].event = event.id
        }
      }
      try checkCycles()
      for event in file.events {
        let start = lines.starts[event.line - 1]
        let ids = try event.arguments.map { (argument) throws(ImportFault) in
          try spanID(argument.id, at: event.line)
        }
        if let trigger = event.trigger {
          for (argument, id) in zip(event.arguments, ids) {
            document.relations.append(
              ForeignRelation(
                "\(event.id):\(argument.role)", Self.role(argument.role, in: event), from: trigger, to: id,
                byte: start))
          }
        } else {
          document.relations.append(
            ForeignRelation(event.id, event.type, from: ids[0], to: ids[1], byte: start))
        }
      }
      for equivalence in file.equivalences {
        let ids = try equivalence.ids.map { (id) throws(ImportFault) in try spanID(id, at: equivalence.line) }
        for id in ids.dropFirst() {
          document.relations.append(
            ForeignRelation(
              "*\(equivalence.line)", equivalence.type, from: ids[0], to: id,
              byte: lines.starts[equivalence.line - 1]))
        }
      }
    }

    /// A role without the number that brat puts behind a second one of its kind.
    private static func role(_ role: String, in event: BratFile.Event) -> String {
      let base = String(role.prefix { !$0.isNumber })
      return event.arguments.contains { $0.role == base } ? base : role
    }

    /// An event among the arguments of its own arguments has no place in any order.
    private func checkCycles() throws(ImportFault) {
      let events = Dictionary(file.events.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      var done: Set<String> = []
      for start in file.events where start.trigger != nil && !done.contains(start.id) {
        var path: Set<String> = [start.id]
        var open = [(event: start, next: 0)]
        while let (event, next) = open.last {
          guard next < event.arguments.count else {
            open.removeLast()
            path.remove(event.id)
            done.insert(event.id)
            continue
          }
          open[open.count - 1].next += 1
          guard let argument = events[event.arguments[next].id], argument.trigger != nil, !done.contains(argument.id)
          else { continue }
          if !path.insert(argument.id).inserted {
            throw ImportFault(
              line: event.line, expected: "events that are not their own arguments", found: "“\(argument.id)”")
          }
          open.append((argument, 0))
        }
      }
    }

    private func spanID(_ id: String, at line: Int) throws(ImportFault) -> String {
      if let trigger = triggers[id] { return trigger }
      guard places[id] != nil else {
        throw ImportFault(line: line, expected: "the id of a T or E line", found: "“\(id)”")
      }
      return id
    }

    mutating func readRemarks() throws(ImportFault) {
      for remark in file.remarks {
        let start = lines.starts[remark.line - 1]
        guard let place = places[triggers[remark.of] ?? remark.of] else {
          document.leftOut.append((start, "what is said of \(remark.of)"))
          continue
        }
        if remark.kind == .comment, remark.type == "AnnotatorNotes" {
          let note = document.spans[place].note
          document.spans[place].note = note.isEmpty ? remark.value : note + " " + remark.value
        } else if remark.kind == .comment, remark.type.hasPrefix("absent:") {
          var relation = ForeignRelation(
            "#\(remark.line)", String(remark.type.dropFirst(7)), from: document.spans[place].id, to: nil, byte: start)
          relation.words = remark.value
          document.relations.append(relation)
        } else if let value = document.spans[place].attributes[remark.type] {
          document.leftOut.append((start, "a second value of “\(remark.type)”, after “\(value)”"))
        } else {
          document.spans[place].attributes[remark.type] = remark.value.isEmpty ? "true" : remark.value
        }
      }
    }
  }
}
