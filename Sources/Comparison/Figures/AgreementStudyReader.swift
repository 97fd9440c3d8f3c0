import Agreement
import Dispatch
import Pages
import Standoff
import Storage
import Synchronization

/// A reader of the files of a study, which reduces them to contributions.
struct AgreementStudyReader {
  /// The result of reading one document.
  struct DocumentReading {
    var annotators: [String] = []
    var omissions: [Omission] = []
    var schemes: Set<String> = []
    var versions: Set<String> = []
    var suggestedLeftOut = 0
    /// Nil if fewer than two annotators count.
    var contribution: DocumentContribution?
  }

  let workspace: Workspace
  let choice: AgreementStudy.Request
  /// All annotators who may take part, even if nothing of theirs turns out to count.
  let annotators: [String]
  let setting: PairMeasures
  let rows: [PairMeasure]
  private let rule: CountingRule
  private let lists: SharedLists

  init(_ names: [String], in workspace: Workspace, _ choice: AgreementStudy.Request) throws(Complaint) {
    self.workspace = workspace
    self.choice = choice
    var everyone: Set<String> = []
    var scheme: Scheme?
    var assignments: [Assignments.Assignment]?
    do throws(FileFault) {
      lists = try workspace.sharedLists()
      let all = try workspace.assignments()
      if let round = choice.round { assignments = all.all.filter { $0.round == round } }
      for name in names {
        let found = try workspace.annotators(of: name).filter {
          // A second pass counts only where it is named.
          choice.annotators.isEmpty && all.pass($0, on: name) == 1 || choice.annotators.contains($0)
            || choice.reference == $0
        }
        everyone.formUnion(found)
        guard scheme == nil else { continue }
        let hasGold = try workspace.hasGold(name)
        guard let first = found.first ?? (hasGold ? "gold" : nil) else { continue }
        scheme = try workspace.annotations(of: first, on: try workspace.document(name))?.scheme
      }
    } catch {
      throw Complaint(error)
    }
    let named = choice.annotators.isEmpty ? everyone.sorted() : choice.annotators
    annotators = named + [choice.reference].compactMap { $0 }.filter { !named.contains($0) }
    rule = CountingRule(
      .named(annotators), choice.inProgress ? .asFarAsRead : .done, zones: choice.zones, assignments: assignments)
    let labels = try Self.labels(choice.labels, scheme)
    setting = PairMeasures(scheme, labels, overlap: choice.overlap)
    rows = choice.hasPairs ? setting.rows : []
  }

  private static func labels(_ chosen: [String], _ scheme: Scheme?) throws(Complaint) -> [String] {
    guard let scheme else { return chosen }
    var wanted: Set<String> = []
    for name in chosen {
      // A label is known by its name here, and by the one in the files that it came from.
      guard let label = scheme.labels.first(where: { $0.name == name || $0.foreign.original == name }) else {
        throw Complaint(noLabel: name, in: scheme)
      }
      wanted.insert(label.name)
    }
    let labels = scheme.labels.map(\.name).filter { chosen.isEmpty || wanted.contains($0) }
    guard labels.count < 64 else {
      throw Complaint(
        "\(labels.count) labels cannot be compared at once; 63 is the limit.", "Name up to 63 with --label.")
    }
    return labels
  }

  /// Reads documents on several threads; the results are in the documents' order.
  func read(_ names: [String]) -> [Result<DocumentReading, Complaint>] {
    let results = Mutex([Result<DocumentReading, Complaint>?](repeating: nil, count: names.count))
    DispatchQueue.concurrentPerform(iterations: names.count) { index in
      let result: Result<DocumentReading, Complaint>
      do throws(Complaint) { result = .success(try read(names[index], bySentence: false)) } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// The contribution of one document alone.
  func contribution(of name: String, bySentence: Bool) throws(Complaint) -> DocumentContribution? {
    try read(name, bySentence: bySentence).contribution
  }

  private func read(_ name: String, bySentence: Bool) throws(Complaint) -> DocumentReading {
    let counted: CountedAnnotations
    do throws(FileFault) {
      counted = try CountedAnnotations(of: name, in: workspace, rule, known: setting.scheme)
    } catch {
      throw Complaint(error)
    }
    let files = counted.files
    var part = DocumentReading()
    part.omissions = counted.omissions
    part.annotators = files.map(\.annotator)
    part.schemes = Set(files.map(\.set.scheme.name))
    part.versions = Set(files.map(\.set.schemeVersion))
    guard files.count > 1, part.schemes == [setting.scheme?.name] else { return part }
    var spans = files.map(\.spans)
    if choice.withoutSuggested {
      let removed = Self.suggested(files.map(\.set))
      part.suggestedLeftOut = removed.reduce(0) { $0 + $1.count }
      spans = zip(spans, removed).map { spans, removed in spans.filter { !removed.contains($0.id) } }
    }
    let columns = annotators.map { annotator in
      files.firstIndex { $0.annotator == annotator }.map { index in
        ItemsAndUnits.AnnotatorColumn(
          spans: spans[index],
          attributes: rows.isEmpty ? [:] : lists.counted(files[index].set, in: counted.document),
          relations: files[index].set.relations, ofDocument: files[index].set.ofDocument.attributes,
          limit: files[index].limit)
      }
    }
    let compared = ItemsAndUnits(
      document: counted.document, labels: setting.labels, columns: columns, leftOut: counted.leftOut)
    do throws(Undefined) {
      part.contribution = try DocumentContribution(
        compared, choice.units, rows, setting, hasContinuum: choice.hasContinua, bySentence: bySentence)
    } catch {
      throw Complaint(
        "The spans of “\(name)” do not fit its text, so they cannot be compared.", "“gainsay check \(name)” says where."
      )
    }
    return part
  }

  /// For each annotator of a document, the ids of the spans accepted from suggestions, and of those aligned with such a
  /// span of another annotator.
  private static func suggested(_ sets: [AnnotationSet]) -> [Set<Int>] {
    var removed = sets.map { set in Set(set.spans.filter { $0.origin["suggestedBy"] != nil }.map(\.id)) }
    // Spans aligned with a removed one are removed as well, so that nobody seems to have missed it.
    var isGrowing = true
    while isGrowing {
      let before = removed
      for first in sets.indices {
        for second in sets.indices where second > first {
          for (one, other) in aligned(sets[first], sets[second])
          where removed[first].contains(one) || removed[second].contains(other) {
            removed[first].insert(one)
            removed[second].insert(other)
          }
        }
      }
      isGrowing = removed != before
    }
    return removed
  }

  /// The ids of best-aligned spans, with the same label where possible.
  private static func aligned(_ first: AnnotationSet, _ second: AnnotationSet) -> [(Int, Int)] {
    let units = [first, second].map { set in set.spans.map { $0.unit(in: set.scheme) } }
    return Alignment(units[0], units[1], by: .type).pairs.map {
      (first.spans[$0.first].id, second.spans[$0.second].id)
    }
  }
}
