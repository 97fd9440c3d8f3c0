"""The annotated corpus as the check of `gainsay agree` sees it, and what its figures are made of."""

import math
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from peers import annotation_files, document_folders, document_text, fragments, read


class Figure(NamedTuple):
    """A row's numbers; `value` is None where the figure does not exist."""

    value: float | None
    items: int
    observed: float | None = None
    expected: float | None = None
    unique: bool = True  # whether every best alignment gives these numbers


class Span(NamedTuple):
    id: int
    label: str
    fragments: tuple
    attributes: dict

    @property
    def hull(self):
        return self.fragments[0][0], self.fragments[-1][1]


class Relation(NamedTuple):
    type: str
    source: int
    target: int | None  # None where the target is not in the text


class Scheme(NamedTuple):
    labels: list
    relations: dict  # name → (labels it goes out from, labels it goes to)
    attributes: list
    texts: set  # those that are free text


@dataclass(frozen=True, eq=False)
class Document:
    name: str
    items: dict  # unit → [(start, end)], half-open, in code points
    spans: dict  # annotator → [Span], of the files that count
    relations: dict  # annotator → [Relation], likewise
    scheme: str
    limits: dict  # annotator → how far they have read, in code points


def load(gainsay, in_progress=False):
    """The documents with their finished files, or with all."""
    documents = []
    for folder in document_folders(gainsay.workspace):
        sentences = gainsay.json("show", folder.name)["sentences"]
        items = {
            "character": [(place, place + 1) for place in range(len(document_text(folder)))],
            "word": [tuple(word) for sentence in sentences for word in sentence["words"]],
            "sentence": [(sentence["start"], sentence["end"]) for sentence in sentences],
        }
        files = annotation_files(folder)
        if not in_progress:
            files = {name: file for name, file in files.items() if file["status"] == "complete"}
        spans = {name: spans_of(file, document_text(folder), sentences) for name, file in files.items()}
        relations = {
            name: [Relation(one["type"], one["from"], one.get("to")) for one in file.get("relations", [])]
            for name, file in files.items()
        }
        schemes = {file["scheme"]["name"] for file in files.values()} or {None}
        limits = {
            name: len(items["character"]) if file["status"] == "complete" else file["seenTo"]
            for name, file in files.items()
        }
        documents.append(Document(folder.name, items, spans, relations, schemes.pop(), limits))
    return documents


def spans_of(file, text, sentences):
    """The spans, their speaker being the effective one: said on a source, it holds for all that the source says."""
    spans = [span_of(span) for span in file["spans"]]
    own = {span.id: names_of(span.attributes["speaker"]) for span in spans if "speaker" in span.attributes}
    sources = {span.id for span in spans if span.label == "source"}
    ties = [(one["from"], one["to"]) for one in file.get("relations", []) if one.get("to") in sources]
    said_by = {span.id: [source for content, source in ties if content == span.id] for span in spans}
    found = {}
    for span in sorted(spans, key=lambda span: span.label != "source"):
        if span.id in own:
            found[span.id] = own[span.id]
        elif span.label == "source":
            told = {own[content] for content, source in ties if source == span.id and content in own and said_by[content] == [source]}
            found[span.id] = told.pop() if len(told) == 1 else name_of(span, text, sentences)
        else:
            above = [found[source] for source in said_by[span.id]]
            if above and None not in above:
                found[span.id] = "; ".join(sorted({name for names in above for name in names.split("; ")}))
    speaks = {"claim", "denial", "quote", "source"}
    return [
        span._replace(
            attributes={name: value for name, value in span.attributes.items() if name != "speaker"}
            | ({"speaker": found[span.id]} if span.label in speaks and found.get(span.id) else {})
        )
        for span in spans
    ]


def span_of(span):
    attributes = {name: str(value) for name, value in span.get("attributes", {}).items() if value is not None}
    return Span(span["id"], span["label"], fragments(span), attributes)


def names_of(value):
    names = [name.strip() for name in value.split(";") if name.strip()]
    return "; ".join(sorted(names or [value]))


PRONOUNS = set(
    "he she they it i we you who one some others many both this that these those "
    "er sie es wir il elle ils elles on nous je".split()
)


def name_of(span, text, sentences):
    """The words of a source, if they are a name and not a pronoun or a common noun."""
    start, end = span.hull
    words = [tuple(word) for sentence in sentences for word in sentence["words"]]
    inside = [(max(start, one), min(end, other)) for one, other in words if one < end and start < other]
    capital = [text[one].isupper() or text[one].isnumeric() for one, _ in inside]
    whole = " ".join(" ".join(text[one:other] for one, other in span.fragments).split())
    if any(capital[1:]):
        return whole
    if len(inside) != 1 or not capital[0]:
        return None
    lower = text[slice(*inside[0])].lower()
    opens = any(sentence["words"] and sentence["words"][0][0] == inside[0][0] for sentence in sentences)
    return None if lower in PRONOUNS or (opens and lower in text) else whole


def load_scheme(workspace, name):
    scheme = read(workspace / "Schemas" / f"{name}.scheme.json")
    return Scheme(
        [label["name"] for label in scheme["labels"]],
        {relation["name"]: (relation["from"], relation["to"]) for relation in scheme.get("relations", [])},
        sorted(attribute["name"] for attribute in scheme.get("attributes", [])),
        {attribute["name"] for attribute in scheme.get("attributes", []) if attribute["type"] == "text"},
    )


class Study:
    """Some documents, some annotators, and the labels that count."""

    def __init__(self, documents, annotators, labels):
        self.documents = documents
        self.annotators = annotators
        self.labels = frozenset(labels)
        self.pairs = list(combinations(annotators, 2))

    def without(self, annotator):
        return Study(self.documents, [name for name in self.annotators if name != annotator], self.labels)

    def counted(self, label):
        """The labels that count in the row of `label`, None being all together."""
        return self.labels if label is None else frozenset({label})

    def shared(self, pair):
        return [document for document in self.documents if set(pair) <= document.spans.keys()]

    def present(self, document):
        return [name for name in self.annotators if name in document.spans]

    def length(self, document):
        """How far, in code points, all have read who are present."""
        return min(document.limits[name] for name in self.present(document))

    def lines(self, document, label):
        """`{annotator: [Span]}`: of the labels that count, what ends where all have read who are present."""
        return {
            name: [
                span
                for span in document.spans[name]
                if span.label in self.counted(label) and span.hull[1] <= self.length(document)
            ]
            for name in self.present(document)
        }

    def span_count(self, label):
        return sum(len(spans) for document in self.documents for spans in self.lines(document, label).values())

    def each(self, by_pair):
        """`{(annotator,): what is known of their pairs}`, of more than two annotators."""
        if len(self.annotators) < 3:
            return {}
        return {
            (name,): {pair: found for pair, found in by_pair.items() if name in pair} for name in self.annotators
        }

    def mean(self, figures):
        """The mean of `{pair: figure}` over the pairs that share a document and have a value."""

        def of(numbers):
            return None if not numbers or None in numbers else math.fsum(numbers) / len(numbers)

        shared = [figure for pair, figure in figures.items() if self.shared(pair)]
        items, unique = sum(figure.items for figure in shared), all(figure.unique for figure in shared)
        found = [figure for figure in shared if figure.value is not None]
        value, _, observed, expected, _ = zip(*found) if found else ((),) * 5
        return Figure(of(value), items, of(observed), of(expected), unique)
