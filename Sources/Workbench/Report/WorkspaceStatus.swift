import Agreement
import JSONText
import Standoff
public import Storage

/// Who has done how much: documents × annotators.
public struct WorkspaceStatus {
  private struct Row {
    let document: String
    let sets: [AnnotationSet]
    /// Mean exact span F1 of the annotators who are done.
    let agreement: Result<Coefficient, Undefined>
  }

  private let rows: [Row]
  private let labels: [String]

  public init(in workspace: Workspace) throws(Complaint) {
    var rows: [Row] = []
    var labels: [String] = []
    do throws(FileFault) {
      for name in try workspace.documentNames() {
        let document = try workspace.document(name)
        var sets: [AnnotationSet] = []
        for annotator in try workspace.annotators(of: name) + (workspace.hasGold(name) ? ["gold"] : []) {
          if let set = try workspace.annotations(of: annotator, on: document) { sets.append(set) }
        }
        for label in sets.first?.scheme.labels.map(\.name) ?? [] where !labels.contains(label) { labels.append(label) }
        rows.append(Row(document: name, sets: sets, agreement: Self.agreement(sets, document)))
      }
    } catch {
      throw Complaint(error)
    }
    self.rows = rows
    self.labels = labels
  }

  private static func agreement(_ sets: [AnnotationSet], _ document: Document) -> Result<Coefficient, Undefined> {
    let done = sets.filter { $0.role == .annotator && $0.status == .complete }
    var study = UnitizingStudy(annotators: done.count)
    let units = done.map { set -> [UnitizingStudy.Unit]? in
      set.spans.map { span in
        UnitizingStudy.Unit(
          fragments: span.fragments.map { $0.start..<$0.end }, label: set.scheme.index(ofLabel: span.label) ?? 0)
      }
    }
    study.append(UnitizingStudy.Continuum(length: document.text.count, units: units))
    do throws(Undefined) {
      return .success(try MeanOverPairs(SpanScore(.f1, by: .strict)).coefficient(of: study))
    } catch {
      return .failure(error)
    }
  }

  public var page: Page {
    if rows.isEmpty { return Page("No documents yet. “gainsay add FILE” adds one.") }
    let names = Set(rows.flatMap { $0.sets.map(\.annotator) }).sorted()
    var table = [[""] + names + ["F1 so far"]]
    for row in rows {
      let cells = names.map { name in
        row.sets.first { $0.annotator == name }.map {
          "\($0.spans.count)\($0.status == .complete ? " done" : "")"
        } ?? "–"
      }
      var agreement = "–"
      if case .success(let value) = row.agreement { agreement = AgreementReport.rounded(value.value) }
      table.append([row.document] + cells + [agreement])
    }
    var page = Page()
    for (index, line) in AgreementReport.columns(table).enumerated() {
      page.append(line, index == 0 ? .bold : .plain)
    }
    page.append("Spans of each annotator; F1 of exact spans, mean over pairs of annotators who are done.", .dim)
    return page
  }

  public var json: [UInt8] {
    JSONWriter.document { writer in
      writer.array("documents", .block) { writer in
        for row in rows {
          writer.object { writer in
            writer.object("agreement") { writer in
              writer.string("measure", Figure.Measure.spanF1Exact.rawValue)
              writer.key("value")
              if case .success(let value) = row.agreement { writer.number(value.value) } else { writer.null() }
            }
            writer.array("annotators") { writer in
              for set in row.sets { write(set, to: &writer) }
            }
            writer.string("id", row.document)
          }
        }
      }
    }
  }

  private func write(_ set: AnnotationSet, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("annotator", set.annotator)
      writer.object("labels") { writer in
        for label in labels.sorted(by: { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }) {
          let count = set.spans.count { $0.label == label }
          guard count > 0 else { continue }
          writer.integer(label, count)
        }
      }
      writer.integer("relations", set.relations.count)
      writer.string("role", set.role.rawValue)
      writer.integer("spans", set.spans.count)
      writer.string("status", set.status.rawValue)
    }
  }
}
