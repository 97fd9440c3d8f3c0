import Glibc
import Standoff
package import Storage

extension Complaint {
  /// A file that cannot be used, in sentences: what stands where, and the way out.
  package init(_ fault: FileFault) {
    let (problem, advice) = Self.sentences(of: fault)
    self.init(problem, advice)
  }

  /// A call that the operating system refused, in sentences.
  package init(_ fault: DiskFault) { self.init(FileFault(fault.path, .disk(fault))) }

  package static func sentences(of fault: FileFault) -> (problem: String, advice: String) {
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
    case .busy(let what): return ("\(file): \(what) is under way.", "Wait until it is done.")
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
    if fault.operation == "exchange", [EINVAL, ENOSYS, EOPNOTSUPP].contains(fault.code) {
      return (
        "\(path): this disk cannot put one folder in the place of another at once (errno \(fault.code)).",
        "Nothing was changed. Work in a copy of the workspace on a disk of this machine, and copy the document back."
      )
    }
    switch fault.code {
    case ENOSPC, EDQUOT:
      return ("\(path): the disk is full.", "Nothing that was answered is lost. Make room and go on.")
    case EACCES, EPERM:
      return ("\(path): no permission to \(fault.operation) it.", "Ask for the right, or work in a copy.")
    case EROFS: return ("\(path): the disk can only be read.", "Work in a copy elsewhere.")
    case ENOENT: return ("\(path): no such file or folder.", "Look at the name, or whether the folder was moved.")
    case EISDIR: return ("\(path): this is a folder, not a file.", "Name a file.")
    case EINVAL: return ("\(path): this is no plain file.", "Put a file in its place.")
    case ENOTDIR: return ("\(path): a part of this path is no folder.", "Look at the name.")
    case EEXIST: return ("\(path): it exists already.", "Choose another name, or remove what stands there.")
    case EIO: return ("\(path): the disk reports an error in reading or writing.", "Save what you can elsewhere.")
    case ENAMETOOLONG: return ("\(path): the name is too long for this disk.", "Choose a shorter one.")
    default:
      return (
        "\(path): the system could not \(fault.operation) it (errno \(fault.code)).", "Nothing was changed there."
      )
    }
  }

}
