import Comparison
import DefaultFiles
import Glibc
import Interchange
import JSONText
import Pages
import Reports
import Standoff
import Storage
import Suggestion

@testable import Prompt

/// What is fed to one reader. It may refuse anything; it may not trap, hang or break what it promises.
typealias Target = @Sendable ([UInt8]) throws -> Void

/// What is counted of documents in the targets that count.
private let plan: CountingPlan? = {
  guard let file = DefaultFile.schemas.first(where: { $0.name == "claims-denials-quotes.scheme.json" }),
    let scheme = try? SchemeFile.decode(file.bytes, path: file.name)
  else { return nil }
  return try? CountingPlan(
    CountingRequest(), scheme: scheme, annotators: ["dana", "eli", "noor"], lists: SharedLists())
}()

let targets: [String: Target] = {
  var targets: [String: Target] = [
    "annotations": { bytes in
      let desk = try Desk()
      try desk.put(bytes, "Annotations/doc/dana.json")
      let workspace = desk.workspace
      let document = try workspace.document("doc")
      let faults = try workspace.checked("dana", on: document).faults
      for fault in faults { _ = Complaint(fault).page.rendered(width: 60, colour: false) }
      guard let set = try? workspace.annotations(of: "dana", on: document) else {
        return check(!faults.isEmpty, "a file is refused without a reason")
      }
      let written = AnnotationFile.encode(set, text: document.text)
      try desk.put(written, "Annotations/doc/dana.json")
      let again = try workspace.annotations(of: "dana", on: document)
      check(again.map { AnnotationFile.encode($0, text: document.text) } == written, "what is written reads otherwise")
    },
    "journal": { bytes in
      let desk = try Desk()
      try desk.put(bytes, "Annotations/doc/.dana.journal")
      var store = try desk.open()
      let edit = store.set.adding(label: "claim", fragments: [TextRange(0, 3)], at: Desk.time)
      try? store.commit(edit, at: Desk.time)
      let spans = store.set.spans
      try store.close()
      check(try desk.open().set.spans == spans, "what was answered is not there")
    },
    "document": { bytes in
      let desk = try Desk()
      try desk.put(bytes, "Annotations/doc/document.json")
      _ = try desk.workspace.document("doc")
    },
    "text": { bytes in
      let text = try DocumentText(utf8: bytes)
      let document = Document(
        id: "doc", text: text, sha256: SHA256.hex(of: bytes), title: "T", zones: Zone.proposed(in: text))
      for index in 0..<document.sentences.count { _ = Words.ranges(in: document.sentences[index], of: text) }
      _ = DisplayWidth.visible(text.string)
    },
    "scheme": { bytes in
      let scheme = try SchemeFile.decode(bytes, path: "s.scheme.json")
      check(try SchemeFile.decode(SchemeFile.encode(scheme), path: "s.scheme.json") == scheme, "it reads otherwise")
    },
    "lexicon": { bytes in _ = try Lexicon(bytes) },
    "model": { bytes in
      let model = try KeptModel(bytes)
      let document = Document(id: "d", text: DocumentText("Ann said it rained."), sha256: "", title: "")
      guard let scheme = plan?.scheme else { return }
      _ = Learning(model, suggester: Suggester(scheme: scheme, lexicon: nil)).spans(in: document)
    },
    "plan": { bytes in
      let plan = try PlanFile.decode(bytes, path: "plan.json")
      let written = PlanFile.encode(plan)
      check(PlanFile.encode(try PlanFile.decode(written, path: "plan.json")) == written, "it reads otherwise")
    },
    "grouped": { bytes in
      guard let plan, let scheme = plan.scheme else { return }
      let grouped = try GroupedDocument(bytes, scheme: scheme)
      let again = try GroupedDocument(grouped.line, scheme: scheme)
      check(again.line == grouped.line, "what is written reads otherwise")
      let line = TallyLine.encode(try DocumentReading(grouped, plan), plan, digest: "")
      check(TallyLine.encode(try TallyLine.decode(line, plan), plan, digest: "") == line, "a tally reads otherwise")
    },
    "tally": { bytes in
      guard let plan else { return }
      let reading = try TallyLine.decode(bytes, plan)
      let study = try AgreementStudy(plan, [reading, reading])
      _ = AgreementFigures(study, AgreementFigures.Request(bootstrap: nil)).figures
    },
    "table": { bytes in
      for (scale, order) in [(Scheme.Scale.nominal, nil), (.ordinal, ["no", "yes"]), (.interval, nil)] {
        guard let table = try? CodeTable(bytes, path: "", scale: scale, order: order) else { continue }
        let request = AgreementFigures.Request(bootstrap: nil)
        _ = AgreementFigures(AgreementStudy(table), request).json
      }
    },
    "sum": { bytes in
      guard let plan else { return }
      var sum = try TallySum(bytes)
      let line = sum.encoded(digest: "")
      check(try TallySum(line).encoded(digest: "") == line, "it reads otherwise")
      let again = sum
      try sum.add(again)
      let studies = try AgreementStudy.studies(of: sum, plan, of: plan)
      _ = AgreementFigures(ofSums: Array(studies.prefix(3)), AgreementFigures.Request(), seed: sum.seed).figures
    },
    "lists": { bytes in
      let desk = try Desk()
      try desk.put(bytes, "Schemas/speakers.json")
      try desk.put(bytes, "Schemas/matters.json")
      _ = try desk.workspace.sharedLists()
    },
    "assignments": { bytes in
      let desk = try Desk()
      try desk.put(bytes, "Annotations/assignments.json")
      let found = try desk.workspace.assignments()
      try desk.put(found.encoded(), "Annotations/assignments.json")
      check(try desk.workspace.assignments() == found, "it reads otherwise")
    },
    "pending": { bytes in
      let desk = try Desk()
      try desk.disk.makeFolder("/w/Annotations/.import.tmp")
      try desk.put(bytes, "Annotations/.pending")
      let before = try desk.workspace.document("doc")
      _ = try desk.workspace.settle()
      check(try desk.workspace.document("doc") == before, "a record of nobody moves a document")
    },
    "line": { bytes in
      guard let line = String(validating: bytes, as: UTF8.self), !line.contains("--with") else { return }
      let desk = try Desk()
      var session = try Session(
        in: desk.workspace, document: "doc", annotator: "dana", canAsk: false, me: "fuzz"
      ) { Desk.time }
      for line in ["c 1-2", "s Ms..Tarn"] + line.split(separator: "\n", maxSplits: 3).map(String.init) {
        let page = session.answer(line).rendered(width: 60, colour: true)
        check(!page.utf8.contains(0x07), "a control character reaches the terminal")
      }
      let spans = session.set.spans
      _ = session.close()
      check(try desk.open().set.spans == spans || session.document.id != "doc", "what was answered is not there")
    },
    "suggester": { bytes in
      let scheme = try Desk().workspace.scheme("claims-denials-quotes")
      _ = try SuggesterProgram.suggestions(in: bytes, of: "program", Desk.document, scheme)
    },
  ]
  for importer in Formats.importers {
    targets["import-" + importer.name] = { bytes in
      for document in try importer.read(bytes, texts: { $0 == nil || $0 == "doc" ? Desk.document.text : nil }) {
        try takeOver(document, importer.name)
      }
    }
  }
  targets["tokens"] = { bytes in
    let desk = try Desk()
    try desk.put(bytes, "Annotations/doc/tokens.json")
    _ = try desk.workspace.tokens(of: try desk.workspace.document("doc"))
  }
  return targets
}()

