package import Testing

extension Tag {
  /// A test that takes more than two seconds.
  @Tag package static var slow: Self
}
