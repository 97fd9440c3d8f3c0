import Agreement
import Comparison
import Interchange
import Pages
import Standoff
import Storage

/// A data set's description in Markdown: counts, documents, splits, agreement, how gold was made, scheme and guideline.
///
/// It begins with the block of keys that Hugging Face expects on a data set's page.
struct Datasheet {
  let markdown: String

  /// - Parameters:
  ///   - names: the documents.
  ///   - annotators: those whose files are exported; empty for everybody's.
  init(_ export: ExportRun, _ names: [String], annotators: [String], _ format: String) throws(Complaint) {
    guard let scheme = export.scheme else { throw Complaint("There is nothing to describe.") }
    var languages: Set<String> = []
    var sources: Set<String> = []
    var words = 0
    do throws(FileFault) {
      for name in Set(export.parts.flatMap(\.documents)).sorted() {
        let document = try export.workspace.document(name)
        languages.insert(document.language ?? "en")
        if let source = document.source { sources.insert(source) }
        words += Words.count(in: document.text.range, of: document.text)
      }
    } catch {
      throw Complaint(error)
    }
    var text = "---\nlanguage:\n"
    for language in languages.sorted() { text += "- \(language)\n" }
    text += "task_categories:\n- token-classification\npretty_name: \(Self.quoted(scheme.title))\n---\n\n"
    text += "# \(MarkdownText.plain(scheme.title))\n\n\(MarkdownText.plain(scheme.description))\n"
    text += "\n## Contents\n\n"
    let documents = export.parts.reduce(0) { $0 + $1.documents.count }
    text +=
      "\(counted(documents, "document")), \(counted(words, "word")), \(counted(export.versions, "annotation file")), "
    text += "\(counted(export.spans, "span")), by \(Complaint.list(export.annotators.sorted())). Format: \(format)."
    if !sources.isEmpty { text += " The texts are from \(Complaint.list(sources.sorted().map(MarkdownText.plain)))." }
    text += "\n\n" + Self.counts(export, scheme)
    text += "\n## Documents\n\n" + Self.documents(export)
    if annotators == ["gold"] { text += try "\n## How gold was made\n\n" + Self.making(export) }
    text += try "\n## Agreement\n\n" + Self.agreement(export.workspace, names, annotators, scheme)
    text += "\n## Scheme\n\n\(scheme.name) \(scheme.version)\n\n"
    for label in scheme.labels { text += "- **\(label.name)**: \(MarkdownText.plain(label.description))\n" }
    for attribute in scheme.attributes { text += "- \(attribute.name): \(MarkdownText.plain(attribute.description))\n" }
    for relation in scheme.relations { text += "- *\(relation.name)*: \(MarkdownText.plain(relation.description))\n" }
    let losses = Dictionary(grouping: export.losses) { $0.reason }
    if !losses.isEmpty { text += "\n## Lost in this format\n\n" }
    for reason in Loss.Reason.allCases {
      if let found = losses[reason] { text += "- \(ExportRun.sentence(reason, found.count))\n" }
    }
    if !scheme.guideline.isEmpty { text += "\n## Guideline\n\n" }
    for rule in scheme.guideline {
      text += "\(rule.number). \(MarkdownText.plain(rule.text))\n   - right: \(MarkdownText.plain(rule.right))\n"
      text += "   - wrong: \(MarkdownText.plain(rule.wrong))\n"
    }
    markdown = text
  }

  private static func counts(_ export: ExportRun, _ scheme: Scheme) -> String {
    let parts = export.parts
    let heads = parts.map { $0.name.isEmpty ? "spans" : $0.name }
    var table = "| label | \(heads.joined(separator: " | ")) |\n|---|\(heads.map { _ in "---|" }.joined())\n"
    for label in scheme.labels {
      table += "| \(label.name) | \(parts.map { "\($0.labels[label.name] ?? 0)" }.joined(separator: " | ")) |\n"
    }
    return table + "| texts | \(parts.map { "\($0.texts)" }.joined(separator: " | ")) |\n"
  }

  /// The documents of each part, with the seed of the split.
  private static func documents(_ export: ExportRun) -> String {
    var text = ""
    if let split = export.split {
      let shares = split.parts.map { "\($0.name) \(Decimals.rounded($0.share, places: 2))" }
      text += "Split by document: \(shares.joined(separator: ", ")), seed \(split.seed).\n\n"
    }
    for part in export.parts {
      let names = part.documents.sorted().map(MarkdownText.plain).joined(separator: ", ")
      text += "- \(part.name.isEmpty ? "" : "\(part.name) (\(part.documents.count)): ")\(names)\n"
    }
    return text
  }

