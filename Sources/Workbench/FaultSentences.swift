import Standoff
public import Storage

extension Complaint {
  /// A file that cannot be used, in sentences: what stands where, and the way out.
  public init(_ fault: FileFault) {
    let (problem, advice) = Self.sentences(of: fault)
    self.init(problem, advice)
  }

  /// A call that the operating system refused, in sentences.
  public init(_ fault: DiskFault) { self.init(FileFault(fault.path, .disk(fault))) }

  /// An edit that the rules do not allow, in sentences.
  init(_ refusal: AnnotationSet.Refusal) {
    let (problem, advice) = Self.sentences(of: refusal)
    self.init(problem, advice)
  }

  static func sentences(of fault: FileFault) -> (problem: String, advice: String) {
    let place = fault.place.map { ", line \($0.line), column \($0.column)" } ?? ""
    let file = shown(fault.file) + place
    switch fault.fact {
    case .disk(let fault): return sentences(of: fault)
    case .missing:
      let isOwn = fault.file.hasSuffix("/document.json") || fault.file.hasSuffix("/document.txt")
      return (
        "\(file): there is no such file.",
        isOwn ? "Every document has its document.txt and document.json." : "Look at the name."
      )
    case .notUTF8(let offset):
      return (
        "\(file): byte \(offset) is not UTF-8 text.",
        "Convert the file, for instance with “iconv -f WINDOWS-1252 -t UTF-8”, and add it again."
      )
    case .json(let expected, let found) where expected.hasPrefix("format "):
      return ("\(file): this is \(found ?? "no format"), and \(expected) is known here.", "Use a newer gainsay.")
    case .json(let expected, let found):
      let found = found.map { ", not \($0)" } ?? ", and the text ends there"
      return (
        "\(file): \(expected) was expected\(found).",
        "Nothing was changed. Mend the file by hand or take its last whole version, for instance with “git checkout”."
      )
    case .wrongName("scheme", let expected, let found):
      return (
        "\(file): the scheme is called “\(found)”, and its file “\(expected).scheme.json”.",
        "Rename the file, or put the right name into it."
      )
    case .wrongName(let key, let expected, let found):
      return (
        "\(file): its “\(key)” is “\(found)”, and its place says “\(expected)”.",
        "Rename the file, or put the right name into it."
      )
    case .textChanged(let expected, let found):
      return (
        "\(file): the text is another one than it was made for (SHA-256 \(expected.prefix(12))… expected, "
          + "\(found.prefix(12))… found).",
        "Restore document.txt as it was; offsets into another text mean other words."
      )
    case .wordsDiffer(let span, let stored, let text):
      return (
        "\(file): span \(span) carries the words “\(shortened(stored))”, and its offsets say “\(shortened(text))”.",
        "Offsets count code points. Mend the span's offsets or restore the file."
      )
    case .hullDiffers(let span):
      return (
        "\(file): the start and end of span \(span) are not those of its first and last fragment.",
        "Mend one of the two."
      )
    case .seenBeyondText(let seen, let length):
      return ("\(file): “seenTo” is \(seen), and the text has \(length) code points.", "Mend the number.")
    case .spanNotAllowed(let id, let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): span \(id): \(problem)", advice)
    case .declinedNotAllowed(let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): a declined suggestion: \(problem)", advice)
    case .relationNotAllowed(let id, let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): relation \(id): \(problem)", advice)
    case .unknownScheme(let name, let known):
      return (
        "\(file): the workspace has no scheme “\(name)”.",
        known.isEmpty
          ? "Put one into Schemas/; “gainsay init” makes a workspace with two."
          : "It has \(list(known))."
      )
    case .scheme(let faults):
      return ("\(file): " + faults.map(sentence).joined(separator: " "), "Mend the scheme; nothing was changed.")
    case .journalDamaged:
      return ("\(file): a record in the middle of the journal cannot be read.", "The annotation file counts.")
    case .journalForeign:
      return (
        "\(file): the journal belongs to another content of the annotation file (a checkout or a pull, perhaps).",
        "The annotation file counts."
      )
    case .changedUnderneath:
      return (
        "\(file): another program has changed or removed it since it was opened; nothing was written over it.",
        "“open” the document again to go on from what stands there now."
      )
    case .assignedMissing(let document):
      return (
        "\(file): it assigns “\(document)”, which is no document.", "Add the document, or take the line out."
      )
    case .veiled(let reader, let document):
      return (
        "\(reader) was assigned \(document) and has not done it: what others marked there is not shown.",
        "It is from \(reader)'s “done” on."
      )
    case .held(let holder):
      return ("\(file): it is open elsewhere (\(holder)).", "Nothing was changed. Try again when it is closed there.")
    case .nameNotAllowed(let name):
      return (
        "“\(shown(name))” cannot be the name of an annotator or a document.",
        "A name is 1 to 128 letters, digits, points, hyphens and underscores of ASCII and begins with a letter or "
          + "digit; “document” and “gold” are no annotator's."
      )
    case .nameTaken(let name, let other):
      return (
        "“\(name)” is not free: “\(other)” exists already.",
        "Choose another name; names that differ only in case are one on some disks."
      )
    }
  }

