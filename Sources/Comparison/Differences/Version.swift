package import Standoff

extension DocumentAlignment {
  /// What is said of a place, and by whom.
  package struct Version: Equatable {
    /// By index.
    package var annotators: [Int]
    /// Of the first of them; none where nothing is marked.
    package let spans: [Annotation]
  }

  /// The different things that annotators say of a group: places and labels, and attributes where they are to count; the
  /// first annotator's come first.
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
