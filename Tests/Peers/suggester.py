"""Holds `suggest --with` to the program that the README gives: what it proposes is what gainsay shows and takes.

Usage: suggester.py GAINSAY WORKSPACE
"""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from peers import Gainsay, annotation_files, document_folders, document_text, finish

README = Path(__file__).resolve().parents[2] / "README.md"
NAMES = r"\b(?:Ms|Mr|Dr)\. [A-Z]\w+(?: [A-Z]\w+)*"


def main():
    gainsay = Gainsay(sys.argv[1:])
    programs = [code for code in re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.S) if "sys.stdin" in code]
    differences = [] if len(programs) == 1 else [f"{len(programs)} programs in the README"]
    path = gainsay.workspace / "names.py"
    path.write_text(programs[0], "utf-8")
    command = f"{sys.executable} {path}"
    taken = 0
    for folder in document_folders(gainsay.workspace):
        text = document_text(folder)
        wanted = [match.span() for match in re.finditer(NAMES, text)]
        asked = gainsay.run("annotate", folder.name, "--as", "peer", typed=f'suggest --with "{command}"\nA source\nA source\n')
        if f"suggests {len(wanted)} span" not in asked.stdout:
            differences.append(f"{folder.name}: {len(wanted)} wanted: {asked.stdout[:200]}{asked.stderr[:200]}")
        if not wanted:
            continue
        spans = annotation_files(folder)["peer"]["spans"]
        found = [(span["start"], span["end"]) for span in spans if span["label"] == "source"]
        if sorted(found) != sorted(wanted):
            differences.append(f"{folder.name}: {found} are not {wanted}")
        if any(span["origin"] != {"suggestedBy": "program"} for span in spans):
            differences.append(f"{folder.name}: an origin is another one")
        taken += len(found)
    if taken == 0:
        differences.append("no document has a name after a title")
    finish(differences, f"{taken} spans proposed by the README's program and taken")


main()
