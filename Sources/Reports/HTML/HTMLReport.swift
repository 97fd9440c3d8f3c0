package import Agreement
package import Comparison
package import Pages
import Standoff
package import Storage

/// A report on a workspace as one self-contained HTML page: agreement, ledger, and documents with annotators' lanes.
package struct HTMLReport {
  let title: String
  let agreement: AgreementFigures
  package let disagreements: Differences
  let ledger: Ledger
  let documents: [ShownText]

  /// One document with all its annotation sets.
  struct ShownText {
    let document: Document
    let sets: [AnnotationSet]
    /// The time of the last change to a span; nil if there are no spans.
    let lastChange: Timestamp?
  }

  /// - Parameter names: the documents, in order.
  package init(_ names: [String], title: String, in workspace: Workspace, bootstrap: Bootstrap?) throws(Complaint) {
    self.title = title
    let study = try AgreementStudy(
      in: workspace, CountingRequest(documents: names, units: [.word], hasContinua: false))
    agreement = AgreementFigures(
      study,
      AgreementFigures.Request(
        measures: [.krippendorffAlpha, .spanF1Exact, .spanF1Overlap, .relationF1, .attributeAgreement],
        perDocument: true, bootstrap: bootstrap))
    disagreements = try Differences(in: workspace, Differences.Request(documents: names))
    ledger = try Ledger(names, in: workspace, annotator: nil)
    var documents: [ShownText] = []
    do throws(FileFault) {
      for name in names {
        let counted = try CountedAnnotations(of: name, in: workspace, CountingRule(.annotatorsAndGold, .any))
        let sets = counted.files.map(\.set)
        documents.append(
          ShownText(
            document: counted.document, sets: sets,
            lastChange: sets.filter { $0.role == .annotator }.flatMap(\.spans).map(\.modified).max()))
      }
    } catch {
      throw Complaint(error)
    }
    self.documents = documents
  }

  /// The HTML page; equal for equal files.
  package var page: String {
    var html = HTMLWriter()
    html.raw("<!DOCTYPE html>\n")
    html.element("html", ["lang": "en"]) { html in
      html.element("head") { html in
        html.open("meta", ["charset": "utf-8"])
        html.open("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        html.open("meta", ["http-equiv": "Content-Security-Policy", "content": ReportStyle.policy])
        html.open("meta", ["name": "generator", "content": "gainsay"])
        html.element("title", text: title)
        html.element("style") { $0.raw(ReportStyle.sheet + ReportStyle.lanes) }
      }
      html.element("body") { html in
        html.element("a", ["class": "skip", "href": "#content"], text: "Skip to content")
        navigation(&html)
        html.element("main", ["id": "content"]) { html in
          html.element("h1", text: title)
          summary(&html)
          ReportCharts(self).write(to: &html)
          writeLedger(to: &html)
          writeDocuments(to: &html)
        }
        html.element("script") { $0.raw(ReportStyle.script) }
      }
    }
    html.raw("\n")
    return html.page
  }

  private func navigation(_ html: inout HTMLWriter) {
    html.element("nav", ["aria-label": "Sections"]) { html in
      for (id, name) in [
        ("summary", "Summary"), ("agreement", "Agreement"), ("ledger", "Ledger"), ("documents", "Documents"),
      ] {
        html.element("a", ["href": "#\(id)"], text: name)
        html.raw(" ")
      }
      html.element("form", ["class": "filter", "hidden": "", "role": "search"]) { html in
        html.element("label") { html in
          html.text("Filter by words ")
          html.open("input", ["type": "search", "id": "words", "aria-label": "Show only what contains these words"])
        }
        html.raw(" ")
        html.element("label") { html in
          html.open("input", ["type": "checkbox", "id": "differing"])
          html.text(" only where annotators differ")
        }
        html.element("span", ["id": "found", "role": "status"], text: "")
      }
    }
  }

  // MARK: summary

  private func summary(_ html: inout HTMLWriter) {
    let people = Set(documents.flatMap { $0.sets.filter { $0.role == .annotator }.map(\.annotator) }).sorted()
    let spans = documents.reduce(0) { $0 + $1.sets.filter { $0.role == .annotator }.reduce(0) { $0 + $1.spans.count } }
    let claims = ledger.matters.flatMap(\.claims)
    html.element("section", ["id": "summary"]) { html in
      html.element("h2", text: "Summary")
      html.element("ul", ["class": "facts"]) { html in
        for (value, noun) in [
          (documents.count, "document"), (people.count, "annotator"), (spans, "span"),
          (disagreements.parts.reduce(0) { $0 + $1.all.count }, "disagreement"), (claims.count, "claim"),
        ] {
          html.element("li") { html in
            html.element("b", text: "\(value)")
            html.text(" \(noun)\(value == 1 ? "" : "s")")
            if noun == "claim" { html.text(", \(claims.count { !$0.denials.isEmpty }) denied") }
          }
        }
      }
      table(
        "Spans per annotator; * marks files that are not done.", ["document"] + people,
        documents.map { shown in
          [shown.document.id]
            + people.map { name in
              shown.sets.first { $0.annotator == name }.map { "\($0.spans.count)\($0.status == .complete ? "" : "*")" }
                ?? "–"
            }
        }, isOpen: documents.count <= 20, link: { "#d-\($0)" }, &html)
    }
  }

  /// A table whose first column heads its rows, folded unless open.
  func table(
    _ caption: String, _ heads: [String], _ rows: [[String]], isOpen: Bool = true, link: ((String) -> String)? = nil,
    _ html: inout HTMLWriter
  ) {
    func write(_ html: inout HTMLWriter) {
      html.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
        html.element("table") { html in
          html.element("caption", text: caption)
          html.element("thead") { html in
            html.element("tr") { html in
              for head in heads {
                html.element(head.isEmpty ? "td" : "th", ["scope": head.isEmpty ? nil : "col"], text: head)
              }
            }
          }
          html.element("tbody") { html in
            for row in rows {
              html.element("tr") { html in
                for (index, cell) in row.enumerated() {
                  if index == 0 {
                    html.element("th", ["scope": "row"]) { html in
                      if let link { html.element("a", ["href": link(cell)], text: cell) } else { html.text(cell) }
                    }
                  } else {
                    html.element("td", text: cell)
                  }
                }
              }
            }
          }
        }
      }
    }
    if isOpen { return write(&html) }
    html.element("details") { html in
      html.element("summary", text: "\(caption) (\(counted(rows.count, "row")))")
      write(&html)
    }
  }

  // MARK: ledger

  private func writeLedger(to html: inout HTMLWriter) {
    html.element("section", ["id": "ledger"]) { html in
      html.element("h2", text: "Who claims what, and who denies it")
      if ledger.matters.isEmpty { html.element("p", text: "Nothing to show: nobody has done a document yet.") }
      for matter in ledger.matters {
        html.element("div", ["class": "matter"]) { html in
          html.element("h3", text: Ledger.title(of: matter))
          html.element("ul") { html in
            for claim in matter.claims {
              html.element("li") { html in
                write(claim.claim, &html)
                guard !claim.denials.isEmpty else {
                  return html.element("span", ["class": "dim"], text: " · not denied")
                }
                html.element("ul") { html in
                  for denial in claim.denials {
                    html.element("li", ["class": "denied"]) { html in
                      html.text("denied by ")
                      write(denial, &html)
                    }
                  }
                }
              }
            }
            for denial in matter.denials {
              html.element("li", ["class": "denied"]) { html in
                html.text("denial by ")
                write(denial.denial, &html)
                html.element("span", ["class": "dim"], text: " (\(Ledger.target(of: denial)))")
              }
            }
            for quote in matter.quotes {
              html.element("li") { html in
                html.text("quote of ")
                write(quote, &html)
              }
            }
          }
        }
      }
    }
  }

  private func write(_ statement: Ledger.Statement, _ html: inout HTMLWriter) {
    html.element("b", text: Ledger.name(of: statement.speaker))
    html.text(": ")
    html.element("bdi", text: "‹\(statement.words)›")
    html.text(" ")
    html.element(
      "a", ["href": "#d-\(statement.document)-\(statement.sentence)"],
      text: "\(statement.document), sentence \(statement.sentence)")
    let quotes = statement.quotesInside
    if !quotes.isEmpty {
      html.element("span", ["class": "dim"], text: " in quotation marks: \(Complaint.list(quotes))")
    }
  }
}
