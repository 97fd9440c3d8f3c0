import Standoff

/// Which names new documents and annotators may have; those that exist keep theirs.
public enum NewName {
  /// Names that a workspace uses for its own files, in lower case.
  private static let own: Set<String> = ["assignments.json", "document", "gold", "splits.json", "tokens"]
  /// Names that Windows takes for devices, whatever follows after a point.
  private static let devices: Set<String> = {
    let numbered = (1...9).flatMap { ["com\($0)", "lpt\($0)"] }
    return Set(["con", "prn", "aux", "nul"] + numbered)
  }()

  /// Whether a name, plain or not, is kept for the workspace or by a system that may hold a copy of it.
  public static func isKept(_ name: String) -> Bool {
    let lower = name.lowercased()
    return own.contains(lower) || devices.contains(String(lower.prefix { $0 != "." })) || lower.hasSuffix(".")
  }

  /// Throws if a new document or annotator may not have a name.
  public static func check(_ name: String) throws(FileFault) {
    guard Scheme.isPlainName(name) else { throw FileFault(name, .nameNotAllowed(name)) }
    guard !isKept(name) else { throw FileFault(name, .nameKept(name)) }
  }
}
