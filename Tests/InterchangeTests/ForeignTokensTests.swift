import Interchange
import TestSupport
import Testing

/// Files of tokens, and of brat and Slate as they come, wording our own: each was refused once, or lost something in silence.
@Suite struct ForeignTokensTests {
  @Test func `events keep their identity, and every line its kind`() throws {
    expect(
      try ForeignRoundTrip(text: "Nora and Roe paid, denied it.").report(
        Brat.self,
        #"""
        T1\#tPER 0 4\#tNora
        T2\#tPER 9 12\#tRoe
        T3\#tPay 13 17\#tpaid
        E1\#tPay:T3 Agent:T1
        E2\#tPay:T3 Agent:T2 Theme:E3
        T4\#tDeny 19 25\#tdenied
        E3\#tDeny:T4
        M1\#tNegation E2
        A1\#tConfidence E1 High
        A2\#tNegation T4
        N1\#tReference T1 KB:Q1\#tNora V.
        *\#tEquiv T1 T2
        R1\#tknows Arg1:T1 Arg2:T2
        """#),
      #"""
      1 PER ‹Nora› Reference=KB:Q1 Nora V.
      2 PER ‹Roe›
      3 Pay ‹paid› Confidence=High
      5 Pay ‹paid› Negation=true
      4 Deny ‹denied› Negation=true
      6 Deny ‹denied›
      1 knows 2
      3 Agent 1
      5 Agent 2
      5 Theme 6
      1 Equiv 2
      == ana/doc.ann
      T1\#tPER 0 4\#tNora
      T2\#tPER 9 12\#tRoe
      T3\#tPay 13 17\#tpaid
      T4\#tDeny 19 25\#tdenied
      E1\#tPay:T3 Agent:T1
      E2\#tPay:T3 Agent:T2 Theme:E3
      E3\#tDeny:T4
      *\#tEquiv T1 T2
      R1\#tknows Arg1:T1 Arg2:T2\#t
      N1\#tReference T1 KB:Q1\#tNora V.
      A1\#tConfidence E1 High
      A2\#tNegation T4
      A3\#tNegation E2
      """#)
  }

  @Test func `labels that the prompt keeps for itself, or with other characters, go out as they came`() throws {
    expect(
      try ForeignRoundTrip(text: "Nora paid").report(
        Brat.self,
        #"""
        T1\#tn 0 4\#tNora
        T2\#tx/y 5 9\#tpaid
        R1\#ta.b Arg1:T1 Arg2:T2
        """#),
      #"""
      “a.b” is a-b
      “n” is n_
      “x/y” is x-y
      1 n_ ‹Nora›
      2 x-y ‹paid›
      1 a-b 2
      == ana/doc.ann
      T1\#tn 0 4\#tNora
      T2\#tx/y 5 9\#tpaid
      R1\#ta.b Arg1:T1 Arg2:T2\#t
      """#)
  }

  @Test func `comments of any number of words are none of the tokens, and a hashtag is one`() throws {
    expect(
      try ForeignRoundTrip().report(
        CoNLL.self,
        #"""
        # id 6f1a\#tdomain=en
        # text = Yes
        Roe _ _ B-PER
        # _ _ O
        #pay _ _ O
        """#),
      #"""
      1 PER ‹Roe›
      == 
      -DOCSTART- doc ana O
      Roe -X- -X- B-PER
      # -X- -X- O
      #pay -X- -X- O
      """#)
  }

  @Test func `every column of tags is read, and none in silence`() throws {
    expect(
      try ForeignRoundTrip().report(
        CoNLL.self,
        #"""
        Nora NNP B-NP B-PER Q42
        paid VBD B-VP O _
        him PRP B-NP B-PER _
        """#),
      #"""
      left out: the columns 2, 5; --tag reads one as tags
      1 NP ‹Nora›
      2 PER ‹Nora›
      3 VP ‹paid›
      4 NP ‹him›
      5 PER ‹him›
      == column3
      -DOCSTART- doc ana O
      Nora -X- -X- B-NP
      paid -X- -X- B-VP
      him -X- -X- B-NP
      == column4
      -DOCSTART- doc ana O
      Nora -X- -X- B-PER
      paid -X- -X- O
      him -X- -X- B-PER
      """#)
  }

  @Test func `tokens and sentences go out as they came in`() throws {
    expect(
      try ForeignRoundTrip().report(
        CoNLL.self,
        #"""
        @roe O
        http://x.y/z O
        Mr O
        . O
        J.K. B-PER
        Venn I-PER
        ! I-PER

        Next O
        """#),
      #"""
      1 PER ‹J.K. Venn !›
      == 
      -DOCSTART- doc ana O
      @roe -X- -X- O
      http://x.y/z -X- -X- O
      Mr -X- -X- O
      . -X- -X- O
      J.K. -X- -X- B-PER
      Venn -X- -X- I-PER
      ! -X- -X- I-PER
      Next -X- -X- O
      """#)
  }

  @Test func `CoNLL-U joins words as it says, and reads tags among the features`() throws {
    expect(
      try ForeignRoundTrip(exporter: CoNLL()).report(
        CoNLLU.self,
        #"""
        # newdoc id = w1
        # text = I don't know Ann Lee.
        1\#tI\#ti\#tPRON\#t_\#t_\#t4\#tnsubj\#t_\#t_
        2-3\#tdon't\#t_\#t_\#t_\#t_\#t_\#t_\#t_\#t_
        2\#tdo\#tdo\#tAUX\#t_\#t_\#t4\#taux\#t_\#t_
        3\#tn't\#tnot\#tPART\#t_\#t_\#t4\#tadvmod\#t_\#t_
        4\#tknow\#tknow\#tVERB\#t_\#t_\#t0\#troot\#t_\#t_
        5\#tAnn\#tAnn\#tPROPN\#t_\#t_\#t4\#tobj\#t_\#tNER=B-PER
        6\#tLee\#tLee\#tPROPN\#t_\#t_\#t5\#tflat\#t_\#tNER=I-PER|SpaceAfter=No
        7\#t.\#t.\#tPUNCT\#t_\#t_\#t4\#tpunct\#t_\#t_
        """#),
      #"""
      left out: the columns 3, 4, 7, 8; --tag reads one as tags
      1 PER ‹Ann Lee›
      == 
      -DOCSTART- w1 ana O
      I -X- -X- O
      don't -X- -X- O
      know -X- -X- O
      Ann -X- -X- B-PER
      Lee -X- -X- I-PER
      . -X- -X- O
      """#)
  }

  @Test func `tags by number are named, or said to be without names`() throws {
    expect(
      try ForeignRoundTrip().report(
        HFTokens.self,
        #"""
        {"id":"0","tokens":["Nora","paid"],"ner_tags":[1,0]}
        {"id":"1","tokens":["Nora","Roe","paid"],"ner_tags":["B-PER","I-PER","O"],"pos_tags":["NNP","NNP","VBD"]}
        """#),
      #"""
      left out: the names of “ner_tags”, which no dataset_info.json beside the file gives
      “1” is x1
      1 x1 ‹Nora›
      == 
      {"annotator": "ana", "id": "0", "ner_tags": ["B-1", "O"], "tokens": ["Nora", "paid"]}
      left out: “pos_tags”, which has no tags such as B-label
      1 PER ‹Nora Roe›
      == 
      {"annotator": "ana", "id": "1", "ner_tags": ["B-PER", "I-PER", "O"], "tokens": ["Nora", "Roe", "paid"]}
      """#)
  }

  @Test func `links of slate are relations`() throws {
    expect(
      try ForeignRoundTrip(text: "one line\ntwo line\n", exporter: Brat()).report(
        Slate.self,
        #"""
        1 0 - same
        ((0, 0), (0, 1)) - x
        """#),
      #"""
      “x” is x_
      3 x_ ‹one line›
      5 item ‹one line›
      4 item ‹two line›
      4 same 5
      == ana/doc.ann
      T3\#tx 0 8\#tone line
      T4\#titem 9 17\#ttwo line
      T5\#titem 0 8\#tone line
      R1\#tsame Arg1:T4 Arg2:T5\#t
      """#)
  }

  @Test func `a token with a tab or line break in it stays on its line`() throws {
    expect(
      try ForeignRoundTrip(exporter: CoNLL()).report(
        HFTokens.self,
        #"""
        {"tokens":["a\tb","c\nd","e"],"ner_tags":["B-X","I-X","O"]}
        """#),
      #"""
      1 X ‹a\#tb c
      d›
      == 
      -DOCSTART- doc ana O
      a b\#t-X-\#t-X-\#tB-X
      c d\#t-X-\#t-X-\#tI-X
      e\#t-X-\#t-X-\#tO
      """#)
  }

  @Test func `roles of relations and relations between events stay what they were`() throws {
    expect(
      try ForeignRoundTrip(text: "Nora paid went").report(
        Brat.self,
        #"""
        T1\#tPER 0 4\#tNora
        T2\#tPay 5 9\#tpaid
        T3\#tGo 10 14\#twent
        E1\#tPay:T2 Agent:T1
        E2\#tGo:T3
        R1\#tBefore Arg1:E1 Arg2:E2
        R2\#tCoref Anaphor:T1 Antecedent:T3
        R3\#tknows Arg2:T1 Arg1:T3
        """#),
      #"""
      1 PER ‹Nora›
      2 Pay ‹paid›
      3 Go ‹went›
      4 Go ‹went›
      2 Before 4
      1 Coref 3
      3 knows 1
      2 Agent 1
      == ana/doc.ann
      T1\#tPER 0 4\#tNora
      T2\#tPay 5 9\#tpaid
      T3\#tGo 10 14\#twent
      E1\#tPay:T2 Agent:T1
      E2\#tGo:T3
      R1\#tBefore Arg1:E1 Arg2:E2\#t
      R2\#tCoref Anaphor:T1 Antecedent:T3\#t
      R3\#tknows Arg1:T3 Arg2:T1\#t
      """#)
  }

  @Test func `columns that are not read are named, also beside one that was chosen`() throws {
    expect(
      try ForeignRoundTrip(choices: ForeignRoundTrip.reading(tag: 2)).report(
        CoNLL.self,
        #"""
        Nora NNP B-NP B-PER
        paid VBD B-VP O
        """#),
      #"""
      left out: the columns 3, 4; --tag reads one as tags
      left out: that tags without B- and I- are one span where neighbours are equal
      1 NNP ‹Nora›
      2 VBD ‹paid›
      == 
      -DOCSTART- doc ana O
      Nora -X- -X- B-NNP
      paid -X- -X- B-VBD
      """#)
  }

  @Test func `offsets of brat that count CR LF as one are found by the words, and a span may equal itself`() throws {
    expect(
      try ForeignRoundTrip(text: "Nora paid Roe.\r\nShe left.\r\n").report(
        Brat.self,
        #"""
        T1\#tPER 0 4\#tNora
        T2\#tPER 15 18\#tShe
        *\#tEquiv T1 T1
        """#),
      #"""
      left out: “Equiv” from T1 to itself
      1 PER ‹Nora›
      2 PER ‹She›
      == ana/doc.ann
      T1\#tPER 0 4\#tNora
      T2\#tPER 16 19\#tShe
      """#)
  }
}
