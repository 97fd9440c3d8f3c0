import Standoff

/// A model that was learned from documents elsewhere, with what it is worth beside the lexicon.
public struct KeptModel: Sendable {
  /// The name that it goes by.
  public let name: String
  let model: SpanModel
  let worth: [String: Worth]
  /// The labels whose names are not those that they were learned under: their spans follow another scheme's rules.
  let mapped: Set<String>
  /// The number of documents that it was learned from.
  public let documents: Int

  /// The labels that it finds.
  public var labels: [String] { model.labels }

  /// Whether it was learned with all proposals of a scheme in sight.
  func hasRoles(_ scheme: Scheme) -> Bool {
    [scheme.denialLabel, scheme.quotationLabel].compactMap(\.?.name).allSatisfy(model.labels.contains)
  }
}
