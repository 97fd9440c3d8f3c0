public import Standoff

/// WebAnno TSV 3.3, as INCEpTION reads it: one token a line, layers in columns; one file for each document.
///
/// Each label stands under the layer and feature that it came from, else in the custom layer `Span`; relations likewise,
/// else in `Relation`. Offsets are UTF-16 units. A span that covers part of a token has a line of its own; blanks at its
/// edges are not written. Not carried: gaps, absent targets, white space between sentences.
///
/// On import, lines without their columns, sentences that overlap and a text that differs from a known one are refused.
/// Versions 1 and 2, which have no offsets, are read too.
///
/// Source: *WebAnno TSV 3.3*, INCEpTION user guide.
public struct WebAnnoTSV: Exporter, Importer {
  public static let name = "webanno-tsv"
  public static let offsetUnit = "UTF-16 units"
  public static let notCarried = "times of creation, origins, numbers of spans, white space between sentences"
  public static let layout = ExportLayout.folder
  public static let endings = ["tsv"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.tokens

  public init() {}

  public mutating func add(_ version: AnnotatedDocument, to sink: inout ExportSink) {
    sink.lose(all: [.gap], of: version)
    var writing = CASWriting(version, onTokens: true)
    let cas = writing.write(&sink)
    let text = WebAnnoTSVWriting(cas, version).text
    sink.write(Array(text.utf8), to: "\(version.set.annotator)/\(version.document.id).tsv")
  }

  static func escaped(_ value: String) -> String {
    var escaped = ""
    for scalar in TextLines.escaped(value).unicodeScalars {
      if "[]|_;*".unicodeScalars.contains(scalar) { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped.replacing("->", with: "\\->")
  }

  public static func read(
    _ bytes: [UInt8], texts: TextSource, choices: ImportChoices
  ) throws(ImportFault) -> [ForeignDocument] {
    let decoded = try TextLines.decoded(bytes)
    let starts = TextLines(bytes).starts
    let lines = decoded.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0.last == "\r" ? $0.dropLast() : $0) }
    let cas: CAS
    var leftOut: [(byte: Int, what: String)] = []
    if lines.first?.hasPrefix("#FORMAT=WebAnno TSV 3") == true {
      var reading = WebAnnoTSVReading(starts: starts)
      for (index, line) in lines.enumerated() { try reading.read(line, index + 1) }
      cas = try reading.cas(texts(nil))
      leftOut = reading.leftOut
    } else {
      var reading = WebAnnoTSV2Reading(starts: starts)
      for (index, line) in lines.enumerated() { try reading.read(line, index + 1) }
      cas = try reading.cas(texts(nil))
      leftOut = reading.leftOut
    }
    var reading = CASReading(cas, choices)
    var document = reading.read()
    document.leftOut += leftOut
    return [document]
  }
}
