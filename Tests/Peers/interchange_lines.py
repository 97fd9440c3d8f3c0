"""Readers of the exports that are one file: JSON lines, doccano, Label Studio and tables."""

import json
import os
import re
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from interchange_tokens import number
from interchange_truth import CARRIED, Difference, Mark, Reading, compare, equal, pairs, same

COLUMNS = "document annotator id label start end text fragments attributes note relations".split()


def table(export):
    """The rows as Hugging Face datasets loads them."""
    os.environ["HF_HUB_OFFLINE"] = "1"  # read when datasets is imported
    import datasets

    datasets.disable_progress_bars()
    cache = str(export.path.parent / "cache")
    return datasets.load_dataset("json", data_files=str(export.path), split="train", cache_dir=cache)


def jsonl(export):
    """Whole spans, with their fragments; nothing is lost."""
    total = 0
    for row in table(export):
        version = export.version(row["id"], row["annotator"])
        place = f"jsonl {version}"
        names = [attribute["name"] for attribute in version.scheme["attributes"]]
        reading = Reading(row["text"])
        for span in row["spans"]:
            parts = tuple((part["start"], part["end"]) for part in span["fragments"])
            for part in [span, *span["fragments"]]:
                equal(f"{place}: {span['id']}", part["text"], version.text[part["start"] : part["end"]])
            attributes = pairs({name: span["attributes"][name] for name in names})
            reading.marks[span["id"]] = Mark(span["label"], parts, span["id"], attributes, span["note"])
        for one in row["relations"]:
            reading.relations.append((one["type"], one["from"], one["to"], one["text"]))
        total += compare(place, reading, version.whole)
    return total


def doccano(export):
    """The form of doccano's import with relations, as datasets loads it; notes are comments, or said to be lost."""
    total = 0
    for row in table(export):
        version = export.version(row["name"], row["annotator"])
        place = f"doccano {version}"
        reading = Reading(row["text"])
        for one in row["entities"]:
            reading.marks[one["id"]] = Mark(one["label"], ((one["start_offset"], one["end_offset"]),))
        equal(f"{place}: different ids", len(reading.marks), len(row["entities"]))
        for one in row["relations"]:
            reading.relations.append((one["type"], one["from_id"], one["to_id"], None))
        total += compare(place, reading, version.pieces(), frozenset({"relations"}))
        if row["Comments"] or not re.search(r"notes? not written", export.losses):
            same(f"{place}: comments", row["Comments"], [m.note for m in version.whole.marks.values() if m.note])
    return total


def labeling_interface(scheme):
    """The set-up of a Label Studio project for a scheme of gainsay's."""
    parts = ['<View><Text name="text" value="$text"/><Labels name="label" toName="text">']
    parts += [f"<Label value={quoteattr(label['name'])}/>" for label in scheme["labels"]]
    parts.append("</Labels><Relations>")
    parts += [f"<Relation value={quoteattr(relation['name'])}/>" for relation in scheme["relations"]]
    parts.append("</Relations>")
    for one in scheme["attributes"]:
        tag = f"name={quoteattr(one['name'])} toName=\"text\" perRegion=\"true\""
        if one["type"] == "choice":
            choices = "".join(f"<Choice value={quoteattr(value)}/>" for value in one["values"])
            parts.append(f"<Choices {tag}>{choices}</Choices>")
        else:
            parts.append(f"<TextArea {tag}/>")
    parts.append('<TextArea name="note" toName="text" perRegion="true"/></View>')
    return "".join(parts)


