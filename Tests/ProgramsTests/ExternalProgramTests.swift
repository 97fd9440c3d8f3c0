import Programs
import Testing

@Suite struct ExternalProgramTests {
  private func run(_ command: String, _ input: String = "") throws -> (output: String, errors: String, status: Int32) {
    let answer = try ExternalProgram.run(command, input: Array(input.utf8), within: 60)
    return (
      String(decoding: answer.output, as: UTF8.self), String(decoding: answer.errors, as: UTF8.self), answer.status
    )
  }

  @Test func `a program gets its input whole, and its output and errors come apart`() throws {
    #expect(try run("cat; echo trouble >&2; exit 3", "one\ntwo") == ("one\ntwo", "trouble\n", 3))
  }

  @Test func `more than a pipe holds goes through in both directions`() throws {
    let input = String(repeating: "0123456789", count: 100_000)
    #expect(try run("cat", input) == (input, "", 0))
  }

  @Test func `a program that reads nothing does not end this one`() throws {
    #expect(try run("exec <&-; echo done", String(repeating: "x", count: 1_000_000)) == ("done\n", "", 0))
  }

  @Test func `a program that a signal ends has 128 and the signal's number`() throws {
    #expect(try run("kill -9 $$").status == 137)
    #expect(try run("nothing-of-this-name").status == 127)
  }

  @Test func `what it says on standard error is cut short`() throws {
    #expect(try run("head -c 100000 /dev/zero | tr '\\0' x >&2").errors == String(repeating: "x", count: 4096))
  }

  @Test func `a program that writes without end is ended`() throws {
    let answer = try ExternalProgram.run("yes", input: [], within: 60)
    #expect(answer.output.count > ExternalProgram.limit && answer.status > 128)
  }

  @Test func `who holds its output after it has ended is not waited for`() throws {
    #expect(try run("sleep 60 & echo done") == ("done\n", "", 0))
  }

  @Test func `it can be ended from outside, with what it has started`() throws {
    let answer = try ExternalProgram.run("sleep 60; echo late", input: [], within: 60) { ExternalProgram.end($0) }
    #expect(answer.output.isEmpty && answer.status == 137)
  }

  @Test func `a program that does not end has the time that it is given, also once it has closed its output`() throws {
    for command in ["sleep 60", "exec >&- 2>&-; sleep 60"] {
      let began = ContinuousClock.now
      let answer = try ExternalProgram.run(command, input: [], within: 1)
      #expect(answer.isLate && answer.status == 137)
      #expect(ContinuousClock.now - began < .seconds(20))
    }
  }

  @Test func `a program has no terminal to write to`() throws {
    let answer = try run("echo loud > /dev/tty")
    #expect(answer.status != 0 && answer.output.isEmpty)
  }
}
