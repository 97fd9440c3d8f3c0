import Comparison
package import Pages
package import Standoff

/// Disagreements as a page.
extension Differences {
  /// - Parameter width: the columns for lanes under the text; nil for a line per version.
  package func page(lanes width: Int?, colour: Bool) -> Page {
    var page = Page()
    for part in parts {
      let listed = part.shown.filter { !isGrouped($0) }
      let ofDocument = showsDocuments ? part.ofDocument : []
      guard !listed.isEmpty || !ofDocument.isEmpty else { continue }
      if !page.lines.isEmpty { page.append("") }
      let count = listed.count + ofDocument.count
      page.append("\(part.document.id): \(Complaint.list(part.annotators)), \(counted(count, "disagreement"))", .bold)
      for attribute in ofDocument {
        let said = zip(part.annotators, attribute.values).map { "\($0) \($1.map { "“\($0)”" } ?? "–")" }
        page.append("document · \(attribute.name): \(said.joined(separator: ", "))", indent: 4)
      }
      if let width {
        page.lines += part.lanes(of: listed, width: width, colour: colour)
      } else {
        for disagreement in listed { page.lines += part.lines(of: disagreement) }
      }
    }
    if !page.lines.isEmpty { page.append("") }
    return page.followed(by: summary)
  }

  /// Whether a disagreement is over attributes alone, and nobody asked for these: then only its values are counted.
  private func isGrouped(_ disagreement: Disagreement) -> Bool {
    disagreement.kinds == [.attribute] && choice.attributes.isEmpty && !choice.kinds.contains(.attribute)
  }

  /// The number of disagreements, the values that meet, and the F1 if each kind were resolved.
  private var summary: Page {
    var page = Page()
    guard !parts.isEmpty else {
      page.append("No document has two annotators.")
      return page.followed(by: notes)
    }
    let (remedies, now) = Remedy.remedies(parts)
    let scope = counted(parts.count, "document")
    let all = parts.reduce(0) { $0 + $1.all.count + $1.ofDocument.count }
    let grouped = parts.reduce(0) { $0 + $1.shown.count(where: isGrouped) }
    page.append(
      (all == count
        ? "\(counted(all, "disagreement")) in \(scope)." : "\(count) of \(counted(all, "disagreement")) in \(scope).")
        + (grouped > 0
          ? " \(grouped) \(grouped == 1 ? "is" : "are") over attributes alone; “--kind attribute” lists them." : ""))
    page = page.followed(by: choice.attributes.isEmpty ? (grouped > 0 ? commonest : Page()) : pairs)
    guard !remedies.isEmpty, let f1 = now.f1 else { return page.followed(by: notes) }
    page.append("")
    var table = [["disagreement", "label", "count", "F1 if resolved", "gain"]]
    for remedy in remedies {
      let gain = (remedy.settled ?? f1) - f1
      table.append([
        remedy.attribute ?? remedy.kind.rawValue, remedy.label, String(remedy.count),
        Decimals.rounded(remedy.settled ?? f1), gain > 0 ? "+\(Decimals.rounded(gain))" : "",
      ])
    }
    for (index, line) in TextTable.lines(table, leftmost: [0, 1]).enumerated() {
      page.append(line, index == 0 ? .bold : .plain)
    }
    page.append(
      "Exact span F1 is \(Decimals.rounded(f1)), the mean over pairs. Each row shows what it would become if only that "
        + "kind were resolved. Attributes and relations do not count in it. A speaker is the span's own, else its source's.",
      .dim)
    return page.followed(by: notes)
  }

  /// The attributes of all schemes, in their order.
  private var attributes: [String] {
    var names: [String] = []
    for name in parts.flatMap({ $0.scheme.attributes.map(\.name) }) where !names.contains(name) { names.append(name) }
    return names.filter { !choice.ignored.contains($0) }
  }

  /// The pairs of different values that meet most often, a line for each attribute.
  private var commonest: Page {
    var page = Page()
    for name in attributes {
      for pairs in AttributePairs.all(of: name, in: parts) where pairs.same < pairs.all {
        let different = pairs.counts.filter { $0.pair.first != $0.pair.second }
        let shown = different.prefix(3).map { "\($0.count) × \(Self.said($0.pair, pairs))" }
        let more = different.count > 3 ? ", …" : ""
        page.append(
          "\(name): \(pairs.first) and \(pairs.second) agree on \(pairs.same) of \(pairs.all); "
            + "\(shown.joined(separator: ", "))\(more)", indent: 2)
      }
    }
    if !page.lines.isEmpty {
      page.append(
        "“--attribute NAME” shows all values of one; “gainsay lists --same” makes two values one before you adjudicate.",
        .dim)
    }
    return page.followed(by: homesOfSpeakers)
  }

