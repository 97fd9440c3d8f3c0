import Commands
import Comparison
import DefaultFiles
import Foundation
import Pages
import Reports
import Standoff
import Storage
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
          if example == "&" || example == "|" { _ = adjudicating.answer("1") }
          let decided = adjudicating.answer(example)
          #expect(!decided.isRefusal, "\(example): \(decided.text)")
          _ = adjudicating.close()
        } else if command.name == "adjudicate" {
          #expect(page.text.contains("There is nothing to adjudicate"), "nobody is done here")
        } else if command.name == "export" {
          #expect(page.text.contains("There is nothing to export"), "there is no gold here")
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
      Walking
        n                         the next sentence; an empty line does the same
        p                         the sentence before
        g SENTENCE                goes to a sentence
        find WORDS                goes to the next sentence with these words
      Marking
        c, claim [WORDS]          marks a claim; without words the sentence less source and cue
        d, denial [WORDS]         marks a denial; without words the sentence less source and cue
        q, quote [WORDS]          marks a quote; without words the next quotation of the sentence that is not marked yet
        s, source WORDS           marks a source
        k, cue WORDS              marks a cue
        v                         the selector: mark words by moving, or by the hints that stand on them; “help v” lists its keys
        x SPAN                    deletes a span and its relations
        e SPAN LABEL or WORDS     gives a span another label, or other words
        u                         takes back the last edit, without limit
        redo                      does again what was taken back
      Taking suggestions
        suggest [all, off, --with COMMAND] shows with each sentence what might be tagged and why, learning from your spans; “suggest all” lists the document's, --with asks another program as well
        a [#N, LABEL or WORDS]    takes the first suggestion, or the one named, with another label or other words where they are given
        r [#N]                    refuses the first suggestion, or the one named, for good
        A LABEL                   shows all suggestions of a label in the document; told twice, takes them all
      Saying more of a span
        SPAN < SOURCE < CUE > TARGET gives a span its source, its cue and its target, as words or as #N, in the place of those it has; a last “-” takes one off
        SPAN > TARGET             relates two spans as their labels allow; “-” is a target that is not in the text
        link SPAN RELATION TARGET relates two spans by name
        unlink SPAN RELATION TARGET takes a relation off
        set SPAN ATTRIBUTE VALUE  says something of a span; “-” clears it, “=” repeats the previous value
        by SPAN SPEAKER or SOURCE says who speaks: a name, or the number of a source span
        note SPAN TEXT            keeps a note on a span; “-” clears it
        doubt SPAN WHY            notes a doubt about a span
      Deciding, in an adjudication
        1, 2, 3, 4, 5, 6, 7, 8, 9 [REASON] takes a version by its number; a reason may follow
        0 [REASON]                takes none
        + [REASON]                takes all versions, each as a span of its own
        | [REASON]                takes all words that any version has
        & [REASON]                takes the words that all versions have
        agreed                    walks what nobody disputes as well, or no longer
      Looking
        show [SPAN]               the whole text with its spans, or one span with all that is said of it
        list [LABEL or documents] the spans in reading order, of one label where it is named; or the workspace's documents
        help, ? [TOPIC]           this list; of a verb its form, of a label its rules, “help words” how words are named
      The document and the team
        done                      marks the document as done, or as not done; first lists what is missing, told twice does it all the same
        next                      opens the next document that you have not done
        open DOCUMENT             leaves this document for another
        status [OPTIONS]          who has done how much
        agree [OPTIONS]           how far annotators agree; “help agree” lists the options
        compare [OPTIONS]         where annotators differ in this document, and how; “help compare” lists the options
        adjudicate [blind]        settles what annotators of this document differ in; “adjudicate blind” hides who is who
        ledger [OPTIONS]          who claims what and who denies it, by matter, across documents
        export OPTIONS            writes training data; “help export” lists the options
        check [OPTIONS]           every problem of the workspace
        quit, exit                leaves; so does Ctrl-D. Everything is saved already
      help words: how words are named · help LABEL: its rules · help guideline: all rules
      """#)
  }

  @Test func `help on a label says what it is and its rules`() throws {
    expect(
      try Help.page("c", Desk.scheme()),
      #"""
      c, claim [WORDS]
        marks a claim; without words the sentence less source and cue
        > c 1-3
        > c it had..$ < the company < said
        A reported assertion that could turn out true or false.
        set: speaker. The person or body that speaks, spelled the same way everywhere; never a pronoun or a common noun by itself.
        set: about. The matter in dispute: a short key that claims, denials and quotes share across documents.
        set: attribution (named, implicit, author). Whose words they are when the sentence has no source: named (a speaker carried over), implicit (someone unnamed) or author (the writer of the text).
        link: said-by, to source. From what was said to the words that name who said it.
        link: cued-by, to cue. From what was said to the word or words that report it.
      Rules
      1. Mark what the text reports people as saying. What the reporter states in their own voice is not marked, however newsworthy or disputed it may be. Ask of every sentence: who says so? If the answer is only “this article”, leave it.
         right: The bridge reopened on Monday. ⟦source: Mayor Ida Holm⟧ ⟦cue: said⟧ ⟦claim: the repairs had cost less than planned⟧.
         wrong: ⟦claim: The bridge reopened on Monday⟧. ⟦source: Mayor Ida Holm⟧ ⟦cue: said⟧ ⟦claim: the repairs had cost less than planned⟧.
      4. A claim is a reported assertion that could turn out true or false. Mark the whole clause, without source, cue, “that” or the final stop. In “accused X of doing Y” the claim is “X of doing Y”. A noun phrase is a claim only if it names who did what: “the firm’s bribing of inspectors” is one, “the scandal” is not.
         right: ⟦source: The union⟧ ⟦cue: accused⟧ ⟦claim: the shipyard of hiding two accidents⟧.
         wrong: ⟦source: The union⟧ ⟦cue: accused⟧ the shipyard of ⟦claim: hiding two accidents⟧.
      5. A denial is reported words by which someone says that an assertion is untrue, unfounded or unknown to them. Mark the content, not the cue. If only an adjective rejects, as in “baseless” claims that the mine is closed, the adjective is the denial and the that-clause the claim. In “called X baseless”, mark from X to the adjective.
         right: ⟦source: Pilots⟧ ⟦cue: said⟧ ⟦claim: the airline had underpaid its crews⟧. ⟦source: The airline⟧ ⟦cue: called⟧ ⟦denial: the accusation baseless⟧.
         wrong: ⟦source: Pilots⟧ ⟦cue: said⟧ ⟦claim: the airline had underpaid its crews⟧. ⟦source: The airline⟧ ⟦denial: ⟦cue: called⟧ the accusation baseless⟧.
      10. A denial that says no more than “not so” is a denial alone. If it asserts a rival fact, mark the clause with that fact as a claim as well, even where it stands inside the denial.
         right: ⟦source: Police⟧ ⟦cue: said⟧ ⟦claim: the driver had been drinking⟧. ⟦source: His lawyer⟧ ⟦cue: said⟧ that ⟦denial: not the driver but ⟦claim: his passenger had been drinking⟧⟧.
         wrong: ⟦source: Police⟧ ⟦cue: said⟧ ⟦claim: the driver had been drinking⟧. ⟦source: His lawyer⟧ ⟦cue: said⟧ that ⟦denial: not the driver but his passenger had been drinking⟧.
      11. A denial often repeats the claim it rejects. Mark that repetition as a claim only if the claim stands nowhere else in the text; otherwise mark the denial alone. In both cases link the denial to the claim.
         right: ⟦source: Neighbours⟧ ⟦cue: said⟧ ⟦claim: the plant had dumped ash in the river⟧. ⟦source: The owner⟧ ⟦cue: denied⟧ that ⟦denial: the plant had dumped ash in the river⟧.
         wrong: ⟦source: Neighbours⟧ ⟦cue: said⟧ ⟦claim: the plant had dumped ash in the river⟧. ⟦source: The owner⟧ ⟦cue: denied⟧ that ⟦denial: ⟦claim: the plant had dumped ash in the river⟧⟧.
      12. Reported speech that neither claims nor denies stays unmarked: offers, plans, demands, opinions. Its quotes are the exception: mark those, with their source and cue.
         right: The company offered to open its books, a step ⟦source: its chairman⟧ ⟦cue: called⟧ ⟦quote: “long overdue.”⟧
         wrong: ⟦source: The company⟧ ⟦cue: offered⟧ ⟦claim: to open its books⟧, a step ⟦source: its chairman⟧ ⟦cue: called⟧ ⟦quote: “long overdue.”⟧
      13. Each cue that has content of its own gets one content. In “A said that B accuses C” there are two: what A said, and inside it what B accuses C of. Mark both, each with its own source and cue.
         right: ⟦source: The judge⟧ ⟦cue: said⟧ that ⟦claim: ⟦source: the bank⟧ had ⟦cue: accused⟧ ⟦claim: its auditor of forging letters⟧⟧.
         wrong: ⟦source: The judge⟧ ⟦cue: said⟧ that ⟦claim: the bank had accused its auditor of forging letters⟧.
      14. Link a denial to the latest earlier claim with the same proposition, which need not be the nearest claim. If none stands earlier, take the first such claim in the body; if there is none at all, say “not in the text”. If two claims fit, link both.
         right: ⟦source: Farmers⟧ ⟦cue: said⟧ ⟦claim: the dam was leaking⟧, and ⟦source: hikers⟧ ⟦cue: reported⟧ that ⟦claim: its gate had been left open⟧. ⟦source: The operator⟧ ⟦cue: said⟧ ⟦denial: the dam was not leaking⟧. (denies: the dam was leaking)
         wrong: ⟦source: Farmers⟧ ⟦cue: said⟧ ⟦claim: the dam was leaking⟧, and ⟦source: hikers⟧ ⟦cue: reported⟧ that ⟦claim: its gate had been left open⟧. ⟦source: The operator⟧ ⟦cue: said⟧ ⟦denial: the dam was not leaking⟧. (denies: its gate had been left open)
      15. If a claim or denial has no source in its sentence, set attribution: implicit when someone unnamed says it (“it was alleged”), author when the writer of the text does. If the speaker is carried over from the sentence before, attribution is named, and speaker says who it is.
         right: ⟦source: Inspector Hale⟧ ⟦cue: said⟧ ⟦claim: the lock had been forced⟧. ⟦claim: ⟦quote: “Two windows were broken.”⟧⟧ (second claim: attribution named, speaker Inspector Hale)
         wrong: ⟦source: Inspector Hale⟧ ⟦cue: said⟧ ⟦claim: the lock had been forced⟧. ⟦claim: ⟦quote: “Two windows were broken.”⟧⟧ (second claim: attribution implicit, no speaker)
      16. Mark the headline and captions just like the body. Skip what is repeated word for word, and skip the furniture of the page: menus, teasers, bylines, share buttons.
         right: ⟦source: Club⟧ ⟦cue: says⟧ ⟦claim: stadium roof was repaired in March⟧ | Read more: Club says stadium roof was repaired in March
         wrong: ⟦source: Club⟧ ⟦cue: says⟧ ⟦claim: stadium roof was repaired in March⟧ | Read more: ⟦source: Club⟧ ⟦cue: says⟧ ⟦claim: stadium roof was repaired in March⟧
      17. Spans start and end at words, and take a closing quotation mark together with the comma or stop inside it. If two ends seem right, choose the shorter span that still says it all. When in doubt, mark it and note the doubt.
         right: ⟦claim: ⟦quote: “Both engines had stopped,”⟧⟧ ⟦source: the pilot⟧ ⟦cue: said⟧ on Monday.
         wrong: “⟦claim: ⟦quote: Both engines had stopped⟧⟧,” ⟦source: the pilot⟧ ⟦cue: said⟧ on Monday.
      """#)
  }

  @Test func `help on words says how words are named`() throws {
    expect(
      try Help.page("words", Desk.scheme()),
      #"""
      Words are named after a label's key, such as c 3-9, by
        3-9                   words 3 to 9 of this sentence; 3 one word; 3- from word 3 to the sentence's end
        5:  5:3-9  5:3-6:2    sentence 5; words 3 to 9 of it; across sentences
        baseless              the words themselves: here if they stand here once, else the only place in the document
        ready for..Ukraine    from the first words to the nearest last words in the paragraph
        we deny..$            from the words to the sentence's end
        drones/2              the second place
        "3-9"                 in straight quotes words are literal
        3-7 + 12-15           fragments of one span, in numbers or in words
        we deny..$ < Iran < said > #2  with the source, the cue and the target: words, #N, or - for none
        @120-161              code points of the text, from 0, the end not included
      A selection covers from the first word's start to the last word's end. If that is what stands between a pair of quotation marks it takes both marks; a mark at one edge whose partner lies inside is taken too, with a comma or full stop before a closing one. The final full stop is left out.
      Spans are named by their numbers; “.” is the one marked last that says something (. > 2, set . about drones), and “=” repeats a value (by . =).
      """#)
  }

  @Test func `help on agree lists its options`() throws {
    expect(
      try Help.page("agree", Desk.scheme()),
      #"""
      agree [OPTIONS]
        how far annotators agree; “help agree” lists the options
        > agree --unit word --label denial
      ARGUMENTS:
        <document>              Documents; all where none is named.

      OPTIONS:
        --annotators <annotators>
                                Annotators, with commas between; all but gold where
                                none is named. The first is the reference.
        --label <label>         A label; may be given several times. All labels
                                where none is named.
        --measure <measure>     A measure, such as krippendorff-alpha or
                                span-f1-exact; may be given several times. (values:
                                observed-agreement, cohen-kappa, scott-pi,
                                fleiss-kappa, hubert-kappa, bennett-s, gwet-ac1,
                                krippendorff-alpha, span-f1-exact,
                                span-precision-exact, span-recall-exact,
                                span-f1-boundary, span-precision-boundary,
                                span-recall-boundary, span-f1-partial,
                                span-precision-partial, span-recall-partial,
                                span-f1-type, span-precision-type,
                                span-recall-type, span-f1-overlap,
                                span-precision-overlap, span-recall-overlap,
                                alpha-u, alpha-u-binary, alpha-cu, alpha-ku,
                                alpha-u-1995, gamma, gamma-cat, gamma-k,
                                gamma-soft, relation-f1, relation-alpha,
                                attribute-agreement)
        --unit <unit>           What an item is: character, word or sentence; may
                                be given several times. (values: character, word,
                                sentence)
        --distance <distance>   How alpha compares sets of labels: nominal, jaccard
                                or masi. (values: nominal, jaccard, masi; default:
                                nominal)
        --overlap <share>       Least intersection over union of spans that
                                overlap: any, or a share such as 0.5. (default: any)
        --reference <annotator> The annotator, such as gold, with whom the spans of
                                all others are compared.
        --per-document          Figures of each document besides those of all
                                together.
        --in-progress           Counts files that are not done, as far as their
                                annotator has read.
        --without-suggested     Leaves out spans that were suggested, with those
                                that they are aligned with.
        --round <number>        Counts what was assigned in this round.
        --zones <zones>         Zones that count although they are left out
                                otherwise, with commas between: boilerplate, repeat.
        --bootstrap <resamples> How often documents are resampled for the
                                intervals; 0 for none. (default: 1000)
        --confidence <share>    The share of resamples that an interval holds.
                                (default: 0.95)
        --seed <number>         The seed of the resamples: the same seed, the same
                                digits. (default: 1)
        --at-least <measure[/unit[/label]]=value>
                                Exit with status 1 unless a figure is at least
                                this; may be given several times.
        --gamma-alpha <weight>  Gamma: the weight of places. (default: 1.0)
        --gamma-beta <weight>   Gamma: the weight of labels. (default: 1.0)
        --gamma-delta <cost>    Gamma: what it costs to leave a span without a
                                partner. (default: 1.0)
        --sampler <sampler>     Gamma: how chance is drawn: shuffle or statistical.
                                (values: shuffle, statistical; default: shuffle)
        --samples <number>      Gamma: how often chance is drawn for each document.
                                (default: 30)
        --precision <share>     Gamma: draws until chance is known to this share,
                                such as 0.01, in 95 of 100 cases.
        --cu <length>           What alphas of labels take of a span for pairable:
                                pairwise or union. (values: pairwise, union;
                                default: pairwise)
        --overlapping <way>     Where one annotator's spans of different labels
                                overlap, alphas of all labels: layers, or refuse.
                                (values: layers, refuse; default: layers)
        --explain <document>    Gamma: a document whose best alignment is shown
                                with what it costs.
        --json                  JSON for programs.
        --csv                   Comma-separated values, one row a figure.
        -h, --help              Show help information.
      """#)
  }
}
