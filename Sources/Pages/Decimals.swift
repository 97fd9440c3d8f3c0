/// Numbers written for people.
package enum Decimals {
  /// A number with three decimals, or as many as given.
  package static func rounded(_ value: Double, places: Int = 3) -> String {
    let scale = (0..<places).reduce(1) { power, _ in power * 10 }
    let units = Int((abs(value) * Double(scale)).rounded())
    let sign = value < 0 && units > 0 ? "-" : ""
    if places == 0 { return "\(sign)\(units)" }
    let digits = String(units % scale)
    return "\(sign)\(units / scale).\(String(repeating: "0", count: places - digits.count))\(digits)"
  }

  /// A number with no more digits than it needs.
  package static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : String(value)
  }

  /// A duration such as “2 h 5 min”, “12 min” or “40 s”.
  package static func duration(_ seconds: Int) -> String {
    if seconds < 60 { return "\(seconds) s" }
    let minutes = (seconds + 30) / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
