public import JSONText
public import Standoff

/// The format of `Schemas/<name>.scheme.json`.
public enum SchemeFile {
  public static let format = 1

  public static func encode(_ scheme: Scheme) -> [UInt8] {
    var writer = JSONWriter(keepsControls: true)
    write(scheme, to: &writer)
    writer.newline()
    return writer.bytes
  }

  /// Writes the file's object as part of another text.
  public static func write(_ scheme: Scheme, to writer: inout JSONWriter) {
    writer.object(.block) { writer in
      writer.array("attributes", .block) { writer in
        for attribute in scheme.attributes {
          writer.object { writer in
            writer.string("description", attribute.description)
            write(attribute.foreign, ["feature"], to: &writer)
            writer.strings("labels", attribute.labels)
            write(attribute.foreign, ["layer"], to: &writer)
            writer.string("name", attribute.name)
            write(attribute.foreign, ["original", "range"], to: &writer)
            write(attribute.scale, to: &writer)
            writer.string("type", attribute.values == nil ? "text" : "choice")
            if let values = attribute.values { writer.strings("values", values) }
          }
        }
      }
      writer.string("description", scheme.description)
      if !scheme.dissimilarities.isEmpty {
        writer.array("dissimilarities", .block) { writer in
          for pair in scheme.dissimilarities {
            writer.object { writer in
              writer.strings("labels", [pair.first, pair.second])
              writer.number("value", pair.value)
            }
          }
        }
      }
      if !scheme.documentAttributes.isEmpty {
        writer.array("documentAttributes", .block) { writer in
          for attribute in scheme.documentAttributes {
            writer.object { writer in
              writer.string("description", attribute.description)
              writer.string("name", attribute.name)
              if attribute.isRequired {
                writer.key("required")
                writer.boolean(true)
              }
              write(attribute.scale, to: &writer)
              writer.string("type", attribute.values == nil ? "text" : "choice")
              if let values = attribute.values { writer.strings("values", values) }
            }
          }
        }
      }
      writer.integer("format", format)
      if !scheme.guideline.isEmpty {
        writer.array("guideline", .block) { writer in
          for rule in scheme.guideline {
            writer.object { writer in
              writer.strings("labels", rule.labels)
              writer.string("right", rule.right)
              writer.integer("rule", rule.number)
              writer.string("text", rule.text)
              writer.string("wrong", rule.wrong)
            }
          }
        }
      }
      writer.array("labels", .block) { writer in
        for label in scheme.labels { write(label, to: &writer) }
      }
      writer.string("name", scheme.name)
      writer.array("relations", .block) { writer in
        for relation in scheme.relations {
          writer.object { writer in
            if relation.absent {
              writer.key("absent")
              writer.boolean(true)
            }
            writer.string("description", relation.description)
            write(relation.foreign, ["feature"], to: &writer)
            writer.strings("from", relation.from)
            write(relation.foreign, ["layer"], to: &writer)
            writer.string("name", relation.name)
            write(relation.foreign, ["original", "range"], to: &writer)
            writer.strings("to", relation.to)
          }
        }
      }
      writer.string("title", scheme.title)
      writer.string("version", scheme.version)
    }
  }

  /// Writes those of the keys that a foreign name has; the writer demands ascending keys.
  private static func write(_ foreign: ForeignName, _ keys: [String], to writer: inout JSONWriter) {
    for (key, place) in ForeignName.keys where keys.contains(key) {
      if let value = foreign[keyPath: place] { writer.string(key, value) }
    }
  }

  private static func write(_ scale: Scheme.Scale, to writer: inout JSONWriter) {
    if scale != .nominal { writer.string("scale", scale.rawValue) }
  }

  private static func write(_ label: Scheme.Label, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.string("colour", label.colour.rawValue)
      if let selects = label.selects { writer.string("default", selects.rawValue) }
      writer.string("description", label.description)
      write(label.foreign, ["feature"], to: &writer)
      writer.string("key", label.key)
      writer.string("kind", label.kind.rawValue)
      write(label.foreign, ["layer"], to: &writer)
      writer.string("name", label.name)
      write(label.foreign, ["original", "range"], to: &writer)
      if !label.requires.isEmpty {
        writer.array("requires") { writer in
          for group in label.requires { writer.strings(group) }
        }
      }
    }
  }

  /// - Throws: the first fault of the file, or all faults of the scheme.
  public static func decode(_ bytes: [UInt8], path: String) throws(FileFault) -> Scheme {
    var parts = SchemeParts()
    do throws(JSONFault) {
      var reader = JSONReader(bytes)
      try parts.read(&reader)
      try reader.finish()
    } catch {
      throw FileFault(path, error)
    }
    let expected = String(Paths.split(path).name.dropLast(".scheme.json".count))
    if expected != parts.name {
      throw FileFault(path, .wrongName(key: "scheme", expected: expected, found: parts.name))
    }
    do throws(Scheme.Faults) { return try parts.scheme } catch {
      let place = error.all.first.map { parts.places[$0.subject ?? ""] ?? parts.places[""] } ?? nil
      throw FileFault(path, .scheme(error.all), at: place, in: bytes)
    }
  }
}

