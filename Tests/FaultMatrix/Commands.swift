import Foundation

/// A command that writes, the place in which it does, and how its work is judged.
struct Command {
  enum Judge {
    /// All of it or nothing, in the workspace.
    case workspace
    /// Edits at the prompt by an annotator, each answered with a line that begins with `+`.
    case edits(of: String)
    /// One decision after another.
    case decisions
    /// Files outside the workspace, each of them whole.
    case files([String])
  }

  let name: String
  /// Arguments; `ROOT` stands for the workspace, `OUT` for the folder beside it.
  let arguments: [String]
  var input = ""
  let judge: Judge
  /// Commands that prepare the workspace, each with its input.
  var before: [([String], String)] = []

  static let text = "The mayor said taxes fall. “They do not,” Ms. Tarn said. The premier denied it. Nobody knows why."

  static let all: [Command] = {
    let edits = "c taxes..fall\nq 2:They..not\ns 2:Ms..Tarn\nd 3:premier..denied\n"
    let eli = "c taxes\nq 2:They..not\ns 2:Ms..Tarn\nset 2 speaker Tarn\ndone!\n"
    let annotated: [([String], String)] = [
      (["annotate", "doc", "--as", "dana"], "c taxes..fall\nq 2:They..not\nset 2 speaker Tarn\ndone!\n"),
      (["annotate", "doc", "--as", "eli"], eli),
    ]
    let exports = annotated
    return [
      Command(
        name: "annotate new", arguments: ["annotate", "doc", "--as", "noor", "-C", "ROOT"], input: edits,
        judge: .edits(of: "noor")),
      Command(
        name: "annotate zoe", arguments: ["annotate", "doc", "--as", "zoe", "-C", "ROOT"], input: edits,
        judge: .edits(of: "zoe")),
      Command(
        name: "annotate old", arguments: ["annotate", "doc", "--as", "dana", "-C", "ROOT"],
        input: "c 4:1-2\nc 4:1-3\nq 4:2\n", judge: .edits(of: "dana"), before: annotated),
      Command(
        name: "annotate keep-going", arguments: ["annotate", "doc", "--as", "noor", "--keep-going", "-C", "ROOT"],
        input: edits, judge: .edits(of: "noor")),
      Command(
        name: "adjudicate", arguments: ["adjudicate", "doc", "--as", "lead", "-C", "ROOT"],
        input: "rest dana boundary !\nrest eli !\n",
        judge: .decisions, before: annotated),
      Command(name: "add one", arguments: ["add", "OUT/one.txt", "-C", "ROOT"], judge: .workspace),
      Command(name: "add two", arguments: ["add", "OUT/one.txt", "OUT/two.txt", "-C", "ROOT"], judge: .workspace),
      Command(name: "init", arguments: ["init", "ROOT/inner"], judge: .files(["inner/Schemas/default"])),
      Command(name: "import jsonl", arguments: ["import", "jsonl", "OUT/in.jsonl", "-C", "ROOT"], judge: .workspace),
      Command(
        name: "assign", arguments: ["assign", "--to", "dana,eli", "-C", "ROOT"], judge: .workspace),
      Command(
        name: "realign", arguments: ["realign", "doc", "--with", "OUT/corrected.txt", "-C", "ROOT"], judge: .workspace,
        before: annotated),
      Command(
        name: "rename", arguments: ["rename", "speaker", "Tarn", "Ms. Tarn", "-C", "ROOT"], judge: .workspace,
        before: annotated),
      Command(
        name: "export one", arguments: ["export", "jsonl", "--to", "ROOT/out.jsonl", "-C", "ROOT"],
        judge: .files(["out.jsonl"]), before: exports),
      Command(
        name: "export split, card",
        arguments: [
          "export", "jsonl", "--to", "ROOT/out", "--split", "train=0.5,test=0.5", "--card", "ROOT/README.md", "-C",
          "ROOT",
        ], judge: .files(["out/train.jsonl", "out/test.jsonl", "README.md"]), before: exports),
      Command(
        name: "export brat", arguments: ["export", "brat", "--to", "ROOT/brat", "-C", "ROOT"],
        judge: .files(["brat/dana/doc.ann", "brat/dana/doc.txt", "brat/eli/doc.ann", "brat/eli/doc.txt"]),
        before: exports),
      Command(
        name: "report", arguments: ["report", "--bootstrap", "0", "--to", "ROOT/report.html", "-C", "ROOT"],
        judge: .files(["report.html"]), before: exports),
    ]
  }()

  /// Writes what the commands take from beside the workspace.
  static func fill(_ folder: String) throws {
    let files = [
      "one.txt": "Ada said so. Bo denied it.\n", "two.txt": "The ferry sank. Nobody said why.\n",
      "corrected.txt": text.replacingOccurrences(of: "premier", with: "prime minister") + "\n",
      "in.jsonl": ["new", "newer", "doc"].map { id in
        let body = id == "doc" ? text + "\\n" : "Ada said so."
        return "{\"id\": \"\(id)\", \"text\": \"\(body)\", \"annotator\": \"zoe\", \"spans\": "
          + "[{\"start\": 0, \"end\": 3, \"label\": \"claim\"}]}\n"
      }.joined(),
      "doc.txt": text + "\n", "longer.txt": text + " So it goes.\n",
    ]
    for (name, content) in files { try Data(content.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
  }
}
