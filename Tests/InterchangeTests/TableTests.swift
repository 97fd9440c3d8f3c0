import Interchange
import Standoff
import TestSupport
import Testing

@Suite struct TableTests {
  @Test func `a table with commas is whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(CommaTable.self),
      #"""
      document,annotator,id,label,start,end,text,fragments,attributes,note,relations\#r
      note,dana,1,source,0,4,Ruiz,0-4,{},,[]\#r
      note,dana,2,cue,7,13,denied,7-13,{},,[]\#r
      note,dana,3,denial,14,29,she “took café,14-17+19-29,"{""about"": ""gifts""}",is “she” Ruiz?,"[{""to"": 1, ""type"": ""said-by""}, {""to"": 4, ""type"": ""denies""}, {""text"": ""that she took any"", ""type"": ""denies""}]"\#r
      note,dana,4,claim,19,35,took café gifts,19-35,{},,"[{""to"": 5, ""type"": ""said-by""}]"\#r
      note,dana,5,source,38,44,a note,38-44,{},,[]\#r

      """#)
  }

  @Test func `a table with tabs is whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(TabTable.self),
      #"""
      document\#tannotator\#tid\#tlabel\#tstart\#tend\#ttext\#tfragments\#tattributes\#tnote\#trelations
      note\#tdana\#t1\#tsource\#t0\#t4\#tRuiz\#t0-4\#t{}\#t\#t[]
      note\#tdana\#t2\#tcue\#t7\#t13\#tdenied\#t7-13\#t{}\#t\#t[]
      note\#tdana\#t3\#tdenial\#t14\#t29\#tshe “took café\#t14-17+19-29\#t{"about": "gifts"}\#tis “she” Ruiz?\#t[{"to": 1, "type": "said-by"}, {"to": 4, "type": "denies"}, {"text": "that she took any", "type": "denies"}]
      note\#tdana\#t4\#tclaim\#t19\#t35\#ttook café gifts\#t19-35\#t{}\#t\#t[{"to": 5, "type": "said-by"}]
      note\#tdana\#t5\#tsource\#t38\#t44\#ta note\#t38-44\#t{}\#t\#t[]

      """#)
  }

  @Test func `what a spreadsheet would run is text in a table with commas, and that is said`() throws {
    let text = DocumentText("=1+2 said so, +3 and -4, @home.")
    let scheme = try Sample.version().set.scheme
    let document = Document(id: "sums", text: text, sha256: "", title: "Sums")
    var set = AnnotationSet(
      document: "sums", annotator: "dana", scheme: scheme, textSHA256: "", textLength: text.count)
    let ranges = [(0, 4), (5, 9), (14, 16), (21, 23), (25, 30)]
    try set.fill(
      spans: ranges.enumerated().map { index, range in
        Annotation(
          id: index + 1, label: "claim", fragments: [TextRange(range.0, range.1)], note: index == 1 ? "=x" : "",
          created: Timestamp(secondsSince1970: 1_795_000_000))
      }, relations: [], status: .complete, seenTo: text.count)
    var sink = ExportSink()
    var table = CommaTable()
    table.add(AnnotatedDocument(document, set), to: &sink)
    let written = String(decoding: sink.files[0].bytes, as: UTF8.self)
    for cell in ["'=1+2", ",said,", ",'=x,", "'+3", "'-4", "'@home"] { #expect(written.contains(cell), "\(cell)") }
    #expect(sink.losses.map(\.reason) == Array(repeating: .formula, count: 5))
  }
}
