import Agreement
import JSONText
import Storage

/// The units of several annotators on one text.
struct Continuum {
  /// The units of each annotator.
  let layers: [[UnitizingStudy.Unit]]
  /// The length of the text.
  let length: Int

  /// - Parameter length: what the text has at least; it is as long as its units need.
  init(_ layers: [[UnitizingStudy.Unit]], length: Int = 0) {
    self.layers = layers
    self.length = layers.joined().reduce(length) { max($0, $1.hull.upperBound) }
  }

  /// The number of labels.
  var labels: Int { layers.joined().reduce(0) { max($0, $1.label + 1) } }

  var study: UnitizingStudy {
    var study = UnitizingStudy(annotators: layers.count)
    study.append(UnitizingStudy.Continuum(length: length, units: layers))
    return study
  }

  /// The same as chance has it: each annotator's units moved around the text by another distance.
  ///
  /// A unit that then crosses the end stays whole.
  var shifted: Continuum {
    var dice = Dice()
    let share = max(1, length / layers.count)
    let moved = layers.enumerated().map { annotator, units in
      let distance = annotator * share + dice.number(0...share - 1)
      return units.map { unit in
        let start = (unit.hull.lowerBound + distance) % length
        return UnitizingStudy.Unit(start..<start + unit.hull.count, label: unit.label)
      }
    }
    return Continuum(moved)
  }

  // MARK: files

  /// Writes what the peers read.
  func write(in folder: String) throws -> String {
    let path = Paths.join(folder, "units.csv")
    let rows = layers.enumerated().flatMap { annotator, units in
      units.map { "\(annotator),\($0.hull.lowerBound),\($0.hull.upperBound),\($0.label)\n" }
    }
    try POSIXDisk().replace(path, with: Array(rows.joined().utf8))
    return path
  }

  /// The continua of a JSON file: `{"docs": [{"length": 90, "units": [[[0, 17, 2], …], …]}, …]}`.
  ///
  /// The units of a document are annotators × units, each with start, end and the number of its label.
  static func read(_ path: String) throws -> [Continuum] {
    var continua: [Continuum] = []
    var reader = JSONReader(try POSIXDisk().read(path))
    try reader.readObject { (key, reader) throws(JSONFault) in
      if key != "docs" { return try reader.skipValue() }
      try reader.readArray { (reader) throws(JSONFault) in continua.append(try document(&reader)) }
    }
    try reader.finish()
    return continua
  }

  private static func document(_ reader: inout JSONReader) throws(JSONFault) -> Continuum {
    let place = reader.place()
    var (length, layers): (Int, [[UnitizingStudy.Unit]]) = (0, [])
    try reader.readObject { (key, reader) throws(JSONFault) in
      switch key {
      case "length": length = try reader.readInteger()
      case "units":
        try reader.readArray { (reader) throws(JSONFault) in
          layers.append([])
          try reader.readArray { (reader) throws(JSONFault) in layers[layers.count - 1].append(try unit(&reader)) }
        }
      default: try reader.skipValue()
      }
    }
    guard layers.count > 1 else {
      throw reader.fault(at: place, expected: "the units of two annotators or more", found: nil)
    }
    return Continuum(layers, length: length)
  }

  private static func unit(_ reader: inout JSONReader) throws(JSONFault) -> UnitizingStudy.Unit {
    let place = reader.place()
    var numbers: [Int] = []
    try reader.readArray { (reader) throws(JSONFault) in numbers.append(try reader.readInteger()) }
    guard numbers.count == 3, 0 <= numbers[0], numbers[0] < numbers[1], numbers[2] >= 0 else {
      throw reader.fault(at: place, expected: "start, end and label of a unit", found: "\(numbers)")
    }
    return UnitizingStudy.Unit(numbers[0]..<numbers[1], label: numbers[2])
  }
}
