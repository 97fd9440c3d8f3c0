import Commands
import Pages
import TestSupport
import Testing

@Suite struct OptionTableTests {
  private static func lines(_ table: OptionTable) -> String {
    table.options.map { option in
      let value = option.value.map { " <\($0)>" } ?? ""
      let values = option.values.isEmpty ? "" : ": " + option.values.joined(separator: ", ")
      return "\(option.name)\(value)\(values)\(option.isPath ? " (path)" : "")"
    }.joined(separator: "\n")
  }

  @Test func `agree has these options, each with the values that it may have`() {
    expect(
      Self.lines(OptionTable(of: AgreeOptions.self)),
      #"""
       <document>
      --annotators <annotators>
      --label <label>
      --measure <measure>: observed-agreement, cohen-kappa, scott-pi, fleiss-kappa, hubert-kappa, bennett-s, gwet-ac1, krippendorff-alpha, positive-agreement, weighted-cohen-kappa, weighted-fleiss-kappa, weighted-hubert-kappa, weighted-bennett-s, gwet-ac2, adjusted-rand, b-cubed, dawid-skene, mace, token-f1, token-precision, token-recall, token-f1-pooled, token-precision-pooled, token-recall-pooled, span-f1-exact, span-precision-exact, span-recall-exact, span-f1-boundary, span-precision-boundary, span-recall-boundary, span-f1-partial, span-precision-partial, span-recall-partial, span-f1-type, span-precision-type, span-recall-type, span-f1-overlap, span-precision-overlap, span-recall-overlap, span-f1-exact-pooled, span-precision-exact-pooled, span-recall-exact-pooled, span-f1-boundary-pooled, span-precision-boundary-pooled, span-recall-boundary-pooled, span-f1-partial-pooled, span-precision-partial-pooled, span-recall-partial-pooled, span-f1-type-pooled, span-precision-type-pooled, span-recall-type-pooled, span-f1-overlap-pooled, span-precision-overlap-pooled, span-recall-overlap-pooled, alpha-u, alpha-u-binary, alpha-cu, alpha-ku, alpha-u-1995, gamma, gamma-cat, gamma-k, gamma-soft, relation-f1, relation-f1-pooled, relation-alpha, attribute-agreement, attribute-agreement-pooled
      --unit <unit>: character, word, sentence
      --overlap <shares>
      --reference <annotator>
      --in-progress
      --without-suggested
      --round <number>
      --zones <zones>: headline, standfirst, caption, body, boilerplate, repeat
      --seed <number>
      --gamma-alpha <weight>
      --gamma-beta <weight>
      --gamma-delta <cost>
      --sampler <sampler>: shuffle, statistical
      --samples <number>
      --precision <fraction>
      --gap <gap>
      --time-limit <seconds>
      --distance <distance>: nominal, jaccard, masi
      --weights <weights>: linear, quadratic, ordinal
      --per-document
      --bootstrap <resamples>
      --confidence <level>
      --interval-width <width>
      --against-round <number>
      --against <documents>
      --oneself
      --at-least <measure[/unit[/label]]=value>
      --cu <length>: pairwise, union
      --overlapping <way>: layers, refuse
      --explain <document>
      --full
      --json
      --csv
      """#)
  }

  @Test func `export has these options, each with the values that it may have`() {
    expect(
      Self.lines(OptionTable(of: ExportOptions.self)),
      #"""
       <format>: jsonl, hf-tokens, spacy, prodigy, doccano, label-studio, brat, conll, w3c, webanno-tsv, cas-xmi, cas-json, bioc-xml, bioc-json, pubannotation, citron, csv, tsv, markdown
       <document>
      --annotators <annotators>
      --gold
      --merge <merge>: majority, union, intersection
      --to <file> (path)
      --split <parts>
      --seed <number>
      --grouped
      --sentences
      --negatives <share>
      --zones <zones>: headline, standfirst, caption, body, boilerplate, repeat
      --tags <tags>: iob2, iob1, bilou
      --card <file> (path)
      --strict
      """#)
  }

  @Test func `an option is found by its name`() {
    let table = OptionTable(of: AgreeOptions.self)
    #expect(table["--json"]?.value == nil && table["--json"] != nil)
    #expect(table["--help"] == nil && table["json"] == nil)
  }

  /// Every command with options, a line that it cannot read, and what it says.
  @Test func `a command says what it cannot read, and what it can`() {
    let commands: [(any SharedOptions.Type, String)] = [
      (AgreeOptions.self, "--unit page"), (AgreeOptions.self, "--unti word"), (AgreeOptions.self, "--bootstrap many"),
      (CheckOptions.self, "--nonsense"), (CompareOptions.self, "--kind"), (CompareOptions.self, "--lanse"),
      (ExportOptions.self, ""), (ExportOptions.self, "jsonl --merge most"), (ExportOptions.self, "jsonl --split"),
      (LedgerOptions.self, "--annotator"), (StatusOptions.self, "--jsno"), (StatusOptions.self, "--help"),
    ]
    let said = commands.map { type, words in
      let line = words.isEmpty ? type.name : "\(type.name) \(words)"
      do throws(Complaint) {
        _ = try type.read(words)
        return "> \(line)\nread\n"
      } catch {
        return "> \(line)\n\(error.page(line: line).text)"
      }
    }
    expect(
      said.joined(separator: "\n"),
      #"""
      > agree --unit page
        agree --unit page
                     ^^^^
      --unit does not take “page”.
      Choose one of character, word or sentence.

      > agree --unti word
      Unknown option '--unti'. Did you mean '--unit'?
      “help agree” lists the options.

      > agree --bootstrap many
      The value 'many' is invalid for '--bootstrap <resamples>'
      “help agree” lists the options.

      > check --nonsense
      Unknown option '--nonsense'
      “help check” lists the options.

      > compare --kind
      Missing value for '--kind <kind>'
      “help compare” lists the options.

      > compare --lanse
      Unknown option '--lanse'. Did you mean '--lanes'?
      “help compare” lists the options.

      > export
      Missing expected argument '<format>'
      “help export” lists the options.

      > export jsonl --merge most
        export jsonl --merge most
                             ^^^^
      --merge does not take “most”.
      Choose one of majority, union or intersection.

      > export jsonl --split
      Missing value for '--split <parts>'
      “help export” lists the options.

      > ledger --annotator
      Missing value for '--annotator <annotator>'
      “help ledger” lists the options.

      > status --jsno
      Unknown option '--jsno'. Did you mean '--json'?
      “help status” lists the options.

      > status --help
      “help status” lists the options.

      """#)
  }
}
