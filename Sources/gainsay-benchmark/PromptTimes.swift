import PseudoTerminals
import Storage

/// The real program at a pseudo-terminal: how long a person waits.
struct Prompt {
  private let corpus: Corpus
  private let repetitions: Int
  private let name: String

  /// - Parameter name: the name of the case; nil for the corpus's size.
  init(_ corpus: Corpus, repetitions: Int, name: String? = nil) {
    self.corpus = corpus
    self.repetitions = repetitions
    self.name = name ?? corpus.size.name
  }

  /// From the start of the process to the prompt.
  func measureStartup() throws {
    var times: [Double] = []
    for _ in 0..<repetitions {
      let start = PseudoTerminal.now
      let terminal = try open()
      times.append(PseudoTerminal.now - start)
      try close(terminal)
    }
    report("startup", case: name, "start-to-prompt", times: times)
  }

  /// From the Enter of a line to the next prompt, and from a key to its echo.
  func measureAnswers() throws {
    let terminal = try open()
    var keys: [Double] = []
    var answers: [String: [Double]] = [:]
    for _ in 0..<repetitions {
      for (name, line) in [("walk", ""), ("tag", "s 1-2"), ("find", "find wrote on"), ("undo", "u")] {
        for character in line {
          let start = PseudoTerminal.now
          try terminal.send(String(character))
          try terminal.expect(String(character))
          keys.append(PseudoTerminal.now - start)
        }
        let start = PseudoTerminal.now
        try terminal.send("\r")
        try terminal.expect("> ")
        answers[name, default: []].append(PseudoTerminal.now - start)
      }
    }
    try close(terminal)
    report("prompt", case: name, "key-to-echo", times: keys)
    for (line, times) in answers.sorted(by: { $0.key < $1.key }) {
      report("prompt", case: name, "enter-to-prompt-\(line)", times: times)
    }
  }

  /// From a key in the selector to the end of the redraw, suggestions shown and learning going on.
  func measureSelector() throws {
    let terminal = try open()
    try terminal.send("suggest\rv\r")
    try terminal.expect("Esc leaves")
    try terminal.expect("\u{1B}[?25h")
    var times: [String: [Double]] = [:]
    for _ in 0..<repetitions {
      for (name, keys) in [
        ("move", ["\u{1B}f", "\u{1B}f", "\u{1}"]), ("hint", ["s", "a", "s"]), ("undo", ["u"]), ("walk", ["n"]),
      ] {
        for key in keys {
          let start = PseudoTerminal.now
          try terminal.send(key)
          try terminal.expect("\u{1B}[?25h")
          times[name, default: []].append(PseudoTerminal.now - start)
        }
      }
    }
    try terminal.send("\u{4}")
    try terminal.expect("> ")
    try close(terminal)
    for (key, times) in times.sorted(by: { $0.key < $1.key }) {
      report("prompt", case: name, "selector-\(key)", times: times)
    }
  }

  private func open() throws -> PseudoTerminal {
    let program = Paths.join(Paths.split(CommandLine.arguments[0]).folder, "gainsay")
    let terminal = try PseudoTerminal(
      program, ["annotate", "text", "--as", Corpus.annotator, "-C", corpus.workspace.root],
      environment: ["TERM": "xterm", "HOME": corpus.workspace.root, "PATH": "/usr/bin:/bin"])
    try terminal.expect("> ")
    return terminal
  }

  private func close(_ terminal: PseudoTerminal) throws {
    try terminal.send("quit\r")
    _ = try terminal.wait()
  }
}
