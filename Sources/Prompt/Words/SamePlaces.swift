import Comparison
import Standoff

/// The other places of a span's words in a text.
struct SamePlaces {
  /// The places where a span of this label may be marked, in reading order.
  private(set) var free: [TextRange] = []
  /// The number of places where it is marked already.
  private(set) var taken = 0

  /// - Parameters:
  ///   - words: the words as they stand in some text.
  ///   - isOpening: whether they open a sentence there, which alone may have given them a capital.
  ///   - set: the annotations of the text that is searched.
  init(of words: String, isOpening: Bool, label: String, in document: Document, _ set: AnnotationSet?) {
    let leftOut = document.leftOut()
    let places = TextSearch(text: document.text).allAlike(words, in: document.text.range)
    for place in places where !place.lies(in: leftOut) {
      let opens = document.sentences.index(at: place.start).map { document.sentences[$0].start == place.start } ?? false
      let found = String(document.text[place])
      guard Self.isSame(words, found, maySwitch: isOpening || opens) else { continue }
      if set?.spans.contains(where: { $0.label == label && $0.fragments == [place] }) == true {
        taken += 1
      } else {
        free.append(place)
      }
    }
  }

  /// Whether texts are the same but for the case of the first letter, where that may differ, and for glyphs that have
  /// no case.
  private static func isSame(_ one: String, _ other: String, maySwitch: Bool) -> Bool {
    func hasCase(_ character: Character) -> Bool { character.isUppercase || character.isLowercase }
    let (a, b) = (one.filter(hasCase), other.filter(hasCase))
    guard a != b else { return true }
    return maySwitch && a.dropFirst() == b.dropFirst() && a.first?.lowercased() == b.first?.lowercased()
  }
}
