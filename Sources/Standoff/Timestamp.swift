/// A moment in UTC, in whole seconds, written `2026-11-22T10:00:00Z`.
public struct Timestamp: Hashable, Sendable, Comparable {
  /// The seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let secondsSince1970: Int

  /// Creates a moment.
  ///
  /// - Parameter secondsSince1970: a time within the years 0000 to 9999; not checked, and other years do not read back.
  public init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

  /// Whether the moment lies in the years 1970 to 9999, as that of an edit must; a clock outside them is wrong.
  public var isPlausible: Bool { (0..<253_402_300_800).contains(secondsSince1970) }

  /// Reads the form that ``description`` writes; nil for any other form and for a date that does not exist.
  public init?(_ text: String) { self.init(utf8: Array(text.utf8)[...]) }

  /// Reads that form from UTF-8 bytes; nil for any other form and for a date that does not exist.
  public init?(utf8: ArraySlice<UInt8>) {
    guard utf8.count == 20 else { return nil }
    var bytes = InlineArray<20, UInt8>(repeating: 0)
    for index in 0..<20 { bytes[index] = utf8[utf8.startIndex + index] }
    guard bytes[4] == 45, bytes[7] == 45, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58,
      bytes[19] == 90
    else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard (48...57).contains(bytes[index]) else { return nil }
        value = value * 10 + Int(bytes[index] - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month), hour < 24, minute < 60,
      second < 60, (1...Self.days(in: month, of: year)).contains(day)
    else { return nil }
    let days = Self.daysBefore(year: year, month: month) + day - 1
    secondsSince1970 = days * 86400 + hour * 3600 + minute * 60 + second
  }

  /// Whether one moment is earlier than another.
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.secondsSince1970 < b.secondsSince1970 }

  private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The days before each month of a common year, by month from 0.
  private static let daysOfEarlierMonths: InlineArray<12, Int> = [
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
  ]

  private static func daysBefore(year: Int, month: Int) -> Int {
    let earlier = year - 1
    let leapDays = earlier >= 0 ? earlier / 4 - earlier / 100 + earlier / 400 + 1 : 0
    let leapDay = month > 2 && isLeap(year) ? 1 : 0
    return year * 365 + leapDays - 719_528 + daysOfEarlierMonths[month - 1] + leapDay
  }
}

extension Timestamp: CustomStringConvertible {
  /// The moment in ISO 8601, such as `2026-11-22T10:00:00Z`.
  public var description: String {
    var days = secondsSince1970 / 86400
    var seconds = secondsSince1970 % 86400
    if seconds < 0 {
      seconds += 86400
      days -= 1
    }
    // The calendar repeats after 400 years, so that a clock may show any time.
    let cycles = days >= 0 ? days / 146_097 : (days + 1) / 146_097 - 1
    days -= cycles * 146_097
    var year = 1970 + days / 366
    while Self.daysBefore(year: year + 1, month: 1) <= days { year += 1 }
    while Self.daysBefore(year: year, month: 1) > days { year -= 1 }
    var month = 1
    while month < 12, Self.daysBefore(year: year, month: month + 1) <= days { month += 1 }
    let day = days - Self.daysBefore(year: year, month: month) + 1
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    year += 400 * cycles
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    return "\(date)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))Z"
  }
}
