import Testing

@testable import Reports

@Suite struct SpellingsTests {
  private static func spellings(
    _ uses: [String: Int], listed: [String: String] = [:], isMatter: Bool = false
  ) -> Spellings {
    Spellings(uses, listed: listed, isMatter: isMatter) { ["and", "or", "und"].contains($0) }
  }

  /// The renames of speakers that are proposed, as `old > new`.
  private static func renames(_ uses: [String: Int], listed: [String: String] = [:], isMatter: Bool = false) -> [String]
  {
    spellings(uses, listed: listed, isMatter: isMatter).renames.map { "\($0.name.value) > \($0.better)" }
  }

  /// The values said to be like each other, as `value ~ others`.
  private static func likenesses(_ uses: [String: Int], listed: [String: String] = [:]) -> [String] {
    spellings(uses, listed: listed).likenesses.map { "\($0.name.value) ~ \($0.others.joined(separator: ", "))" }
  }

  @Test(arguments: [
    ["Russia and Iran", "Iran"], ["Russia und Iran", "Iran"], ["Russia & Iran", "Iran"], ["Russia, Iran", "Iran"],
    ["Russia; Iran", "Iran"], ["Russia/Iran", "Iran"],
    ["Columbia University and Los Angeles Times", "Los Angeles Times"],
    ["Bob Goodlatte and Trey Gowdy", "Trey Gowdy"], ["China, Russia and Iran", "Russia and Iran"],
  ]) func `check never takes a joint speaker for one of its names`(names: [String]) {
    for counts in [[1, 9], [9, 1]] {
      let uses = Dictionary(uniqueKeysWithValues: zip(names, counts))
      #expect(Self.renames(uses).isEmpty && Self.likenesses(uses).isEmpty)
    }
  }

  @Test(arguments: [
    ["nasser kanani", "Nasser Kanani"], ["NASSER KANANI", "Nasser Kanani"], ["Nasser  Kanani", "Nasser Kanani"],
    [" Nasser Kanani", "Nasser Kanani"], ["Wiebke Ohm", "Wiebke Öhm"], ["conor o'brien", "Conor O’Brien"],
    ["russia and iran", "Russia and Iran"], ["UNIVERSITY OF MICHIGAN", "University of Michigan"],
    ["soren holm", "Søren Holm"],
  ]) func `check proposes the better spelling, however often the worse one stands`(names: [String]) {
    for counts in [[1, 9], [9, 1], [1, 1]] {
      let uses = Dictionary(uniqueKeysWithValues: zip(names, counts))
      #expect(Self.renames(uses) == ["\(names[0]) > \(names[1])"])
    }
  }

  @Test(arguments: [
    ["Mr Khan", "Mr. Khan"], ["J.D. Vance", "JD Vance"], ["J. D. Vance", "J.D. Vance"], ["U.S. Army", "US Army"],
    ["Conor O'Brien", "Conor O’Brien"], ["Jean Claude Juncker", "Jean-Claude Juncker"],
  ]) func `of spellings that are equally good the more frequent one is proposed`(names: [String]) {
    #expect(Self.renames([names[0]: 1, names[1]: 3]) == ["\(names[0]) > \(names[1])"])
    #expect(Self.renames([names[0]: 3, names[1]: 1]) == ["\(names[1]) > \(names[0])"])
    #expect(Self.renames([names[0]: 2, names[1]: 2]).isEmpty)
    #expect(Self.likenesses([names[0]: 2, names[1]: 2]).count == 1)
  }

  @Test(arguments: [
    // A capital may only begin a sentence.
    ["Experts", "experts"], ["Foreign policy experts", "foreign policy experts"], ["US Government", "US government"],
    // An abbreviation, or a headline?
    ["NATO", "Nato"], ["US", "us"],
    ["Conor O'Brien", "Conor OBrien"],
    // Each lacks something of the other.
    ["Jose O'Brien", "José OBrien"],
    ["NASSER KANANI", "nasser kanani"], ["Wiebke Ohm", "wiebke öhm"],
  ]) func `where the better spelling is not clear, check proposes no worse one`(names: [String]) {
    #expect(Self.renames([names[0]: 1, names[1]: 1]).isEmpty)
    #expect(Self.likenesses([names[0]: 1, names[1]: 1]) == ["\(names[0]) ~ \(names[1])"])
  }

