extension [UInt8] {
  /// Whether there is nothing but blanks of ASCII.
  package var isBlank: Bool { allSatisfy { $0 == 0x20 || (9...13).contains($0) } }
}
