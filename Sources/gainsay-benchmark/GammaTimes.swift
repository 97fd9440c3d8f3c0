import Agreement

/// How long best alignments, gamma and alpha for unitizing take, beside other people's programs on the same units.
struct GammaTimes {
  private let folder: String
  private let peers: Peers?
  private let isQuick: Bool
  private static let samples = 30

  init(in folder: String, peers: Peers?, isQuick: Bool) {
    self.folder = folder
    self.peers = peers
    self.isQuick = isQuick
  }

  func measure() throws {
    try measureAlpha(annotators: 2, units: isQuick ? 5_000 : 500_000)
    if !isQuick { try measureAlpha(annotators: 3, units: 333_333) }
    for units in isQuick ? [30, 100] : [30, 100, 300, 1_000, 10_000] {
      let continuum = MadeContinuum(annotators: 3, units: units)
      try measureAlignment(continuum, "3x\(units)", peer: true)
      // Beside a peer that takes two minutes for 300 units; the quick run leaves it no time to compile twice.
      try measureGamma(continuum, "3x\(units)", peer: units <= (isQuick ? 30 : 300))
    }
    if isQuick { return }
    try measureAlignment(MadeContinuum(annotators: 5, units: 300), "5x300", peer: true)
    try measureAlignment(MadeContinuum(annotators: 2, units: 1_000), "2x1000")
    for annotators in [2, 4, 5, 6, 7] {
      try measureAlignment(MadeContinuum(annotators: annotators, units: 100), "\(annotators)x100")
    }
    try measureAlignment(MadeContinuum(annotators: 3, units: 300, .nested), "3x300, nested")
    for depth in [1, 2, 4, 6, 8] {
      try measureAlignment(MadeContinuum(annotators: 3, units: 300, .dense(depth: depth)), "3x300, \(depth) deep")
    }
  }

  // MARK: gamma

  private func measureAlignment(_ continuum: MadeContinuum, _ name: String, peer isBeside: Bool = false) throws {
    let ours = best(isQuick: isQuick) { BestAlignment(continuum.layers).disorder ?? 0 }
    let timing = try isBeside ? time("best-alignment", continuum) : nil
    report("gamma", case: name, "best-alignment", ours.seconds, unit: "s", peer: timing)
    try compare(name, timing, "value", ours.value, within: 1e-6 * ours.value)
  }

  private func measureGamma(_ continuum: MadeContinuum, _ name: String, peer isBeside: Bool) throws {
    var drawing = GammaTally.Drawing()
    drawing.sampler = .shuffle(.half)
    drawing.samples = Self.samples
    let study = continuum.study
    let ours = try best(isQuick: isQuick) {
      let tallies = GammaTally.tallies(
        of: study, by: Dissimilarity(), labels: MadeContinuum.labels, drawing)
      return try Gamma(.overall).coefficient(of: tallies.total)
    }
    let timing = try isBeside ? time("gamma", continuum) : nil
    report("gamma", case: name, "gamma", ours.seconds, unit: "s", peer: timing)
    let (observed, expected) = (ours.value.observed ?? 0, ours.value.expected ?? 0)
    try compare(name, timing, "disorder", observed, within: 1e-6 * observed)
    // Both are means of draws.
    let errors = (ours.value.sampling?.standardError ?? 0, timing?.numbers["standardError"] ?? 0)
    let error = (errors.0 * errors.0 + errors.1 * errors.1).squareRoot()
    try compare(name, timing, "expected", expected, within: 4 * error)
  }

  private func time(_ measure: String, _ continuum: MadeContinuum) throws -> Peers.Timing? {
    guard let peers else { return nil }
    let path = try continuum.write(in: folder)
    defer { Corpus.remove(path) }
    return try peers.time("pygamma-agreement", measure, path)
  }

  /// - Throws: ``Differs`` where a peer comes to another number.
  private func compare(
    _ name: String, _ timing: Peers.Timing?, _ number: String, _ ours: Double, within tolerance: Double
  ) throws {
    guard let timing, let theirs = timing.numbers[number], abs(theirs - ours) > tolerance else { return }
    throw Differs(description: "\(name), \(number): \(ours), but \(theirs) by \(timing.name).")
  }

  // MARK: alpha

  private func measureAlpha(annotators: Int, units: Int) throws {
    let study = MadeContinuum(annotators: annotators, units: units, .flat).study
    let name = "\(annotators)x\(units)"
    let alpha = UnitizingAlpha(.overall, labels: MadeContinuum.labels)
    let count = study.continua[0].units.reduce(0) { $0 + ($1?.count ?? 0) }
    let bytes = count * MemoryLayout<UnitizingStudy.Unit>.stride
    let memory = try Memory.added { _ = try alpha.coefficient(of: study) }
    let ours = try best(isQuick: isQuick) { try alpha.coefficient(of: study).value }
    report("gamma", case: name, "alpha-u", ours.seconds, unit: "s")
    report("gamma", case: name, "alpha-u-memory", Double(bytes + memory) / Double(bytes), unit: "inputs")
  }
}
