import Standoff

/// A unit in which formats count offsets.
public enum OffsetUnit: String, CaseIterable, Sendable {
  /// Unicode scalars, as in Python.
  case codePoint = "codepoint"
  /// UTF-16 code units, as in JavaScript and Java.
  case utf16
  /// Bytes of UTF-8.
  case utf8

  /// The unit's name, as a plural noun.
  public var noun: String {
    switch self {
    case .codePoint: "code points"
    case .utf16: "UTF-16 units"
    case .utf8: "bytes of UTF-8"
    }
  }

  /// The number of code points before an offset; nil if it is outside the text or inside a code point.
  func codePoint(_ offset: Int, in text: DocumentText) -> Int? {
    switch self {
    case .codePoint: return (0...text.count).contains(offset) ? offset : nil
    case .utf16: return text.codePoint(ofUTF16: offset)
    case .utf8:
      guard (0...text.utf8.count).contains(offset) else { return nil }
      let place = text.codePoint(ofUTF8: offset)
      return text.utf8Offset(ofCodePoint: place) == offset ? place : nil
    }
  }

  /// The normalised ranges of a span's fragments; nil if one is not a range of the text.
  func ranges(of span: ForeignSpan, in text: DocumentText) -> [TextRange]? {
    var ranges: [TextRange] = []
    for fragment in span.fragments {
      guard let start = codePoint(fragment.start, in: text), let end = codePoint(fragment.end, in: text), start < end
      else { return nil }
      ranges.append(TextRange(start, end))
    }
    return Annotation.normalised(ranges)
  }

  /// Whether the words of a span are those at its offsets; nil if it has none.
  ///
  /// Line breaks and tabs equal blanks, since tools that keep a span on one line replace them.
  func fits(_ span: ForeignSpan, in text: DocumentText) -> Bool? {
    guard let ranges = ranges(of: span, in: text), let first = ranges.first, let last = ranges.last else {
      return false
    }
    func equal(_ words: String, _ found: String) -> Bool {
      words == found || Self.onOneLine(words) == Self.onOneLine(found)
    }
    switch span.words {
    case .none: return nil
    case .hull(let words): return equal(words, text[TextRange(first.start, last.end)])
    case .joined(let words):
      if equal(words, ranges.map { text[$0] }.joined(separator: " ")) { return true }
      // Some files keep their own order and do not merge fragments that touch.
      return equal(words, slices(of: span, in: text).joined(separator: " "))
    case .each(let words):
      let found = slices(of: span, in: text)
      return words.count == found.count && zip(words, found).allSatisfy(equal)
    }
  }

  /// The words at a span's offsets, without what is outside the text.
  func slices(of span: ForeignSpan, in text: DocumentText) -> [String] {
    span.fragments.compactMap { fragment in
      guard let start = codePoint(fragment.start, in: text), let end = codePoint(fragment.end, in: text), start <= end
      else { return nil }
      return text[TextRange(start, end)]
    }
  }

  private static func onOneLine(_ words: String) -> [Unicode.Scalar] {
    words.unicodeScalars.map { $0 == "\n" || $0 == "\r" || $0 == "\t" ? " " : $0 }
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
  /// Units are tried in the order code points, UTF-16, bytes, unless the format or the caller names one. If the file
  /// gives no words and a later unit also fits but cuts fewer words apart, the unit is in doubt.
  ///
  /// - Parameter asked: the unit to use; nil to use the format's or find it.
  /// - Throws: ``UnitFault`` if no unit fits, or if two do and it is in doubt which.
  public func fittingUnit(_ asked: OffsetUnit?) throws(UnitFault) -> OffsetUnit {
    let units = (asked ?? unit).map { [$0] } ?? OffsetUnit.allCases
    var best: (unit: OffsetUnit, misfits: [Misfit])?
    var fitting: [OffsetUnit] = []
    let hasDoubt = spans.contains { $0.words == .none }
    for unit in units {
      let misfits = spans.filter { unit.fits($0, in: text) == false }.map { misfit($0, unit) }
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
    if cuts > 0, let other = fitting.dropFirst().first(where: { edgesInsideWords($0) < cuts }) {
      throw .doubt(first, other)
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

  private func misfit(_ span: ForeignSpan, _ unit: OffsetUnit) -> Misfit {
    let stated: String? =
      switch span.words {
      case .none: nil
      case .hull(let words), .joined(let words): words
      case .each(let words): words.joined(separator: " ")
      }
    let found = unit.slices(of: span, in: text)
    let isInside = unit.ranges(of: span, in: text) != nil
    return Misfit(byte: span.byte, id: span.id, stated: stated, found: isInside ? found.joined(separator: " ") : nil)
  }

  private func edgesInsideWords(_ unit: OffsetUnit) -> Int {
    func isLetter(_ offset: Int) -> Bool {
      guard offset >= 0, offset < text.count else { return false }
      return text[TextRange(offset, offset + 1)].unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    }
    return spans.reduce(0) { sum, span in
      let ranges = unit.ranges(of: span, in: text) ?? []
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
    for index in spans.indices {
      let ranges = unit.ranges(of: spans[index], in: text) ?? []
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
