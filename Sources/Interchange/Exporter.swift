public import Standoff

/// Writes annotations in the form of another tool.
public protocol Exporter: Sendable {
  /// The word that names the format on the command line.
  static var name: String { get }
  /// The unit of its offsets, as a noun in the plural.
  static var offsetUnit: String { get }
  /// What the format has no place for, in words; empty where it carries everything.
  static var notCarried: String { get }

  /// The bytes of one document with one set of annotations.
  func export(_ set: AnnotationSet, of document: Document) -> [UInt8]
}
