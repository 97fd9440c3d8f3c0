import Testing
import XMLText

@Suite struct XMLReaderTests {
  private static func events(_ text: String) -> String {
    var reader = XMLReader(Array(text.utf8))
    var events: [String] = []
    do throws(XMLFault) {
      while let event = try reader.next() {
        switch event {
        case .start(let element):
          events.append("<\(element.name)\(element.attributes.map { " \($0.name)=\($0.value)" }.joined())>")
        case .text(let text): events.append(text)
        case .end(let name): events.append("</\(name)>")
        }
      }
    } catch {
      events.append("byte \(error.byte): \(error.expected) expected, found \(error.found ?? "the end")")
    }
    return events.joined(separator: "|")
  }

  @Test(arguments: [
    ("<a/>", "<a>|</a>"),
    (
      "<?xml version='1.0' encoding='utf-8'?>\n<a b='1' c=\"x &lt; y\">t&#x1F381;&amp;</a>\n",
      "<a b=1 c=x < y>|t🎁&|</a>"
    ),
    ("<a><!-- c --><b>1</b><?p i?>2</a>", "<a>|<b>|1|</b>|2|</a>"),
    ("<a><![CDATA[<&]]></a>", "<a>|<&|</a>"),
    ("<a b='x\ny&#10;z'>1\r\n2</a>", "<a b=x y\nz>|1\n2|</a>"),
    ("\u{FEFF}<é x:ü='ß'/>", "<é x:ü=ß>|</é>"),
  ])
  func `well-formed text is read as it stands`(text: String, expected: String) {
    #expect(Self.events(text) == expected)
  }

  @Test(arguments: [
    ("", "byte 0: an element expected, found the end"),
    ("<a>", "<a>|byte 3: </a> expected, found the end"),
    ("<a></b>", "<a>|byte 3: </a> expected, found </b>"),
    ("<a/><b/>", "<a>|</a>|byte 4: one element around everything expected, found a second one"),
    ("x<a/>", "byte 0: an element around all text expected, found “x<a/>”"),
    (
      "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
      "byte 0: no document type (leave out “<!DOCTYPE …>”) expected, found “<!”"
    ),
    ("<a>&b;</a>", "<a>|byte 3: one of XML’s own references, such as &amp; expected, found “&b;”"),
    ("<a>&#0;</a>", "<a>|byte 3: one of XML’s own references, such as &amp; expected, found “&#0;”"),
    ("<a>&#xD800;</a>", "<a>|byte 3: one of XML’s own references, such as &amp; expected, found “&#xD800;”"),
    ("<a b='1' b='2'/>", "byte 9: each attribute once expected, found “b” again"),
    ("<a b='1'c='2'/>", "byte 8: white space before an attribute expected, found “c='2'/>”"),
    ("<a b='<'/>", "byte 6: the end of the value expected, found “<'/>”"),
    ("<a>\u{1}</a>", "<a>|byte 3: characters of XML expected, found a control character"),
    ("<?xml version='1.0' encoding='latin1'?><a/>", "byte 0: UTF-8 expected, found the encoding “latin1”"),
  ])
  func `text that is not well-formed, or could define or fetch anything, is refused with its place`(
    text: String, expected: String
  ) {
    #expect(Self.events(text) == expected)
  }

  @Test func `elements nest 256 deep and no deeper`() {
    let deep = String(repeating: "<a>", count: 256) + String(repeating: "</a>", count: 256)
    #expect(!Self.events(deep).contains("expected"))
    let deeper = String(repeating: "<a>", count: 257) + String(repeating: "</a>", count: 257)
    #expect(Self.events(deeper).contains("elements that nest at most 256 deep expected"))
  }

  @Test func `a prefix has the namespace that is declared nearest`() throws {
    var reader = XMLReader(Array("<a xmlns='u' xmlns:p='v'><p:b xmlns:p='w'/><p:c/></a>".utf8))
    var found: [String] = []
    while let event = try reader.next() {
      if case .start(let element) = event {
        found.append("\(element.name) \(reader.namespace(of: element.name) ?? "–")")
      }
    }
    #expect(found == ["a u", "p:b w", "p:c v"])
  }

  @Test func `what is written is read back`() {
    var writer = XMLWriter()
    writer.element("a", [("b", "x\n\t\"<&>'\r")]) { $0.element("c", text: "1 < 2 & \u{1}\r\n") }
    #expect(
      Self.events(String(decoding: writer.bytes, as: UTF8.self))
        == "<a b=x\n\t\"<&>'\r>|\n  |<c>|1 < 2 & \u{FFFD}\r\n|</c>|\n|</a>")
  }
}
