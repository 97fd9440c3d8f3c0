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
}
