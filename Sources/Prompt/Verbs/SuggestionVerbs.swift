import Commands
import Comparison
import Pages
import Standoff
import Storage
import Suggestion

extension Verbs {
  static let suggestions: [Verb] = [
    Verb(
      names: ["suggest"], group: .suggest,
      parameters: [Parameter(.words, "all, off, --model FILE, --at-least SHARE, --with COMMAND", optional: true)],
      summary:
        "with each sentence, show what might be tagged and why, learning from your spans; “suggest all” lists the whole "
        + "document's, --model uses what “gainsay learn” has kept, --at-least hides what is less sure, --with asks another "
        + "program too, for 30 seconds or as long as --timeout says",
      examples: [
        "suggest", "suggest all", "suggest --at-least 0.6",
        "suggest --with \"python3 names.py\"",
        "suggest --timeout 120 --with \"python3 names.py\"",
        "suggest off",
      ]
    ) { (session, arguments) throws(Complaint) in try session.suggest(arguments.text(0)) },
    Verb(
      names: ["a"], group: .suggest, parameters: [Parameter(.suggestion, "#N, LABEL or WORDS", optional: true)],
      summary: "accept the first suggestion, or #N; optionally with another label or other words",
      examples: ["a", "a #2", "a claim", "a 2-9"]
    ) { (session, arguments) throws(Complaint) in try session.accept(arguments.text(0)) { "a \($0)" } },
    Verb(
      names: ["r"], group: .suggest, parameters: [Parameter(.suggestion, "#N", optional: true)],
      summary: "decline the first suggestion, or #N, for good", examples: ["r", "r #2"]
    ) { (session, arguments) throws(Complaint) in try session.refuse(arguments.text(0)) },
    Verb(
      names: ["A"], group: .suggest, parameters: [Parameter(.label, "LABEL")],
      summary: "show all suggestions of a label in the document; the same line again accepts them all",
      examples: ["A quote"]
    ) { (session, arguments) throws(Complaint) in
      guard case .label(let label)? = arguments[0] else { throw Complaint("A label is missing.") }
      return try session.acceptAll(label)
    },
  ]
}

extension Session {
  fileprivate mutating func suggest(_ word: String?) throws(Complaint) -> Page {
    guard suggesting.isAllowed || word == "off" else {
      throw Complaint("Suggestions are off for this assignment.", "Mark what you find yourself.")
    }
    switch word {
    case nil:
      var page = turnOn()
      if openSuggestions.isEmpty { page.append(noneHere) }
      page.after = .sentence
      return page
    case "off":
      suggesting.isOn = false
      suggesting.background.endProgram()
      return Page("Suggestions are off.")
    case let word? where word.hasPrefix("--model"):
      let path = Parameter.unquoted(word.dropFirst("--model".count).trimmingBlanks())
      guard !path.isEmpty else { throw Complaint("A file is missing.", "Write suggest --model desk.model.") }
      let kept = try KeptModels.read(path, workspace.wholeDisk)
      guard kept.labels.contains(where: { scheme.label($0) != nil }) else {
        throw Complaint(
          "\(path) knows \(Complaint.list(kept.labels)); the scheme “\(scheme.name)” has none of these.",
          "“gainsay learn --map” gives a model's labels other names.", culprit: path)
      }
      suggesting.kept = kept
      var page = turnOn()
      page.append("The model “\(kept.name)” of \(counted(kept.documents, "document")) suggests, too.")
      page.after = .sentence
      return page
    case let word? where word.hasPrefix("--at-least"):
      let value = word.dropFirst("--at-least".count).trimmingBlanks()
      guard let floor = Double(value), (0...1).contains(floor) else {
        throw Complaint("--at-least takes a share from 0 to 1.", "Write suggest --at-least 0.6.", culprit: value)
      }
      suggesting.floor = floor
      var page = turnOn()
      if openSuggestions.isEmpty { page.append(noneHere) }
      page.after = .sentence
      return page
    case let word? where word.hasPrefix("--with") || word.hasPrefix("--timeout"):
      return try askProgram(word)
    case "all":
      var page = turnOn()
      let all = allSuggestions()
      for (index, suggestion) in all {
        page.append("\(index + 1): \(described(suggestion))", style(ofLabel: suggestion.label), indent: 4)
      }
      if all.isEmpty { page.append("There are no suggestions for this document.") }
      return page
    default:
      throw Complaint(
        "“suggest” does not take “\(word ?? "")”.",
        "“suggest” turns suggestions on, “suggest off” off; “suggest all” lists them.",
        culprit: word)
    }
  }

