extension Defaults {
  /// The text of `Schemas/default`, held equal to it by a test.
  static let defaultFile = #"""
    claims-denials-quotes

    """#
}
