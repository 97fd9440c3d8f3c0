import Commands
import Pages
import Standoff
import Storage

extension Verbs {
  static let zoning: [Verb] = [
    Verb(
      names: ["zones"], group: .whole, parameters: [],
      summary: "list the zones of the text: headline, captions, and what is left out", examples: ["zones"]
    ) { (session, _) throws(Complaint) in ZoneEdit.list(session.document) },
    Verb(
      names: ["zone"], group: .whole, parameters: [Parameter(.text, "SENTENCES KIND")],
      summary:
        "make sentences a zone, for everybody: headline, standfirst, caption, boilerplate, repeat, or body for none; “zone "
        + "undo” takes it back",
      examples: ["zone 1-2 caption", "zone 1 body"]
    ) { (session, arguments) throws(Complaint) in try session.changeZone(arguments.text(0) ?? "") },
  ]
}

extension Session {
  fileprivate mutating func changeZone(_ typed: String) throws(Complaint) -> Page {
    guard typed != "undo" else { return try undoZone() }
    var words = typed.split(whereSeparator: \.isWhitespace).map(String.init)
    let isMeant = words.last == "!"
    if isMeant { words.removeLast() }
    let edit = try ZoneEdit(words.joined(separator: " "), of: document)
    let leftOut = try edit.leftOut(in: workspace)
    guard isMeant || leftOut.isEmpty else {
      let line = "zone \(words.joined(separator: " ")) !"
      throw Complaint(
        "These spans would be left out:\n  \(leftOut.joined(separator: "\n  "))",
        canAsk ? "Choose by number; any other line leaves all as it is." : "“\(line)” does it all the same.",
        choices: [Complaint.Offer(text: "leave them out", line: line)])
    }
    let before = document.zones
    take(try edit.carryOut(in: workspace))
    zonesBefore.append(before)
    var page = ZoneEdit.list(document)
    page.append("“zone undo” takes it back.", .dim)
    page.after = .sentence
    return page
  }

  private mutating func undoZone() throws(Complaint) -> Page {
    guard let before = zonesBefore.last else { throw Complaint("No zone was changed since the document was opened.") }
    do throws(FileFault) { take(try workspace.change(zonesOf: document, to: before)) } catch { throw Complaint(error) }
    zonesBefore.removeLast()
    var page = ZoneEdit.list(document)
    page.after = .sentence
    return page
  }
}
