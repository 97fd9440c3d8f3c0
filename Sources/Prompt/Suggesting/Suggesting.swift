import DefaultFiles
import JSONText
import Standoff
import Storage
import Suggestion

/// What a session proposes: whether it does, by which lexicon, and what another program has proposed.
struct Suggesting: Sendable {
  /// Whether suggestions are shown; they are asked for first, because they sway.
  var isOn = false
  /// Whether the annotator's assignment lets there be any.
  var isAllowed = true
  /// Of the document's language; nil where there is none.
  let lexicon: Lexicon?
  /// What another program has proposed for the document.
  var fromProgram: [Suggestion] = []
  /// What is learned, and what another program does, while the person types.
  let background = BackgroundWork()
  /// Edits made when learning was begun last.
  var learnedAt = 0
  /// All suggestions of a label, shown and waiting to be accepted.
  var shownForAll: [Suggestion]?

  init(_ lexicon: Lexicon? = nil) { self.lexicon = lexicon }

  /// The lexicon of a document's language: the workspace's own, else the one that the program carries.
  ///
  /// - Throws: what is wrong with the workspace's own.
  static func lexicon(for document: Document, in workspace: Workspace) throws(FileFault) -> Lexicon? {
    // A document that does not say its language is taken for English.
    let language = document.language?.split(separator: "-").first.map { $0.lowercased() } ?? "en"
    let path = Paths.join(workspace.schemasFolder, language + ".lexicon.json")
    let bytes: [UInt8]
    do throws(FileFault) { bytes = try workspace.read(path) } catch {
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
