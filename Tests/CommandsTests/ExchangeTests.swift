import Pages
import Foundation
import Interchange
import Standoff
import Storage
import TestSupport
import Testing

@testable import Commands

/// Documents out of the program and in again, by every format.
@Suite struct ExchangeTests {
  /// Documents with everything that formats fall over, the same for a seed.
  struct MadeDocuments {
    let desk: Desk
    private var generator: SplitMix

    struct SplitMix {
      var state: UInt64

      mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ value >> 31) % UInt64(bound))
      }
    }

    init(seed: UInt64, documents: Int) throws {
      desk = try Desk()
      generator = SplitMix(state: seed)
      for number in 0..<documents {
        let text = text()
        try desk.add(text, id: "doc-\(number)")
        let document = try desk.workspace.document("doc-\(number)")
        for annotator in ["dana", "eli"] {
          try write(try annotations(of: document, by: annotator), of: document)
        }
      }
    }

    private func write(_ set: AnnotationSet, of document: Document) throws {
      let path = desk.workspace.path(of: set.annotator, on: document.id)
      try desk.workspace.disk.replace(path, with: AnnotationFile.encode(set, text: document.text))
    }

    private mutating func text() -> String {
      let words = [
        "Ruiz", "denied", "the", "gift", "🎁", "naïve", "cafe\u{301}", "“never”,", "she", "said", "U.S.", "it's",
        "👩‍🚀 flew",
        "Zürich\u{A0}AG", "100\u{A0}%", "[sic]", "a_b|c*d", "x\\y", "und", "陈女士", "\"quoted\"", "-", "<b>&amp;",
      ]
      var text = ""
      for sentence in 0..<3 + generator.next(4) {
        for word in 0..<3 + generator.next(8) {
          if word > 0 { text += generator.next(12) == 0 ? "  " : " " }
          text += words[generator.next(words.count)]
        }
        text += [".\n", ".\r\n", ". ", "!\n\n"][sentence == 0 ? 0 : generator.next(4)]
      }
      return text
    }

    private mutating func annotations(of document: Document, by annotator: String) throws -> AnnotationSet {
      let scheme = try desk.workspace.scheme("claims-denials-quotes")
      var set = AnnotationSet(
        document: document.id, annotator: annotator, scheme: scheme, textSHA256: document.sha256,
        textLength: document.text.count)
      let words = Words.ranges(in: document.text.range, of: document.text)
      var spans: [Annotation] = []
      for _ in 0..<3 + generator.next(12) {
        let first = generator.next(words.count)
        let last = min(words.count - 1, first + generator.next(5))
        var fragments = [TextRange(words[first].start, words[last].end)]
        switch generator.next(5) {
        case 0 where last + 2 < words.count:
          fragments.append(TextRange(words[last + 2].start, words[last + 2].end))
        case 1 where words[first].count > 2: fragments = [TextRange(words[first].start + 1, words[last].end)]
        default: break
        }
        let label = scheme.labels[generator.next(scheme.labels.count)].name
        guard !spans.contains(where: { $0.label == label && $0.fragments == fragments }) else { continue }
        var attributes: [String: String] = [:]
        for attribute in scheme.attributes where attribute.labels.contains(label) && generator.next(3) == 0 {
          attributes[attribute.name] =
            attribute.values?[generator.next(attribute.values?.count ?? 1)]
            ?? ["drones", "Ms. Ó “X”; [1]|_*", "a\\b"][generator.next(3)]
        }
        // Fragments of one label that become spans of their own may be the same: then so are their notes.
        let note = generator.next(4) == 0 ? "sure, \(label)? [yes] | no_* üñ 🎁 \\t" : ""
        spans.append(
          Annotation(
            id: spans.count + 1, label: label, fragments: fragments, attributes: attributes, note: note,
            created: Desk.time))
      }
      var relations: [Relation] = []
      for from in spans {
        for type in scheme.relations where type.from.contains(from.label) && generator.next(2) == 0 {
          let targets = spans.filter { type.to.contains($0.label) && $0.id != from.id }
          let isAbsent = type.absent && generator.next(3) == 0
          guard isAbsent || !targets.isEmpty else { continue }
          relations.append(
            Relation(
              id: relations.count + 1, type: type.name, from: from.id,
              to: isAbsent
                ? .absent(["", "that she took gifts"][generator.next(2)])
                : .span(targets[generator.next(targets.count)].id),
              created: Desk.time))
        }
      }
      try set.fill(spans: spans, relations: relations, status: .complete, seenTo: document.text.count)
      return set
    }
  }

  /// What is left of a set by the losses that were reported of it.
  static func left(of set: AnnotationSet, _ losses: [Loss]) throws -> AnnotationSet {
    let own = losses.filter { $0.document == set.document && $0.annotator == set.annotator }
    func has(_ reason: Loss.Reason, _ span: Int) -> Bool { own.contains { $0.reason == reason && $0.span == span } }
    var spans: [Annotation] = []
    var ids: [Int: Int] = [:]
    for span in set.spans {
      let out = own.filter { [.tokenBorder, .sentenceBorder, .loneSpan].contains($0.reason) && $0.span == span.id }
      let pieces =
        has(.gap, span.id) ? span.fragments.map { [$0] } : has(.hull, span.id) ? [[span.hull]] : [span.fragments]
      for (index, fragments) in pieces.enumerated() {
        if out.contains(where: { $0.fragment == nil || $0.fragment == index + 1 }) { continue }
        let piece = Annotation(
          id: spans.count + 1, label: span.label, fragments: fragments,
          attributes: has(.attribute, span.id) ? [:] : span.attributes, note: has(.note, span.id) ? "" : span.note,
          created: span.created)
        if let twin = spans.firstIndex(where: { $0.isEqualInContent(to: piece) }) {
          if index == 0 { ids[span.id] = spans[twin].id }
          if spans[twin].note.isEmpty { spans[twin].note = piece.note }
          continue
        }
        if index == 0 { ids[span.id] = piece.id }
        spans.append(piece)
      }
    }
    var relations: [Relation] = []
    for relation in set.relations {
      guard let from = ids[relation.from] else { continue }
      if own.contains(where: { $0.relation == relation.id }) { continue }
      var to = relation.to
      if case .span(let id) = relation.to {
        guard let target = ids[id] else { continue }
        to = .span(target)
      }
      if relations.contains(where: { $0.type == relation.type && $0.from == from && $0.to == to }) { continue }
      relations.append(Relation(id: relations.count + 1, type: relation.type, from: from, to: to, created: Desk.time))
    }
    var left = AnnotationSet(
      document: set.document, annotator: set.annotator, scheme: set.scheme, textSHA256: set.textSHA256,
      textLength: set.textLength)
    try left.fill(spans: spans, relations: relations, status: .complete, seenTo: set.textLength)
    return left
  }

  static func losses(_ desk: Desk, _ format: String, tags: CoNLL.Tags) throws -> [Loss] {
    var exporter = try #require(Formats.exporter(format, tags: tags))
    var sink = ExportSink()
    for name in try desk.workspace.documentNames() {
      let document = try desk.workspace.document(name)
      for annotator in try desk.workspace.annotators(of: name) {
        let set = try #require(try desk.workspace.annotations(of: annotator, on: document))
        exporter.add(AnnotatedDocument(document, set), to: &sink)
      }
    }
    exporter.finish(&sink)
    return sink.losses
  }

  static let formats = Formats.importers.map { $0.name }.filter { name in Formats.exporters.contains { $0.name == name }
  }

  @Test(.tags(.slow), arguments: formats)
  func `what goes out comes in again, but for what was said to be lost`(_ format: String) throws {
    for seed in 1...6 {
      let made = try MadeDocuments(seed: UInt64(seed) * 7919, documents: 3)
      let tags = CoNLL.Tags.allCases[seed % 3]
      let folder = made.desk.root + "/out"
      let isFile = Formats.exporter(format).map { type(of: $0).layout != .folder } ?? false
      let path =
        isFile ? folder + "/all.\(format == "conll" ? "conll" : format == "label-studio" ? "json" : "jsonl")" : folder
      let exported = try ExportOptions.read("\(format) --to \(path) --tags \(tags.rawValue)").outcome(
        in: made.desk.workspace)
      #expect(exported.status == 0)
      let losses = try Self.losses(made.desk, format, tags: tags)
      // Into a workspace that has the texts, and into one that has not.
      for hasTexts in [true, false] {
        let other = try Desk()
        if hasTexts {
          for name in try made.desk.workspace.documentNames() {
            try other.workspace.add(try made.desk.workspace.document(name))
          }
        } else if Formats.importer(format)?.textPlace == .tokens {
          continue
        }
        let imported = try ImportOptions.read("\(format) \(folder)").outcome(in: other.workspace, at: Desk.time)
        try #require(imported.status == 0, "\(format) \(seed): \(imported.notes.text)")
        for name in try made.desk.workspace.documentNames() {
          let document = try other.workspace.document(name)
          let before = try made.desk.workspace.document(name)
          try #require(document.text == before.text)
          for annotator in ["dana", "eli"] {
            let set = try #require(try made.desk.workspace.annotations(of: annotator, on: before))
            let found = try #require(try other.workspace.annotations(of: annotator, on: document))
            let expected = try Self.left(of: set, losses)
            let isEqual = found.isEqualInContent(to: expected)
            #expect(isEqual, "\(format) \(seed) \(name) \(annotator)\n\(Self.difference(found, expected))")
          }
        }
        let again = try ImportOptions.read("\(format) \(folder)").outcome(in: other.workspace, at: Desk.time)
        #expect(
          again.page.text.contains("nothing was changed"), "\(format) \(seed): \(again.page.text) \(again.notes.text)")
      }
    }
  }

  static func difference(_ found: AnnotationSet, _ expected: AnnotationSet) -> String {
    func lines(_ set: AnnotationSet) -> Set<String> {
      let spans = set.spans.map { "\($0.label) \($0.fragments) \($0.attributes.sorted { $0.key < $1.key }) \($0.note)" }
      return Set(
        spans
          + set.relations.map { relation in
            let from = set.span(relation.from).map { "\($0.label) \($0.fragments)" } ?? ""
            guard case .span(let id) = relation.to else { return "\(relation.type) \(from) \(relation.to)" }
            return "\(relation.type) \(from) \(set.span(id).map { "\($0.label) \($0.fragments)" } ?? "")"
          })
    }
    return
      "too much: \(lines(found).subtracting(lines(expected)).sorted())\nmissing: \(lines(expected).subtracting(lines(found)).sorted())"
  }
}
