import Foundation
import Testing

/// The rooms of the house: which uses which, and how far their files hang together.
@Suite struct RoomsTests {
  /// Every target, each after all that it may use.
  private static let row = [
    "Standoff", "JSONText", "XMLText", "Agreement", "CLinux", "CLibEdit", "CDefaultFiles", "DefaultFiles", "Storage",
    "Interchange",
    "Suggestion", "Programs", "PseudoTerminals", "LineEditor", "Pages", "Comparison", "Reports", "Commands", "Prompt",
    "gainsay", "gainsay-benchmark",
  ]

  /// The most files that may hang together in a ring.
  private static func mostInRing(_ room: String) -> Int { ["Prompt", "Storage"].contains(room) ? 6 : 3 }

  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources")

  /// The files of a room, by their paths in it.
  private static func files(of room: String) throws -> [String: SwiftSource] {
    let folder = sources.appendingPathComponent(room)
    var files: [String: SwiftSource] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
      files[path] = SwiftSource(try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
    }
    return files
  }

  @Test func `every arrow between rooms points one way`() throws {
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: Self.sources.path)) == Set(Self.row))
    for (place, room) in Self.row.enumerated() {
      let imports = try Self.files(of: room).values.reduce(into: Set<String>()) { $0.formUnion($1.imports) }
      let used = Self.row.filter(imports.contains)
      print("\(room) uses \(used.isEmpty ? "nothing" : used.joined(separator: ", "))")
      for other in used {
        let isEarlier = try #require(Self.row.firstIndex(of: other)) < place
        #expect(isEarlier, "\(room) uses \(other)")
      }
    }
  }

  @Test func `no room has a long ring of files`() throws {
    for room in Self.row {
      let files = try Self.files(of: room)
      let rings = Self.rings(files)
      let longest = rings.max { $0.count < $1.count } ?? []
      print("\(room): \(files.count) files, longest ring \(max(1, longest.count)) \(longest.joined(separator: ", "))")
      #expect(longest.count <= Self.mostInRing(room), "\(room): \(longest)")
    }
  }

  @Test func `a ring is found, and what stands in comments and literals is none`() {
    let files = [
      "A.swift": SwiftSource("struct A { let b: B }"),
      "B.swift": SwiftSource("enum B { static let text = \"\\(C.count) D\" }"),
      "C.swift": SwiftSource("extension A {} ; struct C {} // D"),
      "D.swift": SwiftSource("struct D { let a: A; let name = #\"\\(A.b) B\"# }"),
    ]
    #expect(Self.rings(files) == [["A.swift", "B.swift", "C.swift"]])
  }

  // MARK: rings

  /// Files that use one another round in a ring, by the types and free functions that they declare: the strongly connected
  /// parts, each in the order of names.
  static func rings(_ files: [String: SwiftSource]) -> [[String]] {
    var homes: [String: Set<String>] = [:]
    var nested: [String: Set<String>] = [:]
    for (path, file) in files {
      for name in file.declared {
        homes[name, default: []].insert(path)
        if let last = name.split(separator: ".").last, name.contains(".") {
          nested[String(last), default: []].insert(path)
        }
      }
    }
    let names = files.keys.sorted()
    let uses = names.map { path -> [Int] in
      var found: Set<String> = []
      for name in files[path]?.used ?? [] {
        var parts = name.split(separator: ".").map(String.init)
        while !parts.isEmpty, homes[parts.joined(separator: ".")] == nil { parts.removeLast() }
        if let home = homes[parts.joined(separator: ".")] {
          found.formUnion(home)
        } else if let first = name.split(separator: ".").first, let home = nested[String(first)], home.count == 1 {
          // A nested type by its own name, as its outer type and that one's extensions use it.
          found.formUnion(home)
        }
      }
      return found.subtracting([path]).compactMap(names.firstIndex).sorted()
    }
    var reachable = uses.map(Set.init)
    for middle in names.indices {
      for from in names.indices where reachable[from].contains(middle) { reachable[from].formUnion(reachable[middle]) }
    }
    var rings: [[String]] = []
    for place in names.indices {
      let ring = names.indices.filter { reachable[place].contains($0) && reachable[$0].contains(place) }
      if ring.first == place, ring.count > 1 { rings.append(ring.map { names[$0] }) }
    }
    return rings
  }
}
