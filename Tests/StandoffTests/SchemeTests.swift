import Standoff
import Testing

@Suite struct SchemeTests {
  static func label(_ name: String, _ key: String, requires: [[String]] = []) -> Scheme.Label {
    Scheme.Label(
      name: name, key: key, colour: .red, kind: .other, selects: nil, description: "", requires: requires)
  }

  static func faults(
    _ labels: [Scheme.Label], attributes: [Scheme.Attribute] = [], relations: [Scheme.RelationType] = [],
    dissimilarities: [Scheme.Dissimilarity] = []
  ) -> [Scheme.Fault] {
    do throws(Scheme.Faults) {
      _ = try Scheme(
        name: "s", version: "1", labels: labels, attributes: attributes, relations: relations,
        dissimilarities: dissimilarities)
      return []
    } catch {
      return error.all
    }
  }

  @Test func `any label set works, in any script`() {
    #expect(Self.faults([Self.label("утверждение", "у"), Self.label("主张", "主"), Self.label("dénégation", "dé")]) == [])
  }

  @Test func `every fault is named, not only the first`() {
    #expect(Self.faults([]) == [.noLabels])
    #expect(Self.faults([Self.label("act", "x")]) == [.keyIsVerb("x", label: "act")])
    #expect(Self.faults([Self.label("done", "d")]) == [.keyIsVerb("done", label: "done")])
    #expect(Self.faults([Self.label("one", "k"), Self.label("two", "k")]) == [.keyTwice("k", labels: ["one", "two"])])
    #expect(Self.faults([Self.label("4th", "k")]) == [.labelNameNotAllowed("4th")])
    #expect(
      Self.faults([Self.label("ok", "abc"), Self.label("no", "!")]) == [
        .keyNotAllowed(label: "ok", key: "abc"), .keyNotAllowed(label: "no", key: "!"),
      ])
    #expect(
      Self.faults([Self.label("one", "o", requires: [["nothing"]])]) == [.unknownRequirement("nothing", label: "one")])
    let attribute = Scheme.Attribute(name: "a", labels: ["none"], values: ["v", "v"], description: "")
    #expect(
      Self.faults([Self.label("one", "o")], attributes: [attribute]) == [
        .unknownLabel("none", in: "a"), .valueTwice("v", attribute: "a"),
      ])
    let relation = Scheme.RelationType(name: "r", from: ["one"], to: ["two"], absent: false, description: "")
    #expect(Self.faults([Self.label("one", "o")], relations: [relation]) == [.unknownLabel("two", in: "r")])
  }

  @Test func `labels are as far apart as the scheme says, and each pair is named once`() throws {
    typealias Pair = Scheme.Dissimilarity
    let labels = [Self.label("one", "o"), Self.label("two", "t"), Self.label("three", "h")]
    func faults(_ pairs: [Pair]) -> [Scheme.Fault] { Self.faults(labels, dissimilarities: pairs) }
    let near = try Scheme(
      name: "s", version: "1", labels: labels, dissimilarities: [Pair("one", "two", value: 0.25)])
    #expect(near.dissimilarity("two", "one") == 0.25 && near.dissimilarity("one", "three") == 1)
    #expect(near.dissimilarity("one", "one") == 0)
    #expect(faults([Pair("one", "one", value: 0)]) == [.dissimilarityToItself("one")])
    #expect(
      faults([Pair("one", "two", value: 0.1), Pair("two", "one", value: 0.2)]) == [.dissimilarityTwice("two", "one")])
    #expect(faults([Pair("one", "four", value: 0.1)]) == [.unknownLabel("four", in: "dissimilarities")])
  }

  @Test func `names of people and documents are plain`() {
    for name in ["dana", "A", "0.9_x-y", String(repeating: "a", count: 128)] { #expect(Scheme.isPlainName(name)) }
    for name in ["", ".hidden", "-x", "a/b", "..", "é", "a b", "a\n", String(repeating: "a", count: 129)] {
      #expect(!Scheme.isPlainName(name))
    }
  }
}
