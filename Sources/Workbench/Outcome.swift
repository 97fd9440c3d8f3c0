import JSONText

/// What a command of the shell comes to.
public struct Outcome: Sendable {
  /// For people: standard output, unless ``data`` takes its place.
  public var page: Page
  /// For programs: standard output, byte for byte.
  public var data: [UInt8]?
  /// What is said besides: standard error.
  public var notes = Page()
  /// 0 done; 1 done, and the answer is no.
  public var status: Int32 = 0

  public init(_ page: Page, data: [UInt8]? = nil, status: Int32 = 0) {
    self.page = page
    self.data = data
    self.status = status
  }
}

extension JSONWriter {
  /// A JSON text of its own, with a final newline.
  static func document(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object(.block, body)
    writer.newline()
    return writer.bytes
  }
}
