import Agreement
package import Comparison
import JSONText
package import Pages
import Standoff
package import Storage

/// How far people agree with themselves: their first passes over documents with their later ones.
package struct OneselfReport {
  /// The figures of each two passes, by the names of these.
  private var parts: [(passes: [String], figures: AgreementFigures)] = []
  /// Why passes that there are cannot be compared, in a sentence each.
  private var leftOut: [String] = []

  /// - Parameter request: its annotators, if it names some, are the people.
  /// - Throws: if nobody has a second pass that is done.
  package init(
    in workspace: Workspace, _ request: CountingRequest, _ choice: AgreementFigures.Request
  ) throws(Complaint) {
    var later: [String: Set<String>] = [:]
    let documents = try DocumentChoice.names(request.documents, in: workspace)
    do throws(FileFault) {
      let assignments = try workspace.assignments()
      for document in documents {
        for name in try workspace.annotators(of: document) where assignments.pass(name, on: document) > 1 {
          later[Assignments.person(name).person, default: []].insert(name)
        }
      }
    } catch {
      throw Complaint(error)
    }
    for person in later.keys.sorted() where request.annotators.isEmpty || request.annotators.contains(person) {
      for name in later[person, default: []].sorted() {
        var two = request
        two.annotators = [person, name]
        do throws(Complaint) {
          let study = try AgreementStudy(in: workspace, two)
          if study.documentCount > 0 {
            parts.append(([person, name], AgreementFigures(study, choice)))
          } else {
            leftOut.append("Left out: \(person) – \(name), who are not both done with any document.")
          }
        } catch {
          leftOut.append("Left out: \(person) – \(name). \(error.problem)")
        }
      }
    }
    guard !parts.isEmpty else {
      if let reason = leftOut.first {
        throw Complaint(reason, "“gainsay status” shows who has done what; “gainsay check” finds what is damaged.")
      }
      throw Complaint(
        "Nobody has done a document twice.",
        "“gainsay assign --again --to NAME” gives people their documents once more.")
    }
  }

  package var page: Page {
    var page = Page()
    page.append("How far people agree with themselves", .bold)
    for reason in leftOut { page.append(reason) }
    for (passes, figures) in parts {
      var rows = [
        [
          "\(passes.joined(separator: " – ")) on \(counted(figures.study.documentCount, "document"))", "n", "value",
          "interval",
        ]
      ]
      for figure in figures.figures where figure.key.annotators == nil && figure.document == nil {
        guard let value = figure.value else { continue }
        let bounds = figure.bounds.map {
          "[\(Decimals.rounded($0.low, places: 2)), \(Decimals.rounded($0.high, places: 2))]"
        }
        rows.append([
          "\(figure.measure.heading) by \(figure.key.unit) · \(figure.key.label ?? "all")", String(figure.items),
          Decimals.rounded(value), bounds ?? "",
        ])
      }
      page.append("")
      for (index, text) in TextTable.lines(rows, leftmost: [0, 3]).enumerated() {
        page.append(text, index == 0 ? .bold : .plain)
      }
    }
    page.append("")
    page.append(
      "A person who disagrees with themselves cannot agree better with others: this is the ceiling of agreement "
        + "(Krippendorff 2004 calls it stability).", .dim)
    return page
  }

  package var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("oneself", .block) { writer in
        for part in parts { part.figures.write(to: &writer) }
      }
      writer.strings("warnings", leftOut)
    }
  }
}
