import Glibc
import DefaultFiles
package import Pages
package import Storage

/// A workspace to be made.
package enum NewWorkspace {
  /// Makes a workspace in a folder that is none yet.
  ///
  /// - Returns: what was made.
  package static func make(in folder: String, disk: any Disk) throws(Complaint) -> Page {
    do throws(DiskFault) {
      let annotations = Paths.join(folder, "Annotations")
      let schemas = Paths.join(folder, "Schemas")
      let unfinished = Paths.join(folder, ".Schemas.tmp")
      var isEmpty = true
      if try disk.entry(annotations) != nil { isEmpty = try disk.names(in: annotations).isEmpty }
      if try disk.entry(schemas) != nil || !isEmpty {
        throw DiskFault(operation: "make", path: isEmpty ? schemas : annotations, code: EEXIST)
      }
      if try disk.entry(folder) == nil { try disk.makeFolder(folder) }
      if try disk.entry(annotations) == nil { try disk.makeFolder(annotations) }
      // What makes it a workspace comes last and whole, so that an init broken off can be told again.
      if try disk.entry(unfinished) == nil { try disk.makeFolder(unfinished) }
      for file in DefaultFile.schemas {
        try disk.replace(Paths.join(unfinished, file.name), with: file.bytes)
      }
      try disk.rename(unfinished, to: schemas)
      try disk.syncFolder(folder)
    } catch {
      throw Complaint(error)
    }
    return Page("A workspace: \(folder)\n“gainsay add FILE…” adds documents to it, “gainsay” opens the first.")
  }
}
