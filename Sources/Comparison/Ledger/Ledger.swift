package import Pages
package import Standoff
package import Storage

/// The ledger: who claims what and who denies it, by matter, across documents.
///
/// One version of each document counts: the adjudicated one if it is done, else the only annotator's, else the spans that more than
/// half of those who are done marked alike.
package struct Ledger {
  /// A claim, denial or quote with its speaker.
  package struct Statement: Equatable {
    package let document: String
    let title: String
    let published: String?
    /// The span's number in the version that counts.
    package let span: Int
    package let label: String
    package let range: TextRange
    /// The sentence's number, from 1.
    package let sentence: Int
    package let words: String
    package let speaker: Speaker
    /// The words that report it; empty if no cue is marked.
    package let cue: String
    /// The words of quotes that overlap it.
    package let quotes: [String]

    /// The quotes that do not contain the whole statement.
    package var quotesInside: [String] { quotes.filter { !$0.contains(words) } }

    static func inOrder(_ a: Statement, _ b: Statement) -> Bool {
      if a.published != b.published { return (a.published ?? "9999") < (b.published ?? "9999") }
      return a.document != b.document ? a.document < b.document : (a.range, a.span) < (b.range, b.span)
    }
  }

  package enum Speaker: Hashable {
    case named(String)
    /// The words of a source whose speaker is not named.
    case source(String)
    /// A speaker whom the text does not name.
    case implicit
    case author
    case unknown
  }

  /// A claim with its denials.
  package struct Claim: Equatable {
    package let claim: Statement
    package var denials: [Statement]
  }

  /// A denial of a claim that is not in the text, or whose target is not given.
  package struct Denial: Equatable {
    package let denial: Statement
    /// The denied claim in the annotator's words; empty if they gave none, nil without a target.
    package let claim: String?
  }

  /// The statements about one matter.
  package struct Matter: Equatable {
    /// The matter's key; nil for statements without a matter.
    package let key: String?
    /// The disputed proposition from the team's list; nil if it is not listed.
    package let proposition: String?
    package var claims: [Claim] = []
    package var denials: [Denial] = []
    /// Quotes that overlap no claim and no denial.
    package var quotes: [Statement] = []
  }

  /// The version of a document that counts.
  package struct Source: Equatable {
    package let document: String
    /// “gold”, an annotator, or “majority of” several.
    package let version: String
  }

  package private(set) var matters: [Matter] = []
  package private(set) var sources: [Source] = []

  /// - Parameter annotator: the annotator to use; nil for the version that counts in each document.
  package init(_ documents: [String], in workspace: Workspace, annotator: String?) throws(Complaint) {
    var (all, places): ([Matter], [String?: Int]) = ([], [:])
    do throws(FileFault) {
      let lists = try workspace.sharedLists()
      try InOrder.forEach(documents) { (name) throws(FileFault) -> (source: Source, matters: [Matter])? in
        let document = try workspace.document(name)
        return try Self.version(of: document, in: workspace, annotator).map { version, set in
          (Source(document: name, version: version), LedgerReader(document, set, lists).matters)
        }
      } take: { (found) throws(FileFault) in
        guard let found else { return }
        sources.append(found.source)
        for matter in found.matters {
          let place = places[matter.key] ?? all.count
          if place == all.count {
            places[matter.key] = place
            all.append(Matter(key: matter.key, proposition: matter.proposition))
          }
          all[place].claims += matter.claims
          all[place].denials += matter.denials
          all[place].quotes += matter.quotes
        }
      }
    } catch {
      throw Complaint(error)
    }
    matters = all.map(Self.sorted).sorted(by: Self.inOrder)
  }

  private static func sorted(_ matter: Matter) -> Matter {
    var matter = matter
    matter.claims.sort { Statement.inOrder($0.claim, $1.claim) }
    for index in matter.claims.indices { matter.claims[index].denials.sort(by: Statement.inOrder) }
    matter.denials.sort { Statement.inOrder($0.denial, $1.denial) }
    matter.quotes.sort(by: Statement.inOrder)
    return matter
  }

  /// The order by key, with the statements without a matter last.
  private static func inOrder(_ a: Matter, _ b: Matter) -> Bool {
    guard let first = a.key else { return false }
    guard let second = b.key else { return true }
    return first < second
  }

  /// The version of a document that counts; nil if nobody is done.
  private static func version(
    of document: Document, in workspace: Workspace, _ annotator: String?
  ) throws(FileFault) -> (String, AnnotationSet)? {
    func read(_ people: CountingRule.People, _ progress: CountingRule.Progress) throws(FileFault) -> [AnnotationSet] {
      try CountedAnnotations(of: document, in: workspace, CountingRule(people, progress)).files.map(\.set)
    }
    if let annotator { return try read(.named([annotator]), .any).first.map { (annotator, $0) } }
    if let gold = try read(.named(["gold"]), .done).first { return ("gold", gold) }
    let sets = try read(.annotators, .done)
    guard let first = sets.first else { return nil }
    let others = sets.filter { $0.scheme.name == first.scheme.name }
    guard others.count > 1 else { return (first.annotator, first) }
    let names = others.map(\.annotator).joined(separator: ", ")
    do throws(AnnotationSet.Fault) { return ("majority of \(names)", try Merge.majority.version(of: others)) } catch {
      throw FileFault(document.id, .spanNotAllowed(id: error.id, error.refusal))
    }
  }
}
