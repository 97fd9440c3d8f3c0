import ArgumentParser
import Pages
package import Standoff

/// Help, made from the commands' own declarations and the scheme's own words.
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
    page.append("help words: how words are named · help LABEL: its rules · help guideline: all rules", .dim)
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

  /// What the shell's help says of a command's arguments, without the line on usage.
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

  /// The ways to name words; with an example of each that is typed after a label's key.
  static let selections: [(form: String, meaning: String)] = [
    ("3-9", "words 3 to 9 of this sentence; 3 one word; 3- from word 3 to the sentence's end"),
    ("5:  5:3-9  5:3-6:2", "sentence 5; words 3 to 9 of it; across sentences"),
    ("baseless", "the words themselves: here if they stand here once, else the only place in the document"),
    ("ready for..Ukraine", "from the first words to the nearest last words in the paragraph"),
    ("we deny..$", "from the words to the sentence's end"),
    ("drones/2", "the second place"),
    ("\"3-9\"", "in straight quotes words are literal"),
    ("3-7 + 12-15", "fragments of one span, in numbers or in words"),
    ("we deny..$ < Iran < said > #2", "with the source, the cue and the target: words, #N, or - for none"),
    ("@120-161", "code points of the text, from 0, the end not included"),
  ]

  private static var words: Page {
    var page = Page()
    page.append("Words are named after a label's key, such as c 3-9, by", .bold)
    for (form, meaning) in selections {
      let pad = String(repeating: " ", count: max(2, 22 - DisplayWidth.width(form)))
      page.append("  \(form)\(pad)\(meaning)", indent: 24)
    }
    page.append(
      "A selection covers from the first word's start to the last word's end. If that is what stands between a pair "
        + "of quotation marks it takes both marks; a mark at one edge whose partner lies inside is taken too, with a "
        + "comma or full stop before a closing one. The final full stop is left out.")
    page.append(
      "Spans are named by their numbers; “.” is the one marked last that says something (. > 2, set . about drones), "
        + "and “=” repeats a value (by . =).")
    return page
  }

  /// The table of verbs for the README.
  package static func markdown(_ scheme: Scheme) -> String {
    var text = "| typed | does |\n|---|---|\n"
    for command in Verbs.all(scheme) {
      let examples = command.examples.map { "`\($0)`" }.joined(separator: " ")
      text += "| \(examples) | \(command.summary) |\n"
    }
    return text
  }

  /// The table of selections for the README.
  package static var selectionsMarkdown: String {
    "| words | meaning |\n|---|---|\n" + selections.map { "| `\($0.form)` | \($0.meaning) |\n" }.joined()
  }
}
