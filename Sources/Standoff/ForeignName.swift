/// The name of a label, attribute or relation in the files of the tool that it came from; it goes back under that name.
///
/// ```swift
/// let person = ForeignName(layer: "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", feature: "value")
/// ```
public struct ForeignName: Hashable, Sendable {
  /// The layer: the name of the type in a layered format; nil in others.
  public var layer: String?
  /// The feature whose value is the name, or the kind of line that it stands on; nil if the layer itself is the name.
  public var feature: String?
  /// The name itself, where it is not allowed here or stands for another; nil if it is the name here.
  public var original: String?
  /// The type of the feature's values, where it is not a string.
  public var range: String?

  /// Creates a name.
  public init(layer: String? = nil, feature: String? = nil, original: String? = nil, range: String? = nil) {
    self.layer = layer
    self.feature = feature
    self.original = original
    self.range = range
  }

  /// Whether nothing is known of other tools.
  public var isEmpty: Bool { self == ForeignName() }
}
