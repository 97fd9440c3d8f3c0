import Interchange
import TestSupport
import Testing

@Suite struct CASJSONTests {
  @Test func `a document is written whole, and what has no place is named`() throws {
    expect(
      try Sample.exported(CASJSON.self),
      #"""
      == dana/note.json
      {
        "%FEATURE_STRUCTURES": [
          {"%ID": 1, "%TYPE": "uima.cas.Sofa", "mimeType": "text", "sofaID": "_InitialView", "sofaNum": 1, "sofaString": "Ruiz 🎁 denied she “took café gifts”, a note said.\nNobody asked.\n"},
          {"%ID": 2, "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 0, "end": 4, "label": "source"},
          {"%ID": 3, "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 8, "end": 14, "label": "cue"},
          {"%ID": 4, "%TYPE": "webanno.custom.Span", "@sofa": 1, "about": "gifts", "begin": 15, "end": 18, "fragmentOf": "3", "label": "denial", "note": "is “she” Ruiz?"},
          {"%ID": 5, "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 20, "end": 36, "label": "claim"},
          {"%ID": 6, "%TYPE": "webanno.custom.Span", "@sofa": 1, "about": "gifts", "begin": 20, "end": 30, "fragmentOf": "3", "label": "denial", "note": "is “she” Ruiz?"},
          {"%ID": 7, "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 39, "end": 45, "label": "source"},
          {"%ID": 8, "%TYPE": "webanno.custom.Relation", "@Dependent": 2, "@Governor": 4, "@sofa": 1, "begin": 0, "end": 4, "relationType": "said-by"},
          {"%ID": 9, "%TYPE": "webanno.custom.Relation", "@Dependent": 5, "@Governor": 4, "@sofa": 1, "begin": 20, "end": 36, "relationType": "denies"},
          {"%ID": 10, "%TYPE": "webanno.custom.Relation", "@Dependent": 7, "@Governor": 5, "@sofa": 1, "begin": 39, "end": 45, "relationType": "said-by"}
        ],
        "%TYPES": {"webanno.custom.Relation": {"%NAME": "webanno.custom.Relation", "%SUPER_TYPE": "uima.tcas.Annotation", "Dependent": {"%NAME": "Dependent", "%RANGE": "webanno.custom.Span"}, "Governor": {"%NAME": "Governor", "%RANGE": "webanno.custom.Span"}, "relationType": {"%NAME": "relationType", "%RANGE": "uima.cas.String"}}, "webanno.custom.Span": {"%NAME": "webanno.custom.Span", "%SUPER_TYPE": "uima.tcas.Annotation", "about": {"%NAME": "about", "%RANGE": "uima.cas.String"}, "fragmentOf": {"%NAME": "fragmentOf", "%RANGE": "uima.cas.String"}, "label": {"%NAME": "label", "%RANGE": "uima.cas.String"}, "note": {"%NAME": "note", "%RANGE": "uima.cas.String"}}},
        "%VIEWS": {"_InitialView": {"%MEMBERS": [2, 3, 4, 5, 6, 7, 8, 9, 10], "%SOFA": 1}}
      }

      == lost
      relation 3: absentTarget
      """#)
  }

  @Test func `what was written is read back`() throws {
    expect(
      try Sample.readBack(CASJSON.self),
      #"""
      – by –, 65 code points
      @2 source 0–4 ‹Ruiz›
      @3 cue 7–13 ‹denied›
      @4 denial 14–17 ‹she› + 19–29 ‹took café› about=gifts (is “she” Ruiz?)
      @5 claim 19–35 ‹took café gifts›
      @7 source 38–44 ‹a note›
      1 @4 said-by @2
      2 @4 denies @5
      3 @5 said-by @7
      """#)
  }

  @Test func `what does not belong there is refused with its place`() throws {
    expect(
      try Sample.fault(CASJSON.self, writing: #""begin": "8""#, for: #""begin": 8"#),
      #"""
      changed at line 5, column 60
      line 5, column 69: a whole number expected, found 8
      """#)
  }
}
