import Comparison
import Pages
import Standoff
import Storage
import Suggestion

/// Finished documents to learn from, of one scheme and language.
struct Examples {
  let scheme: Scheme
  let lexicon: Lexicon?
  let tagged: [TaggedDocument]
  /// What was left out, and why.
  let notes: [String]

  /// Reads documents: the adjudicated version where there is one that is done, else everybody's who is done.
  ///
  /// Of several languages or schemes, that of most documents counts.
  init(named documents: [String], in workspace: Workspace) throws(Complaint) {
    try DocumentChoice.checkSeen(documents, in: workspace)
    var all: [(language: String, tagged: TaggedDocument)] = []
    for name in try DocumentChoice.names(documents, in: workspace) {
      do throws(FileFault) {
        let counted = try CountedAnnotations(of: name, in: workspace, CountingRule(.annotatorsAndGold, .done))
        let gold = counted.files.filter { $0.set.role == .gold }
        for file in gold.isEmpty ? counted.files : gold {
          all.append(
            (LanguageLexicon.language(of: counted.document), TaggedDocument(counted.document, file.set)))
        }
      } catch {
        throw Complaint(error)
      }
    }
    guard let scheme = Self.most(all.map { $0.tagged.set.scheme.name }),
      let language = Self.most(all.filter { $0.tagged.set.scheme.name == scheme }.map(\.language)),
      let first = all.first(where: { $0.language == language && $0.tagged.set.scheme.name == scheme })
    else {
      throw Complaint(
        "No document is finished.", "“done” at the prompt says that one is; “gainsay status” shows who has done what.")
    }
    self.scheme = first.tagged.set.scheme
    tagged = all.filter { $0.language == language && $0.tagged.set.scheme.name == scheme }.map(\.tagged)
    let left = all.count - tagged.count
    notes =
      left == 0 ? [] : ["\(counted(left, "file")) of another language or scheme than \(language), \(scheme): left out."]
    do throws(FileFault) { lexicon = try LanguageLexicon.lexicon(language, in: workspace) } catch {
      throw Complaint(error)
    }
  }

  /// The value that occurs most often; of several, the first by name.
  private static func most(_ values: [String]) -> String? {
    Dictionary(grouping: values, by: \.self).min { ($1.value.count, $0.key) < ($0.value.count, $1.key) }?.key
  }
}
