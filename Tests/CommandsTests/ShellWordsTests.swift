import Commands
import Pages
import Testing

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("", []), ("  ", []), ("a b", ["a", "b"]), (" a  b\t", ["a", "b"]), (#""a b" c"#, ["a b", "c"]),
    ("'a b' c", ["a b", "c"]), (#"a" b"c"#, ["a bc"]), ("''", [""]), (#""""#, [""]), (#"a\ b"#, ["a b"]),
    (#"\"a\""#, [#""a""#]), (#""a \"b\" \\ \n""#, [#"a "b" \ \n"#]), (#"'a\'"#, [#"a\"#]),
    (#"'say "no"'"#, [#"say "no""#]),
    (#""it's""#, ["it's"]), (#"a\"#, [#"a\"#]), ("“a b”", ["“a", "b”"]),
  ]) func `words are cut as a shell cuts them`(line: String, words: [String]) throws {
    #expect(try shellWords(line) == words)
  }

  @Test(arguments: [(#"set 1 about "two words"#, "\"two words"), (#""a\""#, #""a\""#)])
  func `a quotation mark that is not closed is shown`(line: String, culprit: String) {
    let complaint = #expect(throws: Complaint.self) { try shellWords(line) }
    #expect(complaint?.problem == "The quotation mark is not closed." && complaint?.culprit == culprit)
  }
}
