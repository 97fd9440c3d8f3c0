import Glibc
import Programs
import Testing

@Suite struct SpawnTests {
  @Test func `what is not there is not started, and the reason is said`() {
    let (_, code) = Spawn.start("/nowhere/at/all", [], environment: [], terminal: Array("/dev/null".utf8CString))
    #expect(code == ENOENT)
  }

  @Test func `a status of exit or of a signal becomes one number`() {
    #expect(Spawn.exitStatus(0) == 0)
    #expect(Spawn.exitStatus(3 << 8) == 3)
    #expect(Spawn.exitStatus(255 << 8) == 255)
    #expect(Spawn.exitStatus(9) == 137)
    #expect(Spawn.exitStatus(15) == 143)
    // The bit for a core that was written is not the signal's.
    #expect(Spawn.exitStatus(11 | 0x80) == 139)
  }
}
