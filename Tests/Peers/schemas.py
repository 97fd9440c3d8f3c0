"""Holds the files and the output of gainsay to its JSON Schemas, with jsonschema as the judge.

Usage: schemas.py GAINSAY WORKSPACE

Whatever the program writes must be valid. What a schema refuses the program must refuse too, in a copy of
the workspace: `check` names the file, the line and the column, and no command changes a byte of it.
"""

import copy
import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
from peers import Gainsay, document_folders, finish, read

try:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
except ImportError as missing:
    print(f"skipped: the Python module {missing.name} is missing")
    sys.exit(77)

REMOVED = object()
EXPORTS = ([], ["--gold"], ["--merge", "majority"], ["--annotators", "dana"])
EDITS = (
    "c 1-2\nu\nredo\nnote 1 unsure\nq 1\nset 1 speaker Peer\nx 2\n"
    "suggest\ng 2\nr\nu\na\nu\nr\ng 3\nd 1-3 < w4 < w5 > -\ndone!\n"
)


class Judge:
    """The schemas of a workspace, what they have been asked, and what went wrong."""

    def __init__(self, workspace):
        self.validators = {}
        self.differences = []
        self.counts = Counter()
        for path in sorted(workspace.glob("Schemas/*.schema.json")):
            schema = read(path)
            try:
                Draft202012Validator.check_schema(schema)
            except SchemaError as error:
                self.differences.append(f"{path.name}: {error.message}")
            if schema.get("$schema") != "https://json-schema.org/draft/2020-12/schema":
                self.differences.append(f"{path.name}: no schema of 2020-12")
            self.validators[path.name.removesuffix(".schema.json")] = Draft202012Validator(schema)
            self.counts["schemas"] += 1

    def refuses(self, kind, value):
        return not self.validators[kind].is_valid(value)

    def accept(self, kind, value, what):
        self.counts["valid"] += 1
        for error in self.validators[kind].iter_errors(value):
            self.differences.append(f"{what}: {error.json_path}: {error.message}")


def kind_of(path):
    if path.name.endswith(".scheme.json"):
        return "scheme"
    if path.name.endswith(".lexicon.json"):
        return "lexicon"
    return "document" if path.name == "document.json" else "annotations"