def label_studio(export):
    """Label Studio's own checks take it, and its converter to JSON_MIN and CONLL2003 finds the spans."""
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    tasks = json.loads(export.path.read_text("utf-8"))
    total = 0
    by_text, setups = {}, set()
    for task in tasks:
        for annotation in task["annotations"]:
            version = export.version(task["data"]["name"], annotation["completed_by"]["email"])
            setup = labeling_interface(version.scheme)
            setups.add(setup)
            place = f"label-studio {version}"
            regions = [one for one in annotation["result"] if one["type"] != "relation"]
            problems = LabelInterface(setup).validate_prediction({"result": regions}, return_errors=True)
            equal(f"{place}: what Label Studio finds wrong", problems, [])
            total += compare(place, regions_of(place, task, annotation), version.pieces(), CARRIED - {"absent"})
            by_text[task["data"]["name"], version.annotator] = version
    equal("label-studio: ids of tasks", len({task.get("id", at) for at, task in enumerate(tasks)}), len(tasks))
    same("label-studio: a task a document", [t["data"]["name"] for t in tasks], {name for name, _ in by_text})
    for setup in setups:
        folder = export.path.with_suffix("")
        converter = Converter(setup, str(folder), download_resources=False)
        for form in ("JSON_MIN", "CONLL2003"):
            converter.convert(str(export.path), str(folder / form), form, is_dir=False)
        minimal = json.loads((folder / "JSON_MIN" / "result.json").read_text("utf-8"))
        equal("label-studio: records of JSON_MIN", len(minimal), len(by_text))
        for record in minimal:
            version = by_text[record["name"], record["annotator"]]
            came = [(one["labels"], one["start"], one["end"]) for one in record.get("label", [])]
            due = [([mark.label], *mark.parts[0]) for mark in version.pieces().marks.values()]
            same(f"label-studio JSON_MIN {version}", map(repr, came), map(repr, due))
        rows = (folder / "CONLL2003" / "result.conll").read_text("utf-8").split("\n")
        if not any(" B-" in row for row in rows):
            raise Difference("label-studio: CONLL2003 has no span")
    return total


def regions_of(place, task, annotation):
    """Results of one id are one region: its label, its attributes and its note."""
    reading, attributes, notes = Reading(task["data"]["text"]), {}, {}
    for one in annotation["result"]:
        if one["type"] == "relation":
            equal(f"{place}: direction", one["direction"], "right")
            (kind,) = one["labels"]
            reading.relations.append((kind, one["from_id"], one["to_id"], None))
        elif one["type"] == "labels":
            equal(f"{place}: names of {one['id']}", (one["from_name"], one["to_name"]), ("label", "text"))
            value = one["value"]
            (label,) = value["labels"]
            equal(f"{place}: words of {one['id']}", value["text"], reading.text[value["start"] : value["end"]])
            if one["id"] in reading.marks:
                raise Difference(f"{place}: two regions are called {one['id']}")
            reading.marks[one["id"]] = Mark(label, ((value["start"], value["end"]),), number(one["id"]))
        else:
            (content,) = one["value"]["choices" if one["type"] == "choices" else "text"]
            if one["from_name"] == "note":
                notes[one["id"]] = content
            else:
                attributes.setdefault(one["id"], {})[one["from_name"]] = content
    for key, mark in reading.marks.items():
        found = pairs(attributes.pop(key, {}))
        reading.marks[key] = replace(mark, attributes=found, note=notes.pop(key, None))
    equal(f"{place}: attributes of no region", [*attributes, *notes], [])
    return reading


def csv(export):
    """One row a span; pandas reads the columns. csv has quotes, tsv has \\t, \\n, \\r and \\\\ and no quotes."""
    import pandas

    form = {"dtype": str, "keep_default_na": False}
    if export.format == "tsv":
        form |= {"sep": "\t", "quoting": 3, "lineterminator": "\n"}
    frame = pandas.read_csv(export.path, **form)
    if export.format == "tsv":
        frame = frame.map(unescape)
    equal(f"{export.format}: columns", list(frame.columns), COLUMNS)
    rows, total = frame.to_dict("records"), 0
    for key in list(export.left):
        version = export.version(*key)
        place = f"{export.format} {version}"
        reading = Reading(version.text)
        for row in rows:
            if (row["document"], row["annotator"]) == key:
                read_row(place, version, row, reading)
        total += compare(place, reading, version.whole)
    equal(f"{export.format}: rows", len(rows), total)
    return total


def unescape(cell):
    named = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    return re.sub(r"\\(.)", lambda match: named[match[1]], cell)


def read_row(place, version, row, reading):
    """`text` is that of the whole stretch; `fragments` is 12-15+16-30; `attributes` and `relations` are JSON."""
    identifier = int(row["id"])
    parts = tuple(tuple(map(int, part.split("-"))) for part in row["fragments"].split("+"))
    ends = int(row["start"]), int(row["end"])
    equal(f"{place}: ends of {identifier}", ends, (parts[0][0], parts[-1][1]))
    equal(f"{place}: words of {identifier}", row["text"], version.text[slice(*ends)])
    attributes = pairs(json.loads(row["attributes"]))
    reading.marks[identifier] = Mark(row["label"], parts, identifier, attributes, row["note"] or None)
    for one in json.loads(row["relations"]):
        reading.relations.append((one["type"], identifier, one.get("to"), one.get("text") or None))
