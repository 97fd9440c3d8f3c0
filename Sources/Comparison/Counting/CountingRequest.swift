package import Standoff

/// The documents, annotators and measures to compare.
package struct CountingRequest: Sendable {
  /// Empty for all documents.
  package var documents: [String] = []
  /// Empty for all annotators but gold.
  package var annotators: [String] = []
  /// Empty for all labels of the scheme.
  package var labels: [String] = []
  package var units = ItemKind.allCases
  /// Whether to compute figures of pairs of annotators.
  package var hasPairs = true
  /// Whether to compute figures of attributes, with the values of aligned spans as items.
  package var hasAttributes = true
  /// Whether to compute figures of continua.
  package var hasContinua = true
  /// Whether best alignments of continua are to be found, now or for a document that is shown.
  package var keepsContinua = false
  /// The best alignments to count in each document by itself; nil to find them, if wanted, for all together.
  package var gamma: GammaCounting?
  /// The annotator with whom everyone's spans are compared; nil for all pairs.
  package var reference: String?
  /// The adjudicated version, if it is the reference: people are held to it, but it is nobody's agreement.
  package var heldApart: String? { reference == "gold" ? reference : nil }
  /// Whether it counts the same spans of the same people as a comparison does, as far as documents and annotators go.
  package var countsAllSpans: Bool {
    labels.isEmpty && reference == nil && zones.isEmpty && round == nil && !withoutSuggested
  }
  /// The least intersections over union at which overlapping spans match, 0 for any overlap; relations and attributes
  /// are compared by the first.
  package var overlaps = [0.0]
  /// Whether to include unfinished files, as far as their annotator has read.
  package var inProgress = false
  /// The kinds of zones to count although they are normally left out.
  package var zones: Set<Zone.Kind> = []
  /// The round whose assignments count; nil for all files.
  package var round: Int?
  /// Whether to ignore spans accepted from suggestions, and the spans aligned with them.
  package var withoutSuggested = false

  package init(
    documents: [String] = [], annotators: [String] = [], labels: [String] = [], units: [ItemKind] = ItemKind.allCases,
    hasPairs: Bool = true, hasAttributes: Bool = true, hasContinua: Bool = true, keepsContinua: Bool = false,
    reference: String? = nil,
    overlaps: [Double] = [0.0],
    inProgress: Bool = false, zones: Set<Zone.Kind> = [], round: Int? = nil, withoutSuggested: Bool = false
  ) {
    self.documents = documents
    self.annotators = annotators
    self.labels = labels
    self.units = units
    self.hasPairs = hasPairs
    self.hasAttributes = hasAttributes
    self.hasContinua = hasContinua
    self.keepsContinua = keepsContinua
    self.reference = reference
    self.overlaps = overlaps
    self.inProgress = inProgress
    self.zones = zones
    self.round = round
    self.withoutSuggested = withoutSuggested
  }

  /// Counts the same kinds of things as another request.
  package mutating func count(as other: CountingRequest) {
    (units, hasPairs) = (other.units, other.hasPairs)
    (hasAttributes, hasContinua) = (other.hasAttributes, other.hasContinua)
  }
}