extension JSONReader {
  /// Reads a scheme that is part of another text.
  public mutating func readScheme() throws(JSONFault) -> Scheme {
    let place = place()
    var parts = SchemeParts()
    try parts.read(&self)
    do throws(Scheme.Faults) { return try parts.scheme } catch {
      throw fault(at: place, expected: "a scheme without faults", found: "“\(parts.name)” with \(error.all.count)")
    }
  }
}

private struct SchemeParts {
  var name = ""
  var version = ""
  var title = ""
  var description = ""
  var labels: [Scheme.Label] = []
  var attributes: [Scheme.Attribute] = []
  var documentAttributes: [Scheme.DocumentAttribute] = []
  var relations: [Scheme.RelationType] = []
  var guideline: [Scheme.Rule] = []
  var dissimilarities: [Scheme.Dissimilarity] = []
  /// The position of each label, attribute and relation; the list of labels has the key "".
  var places: [String: JSONReader.Place] = [:]

  var scheme: Scheme {
    get throws(Scheme.Faults) {
      try Scheme(
        name: name, version: version, title: title, description: description, labels: labels, attributes: attributes,
        documentAttributes: documentAttributes, relations: relations, guideline: guideline,
        dissimilarities: dissimilarities)
    }
  }

  mutating func read(_ reader: inout JSONReader) throws(JSONFault) {
    var parts = self
    try reader.readRecord(
      ["format", "labels", "name", "version"],
      optional: [
        "attributes", "description", "dissimilarities", "documentAttributes", "guideline", "relations", "title",
      ]
    ) { (key, reader) throws(JSONFault) in
      switch key {
      case "format": try reader.readFormat(SchemeFile.format)
      case "name": parts.name = try reader.readString()
      case "version": parts.version = try reader.readVersion()
      case "title": parts.title = try reader.readString()
      case "description": parts.description = try reader.readString()
      case "labels":
        parts.places[""] = reader.place()
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          let label = try label(&reader)
          parts.labels.append(label)
          parts.places[label.name] = place
        }
      case "attributes":
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          let attribute = try attribute(&reader)
          parts.attributes.append(attribute)
          parts.places[attribute.name] = place
        }
      case "documentAttributes":
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          let attribute = try documentAttribute(&reader)
          parts.documentAttributes.append(attribute)
          parts.places[attribute.name] = place
        }
      case "dissimilarities":
        try reader.readArray { (reader) throws(JSONFault) in parts.dissimilarities.append(try dissimilarity(&reader)) }
      case "relations":
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          let relation = try relation(&reader)
          parts.relations.append(relation)
          parts.places[relation.name] = place
        }
      default: try reader.readArray { (reader) throws(JSONFault) in parts.guideline.append(try rule(&reader)) }
      }
    }
    self = parts
  }

  private func label(_ reader: inout JSONReader) throws(JSONFault) -> Scheme.Label {
    var (name, key, description) = ("", "", "")
    var colour = Scheme.Label.Colour.white
    var kind = Scheme.Label.Kind.other
    var selects: Scheme.Label.Default?
    var requires: [[String]] = []
    var foreign = ForeignName()
    try reader.readRecord(
      ["colour", "description", "key", "kind", "name"], optional: ["default", "requires"] + ForeignName.keys.map(\.key)
    ) { (field, reader) throws(JSONFault) in
      switch field {
      case "name": name = try reader.readString()
      case "key": key = try reader.readString()
      case "description": description = try reader.readString()
      case "colour": colour = try reader.readChoice()
      case "kind": kind = try reader.readChoice()
      case "default": selects = try reader.readChoice()
      case "feature", "layer", "original", "range": try foreign.read(field, &reader)
      default:
        try reader.readArray { (reader) throws(JSONFault) in
          let place = reader.place()
          requires.append(try reader.readStrings())
          if requires.last?.isEmpty == true {
            throw reader.fault(at: place, expected: "a name in each group", found: "none")
          }
        }
      }
    }
    return Scheme.Label(
      name: name, key: key, colour: colour, kind: kind, selects: selects, description: description,
      requires: requires, foreign: foreign)
  }

  private func attribute(_ reader: inout JSONReader) throws(JSONFault) -> Scheme.Attribute {
    let start = reader.place()
    var (name, description, type) = ("", "", "")
    var labels: [String] = []
    var values: [String]?
    var (foreign, scale) = (ForeignName(), Scheme.Scale.nominal)
    try reader.readRecord(
      ["description", "labels", "name", "type"], optional: ["scale", "values"] + ForeignName.keys.map(\.key)
    ) { (field, reader) throws(JSONFault) in
      switch field {
      case "name": name = try reader.readString()
      case "description": description = try reader.readString()
      case "labels": labels = try reader.readStrings()
      case "feature", "layer", "original", "range": try foreign.read(field, &reader)
      case "scale": scale = try reader.readChoice()
      case "values": values = try reader.readStrings()
      default: type = try reader.readString()
      }
    }
    try check(type, values, start, reader)
    return Scheme.Attribute(
      name: name, labels: labels, values: values, scale: scale, description: description, foreign: foreign)
  }

  private func documentAttribute(_ reader: inout JSONReader) throws(JSONFault) -> Scheme.DocumentAttribute {
    let start = reader.place()
    var (name, description, type, isRequired) = ("", "", "", false)
    var (values, scale): ([String]?, Scheme.Scale) = (nil, .nominal)
    try reader.readRecord(
      ["description", "name", "type"], optional: ["required", "scale", "values"]
    ) { (field, reader) throws(JSONFault) in
      switch field {
      case "name": name = try reader.readString()
      case "description": description = try reader.readString()
      case "required": isRequired = try reader.readBoolean()
      case "scale": scale = try reader.readChoice()
      case "values": values = try reader.readStrings()
      default: type = try reader.readString()
      }
    }
    try check(type, values, start, reader)
    return Scheme.DocumentAttribute(
      name: name, values: values, scale: scale, isRequired: isRequired, description: description)
  }

  private func check(
    _ type: String, _ values: [String]?, _ place: JSONReader.Place, _ reader: JSONReader
  ) throws(JSONFault) {
    guard type == "text" && values == nil || type == "choice" && values != nil else {
      throw reader.fault(
        at: place, expected: "the type “text” without values or “choice” with them", found: "“\(type)”")
    }
  }

  private func relation(_ reader: inout JSONReader) throws(JSONFault) -> Scheme.RelationType {
    var (name, description, absent) = ("", "", false)
    var (from, to): ([String], [String]) = ([], [])
    var foreign = ForeignName()
    try reader.readRecord(
      ["description", "from", "name", "to"], optional: ["absent"] + ForeignName.keys.map(\.key)
    ) { (field, reader) throws(JSONFault) in
      switch field {
      case "name": name = try reader.readString()
      case "description": description = try reader.readString()
      case "from": from = try reader.readStrings()
      case "to": to = try reader.readStrings()
      case "feature", "layer", "original", "range": try foreign.read(field, &reader)
      default: absent = try reader.readBoolean()
      }
    }
    return Scheme.RelationType(
      name: name, from: from, to: to, absent: absent, description: description, foreign: foreign)
  }

  private func dissimilarity(_ reader: inout JSONReader) throws(JSONFault) -> Scheme.Dissimilarity {
    var (labels, value): ([String], Double) = ([], 1)
    try reader.readRecord(["labels", "value"]) { (field, reader) throws(JSONFault) in
      let place = reader.place()
      switch field {
      case "labels":
        labels = try reader.readStrings()
        if labels.count != 2 { throw reader.fault(at: place, expected: "two labels", found: "\(labels.count)") }
      default:
        value = try reader.readNumber()
        if !(0...1).contains(value) {
          throw reader.fault(at: place, expected: "a number from 0 to 1", found: "\(value)")
        }
      }
    }
    return Scheme.Dissimilarity(labels[0], labels[1], value: value)
  }

  private func rule(_ reader: inout JSONReader) throws(JSONFault) -> Scheme.Rule {
    var (number, text, right, wrong) = (0, "", "", "")
    var labels: [String] = []
    try reader.readRecord(["labels", "right", "rule", "text", "wrong"]) { (field, reader) throws(JSONFault) in
      switch field {
      case "rule":
        let place = reader.place()
        number = try reader.readInteger()
        if number < 1 { throw reader.fault(at: place, expected: "a number from 1", found: "\(number)") }
      case "labels": labels = try reader.readStrings()
      case "text": text = try reader.readString()
      case "right": right = try reader.readString()
      default: wrong = try reader.readString()
      }
    }
    return Scheme.Rule(number: number, labels: labels, text: text, right: right, wrong: wrong)
  }
}

extension ForeignName {
  /// The keys of its parts in a scheme's file.
  fileprivate static var keys: [(key: String, place: WritableKeyPath<ForeignName, String?>)] {
    [("feature", \.feature), ("layer", \.layer), ("original", \.original), ("range", \.range)]
  }

  fileprivate mutating func read(_ key: String, _ reader: inout JSONReader) throws(JSONFault) {
    let value = try reader.readString()
    for (known, place) in Self.keys where known == key { self[keyPath: place] = value }
  }
}
