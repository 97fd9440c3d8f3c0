import Standoff
import Testing

@testable import Prompt

@Suite struct VerbsTests {
  @Test func `no label of a scheme can take a verb's place`() {
    let verbs = Set(Verbs.fixed.flatMap(\.names))
    #expect(verbs.subtracting(Scheme.reservedWords).isEmpty)
  }
}
