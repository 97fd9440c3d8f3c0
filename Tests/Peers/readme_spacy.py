"""Runs the program of the README that makes a DocBin of the spaCy export, and holds its spans to the export's.

Usage: readme_spacy.py GAINSAY WORKSPACE
"""

import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from peers import Gainsay, finish

try:
    import spacy
    import srsly
except ImportError as missing:
    print(f"the Python module {missing.name} is missing")
    sys.exit(77)

README = Path(__file__).resolve().parents[2] / "README.md"


def main():
    gainsay = Gainsay(sys.argv[1:])
    programs = [code for code in re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.S) if "DocBin" in code]
    if len(programs) != 1:
        finish([f"{len(programs)} programs in the README"], "")
    program, lines, made = (gainsay.workspace / name for name in ("reader.py", "all.jsonl", "all.spacy"))
    program.write_text(programs[0], "utf-8")
    gainsay.run("export", "spacy", "--to", lines)
    subprocess.run([sys.executable, program, lines, made], check=True)
    docs = list(spacy.tokens.DocBin().from_disk(made).get_docs(spacy.blank("en").vocab))
    found = sorted((span.label_, span.text) for doc in docs for span in doc.spans["sc"])
    wanted = []
    for line in lines.read_text("utf-8").splitlines():
        row = srsly.json_loads(line)
        wanted += [(span["label"], row["text"][span["start"] : span["end"]]) for span in row["spans"]["sc"]]
    finish([] if found == sorted(wanted) and found else ["other spans"], f"{len(found)} spans in the README's DocBin")


main()
