import ArgumentParser
import Pages
import Reports
package import Standoff

/// The help at the prompt, made from the declarations of the verbs and from the scheme.
package enum Help {
  /// The topics, besides the rules' numbers.
  static func topics(_ scheme: Scheme) -> [String] {
    Verbs.all(scheme).flatMap(\.names) + ["verbs", "words", "guideline"] + scheme.attributes.map(\.name)
  }

  static func page(_ topic: String?, _ scheme: Scheme) throws(Complaint) -> Page {
    guard let topic else { return overview(scheme) }
    let words = topic.split(whereSeparator: \.isWhitespace).map(String.init)
    let number = words.last.flatMap { Int($0) }
    guard words.count == 1 || words.count == 2 && number != nil else {
      throw Complaint("help takes one topic.", "“help” lists the topics.", culprit: topic)
    }
    switch words[0] {
    case "verbs": return allVerbs(scheme)
    case "words": return Self.words
    case "guideline" where number == nil:
      return GuidelinePage.rules(scheme.guideline, of: "The guideline of \(scheme.name) \(scheme.version)")
    default: break
    }
    if let number {
      let label = scheme.label(words[0])
      if label != nil || words[0] == "guideline" || words.count == 1 {
        return try rule(
          number, among: scheme.guideline.filter { rule in label.map { rule.labels.contains($0.name) } ?? true }, words)
      }
    }
    if let label = scheme.label(words[0]) { return page(of: label, scheme) }
    if let verb = Verbs.verb(words[0], scheme) { return page(of: verb) }
    if let attribute = scheme.attribute(words[0]) { return page(of: attribute) }
    let guess = didYouMean(words[0], among: topics(scheme))
    throw Complaint("There is no help on “\(topic)”.\(guess)", "“help” lists the topics.", culprit: topic)
  }

  private static func rule(_ number: Int, among rules: [Scheme.Rule], _ words: [String]) throws(Complaint) -> Page {
    guard let rule = rules.first(where: { $0.number == number }) else {
      let of = words.count == 2 && words[0] != "guideline" ? " for \(words[0])" : ""
      throw Complaint(
        "There is no rule \(number)\(of).",
        rules.isEmpty
          ? "“help guideline” shows all rules."
          : "Choose one of \(Complaint.list(rules.map { String($0.number) }, "or")).",
        culprit: String(number))
    }
    return GuidelinePage.rules([rule], of: "Rule \(number)")
  }

  /// What fits one screen: how to begin, and the verbs of each group by name.
  private static func overview(_ scheme: Scheme) -> Page {
    var page = Page()
    let verbs = Verbs.all(scheme)
    for group in Verb.Group.allCases {
      let names = verbs.filter { $0.group == group }.map { verb in
        scheme.label(verb.name).map { "\(verb.name) \($0.name)" } ?? verb.usage
      }
      page.lines.append(
        Page.Line([Page.Run("\(group.rawValue): ", .bold), Page.Run(names.joined(separator: " · "))], indent: 2))
    }
    page.append("Every line is saved when it is answered; “u” takes it back. An empty line goes on.")
    let example = scheme.labels.first { $0.kind == .content }.map { Verbs.tagging($0).examples.last ?? "" } ?? ""
    page.append("Try: \(example)   (“help words” explains it)")
    page.append(
      "help VERB · help LABEL: its rules · help about: an attribute · help guideline 5: one rule · help words · help verbs: every verb explained",
      .dim, indent: 2)
    return page
  }

  private static func allVerbs(_ scheme: Scheme) -> Page {
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

  /// What fits one screen: the label, its attributes and relations, and the beginning of each rule on it.
  private static func page(of label: Scheme.Label, _ scheme: Scheme) -> Page {
    var page = Page()
    let verb = Verbs.tagging(label)
    page.append("\(verb.usage) – \(label.description)", .bold, indent: 2)
    for example in verb.examples { page.append("  > \(example)") }
    let attributes = scheme.attributes(of: label.name).map { attribute in
      attribute.name + (attribute.values.map { " (\($0.joined(separator: ", ")))" } ?? "")
    }
    if !attributes.isEmpty { page.append("  set: \(attributes.joined(separator: " · "))", indent: 4) }
    let relations = scheme.relations.filter { $0.from.contains(label.name) }.map { relation in
      "\(relation.name) \(Complaint.list(relation.to, "or"))\(relation.absent ? " or -" : "")"
    }
    if !relations.isEmpty { page.append("  link: \(relations.joined(separator: " · "))", indent: 4) }
    let rules = scheme.guideline.filter { $0.labels.contains(label.name) }
    guard let first = rules.first else { return page }
    for rule in rules { page.append(beginning(of: rule), indent: 4) }
    page.append(
      "“help \(label.name) \(first.number)” shows a rule whole, with a right and a wrong example; “help about” an attribute.",
      .dim, indent: 2)
    return page
  }

  /// The first sentence of a rule, cut to a line of 80 columns.
  private static func beginning(of rule: Scheme.Rule) -> String {
    let sentence = rule.text.prefix { $0 != "." && $0 != ";" }
    var line = "\(rule.number). "
    for word in sentence.split(separator: " ") {
      guard DisplayWidth.width(line) + DisplayWidth.width(String(word)) < 77 else { return line + "…" }
      line += (line.hasSuffix(" ") ? "" : " ") + word
    }
    return line + "."
  }

  private static func page(of attribute: Scheme.Attribute) -> Page {
    var page = Page()
    page.append("\(attribute.name), of \(Complaint.list(attribute.labels, "or"))", .bold)
    page.append("  \(attribute.description)", indent: 2)
    if let values = attribute.values { page.append("  Values: \(Complaint.list(values, "or")).", indent: 2) }
    let example = attribute.values?.first ?? (attribute.name == "about" ? "drones" : "\"Ada Lund\"")
    page.append("  > set 4 \(attribute.name) \(example)")
    page.append("  > d it had..$ < Kremlin < said \(attribute.name)=\(example)")
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
