import Standoff
import Testing

@Suite struct DocumentNameTests {
  @Test(arguments: [
    ("article", "article"), ("my article (2)", "my-article-2"), ("-x.y_z", "x.y_z"), ("Zürich Übung", "Z-rich-bung"),
    ("..", ".."), ("陈女士", "陈女士"), (String(repeating: "a", count: 200), String(repeating: "a", count: 128)),
    (String(repeating: "a", count: 127) + "-b", String(repeating: "a", count: 127)),
  ]) func `a name is made of what a name may hold`(stem: String, name: String) {
    #expect(DocumentName.plain(stem) == name)
  }

  @Test func `the title is the first line with something in it`() {
    #expect(
      DocumentName.title(of: DocumentText("\n  \r\n  Board denies leak \nMore."), else: "x") == "Board denies leak")
    #expect(DocumentName.title(of: DocumentText(" \n"), else: "x") == "x")
    let long = String(repeating: "e\u{301}", count: 130)
    #expect(DocumentName.title(of: DocumentText(long), else: "x").count == 120)
  }
}
