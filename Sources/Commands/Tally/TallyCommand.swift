package import ArgumentParser
import Comparison
import Interchange
import JSONText
package import Pages
import Standoff
import Storage

/// Counts documents for agreement, a line each, wherever they are.
package struct TallyCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tally", abstract: "Count documents for agreement, one JSON line each, on any machine.",
    discussion: """
      gainsay tally --plan-from WORKSPACE > plan.json
      gainsay export jsonl --grouped -C WORKSPACE > documents.jsonl
      gainsay tally --plan plan.json < documents.jsonl > tallies.jsonl
      gainsay agree --from-tallies tallies.jsonl --plan plan.json
      """)

  @OptionGroup package var common: CommonOptions

  @Option(
    help: ArgumentHelp("Count the documents on standard input by this plan.", valueName: "file"), completion: .file())
  var plan: String?

  @Option(
    help: ArgumentHelp("Print the plan of this workspace: its annotators, scheme and rules.", valueName: "dir"),
    completion: .directory)
  var planFrom: String?

  @Flag(help: "Join tallies on standard input, in any order: each document once, by id.")
  var merge = false

  @Flag(help: "Go on after a line that cannot be read, and count it as refused.")
  var keepGoing = false

  @Option(
    help: ArgumentHelp(
      "Print one line with the sums of all documents, and of this many resamples of them. Use it with --plan.",
      valueName: "number"))
  var resamples: Int?

  @OptionGroup var counting: CountingOptions

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    guard [plan != nil, planFrom != nil, merge].count(where: { $0 }) == 1 else {
      throw Complaint(
        "“tally” does one of three things: --plan-from, --plan or --merge.",
        "Make a plan of a workspace with --plan-from DIR, count with --plan FILE, join the results with --merge.")
    }
    if keepGoing, plan == nil {
      throw Complaint("--keep-going goes on counting after a line that cannot be read.", "Use it with --plan.")
    }
    if let resamples {
      guard plan != nil else {
        throw Complaint("--resamples adds up documents while they are counted.", "Use it with --plan.")
      }
      guard 1...TallySum.mostResamples ~= resamples else {
        throw Complaint(
          "--resamples takes a number from 1 to \(TallySum.mostResamples), not \(resamples).",
          culprit: String(resamples))
      }
    }
    if merge, !counting.areOpen {
      throw Complaint(
        "--merge joins what was counted, and counts nothing.", "Give the options of what to count with --plan-from.")
    }
    if let planFrom { return try makePlan(shell.comparedWorkspace(at: planFrom)) }
    return try merge ? mergeLines(shell) : countLines(plan ?? "", shell)
  }

  private func makePlan(_ workspace: Workspace) throws(Complaint) -> CommandOutcome {
    var request = try counting.request()
    request.gamma = try counting.gammaCounting()
    return CommandOutcome(data: PlanFile.encode(try CountingPlan(of: workspace, request)))
  }

  private func mergeLines(_ shell: Shell) throws(Complaint) -> CommandOutcome {
    let merge = try TallyMerge(of: "-", shell)
    for line in merge.sorted { shell.output(line + [0x0A]) }
    var outcome = CommandOutcome(data: [])
    merge.note(in: &outcome)
    return outcome
  }

  // MARK: counting

  /// The most lines, and the most bytes in them, to count at once.
  private static let batch = (lines: 256, bytes: 1 << 24)

  private func countLines(_ path: String, _ shell: Shell) throws(Complaint) -> CommandOutcome {
    let given = try CountingPlan(at: path, shell)
    var request = try counting.request(over: given.choice)
    var counting = counting
    let seed = try checked(seed: counting.seed)
    // With resamples the seed is theirs, and gamma has that of the plan.
    if resamples != nil { counting.seed = 1 }
    request.gamma = try counting.gammaCounting(over: given.choice.gamma)
    let plan = try given.choosing(request)
    guard let scheme = plan.scheme else {
      throw Complaint("\(path): the plan has no scheme.", "Make it anew with “gainsay tally --plan-from”.")
    }
    let digest = PlanFile.digest(of: plan)
    var lines = LineSource("-", shell)
    var (isAtEnd, refused, isEmpty) = (false, 0, true)
    var sum = TallySum(resamples: resamples ?? 0, seed: seed)
    while !isAtEnd {
      var (batch, bytes): ([(line: [UInt8], number: Int)], Int) = ([], 0)
      while batch.count < Self.batch.lines, bytes < Self.batch.bytes {
        guard let line = try lines.next() else {
          isAtEnd = true
          break
        }
        if line.isBlank { continue }
        isEmpty = false
        batch.append((line, lines.number))
        bytes += line.count
      }
      let counted = InOrder.map(batch) { line, number in
        Result { () throws(Complaint) in try Self.reading(of: line, number: number, plan, scheme) }
      }
      for (line, result) in zip(batch, counted) {
        do throws(Complaint) {
          let reading = try result.get()
          if resamples == nil {
            shell.output(TallyLine.encode(reading, plan, digest: digest))
          } else {
            sum.add(reading, plan)
          }
        } catch {
          guard keepGoing else { throw error }
          refused += 1
          shell.say(Page(error.problem))
          if resamples == nil {
            shell.output(TallyLine.encode(refused: line.line, digest: digest))
          } else {
            sum.addRefused()
          }
        }
      }
    }
    if resamples != nil, !isEmpty { shell.output(sum.encoded(digest: digest)) }
    var outcome = CommandOutcome(data: [])
    if refused > 0 { outcome.notes.append("Refused: \(counted(refused, "line")).") }
    return outcome
  }

  private static func reading(
    of line: [UInt8], number: Int, _ plan: CountingPlan, _ scheme: Scheme
  ) throws(Complaint) -> DocumentReading {
    let grouped: GroupedDocument
    do throws(JSONFault) { grouped = try GroupedDocument(line, scheme: scheme) } catch {
      throw Complaint(
        unreadableLine: number, error, "Mend the line, or pass over such lines with --keep-going; they are counted.")
    }
    do throws(Complaint) { return try DocumentReading(grouped, plan) } catch {
      throw Complaint("Line \(number): \(error.problem)", error.advice)
    }
  }
}
