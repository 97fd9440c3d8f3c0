import JSONText
package import Pages
package import Standoff
package import Storage
package import Suggestion

/// Models on disk.
package enum KeptModels {
  static let ending = ".model"

  /// Reads a model that `gainsay learn` has written.
  package static func read(_ path: String, _ disk: any Disk) throws(Complaint) -> KeptModel {
    let bytes: [UInt8]
    do throws(DiskFault) { bytes = try disk.read(path, limit: FileLimit.list) } catch { throw Complaint(error) }
    do throws(KeptModel.Fault) { return try KeptModel(bytes) } catch {
      let what: String
      switch error {
      case .otherFormat: what = "is no model: it does not begin as one."
      case .header(let fault):
        what =
          "cannot be read as a model, line 2, column \(fault.column): expected \(fault.expected)"
          + "\(fault.found.map { ", found \($0)" } ?? "")."
      case .damaged: what = "is damaged or cut short."
      }
      let hint =
        error == .otherFormat
        ? "Name a file that “gainsay learn” has written." : "Remove it, and make it anew with “gainsay learn”."
      throw Complaint("\(path) \(what)", hint, culprit: path)
    }
  }

  /// The workspace's own model: of those in its folder Schemas, the first by name that knows a label of a scheme; nil for
  /// none.
  package static func own(of workspace: Workspace, for scheme: Scheme) throws(Complaint) -> KeptModel? {
    let names: [String]
    do throws(DiskFault) { names = try workspace.disk.names(in: workspace.schemasFolder) } catch {
      throw Complaint(error)
    }
    for name in names.sorted() where name.hasSuffix(ending) && !name.hasPrefix(".") {
      let kept = try read(Paths.join(workspace.schemasFolder, name), workspace.disk)
      if kept.labels.contains(where: { scheme.label($0) != nil }) { return kept }
    }
    return nil
  }
}
