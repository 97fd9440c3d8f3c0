public import Standoff

extension Workspace {
  /// Replaces a document's zones.
  ///
  /// - Parameters:
  ///   - document: as it was read.
  ///   - zones: in reading order, none overlapping.
  /// - Throws: if the document was changed since it was read, or cannot be written.
  /// - Returns: the document with the new zones.
  public func change(zonesOf document: Document, to zones: [Zone]) throws(FileFault) -> Document {
    let lock = try lockForChange(waiting: 2)
    defer { disk.release(lock) }
    let path = Paths.join(folder(of: document.id), "document.json")
    let seen: DiskEntry?
    do throws(DiskFault) { seen = try disk.entry(path) } catch { throw FileFault(error) }
    guard try self.document(document.id) == document else { throw FileFault(path, .changedUnderneath) }
    let after = document.with(zones: zones)
    do throws(DiskFault) { _ = try disk.replace(path, with: DocumentFile.encode(after), inPlaceOf: seen) } catch {
      throw FileFault(error)
    }
    return after
  }
}