  @Test(arguments: [
    ["Clinton", "Hillary Clinton"], ["Korea", "North Korea"], ["George Bush", "George W. Bush"],
    ["Donald Trump", "President Donald Trump"], ["Los Angeles Times", "The Los Angeles Times"],
    ["Hossein Amirabdollahian", "Hussein Amirabdollahian"], ["Joan Smith", "John Smith"], ["Gambia", "Zambia"],
    ["White House", "Whitehouse"], ["Disney", "Disney+"], ["Russia & Iran", "Russia and Iran"],
  ]) func `names that may be two are remarked on, without a command`(names: [String]) {
    for counts in [[1, 9], [9, 1]] {
      let uses = Dictionary(uniqueKeysWithValues: zip(names, counts))
      #expect(Self.renames(uses).isEmpty)
      #expect(Self.likenesses(uses) == ["\(names[0]) ~ \(names[1])"])
    }
  }

  @Test(arguments: [
    ["Area 51", "Area 52"], ["tax-2019", "tax-2020"], ["dust", "rust"], ["Maren Tolk", "Anton Reyle"], ["–", "…"],
  ]) func `of different names nothing is said`(names: [String]) {
    let uses = [names[0]: 1, names[1]: 2]
    #expect(Self.renames(uses).isEmpty && Self.likenesses(uses).isEmpty)
  }

  @Test func `one remark names all that a name looks like, and none that is to be renamed`() {
    let uses = ["Clinton": 1, "Hillary Clinton": 3, "Bill Clinton": 1, "bill clinton": 1, "CLINTON": 1]
    #expect(Self.renames(uses) == ["bill clinton > Bill Clinton"])
    #expect(
      Self.likenesses(uses)
        == ["Bill Clinton ~ CLINTON, Clinton", "CLINTON ~ Clinton, Hillary Clinton", "Clinton ~ Hillary Clinton"])
  }

  @Test(arguments: [["McDonald", "Mcdonald"], ["US Government", "Us Government"], ["Conor O'Brien", "Conor OBrien"]])
  func `no majority takes capitals or apostrophes away`(names: [String]) {
    #expect(Self.renames([names[0]: 1, names[1]: 9]).isEmpty)
    #expect(Self.renames([names[0]: 9, names[1]: 1]) == ["\(names[1]) > \(names[0])"])
  }

  @Test func `three spellings of a name become the best one`() {
    #expect(
      Self.renames(["nasser kanani": 5, "NASSER KANANI": 5, "Nasser Kanani": 1])
        == ["NASSER KANANI > Nasser Kanani", "nasser kanani > Nasser Kanani"])
  }

  @Test func `the team's list decides, unless it has the worse spelling`() {
    let listed = ["Maren Tolk": "Maren Tolk", "M. Tolk": "Maren Tolk", "nasser kanani": "nasser kanani"]
    let uses = ["M. Tolk": 9, "M Tolk": 1, "MAREN TOLK": 1, "Marin Tolk": 1, "Nasser Kanani": 1, "Ada Ohm": 1]
    #expect(
      Self.renames(uses, listed: listed)
        == ["M Tolk > Maren Tolk", "M. Tolk > Maren Tolk", "MAREN TOLK > Maren Tolk"])
    #expect(
      Self.likenesses(uses, listed: listed) == ["Marin Tolk ~ Maren Tolk", "Nasser Kanani ~ nasser kanani"])
    #expect(Self.spellings(uses, listed: listed).unlisted.map(\.value) == ["Ada Ohm"])
  }

  @Test func `capitals make no matter better`() {
    #expect(Self.renames(["Ferry-Tender": 1, "ferry-tender": 2], isMatter: true) == ["Ferry-Tender > ferry-tender"])
    #expect(Self.renames(["ferry tender": 1, "ferry-tender": 2], isMatter: true) == ["ferry tender > ferry-tender"])
    #expect(Self.renames(["Ferry-Tender": 1, "ferry-tender": 1], isMatter: true).isEmpty)
    #expect(Self.renames(["clinton-emails": 1, "republicans-motives-clinton-emails": 4], isMatter: true).isEmpty)
  }
}
