package import ArgumentParser
package import Pages

package struct AddCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "add", abstract: "Add texts as documents.")

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("UTF-8 text files.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Name the document; for one file only. Default: a name made from the file's.", valueName: "name"))
  var id: String?

  @Option(help: ArgumentHelp("Set the title. Default: the text's first line.", valueName: "title"))
  var title: String?

  @Option(help: ArgumentHelp("Set where the text was published, such as a newspaper's name.", valueName: "source"))
  var source: String?

  @Option(help: ArgumentHelp("Set the text's web address.", valueName: "address"))
  var url: String?

  @Option(help: ArgumentHelp("Set the date of publication, such as 2026-11-22.", valueName: "date"))
  var published: String?

  @Option(help: ArgumentHelp("Set the language, such as en or de.", valueName: "code"))
  var language: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let workspace = try shell.workspace(at: common.workspace, changing: true)
    if files.count > 1, id != nil || title != nil || url != nil {
      throw Complaint("--id, --title and --url describe one file.", "Add the files one by one.")
    }
    let facts = NewDocuments.Facts(
      id: id, title: title, source: source, url: url, published: published, language: language)
    return CommandOutcome(try NewDocuments.add(files, facts, in: workspace))
  }
}
