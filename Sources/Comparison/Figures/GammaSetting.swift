package import Agreement

/// The settings for gamma: its dissimilarity, and how chance is sampled.
package struct GammaSetting: Sendable {
  package var dissimilarity = Dissimilarity()
  package var drawing = GammaTally.Drawing()

  package init() {}
}