  /// Who annotated and adjudicated, in which rounds, and what was decided how often.
  private static func making(_ export: ExportRun) throws(Complaint) -> String {
    let names = export.parts.flatMap(\.documents).sorted()
    var decisions: [String: Int] = [:]
    var (adjudicators, annotators, rounds) = (Set<String>(), Set<String>(), Set<Int>())
    var (blind, declined, reasons) = (0, 0, 0)
    do throws(FileFault) {
      let assignments = try export.workspace.assignments()
      for name in names {
        let document = try export.workspace.document(name)
        annotators.formUnion(try export.workspace.annotators(of: name))
        rounds.formUnion(assignments.all.filter { $0.document == name }.map(\.round))
        guard let gold = try export.workspace.annotations(of: "gold", on: document) else { continue }
        for span in gold.spans {
          decisions[span.origin["decision"] ?? "unknown", default: 0] += 1
          if let adjudicator = span.origin["adjudicator"] { adjudicators.insert(adjudicator) }
          if span.origin["reason"] != nil { reasons += 1 }
        }
        declined += gold.declined.count
        reasons += gold.declined.count { !$0.reason.isEmpty }
        let decided = gold.spans.filter { $0.origin["decision"] != "agreed" }
        if !decided.isEmpty, decided.allSatisfy({ $0.origin["blind"] != nil }) { blind += 1 }
      }
    } catch {
      throw Complaint(error)
    }
    func list(_ names: Set<String>) -> String { Complaint.list(names.sorted().map(MarkdownText.plain)) }
    var text = "Annotated by \(list(annotators))"
    if !rounds.isEmpty { text += ", in \(counted(rounds.count, "round"))" }
    text += ". Adjudicated by \(adjudicators.isEmpty ? "nobody named" : list(adjudicators)), blind in \(blind) of "
    text += "\(counted(names.count, "document")).\n\n| decision | spans |\n|---|---|\n"
    let said = [
      "agreed": "all annotators agreed", "version": "one version taken", "all": "all versions taken",
      "union": "all words that any version has", "intersection": "the words that all versions share",
      "corrected": "corrected by the adjudicator", "added": "added by the adjudicator", "unknown": "not recorded",
    ]
    for (decision, count) in decisions.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      text += "| \(said[decision] ?? MarkdownText.plain(decision)) | \(count) |\n"
    }
    return text + "| not taken | \(declined) |\n\n\(counted(reasons, "decision")) with a reason.\n"
  }

  /// A table of α over words and exact F1, for each label and for all, with intervals.
  private static func agreement(
    _ workspace: Workspace, _ names: [String], _ annotators: [String], _ scheme: Scheme
  ) throws(Complaint) -> String {
    var choice = CountingRequest()
    choice.documents = names
    choice.annotators = annotators.filter { $0 != "gold" }
    choice.units = [.word]
    choice.hasContinua = false
    let study: AgreementStudy
    do throws(Complaint) { study = try AgreementStudy(in: workspace, choice) } catch {
      if error.isOfFile { throw error }
      return "Not computed: \(MarkdownText.plain(error.problem))\n"
    }
    var wanted = AgreementFigures.Request()
    wanted.measures = [.krippendorffAlpha, .spanF1Exact, .relationF1, .attributeAgreement]
    let report = AgreementFigures(study, wanted)
    var table = "| label | Krippendorff's α, words | F1, exact spans |\n|---|---|---|\n"
    for label in [nil] + scheme.labels.map({ $0.name as String? }) {
      let cells = [report.figure(.krippendorffAlpha, "word", label), report.figure(.spanF1Exact, "span", label)]
      table += "| \(label ?? "all") | \(cells.map { cell($0, report) }.joined(separator: " | ")) |\n"
    }
    var others = "\n| relation or attribute | agreement |\n|---|---|\n"
    for relation in scheme.relations.map(\.name) {
      others += "| \(relation) (F1) | \(cell(report.figure(.relationF1, "relation", relation), report)) |\n"
    }
    for attribute in scheme.attributes.map(\.name) {
      let figure = report.figure(.attributeAgreement, "attribute", attribute)
      others += "| \(attribute) (same value) | \(cell(figure, report)) |\n"
    }
    return table + others + "\nOver \(counted(study.documents.count, "document")) with at least two annotators; "
      + "95 % bootstrap intervals over documents. A speaker is the span's own, else its source's.\n"
  }

  private static func cell(_ figure: Figure?, _ report: AgreementFigures) -> String {
    guard let figure else { return "" }
    guard let value = figure.value else { return "undefined" }
    guard let interval = figure.bounds else { return Decimals.rounded(value) }
    return "\(Decimals.rounded(value)) [\(Decimals.rounded(interval.low)), "
      + "\(Decimals.rounded(interval.high))]"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.filter { !$0.isNewline }.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
