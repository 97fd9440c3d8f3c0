package import Agreement

/// One figure of an agreement report, with all that says what it is.
package struct Figure {
  /// What a figure is of.
  package struct Key: Hashable {
    let measure: MeasureName
    /// `character`, `word`, `sentence`, `span`, `relation` or `attribute`.
    package let unit: String
    /// A label; of relations a type, of attributes a name; nil for all.
    package let label: String?
    /// Two annotators; nil for all together, or the mean over pairs.
    package let annotators: [String]?
  }

  package let key: Key
  /// Nil for all documents together.
  package let document: String?
  /// What it rests on, also where there is no value: pairable items, or spans of both annotators.
  package let items: Int
  /// The value, or why there is none.
  package let result: Result<Coefficient, Undefined>
  /// The interval, or why there is none; nil where none was asked for.
  package let interval: Result<Interval, Interval.Absence>?

  package var measure: MeasureName { key.measure }

  /// The part of a page that it stands in.
  package var section: String { measure.isOfContinuum ? "continuum" : key.unit }

  /// The value; nil where it does not exist.
  package var value: Double? { coefficient?.value }

  package var coefficient: Coefficient? { try? result.get() }

  /// The bounds; nil where there are none.
  package var bounds: Interval? { try? interval?.get() }
}
