import ArgumentParser
import JSONText
import LineEditor
import Storage

/// Measures what the README says of speed: JSON lines on standard output, one figure each.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gainsay-benchmark", abstract: "Measures gainsay; prints JSON lines, one figure each.")

  enum Name: String, CaseIterable, ExpressibleByArgument {
    case startup, prompt, storage, keystrokes, suggestions, agreement, gamma, interchange, scale, team
  }

  @Argument(
    help:
      "What to measure: \(Name.allCases.map(\.rawValue).joined(separator: ", ")); all where none is named."
  )
  var names: [Name] = Name.allCases

  @Option(help: "Gold annotations: a workspace or a brat collection; the workspace here where none is named.")
  var data = "."

  @Flag(help: "Measures other people's programs on the same data, too: Python with Tests/Peers/requirements.txt.")
  var peers = false

  @Flag(help: "Fewer repetitions, to see that it runs.")
  var quick = false

  func run() throws {
    let folder = try Corpus.temporaryFolder()
    defer { Corpus.remove(folder) }
    try measureAgainstGold(folder)
    if names.contains(.agreement) {
      try AgreementTimes(in: folder, peers: peers ? Peers() : nil, isQuick: quick).measure()
    }
    if names.contains(.gamma) { try GammaTimes(in: folder, peers: peers ? Peers() : nil, isQuick: quick).measure() }
    if names.contains(.interchange) { try ExchangeTimes(in: folder, isQuick: quick).measure() }
    if names.contains(.scale) {
      try Scale(documents: quick ? 500 : 10_000, in: folder, peers: peers ? Peers() : nil).measure()
    }
    if names.contains(.team) { try TeamTimes(in: folder, isQuick: quick).measure() }
    let names = names.filter { [.startup, .prompt, .storage].contains($0) }
    if names.isEmpty { return }
    for size in quick ? [Corpus.article] : [Corpus.article, Corpus.book] {
      let corpus = try Corpus(size, in: folder)
      for name in names {
        switch name {
        case .startup: try Prompt(corpus, repetitions: quick ? 3 : 20).measureStartup()
        case .prompt:
          let prompt = Prompt(corpus, repetitions: quick ? 5 : 100)
          try prompt.measureAnswers()
          try prompt.measureSelector()
        case .storage: try Edits(corpus, repetitions: quick ? 20 : 500).measure()
        case .suggestions, .keystrokes, .agreement, .gamma, .interchange, .scale, .team: break
        }
      }
    }
  }

  private func measureAgainstGold(_ folder: String) throws {
    guard names.contains(where: { $0 == .keystrokes || $0 == .suggestions }) else { return }
    let golds = try Gold.read(data)
    guard !golds.isEmpty else { throw ValidationError("\(data) holds no gold annotations.") }
    if names.contains(.keystrokes) { try Keystrokes(golds, in: folder).measure() }
    if names.contains(.suggestions) { try Suggestions(golds).measure() }
  }
}

/// One figure as a line of JSON.
///
/// - Parameter peer: what another program took for the same; where it did not finish, the ratio is a lower bound.
func report(
  _ benchmark: String, case name: String, _ measure: String, _ value: Double, unit: String, peer: Peers.Timing? = nil
) {
  var writer = JSONWriter()
  writer.object { writer in
    writer.string("benchmark", benchmark)
    writer.string("case", name)
    writer.string("measure", measure)
    writer.string("peer", peer?.name)
    if let peer, peer.seconds == nil { writer.integer("peerTimeout", Peers.limit) }
    writer.number("peerValue", peer?.seconds)
    writer.number("ratio", peer.map { ($0.seconds ?? Double(Peers.limit)) / value })
    writer.string("unit", unit)
    writer.number("value", value)
  }
  writer.newline()
  Terminal.write(writer.bytes)
}

/// The best of the runs that fit in two seconds, or a tenth of one for a quick look; three at least.
func best<Value>(isQuick: Bool, _ body: () throws -> Value) rethrows -> (seconds: Double, value: Value) {
  let start = PseudoTerminal.now
  var value = try body()
  var best = PseudoTerminal.now - start
  var runs = 1
  while runs < 3 || PseudoTerminal.now - start < (isQuick ? 0.1 : 2) {
    let from = PseudoTerminal.now
    value = try body()
    best = min(best, PseudoTerminal.now - from)
    runs += 1
  }
  return (best, value)
}

/// Two programs come to different numbers.
struct Differs: Error, CustomStringConvertible { let description: String }

/// Median and 99th percentile of times.
func report(_ benchmark: String, case name: String, _ measure: String, times: [Double]) {
  let sorted = times.sorted()
  guard !sorted.isEmpty else { return }
  report(benchmark, case: name, measure + "-median", sorted[sorted.count / 2], unit: "s")
  report(benchmark, case: name, measure + "-p99", sorted[min(sorted.count - 1, sorted.count * 99 / 100)], unit: "s")
}
