import JSONText
import LineEditor
import PseudoTerminals

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
