import Prompt
import Standoff

/// Lines of the prompt that mark a span, and what they cost.
extension Replay {
  /// Word numbers and Enter.
  func numbers(_ span: Annotation) -> Int? {
    guard let key = session.scheme.label(span.label)?.key else { return nil }
    let here = home(span)
    func wording(_ fragment: TextRange, openEnded: Bool) -> String? {
      guard let from = gold.document.sentences.index(at: fragment.start),
        let to = gold.document.sentences.index(at: max(fragment.start, fragment.end - 1)),
        let first = words(of: from).firstIndex(where: { $0.end > fragment.start }),
        let last = words(of: to).lastIndex(where: { $0.start < fragment.end })
      else { return nil }
      if from == here, to == here {
        if openEnded, last == words(of: here).count - 1 { return "\(first + 1)-" }
        return first == last ? "\(first + 1)" : "\(first + 1)-\(last + 1)"
      }
      return from == to ? "\(from + 1):\(first + 1)-\(last + 1)" : "\(from + 1):\(first + 1)-\(to + 1):\(last + 1)"
    }
    var lines = [key]
    for openEnded in [true, false] {
      let parts = span.fragments.map { wording($0, openEnded: openEnded) }
      if parts.allSatisfy({ $0 != nil }) { lines.append(key + parts.compactMap(\.self).joined(separator: " + ")) }
    }
    return lines.compactMap { line in marks(line, span).map { line.count + 1 + $0 } }.min()
  }

  /// The words themselves, completed where that is shorter, and Enter.
  func typed(_ span: Annotation) -> Int? {
    guard let key = session.scheme.label(span.label)?.key else { return nil }
    var best: Int?
    func offer(_ line: String, _ cost: Int) {
      guard cost < best ?? .max, let more = marks(line, span) else { return }
      best = min(best ?? .max, cost + more)
    }
    offer(key, 2)
    for (startWords, endWords) in [(1, 0), (1, 1), (2, 0), (2, 1), (1, 2), (2, 2), (3, 0), (3, 1), (3, 2)] {
      var line = key + " "
      var cost = line.count
      var isWhole = true
      for (index, fragment) in span.fragments.enumerated() {
        if index > 0 {
          line += line.hasSuffix(" ") ? "+ " : " + "
          cost += 3
        }
        let inside = Words.ranges(in: fragment, of: text)
        guard startWords <= inside.count, startWords + endWords <= inside.count || inside.count == startWords else {
          isWhole = false
          break
        }
        cost += type(inside.prefix(startWords).map { text[$0] }, &line)
        if inside.count > startWords {
          line += ".."
          cost += 2
          if endWords == 0 {
            line += "$"
            cost += 1
          } else {
            cost += type(inside.suffix(endWords).map { text[$0] }, &line)
          }
        }
      }
      if isWhole { offer(line, cost + 1) }
    }
    return best
  }

  /// Types words at the end of a line, each completed with Tab as soon as that is shorter.
  ///
  /// - Returns: the keys.
  private func type(_ words: [String], _ line: inout String) -> Int {
    var cost = 0
    for (index, word) in words.enumerated() {
      if index > 0, !line.hasSuffix(" ") {
        line += " "
        cost += 1
      }
      let letters = Array(word)
      var typed = letters.count
      var isCompleted = false
      for length in 1..<max(2, letters.count - 1) where length < letters.count {
        let completion = Completion(line + String(letters[..<length]), in: session)
        if completion.candidates.map(\.text) == [word] {
          typed = length + 1
          isCompleted = true
          break
        }
      }
      line += word + (isCompleted ? " " : "")
      cost += typed
    }
    return cost
  }
}
