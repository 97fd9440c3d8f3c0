import Glibc
import Standoff
package import Storage

extension Complaint {
  /// A complaint about a file that cannot be used.
  package init(_ fault: FileFault) {
    let (problem, advice) = Self.sentences(of: fault)
    self.init(problem, advice, isOfFile: true)
  }

  /// A complaint about a call that the operating system refused.
  package init(_ fault: DiskFault) { self.init(FileFault(fault)) }

  package static func sentences(of fault: FileFault) -> (problem: String, advice: String) {
    let place = fault.place.map { ", line \($0.line), column \($0.column)" } ?? ""
    let file = shown(fault.file) + place
    switch fault.fact {
    case .disk(let fault): return sentences(of: fault)
    case .missing:
      let isOwn = fault.file.hasSuffix("/document.json") || fault.file.hasSuffix("/document.txt")
      return (
        "\(file): no such file.",
        isOwn ? "Every document needs a document.txt and a document.json." : "Check the name."
      )
    case .notUTF8(let offset):
      return (
        "\(file): byte \(offset) is not UTF-8 text.",
        "Convert the file, for example with “iconv -f WINDOWS-1252 -t UTF-8”, and add it again."
      )
    case .json(let expected, let found) where expected.hasPrefix("format "):
      return ("\(file): expected \(expected), found \(found ?? "none").", "Use a newer gainsay.")
    case .json(let expected, let found):
      let found = found.map { ", found \($0)" } ?? ", found the end of the text"
      return (
        "\(file): expected \(expected)\(found).",
        "Nothing was changed. Correct the file, or restore its last good version, for example with “git checkout”."
      )
    case .wrongName("scheme", let expected, let found):
      return (
        "\(file): the scheme is named “\(found)”, but its file is named “\(expected).scheme.json”.",
        "Rename the file, or correct the name in it."
      )
    case .wrongName(let key, let expected, let found):
      return (
        "\(file): “\(key)” is “\(found)”, but its path says “\(expected)”.",
        "Rename the file, or correct the name in it."
      )
    case .textChanged(let expected, let found):
      return (
        "\(file): the document's text has changed: its SHA-256 was \(expected.prefix(12))…, "
          + "now it is \(found.prefix(12))….",
        "Restore document.txt; “gainsay realign” can then move the annotations onto a corrected text."
      )
    case .wordsDiffer(let span, let stored, let text):
      return (
        "\(file): span \(span) quotes “\(shortened(stored))”, but its offsets cover “\(shortened(text))”.",
        "Offsets count code points. Correct the span's offsets, or restore the file."
      )
    case .hullDiffers(let span):
      return (
        "\(file): span \(span) does not start and end with its first and last fragment.",
        "Correct “start” and “end”, or the fragments."
      )
    case .seenBeyondText(let seen, let length):
      return (
        "\(file): “seenTo” is \(seen), but the text has only \(length) code points.", "Correct the number."
      )
    case .skippedNotAllowed(let seen):
      return (
        "\(file): “skipped” must hold ranges in order that end by “seenTo” (\(seen)), in a file of format 2.",
        "Correct the ranges, or leave the key out."
      )
    case .spanNotAllowed(let id, let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): span \(id): \(problem)", advice)
    case .documentAttributeNotAllowed(let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): the document: \(problem)", advice)
    case .declinedNotAllowed(let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): declined span: \(problem)", advice)
    case .relationNotAllowed(let id, let refusal):
      let (problem, advice) = sentences(of: refusal)
      return ("\(file): relation \(id): \(problem)", advice)
    case .unknownScheme(let name, let known):
      return (
        "\(file): the workspace has no scheme “\(name)”.",
        known.isEmpty
          ? "Put one into Schemas; “gainsay init” creates a workspace with two."
          : "It has \(list(known))."
      )
    case .scheme(let faults):
      return ("\(file): " + faults.map(sentence).joined(separator: " "), "Correct the scheme; nothing was changed.")
    case .journalDamaged:
      return (
        "\(file): a record in the middle of the journal cannot be read.",
        "gainsay uses the annotation file and ignores the journal."
      )
    case .journalForeign:
      return (
        "\(file): the journal does not match the annotation file, perhaps after a checkout or a pull.",
        "gainsay uses the annotation file and ignores the journal."
      )
    case .newerFormat(let format):
      return (
        "\(file): written by a newer gainsay (format \(format)).",
        "Nothing was changed. Update gainsay on this machine."
      )
    case .changedUnderneath:
      return (
        "\(file): another program changed or removed it after it was opened; gainsay did not overwrite it.",
        "“open” the document again to continue from the file as it is now."
      )
    case .assignedMissing(let document):
      return (
        "\(file): it assigns “\(document)”, but there is no such document.", "Add the document, or remove the line."
      )
    case .veiled(let reader, let document):
      return (
        "\(reader) was assigned \(document) and has not done it, so others' annotations of it are hidden.",
        "They are shown once \(reader) says “done”."
      )
    case .held(let holder):
      return (
        "\(file): it is open in another session (\(holder)).", "Nothing was changed. Close it there, then try again."
      )
    case .busy(let what): return ("\(file): \(what) is in progress.", "Wait until it is done.")
    case .nameNotAllowed(let name):
      return (
        "“\(shown(name))” cannot be the name of an annotator or a document.",
        "A name has 1 to 128 ASCII letters, digits, points, hyphens and underscores; it begins with a letter or "
          + "digit. An annotator cannot be called “document” or “gold”."
      )
    case .partlyDone(let paths, let kept, let fault):
      let why = Complaint(fault)
      return (
        "\(why.problem) Done nevertheless, as others have worked there since: "
          + "\(Complaint.list(paths.map { shown($0) })).\(Self.keptSentence(kept))",
        "Nothing else was changed. \(why.advice)"
      )
    case .unsettled(let fault):
      return (
        "\(Complaint(fault).problem) The change is half done.",
        "The next gainsay command that writes here completes or undoes it."
      )
    case .nameKept(let name):
      return (
        "“\(shown(name))” cannot be the name of a new annotator or document.",
        "Choose another. gainsay keeps assignments.json, document, gold, splits.json and tokens for itself; Windows keeps names such "
          + "as con and com1, and those that end in a point."
      )
    case .nameTaken(let name, let other):
      if name == other { return ("“\(name)” exists already.", "Choose another name.") }
      return (
        "“\(name)” is too similar to “\(other)”, which exists already.",
        "Choose another name; some disks do not tell upper from lower case."
      )
    }
  }

