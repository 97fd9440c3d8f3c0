import Standoff

/// A unit in which formats count offsets.
public enum OffsetUnit: String, CaseIterable, Sendable {
  /// Unicode scalars, as in Python.
  case codePoint = "codepoint"
  /// UTF-16 code units, as in JavaScript and Java.
  case utf16
  /// Bytes of UTF-8.
  case utf8
  /// Code points, CR LF counted as one.
  case crlfAsOne = "crlf-as-one"
  /// Extended grapheme clusters, the characters that a reader sees.
  case grapheme
  /// Code points, the byte order mark before the text counted as one.
  case markCounted = "bom-counted"

  /// The unit's name, as a plural noun.
  public var noun: String {
    switch self {
    case .codePoint: "code points"
    case .utf16: "UTF-16 units"
    case .utf8: "bytes of UTF-8"
    case .crlfAsOne: "code points, CR LF being one"
    case .grapheme: "grapheme clusters"
    case .markCounted: "code points, the byte order mark being one"
    }
  }
}

/// The offsets of a text in a unit.
struct OffsetScale {
  private let unit: OffsetUnit
  private let text: DocumentText
  /// The code points before each character of a unit that is longer than a code point, and the text's length.
  private let starts: [Int]

  init(_ unit: OffsetUnit, of text: DocumentText) {
    self.unit = unit
    self.text = text
    var starts: [Int] = []
    switch unit {
    case .grapheme:
      var at = 0
      for character in text.string {
        starts.append(at)
        at += character.unicodeScalars.count
      }
      starts.append(at)
    case .crlfAsOne:
      var last: Unicode.Scalar = " "
      for (offset, scalar) in text.string.unicodeScalars.enumerated() {
        if last != "\r" || scalar != "\n" { starts.append(offset) }
        last = scalar
      }
      starts.append(text.count)
    case .codePoint, .utf16, .utf8, .markCounted: break
    }
    self.starts = starts
  }

  /// The number of code points before an offset; nil if it is outside the text or inside a code point.
  func codePoint(_ offset: Int) -> Int? {
    switch unit {
    case .codePoint: return (0...text.count).contains(offset) ? offset : nil
    case .markCounted: return (1...text.count + 1).contains(offset) ? offset - 1 : nil
    case .utf16: return text.codePoint(ofUTF16: offset)
    case .utf8:
      guard (0...text.utf8.count).contains(offset) else { return nil }
      let place = text.codePoint(ofUTF8: offset)
      return text.utf8Offset(ofCodePoint: place) == offset ? place : nil
    case .crlfAsOne, .grapheme: return starts.indices.contains(offset) ? starts[offset] : nil
    }
  }

  /// A range in code points; nil if it is not one of the text.
  func range(_ start: Int, _ end: Int) -> TextRange? {
    guard let start = codePoint(start), let end = codePoint(end), start <= end else { return nil }
    return TextRange(start, end)
  }

  /// The normalised ranges of a span's fragments, without empty ones; nil if one is not a range of the text.
  func ranges(of span: ForeignSpan) -> [TextRange]? {
    var ranges: [TextRange] = []
    for fragment in span.fragments {
      guard let range = range(fragment.start, fragment.end) else { return nil }
      ranges.append(range)
    }
    return Annotation.normalised(ranges)
  }

  /// Whether the words of a span are those at its offsets; nil if it has none, or covers none.
  ///
  /// White space of any kind and length is equal, and none at the end, since tools that keep a span on one line, or in a
  /// web page, change it.
  func fits(_ span: ForeignSpan) -> Bool? {
    guard let ranges = ranges(of: span) else { return false }
    guard let first = ranges.first, let last = ranges.last else { return nil }
    func equal(_ words: String, _ found: String) -> Bool {
      words == found || Self.collapsed(words) == Self.collapsed(found)
    }
    switch span.words {
    case .none: return nil
    case .hull(let words): return equal(words, text[TextRange(first.start, last.end)])
    case .joined(let words):
      if equal(words, ranges.map { text[$0] }.joined(separator: " ")) { return true }
      // Some files keep their own order and do not merge fragments that touch.
      return equal(words, slices(of: span).joined(separator: " "))
    case .each(let words):
      let found = slices(of: span)
      return words.count == found.count && zip(words, found).allSatisfy(equal)
    }
  }

  /// The words at a span's offsets, without what is outside the text.
  func slices(of span: ForeignSpan) -> [String] {
    span.fragments.compactMap { range($0.start, $0.end).map { text[$0] } }
  }

  private static func collapsed(_ words: String) -> [Unicode.Scalar] {
    var collapsed: [Unicode.Scalar] = []
    for scalar in words.unicodeScalars {
      if !scalar.properties.isWhitespace {
        collapsed.append(scalar)
      } else if collapsed.last != " " {
        collapsed.append(" ")
      }
    }
    if collapsed.count > 1, collapsed.last == " " { collapsed.removeLast() }
    return collapsed
  }
}

extension ForeignDocument {
  /// A span whose offsets do not fit the text.
  public struct Misfit: Equatable, Sendable {
    /// The number of bytes before the span in the file.
    public let byte: Int
    /// The span's id.
    public let id: String
    /// The words that the file gives; nil if it gives none.
    public let stated: String?
    /// The words at the span's offsets; nil if these lie outside the text.
    public let found: String?
  }

