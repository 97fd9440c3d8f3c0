import Glibc
import DefaultFiles
package import Pages
package import Storage

/// Creates workspaces.
package enum NewWorkspace {
  /// What git must not carry from one machine to another. Journals belong to the annotations and are carried.
  private static let ignored = """
    # Locks and unfinished files of gainsay.
    .*.lock
    .*.tmp
    .pending

    """

  /// Creates a workspace in a folder that is not one yet.
  ///
  /// - Returns: a page that names it.
  package static func make(in folder: String, disk: any Disk) throws(Complaint) -> Page {
    do throws(DiskFault) {
      let annotations = Paths.join(folder, "Annotations")
      let schemas = Paths.join(folder, "Schemas")
      let unfinished = Paths.join(folder, ".Schemas.tmp")
      if try disk.entry(folder) == nil { try disk.makeFolder(folder) }
      let disk = disk.beneath(folder)
      var isEmpty = true
      if try disk.entry(annotations) != nil {
        isEmpty = try disk.names(in: annotations).allSatisfy { $0 == ".gitignore" }
      }
      if try disk.entry(schemas) != nil || !isEmpty {
        throw DiskFault(operation: "make", path: isEmpty ? schemas : annotations, code: EEXIST)
      }
      if try disk.entry(annotations) == nil { try disk.makeFolder(annotations) }
      let gitignore = Paths.join(annotations, ".gitignore")
      if try disk.entry(gitignore) == nil { try disk.replace(gitignore, with: Array(ignored.utf8)) }
      // The folder that makes it a workspace comes last and whole, so that an interrupted init can be repeated.
      if try disk.entry(unfinished) == nil { try disk.makeFolder(unfinished) }
      for file in DefaultFile.schemas {
        try disk.replace(Paths.join(unfinished, file.name), with: file.bytes)
      }
      try disk.rename(unfinished, to: schemas)
      try disk.syncFolder(folder)
    } catch {
      throw Complaint(error)
    }
    return Page("Created a workspace: \(folder)\n“gainsay add FILE…” adds documents, “gainsay” opens the first.")
  }
}
