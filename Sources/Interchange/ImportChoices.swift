/// What the caller of an import chose, beyond the format.
public struct ImportChoices: Sendable {
  /// A layer to import, and the feature that is its label.
  public struct Layer: Equatable, Sendable {
    /// The layer's name, in full or its last part.
    public let name: String
    /// The feature whose value is the label; nil for the usual one.
    public let feature: String?

    /// Creates a choice.
    public init(_ name: String, feature: String? = nil) {
      self.name = name
      self.feature = feature
    }
  }

  /// The layers to import; empty for all.
  public var layers: [Layer] = []
  /// The column of the token, counted from 1; nil to find it.
  public var tokenColumn: Int?
  /// The columns of tags, counted from 1; empty to find them.
  public var tagColumns: [Int] = []
  /// The key of the text; nil to find it.
  public var textKey: String?
  /// The bytes of the type system beside the file; nil if there is none.
  public var typeSystem: @Sendable () -> [UInt8]? = { nil }
  /// The bytes of `dataset_info.json` beside the file; nil if there is none.
  public var datasetInfo: @Sendable () -> [UInt8]? = { nil }

  /// Creates the choices of a caller who chose nothing.
  public init() {}

  func includes(_ layer: String) -> Bool { layers.isEmpty || choice(layer) != nil }

  func feature(ofLayer layer: String) -> String? { choice(layer)?.feature }

  private func choice(_ layer: String) -> Layer? {
    layers.first { $0.name == layer || $0.name == UIMALayers.short(layer) }
  }
}
