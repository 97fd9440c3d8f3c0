import DefaultFiles
import Foundation
import TestSupport
import Testing

@Suite struct DefaultFileTests {
  @Test func `the program carries every file of Schemas, byte for byte`() throws {
    let folder = Program.repository.appendingPathComponent("Schemas")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
    for name in names {
      let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
      #expect(DefaultFile.schema(named: name).map { Data($0.bytes) } == bytes, "\(name)")
    }
    #expect(DefaultFile.schema(named: "nothing") == nil)
    #expect(DefaultFile.schemas.map(\.name) == names)
  }
}
