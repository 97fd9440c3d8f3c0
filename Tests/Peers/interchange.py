"""Reads every export of gainsay with other people's libraries and holds each span to the annotation files.

Usage: interchange.py GAINSAY WORKSPACE FOLDER [FORMAT ...]

FOLDER is made, or must be empty; every format is written to it, once of all annotators and once of gold. The
first difference ends the program. A format whose library is missing is skipped, and said.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
import interchange_lines
import interchange_tokens
from interchange_brat import brat
from interchange_inception import cas_json, webanno_tsv
from interchange_plain import citron, pubannotation
from interchange_truth import Difference, versions
from interchange_w3c import w3c
from peers import Gainsay

READERS = {
    "jsonl": ("jsonl", interchange_lines.jsonl),
    "spacy": ("jsonl", interchange_tokens.spacy),
    "prodigy": ("jsonl", interchange_tokens.prodigy),
    "doccano": ("jsonl", interchange_lines.doccano),
    "label-studio": ("json", interchange_lines.label_studio),
    "csv": ("csv", interchange_lines.csv),
    "tsv": ("tsv", interchange_lines.csv),
    "conll --tags iob2": ("conll", interchange_tokens.conll),
    "conll --tags iob1": ("conll", interchange_tokens.conll),
    "conll --tags bilou": ("conll", interchange_tokens.conll),
    "brat": ("", brat),
    "w3c": ("", w3c),
    "webanno-tsv": ("", webanno_tsv),
    "cas-json": ("", cas_json),
    "pubannotation": ("", pubannotation),
    "citron": ("", citron),
}


class Export:
    """One export on disk and the versions that must be in it."""

    def __init__(self, gainsay, name, due, path, gold):
        self.name, self.path, self.place = name, path, path
        self.format, *self.options = name.split()
        self.left = due
        options = [*self.options, *(["--gold"] if gold else [])]
        finished = gainsay.run("export", self.format, *options, "--to", path)
        self.losses = finished.stderr + finished.stdout
        if finished.returncode != 0:
            raise Difference(f"export {name}: exit status {finished.returncode}\n{finished.stderr}")

    def version(self, document, annotator):
        """The version of that name, once."""
        if (document, annotator) not in self.left:
            raise Difference(f"{self.name}: {document}/{annotator} is no version of the workspace, or came before")
        return self.left.pop((document, annotator))

    def files(self, ending):
        """`(file, version)` of a format that is a folder for each annotator with a file for each document."""
        paths = sorted(self.path.rglob(f"*.{ending}"))
        for path in paths:
            place = path.relative_to(self.path)
            if len(place.parts) != 2:
                raise Difference(f"{self.name}: {place} is not ANNOTATOR/DOCUMENT.{ending}")
            self.place = place
            yield path, self.version(path.name.removesuffix(f".{ending}"), place.parts[0])


def check(gainsay, name, folder):
    """Exports one format and reads it; the number of spans that are equal."""
    ending, reader = READERS[name]
    total = 0
    for whose in ("annotators", "gold"):
        place = folder / whose / name.replace(" --tags ", "-")
        place.parent.mkdir(parents=True, exist_ok=True)
        due = versions(gainsay.workspace, gold=whose == "gold")
        if not due:
            continue
        export = Export(gainsay, name, due, place.with_suffix(f".{ending}") if ending else place, whose == "gold")
        try:
            total += reader(export)
        except (ImportError, Difference):
            raise
        except Exception as error:
            raise Difference(f"{name}: {export.place}: the peer refuses it: {type(error).__name__}: {error}") from error
        if export.left:
            raise Difference(f"{name}: {export.path} lacks {', '.join(map(str, export.left.values()))}")
    return total


def main():
    if len(sys.argv) < 4:
        sys.exit(f"usage: {sys.argv[0]} GAINSAY WORKSPACE FOLDER [FORMAT ...]")
    gainsay = Gainsay(sys.argv[1:3])
    folder = Path(sys.argv[3]).resolve()
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty")
    wanted = [name for name in READERS if not sys.argv[4:] or name.split()[0] in sys.argv[4:]]
    lines = []
    for name in wanted:
        try:
            lines.append(f"{name}: {check(gainsay, name, folder)} spans equal")
        except ImportError as missing:
            lines.append(f"{name}: skipped: the Python module {missing.name} is missing")
        except Difference as difference:
            print("\n".join(lines))
            sys.exit(str(difference))
    print("\n".join(lines))
    if all("skipped" in line for line in lines):
        sys.exit(77)


if __name__ == "__main__":
    main()
