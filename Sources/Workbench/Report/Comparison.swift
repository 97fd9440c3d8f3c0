import Agreement
import Standoff
import Storage

/// Annotators of a choice of documents, made ready to be compared: the only place that says what an item is.
struct Comparison {
  enum Unit: String, CaseIterable { case character, word, sentence }

  /// One document with the annotations that take part.
  struct Part {
    let document: Document
    /// For each annotator of the comparison the annotations and how far they count; nil where there are none.
    let columns: [Column?]
  }

  struct Column {
    let spans: [Annotation]
    /// Code points from here on are missing; the whole text where the annotator is done.
    let limit: Int
  }

  /// A file that does not take part, and why.
  struct Omission: Equatable {
    let document: String
    let annotator: String
    let reason: String
  }

  let annotators: [String]
  let parts: [Part]
  /// Documents that fewer than two annotators have.
  let documentsLeftOut: Int
  let omissions: [Omission]
  /// The labels that count, in the scheme's order.
  let labels: [String]
  /// Spans that were taken out because they, or those they are aligned with, were suggested; nil where none were to be.
  let suggestedLeftOut: Int?
  /// The versions of the scheme that the files were begun with.
  let schemeVersions: [String]

  /// Pairs of annotators that have no document in common.
  var pairsApart: Int {
    annotators.indices.reduce(0) { count, first in
      count
        + annotators.indices.dropFirst(first + 1).count { second in
          !parts.contains { $0.columns[first] != nil && $0.columns[second] != nil }
        }
    }
  }

  // MARK: items

  /// What each annotator says of each item: the set of labels, or, of one label, whether it stands there.
  ///
  /// Categories are sets of labels, numbered by their bits.
  func codingStudy(_ unit: Unit, label: String?, document: String? = nil) -> CodingStudy {
    var study = CodingStudy(annotators: annotators.count)
    var categories: [UInt64: Int] = [0: 0]
    let counted = label.map { [$0] } ?? labels
    for part in parts where document == nil || part.document.id == document {
      let ranges = items(unit, of: part)
      let masks = part.columns.map { column in column.map { Self.masks($0, ranges, counted) } }
      for (index, range) in ranges.enumerated() {
        let values = masks.map { column -> Int? in
          guard let mask = column?[index] ?? nil else { return nil }
          if let category = categories[mask] { return category }
          categories[mask] = categories.count
          return categories.count - 1
        }
        study.append(values, count: unit == .character ? range.count : 1)
      }
    }
    return study
  }

  /// Items in reading order; of characters, stretches in which no annotator's value changes.
  private func items(_ unit: Unit, of part: Part) -> [TextRange] {
    let document = part.document
    switch unit {
    case .sentence: return (0..<document.sentences.count).map { document.sentences[$0] }
    case .word: return Words.ranges(in: document.text.range, of: document.text)
    case .character:
      var borders: Set<Int> = [0, document.text.count]
      for case let column? in part.columns {
        borders.insert(column.limit)
        for fragment in column.spans.lazy.flatMap(\.fragments) {
          borders.formUnion([fragment.start, fragment.end])
        }
      }
      let sorted = borders.sorted()
      return zip(sorted, sorted.dropFirst()).map { TextRange($0, $1) }
    }
  }

  /// For each item a bit for each label that covers a code point of it; nil beyond the limit.
  private static func masks(_ column: Column, _ items: [TextRange], _ labels: [String]) -> [UInt64?] {
    var masks = [UInt64?](repeating: 0, count: items.count)
    for (index, item) in items.enumerated() where item.end > column.limit { masks[index] = nil }
    for span in column.spans {
      guard let bit = labels.firstIndex(of: span.label) else { continue }
      for fragment in span.fragments {
        var (low, high) = (0, items.count)
        while low < high {
          let middle = (low + high) / 2
          if items[middle].end <= fragment.start { low = middle + 1 } else { high = middle }
        }
        while low < items.count, items[low].start < fragment.end {
          if let mask = masks[low] { masks[low] = mask | 1 << UInt64(bit) }
          low += 1
        }
      }
    }
    return masks
  }

  // MARK: spans

  /// What two annotators have marked, on the documents that both have, as far as both have read.
  func unitizingStudy(_ first: Int, _ second: Int, label: String?, document: String? = nil) -> UnitizingStudy {
    var study = UnitizingStudy(annotators: 2)
    let counted = label.map { [$0] } ?? labels
    for part in parts where document == nil || part.document.id == document {
      guard let one = part.columns[first], let other = part.columns[second] else { continue }
      let limit = min(one.limit, other.limit)
      let units = [one, other].map { column in
        column.spans.filter { counted.contains($0.label) && $0.hull.end <= limit }.map { span in
          UnitizingStudy.Unit(
            fragments: span.fragments.map { $0.start..<$0.end }, label: counted.firstIndex(of: span.label) ?? 0)
        }
      }
      study.append(UnitizingStudy.Continuum(length: part.document.text.count, units: units))
    }
    return study
  }
}

