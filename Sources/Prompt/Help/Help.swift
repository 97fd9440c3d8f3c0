import ArgumentParser
import Pages
package import Standoff

/// The help at the prompt, made from the declarations of the verbs and from the scheme.
package enum Help {
  static func page(_ topic: String?, _ scheme: Scheme) throws(Complaint) -> Page {
    guard let topic else { return overview(scheme) }
    switch topic {
    case "words": return words
    case "guideline": return rules(scheme.guideline, of: "The guideline of \(scheme.name) \(scheme.version)")
    default: break
    }
    if let label = scheme.label(topic) { return page(of: label, scheme) }
    if let verb = Verbs.verb(topic, scheme) { return page(of: verb) }
    if let rule = Int(topic), let found = scheme.guideline.first(where: { $0.number == rule }) {
      return rules([found], of: "Rule \(rule)")
    }
    let topics = Verbs.all(scheme).flatMap(\.names) + ["words", "guideline"]
    let guess = didYouMean(topic, among: topics)
    throw Complaint("There is no help on “\(topic)”.\(guess)", "“help” lists the verbs.", culprit: topic)
  }

  private static func overview(_ scheme: Scheme) -> Page {
    var page = Page()
    let commands = Verbs.all(scheme)
    let widest = commands.map { DisplayWidth.width($0.usage) }.filter { $0 <= 24 }.max() ?? 0
    for group in Verb.Group.allCases {
      page.append(group.rawValue, .bold)
      for command in commands where command.group == group {
        let pad = String(repeating: " ", count: max(1, widest + 2 - DisplayWidth.width(command.usage)))
        page.append("  \(command.usage)\(pad)\(command.summary)", indent: widest + 4)
      }
    }
    page.append("help words: how to name words · help LABEL: its rules · help guideline: all rules", .dim)
    return page
  }

  private static func page(of verb: Verb) -> Page {
    var page = Page()
    page.append(verb.usage, .bold)
    page.append("  \(verb.summary)", indent: 2)
    for example in verb.examples { page.append("  > \(example)") }
    switch verb.name {
    case "v": page.lines += SpanSelector.help.lines
    default: if let options = verb.options { page.lines += self.options(options.helpMessage(columns: 78)) }
    }
    return page
  }

  /// The arguments and options from the shell command's help, without its usage line.
  private static func options(_ help: String) -> [Page.Line] {
    let start = help.range(of: "ARGUMENTS:")?.lowerBound ?? help.startIndex
    return Page(help[start...].trimmingBlanks()).lines
  }

  private static func page(of label: Scheme.Label, _ scheme: Scheme) -> Page {
    var page = page(of: Verbs.tagging(label))
    page.append("  \(label.description)", indent: 2)
    for attribute in scheme.attributes(of: label.name) {
      let values = attribute.values.map { " (\($0.joined(separator: ", ")))" } ?? ""
      page.append("  set: \(attribute.name)\(values). \(attribute.description)", indent: 4)
    }
    for relation in scheme.relations where relation.from.contains(label.name) {
      page.append(
        "  link: \(relation.name), to \(Complaint.list(relation.to, "or"))\(relation.absent ? " or -" : ""). "
          + relation.description, indent: 4)
    }
    return page.followed(by: rules(scheme.guideline.filter { $0.labels.contains(label.name) }, of: "Rules"))
  }

  private static func rules(_ rules: [Scheme.Rule], of title: String) -> Page {
    var page = Page()
    page.append(title, .bold)
    for rule in rules {
      page.append("\(rule.number). \(rule.text)", indent: 3)
      page.append("   right: \(rule.right)", Page.Style(colour: .green), indent: 10)
      page.append("   wrong: \(rule.wrong)", Page.Style(colour: .red), indent: 10)
    }
    return page
  }

  /// The ways to name words, and what each means.
  static let selections: [(form: String, meaning: String)] = [
    ("3-9", "words 3 to 9 of this sentence; 3: one word; 3-: from word 3 to the sentence's end"),
    ("5:  5:3-9  5:3-6:2", "sentence 5; words 3 to 9 of it; across sentences"),
    ("is baseless", "the words themselves; punctuation between them does not matter"),
    ("ready for..Ukraine", "from the first words to the nearest last words in the paragraph"),
    ("7:ruling  4:there..6:2", "words of sentence 7; from words of sentence 4 to word 2 of sentence 6"),
    ("we deny..$", "from the words to the sentence's end"),
    ("drones/2", "the second match"),
    ("\"3-9\"", "straight quotes: the words exactly as typed"),
    ("3-7 + 12-15", "a span with gaps, its fragments given as numbers or as words"),
    ("we deny..$ < Iran < said > #2", "with source, cue and target: words, #N, or - for none"),
    ("@120-161", "offsets in code points, from 0; the end is exclusive"),
  ]

  private static var words: Page {
    var page = Page()
    page.append("After a label's key, as in c 3-9, name words by", .bold)
    for (form, meaning) in selections {
      let pad = String(repeating: " ", count: max(2, 22 - DisplayWidth.width(form)))
      page.append("  \(form)\(pad)\(meaning)", indent: 24)
    }
    page.append(
      "A selection runs from the start of the first word to the end of the last. If it is all that a pair of quotation "
        + "marks encloses, it includes both marks. A mark just outside is included if its partner is inside, with any "
        + "comma or full stop before it. The sentence's full stop is left out.")
    page.append(
      "Spans are named by number. “.” is the last content span marked, such as a claim (. > 2, set . about drones); "
        + "“=” repeats a value (by . =).")
    return page
  }

  /// The README's table of verbs.
  package static func markdown(_ scheme: Scheme) -> String {
    var text = "| typed | does |\n|---|---|\n"
    for verb in Verbs.all(scheme) {
      // A bar would end the cell, in code as well.
      let examples = verb.examples.map { "`\($0.replacing("|", with: "\\|"))`" }.joined(separator: " ")
      text += "| \(examples) | \(verb.summary) |\n"
    }
    return text
  }

  /// The README's table of selections.
  package static var selectionsMarkdown: String {
    "| words | meaning |\n|---|---|\n" + selections.map { "| `\($0.form)` | \($0.meaning) |\n" }.joined()
  }
}
