import Interchange
import TestSupport
import Testing

/// Files of WebAnno and INCEpTION as they come, wording our own: each was refused once, or lost something in silence.
@Suite struct ForeignLayersTests {
  @Test func `a relation is tied to the layer that its header names`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
        #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#tPER\#tNNP\#tnsubj\#t1-2\#t
        1-2\#t5-9\#tpaid\#t_\#tVBD\#t_\#t_\#t
        1-3\#t10-13\#thim\#t_\#tPRP\#tobj\#t1-2\#t
        1-4\#t14-15\#t.\#t_\#t.\#t_\#t_\#t
        """#),
      #"""
      “.” is full-stop
      1 PER ‹Nora›
      2 NNP ‹Nora›
      3 VBD ‹paid›
      4 PRP ‹him›
      5 full-stop ‹.›
      3 nsubj 2
      3 obj 4
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value
      #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
      #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tPER[1]\#tNNP[2]\#tnsubj\#t1-2[3_2]\#t
      1-2\#t5-9\#tpaid\#t_\#tVBD[3]\#t_\#t_\#t
      1-3\#t10-13\#thim\#t_\#tPRP[4]\#tobj\#t1-2[3_4]\#t
      1-4\#t14-15\#t.\#t_\#t.[5]\#t_\#t_\#t
      """#)
  }

  @Test func `slots are relations by role, and go back into their columns`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.Act|ROLE_webanno.custom.Act:roles_webanno.custom.ActRoles|webanno.custom.Part|name
        #T_SP=webanno.custom.Part|kind


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#t_\#t_\#t_\#tgiver\#t
        1-2\#t5-9\#tpaid\#tpayer;payee[1]\#t1-1;1-3\#tPaying[1]\#t_\#t
        1-3\#t10-13\#thim\#t_\#t_\#t_\#ttaker\#t
        1-4\#t14-15\#t.\#t_\#t_\#t_\#t_\#t
        """#),
      #"""
      1 giver ‹Nora›
      2 Paying ‹paid›
      3 taker ‹him›
      2 payer 1
      2 payee 3
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=webanno.custom.Part|kind
      #T_SP=webanno.custom.Act|name|ROLE_webanno.custom.Act:roles_webanno.custom.ActRoles|webanno.custom.Part
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tgiver[1]\#t_\#t_\#t_\#t
      1-2\#t5-9\#tpaid\#t_\#tPaying[2]\#tpayer;payee[2]\#t1-1[1];1-3[3]\#t
      1-3\#t10-13\#thim\#ttaker[3]\#t_\#t_\#t_\#t
      1-4\#t14-15\#t.\#t_\#t_\#t_\#t_\#t
      """#)
  }

  @Test func `a span without a value in its first column stays`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.Act|ROLE_webanno.custom.Act:roles_webanno.custom.ActRoles|webanno.custom.Part|name
        #T_SP=webanno.custom.Part|


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#t_[1]|_[2]\#t*|*\#tone[1]|two[2]\#t_\#t
        1-2\#t5-9\#tpaid\#t_\#t_\#t_\#t*\#t
        1-3\#t10-13\#thim\#t_\#t_\#t_\#t_\#t
        1-4\#t14-15\#t.\#t_\#t*\#t_\#t_\#t
        """#),
      #"""
      1 one ‹Nora›
      2 two ‹Nora›
      3 Part ‹paid›
      4 Act ‹.›
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=webanno.custom.Act|name
      #T_SP=webanno.custom.Part|
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tone[1]|two[2]\#t_\#t
      1-2\#t5-9\#tpaid\#t_\#t*[3]\#t
      1-3\#t10-13\#thim\#t_\#t_\#t
      1-4\#t14-15\#t.\#t*[4]\#t_\#t
      """#)
  }

  @Test func `stacked cells are paired by their numbers`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.Entity|kind|identity


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#tperson[1]|place[2]\#there[2]\#t
        1-2\#t5-9\#tpaid\#tperson[1]\#t_\#t
        1-3\#t10-13\#thim\#tevent[3]\#t*[3]\#t
        1-4\#t14-15\#t.\#t_\#t_\#t
        """#),
      #"""
      1 place ‹Nora› identity=here
      2 person ‹Nora paid›
      3 event ‹him›
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=webanno.custom.Entity|kind|identity
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tperson[1]|place[2]\#t*[1]|here[2]\#t
      1-2\#t5-9\#tpaid\#tperson[1]\#t*[1]\#t
      1-3\#t10-13\#thim\#tevent[3]\#t*[3]\#t
      1-4\#t14-15\#t.\#t_\#t_\#t
      """#)
  }

  @Test func `a layer of relations without features has one column`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.Claim|value
        #T_RL=webanno.custom.Denies|BT_webanno.custom.Claim
        #T_SP=webanno.custom.Quote|value


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#tclaim\#t_\#tq\#t
        1-2\#t5-9\#tpaid\#tclaim\#t1-1\#t_\#t
        1-3\#t10-13\#thim\#t_\#t_\#tq\#t
        1-4\#t14-15\#t.\#t_\#t_\#t_\#t
        """#),
      #"""
      1 claim ‹Nora›
      2 q ‹Nora›
      3 claim ‹paid›
      4 q ‹him›
      1 Denies 3
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=webanno.custom.Claim|value
      #T_SP=webanno.custom.Quote|value
      #T_RL=webanno.custom.Denies|BT_webanno.custom.Claim
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tclaim[1]\#tq[2]\#t_\#t
      1-2\#t5-9\#tpaid\#tclaim[3]\#t_\#t1-1[1_3]\#t
      1-3\#t10-13\#thim\#t_\#tq[4]\#t_\#t
      1-4\#t14-15\#t.\#t_\#t_\#t_\#t
      """#)
  }

  @Test func `labels that two layers have, or that differ in punctuation only, have names of their own`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value
        #T_SP=webanno.custom.Thing|value
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#tPER\#tPER\#tPRP\#t
        1-2\#t5-9\#tpaid\#t_\#t_\#tVBD\#t
        1-3\#t10-13\#thim\#t_\#tPER\#tPRP$\#t
        1-4\#t14-15\#t.\#t_\#t_\#t.\#t
        """#),
      #"""
      “.” is full-stop
      “NamedEntity PER” is NamedEntity-PER
      “PRP$” is PRP-2
      “Thing PER” is Thing-PER
      1 NamedEntity-PER ‹Nora›
      2 Thing-PER ‹Nora›
      3 PRP ‹Nora›
      4 VBD ‹paid›
      5 Thing-PER ‹him›
      6 PRP-2 ‹him›
      7 full-stop ‹.›
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value
      #T_SP=webanno.custom.Thing|value
      #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tPER[1]\#tPER[2]\#tPRP[3]\#t
      1-2\#t5-9\#tpaid\#t_\#t_\#tVBD[4]\#t
      1-3\#t10-13\#thim\#t_\#tPER[5]\#tPRP$[6]\#t
      1-4\#t14-15\#t.\#t_\#t_\#t.[7]\#t
      """#)
  }

  @Test func `a root and relations on tokens refuse nothing`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|flavor|BT_de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#tnsubj\#tbasic\#t1-2\#t
        1-2\#t5-9\#tpaid\#troot\#tbasic\#t1-2\#t
        1-3\#t10-13\#thim\#tobj\#tenhanced\#t1-2\#t
        1-4\#t14-15\#t.\#t_\#t_\#t_\#t
        """#),
      #"""
      left out: “flavor” of the relation Dependency 7: “basic”
      left out: the relation Dependency 8 from an annotation to itself (a root)
      left out: “flavor” of the relation Dependency 9: “enhanced”
      1 Token ‹Nora›
      2 Token ‹paid›
      3 Token ‹him›
      2 nsubj 1
      2 obj 3
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tnsubj\#t1-2\#t
      1-2\#t5-9\#tpaid\#t_\#t_\#t
      1-3\#t10-13\#thim\#tobj\#t1-2\#t
      1-4\#t14-15\#t.\#t_\#t_\#t
      """#)
  }

  @Test func `what covers no words is left out and named`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.Span|value


        #Text=paid.
        1-1\#t0-4\#tpaid\#tclaim\#t
        1-1.1\#t4-4\#t\#tgap\#t
        1-2\#t4-5\#t.\#t_\#t
        """#),
      #"""
      left out: the span “gap”, which covers no words
      1 claim ‹paid›
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=webanno.custom.Span|value
      #Text=paid.
      1-1\#t0-4\#tpaid\#tclaim[1]\#t
      1-2\#t4-5\#t.\#t_\#t
      """#)
  }

  @Test func `a declared column that a line lacks is an error with that line`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.A|x|y


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#ta\#tb\#t
        1-2\#t5-9\#tpaid\#ta\#t
        1-3\#t10-13\#thim\#t_\#t_\#t
        1-4\#t14-15\#t.\#t_\#t_\#t
        """#),
      #"""
      line 7: 5 columns, the second of them an offset such as 0-4 expected, found 4 columns
      """#)
  }

  @Test func `chains are relations, and go back as chains`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_CH=webanno.custom.PersonLink|referenceRelation|referenceType


        #Text=Nora paid him .
        1-1\#t0-4\#tNora\#tname->1-1\#tPER[1]\#t
        1-2\#t5-9\#tpaid\#t_\#t_\#t
        1-3\#t10-13\#thim\#t*->1-2\#tPER[1]\#t
        1-4\#t14-15\#t.\#t_\#t_\#t
        """#),
      #"""
      1 PER ‹Nora›
      2 PER ‹him›
      1 name 2
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_CH=webanno.custom.PersonLink|referenceRelation|referenceType
      #Text=Nora paid him .
      1-1\#t0-4\#tNora\#tname->1-1\#tPER[1]\#t
      1-2\#t5-9\#tpaid\#t_\#t_\#t
      1-3\#t10-13\#thim\#t*->1-2\#tPER[1]\#t
      1-4\#t14-15\#t.\#t_\#t_\#t
      """#)
  }

  @Test func `WebAnno's second version is read`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
         # de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity | value # de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS | PosValue # de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency | DependencyType | AttachTo=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
        #id=1
        #text=Ms. Roe paid him.
        1-1\#tMs.\#tB-PER\#tNNP\#tNMOD\#t1-2\#t
        1-2\#tRoe\#tI-PER\#tNNP\#tSBJ\#t1-3\#t
        1-3\#tpaid\#tO\#tVBD\#tROOT\#t1-3\#t
        1-4\#thim\#tB-PER\#tPRP\#tOBJ\#t1-3\#t
        1-5\#t.\#tO\#t.\#tP\#t1-3\#t
        """#),
      #"""
      left out: the relation Dependency 17 from an annotation to itself (a root)
      “.” is full-stop
      1 NNP ‹Ms.›
      2 PER ‹Ms. Roe›
      3 NNP ‹Roe›
      4 VBD ‹paid›
      5 PER ‹him›
      6 PRP ‹him›
      7 full-stop ‹.›
      3 NMOD 1
      4 SBJ 3
      4 OBJ 6
      4 P 7
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value
      #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
      #T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
      #Text=Ms. Roe paid him.
      1-1\#t0-3\#tMs.\#tPER[1]\#tNNP[2]\#tNMOD\#t1-2[3_2]\#t
      1-2\#t4-7\#tRoe\#tPER[1]\#tNNP[3]\#tSBJ\#t1-3[4_3]\#t
      1-3\#t8-12\#tpaid\#t_\#tVBD[4]\#t_\#t_\#t
      1-4\#t13-16\#thim\#tPER[5]\#tPRP[6]\#tOBJ\#t1-3[4_6]\#t
      1-5\#t16-17\#t.\#t_\#t.[7]\#tP\#t1-3[4_7]\#t
      """#)
  }

  private static let mentions = #"""
    {"%TYPES": {"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity": {"%NAME": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "%SUPER_TYPE": "uima.tcas.Annotation", "value": {"%NAME": "value", "%RANGE": "uima.cas.String"}, "identifier": {"%NAME": "identifier", "%RANGE": "uima.cas.String"}},
     "x.Claim": {"%NAME": "x.Claim", "%SUPER_TYPE": "uima.tcas.Annotation", "value": {"%NAME": "value", "%RANGE": "uima.cas.String"}, "sure": {"%NAME": "sure", "%RANGE": "uima.cas.Boolean"}, "weight": {"%NAME": "weight", "%RANGE": "uima.cas.Integer"}, "links": {"%NAME": "links", "%RANGE": "x.Link[]"}},
     "x.Link": {"%NAME": "x.Link", "%SUPER_TYPE": "uima.cas.TOP", "role": {"%NAME": "role", "%RANGE": "uima.cas.String"}, "target": {"%NAME": "target", "%RANGE": "x.Claim"}}},
     "%FEATURE_STRUCTURES": [
     {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaNum": 1, "sofaString": "Nora paid 🎁 him . Roe denies it ."},
     {"%ID": 2, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1, "begin": 0, "end": 4, "value": "PER", "identifier": "Q1"},
     {"%ID": 3, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1, "begin": 13, "end": 16, "value": "PER", "identifier": "Q1"},
     {"%ID": 4, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1, "begin": 19, "end": 22, "value": "LOC", "identifier": "Q1"},
     {"%ID": 5, "%TYPE": "x.Claim", "@sofa": 1, "begin": 0, "end": 16, "value": "claim", "sure": true, "weight": 3},
     {"%ID": 6, "%TYPE": "x.Claim", "@sofa": 1, "begin": 19, "end": 32, "value": "denial", "sure": false, "@tags": 9, "@links": 10},
     {"%ID": 7, "%TYPE": "x.Denies", "@sofa": 1, "begin": 0, "end": 16, "@Governor": 6, "@Dependent": 5, "kind": "flat", "strength": "much"},
     {"%ID": 8, "%TYPE": "x.Claim", "@sofa": 1, "begin": 16, "end": 16, "value": "claim"},
     {"%ID": 9, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["a", "b"]},
     {"%ID": 10, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [11]},
     {"%ID": 11, "%TYPE": "x.Link", "role": "of", "@target": 5}],
     "%VIEWS": {}}
    """#

  @Test func `mentions with one identifier stay apart, and features keep their types`() throws {
    expect(
      try ForeignRoundTrip().report(
        CASJSON.self,
        Self.mentions),
      #"""
      left out: the list “tags” of Claim 6: a, b
      left out: “strength” of the relation Denies 7: “much”
      left out: the span “claim”, which covers no words
      1 PER ‹Nora› identifier=Q1
      2 claim ‹Nora paid 🎁 him› sure=true weight=3
      3 PER ‹him› identifier=Q1
      4 LOC ‹Roe› identifier=Q1
      5 denial ‹Roe denies it› sure=false
      5 of 2
      5 flat 2
      == ana/doc.json
      {
        "%FEATURE_STRUCTURES": [
          {"%ID": 1, "%TYPE": "uima.cas.Sofa", "mimeType": "text", "sofaID": "_InitialView", "sofaNum": 1, "sofaString": "Nora paid 🎁 him . Roe denies it ."},
          {"%ID": 2, "%TYPE": "x.Claim", "@sofa": 1, "begin": 0, "end": 16, "sure": true, "value": "claim", "weight": 3},
          {"%ID": 3, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1, "begin": 0, "end": 4, "identifier": "Q1", "value": "PER"},
          {"%ID": 4, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1, "begin": 13, "end": 16, "identifier": "Q1", "value": "PER"},
          {"%ID": 5, "%TYPE": "x.Claim", "@links": 9, "@sofa": 1, "begin": 19, "end": 32, "sure": false, "value": "denial"},
          {"%ID": 6, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "@sofa": 1, "begin": 19, "end": 22, "identifier": "Q1", "value": "LOC"},
          {"%ID": 7, "%TYPE": "x.Link", "@target": 2, "role": "of"},
          {"%ID": 8, "%TYPE": "x.Denies", "@Dependent": 2, "@Governor": 5, "@sofa": 1, "begin": 0, "end": 16, "kind": "flat"},
          {"%ELEMENTS": [7], "%ID": 9, "%TYPE": "uima.cas.FSArray"}
        ],
        "%TYPES": {"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity": {"%NAME": "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "%SUPER_TYPE": "uima.tcas.Annotation", "identifier": {"%NAME": "identifier", "%RANGE": "uima.cas.String"}, "value": {"%NAME": "value", "%RANGE": "uima.cas.String"}}, "x.Claim": {"%NAME": "x.Claim", "%SUPER_TYPE": "uima.tcas.Annotation", "links": {"%NAME": "links", "%RANGE": "x.Link[]"}, "sure": {"%NAME": "sure", "%RANGE": "uima.cas.Boolean"}, "value": {"%NAME": "value", "%RANGE": "uima.cas.String"}, "weight": {"%NAME": "weight", "%RANGE": "uima.cas.Integer"}}, "x.Denies": {"%NAME": "x.Denies", "%SUPER_TYPE": "uima.tcas.Annotation", "Dependent": {"%NAME": "Dependent", "%RANGE": "x.Claim"}, "Governor": {"%NAME": "Governor", "%RANGE": "x.Claim"}, "kind": {"%NAME": "kind", "%RANGE": "uima.cas.String"}}, "x.Link": {"%NAME": "x.Link", "%SUPER_TYPE": "uima.cas.TOP", "role": {"%NAME": "role", "%RANGE": "uima.cas.String"}, "target": {"%NAME": "target", "%RANGE": "x.Claim"}}},
        "%VIEWS": {"_InitialView": {"%MEMBERS": [2, 3, 4, 5, 6, 8], "%SOFA": 1}}
      }
      """#)
  }

  @Test func `the same in XMI`() throws {
    expect(
      try ForeignRoundTrip(exporter: CASXMI()).report(
        CASJSON.self,
        Self.mentions),
      #"""
      left out: the list “tags” of Claim 6: a, b
      left out: “strength” of the relation Denies 7: “much”
      left out: the span “claim”, which covers no words
      1 PER ‹Nora› identifier=Q1
      2 claim ‹Nora paid 🎁 him› sure=true weight=3
      3 PER ‹him› identifier=Q1
      4 LOC ‹Roe› identifier=Q1
      5 denial ‹Roe denies it› sure=false
      5 of 2
      5 flat 2
      == ana/doc.xmi
      <?xml version="1.0" encoding="UTF-8"?>
      <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:x="http:///x.ecore" xmi:version="2.0">
        <cas:NULL xmi:id="0"/>
        <x:Claim xmi:id="2" sofa="1" begin="0" end="16" sure="true" value="claim" weight="3"/>
        <type:NamedEntity xmi:id="3" sofa="1" begin="0" end="4" identifier="Q1" value="PER"/>
        <type:NamedEntity xmi:id="4" sofa="1" begin="13" end="16" identifier="Q1" value="PER"/>
        <x:Claim xmi:id="5" sofa="1" begin="19" end="32" sure="false" value="denial" links="7"/>
        <type:NamedEntity xmi:id="6" sofa="1" begin="19" end="22" identifier="Q1" value="LOC"/>
        <x:Link xmi:id="7" role="of" target="2"/>
        <x:Denies xmi:id="8" sofa="1" begin="0" end="16" Dependent="2" Governor="5" kind="flat"/>
        <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Nora paid 🎁 him . Roe denies it ."/>
        <cas:View sofa="1" members="2 3 4 5 6 8"/>
      </xmi:XMI>
      """#)
  }

  @Test func `XMI is read without its type system too, and its tokens are kept`() throws {
    expect(
      try ForeignRoundTrip().report(
        CASXMI.self,
        #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
          <cas:NULL xmi:id="0"/>
          <type:Token xmi:id="3" sofa="1" begin="0" end="4"/>
          <type:Token xmi:id="4" sofa="1" begin="5" end="9"/>
          <type:Sentence xmi:id="5" sofa="1" begin="0" end="9"/>
          <custom:Act xmi:id="6" sofa="1" begin="5" end="9" value="pay &amp; go" roles="8"/>
          <custom:Part xmi:id="7" sofa="1" begin="0" end="4"/>
          <custom:ActRole xmi:id="8" role="payer" target="7"/>
          <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Nora paid"/>
          <cas:View sofa="1" members="3 4 5 6 7"/>
        </xmi:XMI>
        """#),
      #"""
      left out: which features refer to others, but for the usual ones: no type system is beside the file
      “pay & go” is pay-go
      1 Part ‹Nora›
      2 pay-go ‹paid›
      2 payer 1
      == ana/doc.xmi
      <?xml version="1.0" encoding="UTF-8"?>
      <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
        <cas:NULL xmi:id="0"/>
        <type:Sentence xmi:id="2" sofa="1" begin="0" end="9"/>
        <type:Token xmi:id="3" sofa="1" begin="0" end="4"/>
        <type:Token xmi:id="4" sofa="1" begin="5" end="9"/>
        <custom:Part xmi:id="5" sofa="1" begin="0" end="4"/>
        <custom:Act xmi:id="6" sofa="1" begin="5" end="9" value="pay &amp; go" roles="7"/>
        <custom:ActRole xmi:id="7" role="payer" target="5"/>
        <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Nora paid"/>
        <cas:View sofa="1" members="2 3 4 5 6"/>
      </xmi:XMI>
      """#)
  }

  @Test func `a feature with any name goes out, and no number is NaN`() throws {
    expect(
      try ForeignRoundTrip().report(
        CASJSON.self,
        #"""
        {"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Nora"},
         {"%ID": 2, "%TYPE": "x.A", "@sofa": 1, "begin": 0, "end": 4, "#score": "NaN", "a b": "c", "!": "d"}]}
        """#),
      #"""
      “!” is exclamation-mark
      1 c ‹Nora› exclamation-mark=d score=NaN
      lost: span 1 attributeName
      == ana/doc.json
      {
        "%FEATURE_STRUCTURES": [
          {"%ID": 1, "%TYPE": "uima.cas.Sofa", "mimeType": "text", "sofaID": "_InitialView", "sofaNum": 1, "sofaString": "Nora"},
          {"%ID": 2, "%TYPE": "webanno.custom.Span", "@sofa": 1, "begin": 0, "end": 4, "exclamation_mark": "d", "label": "c", "score": "NaN"}
        ],
        "%TYPES": {"webanno.custom.Span": {"%NAME": "webanno.custom.Span", "%SUPER_TYPE": "uima.tcas.Annotation", "exclamation_mark": {"%NAME": "exclamation_mark", "%RANGE": "uima.cas.String"}, "label": {"%NAME": "label", "%RANGE": "uima.cas.String"}, "score": {"%NAME": "score", "%RANGE": "uima.cas.String"}}},
        "%VIEWS": {"_InitialView": {"%MEMBERS": [2], "%SOFA": 1}}
      }
      """#)
  }

  @Test func `offsets of TSV that count code points are found by the words, and a wrong word is refused`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=x.A|v

        #Text=😀 Nora paid
        1-1\#t0-1\#t😀\#t_\#t
        1-2\#t2-6\#tNora\#tp\#t
        1-3\#t7-11\#tpaid\#t_\#t
        """#),
      #"""
      “p” is p_
      1 p_ ‹Nora›
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=x.A|v
      #Text=😀 Nora paid
      1-1\#t0-2\#t😀\#t_\#t
      1-2\#t3-7\#tNora\#tp[1]\#t
      1-3\#t8-12\#tpaid\#t_\#t
      """#)
  }

  @Test func `a row whose word does not stand at its offsets is refused with its line`() throws {
    expect(
      try ForeignRoundTrip().report(
        WebAnnoTSV.self,
        #"""
        #FORMAT=WebAnno TSV 3.3
        #T_SP=x.A|v

        #Text=Nora paid
        1-1\#t0-4\#tNora\#t_\#t
        1-2\#t5-9\#tgave\#tp\#t
        """#),
      #"""
      line 6: the words that stand at these offsets in #Text= expected, found “gave”
      """#)
  }

  @Test func `words that no token covers are tokens on the way out`() throws {
    expect(
      try ForeignRoundTrip(exporter: WebAnnoTSV()).report(
        CASXMI.self,
        #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:x="http:///x.ecore" xmlns:t="http:///t.ecore" xmi:version="2.0">
          <t:Token xmi:id="3" sofa="1" begin="0" end="4"/>
          <x:A xmi:id="6" sofa="1" begin="10" end="13" value="p"/>
          <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="Nora paid him"/>
        </xmi:XMI>
        """#),
      #"""
      left out: which features refer to others, but for the usual ones: no type system is beside the file
      “p” is p_
      1 p_ ‹him›
      == ana/doc.tsv
      #FORMAT=WebAnno TSV 3.3
      #T_SP=x.A|value
      #Text=Nora paid him
      1-1\#t0-4\#tNora\#t_\#t
      1-2\#t5-9\#tpaid\#t_\#t
      1-3\#t10-13\#thim\#tp[1]\#t
      """#)
  }
}
