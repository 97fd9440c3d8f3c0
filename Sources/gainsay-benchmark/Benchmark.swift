import Agreement
import ArgumentParser
import Foundation
import LineEditor
import Storage
import Suggestion

/// Measures what the README says of speed: JSON lines on standard output, one figure each.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gainsay-benchmark", abstract: "Measures gainsay; prints JSON lines, one figure each.")

  enum Name: String, CaseIterable, ExpressibleByArgument {
    case startup, prompt, storage, keystrokes, bare, suggestions, agreement, gamma, interchange, scale, team
  }

  @Argument(
    help:
      "What to measure: \(Name.allCases.map(\.rawValue).joined(separator: ", ")); all where none is named."
  )
  var names: [Name] = Name.allCases

  @Option(
    help: """
      Gold annotations: a workspace or a brat collection; the workspace here where none is named. With gamma: units in \
      a .json file, to measure with instead of made ones.
      """)
  var data = "."

  @Option(help: "The annotator of a workspace whose files count as right.")
  var gold = "gold"

  @Flag(help: "Measures other people's programs on the same data, too: Python with Tests/Peers/requirements.txt.")
  var peers = false

  @Flag(help: "With gamma: only prints the least disorder of each of the documents in --data, one a line.")
  var disorders = false

  @Flag(help: "With scale: how time and memory grow, on 1, 10 and 100 times as much.")
  var curve = false

  @Flag(help: "Fewer repetitions on less data, to see that it runs.")
  var quick = false

  @Option(help: "With suggestions and keystrokes: a model that “gainsay learn” has kept.")
  var model: String?

  @Option(help: "With suggestions: more annotations, to learn from 5, 20, 50, 200 and all of them.")
  var train: String?

  func run() throws {
    let folder = try Corpus.temporaryFolder()
    defer { Corpus.remove(folder) }
    try measureAgainstGold(folder)
    if names.contains(.agreement) {
      try AgreementTimes(in: folder, peers: peers ? Peers(isQuick: quick) : nil, isQuick: quick).measure()
    }
    if names.contains(.gamma) { try measureGamma(folder) }
    if names.contains(.interchange) { try ExchangeTimes(in: folder, isQuick: quick).measure() }
    if names.contains(.scale), curve { return try Curve(folder: folder, isQuick: quick).measure() }
    if names.contains(.scale) {
      try Scale(documents: quick ? 50 : 10_000, in: folder, peers: peers ? Peers(isQuick: quick) : nil).measure()
    }
    if names.contains(.team) { try TeamTimes(in: folder, isQuick: quick).measure() }
    if names.contains(.prompt) { try measureWhileLearning(folder) }
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
        case .suggestions, .keystrokes, .bare, .agreement, .gamma, .interchange, .scale, .team: break
        }
      }
    }
  }

  /// Keys while the spans of many finished documents are being learned from, which takes longer than the keys do.
  private func measureWhileLearning(_ folder: String) throws {
    let place = Paths.join(folder, "learning")
    try POSIXDisk().makeFolder(place)
    let corpus = try Corpus(Corpus.article, in: place)
    let finished = quick ? 20 : 800
    try corpus.addFinished(finished)
    try Prompt(corpus, repetitions: quick ? 5 : 100, name: "learning from \(finished) documents").measureSelector()
  }

  private func measureGamma(_ folder: String) throws {
    if disorders {
      for continuum in try Continuum.read(data) {
        Terminal.write("\(try BestAlignment(continuum.layers).disorder ?? 0)\n")
      }
      return
    }
    let times = GammaTimes(in: folder, peers: peers ? try Peers(isQuick: quick) : nil, isQuick: quick)
    guard data.hasSuffix(".json") else { return try times.measure() }
    try times.measure(Continuum.read(data))
  }

  private func measureAgainstGold(_ folder: String) throws {
    guard names.contains(where: { [.keystrokes, .bare, .suggestions].contains($0) }) else { return }
    let golds = try Gold.read(data, of: gold, in: folder)
    guard !golds.isEmpty else { throw ValidationError("\(data) holds no annotations of “\(gold)”.") }
    if names.contains(.bare) { try BareLabels(golds, in: folder).measure() }
    let kept = try model.map { Array(try Data(contentsOf: URL(fileURLWithPath: $0))) }
    if names.contains(.keystrokes) { try Keystrokes(golds, model: kept, in: folder).measure() }
    if names.contains(.suggestions) {
      let suggestions = Suggestions(golds, kept: try kept.map { try KeptModel($0) }, isQuick: quick)
      try suggestions.measure()
      if let train { try suggestions.measureCurve(Gold.read(train, of: gold, in: Paths.join(folder, "train"))) }
    }
  }
}