  /// The unit in which every span lies in the text and has the words that the file gives.
  ///
  /// Units are tried in the order of ``OffsetUnit``, unless the format or the caller names one. If the file gives no
  /// words and a later unit also fits but cuts fewer words apart, the unit is in doubt.
  ///
  /// - Parameter asked: the unit to use; nil to use the format's or find it.
  /// - Throws: ``UnitFault`` if no unit fits, or if two do and it is in doubt which.
  public func fittingUnit(_ asked: OffsetUnit?) throws(UnitFault) -> OffsetUnit {
    let units = (asked ?? unit).map { [$0] } ?? possibleUnits
    var best: (unit: OffsetUnit, misfits: [Misfit])?
    var fitting: [OffsetUnit] = []
    let hasDoubt = spans.contains { $0.words == .none }
    for unit in units {
      let scale = OffsetScale(unit, of: text)
      let misfits = spans.filter { scale.fits($0) == false }.map { misfit($0, scale) }
      if misfits.isEmpty {
        fitting.append(unit)
        if !hasDoubt { return unit }
      }
      if misfits.count < best?.misfits.count ?? .max { best = (unit, misfits) }
    }
    guard let first = fitting.first else {
      throw .misfits(best?.misfits ?? [], unit: best?.unit ?? .codePoint)
    }
    if fitting.count == 1 { return first }
    let cuts = edgesInsideWords(first)
    if cuts > 0 {
      let others = fitting.dropFirst().map { (unit: $0, cuts: edgesInsideWords($0)) }
      if let other = others.min(by: { $0.cuts < $1.cuts }), other.cuts < cuts { throw .doubt(first, other.unit) }
    }
    return first
  }

  /// The reason for which no unit could be determined.
  public enum UnitFault: Error, Equatable, Sendable {
    /// No unit fits; these spans do not in the unit with the fewest misfits.
    case misfits([Misfit], unit: OffsetUnit)
    /// Both units fit, and the second cuts fewer words apart.
    case doubt(OffsetUnit, OffsetUnit)
  }

  /// The units in which this text's offsets may differ.
  private var possibleUnits: [OffsetUnit] {
    let scalars = text.string.unicodeScalars
    let hasCRLF = text.utf8.contains(13) && text.string.contains("\r\n")
    return OffsetUnit.allCases.filter { unit in
      switch unit {
      case .codePoint, .utf16, .utf8: true
      case .crlfAsOne: hasCRLF
      case .grapheme: scalars.contains { !$0.isASCII } || hasCRLF
      case .markCounted: hadMark
      }
    }
  }

  private func misfit(_ span: ForeignSpan, _ scale: OffsetScale) -> Misfit {
    let stated: String? =
      switch span.words {
      case .none: nil
      case .hull(let words), .joined(let words): words
      case .each(let words): words.joined(separator: " ")
      }
    let found = scale.slices(of: span)
    let isInside = scale.ranges(of: span) != nil
    return Misfit(byte: span.byte, id: span.id, stated: stated, found: isInside ? found.joined(separator: " ") : nil)
  }

  private func edgesInsideWords(_ unit: OffsetUnit) -> Int {
    func isLetter(_ offset: Int) -> Bool {
      guard offset >= 0, offset < text.count else { return false }
      return text[TextRange(offset, offset + 1)].unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    }
    let scale = OffsetScale(unit, of: text)
    return spans.reduce(0) { sum, span in
      let ranges = scale.ranges(of: span) ?? []
      return ranges.reduce(sum) { sum, range in
        sum + [range.start, range.end].count { isLetter($0 - 1) && isLetter($0) }
      }
    }
  }

  /// The document with its offsets converted to code points and its fragments normalised.
  ///
  /// - Precondition: *unit* fits; see ``fittingUnit(_:)``. Spans that do not fit lose their fragments.
  public func inCodePoints(_ unit: OffsetUnit) -> ForeignDocument {
    var converted = self
    converted.unit = .codePoint
    let scale = OffsetScale(unit, of: text)
    for index in spans.indices {
      let ranges = scale.ranges(of: spans[index]) ?? []
      let given = spans[index].fragments.compactMap { scale.range($0.start, $0.end) }.filter { !$0.isEmpty }
      if given != ranges, given.count > 1 {
        converted.leftOut.append(
          (spans[index].byte, "that the fragments of \(spans[index].id) touch, overlap or stand in another order"))
      }
      converted.spans[index].fragments = ranges.map { ($0.start, $0.end) }
    }
    return converted
  }

  /// The annotations of two files on the same text as one document, in code points.
  ///
  /// - Precondition: the offsets of this document are code points already.
  /// - Parameters:
  ///   - other: the other file's document; its ids are given a prefix.
  ///   - unit: the unit of the other document's offsets.
  public func joined(_ other: ForeignDocument, _ unit: OffsetUnit) -> ForeignDocument {
    var joined = self
    let part = "\(spans.count + relations.count)@"
    for span in other.inCodePoints(unit).spans {
      var span = span
      span.id = part + span.id
      joined.spans.append(span)
    }
    joined.attributes += other.attributes
    joined.note = note.joined(other.note)
    joined.attributeNames.merge(other.attributeNames) { first, _ in first }
    for relation in other.relations {
      var relation = relation
      relation.id = part + relation.id
      relation.from = part + relation.from
      relation.to = relation.to.map { part + $0 }
      joined.relations.append(relation)
    }
    return joined
  }
}
