/// Something that some annotators do again and again where others do not.
package struct Habit {
  /// What is done.
  package enum Deed: Hashable {
    /// A span begins, or ends, without a part of the others' words.
    case leavesOut(EdgeFeature, SpanEdge)
    /// A span begins later, or ends earlier.
    case isShorter(SpanEdge)
    /// Nothing is marked where the others mark a span.
    case missing(SpanTrait)
    /// Another label stands on the same place.
    case labels(String)
    /// The others' one span has gaps, or is several.
    case splits(SplitTrait)
    /// An attribute is left unset that the others set.
    case leavesUnset(String)
    /// The value of an attribute is that of the others, written otherwise.
    case respells(String, Respelling)
    /// An attribute has this value, whatever value the others set.
    case saysAlways(String, String)
    /// Values of an attribute that meet others' values again and again.
    case says(String, [ValuePair])
    /// A relation is not drawn that the others draw.
    case relation(String)
  }

  /// A property of a span's words.
  package enum SpanTrait: Hashable {
    case any, pronoun, noun
    /// A noun that reports, such as “claim”.
    case reportingNoun
    /// One word that ends in -ing.
    case gerund
    /// A source that does not begin with a capital letter and is no pronoun.
    case unnamed
    /// A content inside another content of the same annotator.
    case nested
    /// Three words or fewer.
    case short
    /// Has a quotation mark in it.
    case quoting
    /// These words, in lower case.
    case words(String)
  }

  /// A property of a whole span where others have several, or one with gaps.
  package enum SplitTrait: Hashable {
    case any
    /// Has a comma, semicolon or full stop inside.
    case stop
    /// Has more than one quotation inside.
    case quotations
  }

  /// How a value differs from another that means the same.
  package enum Respelling: String, Hashable, CaseIterable {
    /// Only its last word or words.
    case lastWords
    /// In capital letters, or in small ones.
    case letterCase
  }

  /// Two values that meet on the same spans, and how often.
  package struct ValuePair: Hashable {
    package let own: String
    package let others: String
    package let count: Int
  }

  /// A group of aligned spans.
  package struct Place: Hashable, Comparable {
    /// The index of the document among those compared.
    package let document: Int
    /// The index of the group in its alignment.
    package let group: Int

    package static func < (a: Place, b: Place) -> Bool { (a.document, a.group) < (b.document, b.group) }
  }

  package let deed: Deed
  /// The others' label of the spans; nil for all labels.
  package let label: String?
  /// Those who do it.
  package let annotators: [String]
  /// Those who do not.
  package let others: [String]
  /// Where they do it, in reading order.
  package let places: [Place]
  /// In how many places they could have done it.
  package let chances: Int
  /// Exact F1 over all pairs of annotators, their counts added, if they had done as the others; nil if it stays the same.
  package let settled: Double?
}
