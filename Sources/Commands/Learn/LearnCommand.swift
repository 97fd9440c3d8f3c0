package import ArgumentParser
import Comparison
package import Pages
import Standoff
import Storage
import Suggestion

package struct LearnCommand: ShellCommand {
  package static let configuration = CommandConfiguration(
    commandName: "learn", abstract: "Learn from finished documents how to suggest, and keep what was learned.",
    discussion: """
      Learns from everybody's finished documents, or from the adjudicated version where there is one. \
      The model holds hashed features and weights, and no text. In the folder Schemas, “suggest” uses it by itself.
      """)

  @OptionGroup package var common: CommonOptions

  @Argument(help: ArgumentHelp("Documents to learn from. Default: all.", valueName: "document"))
  var documents: [String] = []

  @Option(help: ArgumentHelp("A label to learn. Repeatable. Default: all with 12 spans or more.", valueName: "label"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "Another name for a label in the model, as in content=claim, for a scheme that says it so. Repeatable.",
      valueName: "from=to"))
  var map: [String] = []

  @Option(help: ArgumentHelp("The model's file, such as Schemas/desk.model.", valueName: "file"))
  var to: String

  package init() {}

  package func outcome(in shell: Shell) throws(Complaint) -> CommandOutcome {
    let workspace = try shell.workspace(at: common.workspace, changing: true)
    let name = String(Paths.split(to).name.dropLast(KeptModels.ending.count))
    guard to.hasSuffix(KeptModels.ending), Scheme.isPlainName(name) else {
      throw Complaint(
        "--to: “\(to)” does not end as a model's name does.", "Write --to Schemas/desk.model.", culprit: to)
    }
    try checkTarget(workspace)
    let examples = try Examples(named: documents, in: workspace)
    let labels = examples.scheme.labels.map(\.name)
    if let unknown = label.first(where: { !labels.contains($0) }) {
      throw Complaint(
        "The scheme “\(examples.scheme.name)” has no label “\(unknown)”.\(didYouMean(unknown, among: labels))",
        "Its labels are \(Complaint.list(labels)).", culprit: unknown)
    }
    let names = try names(labels)
    let suggester = Suggester(scheme: examples.scheme, lexicon: examples.lexicon)
    let learning = Learning(examples.tagged, suggester: suggester, only: label.isEmpty ? nil : Set(label))
    guard let learning, let kept = learning.kept(as: name, documents: examples.tagged.count, renaming: names) else {
      throw Complaint(
        "There is too little to learn from: \(counted(examples.tagged.count, "finished document")).",
        "It takes two documents and \(Learning.fewest) spans of a label.")
    }
    let bytes = kept.encoded()
    try OutputTarget.write([(to, bytes)], workspace)
    return CommandOutcome(page(learning, kept, examples, names, bytes.count))
  }

  /// Throws if something other than a model stands where it is to be written.
  private func checkTarget(_ workspace: Workspace) throws(Complaint) {
    let (isThere, isSchemas): (Bool, Bool)
    do throws(DiskFault) {
      let folder = try workspace.wholeDisk.entry(Paths.split(to).folder)?.inode
      let schemas = try workspace.wholeDisk.entry(workspace.schemasFolder)?.inode
      isSchemas = folder != nil && folder == schemas
      isThere = try workspace.wholeDisk.entry(to) != nil
    } catch {
      throw Complaint(error)
    }
    if !isSchemas { try OutputTarget.check(to, "--to", workspace) }
    if isThere { _ = try KeptModels.read(to, workspace.wholeDisk) }
  }

  private func names(_ labels: [String]) throws(Complaint) -> [String: String] {
    var names: [String: String] = [:]
    for pair in map {
      let sides = pair.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, Scheme.isLabelName(sides[1]), labels.contains(sides[0]) else {
        throw Complaint(
          "--map takes a label of the scheme and another name, not “\(pair)”.", "Write content=claim.", culprit: pair)
      }
      guard names.updateValue(sides[1], forKey: sides[0]) == nil else {
        throw Complaint("--map names “\(sides[0])” twice.", "Map each name once.", culprit: pair)
      }
    }
    let all = labels.map { names[$0] ?? $0 }
    if let twice = all.first(where: { name in all.count { $0 == name } > 1 }) {
      throw Complaint("--map gives two labels the name “\(twice)”.", "A model has each label once.", culprit: twice)
    }
    return names
  }

  private func page(
    _ learning: Learning, _ kept: KeptModel, _ examples: Examples, _ names: [String: String], _ size: Int
  ) -> Page {
    var page = Page(
      "Learned \(Complaint.list(kept.labels)) from \(counted(examples.tagged.count, "finished document")); \(to), "
        + "\(size < 1_000_000 ? "\(size / 1000 + 1) kB" : "\(size / 100_000 / 10).\(size / 100_000 % 10) MB").")
    for label in examples.scheme.labels.map(\.name) {
      guard let held = learning.heldOut[label], held.wanted > 0 else { continue }
      func share(_ part: Int, _ whole: Int) -> String { whole == 0 ? "–" : "\((200 * part + whole) / (2 * whole)) %" }
      page.append(
        "\(names[label] ?? label): \(share(held.right, held.shown)) of what it proposes was right, "
          + "\(share(held.right, held.wanted)) of what was wanted was proposed.", indent: 2)
    }
    page.append("Counted on documents that it had not learned from, with the lexicon's proposals beside.", .dim)
    for note in examples.notes { page.append(note, .dim) }
    return page
  }
}
