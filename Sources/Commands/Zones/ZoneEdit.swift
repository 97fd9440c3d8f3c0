import Comparison
package import Pages
package import Standoff
package import Storage

/// A change of a document's zones, and what people have marked in a part that would be left out.
package struct ZoneEdit {
  private let document: Document
  private let sentences: ClosedRange<Int>
  private let kind: Zone.Kind

  /// - Parameter typed: sentences and a kind, such as “3-5 caption”.
  package init(_ typed: String, of document: Document) throws(Complaint) {
    let words = typed.split(whereSeparator: \.isWhitespace).map(String.init)
    let kinds = Zone.Kind.allCases.map(\.rawValue)
    guard words.count == 2 else {
      throw Complaint("A zone needs sentences and a kind.", "Write “3-5 caption”, or “3 body” to undo one.")
    }
    guard let kind = Zone.Kind(rawValue: words[1]) else {
      throw Complaint(
        "“\(words[1])” is no kind of zone.\(didYouMean(words[1], among: kinds))",
        "The kinds are \(Complaint.list(kinds)).",
        culprit: words[1])
    }
    let ends = words[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first >= 1, first <= last,
      last <= document.sentences.count
    else {
      throw Complaint(
        "“\(words[0])” names no sentences of this document.",
        "It has sentences 1 to \(document.sentences.count): write “3” or “3-5”.", culprit: words[0])
    }
    (self.document, self.kind, sentences) = (document, kind, first - 1...last - 1)
  }

  /// The spans that the zone would leave out, a line each; empty if it leaves out none.
  package func leftOut(in workspace: Workspace) throws(Complaint) -> [String] {
    guard kind.isLeftOut else { return [] }
    let stretch = TextRange(
      document.sentence(sentences.lowerBound).start, document.sentence(sentences.upperBound).end)
    do throws(FileFault) {
      let counted = try CountedAnnotations(of: document, in: workspace, CountingRule(.annotatorsAndGold, .any))
      return counted.files.flatMap { file in
        file.spans.filter { stretch.contains($0.hull) }.map { "\(file.annotator): \(Descriptions(document).span($0))" }
      }
    } catch {
      throw Complaint(error)
    }
  }

  package func carryOut(in workspace: Workspace) throws(Complaint) -> Document {
    do throws(FileFault) {
      return try workspace.change(zonesOf: document, to: document.zones(after: kind, of: sentences))
    } catch {
      throw Complaint(error)
    }
  }

  /// The commands that bring the sentences back to the zones that they have now.
  package var inverse: [String] {
    sentences.map { number in
      let sentence = document.sentences[number]
      return "\(number + 1) \(document.zoneKind(of: sentence).rawValue)"
    }
  }

  /// The zones of a document with their sentences.
  package static func list(_ document: Document) -> Page {
    var page = Page()
    for zone in document.zones {
      let first = (document.sentences.index(at: zone.range.start) ?? 0) + 1
      let last = (document.sentences.index(at: max(zone.range.start, zone.range.end - 1)) ?? 0) + 1
      let words = Complaint.shortened(document.text[zone.range], to: 60)
      let out = zone.kind.isLeftOut ? ", left out" : ""
      page.append(
        "\(first == last ? "\(first)" : "\(first)-\(last)") \(zone.kind.rawValue)\(out)  ‹\(words)›", indent: 4)
    }
    if document.zones.isEmpty { page.append("No zones: all of it is body.") }
    return page
  }
}