def accept_files(judge, workspace):
    folders = document_folders(workspace)
    data = [*workspace.glob("Schemas/*.scheme.json"), *workspace.glob("Schemas/*.lexicon.json")]
    for path in [*data, *(p for f in folders for p in f.glob("[!.]*.json"))]:
        judge.accept(kind_of(path), read(path), path.relative_to(workspace))
    for path in (journal for folder in folders for journal in folder.glob(".*.journal")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            judge.accept("journal", json.loads(line), f"{path.relative_to(workspace)}:{number}")


TABLE = "item,ana,ben,cem\n1,low,low,high\n2,high,mid,high\n3,mid,mid,\n4,low,mid,low\n"


def accept_output(judge, gainsay):
    folders = [folder.name for folder in document_folders(gainsay.workspace)]
    calls = [["list"], ["status"], ["check"], ["agree"], ["agree", "--per-document"], ["compare"], ["ledger"]]
    calls += [
        ["agree", "--overlap", "any,0.5,0.9"],
        ["agree", "--interval-width", "0.1"],
        ["agree", "--measure", "dawid-skene", "--measure", "mace"],
        ["agree", folders[0], folders[1], "--against", ",".join(folders[2:4])],
    ]
    calls += [[name, folder.name] for name in ("show", "log") for folder in document_folders(gainsay.workspace)]
    for call in calls:
        judge.accept(call[0], gainsay.json(*call), " ".join(call))
    for options in EXPORTS:
        for number, line in enumerate(gainsay.output("export", "jsonl", *options).splitlines(), 1):
            judge.accept("jsonl", json.loads(line), f"export jsonl {' '.join(options)}: line {number}")
    for options in ([], ["--order", "low,mid,high"], ["--measure", "mace", "--measure", "dawid-skene"]):
        given = gainsay.run("agree", "--table", "-", "--json", *options, typed=TABLE)
        judge.accept("agree", json.loads(given.stdout), f"agree --table {' '.join(options)}")
    accept_tallies(judge, gainsay)


def accept_tallies(judge, gainsay):
    """What is counted elsewhere: the plan, the documents, and a line of each, gamma's counts among them."""
    grouped = gainsay.output("export", "jsonl", "--grouped")
    plan = gainsay.workspace / "plan.json"
    plan.write_text(gainsay.output("tally", "--plan-from", gainsay.workspace, "--measure", "gamma", "--samples", "2"))
    judge.accept("plan", read(plan), "tally --plan-from")
    finished = gainsay.run("tally", "--plan", plan, "--keep-going", typed=grouped + "{}\n")
    summed = gainsay.run("tally", "--plan", plan, "--resamples", "3", typed=grouped)
    figures = gainsay.run("agree", "--from-tallies", "-", "--plan", plan, "--json", typed=summed.stdout)
    judge.accept("agree", json.loads(figures.stdout), "agree of sums")
    plan.unlink()
    for kind, lines in (("grouped", grouped), ("tally", finished.stdout), ("tally", summed.stdout)):
        for number, line in enumerate(lines.splitlines(), 1):
            judge.accept(kind, json.loads(line), f"{kind}: line {number}")


def accept_journal(judge, gainsay):
    """A session of every kind of edit leaves a file and a journal."""
    folder = document_folders(gainsay.workspace)[0]
    finished = gainsay.run("annotate", folder.name, "--as", "journal-peer", typed=EDITS)
    if finished.returncode != 0:
        judge.differences.append(f"annotate: exit status {finished.returncode}: {finished.stderr}")
    accept_files(judge, gainsay.workspace)
    judge.accept("log", gainsay.json("log", folder.name), f"log {folder.name}")
    for path in folder.glob("*journal-peer*"):
        path.unlink()


def accept_team(judge, gainsay):
    """What a lead writes: assignments by the program, the lists by hand; each broken copy is refused by schema and check."""
    gainsay.output("assign", "--to", "dana,eli", "--copies", "all", "--no-suggestions")
    lists = {
        "Annotations/assignments.json": ("assignments", None),
        "Annotations/splits.json": ("splits", {"format": 1, "documents": [{"document": "a", "part": "b", "split": "b=1 1"}]}),
        "Schemas/speakers.json": ("speakers", {"format": 1, "speakers": [{"name": "A", "aliases": ["B"]}, {"name": "C"}]}),
        "Schemas/matters.json": ("matters", {"format": 1, "matters": [{"key": "a", "proposition": "It is so."}]}),
    }
    for place, (kind, value) in lists.items():
        path = gainsay.workspace / place
        if value is not None:
            path.write_text(json.dumps(value), "utf-8")
        value = read(path)
        judge.accept(kind, value, place)
        if gainsay.run("check").returncode != 0:
            judge.differences.append(f"{place}: check finds fault with it")
        (items,) = [key for key in value if key != "format"]
        first_item = value[items][0]
        broken = [changed(value, ["format"], 2), changed(value, [items], {}), changed(value, ["more"], 1)]
        broken += [changed(value, [items, 0, key], REMOVED) for key in first_item if key != "aliases"]
        broken += [changed(value, [items, 0, key], 1.5) for key in first_item]
        for copy_of in broken:
            path.write_text(json.dumps(copy_of), "utf-8")
            judge.counts["broken lists"] += 1
            if not judge.refuses(kind, copy_of) or gainsay.run("check").returncode != 1:
                judge.differences.append(f"{place}: {str(copy_of)[:200]} is let through")
        path.unlink()


def changed(value, path, new):
    """A copy with one place changed; `new` may be a function of what stood there."""
    whole = copy.deepcopy(value)
    parent = whole
    for step in path[:-1]:
        parent = parent[step]
    if new is REMOVED:
        del parent[path[-1]]
    elif callable(new):
        parent[path[-1]] = new(parent[path[-1]])
    else:
        parent[path[-1]] = new
    return whole


def first(values, fits):
    return next(place for place, value in enumerate(values) if fits(value))


def is_rich(path):
    """Whether an annotation file has a discontinuous span and a relation to what is not in the text."""
    file = read(path)
    return any("fragments" in span for span in file["spans"]) and any("text" in one for one in file["relations"])


def broken_annotations(file):
    """`(what, path, value, whether a schema can know)`."""
    plain = ["spans", first(file["spans"], lambda span: "fragments" not in span)]
    parted = ["spans", first(file["spans"], lambda span: "fragments" in span)]
    joined = ["relations", first(file["relations"], lambda relation: relation["to"] is not None)]
    absent = ["relations", first(file["relations"], lambda relation: relation["to"] is None)]
    claim = ["spans", first(file["spans"], lambda span: span["label"] == "claim")]
    other = file["spans"][plain[1] + 1]
    for what, path, value in [
        ("no format", ["format"], REMOVED),
        ("no spans", ["spans"], REMOVED),
        ("no seenTo", ["seenTo"], REMOVED),
        ("span without label", [*plain, "label"], REMOVED),
        ("span without attributes", [*plain, "attributes"], REMOVED),
        ("fragment without text", [*parted, "fragments", 0, "text"], REMOVED),
        ("relation without to", [*joined, "to"], REMOVED),
        ("unknown key", ["comment"], "mine"),
        ("unknown key of a span", [*plain, "colour"], "red"),
        ("unknown key of a relation", [*joined, "note"], "mine"),
        ("unknown key of the scheme", ["scheme", "title"], "Claims"),
        ("unknown format", ["format"], 3),
        ("format in words", ["format"], "1"),
        ("spans as an object", ["spans"], {}),
        ("id negative", [*plain, "id"], -1),
        ("id zero", [*plain, "id"], 0),
        ("id in words", [*plain, "id"], "1"),
        ("id with a fraction", [*plain, "id"], 1.5),
        ("id true", [*plain, "id"], True),
        ("start negative", [*plain, "start"], -1),
        ("seenTo negative", ["seenTo"], -5),
        ("label empty", [*plain, "label"], ""),
        ("label with a blank", [*plain, "label"], "a claim"),
        ("label null", [*plain, "label"], None),
        ("text empty", [*plain, "text"], ""),
        ("note empty", [*plain, "note"], ""),
        ("origin empty", [*plain, "origin"], {}),
        ("attribute as a number", [*plain, "attributes"], {"speaker": 3}),
        ("time without a zone", [*plain, "created"], "2026-11-22T10:00:00"),
        ("time on 30 February", [*plain, "modified"], "2026-02-30T10:00:00Z"),
        ("time with a fraction", [*joined, "created"], "2026-11-22T10:00:00.5Z"),
        ("hour 24", [*joined, "modified"], "2026-11-22T24:00:00Z"),
        ("digest too short", ["textSHA256"], "abc"),
        ("digest in capitals", ["textSHA256"], str.upper),
        ("one fragment", [*parted, "fragments"], lambda parts: parts[:1]),
        ("no fragment", [*parted, "fragments"], []),
        ("the same fragment twice", [*parted, "fragments"], lambda parts: [parts[0], *parts]),
        ("text beside a target", [*joined, "text"], "words"),
        ("text of the target empty", [*absent, "text"], ""),
        ("target in words", [*joined, "to"], "2"),
        ("unknown status", ["status"], "done"),
        ("unknown role", ["role"], "reader"),
        ("gold in an annotator’s role", ["annotator"], "gold"),
        ("version in words", ["scheme", "version"], "first"),
        ("document’s name with a slash", ["document"], "a/b"),
        ("the same span twice", ["spans"], lambda spans: [spans[0], *spans]),
    ]:
        yield what, path, value, True
    for what, path, value in [
        ("span beyond the text", [*plain, "end"], 10**6),
        ("end before start", [*plain, "start"], file["spans"][plain[1]]["end"] + 5),
        ("words that differ", [*plain, "text"], lambda text: text + "s"),
        ("fragment’s words that differ", [*parted, "fragments", 0, "text"], lambda text: "x" + text),
        ("two spans with one id", [*plain, "id"], other["id"]),
        ("two relations with one id", [*joined, "id"], file["relations"][joined[1] - 1]["id"]),
        ("relation from a span that is not there", [*joined, "from"], 9999),
        ("relation to a span that is not there", [*joined, "to"], 9999),
        ("relation to itself", [*joined, "to"], file["relations"][joined[1]]["from"]),
        ("label not in the scheme", [*plain, "label"], "rumour"),
        ("relation not in the scheme", [*joined, "type"], "contradicts"),
        ("attribute not in the scheme", [*plain, "attributes"], {"mood": "angry"}),
        ("choice not in the scheme", [*claim, "attributes", "attribution"], "nobody"),
        ("fragments in the wrong order", [*parted, "fragments"], lambda parts: parts[::-1]),
        ("fragments that overlap", parted, lambda span: second_from(span, -1)),
        ("fragments that touch", parted, lambda span: second_from(span, 0)),
        ("id too large", [*plain, "id"], 10**30),
        ("offset too large", [*plain, "end"], 10**30),
        ("offsets at the largest number", plain, lambda span: span | {"start": 2**63 - 2, "end": 2**63 - 1}),
        ("digest of another text", ["textSHA256"], "0" * 64),
        ("another annotator’s name", ["annotator"], "somebody"),
        ("another document’s name", ["document"], "elsewhere"),
        ("gold in an annotator’s file", [], lambda whole: whole | {"annotator": "gold", "role": "gold"}),
        ("scheme that is not there", ["scheme", "name"], "nowhere"),
        ("seenTo beyond the text", ["seenTo"], 10**6),
    ]:
        yield what, path, value, False


def second_from(span, distance):
    """The second fragment begins at a distance from the first one's end, and its words fit."""
    one, other, *rest = span["fragments"]
    start = one["end"] + distance
    words = span["text"][start - span["start"] : other["end"] - span["start"]]
    return span | {"fragments": [one, other | {"start": start, "text": words}, *rest]}


def broken_document(file):
    for what, path, value in [
        ("no title", ["title"], REMOVED),
        ("no digest", ["sha256"], REMOVED),
        ("unknown key", ["author"], "Ann"),
        ("unknown format", ["format"], 9),
        ("title empty", ["title"], ""),
        ("title as a number", ["title"], 7),
        ("source null", ["source"], None),
        ("published on 31 April", ["published"], "2026-04-31"),
        ("published in words", ["published"], "yesterday"),
        ("language with a blank", ["language"], "en GB"),
        ("digest too long", ["sha256"], lambda digest: digest + "0"),
    ]:
        yield what, path, value, True
    yield "digest of another text", ["sha256"], "0" * 64, False


def broken_scheme(file):
    choice = ["attributes", first(file["attributes"], lambda attribute: attribute["type"] == "choice")]
    text = ["attributes", first(file["attributes"], lambda attribute: attribute["type"] == "text")]
    for what, path, value in [
        ("no labels", ["labels"], REMOVED),
        ("labels empty", ["labels"], []),
        ("no labels key", ["labels"], REMOVED),
        ("unknown key", ["author"], "Ann"),
        ("unknown key of a label", ["labels", 0, "shortcut"], "c"),
        ("unknown format", ["format"], 3),
        ("key of three letters", ["labels", 0, "key"], "cla"),
        ("key empty", ["labels", 0, "key"], ""),
        ("label that begins with a digit", ["labels", 0, "name"], "1st"),
        ("unknown colour", ["labels", 0, "colour"], "mauve"),
        ("unknown kind", ["labels", 0, "kind"], "verb"),
        ("unknown default", ["labels", 0, "default"], "paragraph"),
        ("requirement empty", ["labels", 0, "requires"], [[]]),
        ("choice without values", [*choice, "values"], REMOVED),
        ("free text with values", [*text, "values"], ["a", "b"]),
        ("unknown type", [*text, "type"], "number"),
        ("relation from nothing", ["relations", 0, "from"], []),
        ("absent in words", ["relations", 0, "absent"], "yes"),
        ("rule zero", ["guideline", 0, "rule"], 0),
        ("three labels apart", ["dissimilarities"], [{"labels": ["a", "b", "c"], "value": 0.5}]),
        ("labels apart by more than 1", ["dissimilarities"], [{"labels": ["a", "b"], "value": 1.5}]),
        ("a label apart from itself", ["dissimilarities"], [{"labels": ["a", "a"], "value": 0.5}]),
        ("version in words", ["version"], "first"),
    ]:
        yield what, path, value, True
    for what, path, value in [
        ("key that is a verb of the prompt", ["labels", 0, "key"], "x"),
        ("two labels with one key", ["labels", 0, "key"], file["labels"][1]["key"]),
        ("two labels with one name", ["labels", 0, "name"], file["labels"][1]["name"]),
        ("attribute of a label that is not there", [*text, "labels"], ["rumour"]),
        ("relation from a label that is not there", ["relations", 0, "from"], ["rumour"]),
        ("requirement that is not there", ["labels", 0, "requires"], [["proof"]]),
        ("two attributes with one name", [*text, "name"], file["attributes"][choice[1]]["name"]),
        ("two rules with one number", ["guideline", 1, "rule"], file["guideline"][0]["rule"]),
        ("another scheme’s name", ["name"], "elsewhere"),
    ]:
        yield what, path, value, False


def keep_two(workspace, folder):
    """Removes all documents but one and a bystander: each broken copy is checked with the whole workspace."""
    bystander = next(other for other in document_folders(workspace) if other != folder)
    for other in document_folders(workspace):
        if other not in (folder, bystander):
            shutil.rmtree(other)


def snapshot(workspace):
    return {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}


def damaged(whole):
    """`(what, bytes)` that are no JSON, or JSON that readers understand differently."""
    opening = whole.index(b'"')
    yield "nothing in it", b""
    yield "an array", b"[]\n"
    yield "cut off", whole[: len(whole) // 2]
    yield "a second value", whole + b"{}"
    yield "a comma too many", whole.rstrip().removesuffix(b"}") + b",}"
    yield "bytes that are no UTF-8", whole[: opening + 1] + b"\xff" + whole[opening + 1 :]
    yield "half a surrogate pair", whole[: opening + 1] + b"\\ud800" + whole[opening + 1 :]
    yield "a key twice", whole.replace(b'"format"', b'"format": 1, "format"', 1)
    yield "a number that is none", whole.replace(b'"format": 1', b'"format": NaN', 1)
    yield "a number too large", whole.replace(b'"format": 1', b'"format": 1e999', 1)
    yield "deep nesting", b'{"spans": ' + b"[" * 100_000
    yield "a conflict of git", b"<<<<<<< HEAD\n" + whole + b"=======\n" + whole + b">>>>>>> theirs\n"


def refuse(judge, gainsay, path, broken):
    """Each broken copy in turn: what a schema knows, what only the program knows, what is no JSON at all."""
    whole, kind = path.read_bytes(), kind_of(path)
    for what, place, new, known in broken(json.loads(whole)):
        value = changed([json.loads(whole)], [0, *place], new)[0]
        if judge.refuses(kind, value) != known:
            judge.differences.append(f"{path.name}: {what}: the schema {'accepts' if known else 'refuses'} it")
        content = json.dumps(value, ensure_ascii=False, indent=1).encode()
        refuse_one(judge, gainsay, path, content, what, placed=known)
        judge.counts["refused by both" if known else "refused by the program"] += 1
    for what, content in damaged(whole):
        refuse_one(judge, gainsay, path, content, what, placed=True)
        judge.counts["damaged"] += 1


def refuse_one(judge, gainsay, path, content, what, placed):
    """Puts a broken file in the place of the whole one, lets the program judge it, and puts it back."""
    whole, name = path.read_bytes(), str(path.relative_to(gainsay.workspace))
    path.write_bytes(content)
    before = snapshot(gainsay.workspace)

    def complain(text):
        judge.differences.append(f"{name}: {what}: {text}")

    finished = gainsay.run("check", "--json")
    if finished.returncode != 1:
        complain(f"check ends with status {finished.returncode} {finished.stderr[:80]}".strip())
    else:
        report = json.loads(finished.stdout)
        judge.accept("check", report, f"check, {name}: {what}")
        problems = report["problems"]
        own = {name, name.replace("document.json", "document.txt")}  # a digest concerns both
        if elsewhere := {problem["file"] for problem in problems} - own:
            complain(f"check finds problems in {', '.join(sorted(elsewhere))}")
        if placed and not all(problem["line"] and problem["column"] for problem in problems):
            complain("check names no line or no column")
        if len({json.dumps(problem) for problem in problems}) < len(problems):
            complain(f"check says the same more than once: {len(problems)} problems")
    if kind_of(path) == "annotations" and finished.returncode == 1:
        finished = gainsay.run("annotate", path.parent.name, "--as", path.stem, typed="c 1-2\n")
        if finished.returncode != 2:
            complain(f"annotate ends with status {finished.returncode} {finished.stderr[:80]}".strip())
    after = snapshot(gainsay.workspace)
    if after != before:
        complain("the program changed files")
    for extra in after.keys() - before.keys():
        extra.unlink()
    path.write_bytes(whole)


def main():
    gainsay = Gainsay(sys.argv[1:])
    judge = Judge(gainsay.workspace)
    accept_files(judge, gainsay.workspace)
    accept_output(judge, gainsay)
    with tempfile.TemporaryDirectory() as place:
        workspace = Path(shutil.copytree(gainsay.workspace, Path(place) / "workspace"))
        gainsay = Gainsay([gainsay.program, workspace])
        accept_journal(judge, gainsay)
        annotations = next(path for path in sorted(workspace.glob("Annotations/*/dana.json")) if is_rich(path))
        keep_two(workspace, annotations.parent)
        accept_team(judge, gainsay)
        refuse(judge, gainsay, annotations, broken_annotations)
        refuse(judge, gainsay, annotations.parent / "document.json", broken_document)
        scheme = read(annotations)["scheme"]["name"]
        refuse(judge, gainsay, workspace / "Schemas" / f"{scheme}.scheme.json", broken_scheme)
    counts = judge.counts
    finish(
        judge.differences,
        f"{counts['schemas']} schemas; {counts['valid']} files, outputs and lines valid; broken copies: "
        f"{counts['refused by both']} kinds known to schema and program, "
        f"{counts['refused by the program']} to the program alone, {counts['damaged']} no sound JSON; "
        f"{len(judge.differences)} differences",
    )


if __name__ == "__main__":
    main()
