import Agreement
import ArgumentParser
import Comparison
package import Pages
import Standoff

/// Each distinct value once, in order of first appearance.
func eachOnce<Value: Equatable>(_ values: [Value]) -> [Value] {
  values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}

/// The kinds of zones that `--zones` names.
func zoneKinds(_ options: [String]) throws(Complaint) -> Set<Zone.Kind> {
  Set(try choices(commaSeparated(options, "zone"), "zone"))
}

/// The seed that `--seed` gives; throws if it is negative.
func checked(seed: Int) throws(Complaint) -> UInt64 {
  guard let seed = UInt64(exactly: seed) else {
    throw Complaint("--seed takes a whole number from 0 up, not \(seed).", culprit: String(seed))
  }
  return seed
}

/// The bootstrap that `--bootstrap` and `--confidence` ask for; nil for 0 resamples.
func resampling(_ resamples: Int, confidence: Double, seed: UInt64) throws(Complaint) -> Bootstrap? {
  guard (0...100_000).contains(resamples) else {
    throw Complaint("--bootstrap takes a number from 0 to 100000, not \(resamples).", culprit: String(resamples))
  }
  guard confidence >= 0.5, confidence < 1 else {
    throw Complaint(
      "--confidence takes a number from 0.5 to below 1, not \(confidence).", culprit: String(confidence))
  }
  // With less than one resample beyond either bound, the bounds cannot be estimated.
  guard resamples == 0 || Double(resamples) * (1 - confidence) >= 2 else {
    throw Complaint(
      "--bootstrap \(resamples) is too few for --confidence \(confidence).",
      "Use --bootstrap \(Int(min(100_000, (2 / (1 - confidence)).rounded(.up)))), or a lower confidence.")
  }
  return resamples == 0 ? nil : Bootstrap(resamples: resamples, confidence: confidence, seed: seed)
}

/// The choices that words name, each once; throws if a word names none.
func choices<Choice: RawRepresentable & CaseIterable>(
  _ words: [String], _ noun: String
) throws(Complaint) -> [Choice] where Choice.RawValue == String {
  var found: [Choice] = []
  for word in words {
    let known = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: word) else {
      let guess = didYouMean(word, among: known)
      throw Complaint(
        "There is no \(noun) “\(word)”.\(guess)", "Choose one of \(Complaint.list(known, "or")).", culprit: word)
    }
    if !found.contains(where: { $0.rawValue == choice.rawValue }) { found.append(choice) }
  }
  return found
}

/// The names in one option or several, separated by commas; throws if one is empty or repeated.
package func commaSeparated(_ options: [String], _ noun: String) throws(Complaint) -> [String] {
  let names = options.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks() } }
  if names.contains("") {
    throw Complaint(
      "“\(options.joined(separator: " "))” leaves out \(noun == "annotator" ? "an" : "a") \(noun) between commas.",
      "Write dana,eli.")
  }
  if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
    throw Complaint("“\(twice)” is named twice.", "Name each \(noun) once.", culprit: twice)
  }
  return names
}

extension ParsableArguments {
  /// Parses the words of a line as the shell would.
  static func parsed(_ words: String, verb: String) throws(Complaint) -> Self {
    let words = try shellWords(words)
    do { return try parse(words) } catch {
      let advice = "“help \(verb)” lists the options."
      guard exitCode(for: error) != .success else { throw Complaint(advice) }
      throw OptionTable(of: Self.self).complaint(message(for: error), advice)
    }
  }
}
