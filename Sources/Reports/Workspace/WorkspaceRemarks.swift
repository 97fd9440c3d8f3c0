import Comparison
import Pages
import Standoff
import Storage

/// Something in a workspace that is allowed but that its lead should know about.
struct Remark: Equatable {
  /// The path of the file or folder.
  let file: String
  let message: String
  let advice: String
}

/// The remarks on a workspace: similar spellings, duplicated work, files edited by several people.
package struct WorkspaceRemarks {
  private(set) var all: [Remark] = []
  private let workspace: Workspace
  private let lists: SharedLists
  private let assignments: Assignments

  init(_ documents: [String], in workspace: Workspace) throws(FileFault) {
    self.workspace = workspace
    lists = try workspace.sharedLists()
    assignments = try workspace.assignments()
    var uses: [String: [String: Int]] = [:]
    for name in documents {
      let annotators = try workspace.annotators(of: name)
      remark(onKeptNames: annotators, of: name)
      // Damaged files are reported as problems.
      guard let document = try? workspace.document(name) else { continue }
      let sets = annotators.compactMap { annotator in
        let rule = CountingRule(.named([annotator]), .any)
        return try? CountedAnnotations(of: document, in: workspace, rule).files.first?.set
      }
      for span in sets.flatMap(\.spans) {
        for key in ["speaker", "about"] {
          if let value = span.attributes[key] { uses[key, default: [:]][value, default: 0] += 1 }
        }
      }
      remark(onCopies: sets, of: name)
      remark(onAssignment: annotators, of: name)
      for annotator in annotators { try remark(onEditors: annotator, of: name) }
    }
    for path in try workspace.trackedLeftovers() {
      all.append(
        Remark(
          file: path, message: "git carries this lock or unfinished file to other machines, where it means nothing.",
          advice: "git rm --cached \(Self.quoted(path)); the .gitignore of “gainsay init” keeps such files out."))
    }
    remark(onSpellings: uses["speaker"] ?? [:], "speaker", listed: listedSpeakers, workspace.speakersPath)
    remark(
      onSpellings: uses["about"] ?? [:], "about",
      listed: Dictionary(lists.matters.map { ($0.key, $0.key) }) { first, _ in first }, workspace.mattersPath)
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
  private mutating func remark(onKeptNames annotators: [String], of document: String) {
    let paths = annotators.filter(NewName.isKept).map { workspace.path(of: $0, on: document) }
    for path in (NewName.isKept(document) ? [workspace.folder(of: document)] : []) + paths {
      all.append(
        Remark(
          file: path, message: "This name is kept for gainsay itself or for a system that may hold a copy.",
          advice: "It still works here. Rename it before somebody cannot open it."))
    }
  }

  // MARK: work done twice or by others

  /// Remarks on files that have the same spans made at the same moments.
  private mutating func remark(onCopies sets: [AnnotationSet], of document: String) {
    func key(_ set: AnnotationSet) -> [String] {
      set.spans.map { "\($0.label) \($0.fragments) \($0.created) \($0.attributes.sorted { $0.key < $1.key })" }.sorted()
    }
    for (place, set) in sets.enumerated() where set.spans.count >= 3 {
      guard let original = sets[..<place].first(where: { key($0) == key(set) }) else { continue }
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
  }

  /// Remarks on people who annotated documents assigned to others.
  private mutating func remark(onAssignment annotators: [String], of document: String) {
    let assigned = assignments.annotators(of: document)
    guard !assigned.isEmpty else { return }
    for annotator in annotators where !assigned.contains(annotator) {
      all.append(
        Remark(
          file: workspace.path(of: annotator, on: document),
          message: "\(annotator) annotated \(document), which is assigned to \(Complaint.list(assigned)).",
          advice: "If that was not agreed, work was done twice; “gainsay assign” assigns documents."))
    }
  }

  /// Remarks on files with edits by several people.
  private mutating func remark(onEditors annotator: String, of document: String) throws(FileFault) {
    let editors = try workspace.editors(of: annotator, on: document)
    guard editors.count > 1 else { return }
    let names = editors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.key) (\(counted($0.value, "edit")))"
    }
    all.append(
      Remark(
        file: workspace.path(of: annotator, on: document),
        message: "\(annotator)'s annotations of \(document) were edited by \(Complaint.list(names)).",
        advice: "The journal beside the file has each edit."))
  }

  // MARK: spellings

  /// Remarks on values that look like another one and, where there is a list, on values not listed.
  private mutating func remark(
    onSpellings uses: [String: Int], _ attribute: String, listed: [String: String], _ path: String
  ) {
    var unlisted: [String] = []
    for (value, count) in uses.sorted(by: { $0.key < $1.key }) where listed[value] != value {
      let better =
        listed[value] ?? listed.keys.sorted().first { Self.areAlike(value, $0) }.flatMap { listed[$0] }
        ?? uses.keys.sorted().first { other in
          other != value && Self.areAlike(value, other)
            && (uses[other] ?? 0, other.count, other) > (count, value.count, value)
        }
      if let better {
        all.append(
          Remark(
            file: path, message: "\(attribute) “\(value)” (\(counted(count, "span"))) looks like “\(better)”.",
            advice: "gainsay rename \(attribute) \(Self.quoted(value)) \(Self.quoted(better))"))
      } else if !listed.isEmpty {
        unlisted.append("“\(value)” (\(count))")
      }
    }
    guard !unlisted.isEmpty else { return }
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

  /// Whether two values differ only in case and marks or in a letter or two, or one is in the other as whole words.
  package static func areAlike(_ a: String, _ b: String) -> Bool {
    func words(_ text: String) -> [Substring] {
      text.lowercased().split { !($0.isLetter || $0.isNumber) }
    }
    let (first, second) = (words(a), words(b))
    if first.isEmpty || second.isEmpty { return false }
    if first == second || first.joined() == second.joined() { return true }
    let (short, long) = first.count < second.count ? (first, second) : (second, first)
    if short.count < long.count, short.last == long.last, short.allSatisfy(long.contains), short.joined().count > 3 {
      return true
    }
    let (one, other) = (first.joined(separator: " "), second.joined(separator: " "))
    guard min(one.count, other.count) >= 6, abs(one.count - other.count) <= 2 else { return false }
    // Names that differ in a number are different.
    guard one.filter(\.isNumber) == other.filter(\.isNumber) else { return false }
    return distance(one, other) <= min(2, min(one.count, other.count) / 6)
  }
}
