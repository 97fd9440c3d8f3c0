package import Agreement

/// How gamma aligns, and how chance is drawn.
package struct GammaSetting: Sendable {
  package var dissimilarity = Dissimilarity()
  package var drawing = GammaTally.Drawing()

  package init() {}
}
