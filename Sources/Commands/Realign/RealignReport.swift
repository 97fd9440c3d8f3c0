import Pages
import Standoff
import Storage

/// The move of a document's annotations onto a corrected text, to report and, if all is well, to write.
struct RealignReport {
  let old: Document
  let text: DocumentText
  let sets: [RealignedSet]
  /// The zones that could be placed in the new text, in reading order, without overlaps.
  let zones: [Zone]

  init(_ document: Document, _ sets: [AnnotationSet], onto text: DocumentText) throws(Complaint) {
    old = document
    self.text = text
    let realignment = Realignment(from: document.text, to: text)
    let digest = SHA256.hex(of: text.utf8)
    var realigned: [RealignedSet] = []
    for set in sets {
      do throws(AnnotationSet.Fault) {
        realigned.append(try RealignedSet(set, by: realignment, sha256: digest))
      } catch {
        let (problem, advice) = Complaint.sentences(of: error.refusal)
        throw Complaint("\(set.annotator), span \(error.id): \(problem)", "\(advice) Nothing was changed.")
      }
    }
    self.sets = realigned
    var zones: [Zone] = []
    for zone in document.zones {
      guard case .moved(let range, _) = realignment.place(of: [zone.range]), range.count == 1,
        range[0].start >= zones.last?.range.end ?? 0
      else { continue }
      zones.append(Zone(zone.kind, range[0]))
    }
    self.zones = zones
  }

  /// The number of spans, in all files, that cannot be placed reliably.
  var unplacedCount: Int { sets.reduce(0) { $0 + $1.unplaced.count } }

  /// A page on every file, and on every span that is not simply where it was.
  var page: Page {
    var page = Page()
    for set in sets { append(set, to: &page) }
    let lost = old.zones.count - zones.count
    if lost > 0 {
      page.append("\(counted(lost, "zone")) not placed; “zones” in document.json lists those that are left.", .bold)
    }
    if sets.isEmpty { page.append("\(old.id) has no annotations.") }
    return page
  }

  private func append(_ set: RealignedSet, to page: inout Page) {
    var (exact, context, approximate, ambiguous, lost) = (0, 0, 0, 0, 0)
    for span in set.spans {
      switch span.fate {
      case .moved(_, .exact): exact += 1
      case .moved(_, .context): context += 1
      case .moved(_, .approximate): approximate += 1
      case .ambiguous: ambiguous += 1
      case .lost, .same: lost += 1
      }
    }
    let parts = [
      (exact, "exact"), (context, "by context"), (approximate, "approximate"), (ambiguous, "ambiguous"), (lost, "lost"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let counts = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    page.append("\(set.before.annotator): \(counted(set.spans.count, "span"))\(counts).", .bold)
    for span in set.spans { append(span, to: &page) }
    if set.lostRelationCount > 0 {
      let verb = set.lostRelationCount == 1 ? "is" : "are"
      page.append(
        "  \(counted(set.lostRelationCount, "relation")) of these spans \(verb) removed too.", indent: 4)
    }
    if set.lostDeclinedCount > 0 {
      page.append(
        "  \(counted(set.lostDeclinedCount, "declined suggestion")) not placed; it may be suggested again.", indent: 4)
    }
  }

  private func append(_ span: RealignedSet.Span, to page: inout Page) {
    let name = "  \(span.before.id) \(span.before.label)"
    let before = "\(name) \(words(span.before.fragments, of: old.text))"
    switch span.fate {
    case .moved(_, .exact): return
    case .moved(let moved, .context):
      page.append("\(before): placed by context at \(Self.places(moved.fragments)).", indent: 4)
    case .moved(let moved, .approximate(let similarity)):
      let share = Int((similarity * 100).rounded(.down))
      page.append(
        "\(name) \(change(span.before.fragments, moved.fragments)): approximate, \(share) % the same, at "
          + "\(Self.places(moved.fragments)).", indent: 4)
    case .ambiguous(let places):
      page.append("\(before), was \(Self.places(span.before.fragments)): ambiguous; it may be at", indent: 4)
      for place in places { page.append("      @\(place)  \(inContext(place))", indent: 8) }
    case .lost:
      page.append("\(before), was \(Self.places(span.before.fragments)): lost.", indent: 4)
    case .same(let twin):
      page.append(
        "\(before), was \(Self.places(span.before.fragments)): lost; it would duplicate span \(twin).",
        indent: 4)
    }
  }

  private func words(_ fragments: [TextRange], of text: DocumentText) -> String {
    fragments.map { "‹\(Complaint.shortened(Self.line(text[$0])))›" }.joined(separator: " + ")
  }

  /// The words before and after; of long ones, the part that differs.
  private func change(_ before: [TextRange], _ after: [TextRange]) -> String {
    func whole(_ fragments: [TextRange], _ text: DocumentText) -> [Character] {
      Array(Self.line(fragments.map { text[$0] }.joined(separator: "› + ‹")))
    }
    let (a, b) = (whole(before, old.text), whole(after, text))
    let start = zip(a, b).prefix { $0 == $1 }.count
    let end = min(zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count, a.count - start, b.count - start)
    func shown(_ words: [Character]) -> String {
      let (low, high) = (start - Self.margin, words.count - end + Self.margin)
      let part = String(words[max(0, low)..<min(words.count, high)])
      return (low > 0 ? "‹… " : "‹") + Complaint.shortened(part, to: 80) + (high < words.count ? " …›" : "›")
    }
    return "\(shown(a)) → \(shown(b))"
  }

  /// The number of characters to show on either side of a difference.
  private static let margin = 24

  private func inContext(_ place: TextRange) -> String {
    let before = text[TextRange(max(0, place.start - 24), place.start)]
    let after = text[TextRange(place.end, min(text.count, place.end + 24))]
    return "…\(Self.line(before))‹\(Complaint.shortened(Self.line(text[place])))›\(Self.line(after))…"
  }

  /// A text with its line breaks as spaces.
  private static func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

  /// Ranges in the form that the prompt takes, such as `@120-161`.
  private static func places(_ fragments: [TextRange]) -> String {
    fragments.map { "@\($0)" }.joined(separator: " + ")
  }
}
