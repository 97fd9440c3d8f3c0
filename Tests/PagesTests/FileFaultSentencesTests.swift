import Standoff
import Storage
import TestSupport
import Testing

@testable import Pages

@Suite struct FileFaultSentencesTests {
  private static func said(_ complaints: [Complaint]) -> String {
    complaints.map { $0.page.text }.joined(separator: "\n")
  }

  @Test func `a disk that refuses is said in words, by what it refused`() {
    let codes: [Int32] = [28, 122, 13, 1, 11, 30, 2, 21, 22, 20, 17, 5, 36, 99]
    let faults =
      codes.map { DiskFault(operation: "write", path: "/desk/Annotations/doc/eli.json", code: $0) }
      + [DiskFault(operation: "exchange", path: "/desk/Annotations/doc", code: 38)]
    expect(
      Self.said(faults.map { Complaint($0) }),
      #"""
      Annotations/doc/eli.json: the disk is full.
      Nothing that was answered is lost. Make room and go on.

      Annotations/doc/eli.json: the disk is full.
      Nothing that was answered is lost. Make room and go on.

      Annotations/doc/eli.json: no permission to write it.
      Ask for the right, or work in a copy.

      Annotations/doc/eli.json: no permission to write it.
      Ask for the right, or work in a copy.

      Annotations/doc/eli.json: another import is under way.
      Wait until it is done.

      Annotations/doc/eli.json: the disk can only be read.
      Work in a copy elsewhere.

      Annotations/doc/eli.json: no such file or folder.
      Look at the name, or whether the folder was moved.

      Annotations/doc/eli.json: this is a folder, not a file.
      Name a file.

      Annotations/doc/eli.json: this is no plain file.
      Put a file in its place.

      Annotations/doc/eli.json: a part of this path is no folder.
      Look at the name.

      Annotations/doc/eli.json: it exists already.
      Choose another name, or remove what stands there.

      Annotations/doc/eli.json: the disk reports an error in reading or writing.
      Save what you can elsewhere.

      Annotations/doc/eli.json: the name is too long for this disk.
      Choose a shorter one.

      Annotations/doc/eli.json: the system could not write it (errno 99).
      Nothing was changed there.

      Annotations/doc: this disk cannot put one folder in the place of another at once (errno 38).
      Nothing was changed. Work in a copy of the workspace on a disk of this machine, and copy the document back.

      """#)
  }

  @Test func `a file that cannot be used is said with its place and the way out`() {
    let facts: [FileFault.Fact] = [
      .missing, .notUTF8(byteOffset: 7), .json(expected: "a number", found: "“x”"),
      .json(expected: "“}”", found: nil), .json(expected: "format 1", found: "format 2"),
      .wrongName(key: "annotator", expected: "eli", found: "dana"),
      .wrongName(key: "scheme", expected: "s", found: "t"),
      .textChanged(expected: "0123456789abcdef", found: "fedcba9876543210"),
      .wordsDiffer(span: 3, stored: "a ferry", text: "the ferry"), .hullDiffers(span: 3),
      .seenBeyondText(70, length: 64), .spanNotAllowed(id: 3, .unknownLabel("rumour")),
      .relationNotAllowed(id: 2, .noSpan(9)), .declinedNotAllowed(.unknownLabel("rumour")),
      .unknownScheme("t", known: ["s"]), .unknownScheme("t", known: []),
      .scheme([.noLabels, .keyIsVerb("u", label: "x")]),
      .journalDamaged, .journalForeign, .changedUnderneath, .assignedMissing("gone"),
      .veiled(reader: "eli", document: "doc"), .held(by: "dana, process 7"), .nameNotAllowed("../x"),
      .nameTaken("Eli", by: "eli"),
    ]
    expect(
      Self.said(
        facts.enumerated().map { index, fact in
          Complaint(
            FileFault(
              "/desk/Annotations/doc/eli.json", fact, at: index % 2 == 0 ? FileFault.Place(line: 3, column: 9) : nil))
        }),
      #"""
      Annotations/doc/eli.json, line 3, column 9: there is no such file.
      Look at the name.

      Annotations/doc/eli.json: byte 7 is not UTF-8 text.
      Convert the file, for instance with “iconv -f WINDOWS-1252 -t UTF-8”, and add it again.

      Annotations/doc/eli.json, line 3, column 9: a number was expected, not “x”.
      Nothing was changed. Mend the file by hand or take its last whole version, for instance with “git checkout”.

      Annotations/doc/eli.json: “}” was expected, and the text ends there.
      Nothing was changed. Mend the file by hand or take its last whole version, for instance with “git checkout”.

      Annotations/doc/eli.json, line 3, column 9: this is format 2, and format 1 is known here.
      Use a newer gainsay.

      Annotations/doc/eli.json: its “annotator” is “dana”, and its place says “eli”.
      Rename the file, or put the right name into it.

      Annotations/doc/eli.json, line 3, column 9: the scheme is called “t”, and its file “s.scheme.json”.
      Rename the file, or put the right name into it.

      Annotations/doc/eli.json: the text is another one than it was made for (SHA-256 0123456789ab… expected, fedcba987654… found).
      Restore document.txt as it was; offsets into another text mean other words.

      Annotations/doc/eli.json, line 3, column 9: span 3 carries the words “a ferry”, and its offsets say “the ferry”.
      Offsets count code points. Mend the span's offsets or restore the file.

      Annotations/doc/eli.json: the start and end of span 3 are not those of its first and last fragment.
      Mend one of the two.

      Annotations/doc/eli.json, line 3, column 9: “seenTo” is 70, and the text has 64 code points.
      Mend the number.

      Annotations/doc/eli.json: span 3: The scheme has no label “rumour”.

      Annotations/doc/eli.json, line 3, column 9: relation 2: There is no span 9.

      Annotations/doc/eli.json: a declined suggestion: The scheme has no label “rumour”.

      Annotations/doc/eli.json, line 3, column 9: the workspace has no scheme “t”.
      It has s.

      Annotations/doc/eli.json: the workspace has no scheme “t”.
      Put one into Schemas/; “gainsay init” makes a workspace with two.

      Annotations/doc/eli.json, line 3, column 9: It has no labels. “u” of the label “x” is a word that the prompt keeps for itself.
      Mend the scheme; nothing was changed.

      Annotations/doc/eli.json: a record in the middle of the journal cannot be read.
      The annotation file counts.

      Annotations/doc/eli.json, line 3, column 9: the journal belongs to another content of the annotation file (a checkout or a pull, perhaps).
      The annotation file counts.

      Annotations/doc/eli.json: another program has changed or removed it since it was opened; nothing was written over it.
      “open” the document again to go on from what stands there now.

      Annotations/doc/eli.json, line 3, column 9: it assigns “gone”, which is no document.
      Add the document, or take the line out.

      eli was assigned doc and has not done it: what others marked there is not shown.
      It is from eli's “done” on.

      Annotations/doc/eli.json, line 3, column 9: it is open elsewhere (dana, process 7).
      Nothing was changed. Try again when it is closed there.

      “../x” cannot be the name of an annotator or a document.
      A name is 1 to 128 letters, digits, points, hyphens and underscores of ASCII and begins with a letter or digit; “document” and “gold” are no annotator's.

      “Eli” is not free: “eli” exists already.
      Choose another name; names that differ only in case are one on some disks.

      """#)
  }
}