  /// Where annotators put speakers, if not all put them on sources.
  var homesOfSpeakers: Page {
    let speaker = EffectiveSpeakers.attribute
    var homes: [String: (sources: Int, contents: Int)] = [:]
    for part in parts {
      for layer in part.alignment.layers {
        for span in layer.spans where span.attributes[speaker] != nil {
          if part.scheme.label(span.label)?.kind == .source {
            homes[layer.annotator, default: (0, 0)].sources += 1
          } else {
            homes[layer.annotator, default: (0, 0)].contents += 1
          }
        }
      }
    }
    guard !choice.ignored.contains(speaker), homes.values.contains(where: { $0.sources > $0.contents }),
      homes.values.contains(where: { $0.contents > $0.sources })
    else { return Page() }
    let said = homes.sorted { $0.key < $1.key }.map { name, home in
      "\(name) on \(counted(home.sources, "source")) and \(counted(home.contents, "content"))"
    }
    return Page(
      "speaker stands: \(said.joined(separator: "; ")). It is compared wherever it stands; "
        + "“gainsay move speaker contents sources” puts it in one place.")
  }

  private static func said(_ pair: AttributePairs.Pair, _ pairs: AttributePairs) -> String {
    func said(_ value: String?) -> String { value.map { "“\($0)”" } ?? "nothing" }
    return "\(pairs.first) \(said(pair.first)), \(pairs.second) \(said(pair.second))"
  }

  /// The values of the attributes that were asked for: which of one annotator meet which of another.
  private var pairs: Page {
    var page = Page()
    for name in choice.attributes {
      for pairs in AttributePairs.all(of: name, in: parts) {
        page.append("")
        var table = [["\(name): \(pairs.first)", pairs.second, "spans", ""]]
        for (pair, count) in pairs.counts {
          table.append([pair.first ?? "–", pair.second ?? "–", String(count), pair.first == pair.second ? "same" : ""])
        }
        for (index, line) in TextTable.lines(table, leftmost: [0, 1, 3]).enumerated() {
          page.append(line, index == 0 ? .bold : .plain)
        }
        page.append("\(pairs.first) and \(pairs.second) agree on \(pairs.same) of \(pairs.all).")
      }
      if name == EffectiveSpeakers.attribute || name == "about" {
        page.append(
          "Two values that mean the same are made one for good by “gainsay lists --same \(name) KEPT OTHER”.", .dim)
      }
    }
    return page
  }

  private var notes: Page {
    var page = documentNotes
    for omission in omissions {
      page.append("Left out: \(omission.annotator) on \(omission.document), \(omission.reason).")
    }
    return page
  }

  /// The documents that are left out or aligned roughly.
  var documentNotes: Page {
    var page = Page()
    if documentsLeftOut > 0 {
      let isOne = documentsLeftOut == 1
      page.append(
        "Left out: \(counted(documentsLeftOut, "document")) with fewer than two annotators"
          + "\(isOne ? "" : " each").")
    }
    let rough = parts.filter { !$0.alignment.isExact }.map(\.document.id)
    if !rough.isEmpty {
      page.append(
        "\(Complaint.list(rough)): too many nested spans for an exact alignment; the nearest spans were matched "
          + "first.", indent: 2)
    }
    return page
  }
}

extension DocumentDifferences {
  /// The lines of a disagreement: where it is and of what kind, then each version.
  func lines(of disagreement: Disagreement) -> [Page.Line] {
    var page = Page()
    let sentence = (document.sentences.index(at: disagreement.spans.hull.start) ?? 0) + 1
    page.append(
      "sentence \(sentence) · \(disagreement.spans.labels.joined(separator: ", ")) · \(sizes(of: disagreement))",
      indent: 4)
    for version in alignment.versions(of: disagreement.group, byAttributes: false) {
      let who = version.annotators.map { alignment.layers[$0].annotator }.joined(separator: ", ")
      page.append("    \(who): \(words(of: version.spans))", style(of: version.spans), indent: 8)
    }
    for attribute in disagreement.attributes { page.append("    \(said(of: attribute))", indent: 8) }
    for tie in disagreement.ties { page.append("    \(said(of: tie))", indent: 8) }
    return page.lines
  }

  /// The sentences with a disagreement, each with a lane for every annotator.
  func lanes(of shown: [Disagreement], width: Int, colour: Bool) -> [Page.Line] {
    var page = Page()
    var bySentence: [Int: [Disagreement]] = [:]
    for disagreement in shown {
      bySentence[document.sentences.index(at: disagreement.spans.hull.start) ?? 0, default: []].append(disagreement)
    }
    for (sentence, disagreements) in bySentence.sorted(by: { $0.key < $1.key }) {
      let covered = disagreements.reduce(sentence) { last, disagreement in
        max(last, document.sentences.index(at: max(0, disagreement.spans.hull.end - 1)) ?? last)
      }
      for number in sentence...covered {
        page.append("sentence \(number + 1)", .dim)
        page.lines += laneView(number).page(width: width, colour: colour).lines
      }
      for disagreement in disagreements {
        let words = document.text.onOneLine(disagreement.spans.hull)
        page.append(
          "· \(disagreement.spans.labels.joined(separator: ", ")) ‹\(Complaint.shortened(words))›: "
            + "\(sizes(of: disagreement))", indent: 2)
        for attribute in disagreement.attributes { page.append("    \(said(of: attribute))", indent: 8) }
        for tie in disagreement.ties { page.append("    \(said(of: tie))", indent: 8) }
      }
    }
    return page.lines
  }

