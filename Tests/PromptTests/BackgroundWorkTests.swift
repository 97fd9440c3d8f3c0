import Dispatch
import Pages
import Programs
import Standoff
import Synchronization
import Testing

@testable import Prompt

@Suite struct BackgroundWorkTests {
  @Test func `what a program came to is taken once`() {
    let work = BackgroundWork()
    #expect(work.takeFromProgram() == nil)
    work.runProgram(waiting: true) { .failure(Complaint("It ended.")) }
    #expect(!work.isRunningProgram)
    #expect(work.takeFromProgram() == .failure(Complaint("It ended.")))
    #expect(work.takeFromProgram() == nil)
  }

  @Test func `what is asked for while learning is learned afterwards, the latest alone`() {
    let work = BackgroundWork()
    let (begun, mayEnd, hasEnded) = (
      DispatchSemaphore(value: 0), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)
    )
    let learned = Mutex<[String]>([])
    let document = Document(id: "d", text: DocumentText("It rained."), sha256: "", title: "")
    work.learn(for: document, waiting: false) {
      begun.signal()
      mayEnd.wait()
      learned.withLock { $0.append("first") }
      return nil
    }
    begun.wait()
    work.learn(for: document, waiting: true) {
      learned.withLock { $0.append("second") }
      return nil
    }
    work.learn(for: document, waiting: true) {
      learned.withLock { $0.append("third") }
      hasEnded.signal()
      return nil
    }
    #expect(learned.withLock { $0 } == [])
    mayEnd.signal()
    hasEnded.wait()
    #expect(learned.withLock { $0 } == ["first", "third"])
  }

  @Test func `places for a second look that were found meanwhile are taken once, as they are`() {
    let work = BackgroundWork()
    let searches = Mutex(0)
    for _ in 0..<2 {
      work.look(waiting: true) {
        searches.withLock { $0 += 1 }
        return .success([])
      }
    }
    #expect((try? work.takeSecondLooks()?.get())?.isEmpty == true)
    #expect(searches.withLock { $0 } == 1)
    #expect(work.takeSecondLooks() == nil)
  }

  @Test func `a program that runs is ended`() {
    let work = BackgroundWork()
    let begun = DispatchSemaphore(value: 0)
    let status = Mutex<Int32?>(nil)
    work.runProgram(waiting: false) {
      let answer = try? ExternalProgram.run("sleep 60", input: [], within: 120) {
        work.note(process: $0)
        begun.signal()
      }
      status.withLock { $0 = answer?.status }
      return .success([])
    }
    begun.wait()
    #expect(work.isRunningProgram)
    work.endProgram()
    while work.isRunningProgram { pause() }
    #expect(status.withLock { $0 } == 137)
    #expect(work.takeFromProgram() == .success([]))
  }

  private func pause() { _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(5)) }
}
