import Pages
import Prompt
import PseudoTerminals

/// Edits without a terminal: what durability costs.
struct Edits {
  private let corpus: Corpus
  private let repetitions: Int

  init(_ corpus: Corpus, repetitions: Int) {
    self.corpus = corpus
    self.repetitions = repetitions
  }

  func measure() throws {
    var opening: [Double] = []
    for _ in 0..<5 {
      let start = PseudoTerminal.now
      var session = try open()
      opening.append(PseudoTerminal.now - start)
      _ = session.close()
    }
    report("storage", case: corpus.size.name, "open", times: opening)
    var session = try open()
    var edits: [Double] = []
    for index in 0..<repetitions {
      let line = index % 2 == 0 ? "s 1-2" : "u"
      let start = PseudoTerminal.now
      let page = session.answer(line)
      edits.append(PseudoTerminal.now - start)
      precondition(!page.isRefusal, page.text)
    }
    report("storage", case: corpus.size.name, "durable-edit", times: edits)
    let start = PseudoTerminal.now
    _ = session.close()
    report("storage", case: corpus.size.name, "close", PseudoTerminal.now - start, unit: "s")
  }

  private func open() throws(Complaint) -> Session {
    try Session(
      in: corpus.workspace, document: "text", annotator: Corpus.annotator, canAsk: false, me: "the benchmark"
    ) { Corpus.time }
  }
}
