import DefaultFiles
import JSONText
package import Standoff
package import Storage
package import Suggestion

/// The lexicons of a workspace, a language each.
package enum LanguageLexicon {
  /// The language of a document; one that does not say it is taken to be English.
  package static func language(of document: Document) -> String {
    document.language?.split(separator: "-").first.map { $0.lowercased() } ?? "en"
  }

  /// The lexicon of a language: the workspace's own, else the one built in; nil if there is none.
  ///
  /// - Throws: if the workspace's own lexicon is faulty.
  package static func lexicon(_ language: String, in workspace: Workspace) throws(FileFault) -> Lexicon? {
    let path = Paths.join(workspace.schemasFolder, language + ".lexicon.json")
    let bytes: [UInt8]
    do throws(FileFault) { bytes = try workspace.read(path, limit: FileLimit.list) } catch {
      guard error.fact == .missing else { throw error }
      return try? DefaultFile.schema(named: language + ".lexicon.json").map { (file) throws(JSONFault) in
        try Lexicon(file.bytes)
      }
    }
    do throws(JSONFault) { return try Lexicon(bytes) } catch { throw FileFault(path, error) }
  }

  /// The lexicon of a document's language.
  package static func lexicon(for document: Document, in workspace: Workspace) throws(FileFault) -> Lexicon? {
    try lexicon(language(of: document), in: workspace)
  }
}
