extension Complaint {
  /// A path without the part that all paths of the workspace share.
  package static func shown(_ path: String) -> String {
    let parts = path.split(separator: "/")
    guard let index = parts.lastIndex(where: { $0 == "Annotations" || $0 == "Schemas" }) else { return path }
    return parts[index...].joined(separator: "/")
  }

  package static func shortened(_ text: String, to limit: Int = 48) -> String {
    text.count <= limit ? text : text.prefix(limit - 18) + " … " + text.suffix(15)
  }

  /// A list such as “a, b and c”; “nothing” for an empty one.
  package static func list(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}

/// A number with its noun: “1 word”, “2 words”.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension String {
  /// The first, or last, place of another text in this one.
  package func range(of other: String, last: Bool = false) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(other) {
        found = start..<index(start, offsetBy: other.count)
        if !last { return found }
      }
      start = index(after: start)
    }
    return found
  }
}
