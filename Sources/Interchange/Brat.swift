public import Standoff

/// brat standoff: a text file and an annotation file (`.ann`) for each document.
///
/// Offsets are code points. Span numbers are kept. Attributes, flags and normalizations are `A`, `M` and `N` lines as
/// they came; an attribute with choices is an `A` line; free text, notes and the words of an absent target are `#`
/// comments. An imported event is written as an event again, and an equivalence as one.
///
/// Each event is a span of its own, so that two events on one trigger are two spans that differ in
/// `Annotation.event`; a trigger that is spoken of by its own id is one more.
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

  /// The range of an attribute that has no value but its presence.
  private static let flag = "flag"
  /// The kind of line of an equivalence.
  private static let equivalence = "*"

  public init() {}

  // MARK: out

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(renamed: ["AnnotatorNotes"], of: version)
    let (set, text) = (version.set, version.document.text)
    var lines = Lines(version)
    for span in set.spans where lines.isTextBound(span) {
      let places = span.fragments.map { "\($0.start) \($0.end)" }.joined(separator: ";")
      let words = Lines.onOneLine(span.fragments.map { text[$0] }.joined(separator: " "))
      lines.text += "T\(span.id)\t\(version.label(span.label)) \(places)\t\(words)\n"
    }
    let relations = Dictionary(grouping: set.relations) { $0.from }
    for span in set.spans where span.event != nil { lines.event(span, relations[span.id] ?? []) }
    lines.equivalences()
    for relation in set.relations {
      let type = version.relation(relation.type)
      switch relation.to {
      case .absent(let words): lines.comment("absent:\(type)", words, on: relation.from, &sink)
      case .span(let target):
        if !version.isEquivalence(relation), !lines.isRole(relation) {
          let roles = lines.roles(of: relation)
          lines.text +=
            "R\(relation.id)\t\(type) \(roles[0]):\(lines.id(relation.from)) \(roles[1]):\(lines.id(target))\t\n"
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
    private var normalizations = 0
    private var comments = 0
    /// The span whose line is the trigger of each event's span.
    private var triggers: [Int: Int] = [:]

    init(_ version: AnnotatedDocument) {
      self.version = version
      var firsts: [SpanKey: Int] = [:]
      for span in version.set.spans where span.event == nil { firsts[SpanKey(span)] = firsts[SpanKey(span)] ?? span.id }
      for span in version.set.spans where span.event != nil {
        if let first = firsts[SpanKey(span)] { triggers[span.id] = first } else { firsts[SpanKey(span)] = span.id }
      }
    }

    /// Whether a span has a `T` line of its own.
    func isTextBound(_ span: Annotation) -> Bool { triggers[span.id] == nil }

    /// The id by which other lines speak of a span.
    func id(_ span: Int) -> String { version.set.span(span)?.event ?? "T\(span)" }

    /// Whether a relation is a role of an event.
    func isRole(_ relation: Relation) -> Bool {
      version.set.span(relation.from)?.event != nil
        && version.set.scheme.relation(relation.type)?.foreign.feature?.contains(":") != true
    }

    /// The roles of a relation's ends.
    func roles(of relation: Relation) -> [String] {
      let feature = version.set.scheme.relation(relation.type)?.foreign.feature ?? ""
      let roles = feature.split(separator: ":").map(String.init)
      return roles.count == 2 ? roles : ["Arg1", "Arg2"]
    }

    mutating func event(_ span: Annotation, _ relations: [Relation]) {
      var counts: [String: Int] = [:]
      let roles = relations.compactMap { relation -> String? in
        let type = version.relation(relation.type)
        guard case .span(let target) = relation.to, !version.isEquivalence(relation), isRole(relation) else {
          return nil
        }
        let count = counts[type, default: 0] + 1
        counts[type] = count
        return " \(type)\(count == 1 ? "" : "\(count)"):\(id(target))"
      }
      let trigger = triggers[span.id] ?? span.id
      text += "\(span.event ?? "E0")\t\(version.label(span.label)):T\(trigger)\(roles.joined())\n"
    }

    /// A line for each group of equivalent spans.
    mutating func equivalences() {
      let relations = version.set.relations.filter(version.isEquivalence)
      for type in Set(relations.map(\.type)).sorted() {
        var groups: [[Int]] = []
        var groupOf: [Int: Int] = [:]
        for relation in relations where relation.type == type {
          guard case .span(let target) = relation.to else { continue }
          var place = groupOf[relation.from] ?? groupOf[target] ?? groups.count
          if place == groups.count { groups.append([]) }
          for end in [relation.from, target] where groupOf[end] != place {
            guard let other = groupOf[end] else {
              groupOf[end] = place
              groups[place].append(end)
              continue
            }
            // The smaller group joins the larger.
            let (into, from) = groups[other].count > groups[place].count ? (other, place) : (place, other)
            for member in groups[from] { groupOf[member] = into }
            groups[into] += groups[from]
            groups[from] = []
            place = into
          }
        }
        for group in groups where !group.isEmpty {
          text += "*\t\(version.relation(type)) \(group.map(id).joined(separator: " "))\n"
        }
      }
    }

    mutating func attribute(_ name: String, _ value: String, on span: Annotation, _ sink: inout ExportSink) {
      let attribute = version.set.scheme.attribute(name)
      let original = version.attribute(name)
      let line = attribute?.foreign.feature ?? (attribute?.values == nil ? "#" : "A")
      let isFlag = attribute?.foreign.range == Brat.flag && value == "true"
      let hasSpace = value.unicodeScalars.contains { $0.properties.isWhitespace }
      switch line {
      case "N" where !Self.onOneLine(value).hasPrefix(" "):
        normalizations += 1
        let words = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        if Self.onOneLine(value) != value { sink.lose(span.id, of: version, .lineBreak) }
        text +=
          "N\(normalizations)\t\(original) \(id(span.id)) \(Self.onOneLine(String(words[0])))\t"
          + "\(words.count > 1 ? Self.onOneLine(String(words[1])) : "")\n"
      case "A" where isFlag || !hasSpace, "M" where isFlag || !hasSpace:
        attributes += 1
        text += "\(line)\(attributes)\t\(original) \(id(span.id))\(isFlag ? "" : " \(value)")\n"
      default: comment(original == "AnnotatorNotes" ? original + "_" : original, value, on: span.id, &sink)
      }
    }

    mutating func comment(_ type: String, _ value: String, on span: Int, _ sink: inout ExportSink) {
      comments += 1
      let words = Self.onOneLine(value)
      if words != value { sink.lose(span, of: version, .lineBreak) }
      text += "#\(comments)\t\(type) \(id(span))\t\(words)\n"
    }

    static func onOneLine(_ words: String) -> String {
      String(
        String.UnicodeScalarView(words.unicodeScalars.map { $0 == "\n" || $0 == "\r" || $0 == "\t" ? " " : $0 }))
    }
  }

  // MARK: in

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
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
    /// The place of the span of each `T` and `E` line.
    private var places: [String: Int] = [:]
    /// The triggers that other lines speak of by their own ids.
    private var named: Set<String> = []
    /// The attributes that are flags on some lines and have values on others.
    private let mixed: Set<String>

    init(file: BratFile, lines: TextLines, document: ForeignDocument) {
      self.file = file
      self.lines = lines
      self.document = document
      let attributes = file.remarks.filter { $0.kind == .attribute }
      mixed = Set(attributes.filter(\.value.isEmpty).map(\.type))
        .intersection(attributes.filter { !$0.value.isEmpty }.map(\.type))
      let spoken =
        file.events.flatMap { $0.arguments.map(\.id) } + file.remarks.map(\.of) + file.equivalences.flatMap(\.ids)
      named = Set(spoken)
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
      try addEvents()
      try checkCycles()
      for event in file.events {
        let start = lines.starts[event.line - 1]
        let ids = try event.arguments.map { (argument) throws(ImportFault) in
          try spanID(argument.id, at: event.line)
        }
        if event.trigger != nil {
          let from = try spanID(event.id, at: event.line)
          for (argument, id) in zip(event.arguments, ids) {
            document.relations.append(
              ForeignRelation(
                "\(event.id):\(argument.role)", Self.role(argument.role, in: event), from: from, to: id, byte: start))
          }
        } else {
          var (ids, roles) = (ids, event.arguments.map(\.role))
          if roles == ["Arg2", "Arg1"] {
            ids.reverse()
            roles.reverse()
          }
          var relation = ForeignRelation(event.id, event.type, from: ids[0], to: ids[1], byte: start)
          // A line of its own is no role of the event at which it begins.
          let isPlain = roles == ["Arg1", "Arg2"] && document.spans[places[event.arguments[0].id] ?? 0].event == nil
          if !isPlain { relation.feature = roles.joined(separator: ":") }
          document.relations.append(relation)
        }
      }
      for equivalence in file.equivalences {
        let ids = try equivalence.ids.map { (id) throws(ImportFault) in try spanID(id, at: equivalence.line) }
        let byte = lines.starts[equivalence.line - 1]
        for id in ids.dropFirst() {
          var relation = ForeignRelation("*\(equivalence.line)", equivalence.type, from: ids[0], to: id, byte: byte)
          relation.feature = Brat.equivalence
          document.relations.append(relation)
        }
      }
    }

    /// Makes a span of each event; the first takes the place of its trigger, unless that is spoken of itself.
    private mutating func addEvents() throws(ImportFault) {
      var taken: Set<String> = []
      for event in file.events {
        guard let trigger = event.trigger else { continue }
        guard let place = places[trigger] else {
          throw ImportFault(line: event.line, expected: "the id of a T line", found: "“\(trigger)”")
        }
        let own = taken.insert(trigger).inserted && !named.contains(trigger)
        if places.updateValue(own ? place : document.spans.count, forKey: event.id) != nil {
          throw ImportFault(line: event.line, expected: "each id once", found: "“\(event.id)” again")
        }
        if own {
          document.spans[place].event = event.id
        } else {
          var span = document.spans[place]
          (span.id, span.event, span.byte) = (event.id + "@", event.id, lines.starts[event.line - 1])
          document.spans.append(span)
        }
        // What brat calls another type than its trigger's is the event's.
        if document.spans[places[event.id] ?? place].label != event.type {
          document.leftOut.append(
            (lines.starts[event.line - 1], "that the trigger of \(event.id) is called \(document.spans[place].label)"))
          document.spans[places[event.id] ?? place].label = event.type
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
      guard let place = places[id] else {
        throw ImportFault(line: line, expected: "the id of a T or E line", found: "“\(id)”")
      }
      return document.spans[place].id
    }

    /// Notes on which kind of line an attribute stands, and whether it is a flag.
    private mutating func note(_ remark: BratFile.Remark) {
      let line =
        switch remark.kind {
        case .attribute: remark.isModification ? "M" : "A"
        case .normalization: "N"
        case .comment: "#"
        }
      let isFlag = remark.kind == .attribute && remark.value.isEmpty && !mixed.contains(remark.type)
      if mixed.contains(remark.type), remark.value.isEmpty {
        document.leftOut.append(
          (lines.starts[remark.line - 1], "that “\(remark.type)” of \(remark.of) has no value; it is “true” here"))
      }
      document.attributeNames[remark.type] = ForeignName(feature: line, range: isFlag ? Brat.flag : nil)
    }

    mutating func readRemarks() throws(ImportFault) {
      for remark in file.remarks {
        let start = lines.starts[remark.line - 1]
        guard let place = places[remark.of] else {
          document.leftOut.append((start, "what is said of \(remark.of): \(remark.type) “\(remark.value)”"))
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
          note(remark)
        }
      }
    }
  }
}

extension AnnotatedDocument {
  /// Whether a relation came in on a `*` line.
  fileprivate func isEquivalence(_ relation: Relation) -> Bool {
    set.scheme.relation(relation.type)?.foreign.feature == "*"
  }
}
