import ArgumentParser
import Commands
import LineEditor
import Pages

/// The program: parses arguments, runs a command and exits with its status.
@main
struct Gainsay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gainsay",
    abstract: "Tag claims, denials and quotes in news text, and measure how far annotators agree.",
    discussion: "Without a command, gainsay opens the first document that you have not done.",
    version: "gainsay 0.1.0",
    subcommands: [
      Annotate.self, InitCommand.self, AddCommand.self, ListCommand.self, StatusCommand.self, ShowCommand.self,
      LogCommand.self, CheckCommand.self, AgreeCommand.self, CompareCommand.self, Adjudicate.self, LedgerCommand.self,
      ReportCommand.self,
      AssignCommand.self, RenameCommand.self, MoveCommand.self, ListsCommand.self, GuidelineCommand.self,
      AnswerCommand.self, ZonesCommand.self,
      ExportCommand.self,
      ImportCommand.self, RealignCommand.self,
      SchemaCommand.self, TallyCommand.self, LearnCommand.self,
    ],
    defaultSubcommand: Annotate.self)

  static func main() {
    guard Terminal.prepare() else {
      Terminal.write("gainsay needs a UTF-8 locale such as C.UTF-8; the system has none.\n", to: .error)
      Terminal.exit(2)
    }
    let progress = ProgressBar.forThisTerminal()
    do {
      var command = try parseAsRoot(workspaceLast(Array(CommandLine.arguments.dropFirst())))
      progress?.start()
      defer { progress?.stop() }
      try ProgressBar.$current.withValue(progress) {
        if let command = command as? any ShellCommand {
          try finish(command.outcome(in: .terminal(command.common)), command.common)
        } else {
          try command.run()
        }
      }
    } catch let complaint as Complaint {
      Screen(colour: .auto, stream: .error).show(complaint.page)
      Terminal.exit(2)
    } catch let code as ExitCode {
      Terminal.exit(code.rawValue)
    } catch {
      let isHelp = exitCode(for: error) == .success
      Screen(colour: .never, stream: isHelp ? .output : .error).show(Page(fullMessage(for: error)))
      Terminal.exit(isHelp ? 0 : 2)
    }
  }
}

extension Gainsay {
  /// Shows a command's outcome and exits with its status.
  private static func finish(_ outcome: CommandOutcome, _ common: CommonOptions) throws {
    ProgressBar.current?.stop()
    if let data = outcome.data {
      Terminal.write(Terminal.isTerminal(.output) ? DisplayWidth.visible(data: data) : data)
    } else {
      Screen(colour: common.color, stream: .output).showPaged(outcome.page)
    }
    Screen(colour: common.color, stream: .error).show(outcome.notes)
    if outcome.status != 0 { throw ExitCode(outcome.status) }
  }

  /// Rewrites `gainsay -C DIR list` as `gainsay list -C DIR`.
  private static func workspaceLast(_ arguments: [String]) -> [String] {
    let names = configuration.subcommands.map { $0._commandName }
    guard arguments.count > 2, ["-C", "--workspace"].contains(arguments[0]), names.contains(arguments[2]) else {
      return arguments
    }
    return [arguments[2]] + arguments[..<2] + arguments[3...]
  }
}
