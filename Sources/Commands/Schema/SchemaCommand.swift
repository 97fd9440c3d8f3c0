package import ArgumentParser
package import Pages
import DefaultFiles

package struct SchemaCommand: ShellCommand {
  package static let configuration = CommandConfiguration(commandName: "schema", abstract: "Print a JSON Schema.")

  @OptionGroup package var common: CommonOptions

  @Argument(
    help: ArgumentHelp("The schema. Default: list their names.", valueName: "schema"),
    completion: .list(DefaultFile.jsonSchemaNames))
  var name: String?

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let names = DefaultFile.jsonSchemaNames
    guard let name else { return CommandOutcome(data: Array(names.map { $0 + "\n" }.joined().utf8)) }
    guard let schema = DefaultFile.jsonSchema(name) else {
      throw Complaint("There is no schema “\(name)”.", "Choose one of \(Complaint.list(names, "or")).")
    }
    return CommandOutcome(data: schema.bytes)
  }
}
