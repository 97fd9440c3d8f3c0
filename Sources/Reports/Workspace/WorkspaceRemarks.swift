import Comparison
import DefaultFiles
import Pages
import Standoff
import Storage
import Suggestion

/// Something in a workspace that is allowed but that its lead should know about.
struct Remark: Equatable, Sendable {
  /// The path of the file or folder.
  let file: String
  let message: String
  let advice: String
}

/// The remarks on a workspace: similar spellings, duplicated work, files edited by several people.
package struct WorkspaceRemarks: Sendable {
  private(set) var all: [Remark] = []
  private let workspace: Workspace
  private let lists: SharedLists
  private let assignments: Assignments
  private let lexicons: [Lexicon]

  /// How often each value of an attribute is used, by the attribute.
  private var uses: [String: [String: Int]] = [:]

  /// What may be remarked on in one document.
  struct Found: Sendable {
    fileprivate(set) var remarks: [Remark] = []
    fileprivate(set) var uses: [String: [String: Int]] = [:]
  }

  init(in workspace: Workspace) throws(FileFault) {
    self.workspace = workspace
    lists = try workspace.sharedLists()
    assignments = try workspace.assignments()
    lexicons = Self.lexicons(in: workspace)
  }

  /// What may be remarked on in a document.
  ///
  /// - Parameters:
  ///   - annotators: those who have annotated it.
  ///   - sets: their annotations, as far as they can be read; nil if the document cannot.
  func found(_ name: String, _ annotators: [String], _ sets: [AnnotationSet]?) throws(FileFault) -> Found {
    var found = Found(remarks: remarks(onKeptNames: annotators, of: name))
    // What is damaged is reported as a problem.
    guard let sets else { return found }
    for span in sets.lazy.flatMap(\.spans) {
      for key in ["speaker", "about"] {
        if let value = span.attributes[key] { found.uses[key, default: [:]][value, default: 0] += 1 }
      }
    }
    found.remarks +=
      remarks(onCopies: sets, of: name) + remarks(onOrphans: sets, of: name)
      + remarks(onScales: sets, of: name)
    found.remarks += remarks(onAssignment: annotators, of: name)
    for annotator in annotators { found.remarks += try remarks(onEditors: annotator, of: name) }
    return found
  }

  mutating func add(_ found: Found) {
    all += found.remarks
    for (key, values) in found.uses { uses[key, default: [:]].merge(values, uniquingKeysWith: +) }
  }

  /// Adds what can be remarked on only when all documents are known.
  mutating func finish() throws(FileFault) {
    for path in try workspace.trackedLeftovers() {
      all.append(
        Remark(
          file: path, message: "git carries this lock or unfinished file to other machines, where it means nothing.",
          advice: "git rm --cached \(Self.quoted(path)); the .gitignore of “gainsay init” keeps such files out."))
    }
    remark(onSpellings: uses["speaker"] ?? [:], "speaker", listed: listedSpeakers, workspace.speakersPath)
    remark(
      onSpellings: uses["about"] ?? [:], "about",
      listed: Dictionary(lists.matters.flatMap { matter in ([matter.key] + matter.aliases).map { ($0, matter.key) } }) {
        first, _ in first
      }, workspace.mattersPath)
  }

  /// The workspace's lexicons and those of the program for other languages.
  static func lexicons(in workspace: Workspace) -> [Lexicon] {
    // Damaged ones are reported as problems.
    let names = ((try? workspace.disk.names(in: workspace.schemasFolder)) ?? []).filter {
      $0.hasSuffix(".lexicon.json")
    }
    let own = names.compactMap { try? workspace.read(Paths.join(workspace.schemasFolder, $0), limit: FileLimit.list) }
    let carried = DefaultFile.schemas.filter { $0.name.hasSuffix(".lexicon.json") && !names.contains($0.name) }
    return (own + carried.map(\.bytes)).compactMap { try? Lexicon($0) }
  }

  /// Listed names and their aliases, each with the listed name.
  private var listedSpeakers: [String: String] {
    var names: [String: String] = [:]
    for speaker in lists.speakers {
      names[speaker.name] = speaker.name
      for alias in speaker.aliases { names[alias] = speaker.name }
    }
    return names
  }

  /// Remarks on names that new documents and annotators may not have.
  private func remarks(onKeptNames annotators: [String], of document: String) -> [Remark] {
    var all: [Remark] = []
    let paths = annotators.filter(NewName.isKept).map { workspace.path(of: $0, on: document) }
    for path in (NewName.isKept(document) ? [workspace.folder(of: document)] : []) + paths {
      all.append(
        Remark(
          file: path, message: "This name is kept for gainsay itself or for a system that may hold a copy.",
          advice: "It still works here. Rename it before somebody cannot open it."))
    }
    return all
  }

  // MARK: work done twice or by others

  /// Remarks on files that have the same spans made at the same moments.
  private func remarks(onCopies sets: [AnnotationSet], of document: String) -> [Remark] {
    var all: [Remark] = []
    func key(_ set: AnnotationSet) -> [String] {
      set.spans.map { "\($0.label) \($0.fragments) \($0.created) \($0.attributes.sorted { $0.key < $1.key })" }.sorted()
    }
    // Sets with other places have other keys, which take longer to make.
    let places = sets.map { set in set.spans.reduce(into: 0) { $0 = $0 &* 31 &+ $1.hull.start &* 17 &+ $1.hull.end } }
    for (place, set) in sets.enumerated() where set.spans.count >= 3 {
      let original = sets.indices[..<place].first { places[$0] == places[place] && key(sets[$0]) == key(set) }
      guard let original = original.map({ sets[$0] }) else { continue }
      // Imported and sample files have one moment for all spans, which proves nothing.
      guard Set(set.spans.map(\.created)).count > 1 else { continue }
      all.append(
        Remark(
          file: workspace.path(of: set.annotator, on: document),
          message:
            "\(set.annotator)'s \(set.spans.count) spans of \(document) are \(original.annotator)'s, made at the "
            + "same moments: one file is a copy of the other.",
          advice: "Agreement between the two means nothing; remove one of them."))
    }
    return all
  }

  /// Remarks on sources and cues that nothing uses.
  private func remarks(onOrphans sets: [AnnotationSet], of document: String) -> [Remark] {
    var all: [Remark] = []
    for set in sets where !set.relations.isEmpty {
      let orphans = set.orphans.map { "\($0.label) \($0.id)" }
      guard !orphans.isEmpty else { continue }
      all.append(
        Remark(
          file: workspace.path(of: set.annotator, on: document),
          message: "Nothing uses \(Complaint.list(orphans)) of \(set.annotator) on \(document).",
          advice: "Relate what they belong to, or delete them; “list orphans” at the prompt shows them."))
    }
    return all
  }

  /// Remarks on values that do not lie on the scale of their attribute.
  private func remarks(onScales sets: [AnnotationSet], of document: String) -> [Remark] {
    var all: [Remark] = []
    for set in sets {
      for attribute in set.scheme.attributes where attribute.scale == .interval {
        let odd = set.spans.filter { span in
          span.attributes[attribute.name].map { Scheme.Scale.number($0) == nil } ?? false
        }
        guard let first = odd.first, let value = first.attributes[attribute.name] else { continue }
        all.append(
          Remark(
            file: workspace.path(of: set.annotator, on: document),
            message:
              "\(counted(odd.count, "value")) of \(attribute.name), such as “\(Complaint.shortened(value))” of "
              + "\(first.label) \(first.id), \(odd.count == 1 ? "is" : "are") no number, and \(odd.count == 1 ? "counts" : "count") as "
              + "missing on its interval scale.",
            advice: "Set a number at the prompt, such as “set \(first.id) \(attribute.name) 2”."))
      }
    }
    return all
  }

  /// Remarks on people who annotated documents assigned to others.
  private func remarks(onAssignment annotators: [String], of document: String) -> [Remark] {
    var all: [Remark] = []
    let assigned = assignments.annotators(of: document)
    guard !assigned.isEmpty else { return [] }
    for annotator in annotators where !assigned.contains(annotator) {
      all.append(
        Remark(
          file: workspace.path(of: annotator, on: document),
          message: "\(annotator) annotated \(document), which is assigned to \(Complaint.list(assigned)).",
          advice: "If that was not agreed, work was done twice; “gainsay assign” assigns documents."))
    }
    return all
  }

  /// Remarks on files with edits by several people.
  private func remarks(onEditors annotator: String, of document: String) throws(FileFault) -> [Remark] {
    let editors = try workspace.editors(of: annotator, on: document)
    guard editors.count > 1 else { return [] }
    let names = editors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.key) (\(counted($0.value, "edit")))"
    }
    return [
      Remark(
        file: workspace.path(of: annotator, on: document),
        message: "\(annotator)'s annotations of \(document) were edited by \(Complaint.list(names)).",
        advice: "The journal beside the file has each edit.")
    ]
  }

  // MARK: spellings

  /// Remarks on values that should be spelt otherwise or look like others and, where there is a list, on values not
  /// listed.
  private mutating func remark(
    onSpellings uses: [String: Int], _ attribute: String, listed: [String: String], _ path: String
  ) {
    let spellings = Spellings(uses, listed: listed, isMatter: attribute == "about") { word in
      lexicons.contains { $0.joins(word) }
    }
    func remark(_ name: WrittenName, looksLike others: [String], advice: String) {
      all.append(
        Remark(
          file: path,
          message: "\(attribute) “\(name.value)” (\(counted(name.count, "span"))) looks like "
            + "\(Complaint.list(others.map { "“\($0)”" })).", advice: advice))
    }
    for (name, better) in spellings.renames {
      remark(
        name, looksLike: [better],
        advice: "gainsay rename \(attribute) \(Self.quoted(name.value)) \(Self.quoted(better))")
    }
    for (name, others) in spellings.likenesses {
      remark(
        name, looksLike: others,
        advice: "If they mean the same, “gainsay rename \(attribute) OLD NEW” makes them one.")
    }
    guard !listed.isEmpty, !spellings.unlisted.isEmpty else { return }
    let unlisted = spellings.unlisted.map { "“\($0.value)” (\($0.count))" }
    all.append(
      Remark(
        file: path,
        message: "\(attribute): \(counted(unlisted.count, "value")) not in the list: \(Complaint.list(unlisted)).",
        advice: "Add them to \(Paths.split(path).name), or rename them; the numbers count spans."))
  }

  /// A word for the shell, in quotes if needed.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
    }
    return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}