  /// Where what was replaced stays, if something does.
  static func keptSentence(_ kept: [String]) -> String {
    kept.isEmpty ? "" : " What stood there before is kept in \(Complaint.list(kept.map { shown($0) }))."
  }

  /// A round number of bytes.
  private static func size(_ bytes: Int) -> String {
    bytes % (1 << 30) == 0 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
  }

  private static func sentences(of fault: DiskFault) -> (problem: String, advice: String) {
    let path = shown(fault.path)
    if fault.operation == "exchange", DiskFault.cannotSwap.contains(fault.code) {
      return (
        "\(path): this disk cannot swap two files or folders in one step (errno \(fault.code)).",
        "Nothing was changed. Work in a copy of the workspace on a local disk, then copy the document back."
      )
    }
    if fault.operation == DiskFault.securing {
      return (
        "\(path): it is written, but the system could not say that it is on the disk for good (errno \(fault.code)).",
        "It may be lost if the power fails now. Do it again to be sure."
      )
    }
    switch fault.code {
    case ENOSPC, EDQUOT:
      return ("\(path): the disk is full.", "Every edit that was answered is saved. Free some space and continue.")
    case EACCES, EPERM:
      return ("\(path): no permission to \(fault.operation) it.", "Change the permissions, or work in a copy.")
    case EROFS: return ("\(path): the disk is read-only.", "Work in a copy elsewhere.")
    case ENOENT: return ("\(path): no such file or folder.", "Check the name, and whether the folder was moved.")
    case EISDIR: return ("\(path): this is a folder, not a file.", "Name a file.")
    case ELOOP:
      return (
        "\(path) is a link; gainsay follows no links inside a workspace.", "Put the file itself there."
      )
    case EFBIG:
      return (
        "\(path) is larger than \(size(fault.limit ?? 0)), the most that gainsay reads of such a file.",
        "Split it, or move it away."
      )
    case EINVAL: return ("\(path): this is not a plain file.", "Put a plain file in its place.")
    case ENOTDIR: return ("\(path): a part of this path is not a folder.", "Check the path.")
    case EEXIST: return ("\(path): it already exists.", "Nothing was changed. Choose another name.")
    case EIO: return ("\(path): the disk reports a read or write error.", "Copy what you can to another disk.")
    case ENAMETOOLONG: return ("\(path): the name is too long for this disk.", "Choose a shorter one.")
    default:
      return (
        "\(path): the system could not \(fault.operation) it (errno \(fault.code)).", "Nothing was changed there."
      )
    }
  }

}
