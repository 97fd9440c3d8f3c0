/// A model that was learned from documents elsewhere, with what it is worth beside the lexicon.
public struct KeptModel: Sendable {
  /// The name that it goes by.
  public let name: String
  let model: SpanModel
  let worth: [String: Worth]
  /// The labels whose names are not those that they were learned under: their spans follow another scheme's rules.
  let mapped: Set<String>
  /// The proposals of the lexicon that it had in sight while it was learned; see ``FieldHints/Hint``.
  let hints: Set<Int>
  /// The number of documents that it was learned from.
  public let documents: Int

  /// The labels that it finds.
  public var labels: [String] { model.labels }
}
