import Standoff
import TestSupport
import Testing

@testable import Pages

@Suite struct PageTests {
  @Test func `lines wrap between words and keep their indent`() {
    var page = Page()
    page.append("one two three four", indent: 2)
    #expect(page.rendered(width: 9, colour: false) == "one two\n  three\n  four\n")
    #expect(Page("abcdefghij").rendered(width: 4, colour: false) == "abcd\nefgh\nij\n")
  }

  @Test func `colour is one escape for a run and is switched off after it`() {
    let page = Page([Page.Line([Page.Run("a"), Page.Run("b", Page.Style(colour: .red))])])
    #expect(page.rendered(width: nil, colour: true) == "a\u{1B}[31mb\u{1B}[0m\n")
  }

  @Test func `plain stretches are shown as their characters one by one`() {
    let pieces = [
      "plain words", "e", "\u{301}", "’", "\r\n", "\n", "\t", "\u{1B}[31m", "👩‍👩‍👧", "🏴\u{E0067}", "\u{202E}", "漢", " ",
    ]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let text = first + second + third + "x"
          let cells = DisplayWidth.cells(text).map(\.text).joined()
          #expect(DisplayWidth.visible(text) == cells)
          #expect(Page([Page.Line(text)]).rendered(width: nil, colour: false) == cells + "\n")
          #expect(
            Page([Page.Line(text)]).rendered(width: 60, colour: false)
              == Page([Page.Line([Page.Run(text, .bold)])]).rendered(width: 60, colour: false))
        }
      }
    }
  }

  @Test func `a page that is laid out reads as one that is wrapped while it is shown`() {
    var seed: UInt64 = 1
    func number(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    let words = ["a", "the", "“never”", "Renée", "—", " ", "unverifiable", "x", ""]
    let styles = [Page.Style.plain, .bold, .dim]
    for _ in 0..<500 {
      let runs = (0...number(4)).map { _ in
        Page.Run((0...number(13)).map { _ in words[number(9)] }.joined(separator: " "), styles[number(3)])
      }
      let page = Page([Page.Line(runs, indent: number(7))])
      for width in [1, 2, 7, 20, 80] {
        for colour in [false, true] {
          #expect(
            page.laidOut(width: width).rendered(width: nil, colour: colour)
              == page.rendered(width: width, colour: colour))
        }
      }
    }
  }
}