/// Makes a set of a foreign document and writes it again, in its own format and in one of layers and one of tokens.
private func takeOver(_ foreign: ForeignDocument, _ format: String) throws {
  guard let unit = try? foreign.fittingUnit(nil) else { return }
  var vocabulary = Vocabulary()
  vocabulary.add(foreign)
  guard (1...Vocabulary.mostLabels).contains(vocabulary.labels.count) else { return }
  let (scheme, names) = try vocabulary.scheme(named: "fuzz", after: nil)
  check(vocabulary.fits(scheme), "a scheme lacks what it was made for")
  var document = foreign.inCodePoints(unit)
  names.rename(&document)
  let described = Document(id: "doc", text: document.text, sha256: "", title: "doc")
  guard
    let made = try? document.annotations(
      by: "ana", on: described, scheme: scheme, format: format, at: Timestamp(secondsSince1970: 0))
  else { return }
  for name in [format, "cas-xmi", "webanno-tsv", "conll", "brat"] {
    guard var exporter = Formats.exporter(name) else { continue }
    var sink = ExportSink()
    exporter.add(AnnotatedDocument(described, made.set, tokens: document.tokens), to: &sink)
    exporter.finish(&sink)
  }
}

func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = write(STDERR_FILENO, bytes, bytes.count)
}

func check(_ holds: Bool, _ what: String) {
  guard !holds else { return }
  say("broken: \(what)")
  abort()
}

/// The reader that $FUZZ_TARGET names.
private let target = getenv("FUZZ_TARGET").flatMap { targets[String(cString: $0)] }

private typealias Input = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
private typealias ArgumentList = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<ArgumentList>, _ fuzz: Input
) -> CInt

/// What the package manager makes the program's `main` in a release build; in a debug build it is libFuzzer's own.
@_cdecl("Fuzz_main")
public func run(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  var (count, arguments) = (count, arguments)
  return runFuzzer(&count, &arguments) { start, count in fuzz(start, count) }
}

/// Lists the readers, unless $FUZZ_TARGET names one.
@_cdecl("LLVMFuzzerInitialize")
public func begin(_ count: UnsafeRawPointer?, _ arguments: UnsafeRawPointer?) -> CInt {
  guard target == nil else { return 0 }
  print(targets.keys.sorted().joined(separator: " "))
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  try? target?(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
