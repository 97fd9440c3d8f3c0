extension Int128 {
  /// The nearest double; as the standard conversion, and at a fraction of its cost for what fits 64 bits.
  var nearest: Double { Int64(exactly: self).map(Double.init) ?? Double(self) }
}
