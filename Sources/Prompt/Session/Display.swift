/// The terminal's width and colour, for pages laid out to fit it.
package struct Display: Sendable {
  /// The width in columns.
  package var width: Int
  /// Whether to use colour.
  package var isColoured: Bool

  package init(width: Int = 80, isColoured: Bool = false) {
    self.width = width
    self.isColoured = isColoured
  }
}
