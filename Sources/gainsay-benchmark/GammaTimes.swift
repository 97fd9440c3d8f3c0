import Agreement
import PseudoTerminals

/// How long best alignments, gamma and alpha for unitizing take, beside other people's programs on the same units.
struct GammaTimes {
  private let folder: String
  private let peers: Peers?
  private let isQuick: Bool
  private static let samples = 30
  private static let pygamma = "pygamma-agreement"
  /// HiGHS, which comes with SciPy.
  private static let highs = "scipy"

  init(in folder: String, peers: Peers?, isQuick: Bool) {
    self.folder = folder
    self.peers = peers
    self.isQuick = isQuick
  }

  func measure() throws {
    try measureAlpha(annotators: 2, units: isQuick ? 5_000 : 500_000)
    if !isQuick { try measureAlpha(annotators: 3, units: 333_333) }
    for units in isQuick ? [30, 100] : [30, 100, 300, 1_000, 10_000] {
      let continuum = MadeContinuum(annotators: 3, units: units).continuum
      // The list for HiGHS is made from a matrix of all pairs.
      try measureAlignment(continuum, "3x\(units)", [Self.pygamma] + (units <= 1_000 ? [Self.highs] : []))
      // Beside a peer that takes two minutes for 300 units; the quick run leaves it no time to compile twice.
      try measureGamma(continuum, "3x\(units)", units <= (isQuick ? 30 : 300) ? [Self.pygamma] : [])
    }
    try measureAttributions()
    try measureHard()
    if isQuick { return }
    try measureAlignment(MadeContinuum(annotators: 5, units: 300).continuum, "5x300", [Self.pygamma, Self.highs])
    try measureAlignment(MadeContinuum(annotators: 2, units: 1_000).continuum, "2x1000")
    for annotators in [2, 4, 5, 6, 7] {
      try measureAlignment(MadeContinuum(annotators: annotators, units: 100).continuum, "\(annotators)x100")
    }
    try measureAlignment(MadeContinuum(annotators: 3, units: 300, .nested).continuum, "3x300, nested")
    for depth in [1, 2, 4, 6, 8] {
      let continuum = MadeContinuum(annotators: 3, units: 300, .dense(depth: depth)).continuum
      try measureAlignment(continuum, "3x300, \(depth) deep")
    }
  }

  /// The continua of a file; see ``Continuum/read(_:)``.
  func measure(_ given: [Continuum]) throws {
    for (index, continuum) in given.enumerated() {
      let name = given.count == 1 ? "data" : "data \(index + 1)"
      try measureAlignment(continuum, name, [Self.highs])
      try measureGamma(continuum, name)
    }
  }

  /// As annotators mark news, and as chance would have them do.
  private func measureAttributions() throws {
    let sampled = ["3x100", "6x100"] + (isQuick ? [] : ["6x300"])
    for units in isQuick ? [100, 300] : [100, 300, 1_000] {
      for annotators in 3...6 {
        let size = "\(annotators)x\(units)"
        let name = size + ", attributions"
        let continuum = MadeAttributions(annotators: annotators, units: units).continuum
        let programs = isQuick && units > 100 ? [] : [Self.highs]
        try measureAlignment(continuum, name, programs)
        try measureAlignment(continuum.shifted, name + " by chance", programs)
        if sampled.contains(size) { try measureGamma(continuum, name) }
      }
    }
  }

  /// Where many alignments are nearly as good: what is proved after 1, 10 and 60 seconds.
  private func measureHard() throws {
    let tangled = HardContinua.tangled(annotators: 12, units: 10)
    try measureProof(tangled, "12x10, tangled")
    if isQuick { return }
    for annotators in [3, 4, 5, 6] {
      try measureProof(HardContinua.longOverShort(annotators: annotators), "\(annotators)x153, 3 long over 150 short")
    }
    try measureProof(HardContinua.alike(annotators: 12, units: 10), "12x10")
    for annotators in [4, 6, 8] {
      try measureProof(HardContinua.tangled(annotators: annotators, units: 10), "\(annotators)x10, tangled")
    }
  }

