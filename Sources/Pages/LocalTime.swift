import Glibc
package import Standoff

/// A moment by the clock and calendar of the person's time zone, as `TZ` or the system sets it.
package struct LocalTime: Equatable, Sendable {
  /// The day, such as `2026-11-29`.
  package let day: String
  /// The time of day, such as `14:30:05`.
  package let time: String

  package init(_ moment: Timestamp) {
    var seconds = time_t(moment.secondsSince1970)
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    // The written form of a moment is that of UTC; the zone's distance is added to it.
    let distance = unsafe parts.tm_gmtoff
    let text = Timestamp(secondsSince1970: moment.secondsSince1970 + distance).description
    day = String(text.prefix(10))
    time = String(text.dropFirst(11).prefix(8))
  }
}
