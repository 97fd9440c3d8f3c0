import Storage

/// What this process holds in memory, in bytes, as Linux counts it.
enum Memory {
  static var current: Int { kilobytes("VmRSS", of: "self") * 1024 }

  /// The most since ``resetPeak()``.
  static var peak: Int { kilobytes("VmHWM", of: "self") * 1024 }

  /// The most that another process has held so far; 0 once it has ended.
  static func peak(of process: Int32) -> Int { kilobytes("VmHWM", of: String(process)) * 1024 }

  /// What a body needs beyond what there was before it, at the most.
  static func added(_ body: () throws -> Void) rethrows -> Int {
    let before = current
    resetPeak()
    try body()
    return max(0, peak - before)
  }

  static func resetPeak() {
    let disk = POSIXDisk()
    guard let file = try? disk.openForAppending("/proc/self/clear_refs") else { return }
    try? disk.write([UInt8(ascii: "5")], to: file)
    disk.close(file)
  }

  private static func kilobytes(_ name: String, of process: String) -> Int {
    let text = String(decoding: (try? POSIXDisk().read("/proc/\(process)/status")) ?? [], as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).compactMap { Int($0) }.first ?? 0
  }
}
