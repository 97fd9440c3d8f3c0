import Agreement
import JSONText
package import Pages
import Standoff
import Storage

/// The format of a plan's file: what is counted of every document, for machines that see a part of the corpus.
package enum PlanFile {
  static let format = 2

  /// The bytes of a plan's file; plans that count alike have equal bytes.
  package static func encode(_ plan: CountingPlan) -> [UInt8] {
    let choice = plan.choice
    return JSONWriter.document { writer in
      writer.strings("annotators", plan.annotators)
      writer.key("attributes")
      writer.boolean(choice.hasAttributes)
      writer.key("continua")
      writer.boolean(choice.hasContinua)
      writer.integer("format", format)
      if let gamma = choice.gamma { write(gamma, to: &writer) }
      writer.key("inProgress")
      writer.boolean(choice.inProgress)
      writer.strings("labels", choice.labels.isEmpty ? [] : plan.labels)
      write("matters", plan.lists.matters.map { ($0.key, $0.aliases) }, to: &writer)
      writer.strings("named", choice.annotators)
      writer.array("overlap", .compact) { writer in for overlap in choice.overlaps { writer.number(overlap) } }
      writer.key("pairs")
      writer.boolean(choice.hasPairs)
      writer.string("reference", choice.reference)
      writer.integer("round", choice.round)
      writer.integer("rules", Segmentation.version)
      writer.key("scheme")
      if let scheme = plan.scheme { SchemeFile.write(scheme.bare, to: &writer) } else { writer.null() }
      write("speakers", plan.lists.speakers.map { ($0.name, $0.aliases) }, to: &writer)
      writer.strings("units", choice.units.map(\.rawValue))
      writer.key("withoutSuggested")
      writer.boolean(choice.withoutSuggested)
      writer.strings("zones", choice.zones.map(\.rawValue).sorted())
    }
  }

  private static func write(_ gamma: GammaCounting, to writer: inout JSONWriter) {
    let (dissimilarity, drawing) = (gamma.setting.dissimilarity, gamma.setting.drawing)
    writer.object("gamma") { writer in
      writer.number("alpha", dissimilarity.alpha)
      writer.number("beta", dissimilarity.beta)
      writer.number("delta", dissimilarity.deltaEmpty)
      writer.number("gap", drawing.limit.gap)
      writer.key("hard")
      writer.boolean(gamma.isHard)
      writer.string("sampler", drawing.sampler == .statistical ? "statistical" : "shuffle")
      writer.integer("samples", drawing.samples)
      writer.integer("seed", Int(clamping: drawing.seed))
      writer.key("soft")
      writer.boolean(gamma.isSoft)
    }
  }

  /// Writes the names of a list that have aliases; the others change no count.
  private static func write(_ key: String, _ names: [(String, [String])], to writer: inout JSONWriter) {
    writer.array(key, .block) { writer in
      for (name, aliases) in names where !aliases.isEmpty {
        writer.object { writer in
          writer.strings("aliases", aliases)
          writer.string("name", name)
        }
      }
    }
  }

  /// The digest by which tallies name the plan with which they were counted.
  package static func digest(of plan: CountingPlan) -> String { "sha256:" + SHA256.hex(of: encode(plan)) }

  /// Reads a plan.
  ///
  /// - Throws: the first fault, with its line and column; or what cannot be counted.
  package static func decode(_ bytes: [UInt8], path: String) throws(Complaint) -> CountingPlan {
    var parts = Parts()
    do throws(JSONFault) { try parts.read(bytes) } catch { throw Complaint(FileFault(path, error)) }
    guard parts.rules == Segmentation.version else {
      throw Complaint(
        "\(path): the plan is for segmentation rules \(parts.rules); this program has \(Segmentation.version).",
        "Make the plan anew with “gainsay tally --plan-from”.")
    }
    return try CountingPlan(parts.choice, scheme: parts.scheme, annotators: parts.annotators, lists: parts.lists)
  }

  private struct Parts {
    var choice = CountingRequest()
    var annotators: [String] = []
    var lists = SharedLists()
    var scheme: Scheme?
    var rules = 0

    mutating func read(_ bytes: [UInt8]) throws(JSONFault) {
      var parts = self
      var reader = JSONReader(bytes)
      try reader.readRecord(
        [
          "annotators", "attributes", "continua", "format", "inProgress", "labels", "matters", "named", "overlap",
          "pairs",
          "reference", "round", "rules", "scheme", "speakers", "units", "withoutSuggested", "zones",
        ], optional: ["gamma"]
      ) { (key, reader) throws(JSONFault) in
        let place = reader.place()
        switch key {
        case "annotators": parts.annotators = try reader.readNames()
        case "attributes": parts.choice.hasAttributes = try reader.readBoolean()
        case "continua": parts.choice.hasContinua = try reader.readBoolean()
        case "format": try reader.readFormat(format)
        case "gamma": parts.choice.gamma = try reader.readGamma()
        case "inProgress": parts.choice.inProgress = try reader.readBoolean()
        case "labels": parts.choice.labels = try reader.readStrings()
        case "matters":
          try reader.readAliases {
            parts.lists.matters.append(SharedLists.Matter(key: $0, aliases: $1, proposition: ""))
          }
        case "named": parts.choice.annotators = try reader.readNames()
        case "overlap":
          parts.choice.overlaps = []
          try reader.readArray { (reader) throws(JSONFault) in
            parts.choice.overlaps.append(try reader.readNumber())
          }
          guard !parts.choice.overlaps.isEmpty, parts.choice.overlaps.allSatisfy((0...1).contains) else {
            throw reader.fault(at: place, expected: "numbers from 0 to 1", found: "others")
          }
        case "pairs": parts.choice.hasPairs = try reader.readBoolean()
        case "reference": parts.choice.reference = reader.readNull() ? nil : try reader.readString()
        case "round": parts.choice.round = reader.readNull() ? nil : try reader.readInteger()
        case "rules": parts.rules = try reader.readInteger()
        case "scheme": parts.scheme = try reader.readScheme()
        case "speakers":
          try reader.readAliases { parts.lists.speakers.append(SharedLists.Speaker(name: $0, aliases: $1)) }
        case "units": parts.choice.units = try reader.readChoices()
        case "withoutSuggested": parts.choice.withoutSuggested = try reader.readBoolean()
        default: parts.choice.zones = Set(try reader.readChoices() as [Zone.Kind])
        }
      }
      try reader.finish()
      self = parts
    }
  }
}

