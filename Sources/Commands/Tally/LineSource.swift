import Pages
import Storage

/// The lines of a file or of standard input, read bit by bit.
struct LineSource {
  private let file: String
  private let shell: Shell
  /// The bytes that are not returned yet, from ``start``.
  private var rest: [UInt8] = []
  private var start = 0
  /// No line ends before this place of ``rest``.
  private var searched = 0
  private var isAtEnd = false
  /// How many bytes of the file were read.
  private var offset = 0
  /// How many bytes lines took that were returned, and how many there are; nil if that is not known.
  private var passed = 0
  private let size: Int?
  /// The number of the line that was returned last, counted from 1.
  private(set) var number = 0

  /// - Parameter file: its path; `-` for standard input.
  init(_ file: String, _ shell: Shell) {
    self.file = file
    self.shell = shell
    size = file == "-" ? shell.inputSize : (try? shell.disk.entry(file))??.size
  }

  /// The next line, without its end; nil after the last one.
  mutating func next() throws(Complaint) -> [UInt8]? {
    while true {
      if let end = rest[searched...].firstIndex(of: 0x0A) {
        defer { (start, searched) = (end + 1, end + 1) }
        number += 1
        passed += end + 1 - start
        shell.streamed(number, passed, size)
        return Array(rest[start..<end])
      }
      searched = rest.count
      if isAtEnd {
        guard start < rest.count else { return nil }
        defer { start = rest.count }
        number += 1
        return Array(rest[start...])
      }
      rest.removeFirst(start)
      (start, searched) = (0, searched - start)
      let more = try read()
      isAtEnd = more.isEmpty
      rest += more
    }
  }

  private mutating func read() throws(Complaint) -> [UInt8] {
    if file == "-" { return try shell.input() }
    do throws(DiskFault) {
      let bytes = try shell.disk.read(file, from: offset, atMost: 1 << 20)
      offset += bytes.count
      return bytes
    } catch {
      throw Complaint(error)
    }
  }
}
