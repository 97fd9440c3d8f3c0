import Standoff

/// The layers of WebAnno and INCEpTION: which types are annotations, and which feature of a layer is its label.
enum UIMALayers {
  /// The layer and feature of labels that came from no layer.
  static let ownSpan = (layer: "webanno.custom.Span", feature: "label")
  /// The layer and feature of relations that came from no layer.
  static let ownRelation = (layer: "webanno.custom.Relation", feature: "relationType")
  /// The type whose features are the attributes of the document.
  static let ownDocument = "webanno.custom.Document"
  /// The feature of ``ownSpan`` that is a note.
  static let note = "note"
  /// The feature that joins the annotations written for the fragments of one span.
  static let fragments = "fragmentOf"

  private static let dkpro = "de.tudarmstadt.ukp.dkpro.core.api."
  static let token = dkpro + "segmentation.type.Token"
  static let sentence = dkpro + "segmentation.type.Sentence"
  static let annotation = "uima.tcas.Annotation"
  static let annotationBase = "uima.cas.AnnotationBase"
  static let string = "uima.cas.String"

  /// The last part of a type's name.
  static func short(_ type: String) -> String { type.split(separator: ".").last.map(String.init) ?? type }

  /// The type of a chain of links: `…SimpleLink` belongs to `…SimpleChain`.
  static func chain(of link: String) -> String {
    link.hasSuffix("Link") ? String(link.dropLast(4)) + "Chain" : link + "Chain"
  }

  /// Whether a name may be one of a type or feature: letters, digits and `_` of ASCII, with points between.
  static func isIdentifier(_ name: String) -> Bool {
    name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.utf8.first, !(48...57).contains(first) else { return false }
      return part.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
      }
    }
  }

  private static let roleMark = ":role"

  /// What a slot is called among the features of a scheme where a role has the slot's own name.
  static func slotWithRole(_ feature: String) -> String { feature + roleMark }

  /// The slot of a feature of a scheme, and whether links without another name have it for a role.
  static func slot(_ feature: String) -> (name: String, hasRole: Bool) {
    feature.hasSuffix(roleMark) ? (String(feature.dropLast(roleMark.count)), true) : (feature, false)
  }

  /// Types that segment or describe the text and are no annotations.
  static let structure: Set<String> = [
    "DocumentAnnotation", "DocumentMetaData", "Sentence", "Token", "Paragraph", "Div", "Heading", "CASMetadata",
  ]

  /// Layers that say something of every token: the layer is the label, and its features are attributes.
  private static let unlabelled: Set<String> = ["Lemma", "Stem", "SurfaceForm", "MorphologicalFeatures"]

  private static let labels = [
    "label", "value", "PosValue", "DependencyType", "relationType", "category", "referenceType", "constituentType",
    "type", "kind",
  ]
  private static let noLabels: Set<String> = [
    "identifier", "id", "uri", "note", "comment", fragments, "order", "begin", "end",
  ]

  /// The feature of a layer that is its label: one of the usual names, else its first string; nil if there is none.
  ///
  /// - Parameters:
  ///   - layer: the type's name.
  ///   - features: the names of its string features, in the order of the file.
  ///   - choices: the caller's choice.
  static func labelFeature(of layer: String, _ features: [String], _ choices: ImportChoices) -> String? {
    if let chosen = choices.feature(ofLayer: layer) { return features.contains(chosen) ? chosen : nil }
    if unlabelled.contains(short(layer)) { return nil }
    return labels.first(where: features.contains) ?? features.first { !noLabels.contains($0) }
  }
}