  /// Turns suggestions on.
  private mutating func turnOn() -> Page {
    let page = takeOwnModel()
    suggesting.isOn = true
    learn()
    return page
  }

  /// Takes the workspace's own model, unless there is a model already.
  ///
  /// - Returns: why it cannot be read; nothing else.
  mutating func takeOwnModel() -> Page {
    guard suggesting.kept == nil else { return Page() }
    do throws(Complaint) {
      suggesting.kept = try KeptModels.own(of: workspace, for: scheme)
      return Page()
    } catch {
      var page = error.page
      page.append("Suggestions go on without it.")
      return page
    }
  }

  /// The seconds that a program has, unless the line says otherwise.
  private static let programTime = 30

  /// - Parameter options: `--with COMMAND`, which goes on to the end of the line, after an optional `--timeout SECONDS`.
  private mutating func askProgram(_ options: String) throws(Complaint) -> Page {
    let words = options.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
    var seconds = Self.programTime
    var rest = options
    if words[0] == "--timeout" {
      let example = "Write suggest --timeout 120 --with \"python3 names.py\"."
      guard words.count > 1, let number = Int(words[1]), (1...86_400).contains(number) else {
        throw Complaint("--timeout takes a number of seconds, from 1 to 86400.", example)
      }
      guard words.count == 3 else { throw Complaint("--with and a command are missing.", example) }
      seconds = number
      rest = words[2]
    }
    guard rest.hasPrefix("--with ") || rest == "--with" else {
      throw Complaint("“suggest” does not take “\(rest)”.", "Write suggest --with \"python3 names.py\".", culprit: rest)
    }
    let command = Parameter.unquoted(rest.dropFirst("--with".count).trimmingBlanks())
    guard !command.isEmpty else {
      throw Complaint("COMMAND is missing.", "Write suggest --with \"python3 names.py\".")
    }
    guard !suggesting.background.isRunningProgram else {
      throw Complaint("A program is already running.", "“suggest off” ends it.")
    }
    suggesting.isOn = true
    let (document, set) = (document, set)
    let (background, time) = (suggesting.background, seconds)
    background.runProgram(waiting: !canAsk) {
      SuggesterProgram.run(command, document, set, within: time) { background.note(process: $0) }
    }
    if canAsk { return Page("The program is running; its suggestions come with a later answer.") }
    let result = suggesting.background.takeFromProgram()
    if case .failure(let complaint)? = result { throw complaint }
    if case .success(let found)? = result { suggesting.fromProgram = found }
    var page = Page("The program suggests \(counted(suggesting.fromProgram.count, "span")).")
    page.after = .sentence
    return page
  }

  /// Every suggestion once, with the first sentence that it is in.
  private func allSuggestions() -> [(sentence: Int, suggestion: Suggestion)] {
    var all: [(Int, Suggestion)] = []
    for index in 0..<document.sentences.count {
      for suggestion in openSuggestions(in: index)
      where document.sentences.index(at: suggestion.hull.start) == index {
        all.append((index, suggestion))
      }
    }
    return all
  }

  private var noneHere: String {
    guard let next = nextSuggestion else {
      return "No suggestions here or in the next \(counted(sentencesAhead, "sentence"))."
    }
    return "No suggestions here; the next is in sentence \(next + 1)."
  }

  /// The suggestion that an argument names, and the argument's rest after its number.
  private func suggestion(_ argument: String?) throws(Complaint) -> (Suggestion, rest: String) {
    guard suggesting.isOn else {
      throw Complaint("Suggestions are off.", "“suggest” turns them on.")
    }
    let open = openSuggestions
    guard !open.isEmpty else { throw Complaint(noneHere) }
    guard let argument, argument.hasPrefix("#") else { return (open[0], argument ?? "") }
    let digits = argument.dropFirst().prefix { $0.isNumber }
    guard let number = Int(digits), number >= 1, number <= open.count else {
      throw Complaint(
        "There is no suggestion \(argument).",
        open.count == 1 ? "There is only #1." : "There are #1 to #\(open.count).",
        culprit: argument)
    }
    return (open[number - 1], argument.dropFirst(digits.count + 1).trimmingBlanks())
  }

