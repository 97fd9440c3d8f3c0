import Testing

@testable import Storage

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-4, as published by NIST, and a million times “a”.
  @Test func `digests are those that NIST publishes`() {
    func hex(_ text: String) -> String { SHA256.hex(of: Array(text.utf8)) }
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hex(of: [UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `the processor's instructions and plain code agree at every length`() {
    var bytes: [UInt8] = []
    for length in 0..<400 {
      #expect(SHA256.words(of: bytes) == SHA256.words(of: bytes, byInstructions: false))
      bytes.append(UInt8(truncatingIfNeeded: length * length))
    }
  }
}
