import Standoff
import Testing

@testable import Interchange

@Suite struct BratTests {
  @Test func `text-bound annotations, events and relations are read, other lines kept`() throws {
    let file = BratFile(
      "T1\tSource 0 3\tAnn\r\nT2\tContent 20 30;9 15\tfell and fall\nE1\tAttribution:T3 Source:T1 Content:T2\n"
        + "R1\tDenies Arg1:T2 Arg2:T1\nA1\tNegated T2\n#1\tAnnotatorNotes T1\tsure\nT9\tBroken x 3\tz\nE2\tA b\n\n")
    try #require(file.textBounds.map(\.type) == ["Source", "Content"])
    #expect(file.textBounds[0].text == "Ann")
    #expect(file.textBounds[1].fragments == [TextRange(20, 30), TextRange(9, 15)])
    #expect(file.events.map(\.type) == ["Attribution", "Denies"])
    #expect(file.events[0].trigger == "T3")
    #expect(file.events[0].arguments.map(\.role) == ["Source", "Content"])
    #expect(file.events[1].arguments.map(\.id) == ["T2", "T1"])
    #expect(file.remarks.map(\.type) == ["Negated", "AnnotatorNotes"])
    #expect(file.remarks.map(\.value) == ["", "sure"])
    #expect(file.others.map(\.line) == [7, 8])
  }
}
