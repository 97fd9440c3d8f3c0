"""Readers of PubAnnotation and Citron, which are plain JSON: by a schema, and by hand."""

import json

from interchange_tokens import number
from interchange_truth import Difference, Mark, Reading, compare, decoded, equal, pairs, same
from interchange_w3c import POSITION, WORDS, closed, valid

SPAN = closed({"begin": POSITION, "end": POSITION})
NAMES = {"id": WORDS, "pred": WORDS, "subj": WORDS, "obj": WORDS}
PUBANNOTATION = closed(
    {
        "text": WORDS,
        "denotations": {
            "type": "array",
            "items": closed(
                {"id": WORDS, "obj": WORDS, "span": {"anyOf": [SPAN, {"type": "array", "minItems": 2, "items": SPAN}]}}
            ),
        },
    },
    {
        "sourcedb": WORDS,
        "sourceid": WORDS,
        "relations": {"type": "array", "items": closed(NAMES)},
        "attributes": {"type": "array", "items": closed(NAMES)},
    },
)  # PubAnnotation, *Format*: pubannotation.org/docs/annotation-format


def pubannotation(export):
    """Read by its own schema: a span is one place or a list of them."""
    total = 0
    for path, version in export.files("json"):
        place = f"pubannotation {version}"
        page = json.loads(decoded(path))
        valid(place, PUBANNOTATION, page)
        equal(f"{place}: source", (page["sourcedb"], page["sourceid"]), ("gainsay", version.document))
        reading = Reading(page["text"])
        attributes, notes = {}, {}
        for one in page.get("attributes", []):
            if one["pred"] == "note":
                notes[one["subj"]] = one["obj"]
            elif one["pred"].startswith("absent:"):
                kind = one["pred"].removeprefix("absent:")
                reading.relations.append((kind, one["subj"], None, one["obj"] or None))
            else:
                attributes.setdefault(one["subj"], {})[one["pred"]] = one["obj"]
        for one in page["denotations"]:
            spans = one["span"] if isinstance(one["span"], list) else [one["span"]]
            parts = tuple((span["begin"], span["end"]) for span in spans)
            found = pairs(attributes.pop(one["id"], {}))
            mark = Mark(one["obj"], parts, number(one["id"]), found, notes.pop(one["id"], None))
            reading.marks[one["id"]] = mark
        equal(f"{place}: attributes of no span", [*attributes, *notes], [])
        for one in page.get("relations", []):
            reading.relations.append((one["pred"], one["subj"], one["obj"], None))
        total += compare(place, reading, version.whole)
    return total


def citron(export):
    """A quote for each span of the kind content; sources and cue are what it has relations to."""
    total = 0
    for path, version in export.files("json"):
        place = f"citron {version}"
        page = json.loads(decoded(path))
        equal(f"{place}: text", page["text"], version.text)
        due = {key: mark for key, mark in version.whole.marks.items() if version.kinds[mark.label] == "content"}
        same(f"{place}: quotes", [number(quote["id"]) for quote in page["quotes"]], due)
        for quote in page["quotes"]:
            mark = due[number(quote["id"])]
            here = f"{place}: quote {quote['id']}"
            equal(f"{here}: label", quote["label"], mark.label)
            equal(f"{here}: contents", citron_parts(here, version, quote["contents"]), mark.parts)
            same(f"{here}: sources", citron_parts(here, version, quote["sources"]), linked(version, mark, "source"))
            cue = citron_parts(here, version, [quote["cue"]] if quote["cue"] else [])
            cues = linked(version, mark, "cue")
            if bool(cue) != bool(cues) or not set(cue) <= set(cues):
                raise Difference(f"{here}: the cue is {cue}, of {cues}")
            total += 1
    return total


def linked(version, mark, kind):
    """What a span has relations to, of a kind of label: from the first fragment to the last, as Citron has no gaps."""
    ends = [end for _, start, end, _ in version.whole.relations if start == mark.identifier and end is not None]
    others = [version.whole.marks[end] for end in ends]
    return [(one.parts[0][0], one.parts[-1][1]) for one in others if version.kinds[one.label] == kind]


def citron_parts(place, version, parts):
    for part in parts:
        equal(f"{place}: words", part["text"], version.text[part["start"] : part["end"]])
    return tuple((part["start"], part["end"]) for part in parts)
