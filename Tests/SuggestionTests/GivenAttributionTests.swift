import Standoff
import Testing

@testable import Suggestion

/// What a source and a cue report, given where they stand.
@Suite struct GivenAttributionTests {
  static func suggester() throws -> Suggester {
    let content = Scheme.Label(
      name: "content", key: "c", colour: .blue, kind: .content, selects: .sentence, description: "")
    return Suggester(
      scheme: try Scheme(name: "s", version: "1.0.0", labels: [content]), lexicon: try FinderTests.lexicon("en"))
  }

  /// The words between `[` and `]` are the source, between `<` and `>` the cue.
  static func contents(_ marked: String, denying: Bool = false) throws -> (best: String?, isSure: Bool) {
    var (plain, offset) = ("", 0)
    var marks: [Character: Int] = [:]
    for scalar in marked.unicodeScalars {
      if "[]<>".unicodeScalars.contains(scalar) {
        marks[Character(scalar)] = offset
      } else {
        plain.unicodeScalars.append(scalar)
        offset += 1
      }
    }
    func range(_ from: Character, _ to: Character) -> TextRange? {
      marks[from].flatMap { start in marks[to].map { TextRange(start, $0) } }
    }
    let text = DocumentText(plain)
    let document = Document(id: "doc", text: text, sha256: "", title: "doc")
    let suggester = try Self.suggester()
    let (found, isSure) = try #require(
      suggester.contents(source: range("[", "]"), cue: range("<", ">"), denying: denying, in: 0, of: document))
    return (found.first.map { $0.map { text[$0] }.joined(separator: " … ") }, isSure)
  }

  @Test(arguments: [
    (
      "<According to> [exclusive reports from the convention], the delegates were still determined to stay.",
      "the delegates were still determined to stay"
    ),
    (
      "[Bloomberg] also <reported> that roughly 1,100 names were not disclosed.",
      "roughly 1,100 names were not disclosed"
    ),
    ("In his answer, [Mr. Coll] <said> on Tuesday that he had read the letter.", "he had read the letter"),
    ("[The mayor] <said> Tuesday it had no knowledge of the ferry.", "it had no knowledge of the ferry"),
    ("The road would reopen in May, [the mayor] <said>.", "The road would reopen in May"),
    ("“We never saw it,” [Ms. Tarn] <said>.", "“We never saw it,”"),
    ("Asked about the toll, [Mr. Low] <said>: “It will rise,” the Gazette wrote.", "“It will rise,”"),
    ("[The company] <contended> in its letter, written by Bo Mer, that the report was wrong.", "the report was wrong"),
    ("It is <assumed> that the city has ordered ten buses.", "the city has ordered ten buses"),
    ("[Palmieri] <acknowledged> that the mayor misspoke but noted that the ferry sank.", "the mayor misspoke"),
    (
      "[Tarn] <testified>, for example, that she sent no mail, and that she kept none.",
      "she sent no mail, and that she kept none"
    ),
    ("On Monday, Mr. Low said he was happy, <according to> [the Times].", "On Monday, Mr. Low said he was happy"),
    (
      "[The letter] also <accuses> one of the clerks, Susan Rust, of hiding the bill.",
      "one of the clerks, Susan Rust, of hiding the bill"
    ),
  ]) func `the content is what stands beside source and cue`(marked: String, content: String) throws {
    let (best, isSure) = try Self.contents(marked)
    #expect(best == content && isSure, "\(best ?? "nothing") \(isSure)")
  }

  @Test func `a denial by one rejecting word is that word`() throws {
    let (best, isSure) = try Self.contents(
      "[Iran] <said> it would talk about “baseless” claims that it sold drones.", denying: true)
    #expect(best == "“baseless”" && isSure)
  }

  @Test(arguments: [
    "[Mr. Low] <said> that if the state held up the deal, the firm could threaten to leave.",
    "[Mr. Low] <said> the statements were wrong during a hearing last week.",
    "[The mayor] <said> the road would reopen, which Ms. Tarn doubts.",
    "The ferry, which [Ms. Tarn] is <said> to have sold, sank.",
    "[The mayor] <thinks> that the plan is good -- the city has shown otherwise.",
  ]) func `where it cannot be told, it is not sure`(marked: String) throws {
    #expect(try !Self.contents(marked).isSure)
  }

  @Test func `content never touches its own source or cue, nor parts a pair of marks`() throws {
    let parts = [
      "[Ms. Tarn]", "<said>", "on Monday", "that “the ferry", "sank” in May", ",", "and left", "“No,”", "a clerk",
    ]
    for order in 0..<54 {
      // Steps that share no factor with nine reach every part.
      let step = [1, 2, 4, 5, 7, 8][order / 9]
      let words = parts.indices.map { parts[(order + $0 * step) % parts.count] }
      let marked = words.joined(separator: " ") + "."
      var (plain, offset) = ("", 0)
      var taken: [Int] = []
      for scalar in marked.unicodeScalars {
        if "[]<>".unicodeScalars.contains(scalar) {
          taken.append(offset)
        } else {
          plain.unicodeScalars.append(scalar)
          offset += 1
        }
      }
      let text = DocumentText(plain)
      let document = Document(id: "doc", text: text, sha256: "", title: "doc")
      let suggester = try Self.suggester()
      let isSourceFirst = marked.firstIndex(of: "[").map { $0 < marked.firstIndex(of: "<")! } ?? false
      let (first, second) = (TextRange(taken[0], taken[1]), TextRange(taken[2], taken[3]))
      let (source, cue) = isSourceFirst ? (first, second) : (second, first)
      guard let found = suggester.contents(source: source, cue: cue, denying: false, in: 0, of: document)?.found else {
        continue
      }
      let pairs = Quotations(near: text.range, in: text).pairs.map(\.range)
      for fragment in found.flatMap(\.self) {
        #expect(!fragment.overlaps(source) && !fragment.overlaps(cue), "\(marked)")
        #expect(
          !pairs.contains { $0.overlaps(fragment) && !fragment.contains($0) && !$0.contains(fragment) }, "\(marked)")
      }
    }
  }
}
