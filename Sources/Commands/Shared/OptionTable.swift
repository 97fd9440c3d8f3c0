package import ArgumentParser
import JSONText
import Pages

/// The options and arguments of a command, as its declaration has them: what help, completion and errors know of them.
package struct OptionTable: Sendable {
  /// An option, a flag or an argument.
  package struct Option: Equatable, Sendable {
    /// With its hyphens, such as `--measure`; empty for an argument that stands by itself.
    package let name: String
    /// What its value is called, such as `file`; nil for a flag.
    package let value: String?
    /// The values that it may have; empty where it may have others.
    package let values: [String]
    /// Whether its value is the path of a file or folder.
    package let isPath: Bool
  }

  /// In the order of their declaration, without `--help`.
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

  /// The option with a name; nil where there is none.
  package subscript(name: some StringProtocol) -> Option? { options.first { $0.name == name } }

  /// What the parser says of a value that an option cannot have, with what it can; anything else as it says it.
  func complaint(_ message: String, _ advice: String) -> Complaint {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " · ")
    for option in options where !option.values.isEmpty {
      let called = option.name.isEmpty ? "<\(option.value ?? "")>" : option.name
      let (before, after) = ("The value '", "' is invalid for '\(called)")
      guard line.hasPrefix(before), let end = line.range(of: after)?.lowerBound else { continue }
      let word = String(line[line.index(line.startIndex, offsetBy: before.count)..<end])
      return Complaint(
        "\(called) cannot be “\(word)”.\(didYouMean(word, among: option.values))",
        "One of \(Complaint.list(option.values, "or")).", culprit: word)
    }
    return Complaint(line, advice)
  }
}
