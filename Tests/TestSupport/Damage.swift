/// Bytes changed, cut off and put in at seeded places.
package struct Damage {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var damaged = bytes
    for _ in 0...next(2) {
      switch next(3) {
      case 0: damaged[next(damaged.count)] = UInt8(next(256))
      case 1: damaged.removeSubrange(next(damaged.count)...)
      default: damaged.insert(UInt8(next(128)), at: next(damaged.count))
      }
      if damaged.isEmpty { damaged = [0x0A] }
    }
    return damaged
  }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
