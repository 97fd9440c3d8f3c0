import JSONText
public import Standoff

/// The team's lists of speakers and matters: `Schemas/speakers.json` and `Schemas/matters.json`, kept by the lead.
///
/// Spans may have values that are not listed; the lists serve completion, `check` and the ledger.
public struct SharedLists: Equatable, Sendable {
  /// A person or body that speaks.
  public struct Speaker: Equatable, Sendable {
    public let name: String
    /// Other spellings of the name.
    public let aliases: [String]

    public init(name: String, aliases: [String] = []) {
      self.name = name
      self.aliases = aliases
    }
  }

  /// A matter in dispute.
  public struct Matter: Equatable, Sendable {
    /// The value of `about` in spans.
    public let key: String
    /// Other keys for the same matter.
    public let aliases: [String]
    /// The disputed proposition, as one sentence.
    public let proposition: String

    public init(key: String, aliases: [String] = [], proposition: String) {
      self.key = key
      self.aliases = aliases
      self.proposition = proposition
    }
  }

  public var speakers: [Speaker] = []
  public var matters: [Matter] = []

  public init() {}

  /// The listed name for a speaker's name or alias; nil if neither is listed.
  public func name(of speaker: String) -> String? {
    speakers.first { $0.name == speaker || $0.aliases.contains(speaker) }?.name
  }

  /// The listed key for a matter's key or alias; nil if neither is listed.
  public func key(of matter: String) -> String? {
    matters.first { $0.key == matter || $0.aliases.contains(matter) }?.key
  }

  /// The proposition of a matter; nil if the key is not listed.
  public func proposition(of key: String) -> String? { matters.first { $0.key == key }?.proposition }

  /// A set's attributes as they count, by the ids of its spans: with the effective speakers (see
  /// ``EffectiveSpeakers``), and with aliases of speakers and matters under their listed names. Spans without any are
  /// left out.
  public func counted(_ set: AnnotationSet, in document: Document) -> [Int: [String: String]] {
    let speakers = EffectiveSpeakers(set, in: document) { name(of: $0) ?? $0 }
    let spoken = set.scheme.attribute(EffectiveSpeakers.attribute)?.labels ?? []
    var all: [Int: [String: String]] = [:]
    for span in set.spans {
      var attributes = span.attributes
      let own = attributes[EffectiveSpeakers.attribute]
      let speaker = spoken.contains(span.label) ? speakers[span.id] : own
      if speaker != own { attributes[EffectiveSpeakers.attribute] = speaker }
      if let matter = attributes[Self.matterAttribute], let key = key(of: matter), key != matter {
        attributes[Self.matterAttribute] = key
      }
      if !attributes.isEmpty { all[span.id] = attributes }
    }
    return all
  }

  /// The attribute that names matters.
  public static let matterAttribute = "about"
}

extension SharedLists {
  static let format = 1

  /// - Throws: the first fault with its position; a repeated name or key is one.
  static func speakers(_ bytes: [UInt8], path: String) throws(FileFault) -> [Speaker] {
    var speakers: [Speaker] = []
    var taken: Set<String> = []
    try read(bytes, path, list: "speakers") { (reader) throws(JSONFault) in
      var (name, aliases) = ("", [String]())
      try reader.readRecord(["name"], optional: ["aliases"]) { (key, reader) throws(JSONFault) in
        if key == "name" {
          name = try reader.readNew(&taken)
        } else {
          try reader.readArray { (reader) throws(JSONFault) in aliases.append(try reader.readNew(&taken)) }
        }
      }
      speakers.append(Speaker(name: name, aliases: aliases))
    }
    return speakers
  }

  static func matters(_ bytes: [UInt8], path: String) throws(FileFault) -> [Matter] {
    var matters: [Matter] = []
    var taken: Set<String> = []
    try read(bytes, path, list: "matters") { (reader) throws(JSONFault) in
      var (name, aliases, proposition) = ("", [String](), "")
      try reader.readRecord(["key", "proposition"], optional: ["aliases"]) { (key, reader) throws(JSONFault) in
        switch key {
        case "key": name = try reader.readNew(&taken)
        case "aliases":
          try reader.readArray { (reader) throws(JSONFault) in aliases.append(try reader.readNew(&taken)) }
        default: proposition = try reader.readNonEmptyString()
        }
      }
      matters.append(Matter(key: name, aliases: aliases, proposition: proposition))
    }
    return matters
  }

