package import Foundation
import Glibc

/// Folders that last as long as the process, so that none is removed under a test that still works in it.
package enum TemporaryFolders {
  /// What holds all of them; removed when the process ends.
  package static let root: URL = {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("gainsay-tests-\(UUID().uuidString)")
    atexit { try? FileManager.default.removeItem(at: TemporaryFolders.root) }
    return url
  }()

  /// A new empty folder.
  package static func make() throws -> URL {
    let url = root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// A text with every such folder called `/desk`: the same on every run and every machine.
  package static func hidden(in text: String) -> String {
    text.replacingOccurrences(
      of: NSRegularExpression.escapedPattern(for: root.path) + "/[0-9A-F-]{36}", with: "/desk",
      options: .regularExpression)
  }
}
