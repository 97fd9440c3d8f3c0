extension Unicode.Scalar {
  /// The property White_Space, without the cost of looking it up.
  var isSpace: Bool {
    switch value {
    case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  // ASCII is decided without a look-up, which would cost more than the rest of the scan.

  var isSmall: Bool { value < 0x80 ? (0x61...0x7A).contains(value) : properties.isLowercase }
  var isCapital: Bool { value < 0x80 ? (0x41...0x5A).contains(value) : properties.isUppercase }
  var isNumber: Bool { value < 0x80 ? (0x30...0x39).contains(value) : properties.numericType != nil }
  var isAlphabetic: Bool {
    value < 0x80 ? (0x41...0x5A).contains(value & 0xDF) : properties.isAlphabetic
  }

  var breaksLine: Bool {
    switch value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  var endsSentence: Bool {
    switch self {
    case ".", "!", "?", "…", "‼", "⁇", "⁈", "⁉", "‽", "؟", "۔", "।", "॥", "։", "።": true
    default: endsSentenceUnspaced
    }
  }

  /// Full-width terminators need no white space after them.
  var endsSentenceUnspaced: Bool {
    switch self {
    case "。", "！", "？", "｡", "．": true
    default: false
    }
  }

  var closesQuotation: Bool {
    switch self {
    case "”", "’", "\"", "'", "»", "›", "」", "』", "》", "〉", "】", ")", "]", "}", "）", "］", "“", "‘": true
    default: false
    }
  }

  var opensQuotation: Bool {
    switch self {
    case "“", "‘", "\"", "'", "«", "‹", "„", "‚", "「", "『", "《", "〈", "【", "(", "[", "{", "（", "［", "¿", "¡", "”", "»":
      true
    default: false
    }
  }

  var isDash: Bool {
    switch self {
    case "—", "–", "―", "-": true
    default: false
    }
  }

  /// Marks that never begin a sentence.
  var goesOnAfterTerminator: Bool {
    switch self {
    case ",", ";", ":", "،", "؛", "%", "/", "&", "=": true
    default: false
    }
  }
}
