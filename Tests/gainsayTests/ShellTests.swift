import Foundation
import Glibc
import TestSupport
import Testing

/// The shell's commands: what goes where, and with which status.
@Suite struct ShellTests {
  @Test func `statuses are 0 for done, 1 for no, 2 for what could not be carried out`() throws {
    let place = try Desk.sample()
    #expect(try place.run("list").status == 0)
    #expect(try place.run("check").status == 0)
    #expect(try place.run("agree", "--at-least", "krippendorff-alpha/word=0.99").status == 1)
    #expect(try place.run("agree", "--at-least", "krippendorff-alpha/word=0.1").status == 0)
    for arguments in [
      ["agree", "--nonsense"], ["nonsense", "x"], ["show"], ["show", "nowhere"], ["show", "../x"], ["export", "xml"],
      ["annotate", "ferry-contract", "--as", "a/b"], ["annotate", "ferry-contract", "--as", "gold/.."],
      ["add", "/nowhere/at/all"], ["schema", "nothing"], ["show", "ferry-contract", "--as", "nobody"],
      ["annotate", "ferry-contract", "--at", "99"], ["annotate", "ferry-contract", "--scheme", "none"],
      ["agree", "--annotators", "dana,dana"],
    ] {
      let result = try Program.run(arguments + (arguments[0] == "schema" ? [] : ["-C", place.root]))
      #expect(result.status == 2, "\(arguments)")
      #expect(result.output.isEmpty && !result.errors.isEmpty, "\(arguments)")
    }
    #expect(try Program.run(["list", "-C", "/"]).status == 2)
    #expect(try Program.run(["-C", place.root, "list"]).output == place.run("list").output)
    #expect(try Program.run(["frob", "-C", place.root]).errors.contains("“gainsay help” the commands"))
    #expect(try Program.run(["--help"]).status == 0)
    #expect(try Program.run(["--version"]).output.hasPrefix("gainsay "))
  }

  @Test func `commands come from a pipe, answers go out plain, the first refusal ends with its line`() throws {
    let place = try Desk.sample()
    let lines = "# a comment\ng 2\nc accused..rival\ns Norrick..Inc\n1 > 2\nx 9\nc 1-2\n"
    var result = try place.run("annotate", "ferry-contract", "--as", "piper", input: lines)
    #expect(result.status == 2)
    #expect(result.errors.contains("Line 6:") && result.errors.contains("There is no span 9"))
    #expect(result.output.contains("+ claim 1 ‹accused the port board"))
    #expect(!result.output.contains("\u{1B}"))
    #expect(try place.spans("piper").count == 2)
    result = try place.run(
      "annotate", "ferry-contract", "--as", "piper", "--keep-going", input: "x 9\nc 1-2\nquit\nc 3\n")
    #expect(result.status == 2)
    #expect(try place.spans("piper").count == 3)
    result = try place.run("annotate", "ferry-contract", "--as", "piper", input: "c 4-5")
    #expect(result.status == 0)
    #expect(try place.spans("piper").count == 4)
  }

  @Test func `lines that are no text are refused by number`() throws {
    let place = try Desk.sample()
    let result = try Program.run(
      ["annotate", "ferry-contract", "--as", "piper", "-C", place.root],
      input: Data("c 1-2\nnote 1 ".utf8 + [0xFF, 0x0A]))
    #expect(result.status == 2)
    #expect(result.errors.contains("Line 2 is not UTF-8"))
    #expect(try place.spans("piper").count == 1)
  }

  @Test func `a damaged file stops what needs it, is found by check, and stays as it is`() throws {
    let place = try Desk.sample()
    let url = place.file("Annotations/ferry-contract/eli.json")
    let damaged = Data("{\"annotator\": \"eli\",\n  oops".utf8)
    try damaged.write(to: url)
    let check = try place.run("check")
    #expect(check.status == 1 && check.output.contains("Annotations/ferry-contract/eli.json, line 2, column 3"))
    #expect(try place.run("agree").status == 2)
    #expect(try place.run("annotate", "ferry-contract", "--as", "eli", input: "c 1\n").status == 2)
    #expect(try place.run("annotate", "ferry-contract", "--as", "dana", input: "note 1 still works\n").status == 0)
    #expect(try Data(contentsOf: url) == damaged)
  }

