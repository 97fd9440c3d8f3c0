import Commands
import Comparison
import Pages
import Standoff

/// What is said of the document as a whole.
extension Verbs {
  static let ofDocument: [Verb] = [
    Verb(
      names: ["set doc"], group: .whole,
      parameters: [Parameter(.documentAttribute, "ATTRIBUTE"), Parameter(.value, "VALUE")],
      summary: "set an attribute of the document, if the scheme has some; “-” clears it",
      examples: ["set doc tone hostile"]
    ) { (session, arguments) throws(Complaint) in
      try session.setOfDocument(arguments.text(0) ?? "", Parameter.unquoted(arguments.text(1) ?? ""))
    },
    Verb(
      names: ["note doc"], group: .whole, parameters: [Parameter(.text, "TEXT")],
      summary: "add a note on the document; “-” clears it", examples: ["note doc the photo says more than the text"]
    ) { (session, arguments) throws(Complaint) in
      let text = Parameter.unquoted(arguments.text(0) ?? "")
      return try session.changeDocument { $0.note = text == "-" ? "" : text }
    },
    Verb(
      names: ["ask"], group: .whole, parameters: [Parameter(.text, "TEXT")],
      summary: "ask the lead about this document; “status” shows it until it is answered; “-” takes it back",
      examples: ["ask is a court's finding a claim?"]
    ) { (session, arguments) throws(Complaint) in
      let text = Parameter.unquoted(arguments.text(0) ?? "")
      return try session.changeDocument {
        $0.question = text == "-" ? "" : text
        $0.answer = ""
      }
    },
    Verb(
      names: ["answer"], group: .whole, parameters: [Parameter(.text, "NAME TEXT")],
      summary: "answer what somebody asked about this document", examples: ["answer dana yes, by rule 6"]
    ) { (session, arguments) throws(Complaint) in
      let words = (arguments.text(0) ?? "").split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
      guard words.count == 2 else { throw Complaint("An answer is missing.", "Write “answer NAME TEXT”.") }
      return try Answer(to: words[0], words[1], on: session.document.id).carryOut(
        in: session.workspace, me: session.me, at: session.now)
    },
  ]
}

extension Session {
  fileprivate mutating func setOfDocument(_ name: String, _ value: String) throws(Complaint) -> Page {
    try changeDocument { $0.attributes[name] = value == "-" ? nil : value }
  }

  fileprivate mutating func changeDocument(_ change: (inout DocumentAnnotation) -> Void) throws(Complaint) -> Page {
    guard let edit = set.changingDocument(change) else { return Page("Already so.") }
    var page = try commit(edit)
    for change in edit.changes { page.append(described(change), indent: 2) }
    return page
  }

  /// The document's attributes that the scheme requires and that are not set.
  var missingOfDocument: [Scheme.DocumentAttribute] {
    scheme.documentAttributes.filter { $0.isRequired && set.ofDocument.attributes[$0.name] == nil }
  }
}