  private static func sentences(of fault: DiskFault) -> (problem: String, advice: String) {
    let path = shown(fault.path)
    if fault.operation == "exchange", [22, 38, 95].contains(fault.code) {
      return (
        "\(path): this disk cannot put one folder in the place of another at once (errno \(fault.code)).",
        "Nothing was changed. Work in a copy of the workspace on a disk of this machine, and copy the document back."
      )
    }
    switch fault.code {
    case 28, 122:
      return ("\(path): the disk is full.", "Nothing that was answered is lost. Make room and go on.")
    case 13, 1:
      return ("\(path): no permission to \(fault.operation) it.", "Ask for the right, or work in a copy.")
    case 11: return ("\(path): another import is under way.", "Wait until it is done.")
    case 30: return ("\(path): the disk can only be read.", "Work in a copy elsewhere.")
    case 2: return ("\(path): no such file or folder.", "Look at the name, or whether the folder was moved.")
    case 21: return ("\(path): this is a folder, not a file.", "Name a file.")
    case 22: return ("\(path): this is no plain file.", "Put a file in its place.")
    case 20: return ("\(path): a part of this path is no folder.", "Look at the name.")
    case 17: return ("\(path): it exists already.", "Choose another name, or remove what stands there.")
    case 5: return ("\(path): the disk reports an error in reading or writing.", "Save what you can elsewhere.")
    case 36: return ("\(path): the name is too long for this disk.", "Choose a shorter one.")
    default:
      return (
        "\(path): the system could not \(fault.operation) it (errno \(fault.code)).", "Nothing was changed there."
      )
    }
  }

  static func sentences(of refusal: AnnotationSet.Refusal) -> (problem: String, advice: String) {
    switch refusal {
    case .spanDiffers(let id), .relationDiffers(let id):
      return ("Number \(id) is not as it was.", "Look at it again with “show \(id)”.")
    case .declinedDiffers: return ("The suggestion is refused twice, or was not refused.", "")
    case .statusDiffers: return ("The document's status is not as it was.", "")
    case .idNotAllowed(let id):
      return ("The id \(id) is not allowed or stands twice.", "Ids are 1, 2, 3, … and unique.")
    case .fragmentsNotAllowed:
      return ("Its fragments are not in order, or touch or overlap.", "Each fragment begins after the one before ends.")
    case .outsideText(let range, let length):
      return ("\(range) lies outside the text, which has \(length) code points.", "")
    case .unknownLabel(let label): return ("The scheme has no label “\(label)”.", "")
    case .attributeNotAllowed(let name, let label):
      return ("The label “\(label)” carries no attribute “\(name)”.", "")
    case .valueNotAllowed(let value, let attribute, let choices):
      if choices.isEmpty { return ("“\(attribute)” cannot be empty.", "“set 4 \(attribute) -” clears it.") }
      return ("“\(value)” is no value of “\(attribute)”.", "Choose one of \(list(choices)).")
    case .duplicate(let id):
      return ("Span \(id) is the same already: the same words, label and attributes.", "Nothing was added.")
    case .noSpan(let id): return ("There is no span \(id).", "")
    case .relationNotAllowed(let type, let from, let to):
      return (
        to.map { "“\(type)” does not lead from a \(from) to a \($0)." }
          ?? "“\(type)” of a \(from) must have its target in the text.", ""
      )
    case .relationTwice(let id): return ("That relation exists already (number \(id)).", "Nothing was added.")
    case .stillRelated(let span, let relation):
      return ("Relation \(relation) still leads to span \(span).", "Unlink it first.")
    }
  }

  private static func sentence(_ fault: Scheme.Fault) -> String {
    switch fault {
    case .noLabels: "It has no labels."
    case .nameNotAllowed(let name): "“\(name)” cannot be a scheme's name."
    case .versionNotAllowed(let version): "“\(version)” cannot be its version; 1.0.0 can."
    case .labelNameNotAllowed(let name): "“\(name)” cannot be a name: a letter, then letters, digits, “_” or “-”."
    case .keyNotAllowed(let label, let key): "The key “\(key)” of “\(label)” is not one or two letters."
    case .labelTwice(let name): "The label “\(name)” stands twice."
    case .keyTwice(let key, let labels): "The key “\(key)” is that of \(list(labels))."
    case .keyIsVerb(let key, let label): "“\(key)” of the label “\(label)” is a word that the prompt keeps for itself."
    case .attributeTwice(let name): "The attribute “\(name)” stands twice."
    case .relationTwice(let name): "The name of the relation “\(name)” stands twice."
    case .unknownLabel(let name, let place): "“\(place)” names the label “\(name)”, which there is not."
    case .noEnds(let relation): "The relation “\(relation)” leads from or to no label."
    case .noValues(let attribute): "The attribute “\(attribute)” has no values to choose from."
    case .valueTwice(let value, let attribute): "The value “\(value)” of “\(attribute)” stands twice."
    case .unknownRequirement(let name, let label): "“\(label)” requires “\(name)”, which there is not."
    case .dissimilarityTwice(let first, let second): "How far “\(first)” and “\(second)” are apart stands twice."
    case .dissimilarityToItself(let label): "“\(label)” is not apart from itself: name two labels."
    case .ruleTwice(let number): "Rule \(number) of the guideline stands twice."
    }
  }

  /// A path without what every path of the workspace begins with.
  static func shown(_ path: String) -> String {
    let parts = path.split(separator: "/")
    guard let index = parts.lastIndex(where: { $0 == "Annotations" || $0 == "Schemas" }) else { return path }
    return parts[index...].joined(separator: "/")
  }

  static func shortened(_ text: String, to limit: Int = 48) -> String {
    text.count <= limit ? text : text.prefix(limit - 18) + " … " + text.suffix(15)
  }

  /// “a, b and c”.
  public static func list(_ words: [String], _ conjunction: String = "and") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