  @Test func `a corrected text takes everyone's spans along; what has no sure place is a no`() throws {
    let place = try Desk.sample()
    let url = place.file("Annotations/ferry-contract/document.txt")
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    let file = place.file("corrected.txt")
    let spans = try place.spans("dana").map(\.id)
    try Data(("Corrected.\n\n" + text).utf8).write(to: file)
    let dry = try place.run("realign", "ferry-contract", "--with", file.path, "--dry-run")
    #expect(dry.status == 0 && dry.output.contains("dana: \(spans.count) spans: \(spans.count) exact."))
    #expect(try Data(contentsOf: url) == Data(text.utf8))
    #expect(try place.run("realign", "ferry-contract", "--with", file.path).status == 0)
    #expect(try Data(contentsOf: url) == Data(contentsOf: file))
    #expect(try place.spans("dana").map(\.id) == spans)
    #expect(try place.run("check").status == 0)
    try Data("Nothing of it is left.\n".utf8).write(to: file)
    let lost = try place.run("realign", "ferry-contract", "--with", file.path)
    #expect(lost.status == 1 && lost.output.contains("Nothing was written."))
    #expect(try place.run("realign", "ferry-contract", "--with", "/nowhere").status == 2)
    #expect(try place.run("annotate", "ferry-contract", "--as", "dana", input: "note 1 goes on\n").status == 0)
  }

  @Test func `a text changed under its annotations is said and nothing is written`() throws {
    let place = try Desk.sample()
    let url = place.file("Annotations/ferry-contract/document.txt")
    try (Data("X".utf8) + Data(contentsOf: url)).write(to: url)
    let before = try Data(contentsOf: place.file("Annotations/ferry-contract/dana.json"))
    let result = try place.run("annotate", "ferry-contract", "--as", "dana", input: "c 1\n")
    #expect(result.status == 2 && result.errors.contains("the document's text has changed"))
    #expect(try Data(contentsOf: place.file("Annotations/ferry-contract/dana.json")) == before)
  }

  @Test(.disabled(if: getuid() == 0, "root may write everywhere"))
  func `a folder that can only be read is open to look`() throws {
    let place = try Desk.sample()
    let folder = place.file("Annotations/ferry-contract").path
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
    let result = try place.run("annotate", "ferry-contract", "--as", "me", input: "c 1\n")
    #expect(result.status == 2 && result.errors.contains("This document is read-only"))
  }

