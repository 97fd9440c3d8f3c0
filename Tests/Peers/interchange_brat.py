"""The reader of brat's standoff files, through bioc."""

import re
from collections import Counter
from dataclasses import replace

from interchange_truth import Difference, Mark, Reading, compare, decoded, equal, pairs

EMPTY = "\u2205"


def brat(export):
    """bioc takes every line; the last column is the text, with a blank between fragments."""
    from bioc import brat

    total = 0
    for path, version in export.files("ann"):
        place = f"brat {version}"
        source = decoded(path)
        document = brat.loads_ann(without_blank_ends(source))
        equal(f"{place}: lines read", len(document.annotations), source.count("\n"))
        names = Counter(one.id for one in document.annotations)
        equal(f"{place}: ids that are given twice", [name for name, times in names.items() if times > 1], [])
        reading = Reading(decoded(path.with_suffix(".txt")))
        for entity in document.entities:
            parts = tuple((part.begin, part.end) for part in sorted(entity.locations))
            words = " ".join(version.text[start:end] for start, end in parts)
            equal(f"{place}: words of {entity.id}", entity.text, re.sub(r"[\t\r\n]", " ", words).rstrip())
            reading.marks[entity.id] = Mark(entity.type, parts)
        read_relations(place, version, document, reading)
        read_remarks(place, version, document, reading)
        total += compare(place, reading, flattened(version.whole))
    return total


def without_blank_ends(source):
    """bioc takes no tab in the last column, as brat does, and loses it where it is empty."""
    rows = [line.split("\t", 2) for line in source.split("\n")]
    for row in rows:
        if row[0].startswith("#") and row[2:] == [""]:
            row[2] = EMPTY
        row[2:] = [last.replace("\t", " ") for last in row[2:]]
    return "\n".join("\t".join(row) for row in rows)


def read_relations(place, version, document, reading):
    """Lines of R, and the roles of events: from the trigger to what plays the role. A role may have a number."""
    names = {relation["name"] for relation in version.scheme["relations"]}
    triggers = {event.id: event.trigger_id for event in document.events}
    for event in document.events:
        equal(f"{place}: label of {event.id}", reading.marks[event.trigger_id].label, event.type)
        for role, name in event.arguments.items():
            kind = role if role in names else role.rstrip("0123456789")
            reading.relations.append((kind, event.trigger_id, triggers.get(name, name), None))
    for relation in document.relations:
        equal(f"{place}: roles of {relation.id}", sorted(relation.arguments), ["Arg1", "Arg2"])
        ends = relation.arguments["Arg1"], relation.arguments["Arg2"]
        reading.relations.append((relation.type, *ends, None))


def read_remarks(place, version, document, reading):
    """Attributes of choice are lines of A; other attributes, notes and absent targets are comments."""
    attributes = {name: {} for name in reading.marks}
    for one in document.attributes:
        if one.type not in version.choices:
            raise Difference(f"{place}: {one.type} is no choice of the scheme")
        (attributes[one.refid][one.type],) = one.attributes
    for one in document.notes:
        if one.type == "AnnotatorNotes":
            reading.marks[one.refid] = replace(reading.marks[one.refid], note=flat(one.text))
        elif one.type.startswith("absent:"):
            reading.relations.append((one.type.removeprefix("absent:"), one.refid, None, flat(one.text)))
        else:
            attributes[one.refid][one.type] = flat(one.text)
    for name, found in attributes.items():
        reading.marks[name] = replace(reading.marks[name], attributes=pairs(found))


def flat(words):
    """Without tabs, line ends and runs of blanks: brat has them in no note."""
    return None if words in (None, EMPTY) else " ".join(words.split())


def flattened(reading):
    """The same annotations, with such values."""
    due = Reading(reading.text)
    for key, mark in reading.marks.items():
        attributes = tuple((name, flat(value)) for name, value in mark.attributes)
        due.marks[key] = replace(mark, attributes=attributes, note=flat(mark.note))
    due.relations = [(*relation, flat(words)) for *relation, words in reading.relations]
    return due
