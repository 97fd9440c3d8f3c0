package import Agreement

/// The settings for gamma: its dissimilarity, and how chance is sampled.
package struct GammaSetting: Sendable {
  package var dissimilarity = Dissimilarity()
  package var drawing = GammaTally.Drawing()

  package init() {}
}

/// What is counted of best alignments where documents are counted apart.
package struct GammaCounting: Sendable {
  package var setting = GammaSetting()
  /// Whether each unit is in one unitary alignment, as for γ, γ_cat and γ_k.
  package var isHard = true
  /// Whether a unit may be in several, as for soft γ.
  package var isSoft = false

  package init() {}

  /// The kinds of alignments that are counted.
  package var kinds: [Bool] { (isHard ? [false] : []) + (isSoft ? [true] : []) }
}
