import Pages
import Storage
import Synchronization
import TestSupport

@testable import Commands

/// A shell whose standard input is given, and what was written to its standard output.
final class Pipe: Sendable {
  private let input: Mutex<[UInt8]>
  private let written = Mutex<[UInt8]>([])

  init(_ input: [UInt8]) { self.input = Mutex(input) }

  var output: [UInt8] { written.withLock { $0 } }

  func shell() -> Shell {
    Shell(
      viewer: "lead", me: "a test", disk: POSIXDisk(), currentFolder: "/", width: 80, isColoured: false,
      now: Desk.time,
      input: { () throws(Complaint) in
        // Pieces of an odd size, so that lines are cut anywhere.
        self.input.withLock { rest in
          defer { rest.removeFirst(min(977, rest.count)) }
          return Array(rest.prefix(977))
        }
      }, output: { bytes in self.written.withLock { $0 += bytes } })
  }
}
