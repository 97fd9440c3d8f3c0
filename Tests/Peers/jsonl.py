"""Loads what `gainsay export jsonl` writes with Hugging Face datasets and holds it to the annotation files.

Usage: jsonl.py GAINSAY WORKSPACE
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True
from peers import Gainsay, annotation_files, document_folders, document_text, finish, fragments, read

os.environ["HF_HUB_OFFLINE"] = "1"  # read when datasets is imported
try:
    import datasets
except ImportError as missing:
    print(f"skipped: the Python module {missing.name} is missing")
    sys.exit(77)


class Comparison:
    """What the files hold, what was loaded, and where the two differ."""

    def __init__(self, gainsay, cache):
        self.gainsay = gainsay
        self.cache = Path(cache)
        self.texts = {folder.name: document_text(folder) for folder in document_folders(gainsay.workspace)}
        self.files = {folder.name: annotation_files(folder) for folder in document_folders(gainsay.workspace)}
        self.differences = []
        self.counts = Counter()

    def equal(self, what, came, due):
        self.counts["comparisons"] += 1
        if came != due:
            self.differences.append(f"{what}: gainsay {came!r}, expected {due!r}")

    def loaded(self, options):
        """`{(document, annotator): row}` as datasets reads it."""
        path = self.cache / "export.jsonl"
        path.write_text(self.gainsay.output("export", "jsonl", *options), "utf-8")
        table = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(self.cache))
        rows = {(row["id"], row["annotator"]): row for row in table}
        self.equal(f"{options}: rows with a document and annotator of their own", len(rows), len(table))
        return rows

    def slices(self, row, what):
        """Offsets slice the text as Python does, and relations end at spans of the row."""
        text = self.texts[row["id"]]
        self.equal(f"{what}: text", row["text"], text)
        ids = {span["id"] for span in row["spans"]}
        self.equal(f"{what}: different ids", len(ids), len(row["spans"]))
        for span in row["spans"]:
            place = f"{what}: span {span['id']}"
            for part in [span, *span["fragments"]]:
                self.equal(place, part["text"], text[part["start"] : part["end"]])
            ends = span["fragments"][0]["start"], span["fragments"][-1]["end"]
            self.equal(f"{place}: hull", (span["start"], span["end"]), ends)
        for relation in row["relations"]:
            place = f"{what}: relation {relation['id']}"
            self.equal(f"{place}: from is a span", relation["from"] in ids, True)
            self.equal(f"{place}: to is a span or nothing", relation["to"] in ids | {None}, True)
        self.counts.update(rows=1, spans=len(row["spans"]), relations=len(row["relations"]))

    def same_as_file(self, row, file, what):
        """Nothing is lost but times and origins; attributes that are not set are null."""
        scheme = read(self.gainsay.workspace / "Schemas" / f"{file['scheme']['name']}.scheme.json")
        names = [attribute["name"] for attribute in scheme["attributes"]]
        due = [
            {
                "id": span["id"],
                "label": span["label"],
                "fragments": fragments(span),
                "attributes": {name: span["attributes"].get(name) for name in names},
                "note": span.get("note"),
            }
            for span in file["spans"]
        ]
        carried = ("id", "label", "attributes", "note")
        came = [{name: span[name] for name in carried} | {"fragments": fragments(span)} for span in row["spans"]]
        self.equal(f"{what}: number of spans", len(came), len(due))
        for one, other in zip(came, due):
            self.equal(f"{what}: span {other['id']}", one, other)
        due = [{"text": None} | relation for relation in file["relations"]]
        self.equal(f"{what}: number of relations", len(row["relations"]), len(due))
        for one, other in zip(row["relations"], due):
            self.equal(f"{what}: relation {other['id']}", one, {name: other[name] for name in one})

    def copies(self, options, wanted):
        """The rows are the files whose annotator is wanted, one row a file."""
        rows = self.loaded(options)
        due = {(name, who): file for name, files in self.files.items() for who, file in files.items() if wanted(who)}
        self.equal(f"{options}: rows", sorted(rows), sorted(due))
        for key in rows.keys() & due.keys():
            what = " ".join([*options, *key])
            self.slices(rows[key], what)
            self.same_as_file(rows[key], due[key], what)

    def majority(self):
        """What more than half of the annotators with a file marked: the same fragments, the same label."""
        options = ["--merge", "majority"]
        rows = self.loaded(options)
        people = {
            name: [file for who, file in files.items() if who != "gold"] for name, files in self.files.items()
        }
        due = {(name, "majority"): files for name, files in people.items() if files}
        self.equal(f"{options}: rows", sorted(rows), sorted(due))
        for key in rows.keys() & due.keys():
            what = " ".join([*options, *key])
            self.slices(rows[key], what)
            for part, marks in (("spans", span_marks), ("relations", relation_marks)):
                votes = Counter(mark for file in due[key] for mark in marks(file))
                kept = {mark for mark, count in votes.items() if 2 * count > len(due[key])}
                self.equal(f"{what}: {part}", sorted(marks(rows[key]), key=repr), sorted(kept, key=repr))
                self.equal(f"{what}: number of {part}", len(rows[key][part]), len(kept))


def span_marks(file):
    return {(span["label"], fragments(span)) for span in file["spans"]}


def relation_marks(file):
    """A relation is what it joins, not the numbers of the spans."""
    ends = {span["id"]: (span["label"], fragments(span)) for span in file["spans"]} | {None: None}
    return {(relation["type"], ends[relation["from"]], ends[relation["to"]]) for relation in file["relations"]}


def main():
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        comparison = Comparison(Gainsay(sys.argv[1:]), cache)
        comparison.copies([], lambda annotator: annotator != "gold")
        comparison.copies(["--gold"], lambda annotator: annotator == "gold")
        comparison.copies(["--annotators", "dana"], lambda annotator: annotator == "dana")
        comparison.majority()
    counts = comparison.counts
    finish(
        comparison.differences,
        f"loaded {counts['rows']} rows, {counts['spans']} spans, {counts['relations']} relations; "
        f"{counts['comparisons']} comparisons, {len(comparison.differences)} differences",
    )


if __name__ == "__main__":
    main()
