package import Agreement

/// One figure of a study on agreement, with its key, value and interval.
package struct Figure {
  /// The unit, label and annotators of a figure.
  package struct Key: Hashable {
    package let measure: MeasureName
    /// `character`, `word`, `sentence`, `document`, `item`, `span`, `relation` or `attribute`.
    package let unit: String
    /// The label, the relation's type, the attribute's name or the code; nil for all.
    package let label: String?
    /// The two annotators; nil for all together, or for the mean over pairs.
    package let annotators: [String]?
    /// The least intersection over union at which spans match, where several are asked for.
    package var overlap: Double?
  }

  package let key: Key
  /// Nil for all documents together.
  package let document: String?
  /// The number of pairable items, or of spans of both annotators; given even if the figure is undefined.
  package let items: Int
  /// The value, or why there is none.
  package let result: Result<Coefficient, Undefined>
  /// The interval, or why there is none; nil if none was asked for.
  package let interval: Result<Interval, Interval.Absence>?

  /// How far the value may be off, and p; nil where items depend on each other or no formula exists.
  package var significance: Significance?

  package var measure: MeasureName { key.measure }

  /// The section of a page for this figure.
  package var section: String { measure.isOfContinuum ? "continuum" : key.unit }

  /// The value; nil if it is undefined.
  package var value: Double? { coefficient?.value }

  package var coefficient: Coefficient? { try? result.get() }

  /// The bounds of the interval; nil if there is none.
  package var bounds: Interval? { try? interval?.get() }
}
