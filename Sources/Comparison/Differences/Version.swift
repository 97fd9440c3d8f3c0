package import Standoff

extension DocumentAlignment {
  /// One version of a group of aligned spans, and the annotators who have it.
  package struct Version: Equatable {
    /// The annotators' indices.
    package var annotators: [Int]
    /// The spans of the first of them; empty if nothing is marked.
    package let spans: [Annotation]
  }

  /// The distinct versions of a group, by fragments and labels and, if asked, by attributes as they count; the first
  /// annotator's come first.
  package func versions(of group: Int, byAttributes: Bool) -> [Version] {
    var versions: [Version] = []
    for (layer, spans) in groups[group].spans.enumerated() {
      guard let spans else { continue }
      let same = versions.firstIndex { version in
        version.spans.count == spans.count
          && zip(version.spans, spans).allSatisfy { one, other in
            one.fragments == other.fragments && one.label == other.label
              && (!byAttributes || isSaidAlike(one, version.annotators[0], other, layer, group))
          }
      }
      if let same {
        versions[same].annotators.append(layer)
      } else {
        versions.append(Version(annotators: [layer], spans: spans))
      }
    }
    return versions
  }

  /// Whether two annotators give a span the same attributes, as far as both say them there.
  private func isSaidAlike(_ one: Annotation, _ first: Int, _ other: Annotation, _ second: Int, _ group: Int) -> Bool {
    scheme.attributes.allSatisfy { attribute in
      saysElsewhere(attribute.name, one, first, group)
        || saysElsewhere(attribute.name, other, second, group)
        || layers[first].attributes[one.id]?[attribute.name] == layers[second].attributes[other.id]?[attribute.name]
    }
  }
}
