import Pages
import Standoff
import Storage
import Foundation
import TestSupport
import Testing

@testable import Prompt

@Suite struct DocumentQueueTests {
  @Test func `the first document and next follow what was assigned, and suggestions are off where they are to be`()
    throws
  {
    let desk = try Desk.documents(6)
    _ = try desk.assign("d14 d12 --to dana --no-suggestions")
    let order = try desk.workspace.assignments().documents(of: "dana")
    #expect(Set(order) == ["d12", "d14"])
    #expect(try Session.firstOpenDocument(of: "dana", in: desk.workspace) == order[0])
    var session = try desk.open(order[0], as: "dana")
    #expect(session.answer("suggest").isRefusal && session.answer("a").isRefusal)
    _ = session.answer("done")
    #expect(!session.answer("next").isRefusal)
    #expect(session.document.id == order[1])
    _ = session.answer("done")
    #expect(session.answer("next").isRefusal)
    _ = session.close()
    #expect(try Session.firstOpenDocument(of: "eli", in: desk.workspace) == "d10")
    var other = try desk.open("d10", as: "eli")
    #expect(!other.answer("suggest").isRefusal)
    _ = other.close()
  }
}
