"""What the checks against other programs share: running gainsay and reading a workspace."""

import json
import subprocess
import sys
from pathlib import Path


class Gainsay:
    """The program under test, and the copy of a workspace that it works on."""

    def __init__(self, arguments):
        if len(arguments) != 2:
            sys.exit(f"usage: {sys.argv[0]} GAINSAY WORKSPACE (a copy: it may be written to)")
        self.program, self.workspace = (Path(argument).resolve() for argument in arguments)

    def run(self, command, *arguments, typed=""):
        """The finished process: exit status, standard output and standard error."""
        call = [self.program, command, "--workspace", self.workspace, *arguments]
        return subprocess.run(call, input=typed, capture_output=True, text=True, encoding="utf-8")

    def output(self, command, *arguments):
        """Standard output of a command that must succeed."""
        finished = self.run(command, *arguments)
        if finished.returncode != 0:
            given = " ".join([command, *arguments])
            sys.exit(f"gainsay {given}: exit status {finished.returncode}\n{finished.stderr}")
        return finished.stdout

    def json(self, command, *arguments):
        return json.loads(self.output(command, *arguments, "--json"))


def read(path):
    return json.loads(path.read_text("utf-8"))


def document_folders(workspace):
    return sorted(path.parent for path in workspace.glob("Annotations/*/document.txt"))


def document_text(folder):
    """The text, byte for byte: no line end is translated."""
    return (folder / "document.txt").read_bytes().decode("utf-8")


def annotation_files(folder):
    """`{annotator: file}`, gold included."""
    paths = sorted(folder.glob("[!.]*.json"))
    return {path.stem: read(path) for path in paths if path.name != "document.json"}


def fragments(span):
    """The span's unbroken parts, half-open, in code points."""
    return tuple((part["start"], part["end"]) for part in span.get("fragments", [span]))


def finish(differences, summary):
    """Lists every difference and ends the program: 1 where there is one, 0 where there is none."""
    for difference in differences:
        print(difference)
    print(summary)
    sys.exit(1 if differences else 0)
