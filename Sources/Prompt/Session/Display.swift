/// How the terminal shows what is laid out for it.
package struct Display: Sendable {
  /// Columns.
  package var width: Int
  /// Whether there are colours to tell things apart.
  package var isColoured: Bool

  package init(width: Int = 80, isColoured: Bool = false) {
    self.width = width
    self.isColoured = isColoured
  }
}
