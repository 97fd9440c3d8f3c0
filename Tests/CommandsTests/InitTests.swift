import Foundation
import Pages
import Storage
import TestSupport
import Testing

@testable import Commands

@Suite struct InitTests {
  @Test func `init refuses what is a workspace already`() throws {
    let desk = try Desk()
    #expect(throws: Complaint.self) { try NewWorkspace.make(in: desk.root, disk: POSIXDisk()) }
  }

  @Test func `init leaves a .gitignore that is there as it is`() throws {
    let folder = try TemporaryFolders.make().path
    let path = folder + "/Annotations/.gitignore"
    let disk = POSIXDisk()
    try disk.makeFolder(folder + "/Annotations")
    try disk.replace(path, with: Array("*.bak\n".utf8))
    _ = try NewWorkspace.make(in: folder, disk: disk)
    #expect(try disk.read(path) == Array("*.bak\n".utf8))
  }
}
