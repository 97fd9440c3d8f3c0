import JSONText
public import Standoff

/// Token classification as in Hugging Face `datasets`: one object a line with `tokens` and `ner_tags`.
///
/// Tags are written by name, in IOB2. Spans that overlap others go to `ner_tags_2` and so on, which every line has.
/// Tokens and sentences are those that the text came with, else gainsay's; blanks at the edges of spans are not written.
/// Not carried: spans that end inside a token or cross sentences, gaps, relations, attributes, notes, white space.
///
/// On import, tags are names, or numbers whose names stand in `dataset_info.json` beside the file. Each column of tags
/// is a layer if there are several.
public struct HFTokens: Exporter, Importer {
  public static let name = "hf-tokens"
  public static let offsetUnit = "tokens"
  public static let notCarried = "times of creation, origins, white space"
  public static let layout = ExportLayout.file("jsonl")
  public static let endings = ["jsonl", "json"]
  public static let piece = ImportPiece.line
  public static let textPlace = TextPlace.tokens

  /// The rows so far: every row has all columns, and how many there are is known at the end.
  private var rows: [(annotator: String, id: String, tokens: [String], tags: [[String]])] = []

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap, .attribute, .note, .relation], of: version)
    let tagged = TaggedTokens(version)
    var depths: [[TaggedTokens.Span]] = [[]]
    for (_, span) in tagged.spans(&sink) {
      let free = depths.firstIndex { !($0.last?.tokens.overlaps(span.tokens) ?? false) }
      if let free { depths[free].append(span) } else { depths.append([span]) }
    }
    rows.append(
      (
        version.set.annotator, version.document.id, tagged.tokens.ranges.map { version.document.text[$0] },
        depths.map { tagged.column($0, .iob2) }
      ))
  }

  public mutating func finish(_ sink: inout ExportSink) {
    let depths = rows.map(\.tags.count).max() ?? 1
    for row in rows {
      var writer = JSONWriter()
      writer.object { writer in
        writer.string("annotator", row.annotator)
        writer.string("id", row.id)
        var columns: [String: [String]] = [:]
        for depth in 0..<depths {
          let none = [String](repeating: "O", count: row.tokens.count)
          columns[depth == 0 ? "ner_tags" : "ner_tags_\(depth + 1)"] = depth < row.tags.count ? row.tags[depth] : none
        }
        for (name, tags) in columns.ascending { writer.strings(name, tags) }
        writer.strings("tokens", row.tokens)
      }
      writer.newline()
      sink.write(writer.bytes)
    }
  }

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    var found = TokenDocument()
    var leftOut: [(byte: Int, what: String)] = []
    var isThere = false
    _ = try JSONPiece.read(bytes) { (node, reader) throws(JSONFault) in
      isThere = true
      found.name = node["id"]?.text
      found.annotator = node["annotator"]?.string
      let key = choices.textKey ?? (node["tokens"] == nil && node["words"] != nil ? "words" : "tokens")
      _ = try reader.member(key, of: node)
      let words = try reader.elements(key, of: node)
      let columns = try columns(node, words.count, choices, reader, &leftOut)
      // Further columns of one name hold spans that overlap the first.
      let kinds = Set(columns.map { kind(of: $0.name) })
      for (index, word) in words.enumerated() {
        guard let text = word.text else {
          throw reader.fault(at: word.place, expected: "a token", found: "another value")
        }
        found.add(text, word.place.byte)
        for (name, tags) in columns {
          found.tag(tags[index], kinds.count > 1 ? CoNLL.columnLayer + "." + kind(of: name) : nil, column: name)
        }
      }
      let known = Set(columns.map(\.name)).union([key, "id", "annotator"])
      for (name, value) in node.members where !known.contains(name) && !isTags(name) && !value.isEmpty {
        leftOut.append((value.place.byte, "“\(name)” of the text"))
      }
      return []
    }
    guard isThere else { return [] }
    var document = try found.document(texts(found.name), bytes)
    document.leftOut += leftOut
    return [document]
  }

  /// The name of a column without the number that a further one of its kind has.
  private static func kind(of column: String) -> String {
    let number = column.split(separator: "_").last ?? ""
    return number.allSatisfy(\.isNumber) ? String(column.dropLast(number.count + 1)) : column
  }

  private static func isTags(_ name: String) -> Bool { name.contains("tags") || name == "labels" }

  /// The columns of tags by name, in the order of the file.
  private static func columns(
    _ node: JSONNode, _ count: Int, _ choices: ImportChoices, _ reader: JSONReader,
    _ leftOut: inout [(byte: Int, what: String)]
  ) throws(JSONFault) -> [(name: String, tags: [String])] {
    var columns: [(name: String, tags: [String])] = []
    for (name, value) in node.members where isTags(name) {
      guard let elements = value.elements else { continue }
      guard elements.count == count else {
        throw reader.fault(at: value.place, expected: "\(count) tags, one for each token", found: "\(elements.count)")
      }
      let numbers = elements.compactMap(\.integer)
      let names = numbers.count == count && count > 0 ? Self.names(of: name, choices) : nil
      if numbers.count == count, count > 0, names == nil {
        leftOut.append((value.place.byte, "the names of “\(name)”, which no dataset_info.json beside the file gives"))
      }
      var tags: [String] = []
      for element in elements {
        if let number = element.integer {
          guard let names else {
            tags.append(number == 0 ? "O" : "\(number)")
            continue
          }
          guard names.indices.contains(number) else {
            throw reader.fault(at: element.place, expected: "a number below \(names.count)", found: "\(number)")
          }
          tags.append(names[number])
        } else if let text = element.string {
          tags.append(text)
        } else {
          throw reader.fault(at: element.place, expected: "a tag", found: "another value")
        }
      }
      let isOfSpans =
        tags.allSatisfy { TokenTag.isTag($0) } || name.hasPrefix("ner") || names == nil && !numbers.isEmpty
      if isOfSpans {
        columns.append((name, tags))
      } else {
        leftOut.append((value.place.byte, "“\(name)”, which has no tags such as B-label"))
      }
    }
    return columns
  }

  /// The names of a column's numbers, as `dataset_info.json` gives them; nil if it does not.
  private static func names(of column: String, _ choices: ImportChoices) -> [String]? {
    guard let bytes = choices.datasetInfo() else { return nil }
    var reader = JSONReader(bytes)
    guard let node = try? reader.readNode(atMost: 100_000) else { return nil }
    func names(_ node: JSONNode) -> [String]? {
      if let names = node["names"]?.elements?.compactMap(\.string), !names.isEmpty { return names }
      return node.members.lazy.compactMap { names($0.node) }.first
    }
    func feature(_ node: JSONNode) -> JSONNode? {
      node[column] ?? node.members.lazy.compactMap { feature($0.node) }.first
    }
    return feature(node).flatMap(names)
  }
}