  func laneView(_ sentence: Int, names: [String]? = nil) -> SentenceView {
    SentenceView(
      document, sentence: sentence, scheme,
      lanes: alignment.layers.enumerated().map { index, layer in
        SentenceView.Lane(name: names?[index] ?? layer.annotator, spans: layer.spans)
      })
  }

  // MARK: sentences

  /// The kinds of a disagreement with their sizes, such as “boundary: starts 1 word apart, ends 3 words apart”.
  func sizes(of disagreement: Disagreement) -> String {
    disagreement.kinds.map { kind in
      switch kind {
      case .missing:
        let without = disagreement.spans.spans.indices.filter { disagreement.spans.spans[$0]?.isEmpty == true }
        return "missing: not marked by \(Complaint.list(without.map { alignment.layers[$0].annotator }))"
      case .boundary: return "boundary: \(edges(of: disagreement))"
      case .label: return "label: \(Complaint.list(disagreement.spans.labels, "or"))"
      case .split: return "split: \(counts(of: disagreement))"
      case .attribute: return Complaint.list(disagreement.attributes.map(\.name))
      case .relation: return "relation"
      }
    }.joined(separator: "; ")
  }

  /// The annotators by their number of spans, such as “eli 2, dana and noor 1”.
  private func counts(of disagreement: Disagreement) -> String {
    let counts = Dictionary(grouping: disagreement.spans.holders) { disagreement.spans.held(by: $0).count }
    return counts.sorted { $0.key > $1.key }.map { count, holders in
      "\(Complaint.list(holders.map { alignment.layers[$0].annotator })) \(count)"
    }.joined(separator: ", ")
  }

  private func edges(of disagreement: Disagreement) -> String {
    var edges: [String] = []
    let holders = disagreement.spans.holders.map { disagreement.spans.held(by: $0) }
    func edge(_ verb: String, _ offsets: [Int], _ words: Int) {
      guard Set(offsets).count > 1 else { return }
      edges.append(words == 0 ? "\(verb) differ only in punctuation" : "\(verb) \(counted(words, "word")) apart")
    }
    edge("starts", holders.map { $0[0].hull.start }, disagreement.startWords)
    edge("ends", holders.map { $0.map(\.hull.end).max() ?? 0 }, disagreement.endWords)
    if disagreement.isOtherwiseInside { edges.append("gaps differ") }
    return edges.joined(separator: ", ")
  }

  /// The words of aligned spans, with a few words of context.
  package func words(of spans: [Annotation]) -> String {
    guard let first = spans.first, let last = spans.max(by: { $0.hull.end < $1.hull.end }) else { return "–" }
    let sentence = document.sentences.index(at: first.hull.start).map { document.sentences[$0] } ?? document.text.range
    let end =
      document.sentences.index(at: max(0, last.hull.end - 1)).map { document.sentences[$0].end } ?? last.hull.end
    let before = TextRange(min(sentence.start, first.hull.start), first.hull.start)
    let after = TextRange(last.hull.end, max(end, last.hull.end))
    let lead = Words.ranges(in: before, of: document.text).suffix(4).first?.start ?? before.end
    let tail = Words.ranges(in: after, of: document.text).prefix(4).last?.end ?? after.start
    func shown(_ range: TextRange) -> String {
      document.text.onOneLine(range)
    }
    let parts = spans.flatMap(\.fragments).map { "‹\(Complaint.shortened(shown($0), to: 72))›" }
    let marks = spans.count > 1 ? " and " : " + "
    let context = [
      shown(TextRange(lead, before.end)), parts.joined(separator: marks), shown(TextRange(after.start, tail)),
    ]
    return "\(first.label) \(context.filter { !$0.isEmpty }.joined(separator: " "))"
  }

  private func style(of spans: [Annotation]) -> Page.Style {
    Page.Style(colour: spans.first.flatMap { scheme.label($0.label)?.colour })
  }

  func said(of attribute: Disagreement.Attribute) -> String {
    let values = attribute.values.enumerated().compactMap { index, value -> String? in
      guard let value else { return nil }
      let name = alignment.layers[index].annotator
      return switch value {
      case .unset: "\(name) –"
      case .values(let values): "\(name) “\(values.joined(separator: "”, “"))”"
      }
    }
    return "\(attribute.name): \(values.joined(separator: ", "))"
  }

  func said(of tie: Disagreement.Tie) -> String {
    func names(_ drawn: Bool) -> String {
      Complaint.list(tie.drawn.indices.filter { tie.drawn[$0] == drawn }.map { alignment.layers[$0].annotator })
    }
    return "\(tie.type) \(target(of: tie)): \(names(true)), not \(names(false))"
  }

  private func target(of tie: Disagreement.Tie) -> String {
    switch tie.target {
    case .absent: return "– (not in the text)"
    case .group(let place):
      let group = alignment.groups[place]
      let span = group.holders.first.flatMap { group.held(by: $0).first }
      return "\(group.labels.joined(separator: ", ")) ‹\(Complaint.shortened(document.text[span?.hull ?? group.hull]))›"
    }
  }
}
