import Interchange
import Pages
import Standoff
import Storage

/// The scheme of imported annotations.
struct ImportScheme {
  let scheme: Scheme
  /// The names in it of the labels, attributes and relations of the files.
  let names: ForeignNames
  /// Whether this scheme, or this version of it, is new to the workspace.
  let isNew: Bool
  /// The scheme that a new version replaces.
  let old: Scheme?
  /// Why it was chosen, to follow its name; empty if that is plain.
  let why: String

  /// A scheme that fits everything, preferring the documents' own, then the default; else, where names were mapped, one
  /// that has all labels; else a new one.
  ///
  /// - Parameters:
  ///   - counts: how many documents of the workspace have files of each scheme.
  ///   - hasMap: whether names were mapped.
  ///   - name: the name of a new scheme.
  init(
    for vocabulary: Vocabulary, in workspace: Workspace, preferring counts: [String: Int], hasMap: Bool,
    named name: String
  ) throws(Complaint) {
    do throws(FileFault) {
      let first = try workspace.defaultSchemeName()
      let candidates = try workspace.schemeNames().sorted { a, b in
        let uses = (counts[a] ?? 0, counts[b] ?? 0)
        return uses.0 != uses.1 ? uses.0 > uses.1 : (a == first ? "" : a) < (b == first ? "" : b)
      }
      var labelled: Scheme?
      var lacking: [String] = []
      for name in candidates {
        let scheme = try workspace.scheme(name)
        if vocabulary.fits(scheme) {
          self.init(scheme: scheme, names: vocabulary.names(in: scheme), why: "")
          return
        }
        let missing = vocabulary.labels(notIn: scheme)
        if missing.isEmpty { labelled = labelled ?? scheme }
        if name == first { lacking = missing }
      }
      if hasMap, let labelled {
        self.init(
          scheme: labelled, names: vocabulary.names(in: labelled),
          why: ", which has all the labels, but not all that spans carry")
        return
      }
      try self.init(new: name, for: vocabulary, in: workspace, candidates, first, lacking)
    } catch {
      throw Complaint(error)
    }
  }

  private init(
    scheme: Scheme, names: ForeignNames, isNew: Bool = false, inPlaceOf old: Scheme? = nil, why: String
  ) {
    self.scheme = scheme
    self.names = names
    self.isNew = isNew
    self.old = old
    self.why = why
  }

  /// A new scheme, or one that an import made before, extended.
  ///
  /// - Parameter lacking: the labels that the default scheme, *first*, lacks.
  private init(
    new name: String, for vocabulary: Vocabulary, in workspace: Workspace, _ taken: [String], _ first: String,
    _ lacking: [String]
  ) throws(FileFault) {
    let old = taken.contains(name) ? try workspace.scheme(name) : nil
    let mayGrow = old.map(Vocabulary.isMadeHere) ?? true
    let free = mayGrow ? name : Self.freeName(name, taken)
    let made: (scheme: Scheme, names: ForeignNames)
    do throws(Scheme.Faults) {
      made = try vocabulary.scheme(named: free, after: mayGrow ? old : nil)
    } catch {
      throw FileFault(free, .scheme(error.all))
    }
    let named = lacking.sorted().prefix(8) + (lacking.count > 8 ? ["\(lacking.count - 8) more"] : [])
    let reason =
      lacking.isEmpty
      ? "\(first) lacks some attributes or relations"
      : "\(first) has no \(Complaint.list(Array(named), "or"))"
    self.init(
      scheme: made.scheme, names: made.names, isNew: true, inPlaceOf: mayGrow ? old : nil,
      why: ", \(old != nil && mayGrow ? "extended" : "made") for this import because \(reason); --map FROM=TO renames")
  }

  private static func freeName(_ name: String, _ taken: [String]) -> String {
    var number = 2
    while taken.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }
}