extension Comparison {
  /// Reads the annotations that are to be compared.
  ///
  /// - Parameters:
  ///   - documents: empty for all.
  ///   - chosen: empty for all but gold.
  ///   - labels: empty for all of the scheme.
  ///   - inProgress: whether files count that are not done, as far as their annotator has read.
  ///   - withoutSuggested: whether suggested spans are left out, with the spans that they are aligned with.
  init(
    in workspace: Workspace, documents: [String], annotators chosen: [String], labels: [String], inProgress: Bool,
    withoutSuggested: Bool
  ) throws(Complaint) {
    let names = try Self.names(documents, in: workspace)
    var found: [(document: Document, sets: [AnnotationSet])] = []
    var omissions: [Omission] = []
    for name in names {
      do throws(FileFault) {
        let document = try workspace.document(name)
        var sets: [AnnotationSet] = []
        let present = try workspace.annotators(of: name) + (workspace.hasGold(name) ? ["gold"] : [])
        for annotator in present where chosen.isEmpty ? annotator != "gold" : chosen.contains(annotator) {
          guard let set = try workspace.annotations(of: annotator, on: document) else { continue }
          if set.status == .complete || inProgress {
            sets.append(set)
          } else {
            omissions.append(Omission(document: name, annotator: annotator, reason: "not done yet"))
          }
        }
        found.append((document, sets))
      } catch {
        throw Complaint(error)
      }
    }
    let schemes = Set(found.flatMap { $0.sets.map(\.scheme.name) }).sorted()
    guard schemes.count < 2 else {
      throw Complaint(
        "The files are of different schemes: \(Complaint.list(schemes)).",
        "Name documents of one scheme; labels of different schemes cannot be compared.")
    }
    let scheme = found.lazy.flatMap(\.sets).first?.scheme
    schemeVersions = Set(found.flatMap { $0.sets.map(\.schemeVersion) }).sorted()
    self.labels = try Self.labels(labels, scheme)
    let everyone = Set(found.flatMap { $0.sets.map(\.annotator) })
    if let nobody = chosen.first(where: { !everyone.contains($0) }) {
      let waiting = omissions.contains { $0.annotator == nobody }
      throw Complaint(
        "“\(nobody)” has \(waiting ? "no document that is done" : "annotated none of these documents").",
        waiting ? "“--in-progress” counts what was read so far." : "“gainsay status” shows who has done what.",
        culprit: nobody)
    }
    let columns = chosen.isEmpty ? everyone.sorted() : chosen
    annotators = columns
    let usable = found.filter { $0.sets.count > 1 }
    documentsLeftOut = found.count - usable.count
    self.omissions = omissions
    var leftOut = 0
    parts = usable.map { document, sets in
      let spans = withoutSuggested ? Self.unsuggested(sets) : sets.map(\.spans)
      leftOut += zip(sets, spans).reduce(0) { $0 + $1.0.spans.count - $1.1.count }
      return Part(
        document: document,
        columns: columns.map { name in
          sets.firstIndex { $0.annotator == name }.map { index in
            let set = sets[index]
            return Column(spans: spans[index], limit: set.status == .complete ? document.text.count : set.seenTo)
          }
        })
    }
    suggestedLeftOut = withoutSuggested ? leftOut : nil
  }

  /// The spans of each annotator of a document without those that were suggested, and without those of the others that
  /// are aligned with one that was: of a label, one to one, the greatest overlap first.
  private static func unsuggested(_ sets: [AnnotationSet]) -> [[Annotation]] {
    var removed = sets.map { set in Set(set.spans.filter { $0.origin["suggestedBy"] != nil }.map(\.id)) }
    // What is aligned with one that went goes as well, so that nobody is left with a miss.
    var isGrowing = true
    while isGrowing {
      let before = removed
      for first in sets.indices {
        for second in sets.indices where second > first {
          for (one, other) in aligned(sets[first].spans, sets[second].spans)
          where removed[first].contains(one) || removed[second].contains(other) {
            removed[first].insert(one)
            removed[second].insert(other)
          }
        }
      }
      isGrowing = removed != before
    }
    return zip(sets, removed).map { set, removed in set.spans.filter { !removed.contains($0.id) } }
  }

  /// Ids of spans of one label that overlap, one to one, the greatest overlap first.
  private static func aligned(_ first: [Annotation], _ second: [Annotation]) -> [(Int, Int)] {
    var pairs: [(common: Int, one: Int, other: Int)] = []
    for one in first {
      for other in second where one.label == other.label && one.hull.overlaps(other.hull) {
        let common = Annotation.common(one.fragments, other.fragments)
        if common > 0 { pairs.append((common, one.id, other.id)) }
      }
    }
    var (ones, others): (Set<Int>, Set<Int>) = ([], [])
    var found: [(Int, Int)] = []
    for pair in pairs.sorted(by: { (-$0.common, $0.one, $0.other) < (-$1.common, $1.one, $1.other) })
    where !ones.contains(pair.one) && !others.contains(pair.other) {
      ones.insert(pair.one)
      others.insert(pair.other)
      found.append((pair.one, pair.other))
    }
    return found
  }

  static func names(_ documents: [String], in workspace: Workspace) throws(Complaint) -> [String] {
    for name in documents { try Session.checkName(name, in: workspace) }
    if let twice = documents.first(where: { name in documents.count { $0 == name } > 1 }) {
      throw Complaint("“\(twice)” is named twice.", "Name each document once.", culprit: twice)
    }
    if !documents.isEmpty { return documents }
    do throws(FileFault) { return try workspace.documentNames() } catch { throw Complaint(error) }
  }

  private static func labels(_ chosen: [String], _ scheme: Scheme?) throws(Complaint) -> [String] {
    guard let scheme else { return chosen }
    guard scheme.labels.count <= 64 else {
      throw Complaint("The scheme “\(scheme.name)” has more than 64 labels.", "Name up to 64 of them with --label.")
    }
    if chosen.isEmpty { return scheme.labels.map(\.name) }
    for name in chosen where !scheme.labels.contains(where: { $0.name == name }) {
      let names = scheme.labels.map(\.name)
      let guess = nearest(name, among: names).first.map { " Did you mean \($0)?" } ?? ""
      throw Complaint(
        "The scheme “\(scheme.name)” has no label “\(name)”.\(guess)", "(labels: \(names.joined(separator: ", ")))",
        culprit: name)
    }
    return scheme.labels.map(\.name).filter(chosen.contains)
  }
}
