import Commands
import LineEditor
import Pages
import Prompt

/// The prompt without a terminal: carries out lines from a pipe or a file.
struct PipeLoop {
  let colour: ColourChoice
  /// Whether to go on after a refused line.
  let keepGoing: Bool

  /// Carries out lines until the input ends or, unless `keepGoing`, a line is refused.
  ///
  /// - Returns: whether a line was refused.
  func run(_ session: inout Session) -> Bool {
    let answers = Screen(colour: .never, stream: .output)
    let complaints = Screen(colour: colour, stream: .error)
    var rest: [UInt8] = []
    var isAtEnd = false
    var fault: Int32?
    var number = 0
    var refused = false
    complaints.show(session.notices)
    session.see()
    var isAhead = true
    while !session.isOver, let bytes = Terminal.nextLine(&rest, &isAtEnd, &fault) {
      number += 1
      guard let line = String(validating: bytes, as: UTF8.self) else {
        complaints.show(Page("Line \(number) is not UTF-8 text."))
        refused = true
        if keepGoing { continue }
        break
      }
      let page = session.decides(line) && isAhead ? Session.unseen.page(line: line) : session.answer(line)
      isAhead = Terminal.hasInput(after: rest)
      guard page.isRefusal else {
        answers.show(page)
        if page.after == .sentence { answers.show(session.plainView) }
        continue
      }
      complaints.show(Page("Line \(number):").followed(by: page))
      refused = true
      if !keepGoing { break }
    }
    if let fault {
      complaints.show(Page("Standard input cannot be read (errno \(fault))."))
      refused = true
    }
    return refused
  }
}
