package import Standoff

extension DocumentAlignment {
  /// One version of a group of aligned spans, and the annotators who have it.
  package struct Version: Equatable {
    /// The annotators' indices.
    package var annotators: [Int]
    /// The spans of the first of them; empty if nothing is marked.
    package let spans: [Annotation]
  }

  /// The distinct versions of a group, by fragments and labels and, if asked, by attributes; the first annotator's come
  /// first.
  package func versions(of group: Int, byAttributes: Bool) -> [Version] {
    var versions: [Version] = []
    for (layer, spans) in groups[group].spans.enumerated() {
      guard let spans else { continue }
      let same = versions.firstIndex { version in
        version.spans.count == spans.count
          && zip(version.spans, spans).allSatisfy { one, other in
            one.fragments == other.fragments && one.label == other.label
              && (!byAttributes || one.attributes == other.attributes)
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
}
