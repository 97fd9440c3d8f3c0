public import Standoff

/// Plain text with inline marks such as `⟦claim: taxes will fall⟧`, which may nest. Read only.
///
/// The marks are not part of the text. A mark without a label, or without its other bracket, is refused.
public struct MarkedText: Importer {
  public static let name = "marks"
  public static let endings = ["txt", "md"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    let scalars = Array(try TextLines.decoded(bytes).unicodeScalars)
    var reading = InlineMarks()
    var at = 0
    while at < scalars.count {
      if scalars[at] == "⟦" {
        let end = scalars[at...].prefix(130).firstIndex(of: ":")
        guard let end, end > at + 1, !scalars[at + 1..<end].contains(where: { $0 == "⟦" || $0 == "⟧" || $0 == "\n" })
        else {
          throw ImportFault(
            at: InlineMarks.byte(of: at, in: scalars), in: bytes, expected: "⟦label: words⟧", found: "⟦ without a label"
          )
        }
        reading.open(at, label: String(String.UnicodeScalarView(scalars[at + 1..<end])))
        at = end + 1
        if at < scalars.count, scalars[at] == " " { at += 1 }
      } else if scalars[at] == "⟧" {
        guard reading.close(nil) else {
          throw ImportFault(
            at: InlineMarks.byte(of: at, in: scalars), in: bytes, expected: "⟦ before ⟧", found: "⟧ alone")
        }
        at += 1
      } else {
        reading.add(scalars[at])
        at += 1
      }
    }
    return [try reading.document(scalars, bytes, expected: "⟧")]
  }
}

/// YEDDA text with inline marks such as `[@taxes will fall#claim*]`, which may nest. Read only.
///
/// The marks are not part of the text. A mark without its end is refused.
public struct Yedda: Importer {
  public static let name = "yedda"
  public static let endings = ["ann", "anns"]
  public static let piece = ImportPiece.file
  public static let textPlace = TextPlace.inside

  public static func read(_ bytes: [UInt8], texts: TextSource, choices: ImportChoices) throws(ImportFault)
    -> [ForeignDocument]
  {
    let scalars = Array(try TextLines.decoded(bytes).unicodeScalars)
    var reading = InlineMarks()
    var at = 0
    while at < scalars.count {
      // [$…] is a suggestion of YEDDA that was accepted.
      if scalars[at] == "[", at + 1 < scalars.count, scalars[at + 1] == "@" || scalars[at + 1] == "$" {
        reading.open(at, label: "")
        at += 2
      } else if scalars[at] == "#", reading.isOpen, let end = labelEnd(scalars, from: at) {
        _ = reading.close(String(String.UnicodeScalarView(scalars[at + 1..<end])))
        at = end + 2
      } else {
        reading.add(scalars[at])
        at += 1
      }
    }
    return [try reading.document(scalars, bytes, expected: "#label*]")]
  }

  /// The place of the `*]` that ends a label; nil if the text after `#` is not a label.
  private static func labelEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
    var at = start + 1
    while at + 1 < scalars.count, at - start < 130 {
      if scalars[at] == "*", scalars[at + 1] == "]" { return at > start + 1 ? at : nil }
      if "#[]@\n".unicodeScalars.contains(scalars[at]) { return nil }
      at += 1
    }
    return nil
  }
}

/// A text with its inline marks removed, and the spans that they marked.
private struct InlineMarks {
  private var text = String.UnicodeScalarView()
  private var count = 0
  private var spans: [(start: Int, end: Int, label: String, at: Int)] = []
  private var opened: [(start: Int, label: String, at: Int)] = []

  var isOpen: Bool { !opened.isEmpty }

  mutating func add(_ scalar: Unicode.Scalar) {
    text.append(scalar)
    count += 1
  }

  mutating func open(_ at: Int, label: String) { opened.append((count, label, at)) }

  mutating func close(_ label: String?) -> Bool {
    guard let mark = opened.popLast() else { return false }
    spans.append((mark.start, count, label ?? mark.label, mark.at))
    return true
  }

  static func byte(of place: Int, in scalars: [Unicode.Scalar]) -> Int {
    scalars[..<place].reduce(0) { $0 + UTF8.width($1) }
  }

  func document(_ scalars: [Unicode.Scalar], _ bytes: [UInt8], expected: String) throws(ImportFault) -> ForeignDocument
  {
    if let mark = opened.last {
      throw ImportFault(
        at: Self.byte(of: mark.at, in: scalars), in: bytes, expected: "\(expected) that ends what begins here",
        found: nil)
    }
    var document = ForeignDocument(text: DocumentText(String(text)), unit: .codePoint)
    var bytesBefore = [0]
    for scalar in scalars { bytesBefore.append(bytesBefore[bytesBefore.count - 1] + UTF8.width(scalar)) }
    for (index, span) in spans.sorted(by: { ($0.start, -$0.end) < ($1.start, -$1.end) }).enumerated() {
      document.spans.append(
        ForeignSpan(
          "\(index + 1)", span.label, [(span.start, span.end)], byte: bytesBefore[span.at]))
    }
    return document
  }
}
