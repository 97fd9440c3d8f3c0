import Foundation
import Pages
import Standoff
import TestSupport
import Testing

@testable import Prompt

@Suite struct HelpTests {
  @Test(.tags(.slow)) func `every example of help is understood`() throws {
    let desk = try Desk()
    try desk.add(
      "One two three four. Officials denied it. Five six. “Seven ate nine of them,” the company said: it had done so.")
    try desk.add(SessionTests.text, id: "harbor-audit")
    let scheme = try desk.open().scheme
    var number = 0
    for command in Verbs.all(scheme) {
      for example in command.examples {
        number += 1
        var session = try desk.open("doc", as: "helper\(number)")
        _ = session.answer("c 1-2")
        _ = session.answer("s 3")
        _ = session.answer("c 3-4")
        _ = session.answer("d 2:1-3")
        _ = session.answer("s 4")
        _ = session.answer("s 2:1")
        _ = session.answer("s 2:3")
        _ = session.answer("4 > 1")
        if example.contains("the company") || command.group == .suggest { _ = session.answer("g 4") }
        if example.hasPrefix("4 <") { _ = session.answer("e 4 4:3") }
        if example.contains("denied") { _ = session.answer("g 2") }
        if command.group == .suggest, example != "suggest off" { _ = session.answer("suggest") }
        if command.name == "v" { continue }
        if example.contains("=") { _ = session.answer("set 3 about x") }
        if example == "by . =" { _ = session.answer("by 3 x") }
        if command.name == "redo" { _ = session.answer("u") }
        if command.name == "p" { _ = session.answer("n") }
        if ["e", ">", "link"].contains(command.name) { _ = session.answer("e 2 claim") }
        if example == "e 4 denial" { _ = session.answer("e 4 claim") }
        if example == "e 4 1-3" { _ = session.answer("e 4 2:1") }
        if example == "4 > 2" || example == "link 4 denies 2" { #expect(session.set.span(2)?.label == "claim") }
        if command.name == "unlink" {
          _ = session.answer("e 2 claim")
          _ = session.answer("4 > 2")
        }
        if example == "set 4 about -" { _ = session.answer("set 4 about x") }
        let line = example.replacing("gold.jsonl", with: desk.root + "/gold.jsonl").replacing(
          "python3 names.py", with: "true")
        let page = session.answer(line)
        if command.group == .decide {
          // Understood where there is something to decide.
          #expect(page.isRefusal)
          let desk = try Desk.unadjudicated()
          var adjudicating = try desk.adjudicate()
          for _ in 0..<20 where !adjudicating.view(width: 80, colour: false).text.contains("· boundary") {
            _ = adjudicating.answer("1")
          }
          let asks = example.hasPrefix("rest") || example.hasPrefix("settle ")
          let decided = adjudicating.answer(asks ? "\(example) !" : example)
          #expect(!decided.isRefusal, "\(example): \(decided.text)")
          _ = adjudicating.close()
        } else if command.name == "adjudicate" {
          #expect(page.text.contains("There is nothing to adjudicate"), "nobody is done here")
        } else if command.name == "export" {
          #expect(page.text.contains("There is nothing to export"), "there is no gold here")
        } else if command.name == "set doc" {
          #expect(page.text.contains("no attribute “tone” of documents"), "this scheme has none")
        } else if command.name == "answer" {
          #expect(page.text.contains("dana asks nothing"), "nobody asks here")
        } else if command.name == "review" {
          #expect(page.text.contains("too little to learn from"), "nothing is done here")
        } else if command.name == "done" {
          #expect(page.text.contains("“done!” marks it done"), "the spans here miss something")
        } else if page.isRefusal {
          Issue.record("\(example): \(page.text)")
        }
        _ = session.close()
      }
    }
  }

  @Test func `help lists the verbs`() throws {
    expect(
      try Help.page(nil, Desk.scheme()),
      #"""
      Walking: n · p · . · g SENTENCE · find WORDS
      Marking: c claim · d denial · q quote · s source · k cue · v · x SPANS · e SPAN LABEL or WORDS · u, undo [to TIME or EDIT] · redo [all] · all SPAN [documents, NUMBERS or !]
      Suggestions: suggest [all, off, --model FILE, --at-least SHARE, --with COMMAND] · a [#N, LABEL or WORDS] · r [#N] · A LABEL
      Attributes and relations: SPAN < SOURCE < CUE > TARGET · SPAN > TARGET · link SPAN RELATION TARGET · unlink SPAN RELATION TARGET · set SPAN ATTRIBUTE VALUE · by SPAN SPEAKER or SOURCE · note SPAN TEXT · doubt SPAN WHY
      Adjudicating: 1, 2, 3, 4, 5, 6, 7, 8, 9 [REASON] · 0 [REASON] · + [REASON] · | [REASON] · & [REASON] · rest NAME [KIND] · agreed · settle [NUMBER [NAME]]
      Looking: show [SPAN] · list [WHAT] · log [SPAN] · help, ? [TOPIC]
      The document and the team: set doc ATTRIBUTE VALUE · note doc TEXT · ask TEXT · answer NAME TEXT · zones · zone SENTENCES KIND · done · done! · undone · next [--uncertain] · review · open DOCUMENT · status [OPTIONS] · agree [OPTIONS] · compare [OPTIONS] · adjudicate [blind] · ledger [OPTIONS] · export [OPTIONS] · check [OPTIONS] · quit, exit
      Every line is saved when it is answered; “u” takes it back. An empty line goes on.
      Try: c it had..$ < the company < said   (“help words” explains it)
      help VERB · help LABEL: its rules · help about: an attribute · help guideline 5: one rule · help words · help verbs: every verb explained
      """#)
  }

  @Test func `help on a label says what it is and its rules`() throws {
    expect(
      try Help.page("c", Desk.scheme()),
      #"""
      c, claim [WORDS] – A reported assertion that a record, a witness, a measurement or time could settle.
        > c 1-3
        > c it had..$ < the company < said
        set: speaker · about · attribution (named, implicit, author)
        link: said-by source · cued-by cue
      1. Mark what the text reports people as saying.
      4. A claim is a reported assertion that a record, a witness, a measurement or…
      5. A denial is reported words by which someone says that an assertion is…
      6. Refusing is no denial: neither a request refused, nor a demand, nor “no…
      10. Words that turn somebody’s assertion round are a denial and a claim: “the…
      11. A claim that its denial repeats is marked only if it stands nowhere else…
      12. A speaker stands once: on the source, and what the source says inherits…
      13. Each cue that has content of its own gets one content.
      14. Link a denial first to the clause that hangs on it: in “invented” reports…
      15. A content without a source of its own has an attribution: implicit or…
      16. Mark the headline and captions just like the body.
      17. Spans start and end at words, and take a closing mark with the comma or…
      “help claim 1” shows a rule whole, with a right and a wrong example; “help about” an attribute.
      """#)
  }

  @Test func `help on words says how words are named`() throws {
    expect(
      try Help.page("words", Desk.scheme()),
      #"""
      After a label's key, as in c 3-9, name words by
        3-9                   words 3 to 9 of this sentence; 3: one word; 3-: from word 3 to the sentence's end
        5:  5:3-9  5:3-6:2    sentence 5; words 3 to 9 of it; across sentences
        is baseless           the words themselves; punctuation between them does not matter
        ready for..Ukraine    from the first words to the nearest last words in the paragraph
        7:ruling  4:there..6:2  words of sentence 7; from words of sentence 4 to word 2 of sentence 6
        we deny..$            from the words to the sentence's end
        drones/2              the second match
        "3-9"                 straight quotes: the words exactly as typed
        3-7 + 12-15           a span with gaps, its fragments given as numbers or as words
        we deny..$ < Iran < said > #2  with source, cue and target: words, #N, or - for none
        @120-161              offsets in code points, from 0; the end is exclusive
      A selection runs from the start of the first word to the end of the last. If it is all that a pair of quotation marks encloses, it includes both marks. A mark just outside is included if its partner is inside, with any comma or full stop before it. The sentence's full stop is left out.
      Spans are named by number. “.” is the last content span marked, such as a claim (. > 2, set . about drones); “=” repeats a value (by . =).
      """#)
  }

  @Test func `help on agree lists its options`() throws {
    expect(
      try Help.page("agree", Desk.scheme()),
      #"""
      agree [OPTIONS]
        compute agreement between annotators; “help agree” lists the options
        > agree --unit word --label denial
      ARGUMENTS:
        <document>              Documents to compare. Default: all.

      OPTIONS:
        --annotators <annotators>
                                Annotators to compare, separated by commas.
                                Default: all but gold.
        --label <label>         Count only spans with this label; repeatable.
                                Default: all labels.
        --measure <measure>     Compute this measure, such as krippendorff-alpha;
                                repeatable. Default: all but gamma. (values:
                                observed-agreement, cohen-kappa, scott-pi,
                                fleiss-kappa, hubert-kappa, bennett-s, gwet-ac1,
                                krippendorff-alpha, positive-agreement,
                                weighted-cohen-kappa, weighted-fleiss-kappa,
                                weighted-hubert-kappa, weighted-bennett-s,
                                gwet-ac2, adjusted-rand, b-cubed, dawid-skene,
                                mace, token-f1, token-precision, token-recall,
                                token-f1-pooled, token-precision-pooled,
                                token-recall-pooled, span-f1-exact,
                                span-precision-exact, span-recall-exact,
                                span-f1-boundary, span-precision-boundary,
                                span-recall-boundary, span-f1-partial,
                                span-precision-partial, span-recall-partial,
                                span-f1-type, span-precision-type,
                                span-recall-type, span-f1-overlap,
                                span-precision-overlap, span-recall-overlap,
                                span-f1-exact-pooled, span-precision-exact-pooled,
                                span-recall-exact-pooled, span-f1-boundary-pooled,
                                span-precision-boundary-pooled,
                                span-recall-boundary-pooled,
                                span-f1-partial-pooled,
                                span-precision-partial-pooled,
                                span-recall-partial-pooled, span-f1-type-pooled,
                                span-precision-type-pooled,
                                span-recall-type-pooled, span-f1-overlap-pooled,
                                span-precision-overlap-pooled,
                                span-recall-overlap-pooled, alpha-u,
                                alpha-u-binary, alpha-cu, alpha-ku, alpha-u-1995,
                                gamma, gamma-cat, gamma-k, gamma-soft, relation-f1,
                                relation-f1-pooled, relation-alpha,
                                attribute-agreement, attribute-agreement-pooled)
        --unit <unit>           Compare item by item: per character, word or
                                sentence; repeatable. Default: all three. (values:
                                character, word, sentence)
        --overlap <shares>      How far spans must overlap to match, as
                                intersection over union: any, or a share such as
                                0.5; several, separated by commas, give a row each.
                                (default: any)
        --reference <annotator> Compare each annotator's spans with this one's,
                                such as gold. Default: every pair.
        --in-progress           Include unfinished files, as far as their annotator
                                has read.
        --without-suggested     Ignore spans accepted from suggestions, and the
                                other annotators' spans aligned with them.
        --round <number>        Count only what was assigned in this round.
        --zones <zones>         Count spans in parts that are skipped otherwise:
                                boilerplate (menus, notices), repeat (repeated
                                text).
        --seed <number>         Seed for random draws; the same seed gives the same
                                digits. (default: 1)
        --gamma-alpha <weight>  Gamma: weight of differing positions. (default: 1.0)
        --gamma-beta <weight>   Gamma: weight of differing labels. (default: 1.0)
        --gamma-delta <cost>    Gamma: cost of leaving a span unaligned. (default:
                                1.0)
        --sampler <sampler>     Gamma: how to draw chance annotations. (values:
                                shuffle, statistical; default: shuffle)
        --samples <number>      Gamma: draw chance this often for each document.
                                (default: 30)
        --precision <fraction>  Gamma: sample until chance is known to within this
                                fraction (95 % confidence), such as 0.01.
        --gap <gap>             Gamma: stop where it is proved to within this, such
                                as 0.001, and say what is proved.
        --time-limit <seconds>  Gamma: stop after this long and say what is proved.
                                The digits then depend on the machine.
        --distance <distance>   Alpha: distance between sets of labels. (values:
                                nominal, jaccard, masi; default: nominal)
        --weights <weights>     How values on a scale agree: linear, quadratic or
                                ordinal. Default: ordinal or quadratic, as the
                                scale is. (values: linear, quadratic, ordinal)
        --per-document          Also show figures for each document.
        --bootstrap <resamples> Resample documents this often for the intervals; 0
                                turns them off. (default: 1000)
        --confidence <level>    Confidence level of the intervals, from 0.5 to
                                below 1. (default: 0.95)
        --interval-width <width>
                                Say how many documents it would take until
                                intervals are this narrow, such as 0.1.
        --against-round <number>
                                Test whether agreement differs from that of this
                                round; --round names the other.
        --against <documents>   Test whether agreement differs from that on these
                                documents, separated by commas.
        --oneself               Compare the second passes of people (assign
                                --again) with their first.
        --at-least <measure[/unit[/label]]=value>
                                Exit with status 1 unless this figure is at least
                                the value; repeatable.
        --cu <length>           For alpha-cu and alpha-ku, how much of a span
                                counts as pairable: pairwise (what one other
                                annotator also marked) or union (what anyone else
                                marked). (values: pairwise, union; default:
                                pairwise)
        --overlapping <way>     If one annotator's spans with different labels
                                overlap: layers (treat each label separately) or
                                refuse (stop with an error). (values: layers,
                                refuse; default: layers)
        --explain <document>    Gamma: show the best alignment of this document and
                                its cost.
        --full                  Show every measure, not a page of what matters most.
        --json                  Write JSON.
        --csv                   Write CSV, one row per figure.
        -h, --help              Show help information.
      """#)
  }
}
