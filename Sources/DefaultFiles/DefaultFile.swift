import CDefaultFiles

/// A file of the repository built into the program.
package struct DefaultFile: Sendable {
  package let name: String
  package let bytes: [UInt8]

  /// The files that `init` writes to `Schemas/`, by name.
  package static let schemas: [DefaultFile] = {
    var files: [DefaultFile] = []
    while let file = unsafe DefaultFile(gainsay_schema(files.count)) { files.append(file) }
    return files
  }()

  /// The style sheet of the HTML report.
  package static var reportSheet: DefaultFile? { unsafe DefaultFile(gainsay_report_sheet()) }

  /// The script of the HTML report.
  package static var reportScript: DefaultFile? { unsafe DefaultFile(gainsay_report_script()) }

  /// The file of `Schemas/` with a name; nil if there is none.
  package static func schema(named name: String) -> DefaultFile? { schemas.first { $0.name == name } }

  /// The names of the JSON Schemas, without their extension.
  package static var jsonSchemaNames: [String] {
    schemas.map(\.name).filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
  }

  /// A JSON Schema by its name without the extension; nil if there is none.
  package static func jsonSchema(_ name: String) -> DefaultFile? { schema(named: name + ending) }

  private static let ending = ".schema.json"

  private init?(_ file: gainsay_file) {
    guard let name = unsafe file.name else { return nil }
    self.name = unsafe String(cString: name)
    bytes = unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }
}
