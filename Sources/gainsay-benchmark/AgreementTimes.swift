import Agreement

/// How long coefficients take, and how much memory, beside other people's programs on the same data.
struct AgreementTimes {
  private let folder: String
  private let peers: Peers?
  private let isQuick: Bool

  init(in folder: String, peers: Peers?, isQuick: Bool) {
    self.folder = folder
    self.peers = peers
    self.isQuick = isQuick
  }

  func measure() throws {
    for items in isQuick ? [10_000] : [100_000, 1_000_000, 10_000_000] {
      for annotators in [2, 5] {
        let name = "\(Self.short(items)) items x \(annotators)"
        try measure(Codings(items: items, annotators: annotators, missing: 0.05), name)
        if items <= 1_000_000 { try measureComplete(Codings(items: items, annotators: annotators, missing: 0), name) }
      }
    }
    try measureSpans(documents: isQuick ? 1_000 : 100_000)
    for annotators in [2, 5] {
      try measureBootstrap(documents: isQuick ? 100 : 1_000, annotators, resamples: isQuick ? 50 : 10_000)
    }
  }

  private static func short(_ count: Int) -> String {
    count >= 1_000_000 ? "\(count / 1_000_000)M" : "\(count / 1_000)k"
  }

  // MARK: items

  private func measure(_ codings: Codings, _ name: String) throws {
    let columns = codings.columns
    let path = try peers.map { _ in try codings.write(in: folder) }
    defer { if let path { Corpus.remove(path) } }
    // NLTK's objects of ten million items would not fit many a machine.
    let nltk = columns[0].count > 1_000_000 ? [] : ["nltk"]
    try row(name, "alpha", ["krippendorff"] + nltk + ["numpy"], path) {
      try KrippendorffAlpha().coefficient(of: CodingStudy(columns: columns)).value
    }
    let two = Array(columns.prefix(2))
    try row(name, "cohen", ["scikit-learn"] + nltk + ["numpy"], path) {
      try CohenKappa().coefficient(of: CodingStudy(columns: two)).value
    }
    // No package computes it with values missing.
    try row(name, "fleiss", ["numpy"], path) {
      try FleissKappa().coefficient(of: CodingStudy(columns: columns)).value
    }
    let bytes = columns.count * columns[0].count
    let memory = try Memory.added { _ = try KrippendorffAlpha().coefficient(of: CodingStudy(columns: columns)) }
    report("agreement", case: name, "memory", Double(bytes + memory) / Double(bytes), unit: "inputs")
  }

  private func measureComplete(_ codings: Codings, _ name: String) throws {
    let columns = codings.columns
    let path = try peers.map { _ in try codings.write(in: folder) }
    defer { if let path { Corpus.remove(path) } }
    try row(name + ", none missing", "fleiss", ["nltk", "statsmodels", "numpy"], path) {
      try FleissKappa().coefficient(of: CodingStudy(columns: columns)).value
    }
  }

  // MARK: spans

  private func measureSpans(documents: Int) throws {
    let spans = SpanSets(documents: documents)
    let study = spans.study
    let path = try peers.map { _ in try spans.write(in: folder) }
    defer { if let path { Corpus.remove(path) } }
    try row("\(Self.short(documents)) documents", "span-f1", ["nervaluate", "seqeval", "numpy"], path) {
      try SpanScore(.f1, by: .strict).coefficient(of: study).value
    }
    for (name, criterion) in [
      ("span-f1-partial", SpanCriterion.partial), ("span-f1-overlap", .overlap(minimum: 0.5)),
    ] {
      try row("\(Self.short(documents)) documents", name, [], path) {
        try SpanScore(.f1, by: criterion).coefficient(of: study).value
      }
    }
  }

  // MARK: bootstrap

  private func measureBootstrap(documents: Int, _ annotators: Int, resamples: Int) throws {
    let items = 1_000
    let codings = Codings(items: documents * items, annotators: annotators, missing: 0.05)
    let lengths = [Int](repeating: items, count: documents)
    let path = try peers.map { _ in try codings.write(in: folder, documents: lengths, resamples: resamples) }
    defer { if let path { Corpus.remove(path) } }
    let name = "\(documents) documents x \(items) items x \(annotators), \(resamples) resamples"
    let full = try best(isQuick: isQuick) {
      try KrippendorffAlpha().coefficient(of: CodingStudy(columns: codings.columns)).value
    }
    let study = CodingStudy(columns: codings.columns, documents: lengths)
    let tallies = try KrippendorffAlpha().tallies(of: study)
    let bootstrap = Bootstrap(resamples: resamples)
    let took = try best(isQuick: isQuick) { try bootstrap.interval(of: KrippendorffAlpha(), in: tallies).low }
    report("agreement", case: name, "bootstrap-in-full-computations", took.seconds / full.seconds, unit: "computations")
    // Peers begin with the items, too.
    try row(name, "bootstrap", ["krippendorff", "scipy", "numpy"], path) {
      try bootstrap.interval(
        of: KrippendorffAlpha(), in: CodingStudy(columns: codings.columns, documents: lengths)
      ).low
    }
  }

  // MARK: rows

  /// Our time and each peer's.
  ///
  /// - Throws: ``Differs`` where a peer comes to another number; bounds of intervals are not compared.
  private func row(
    _ name: String, _ measure: String, _ programs: [String], _ path: String?, _ body: () throws -> Double
  ) throws {
    let ours = try best(isQuick: isQuick, body)
    var isReported = false
    for program in programs {
      guard let peers, let path, let timing = try peers.time(program, measure, path) else { continue }
      report("agreement", case: name, measure, ours.seconds, unit: "s", peer: timing)
      isReported = true
      if let value = timing.value, abs(value - ours.value) > 1e-9 {
        throw Differs(description: "\(name), \(measure): \(ours.value), but \(value) by \(timing.name).")
      }
    }
    if !isReported { report("agreement", case: name, measure, ours.seconds, unit: "s") }
  }
}