  fileprivate mutating func accept(_ argument: String?, line: (String) -> String) throws(Complaint) -> Page {
    let (offered, rest) = try suggestion(argument)
    var suggestion = offered
    if let label = scheme.label(rest) {
      suggestion.label = label.name
      (suggestion.denied, suggestion.denial) = (nil, nil)
    } else if !rest.isEmpty {
      let place = argument?.hasPrefix("#") == true ? argument?.prefix { !$0.isWhitespace }.description : nil
      suggestion.fragments = try selector.fragments(rest) {
        line([place, $0].compactMap(\.self).joined(separator: " "))
      }
    }
    var draft = EditDraft(set, at: now)
    let id = try take(suggestion, in: &draft)
    // A suggestion that was corrected is answered: it is not made again.
    if suggestion != offered, let edit = draft.set.declining(SpanKey(offered)) { try draft.add(edit) }
    let takenOver = try takeOver(id, ChainSyntax("", isAttribute: { _ in false }), in: &draft)
    if scheme.label(suggestion.label)?.kind == .content { lastContent = id }
    var page = try commit(draft, showing: id)
    for sentence in takenOver { page.append(sentence) }
    return page
  }

  /// Adds the span with its source and cue, unless these are marked already, and with what it has to do with other spans.
  private func take(_ suggestion: Suggestion, in draft: inout EditDraft) throws(Complaint) -> Int {
    let origin = ["suggestedBy": suggestion.suggester]
    let id = try draft.addSpan(suggestion.label, suggestion.fragments, origin: origin)
    for (range, kind) in [(suggestion.source, Scheme.Label.Kind.source), (suggestion.cue, .cue)] {
      guard let range, let part = scheme.part(kind, of: suggestion.label) else { continue }
      // The person's own marks come first.
      let own = draft.set.spans.first { $0.label == part.label.name && $0.covers(anyOf: range) }
      let target: Int
      if let own { target = own.id } else { target = try draft.part(part.label.name, [range], origin: origin) }
      try draft.relate(part.relation.name, id, to: .span(target))
      if kind == .source, let speaker = suggestion.speaker, !speaker.isGuess,
        draft.set.span(target)?.attributes[EffectiveSpeakers.attribute] == nil
      {
        try draft.change(target) { $0.attributes[EffectiveSpeakers.attribute] = speaker.name }
      }
    }
    for (denial, claim) in [(id, suggestion.denied), (suggestion.denial, id)] {
      guard let denial, let claim else { continue }
      try draft.relate("denies", denial, to: .span(claim))
    }
    return id
  }

  fileprivate mutating func refuse(_ argument: String?) throws(Complaint) -> Page {
    let (suggestion, rest) = try suggestion(argument)
    guard rest.isEmpty else { throw Complaint("“\(rest)” is one word too many.", "Write r #2.", culprit: rest) }
    let declined = DeclinedSpan(SpanKey(suggestion))
    guard let edit = set.declining(declined.key) else { throw Complaint("That suggestion is already declined.") }
    var page = try commit(edit)
    page.append("Declined for good: \(described(declined))", indent: 2)
    return page
  }

  fileprivate mutating func acceptAll(_ label: Scheme.Label) throws(Complaint) -> Page {
    suggesting.isOn = true
    guard let shown = suggesting.shownForAll, shown.first?.label == label.name else {
      let all = allSuggestions().filter { $0.suggestion.label == label.name }
      guard !all.isEmpty else { throw Complaint("There are no suggestions of \(label.name) in this document.") }
      suggesting.shownForAll = all.map(\.suggestion)
      var page = Page()
      for (index, suggestion) in all {
        page.append("\(index + 1): \(described(suggestion))", style(ofLabel: label.name), indent: 4)
      }
      page.append("A second “A \(label.name)” marks all \(all.count) as one edit, which “u” undoes.")
      return page
    }
    suggesting.shownForAll = nil
    var draft = EditDraft(set, at: now)
    for suggestion in shown { _ = try take(suggestion, in: &draft) }
    var page = try commit(draft.edit)
    page.append("+ \(counted(shown.count, label.name)) as suggested", style(ofLabel: label.name))
    return page
  }

  func style(ofLabel name: String) -> Page.Style { Page.Style(colour: scheme.label(name)?.colour) }
}
