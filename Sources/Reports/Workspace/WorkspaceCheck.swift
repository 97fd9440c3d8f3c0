import Comparison
import Glibc
import JSONText
package import Pages
import Standoff
package import Storage
import Suggestion

/// All problems of a workspace, with file and place.
package struct WorkspaceCheck {
  private let faults: [FileFault]
  private let documents: Int
  private let files: Int
  /// The number of annotation files not checked because their document cannot be read.
  private let skipped: Int
  private let remarks: [Remark]
  /// Documents whose other annotators' files were not checked.
  private let veiled: [String]

  /// - Parameters:
  ///   - chosen: the documents to check; empty for all, and the schemes.
  ///   - withoutAnnotations: whether to check no annotations at all.
  package init(
    in workspace: Workspace, documents chosen: [String] = [], withoutAnnotations: Bool = false
  ) throws(Complaint) {
    let all = try DocumentChoice.names(chosen, in: workspace)
    let names = withoutAnnotations ? [] : all
    veiled = workspace.veiledDocuments().filter(names.contains)
    let workspace = workspace.keepingSchemes()
    var faults: [FileFault] = []
    var known: [String: [FileFault]] = [:]
    func attempt(_ body: () throws(FileFault) -> Void) {
      do throws(FileFault) { try body() } catch {
        // What many files have in common, such as their scheme, is one problem.
        if known[error.file]?.contains(error) == true { return }
        known[error.file, default: []].append(error)
        faults.append(error)
      }
    }
    if chosen.isEmpty {
      attempt { () throws(FileFault) in
        for name in try workspace.schemeNames() {
          attempt { () throws(FileFault) in _ = try workspace.scheme(name) }
        }
      }
      attempt { () throws(FileFault) in _ = try workspace.defaultSchemeName() }
      attempt { () throws(FileFault) in try Self.checkLexicons(workspace) { faults.append($0) } }
      attempt { () throws(FileFault) in try Self.checkNames(workspace) { faults.append($0) } }
      for folder in [workspace.annotationsFolder, workspace.schemasFolder] {
        Self.checkKinds(folder, workspace) { fault in attempt { () throws(FileFault) in throw fault } }
      }
      attempt { () throws(FileFault) in _ = try workspace.sharedLists() }
      attempt { () throws(FileFault) in try workspace.checkSplits() }
      attempt { () throws(FileFault) in try Self.checkAssignments(workspace, all) { faults.append($0) } }
    }
    var (files, skipped) = (0, 0)
    var remarks: WorkspaceRemarks?
    attempt { () throws(FileFault) in remarks = try WorkspaceRemarks(in: workspace) }
    let reader = remarks
    InOrder.forEach(names) { name in
      CheckedDocument(name, in: workspace, reader)
    } take: { found in
      for fault in found.faults { attempt { () throws(FileFault) in throw fault } }
      files += found.files
      skipped += found.skipped
      remarks?.add(found.remarks)
    }
    attempt { () throws(FileFault) in try remarks?.finish() }
    self.remarks = remarks?.all ?? []
    self.faults = faults
    documents = names.count
    self.files = files
    self.skipped = skipped
  }

  /// Reports assignments of documents that do not exist.
  private static func checkAssignments(
    _ workspace: Workspace, _ names: [String], _ report: (FileFault) -> Void
  ) throws(FileFault) {
    for name in Set(try workspace.assignments().all.map(\.document)).subtracting(names).sorted() {
      report(FileFault(workspace.assignmentsPath, .assignedMissing(name)))
    }
  }

  /// Reports folders and files whose names the program would ignore, and names that differ only in case.
  private static func checkNames(_ workspace: Workspace, _ report: (FileFault) -> Void) throws(FileFault) {
    do throws(DiskFault) {
      let entries = try workspace.disk.names(in: workspace.annotationsFolder).filter { !$0.hasPrefix(".") }
      for name in entries {
        let path = Paths.join(workspace.annotationsFolder, name)
        guard try workspace.disk.entry(path)?.isFolder == true else { continue }
        guard Scheme.isPlainName(name) else {
          report(FileFault(path, .nameNotAllowed(name)))
          continue
        }
        let files = try workspace.disk.names(in: path).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
        for file in files where !Scheme.isPlainName(String(file.dropLast(5))) {
          report(FileFault(Paths.join(path, file), .nameNotAllowed(String(file.dropLast(5)))))
        }
        reportTaken(files) { report(FileFault(Paths.join(path, $0), .nameTaken($0, by: $1))) }
      }
      reportTaken(entries) {
        report(FileFault(Paths.join(workspace.annotationsFolder, $0), .nameTaken($0, by: $1)))
      }
    } catch {
      report(FileFault(error.path, .disk(error)))
    }
  }

  /// Reports each name that differs from an earlier one in case only, with that one.
  private static func reportTaken(_ names: [String], _ report: (_ name: String, _ other: String) -> Void) {
    var first: [String: String] = [:]
    for name in names {
      let key = name.lowercased()
      if let other = first[key] { report(name, other) } else { first[key] = name }
    }
  }

  /// Reports links, pipes and the like, which are never opened.
  private static func checkKinds(_ folder: String, _ workspace: Workspace, _ report: (FileFault) -> Void) {
    do throws(DiskFault) {
      for name in try workspace.disk.names(in: folder) {
        let path = Paths.join(folder, name)
        switch try workspace.disk.entry(path)?.kind {
        case .link: report(FileFault(path, .disk(DiskFault(operation: "open", path: path, code: ELOOP))))
        case .special: report(FileFault(path, .disk(DiskFault(operation: "open", path: path, code: EINVAL))))
        case .folder: checkKinds(path, workspace, report)
        case .file, nil: break
        }
      }
    } catch {
      report(FileFault(error.path, .disk(error)))
    }
  }

  private static func checkLexicons(_ workspace: Workspace, _ report: (FileFault) -> Void) throws(FileFault) {
    let names: [String]
    do throws(DiskFault) { names = try workspace.disk.names(in: workspace.schemasFolder) } catch {
      throw FileFault(error.path, .disk(error))
    }
    for name in names where name.hasSuffix(".lexicon.json") && !name.hasPrefix(".") {
      let path = Paths.join(workspace.schemasFolder, name)
      do throws(FileFault) {
        let bytes = try workspace.read(path, limit: FileLimit.list)
        let lexicon: Lexicon
        do throws(JSONFault) { lexicon = try Lexicon(bytes) } catch { throw FileFault(path, error) }
        let language = String(name.dropLast(".lexicon.json".count))
        guard lexicon.language == language else {
          throw FileFault(path, .wrongName(key: "language", expected: language, found: lexicon.language))
        }
      } catch {
        report(error)
      }
    }
  }

  /// Whether there are no problems.
  package var isClean: Bool { faults.isEmpty }

  package var page: Page {
    var page = Page()
    for fault in faults {
      let (problem, advice) = Complaint.sentences(of: fault)
      page.append(problem, .bold)
      if !advice.isEmpty { page.append("  \(advice)", indent: 2) }
    }
    for remark in remarks {
      page.append(remark.message, indent: 2)
      page.append("  \(remark.advice)", .dim, indent: 2)
    }
    let scope = "\(counted(documents, "document")), \(counted(files, "annotation file"))"
    page.append(faults.isEmpty ? "No problems: \(scope)." : "\(counted(faults.count, "problem")) in \(scope).")
    if !remarks.isEmpty { page.append("\(counted(remarks.count, "remark")), not counted as problems.") }
    if !veiled.isEmpty {
      page.append("Not checked until you have done them: others' files of \(Complaint.list(veiled)).")
    }
    if skipped > 0 {
      page.append("Not checked because the document cannot be read: \(counted(skipped, "annotation file")).")
    }
    return page
  }

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.object("checked") { writer in
        writer.integer("documents", documents)
        writer.integer("files", files)
        writer.integer("skipped", skipped)
      }
      defer { writeRemarks(to: &writer) }
      writer.array("problems", .block) { writer in
        for fault in faults {
          let (problem, advice) = Complaint.sentences(of: fault)
          writer.object { writer in
            writer.string("advice", advice)
            writer.integer("column", fault.place?.column)
            writer.string("file", Complaint.shown(fault.file))
            writer.integer("line", fault.place?.line)
            writer.string("message", problem)
          }
        }
      }
    }
  }

  private func writeRemarks(to writer: inout JSONWriter) {
    writer.array("remarks", .block) { writer in
      for remark in remarks {
        writer.object { writer in
          writer.string("advice", remark.advice)
          writer.string("file", Complaint.shown(remark.file))
          writer.string("message", remark.message)
        }
      }
    }
  }
}
