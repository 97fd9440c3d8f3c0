import Standoff
import Storage

/// The problems of one document and its files, and what may be remarked on.
struct CheckedDocument: Sendable {
  private(set) var faults: [FileFault] = []
  /// The number of annotation files that were checked.
  private(set) var files = 0
  /// The number of annotation files not checked because the document cannot be read.
  private(set) var skipped = 0
  private(set) var remarks = WorkspaceRemarks.Found()

  /// - Parameter remarks: says what is worth a remark; nil for nothing.
  init(_ name: String, in workspace: Workspace, _ remarks: WorkspaceRemarks?) {
    do throws(FileFault) {
      let annotators = try workspace.annotatorsAndGold(of: name)
      var sets: [AnnotationSet]?
      do throws(FileFault) {
        let document = try workspace.document(name)
        sets = []
        files = annotators.count
        do throws(FileFault) { _ = try workspace.tokens(of: document) } catch { faults.append(error) }
        for annotator in annotators {
          do throws(FileFault) {
            let found = try workspace.checked(annotator, on: document)
            faults += found.faults
            if let set = found.set, set.role == .annotator { sets?.append(set) }
          } catch {
            faults.append(error)
          }
        }
      } catch {
        skipped = annotators.count
        faults.append(error)
      }
      if let remarks { self.remarks = try remarks.found(name, annotators.filter { $0 != "gold" }, sets) }
    } catch {
      faults.append(error)
    }
  }
}
