import Storage
import Foundation
import Pages
import Standoff
import TestSupport
import Testing

@testable import Commands

@Suite struct AddTests {
  @Test func `add takes UTF-8 only, drops a byte order mark and says so, keeps everything else`() throws {
    let desk = try Desk()
    func add(_ name: String, _ bytes: [UInt8], _ facts: NewDocuments.Facts = NewDocuments.Facts()) throws -> Page {
      let path = desk.root + "/" + name
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try NewDocuments.add([path], facts, in: desk.workspace)
    }
    let page = try add("my article (2).txt", [0xEF, 0xBB, 0xBF] + Array("A line.\r\nAnother".utf8))
    #expect(page.text.contains("byte order mark") && page.text.contains("my-article-2: 2 sentences"))
    #expect(try desk.workspace.document("my-article-2").text.string == "A line.\r\nAnother")
    func complaint(_ body: () throws -> Page) -> String {
      do {
        _ = try body()
        return ""
      } catch let complaint as Complaint {
        return complaint.problem
      } catch {
        return "\(error)"
      }
    }
    #expect(complaint { try add("bad.txt", [0x61, 0xE9, 0x62]) }.contains("byte 1 is not UTF-8"))
    #expect(complaint { try add("wide.txt", [0xFF, 0xFE, 0x61, 0]) }.contains("UTF-16"))
    #expect(complaint { try add("empty.txt", []) }.contains("the text is empty"))
    #expect(complaint { try add("my-article-2.txt", [0x61]) }.contains("exists already"))
    #expect(complaint { try add("MY-ARTICLE-2.txt", [0x61]) }.contains("is too similar to"))
    #expect(complaint { try add("x.txt", [0x61], NewDocuments.Facts(id: "../x")) }.contains("cannot be the name"))
    #expect(complaint { try add("y.txt", [0x61], NewDocuments.Facts(published: "yesterday")) }.contains("a date"))
    #expect(
      complaint { try NewDocuments.add([desk.root + "/none"], NewDocuments.Facts(), in: desk.workspace) }
        .contains("no such file"))
    #expect(try desk.workspace.documentNames() == ["my-article-2"])
  }

  @Test func `add proposes headline, captions, furniture and repeats`() throws {
    let desk = try Desk()
    let file = desk.root + "/article.txt"
    try Data(Desk.article.utf8).write(to: URL(fileURLWithPath: file))
    let page = try NewDocuments.add([file], NewDocuments.Facts(), in: desk.workspace).text
    #expect(page.contains("Zones: headline, caption, 2 of boilerplate and repeat"))
    let document = try desk.workspace.document("article")
    let words = document.zones.map { "\($0.kind.rawValue): \(document.text[$0.range].prefix(9))" }
    #expect(
      words == [
        "headline: Board den", "caption: Photo: A ", "boilerplate: ADVERTISE", "repeat: The board",
        "boilerplate: © 2026 Th",
      ])
    // What is body stays body.
    #expect(Zone.proposed(in: DocumentText("He said no.\nShe said yes.")).isEmpty)
    #expect(Zone.proposed(in: DocumentText("Only a line")).isEmpty)
  }
}
