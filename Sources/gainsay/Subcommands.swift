import ArgumentParser
import LineEditor
import Standoff
import Storage
import Workbench

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Makes a workspace.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The folder; that of -C, else the current one, where none is named.")
  var folder: String?

  func run() throws {
    let made = try Making.workspace(in: folder ?? common.workspace ?? ".", disk: POSIXDisk())
    try common.finish(Outcome(made))
  }
}

struct Add: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Adds texts as documents.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "UTF-8 text files.")
  var files: [String]

  @Option(help: "The document's name, for one file; made of the file's name where none is given.")
  var id: String?

  @Option(help: "Its title; the first line of the text where none is given.")
  var title: String?

  @Option(help: "Where it appeared.")
  var source: String?

  @Option(help: "Its address.")
  var url: String?

  @Option(help: "When it appeared, as 2026-11-22.")
  var published: String?

  @Option(help: "Its language, as en or de.")
  var language: String?

  func run() throws {
    let workspace = try common.openWorkspace()
    if files.count > 1, id != nil || title != nil || url != nil {
      throw Complaint("--id, --title and --url are for one file.", "Add the files one by one.")
    }
    let facts = Making.Facts(
      id: id, title: title, source: source, url: url, published: published, language: language)
    try common.finish(Outcome(try Making.documents(from: files, facts, in: workspace)))
  }
}

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lists the documents.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "JSON for programs.")
  var json = false

  func run() throws {
    let list = try DocumentList(in: common.openWorkspace())
    try common.finish(Outcome(list.page, data: json ? list.json : nil))
  }
}

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Says who has done how much.")

  @OptionGroup var common: CommonOptions

  @Flag(help: "JSON for programs.")
  var json = false

  func run() throws {
    let status = try WorkspaceStatus(in: common.openWorkspace())
    try common.finish(Outcome(status.page, data: json ? status.json : nil))
  }
}

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Shows a text with its spans.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The document.")
  var document: String

  @Option(name: .customLong("as"), help: "Whose spans; may be given several times. Everyone's where none is named.")
  var annotators: [String] = []

  @Flag(help: "JSON for programs.")
  var json = false

  func run() throws {
    let shown = try ShownDocument(document, annotators: annotators, in: common.openWorkspace())
    try common.finish(Outcome(shown.page, data: json ? shown.json : nil))
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Finds every problem of the workspace.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "Documents; all, and the schemes, where none is named.")
  var documents: [String] = []

  @Flag(help: "JSON for programs.")
  var json = false

  func run() throws {
    // Where nobody can tell what may be shown, what is wrong with that is said, and nothing else.
    let seen = try? common.openWorkspace()
    let check = try WorkspaceCheck(
      in: seen ?? common.openWholeWorkspace(), documents: documents, withoutAnnotations: seen == nil)
    try common.finish(Outcome(check.page, data: json ? check.json : nil, status: check.isClean ? 0 : 1))
  }
}

struct Agree: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Says how far annotators agree.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: AgreeArguments

  func run() throws { try common.finish(arguments.outcome(in: common.openComparedWorkspace())) }
}

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lists where annotators differ, and how.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: CompareArguments

  func run() throws {
    let screen = Screen(colour: common.color, stream: .output)
    try common.finish(
      arguments.outcome(in: common.openComparedWorkspace(), width: screen.width ?? 80, colour: screen.isColoured))
  }
}

struct Ledger: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Says who claims what, and who denies it.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: LedgerArguments

  func run() throws { try common.finish(arguments.outcome(in: common.openComparedWorkspace())) }
}

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Writes a page: agreement, ledger, documents with lanes.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: ReportArguments

  func run() throws { try common.finish(arguments.outcome(in: common.openComparedWorkspace())) }
}

struct Assign: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Deals documents to people.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: AssignArguments

  func run() throws { try common.finish(arguments.outcome(in: common.openWorkspace())) }
}

struct Rename: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Makes two spellings of a speaker or a matter one.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: RenameArguments

  func run() throws {
    try common.finish(
      arguments.outcome(in: common.openWorkspace(), me: Conversation.me, at: Conversation.clock()))
  }
}

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Writes training data.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: ExportArguments

  func run() throws { try common.finish(arguments.outcome(in: common.openComparedWorkspace())) }
}

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Takes over annotations of other tools.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: ImportArguments

  func run() throws {
    let now = Timestamp(secondsSince1970: Terminal.now)
    try common.finish(arguments.outcome(in: common.openWorkspace(), at: now))
  }
}

struct Realign: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Moves a document's annotations onto a corrected text.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var arguments: RealignArguments

  func run() throws {
    let now = Timestamp(secondsSince1970: Terminal.now)
    try common.finish(arguments.outcome(in: common.openWorkspace(), at: now))
  }
}

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints a JSON Schema.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The schema; their names where none is named.")
  var name: String?

  func run() throws {
    guard let name else {
      Terminal.write(Defaults.schemaNames.map { $0 + "\n" }.joined())
      return
    }
    guard let text = Defaults.schema(name) else {
      throw Complaint("There is no schema “\(name)”.", "One of \(Complaint.list(Defaults.schemaNames, "or")).")
    }
    Terminal.write(text)
  }
}