extension JSONReader {
  /// Reads names of annotators, each once.
  fileprivate mutating func readNames() throws(JSONFault) -> [String] {
    let place = place()
    let names = try readStrings()
    guard Set(names).count == names.count, names.allSatisfy(Scheme.isPlainName), names.count <= 4096 else {
      throw fault(at: place, expected: "names of annotators, each once", found: "other names")
    }
    return names
  }

  /// Reads choices, each once.
  fileprivate mutating func readChoices<Choice: RawRepresentable & CaseIterable & Equatable>() throws(JSONFault)
    -> [Choice] where Choice.RawValue == String
  {
    var choices: [Choice] = []
    try readArray { (reader) throws(JSONFault) in
      let place = reader.place()
      let choice: Choice = try reader.readChoice()
      if choices.contains(choice) {
        throw reader.fault(at: place, expected: "each once", found: "“\(choice.rawValue)” again")
      }
      choices.append(choice)
    }
    return choices
  }

  fileprivate mutating func readAliases(_ add: (String, [String]) -> Void) throws(JSONFault) {
    try readArray { (reader) throws(JSONFault) in
      var (name, aliases) = ("", [String]())
      try reader.readRecord(["aliases", "name"]) { (key, reader) throws(JSONFault) in
        if key == "name" { name = try reader.readString() } else { aliases = try reader.readStrings() }
      }
      add(name, aliases)
    }
  }

  fileprivate mutating func readGamma() throws(JSONFault) -> GammaCounting {
    let start = place()
    var gamma = GammaCounting()
    var (alpha, beta, delta) = (1.0, 1.0, 1.0)
    try readRecord(["alpha", "beta", "delta", "gap", "hard", "sampler", "samples", "seed", "soft"]) {
      (key, reader) throws(JSONFault) in
      switch key {
      case "alpha": alpha = try reader.readNumber()
      case "beta": beta = try reader.readNumber()
      case "delta": delta = try reader.readNumber()
      case "gap": gamma.setting.drawing.limit.gap = try reader.readNumber()
      case "hard": gamma.isHard = try reader.readBoolean()
      case "sampler":
        gamma.setting.drawing.sampler = try reader.readString() == "statistical" ? .statistical : .shuffle(.mean)
      case "samples": gamma.setting.drawing.samples = try reader.readInteger()
      case "seed": gamma.setting.drawing.seed = UInt64(clamping: try reader.readInteger())
      default: gamma.isSoft = try reader.readBoolean()
      }
    }
    let (drawing, range) = (gamma.setting.drawing, 0.001...1000)
    guard range ~= alpha, 0...1000 ~= beta, range ~= delta, 0...0.5 ~= drawing.limit.gap,
      1...GammaTally.mostSamples ~= drawing.samples
    else { throw fault(at: start, expected: "settings of gamma within their ranges", found: "others") }
    gamma.setting.dissimilarity = Dissimilarity(alpha: alpha, beta: beta, deltaEmpty: delta)
    return gamma
  }
}

extension Scheme {
  /// The scheme without what changes no count: the words for readers and the guideline.
  fileprivate var bare: Scheme {
    let labels = labels.map { label in
      Label(
        name: label.name, key: label.key, colour: label.colour, kind: label.kind, selects: label.selects,
        description: "", requires: label.requires, foreign: label.foreign)
    }
    let attributes = attributes.map {
      Attribute(
        name: $0.name, labels: $0.labels, values: $0.values, scale: $0.scale, description: "", foreign: $0.foreign)
    }
    let documentAttributes = documentAttributes.map {
      DocumentAttribute(
        name: $0.name, values: $0.values, scale: $0.scale, isRequired: $0.isRequired, description: "")
    }
    let relations = relations.map {
      RelationType(
        name: $0.name, from: $0.from, to: $0.to, absent: $0.absent, description: "", foreign: $0.foreign)
    }
    let bare = try? Scheme(
      name: name, version: version, labels: labels, attributes: attributes, documentAttributes: documentAttributes,
      relations: relations, dissimilarities: dissimilarities)
    return bare ?? self
  }
}
