package import ArgumentParser
import JSONText
import Pages

/// The options and arguments that a command declares, as help, completion and errors need them.
package struct OptionTable: Sendable {
  /// An option, a flag or an argument.
  package struct Option: Equatable, Sendable {
    /// The name with its hyphens, such as `--measure`; empty for a positional argument.
    package let name: String
    /// The name of its value, such as `file`; nil for a flag.
    package let value: String?
    /// The values that it may have; empty if others are possible.
    package let values: [String]
    /// Whether its value is the path of a file or folder.
    package let isPath: Bool
  }

  /// All options in order of declaration, without `--help`.
  package let options: [Option]

  package init(of type: any ParsableArguments.Type) {
    var reader = JSONReader(Array(type._dumpHelp().utf8))
    let dump = try? reader.readNode(atMost: 1 << 16)
    options = (dump?["command"]?["arguments"]?.elements ?? []).compactMap(Self.option)
  }

  private static func option(_ node: JSONNode) -> Option? {
    let names = (node["names"]?.elements ?? []).filter { $0["kind"]?.text == "long" }.compactMap { $0["name"]?.text }
    if names.contains("help") { return nil }
    let completion = node["completionKind"]
    let listed = completion?["list"]?["values"]?.elements ?? []
    return Option(
      name: names.first.map { "--\($0)" } ?? "",
      value: node["kind"]?.text == "flag" ? nil : node["valueName"]?.text,
      values: (node["allValues"]?.elements ?? listed).compactMap(\.text),
      isPath: completion?["file"] != nil || completion?["directory"] != nil)
  }

  /// The option with a name; nil if there is none.
  package subscript(name: some StringProtocol) -> Option? { options.first { $0.name == name } }

  /// The complaint for a parser's message: of a value that an option does not take, with those that it takes; of
  /// anything else, the message itself.
  func complaint(_ message: String, _ advice: String) -> Complaint {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " · ")
    for option in options where !option.values.isEmpty {
      let called = option.name.isEmpty ? "<\(option.value ?? "")>" : option.name
      let (before, after) = ("The value '", "' is invalid for '\(called)")
      guard line.hasPrefix(before), let end = line.range(of: after)?.lowerBound else { continue }
      let word = String(line[line.index(line.startIndex, offsetBy: before.count)..<end])
      return Complaint(
        "\(called) does not take “\(word)”.\(didYouMean(word, among: option.values))",
        "Choose one of \(Complaint.list(option.values, "or")).", culprit: word)
    }
    return Complaint(line, advice)
  }
}
