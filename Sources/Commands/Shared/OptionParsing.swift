import Agreement
import ArgumentParser
import Comparison
package import Pages
import Standoff

/// Values as they are first named, each once.
func eachOnce<Value: Equatable>(_ values: [Value]) -> [Value] {
  values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}

/// Kinds of zones that `--zones` names.
func zoneKinds(_ options: [String]) throws(Complaint) -> Set<Zone.Kind> {
  Set(try choices(commaSeparated(options, "zone"), "zone"))
}

/// A seed that `--seed` gives.
func checked(seed: Int) throws(Complaint) -> UInt64 {
  guard let seed = UInt64(exactly: seed) else {
    throw Complaint("--seed takes a whole number from 0 on, not \(seed).", culprit: String(seed))
  }
  return seed
}

/// What `--bootstrap` and `--confidence` ask for; nil where no intervals are wanted.
func resampling(_ resamples: Int, confidence: Double, seed: UInt64) throws(Complaint) -> Bootstrap? {
  guard (0...100_000).contains(resamples) else {
    throw Complaint("--bootstrap takes a number from 0 to 100000, not \(resamples).", culprit: String(resamples))
  }
  guard confidence >= 0.5, confidence < 1 else {
    throw Complaint("--confidence must be at least 0.5 and below 1; got \(confidence).", culprit: String(confidence))
  }
  // Less than one resample beyond either bound, and there is no telling where they are.
  guard resamples == 0 || Double(resamples) * (1 - confidence) >= 2 else {
    throw Complaint(
      "--bootstrap \(resamples) is too few for --confidence \(confidence).",
      "--bootstrap \(Int(min(100_000, (2 / (1 - confidence)).rounded(.up)))), or a lesser confidence.")
  }
  return resamples == 0 ? nil : Bootstrap(resamples: resamples, confidence: confidence, seed: seed)
}

/// The choices that words name, each once.
func choices<Choice: RawRepresentable & CaseIterable>(
  _ words: [String], _ noun: String
) throws(Complaint) -> [Choice] where Choice.RawValue == String {
  var found: [Choice] = []
  for word in words {
    let known = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: word) else {
      let guess = didYouMean(word, among: known)
      throw Complaint(
        "There is no \(noun) “\(word)”.\(guess)", "One of \(Complaint.list(known, "or")).", culprit: word)
    }
    if !found.contains(where: { $0.rawValue == choice.rawValue }) { found.append(choice) }
  }
  return found
}

/// Names with commas between, from one option or several.
package func commaSeparated(_ options: [String], _ noun: String) throws(Complaint) -> [String] {
  let names = options.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingBlanks() } }
  if names.contains("") {
    throw Complaint("“\(options.joined(separator: " "))” names no \(noun) somewhere.", "The form is dana,eli.")
  }
  if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
    throw Complaint("“\(twice)” is named twice.", "Name each \(noun) once.", culprit: twice)
  }
  return names
}

extension ParsableArguments {
  /// Reads a line's words as the shell would.
  static func parsed(_ words: String, verb: String) throws(Complaint) -> Self {
    let words = try shellWords(words)
    do { return try parse(words) } catch {
      let advice = "“help \(verb)” lists the options."
      guard exitCode(for: error) != .success else { throw Complaint(advice) }
      throw OptionTable(of: Self.self).complaint(message(for: error), advice)
    }
  }
}
