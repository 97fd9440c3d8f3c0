import Testing

@testable import Standoff

@Suite struct RealignmentTests {
  /// Where the words between ‹ and › in a text stand in another, shown in the same way.
  private func place(_ marked: String, _ new: String) throws -> String {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let old = DocumentText(parts.joined())
    var fragments: [TextRange] = []
    var offset = 0
    for (index, part) in parts.enumerated() {
      let length = part.unicodeScalars.count
      if index % 2 == 1 { fragments.append(TextRange(offset, offset + length)) }
      offset += length
    }
    let text = DocumentText(new)
    switch Realignment(from: old, to: text).place(of: fragments) {
    case .lost: return "lost"
    case .ambiguous(let places): return "ambiguous: " + places.map { "\($0.start)" }.joined(separator: " ")
    case .moved(let ranges, let manner):
      let how =
        switch manner {
        case .exact: "exact"
        case .context: "context"
        case .approximate: "approximate"
        }
      return "\(how): " + ranges.map { text[$0] }.joined(separator: " + ")
    }
  }

  static let notice = "The ferry to Orlo runs again from Monday. Ms. Tarn denied that the pier had sunk in March."

  @Test(arguments: [
    // Words put in, taken out and mended elsewhere.
    ("|Ms. Tarn| denied", "The new ferry to Orlo runs again from Monday. Ms. Tarn denied", "exact: Ms. Tarn"),
    ("the |pier had sunk| in", "Ms. Tarn denied that the pier had sunk in March.", "exact: pier had sunk"),
    // Wrapped anew.
    ("from |Monday. Ms.| Tarn", "again from\nMonday.\n\nMs. Tarn denied", "exact: Monday.\n\nMs."),
    // Edited inside.
    ("|the pier had sunk|", "denied that the old pier had sunk in March.", "approximate: the old pier had sunk"),
    ("that |the pier had sunk in| March", "denied that the pier sunk in March.", "approximate: the pier sunk in"),
    // Edited at its edge.
    ("to |Orlo| runs", "The ferry to Orlow runs again from Monday.", "approximate: Orlow"),
    // Gone.
    ("from |Monday|.", "The ferry to Orlo runs again. Ms. Tarn denied that the pier had sunk in March.", "lost"),
    // Half a word.
    ("f|err|y", "A ferry to Orlo runs again from Monday. Ms. Tarn denied", "exact: err"),
    // In fragments.
    (
      "|Ms. Tarn| denied that |the pier|", "Ms. Tarn now denied that the pier had sunk in March.",
      "exact: Ms. Tarn + the pier"
    ),
  ])
  func `a span goes where its words went`(_ example: (old: String, new: String, place: String)) throws {
    let plain = example.old.replacing("|", with: "")
    let at = try #require(Self.notice.range(of: plain))
    let marked = Self.notice.replacingCharacters(at, with: example.old)
    // What the example leaves out of the new text is as it was.
    #expect(try place(marked, example.new) == example.place)
  }

  @Test func `repeated words beside a change are ambiguous, not guessed`() throws {
    #expect(try place("She said |no| and left.", "She said no no and left.") == "ambiguous: 9 12")
    #expect(try place("She said no |no| and left.", "She said no and left.") == "ambiguous: 9")
    #expect(try place("She said |no no| and left.", "She said no and left.").hasPrefix("exact") == false)
    #expect(try place("No. |No.| No. She left.", "No. No. No. No. She left.").hasPrefix("ambiguous"))
  }

  @Test func `a paragraph cut and pasted takes its spans along`() throws {
    let one = "The mayor of Orlo said that |the pier| was sound and that the harbour would stay open all winter.\n"
    let two = "Residents had complained about the noise of the works since the first week of January.\n"
    let three = "A spokesman for the builders declined to say when the last crane would be taken down.\n"
    let new = (two + three + one).replacing("|", with: "")
    #expect(try place(one + two + three, new) == "context: the pier")
    #expect(try place(two + one + three, new).hasSuffix(": the pier"))
  }

  @Test func `straight quotes made curly keep the quote`() throws {
    #expect(
      try place("He said |\"never again\"| on Monday.", "He said “never again” on Monday.")
        == "approximate: “never again”")
  }

  @Test func `another text takes over nothing`() throws {
    #expect(try place("He said |never again| on Monday.", "Rain is expected in the hills.") == "lost")
  }

  @Test func `a reader has read as far as before and no further`() {
    func read(_ old: String, _ new: String, _ offset: Int) -> String {
      let text = DocumentText(new)
      return text[TextRange(0, Realignment(from: DocumentText(old), to: text).place(ofOffsetRead: offset))]
    }
    let old = "One two three. Four five six."
    #expect(read(old, "One two, and three. Four five six.", 15) == "One two, and three. ")
    #expect(read(old, "One two three. Four five six. Seven eight.", 29) == "One two three. Four five six.")
    #expect(read(old, "Zero one. One two three. Four five six.\n", 29) == "Zero one. One two three. Four five six.\n")
    #expect(read(old, "Zero. One two three. Four five six.", 0) == "")
  }

  @Test func `in made texts every span is where its words are, or said not to be`() {
    var untouched = 0
    var unplaced = 0
    var lost = 0
    for seed in 0..<400 {
      var text = EditedText(
        seed: UInt64(seed), paragraphs: 2 + seed % 9, edits: 1 + seed % 13, hasCopies: seed % 4 == 0)
      let realignment = Realignment(from: text.old, to: text.new)
      for _ in 0..<40 {
        let words = text.stretch(atMost: seed % 2 == 0 ? 12 : 2)
        let place = realignment.place(of: text.oldRange(words))
        if let truth = text.untouched(words) {
          untouched += 1
          switch place {
          case .moved(let found, _):
            // A copy that stands in the very words around the old place is the better place by all that can be known.
            let isBetter =
              text.hasCopies && text.support(of: words, at: found[0]) >= text.support(of: words, at: truth)
            #expect(found == [truth] || isBetter, "\(seed): \(words)")
          case .ambiguous: unplaced += 1
          case .lost: lost += 1
          }
        } else if case .moved(let found, let manner) = place, !text.hasCopies {
          #expect(text.holds(found[0], words), "\(seed): \(words) \(manner)")
        }
      }
    }
    #expect(untouched > 5000)
    #expect(unplaced * 100 < untouched, "\(unplaced) of \(untouched)")
    #expect(lost * 500 < untouched, "\(lost) of \(untouched)")
  }
}

extension String {
  fileprivate func range(of other: String) -> Range<Int>? {
    let (own, sought) = (Array(unicodeScalars), Array(other.unicodeScalars))
    return (0...max(0, own.count - sought.count)).first { own[$0...].starts(with: sought) }
      .map { $0..<$0 + sought.count }
  }

  fileprivate func replacingCharacters(_ range: Range<Int>, with other: String) -> String {
    var scalars = Array(unicodeScalars)
    scalars.replaceSubrange(range, with: Array(other.unicodeScalars))
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
