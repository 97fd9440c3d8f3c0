import LineEditor
import Testing

@Suite struct TerminalTests {
  @Test func `lines end with a line feed, with or without a carriage return, and the last one with the input`() {
    var rest = Array("one\r\n\ntwo\rthree\nlast".utf8)
    var isAtEnd = true
    var fault: Int32?
    var lines: [String] = []
    while let line = Terminal.nextLine(&rest, &isAtEnd, &fault) { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == ["one", "", "two\rthree", "last"])
    #expect(rest.isEmpty)
  }

  @Test func `bytes that are no text stay as they are`() {
    var rest: [UInt8] = [0xFF, 0x0A]
    var isAtEnd = true
    var fault: Int32?
    #expect(Terminal.nextLine(&rest, &isAtEnd, &fault) == [0xFF])
    #expect(Terminal.nextLine(&rest, &isAtEnd, &fault) == nil)
  }

  @Test func `the process and its place have names`() {
    #expect(Terminal.environment("PATH")?.isEmpty == false)
    #expect(Terminal.environment("GAINSAY_NOTHING_OF_THIS_NAME") == nil)
    #expect(Terminal.currentFolder?.hasPrefix("/") == true)
    #expect(Terminal.processNumber > 0 && !Terminal.hostName.isEmpty)
  }

  @Test func `UTF-8 is read whatever the environment says`() {
    #expect(Terminal.prepare())
  }
}