  @Test func `commands of the shell say what they cannot read`() throws {
    let lines = [
      ["assign", "--copies", "two", "--to", "ann"], ["assign", "--ot", "ann"], ["import", "xml", "x"], ["import"],
      ["realign", "doc"], ["realign", "--with"], ["rename", "label", "a", "b"], ["rename", "speaker"],
      ["report", "--bootstrap", "many"], ["add", "--titel", "x"], ["annotate", "doc", "--at", "x"],
      ["adjudicate", "--blnid", "doc"], ["list", "--jsno"], ["show", "doc", "--as"], ["schema"],
      ["init", "--nonsense"],
    ]
    let desk = try Desk()
    let said = try lines.map { words in
      let place = ["schema", "init"].contains(words[0]) ? [] : ["-C", desk.root]
      let result = try Program.run(words + place)
      return "$ gainsay \(words.joined(separator: " "))\n\(result.output)\(result.errors)status \(result.status)\n"
    }
    expect(
      said.joined(separator: "\n"),
      #"""
      $ gainsay assign --copies two --to ann
      --to names only 1 person, so --copies cannot be two.
      --to says who does the documents.
      status 2

      $ gainsay assign --ot ann
      Error: Missing expected argument '--to <annotators> ...'
      Help:  --to <annotators>  Annotators, separated by commas.
      Usage: gainsay assign [--workspace <dir>] [--color <when>] [<document> ...] --to <annotators> ... [--copies <number>] [--overlap <share>] [--round <number>] [--again] [--no-suggestions] [--seed <number>] [--dry-run]
        See 'gainsay assign --help' for more information.
      status 2

      $ gainsay import xml x
      “xml” is not a format to import.
      Choose one of jsonl, hf-tokens, spacy, prodigy, doccano, label-studio, brat, conll, conllu, w3c, webanno-tsv, cas-xmi, cas-json, bioc-xml, bioc-json, pubannotation, citron, slate, yedda or marks.
      status 2

      $ gainsay import
      Error: Missing expected argument '<format>'
      Help:  <format>  The format: jsonl, hf-tokens, spacy, prodigy, doccano, label-studio, brat, conll, conllu, w3c, webanno-tsv, cas-xmi, cas-json, bioc-xml, bioc-json, pubannotation, citron, slate, yedda or marks.
      Usage: gainsay import [<options>] <format> <file> ...
        See 'gainsay import --help' for more information.
      status 2

      $ gainsay realign doc
      Error: Missing expected argument '--with <file>'
      Help:  --with <file>  The corrected text: a UTF-8 file.
      Usage: gainsay realign [--workspace <dir>] [--color <when>] <document> --with <file> [--drop] [--dry-run]
        See 'gainsay realign --help' for more information.
      status 2

      $ gainsay realign --with
      Error: Missing value for '--with <file>'
      Help:  --with <file>  The corrected text: a UTF-8 file.
      Usage: gainsay realign [--workspace <dir>] [--color <when>] <document> --with <file> [--drop] [--dry-run]
        See 'gainsay realign --help' for more information.
      status 2

      $ gainsay rename label a b
      rename takes speaker or about, not “label”.
      Write “gainsay rename speaker OLD NEW”.
      status 2

      $ gainsay rename speaker
      Something is missing.
      Write “gainsay rename speaker OLD NEW”.
      status 2

      $ gainsay report --bootstrap many
      Error: The value 'many' is invalid for '--bootstrap <resamples>'
      Help:  --bootstrap <resamples>  Resample documents this often for the intervals; 0 turns them off.
      Usage: gainsay report [--workspace <dir>] [--color <when>] [<document> ...] --to <file> [--title <title>] [--bootstrap <resamples>] [--seed <number>]
        See 'gainsay report --help' for more information.
      status 2

      $ gainsay add --titel x
      Error: Unknown option '--titel'. Did you mean '--title'?
      Usage: gainsay add [--workspace <dir>] [--color <when>] <file> ... [--id <name>] [--title <title>] [--source <source>] [--url <address>] [--published <date>] [--language <code>]
        See 'gainsay add --help' for more information.
      status 2

      $ gainsay annotate doc --at x
      Error: The value 'x' is invalid for '--at <sentence>'
      Help:  --at <sentence>  Begin at this sentence.
      Usage: gainsay annotate [--workspace <dir>] [--color <when>] [<document>] [--as <annotator>] [--scheme <scheme>] [--at <sentence>] [--keep-going]
        See 'gainsay annotate --help' for more information.
      status 2

      $ gainsay adjudicate --blnid doc
      Error: Unknown option '--blnid'. Did you mean '--blind'?
      Usage: gainsay adjudicate [--workspace <dir>] [--color <when>] <document> [--as <name>] [--annotators <annotators> ...] [--blind] [--kind <kind> ...] [--attribute <attribute> ...] [--ignore <attribute> ...] [--keep-going]
        See 'gainsay adjudicate --help' for more information.
      status 2

      $ gainsay list --jsno
      Error: Unknown option '--jsno'. Did you mean '--json'?
      Usage: gainsay list [--workspace <dir>] [--color <when>] [--json]
        See 'gainsay list --help' for more information.
      status 2

      $ gainsay show doc --as
      Error: Missing value for '--as <annotator>'
      Help:  --as <annotator>  Show this annotator's spans; repeatable. Default: everyone's.
      Usage: gainsay show [--workspace <dir>] [--color <when>] <document> [--as <annotator> ...] [--numbers] [--json]
        See 'gainsay show --help' for more information.
      status 2

      $ gainsay schema
      agree
      annotations
      assignments
      check
      compare
      document
      grouped
      journal
      jsonl
      ledger
      lexicon
      list
      log
      matters
      plan
      scheme
      show
      speakers
      splits
      status
      tally
      tokens
      status 0

      $ gainsay init --nonsense
      Error: Unknown option '--nonsense'
      Usage: gainsay init [--workspace <dir>] [--color <when>] [<folder>] [--update]
        See 'gainsay init --help' for more information.
      status 2

      """#)
  }

  @Test func `init makes a workspace that works from a single program`() throws {
    let folder = try TemporaryFolders.make().appendingPathComponent("workspace")
    #expect(try Program.run(["init", folder.path]).status == 0)
    #expect(try Program.run(["init", folder.path]).status == 2)
    let article = folder.appendingPathComponent("article.txt")
    try Data("She denied it. “Never,” she said.".utf8).write(to: article)
    #expect(try Program.run(["add", article.path, "-C", folder.path]).status == 0)
    let input = Data("q 2:Never\nk denied\ndone!\n".utf8)
    #expect(try Program.run(["annotate", "article", "--as", "dana", "-C", folder.path], input: input).status == 0)
    #expect(try Program.run(["export", "jsonl", "-C", folder.path]).output.contains("“Never,”"))
    #expect(try Program.run(["check", "-C", folder.path]).status == 0)
  }

  @Test(.tags(.slow)) func `the benchmark prints JSON lines and nothing else`() throws {
    let result = try Program.run(
      ["startup", "storage", "interchange", "team", "--quick"],
      program: Program.products.appendingPathComponent("gainsay-benchmark").path)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count > 10)
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect((object["value"] as? Double ?? 0) > 0)
    }
  }
}