  private func measureProof(_ continuum: Continuum, _ name: String) throws {
    for seconds in isQuick ? [1] : [1, 10, 60] {
      let start = PseudoTerminal.now
      let limit = SearchLimit(deadline: .now + .seconds(seconds))
      let found = try BestAlignment(continuum.layers, limit: limit)
      if found.cost == found.provedCost {
        return report("gamma", case: name, "best-alignment", PseudoTerminal.now - start, unit: "s")
      }
      let open = (found.cost - found.provedCost) / found.cost
      report("gamma", case: name, "open-after-\(seconds)-s", open, unit: "share of the cost")
    }
  }

  // MARK: gamma

  private func measureAlignment(_ continuum: Continuum, _ name: String, _ programs: [String] = []) throws {
    let ours = try best(isQuick: isQuick) { try BestAlignment(continuum.layers).disorder ?? 0 }
    for timing in try reportTimes(name, "best-alignment", ours.seconds, continuum, programs) {
      try compare(name, timing, "value", ours.value, within: 1e-6 * ours.value)
    }
  }

  private func measureGamma(_ continuum: Continuum, _ name: String, _ programs: [String] = []) throws {
    var drawing = GammaTally.Drawing()
    drawing.sampler = .shuffle(.half)
    drawing.samples = Self.samples
    let study = continuum.study
    let ours = try best(isQuick: isQuick) {
      let tallies = try GammaTally.tallies(of: study, by: Dissimilarity(), labels: continuum.labels, drawing)
      return try Gamma(.overall).coefficient(of: tallies.total)
    }
    let (observed, expected) = (ours.value.observed ?? 0, ours.value.expected ?? 0)
    for timing in try reportTimes(name, "gamma", ours.seconds, continuum, programs) {
      try compare(name, timing, "disorder", observed, within: 1e-6 * observed)
      // Both are means of draws.
      let errors = (ours.value.sampling?.standardError ?? 0, timing.numbers["standardError"] ?? 0)
      let error = (errors.0 * errors.0 + errors.1 * errors.1).squareRoot()
      try compare(name, timing, "expected", expected, within: 4 * error)
    }
  }

  /// Reports our time, once beside each program that does the same.
  ///
  /// - Returns: what these took, and came to.
  private func reportTimes(
    _ name: String, _ measure: String, _ seconds: Double, _ continuum: Continuum, _ programs: [String]
  ) throws -> [Peers.Timing] {
    var timings: [Peers.Timing] = []
    if let peers, !programs.isEmpty {
      let path = try continuum.write(in: folder)
      defer { Corpus.remove(path) }
      timings = try programs.compactMap { try peers.time($0, measure, path) }
    }
    for timing in timings { report("gamma", case: name, measure, seconds, unit: "s", peer: timing) }
    if timings.isEmpty { report("gamma", case: name, measure, seconds, unit: "s") }
    return timings
  }

  /// - Throws: ``Differs`` where a peer comes to another number.
  private func compare(
    _ name: String, _ timing: Peers.Timing, _ number: String, _ ours: Double, within tolerance: Double
  ) throws {
    guard let theirs = timing.numbers[number], abs(theirs - ours) > tolerance else { return }
    throw Differs(description: "\(name), \(number): \(ours), but \(theirs) by \(timing.name).")
  }

  // MARK: alpha

  private func measureAlpha(annotators: Int, units: Int) throws {
    let continuum = MadeContinuum(annotators: annotators, units: units, .flat).continuum
    let study = continuum.study
    let name = "\(annotators)x\(units)"
    let alpha = UnitizingAlpha(.overall, labels: continuum.labels)
    let count = study.continua[0].units.reduce(0) { $0 + ($1?.count ?? 0) }
    let bytes = count * MemoryLayout<UnitizingStudy.Unit>.stride
    let memory = try Memory.added { _ = try alpha.coefficient(of: study) }
    let ours = try best(isQuick: isQuick) { try alpha.coefficient(of: study).value }
    report("gamma", case: name, "alpha-u", ours.seconds, unit: "s")
    report("gamma", case: name, "alpha-u-memory", Double(bytes + memory) / Double(bytes), unit: "inputs")
  }
}
