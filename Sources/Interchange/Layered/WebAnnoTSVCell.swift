extension WebAnnoTSVReading {
  /// A value of a cell: the whole, one of a stack, or one of a slot's.
  struct Cell {
    var value = ""
    /// The number in brackets.
    var id: String?
    /// Whether something in it was escaped, so that `_` and `*` are themselves.
    var isEscaped = false
    /// The values between semicolons.
    var links: [Cell] = []
    /// What stands before and behind `->`.
    var before: String?

    static var unset: Cell { Cell(value: "*") }

    /// Whether there is no annotation.
    var isNothing: Bool { value == "_" && !isEscaped && id == nil }
    /// Whether there is no value.
    var isUnset: Bool { ["_", "*"].contains(value) && !isEscaped }

    var arrow: (label: Cell, target: String)? {
      before.map { (Cell(value: $0, isEscaped: isEscaped), String(value.dropFirst($0.count + 2))) }
    }

    /// The values stacked in a cell.
    ///
    /// - Parameter ofLinks: whether semicolons divide a slot's values, so that ``links`` is filled.
    static func stack(_ text: String, ofLinks: Bool = false) -> [Cell] {
      var cells: [Cell] = []
      var (cell, link) = (Cell(), Cell())
      var (inID, escapes, last): (Bool, Bool, Unicode.Scalar) = (false, false, " ")
      for scalar in text.unicodeScalars {
        if escapes {
          let meaning = TextLines.meaning(of: scalar)
          cell.value.unicodeScalars.append(meaning)
          link.value.unicodeScalars.append(meaning)
          (cell.isEscaped, link.isEscaped, escapes) = (true, true, false)
          last = " "
          continue
        }
        switch scalar {
        case "\\": escapes = true
        case "|":
          cell.links.append(link)
          cells.append(cell)
          (cell, link, inID) = (Cell(), Cell(), false)
        case ";" where ofLinks:
          cell.links.append(link)
          link = Cell()
          cell.value += ";"
        case "[":
          (cell.id, link.id, inID) = ("", "", true)
        case "]": inID = false
        case _ where inID:
          cell.id?.unicodeScalars.append(scalar)
          link.id?.unicodeScalars.append(scalar)
        default:
          if scalar == ">", last == "-", cell.before == nil { cell.before = String(cell.value.dropLast()) }
          cell.value.unicodeScalars.append(scalar)
          link.value.unicodeScalars.append(scalar)
          last = scalar
        }
      }
      cell.links.append(link)
      return cells + [cell]
    }
  }
}
