import Dispatch
import Pages
import Programs
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

  @Test func `who learns already does not begin anew, and does when that is over`() {
    let work = BackgroundWork()
    let (begun, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    work.learn(waiting: false) {
      begun.signal()
      mayEnd.wait()
      return nil
    }
    begun.wait()
    let count = Mutex(0)
    work.learn(waiting: true) {
      count.withLock { $0 += 1 }
      return nil
    }
    #expect(count.withLock { $0 } == 0)
    mayEnd.signal()
    while count.withLock({ $0 }) == 0 {
      work.learn(waiting: true) {
        count.withLock { $0 += 1 }
        return nil
      }
    }
    #expect(count.withLock { $0 } == 1)
  }

  @Test func `a program that runs is ended`() {
    let work = BackgroundWork()
    let begun = DispatchSemaphore(value: 0)
    let status = Mutex<Int32?>(nil)
    work.runProgram(waiting: false) {
      let answer = try? ExternalProgram.run("sleep 60", input: []) {
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
