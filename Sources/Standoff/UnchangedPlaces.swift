extension TextAlignment {
  /// The places of a stretch of old tokens as a whole; several if an insertion or deletion beside it can be read in
  /// several ways (“no no” that became “no no no”).
  struct Images: Equatable {
    /// The start of the stretch at each place.
    var places: [Int] = []
    /// Whether the stretch may also have been deleted.
    var mayBeGone = false
    var isMoved = false
  }

  func images(of tokens: Range<Int>) -> Images {
    var images = Images()
    guard let first = lastRun(startingUpTo: tokens.lowerBound) else { return images }
    let run = runs[first]
    if run.isMoved || tokens.lowerBound >= run.oldEnd && following(first).isMoved {
      if tokens.upperBound <= run.oldEnd {
        images = Images(places: [run.new + tokens.lowerBound - run.old], isMoved: true)
      }
      return images
    }
    if tokens.upperBound <= run.oldEnd {
      let base = run.new + tokens.lowerBound - run.old
      images.places = [base]
      if let hunk = hunksAfter[first], tokens.lowerBound >= hunk.old.lowerBound - hunk.left {
        if hunk.old.isEmpty { images.places.append(base + hunk.new.count) } else { images.mayBeGone = true }
      }
      if let hunk = hunksBefore[first], tokens.upperBound <= hunk.old.upperBound + hunk.right {
        if hunk.old.isEmpty { images.places.append(base - hunk.new.count) } else { images.mayBeGone = true }
      }
      images.places.sort()
      return images
    }
    guard let hunk = hunksAfter[first] else { return images }
    if hunk.old.isEmpty { whole(tokens, putting: hunk, &images) } else { whole(tokens, taking: hunk, &images) }
    return images
  }

  /// Adds the places at which a stretch is whole if an insertion inside it slides to one of its ends.
  private func whole(_ tokens: Range<Int>, putting hunk: Hunk, _ images: inout Images) {
    let place = hunk.old.lowerBound
    guard tokens.upperBound <= hunk.after.oldEnd, tokens.lowerBound < place else { return }
    if tokens.upperBound - place <= hunk.right {
      images.places.append(hunk.new.lowerBound - (place - tokens.lowerBound))
    }
    if place - tokens.lowerBound <= hunk.left {
      images.places.append(hunk.new.upperBound - (place - tokens.lowerBound))
    }
  }

  /// Adds the places at which a stretch is whole if a deletion slides out of it.
  private func whole(_ tokens: Range<Int>, taking hunk: Hunk, _ images: inout Images) {
    let gone = hunk.old
    if tokens.lowerBound >= gone.lowerBound, tokens.upperBound <= gone.upperBound {
      if tokens.lowerBound >= gone.upperBound - hunk.left {
        images.places.append(hunk.new.lowerBound - (gone.upperBound - tokens.lowerBound))
      }
      if tokens.upperBound <= gone.lowerBound + hunk.right {
        images.places.append(hunk.new.lowerBound + tokens.lowerBound - gone.lowerBound)
      }
      images.mayBeGone = true
    } else if tokens.lowerBound >= gone.lowerBound {
      guard tokens.upperBound <= hunk.after.oldEnd, gone.upperBound - tokens.lowerBound <= hunk.left else { return }
      images.places.append(hunk.new.lowerBound - (gone.upperBound - tokens.lowerBound))
    } else if tokens.upperBound <= gone.upperBound {
      guard tokens.upperBound - gone.lowerBound <= hunk.right else { return }
      images.places.append(hunk.new.lowerBound - (gone.lowerBound - tokens.lowerBound))
    }
  }

  private func following(_ index: Int) -> Run { runs[min(index + 1, runs.count - 1)] }
}

/// Tokens inserted or deleted between two runs, and how far their place can slide with the same result.
struct Hunk {
  let old: Range<Int>
  let new: Range<Int>
  let after: TextAlignment.Run
  /// The number of tokens by which it can slide towards the beginning.
  let left: Int
  /// The number of tokens by which it can slide towards the end.
  let right: Int

  /// Finds a pure insertion or deletion between two runs; nil for a replacement.
  init?(
    between before: TextAlignment.Run, and after: TextAlignment.Run, _ oldTokens: [Int32], _ newTokens: [Int32]
  ) {
    guard before.oldEnd <= after.old, before.newEnd <= after.new else { return nil }
    old = before.oldEnd..<after.old
    new = before.newEnd..<after.new
    self.after = after
    guard old.isEmpty != new.isEmpty else { return nil }
    let (text, range) = old.isEmpty ? (newTokens, new) : (oldTokens, old)
    var (left, right) = (0, 0)
    while left < before.count, text[range.lowerBound - 1 - left] == text[range.upperBound - 1 - left] { left += 1 }
    while right < after.count, text[range.upperBound + right] == text[range.lowerBound + right] { right += 1 }
    self.left = left
    self.right = right
  }
}
