"""What a workspace holds, and how what another program read of an export is held to it."""

import os
from collections import Counter
from dataclasses import dataclass, field, replace

from peers import annotation_files, document_folders, document_text, fragments, read


class Difference(Exception):
    """What was read is not what the workspace holds."""


def equal(place, came, due):
    """Two values; of two lists, the places from the first that differs are named."""
    if came == due:
        return
    if isinstance(came, list) and isinstance(due, list):
        at = next((at for at, (one, other) in enumerate(zip(came, due)) if one != other), min(len(came), len(due)))
        place, came, due = f"{place}, from {at}", came[at : at + 3], due[at : at + 3]
    raise Difference(f"{place}: came {came!r}, expected {due!r}")


def same(place, came, due):
    """The same things as often, in any order."""
    came, due = Counter(list(came)), Counter(list(due))
    for what in sorted(due - came, key=repr):
        near = sorted(came - due, key=lambda other: shared(what, other), reverse=True)[:1]
        raise Difference(f"{place}: {what!r} is missing" + "".join(f"; nearest to it came {one!r}" for one in near))
    for what in sorted(came - due, key=repr):
        raise Difference(f"{place}: {what!r} came and is not in the workspace ({came[what]} times, {due[what]} due)")


def shared(one, other):
    return sum(a == b for a, b in zip(repr(one), repr(other)))


def decoded(path):
    """The text of a file, byte for byte: no line end is translated."""
    return path.read_bytes().decode("utf-8")


@dataclass(frozen=True)
class Mark:
    """A span: half-open parts in code points; `identifier` is None where a format has none of gainsay's."""

    label: str
    parts: tuple
    identifier: int | None = None
    attributes: tuple = ()
    note: str | None = None

    def bare(self):
        return replace(self, attributes=(), note=None)


def pairs(attributes):
    """Attributes in an order, without those that are not set."""
    return tuple(sorted((name, value) for name, value in (attributes or {}).items() if value is not None))


@dataclass
class Reading:
    """A document's annotations as one side has them. Relations: `(type, key, key or None, words or None)`."""

    text: str
    marks: dict = field(default_factory=dict)
    relations: list = field(default_factory=list)


class Version:
    """A document with the annotations of one annotator, from the workspace's files."""

    def __init__(self, folder, annotator, file, scheme):
        self.document, self.annotator = folder.name, annotator
        self.text = document_text(folder)
        self.scheme = scheme
        self.kinds = {label["name"]: label.get("kind", "other") for label in scheme["labels"]}
        self.choices = {one["name"] for one in scheme["attributes"] if one["type"] == "choice"}
        self.whole = Reading(self.text)
        for span in file["spans"]:
            self.whole.marks[span["id"]] = Mark(
                span["label"], fragments(span), span["id"], pairs(span["attributes"]), span.get("note")
            )
        for relation in file["relations"]:
            ends = relation["from"], relation["to"]
            self.whole.relations.append((relation["type"], *ends, relation.get("text")))

    def __str__(self):
        return f"{self.document}/{self.annotator}"

    def pieces(self, keep=lambda label, start, end: True):
        """Each fragment as a span of its own; a relation joins the first fragments of its spans."""
        reading = Reading(self.text)
        for number, mark in self.whole.marks.items():
            for index, part in enumerate(mark.parts):
                if keep(mark.label, *part):
                    reading.marks[number, index] = replace(mark, parts=(part,))
        for kind, start, end, words in self.whole.relations:
            ends = (start, 0), None if end is None else (end, 0)
            if ends[0] in reading.marks and (ends[1] is None or ends[1] in reading.marks):
                reading.relations.append((kind, *ends, words))
        return reading


def versions(workspace, gold):
    """Those of the annotators, or gold: `{(document, annotator): version}`."""
    schemes = {path.name: read(path) for path in workspace.glob("Schemas/*.scheme.json")}
    return {
        (folder.name, annotator): Version(folder, annotator, file, schemes[f"{file['scheme']['name']}.scheme.json"])
        for folder in document_folders(workspace)
        for annotator, file in annotation_files(folder).items()
        if (annotator == "gold") == gold
    }


CARRIED = frozenset({"attributes", "note", "relations", "absent"})


def compare(place, came, due, carried=CARRIED):
    """Holds a reading to the workspace's, in what the format carries; returns how many spans are equal."""
    if came.text != due.text:
        at = len(os.path.commonprefix([came.text, due.text]))
        raise Difference(f"{place}: the text differs at {at}: {came.text[at:at + 20]!r}, {due.text[at:at + 20]!r}")
    numbered = all(mark.identifier is not None for mark in came.marks.values())
    plain = {key: reduced(mark, carried, numbered) for key, mark in due.marks.items()}
    found = {key: reduced(mark, carried, numbered) for key, mark in came.marks.items()}
    same(f"{place}: spans", *([mark.bare() for mark in one.values()] for one in (found, plain)))
    left = Counter(found.values())
    for key, mark in sorted(plain.items(), key=lambda item: isinstance(item[0], tuple) and item[0][1]):
        later = isinstance(key, tuple) and key[1] > 0
        mark = mark.bare() if later and not left[mark] else mark
        if not left[mark]:
            others = [one for one in left.elements() if one.bare() == mark.bare()]
            raise Difference(f"{place}: {mark} has other attributes or another note: {others}")
        left[mark] -= 1
    if "relations" in carried:
        same(f"{place}: relations", joined(came, found, carried), joined(due, plain, carried))
    return len(plain)


def reduced(mark, carried, numbered):
    attributes = mark.attributes if "attributes" in carried else ()
    note = mark.note if "note" in carried else None
    return replace(mark, identifier=mark.identifier if numbered else None, attributes=attributes, note=note)


def joined(reading, marks, carried):
    """Relations with what they join instead of the names of the spans."""
    for kind, start, end, words in reading.relations:
        for key in (start, end):
            if key is not None and key not in marks:
                raise Difference(f"a relation {kind} names {key!r}, which is no span")
        if end is not None or "absent" in carried:
            yield kind, marks[start].bare(), None if end is None else marks[end].bare(), words


def apart(marks):
    """The parts of those marks that overlap none before them: by start, the longer first; `[(start, end, labels)]`."""
    labels = {}
    for mark in marks:
        labels.setdefault(mark.parts[0], set()).add(mark.label)
    chosen, reach = [], 0
    for start, end in sorted(labels, key=lambda part: (part[0], -part[1])):
        if start >= reach:
            chosen.append((start, end, labels[start, end]))
            reach = end
    return chosen


def equal_apart(place, came, marks):
    """`came`, as `(start, end, label)`, are the marks that stand apart; of equal parts, either label."""
    due = apart(marks)
    equal(f"{place}: parts", [part[:2] for part in sorted(came)], [part[:2] for part in due])
    for (start, end, label), (_, _, labels) in zip(sorted(came), due):
        if label not in labels:
            raise Difference(f"{place}: {start}-{end} is {label}, expected {sorted(labels)}")
    return len(due)
