/// Words that the prompt keeps for itself.
extension Scheme {
  /// The verbs of the prompt, including planned ones, which no label may have as its name or key.
  public static let reservedWords: Set<String> = [
    "n", "p", "g", "find", "v", "x", "e", "u", "undo", "redo", "<", ">", "link", "unlink", "set", "by", "note",
    "doubt", "suggest", "a", "r", "A", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "+", "|", "&", "agreed",
    "rest", "settle", ".", "show", "list", "log", "all", "help", "?", "done", "done!", "undone", "next", "open",
    "status", "agree", "compare", "adjudicate", "ledger", "export", "check", "quit", "exit", "report", "realign",
    "assign", "import", "add", "init", "review", "tally", "schema", "rename", "ask", "answer", "set doc", "note doc",
    "zones",
    "zone",
  ]
}
