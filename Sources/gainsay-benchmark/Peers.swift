import JSONText
import LineEditor
import Programs
import Storage

/// Other people's programs on the same data, each run by `Tests/Peers/timings.py` in a process of its own.
struct Peers {
  /// What a peer took.
  struct Timing {
    let name: String
    /// The best run; nil where it did not finish in ``limit`` seconds.
    let seconds: Double?
    /// What else it says in numbers: under `value` its result, where that is one.
    let numbers: [String: Double]

    var value: Double? { numbers["value"] }
  }

  /// Seconds that a peer is given.
  static let limit = 300

  private let python: String
  /// Seconds that a peer repeats its work for.
  private let budget: Double
  private let script = "Tests/Peers/timings.py"

  /// - Throws: where the script is not there: benchmarks with peers run from a checkout.
  init(isQuick: Bool) throws {
    budget = isQuick ? 0.1 : 2
    python = Terminal.environment("GAINSAY_PYTHON") ?? "python3"
    guard try POSIXDisk().entry(script) != nil else { throw Missing() }
  }

  struct Missing: Error, CustomStringConvertible {
    let description = "Peers are run by Tests/Peers/timings.py: start the benchmark in a checkout."
  }

  /// - Returns: nil where the peer is not installed or cannot do it; that is said on standard error.
  func time(_ peer: String, _ measure: String, _ path: String) throws -> Timing? {
    let answer = try ExternalProgram.run(
      "exec timeout \(Self.limit) '\(python)' -B \(script) \(peer) \(measure) '\(path)' \(budget)",
      input: [], within: Self.limit + 30)
    if answer.status == 124 { return Timing(name: peer, seconds: nil, numbers: [:]) }
    var (name, seconds, reason): (String?, Double?, String?) = (nil, nil, nil)
    var numbers: [String: Double] = [:]
    do {
      var reader = JSONReader(answer.output)
      try reader.readObject { (key, reader) throws(JSONFault) in
        switch (key, try reader.peek()) {
        case ("peer", .string): name = try reader.readString()
        case ("seconds", .number): seconds = try reader.readNumber()
        case (_, .number): numbers[key] = try reader.readNumber()
        case ("failed", .string), ("skipped", .string): reason = try reader.readString()
        default: try reader.skipValue()
        }
      }
    } catch {
      reason = String(decoding: answer.errors.isEmpty ? answer.output : answer.errors, as: UTF8.self)
    }
    guard let name, let seconds else {
      Terminal.write("\(peer), \(measure): \(reason ?? "no answer")\n", to: .error)
      return nil
    }
    return Timing(name: name, seconds: seconds, numbers: numbers)
  }
}
