import Comparison
import Pages

/// Why nobody can be compared, and the way out.
struct NothingToCompare {
  /// Those with annotations that count.
  let annotators: [String]
  let omissions: [Omission]

  var page: Page {
    let waiting = Set(omissions.map(\.annotator)).sorted()
    let done = annotators.filter { !waiting.contains($0) }
    if !waiting.isEmpty, waiting.count + done.count > 1 {
      let (verb, them) = waiting.count == 1 ? ("is", waiting[0]) : ("are", "them")
      return Page(
        "Nobody can be compared: \(Complaint.list(waiting)) \(verb) not done. “--in-progress” counts \(them) as far as "
          + "\(waiting.count == 1 ? "that file was" : "they have") read.")
    }
    switch (waiting + done).count {
    case 0:
      return Page(
        "Nobody can be compared: no document has annotations yet. “gainsay” opens the prompt; the keys of labels mark.")
    case 1:
      return Page(
        "Nobody can be compared: only \((waiting + done)[0]) has annotated. Agreement needs a second person: “gainsay "
          + "assign --copies 2 --to NAME,NAME” deals documents to two.")
    default:
      return Page(
        "Nobody can be compared: \(Complaint.list(done)) have no document in common. “gainsay assign --copies 2” gives "
          + "documents to two people each.")
    }
  }
}

extension [Omission] {
  /// A sentence for each annotator and reason; a single document is named.
  var sentences: [String] {
    var found: [(annotator: String, reason: String, documents: [String])] = []
    for omission in self {
      let same = found.firstIndex { $0.annotator == omission.annotator && $0.reason == omission.reason }
      if let same {
        found[same].documents.append(omission.document)
      } else {
        found.append((omission.annotator, omission.reason, [omission.document]))
      }
    }
    return found.map { annotator, reason, documents in
      let on = documents.count == 1 ? documents[0] : counted(documents.count, "document")
      return "Left out: \(annotator) on \(on), \(reason)."
    }
  }
}