  private static func read(
    _ bytes: [UInt8], _ path: String, list: String, _ item: (inout JSONReader) throws(JSONFault) -> Void
  ) throws(FileFault) {
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      try reader.readRecord(["format", list]) { (key, reader) throws(JSONFault) in
        if key == "format" { try reader.readFormat(format) } else { try reader.readArray(item) }
      }
      try reader.finish()
    } catch {
      throw FileFault(path, error)
    }
  }
}

extension JSONReader {
  /// Reads a text that has not been read before.
  fileprivate mutating func readNew(_ taken: inout Set<String>) throws(JSONFault) -> String {
    let place = place()
    let value = try readNonEmptyString()
    guard taken.insert(value).inserted else {
      throw fault(at: place, expected: "a name that is not in the list yet", found: "“\(value)”")
    }
    return value
  }
}

extension Workspace {
  public var speakersPath: String { Paths.join(schemasFolder, "speakers.json") }
  public var mattersPath: String { Paths.join(schemasFolder, "matters.json") }

  /// The team's lists; empty if there are none.
  public func sharedLists() throws(FileFault) -> SharedLists {
    var lists = SharedLists()
    if let bytes = try readIfThere(speakersPath, limit: FileLimit.list) {
      lists.speakers = try SharedLists.speakers(bytes, path: speakersPath)
    }
    if let bytes = try readIfThere(mattersPath, limit: FileLimit.list) {
      lists.matters = try SharedLists.matters(bytes, path: mattersPath)
    }
    return lists
  }
}

// MARK: writing

extension SharedLists {
  func encodedSpeakers() -> [UInt8] {
    Self.encoded("speakers") { writer in
      for speaker in speakers {
        writer.object { writer in
          if !speaker.aliases.isEmpty { writer.strings("aliases", speaker.aliases) }
          writer.string("name", speaker.name)
        }
      }
    }
  }

  func encodedMatters() -> [UInt8] {
    Self.encoded("matters") { writer in
      for matter in matters {
        writer.object { writer in
          if !matter.aliases.isEmpty { writer.strings("aliases", matter.aliases) }
          writer.string("key", matter.key)
          writer.string("proposition", matter.proposition)
        }
      }
    }
  }

  private static func encoded(_ list: String, _ entries: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    writer.object(.block) { writer in
      writer.integer("format", format)
      writer.array(list, .block, entries)
    }
    writer.newline()
    return writer.bytes
  }
}

extension Workspace {
  /// Changes the team's lists while nobody else changes the workspace; a list that stays as it is is not written.
  ///
  /// - Parameter change: gives the new lists.
  /// - Throws: if a list cannot be read or written, or another change of the workspace is in progress.
  /// - Returns: a failure if *change* threw.
  public func changeLists<Failure: Error>(
    _ change: (SharedLists) throws(Failure) -> SharedLists
  ) throws(FileFault) -> Result<Void, Failure> {
    let lock = try lockForChange(waiting: 2)
    defer { disk.release(lock) }
    let before = try sharedLists()
    let after: SharedLists
    let seen: [DiskEntry?]
    do throws(DiskFault) { seen = [try disk.entry(speakersPath), try disk.entry(mattersPath)] } catch {
      throw FileFault(error)
    }
    do throws(Failure) { after = try change(before) } catch { return .failure(error) }
    do throws(DiskFault) {
      if after.speakers != before.speakers {
        _ = try disk.replace(speakersPath, with: after.encodedSpeakers(), inPlaceOf: seen[0])
      }
      if after.matters != before.matters {
        _ = try disk.replace(mattersPath, with: after.encodedMatters(), inPlaceOf: seen[1])
      }
    } catch {
      throw FileFault(error)
    }
    return .success(())
  }
}
