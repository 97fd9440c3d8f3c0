import DefaultFiles
import JSONText
import Standoff
import Storage
import Suggestion

/// The state of suggestions in a session: whether they are on, the lexicon, and another program's suggestions.
struct Suggesting: Sendable {
  /// Whether suggestions are shown. They are off at first, because they bias annotators.
  var isOn = false
  /// Whether the annotator's assignment allows suggestions.
  var isAllowed = true
  /// The lexicon of the document's language; nil if there is none.
  let lexicon: Lexicon?
  /// Another program's suggestions for the document.
  var fromProgram: [Suggestion] = []
  /// Learning, and another program, at work while the person types.
  let background = BackgroundWork()
  /// The number of edits when learning last began.
  var learnedAt = 0
  /// All suggestions of a label, shown and waiting for a second “A”.
  var shownForAll: [Suggestion]?

  init(_ lexicon: Lexicon? = nil) { self.lexicon = lexicon }

  /// The lexicon of a document's language: the workspace's own, else the one built in.
  ///
  /// - Throws: if the workspace's own lexicon is faulty.
  static func lexicon(for document: Document, in workspace: Workspace) throws(FileFault) -> Lexicon? {
    // A document without a language is taken to be English.
    let language = document.language?.split(separator: "-").first.map { $0.lowercased() } ?? "en"
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
}

extension SpanKey {
  init(_ suggestion: Suggestion) {
    self.init(label: suggestion.label, fragments: Annotation.normalised(suggestion.fragments))
  }
}
