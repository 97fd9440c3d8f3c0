package import ArgumentParser
package import Pages

package struct AddCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "add", abstract: "Adds texts as documents.")

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("UTF-8 text files.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The document's name, for one file; made of the file's name where none is given.", valueName: "name"))
  var id: String?

  @Option(help: ArgumentHelp("Its title; the first line of the text where none is given.", valueName: "title"))
  var title: String?

  @Option(help: ArgumentHelp("Where it appeared.", valueName: "source"))
  var source: String?

  @Option(help: ArgumentHelp("Its address.", valueName: "address"))
  var url: String?

  @Option(help: ArgumentHelp("When it appeared, as 2026-11-22.", valueName: "date"))
  var published: String?

  @Option(help: ArgumentHelp("Its language, as en or de.", valueName: "code"))
  var language: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let workspace = try shell.workspace(at: common.workspace)
    if files.count > 1, id != nil || title != nil || url != nil {
      throw Complaint("--id, --title and --url are for one file.", "Add the files one by one.")
    }
    let facts = NewDocuments.Facts(
      id: id, title: title, source: source, url: url, published: published, language: language)
    return CommandOutcome(try NewDocuments.add(files, facts, in: workspace))
  }
}
