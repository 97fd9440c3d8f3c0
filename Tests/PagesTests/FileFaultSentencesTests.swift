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
      Every edit that was answered is saved. Free some space and continue.

      Annotations/doc/eli.json: the disk is full.
      Every edit that was answered is saved. Free some space and continue.

      Annotations/doc/eli.json: no permission to write it.
      Change the permissions, or work in a copy.

      Annotations/doc/eli.json: no permission to write it.
      Change the permissions, or work in a copy.

      Annotations/doc/eli.json: the system could not write it (errno 11).
      Nothing was changed there.

      Annotations/doc/eli.json: the disk is read-only.
      Work in a copy elsewhere.

      Annotations/doc/eli.json: no such file or folder.
      Check the name, and whether the folder was moved.

      Annotations/doc/eli.json: this is a folder, not a file.
      Name a file.

      Annotations/doc/eli.json: this is not a plain file.
      Put a plain file in its place.

      Annotations/doc/eli.json: a part of this path is not a folder.
      Check the path.

      Annotations/doc/eli.json: it already exists.
      Nothing was changed. Choose another name.

      Annotations/doc/eli.json: the disk reports a read or write error.
      Copy what you can to another disk.

      Annotations/doc/eli.json: the name is too long for this disk.
      Choose a shorter one.

      Annotations/doc/eli.json: the system could not write it (errno 99).
      Nothing was changed there.

      Annotations/doc: this disk cannot swap two files or folders in one step (errno 38).
      Nothing was changed. Work in a copy of the workspace on a local disk, then copy the document back.

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
      Annotations/doc/eli.json, line 3, column 9: no such file.
      Check the name.

      Annotations/doc/eli.json: byte 7 is not UTF-8 text.
      Convert the file, for example with “iconv -f WINDOWS-1252 -t UTF-8”, and add it again.

      Annotations/doc/eli.json, line 3, column 9: expected a number, found “x”.
      Nothing was changed. Correct the file, or restore its last good version, for example with “git checkout”.

      Annotations/doc/eli.json: expected “}”, found the end of the text.
      Nothing was changed. Correct the file, or restore its last good version, for example with “git checkout”.

      Annotations/doc/eli.json, line 3, column 9: expected format 1, found format 2.
      Use a newer gainsay.

      Annotations/doc/eli.json: “annotator” is “dana”, but its path says “eli”.
      Rename the file, or correct the name in it.

      Annotations/doc/eli.json, line 3, column 9: the scheme is named “t”, but its file is named “s.scheme.json”.
      Rename the file, or correct the name in it.

      Annotations/doc/eli.json: the document's text has changed: its SHA-256 was 0123456789ab…, now it is fedcba987654….
      Restore document.txt; “gainsay realign” can then move the annotations onto a corrected text.

      Annotations/doc/eli.json, line 3, column 9: span 3 quotes “a ferry”, but its offsets cover “the ferry”.
      Offsets count code points. Correct the span's offsets, or restore the file.

      Annotations/doc/eli.json: span 3 does not start and end with its first and last fragment.
      Correct “start” and “end”, or the fragments.

      Annotations/doc/eli.json, line 3, column 9: “seenTo” is 70, but the text has only 64 code points.
      Correct the number.

      Annotations/doc/eli.json: span 3: The scheme has no label “rumour”.

      Annotations/doc/eli.json, line 3, column 9: relation 2: There is no span 9.

      Annotations/doc/eli.json: declined span: The scheme has no label “rumour”.

      Annotations/doc/eli.json, line 3, column 9: the workspace has no scheme “t”.
      It has s.

      Annotations/doc/eli.json: the workspace has no scheme “t”.
      Put one into Schemas; “gainsay init” creates a workspace with two.

      Annotations/doc/eli.json, line 3, column 9: The scheme has no labels. “u”, of the label “x”, is reserved for the prompt.
      Correct the scheme; nothing was changed.

      Annotations/doc/eli.json: a record in the middle of the journal cannot be read.
      gainsay uses the annotation file and ignores the journal.

      Annotations/doc/eli.json, line 3, column 9: the journal does not match the annotation file, perhaps after a checkout or a pull.
      gainsay uses the annotation file and ignores the journal.

      Annotations/doc/eli.json: another program changed or removed it after it was opened; gainsay did not overwrite it.
      “open” the document again to continue from the file as it is now.

      Annotations/doc/eli.json, line 3, column 9: it assigns “gone”, but there is no such document.
      Add the document, or remove the line.

      eli was assigned doc and has not done it, so others' annotations of it are hidden.
      They are shown once eli says “done”.

      Annotations/doc/eli.json, line 3, column 9: it is open in another session (dana, process 7).
      Nothing was changed. Close it there, then try again.

      “../x” cannot be the name of an annotator or a document.
      A name has 1 to 128 ASCII letters, digits, points, hyphens and underscores; it begins with a letter or digit. An annotator cannot be called “document” or “gold”.

      “Eli” is too similar to “eli”, which exists already.
      Choose another name; some disks do not tell upper from lower case.

      """#)
  }
}
