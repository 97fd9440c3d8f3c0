"""Holds every figure of `gainsay agree` to scikit-learn, statsmodels, krippendorff and SciPy.

Usage: agreement.py GAINSAY WORKSPACE

Word and sentence ranges come from `gainsay show --json`; the rows that must be there, the items,
and the figures are worked out anew from the annotation files.
"""

import math
import sys
import warnings
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import NamedTuple

sys.dont_write_bytecode = True
from peers import Gainsay, annotation_files, document_folders, document_text, finish, fragments, read

try:
    import krippendorff
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching
    from sklearn.metrics import cohen_kappa_score
    from statsmodels.stats.inter_rater import fleiss_kappa
except ImportError as missing:
    print(f"skipped: the Python module {missing.name} is missing")
    sys.exit(77)

TOLERANCE = 1e-9
UNITS = ("character", "word", "sentence")


class Figure(NamedTuple):
    """A row's numbers; `value` is None where the figure does not exist."""

    value: float | None
    items: int
    observed: float | None = None
    expected: float | None = None


class Document(NamedTuple):
    name: str
    items: dict  # unit → [(start, end)], half-open, in code points
    spans: dict  # annotator → [(label, fragments)], finished files only
    scheme: str


def load(gainsay):
    documents = []
    for folder in document_folders(gainsay.workspace):
        sentences = gainsay.json("show", folder.name)["sentences"]
        items = {
            "character": [(place, place + 1) for place in range(len(document_text(folder)))],
            "word": [tuple(word) for sentence in sentences for word in sentence["words"]],
            "sentence": [(sentence["start"], sentence["end"]) for sentence in sentences],
        }
        files = {name: file for name, file in annotation_files(folder).items() if file["status"] == "complete"}
        spans = {
            name: [(span["label"], fragments(span)) for span in file["spans"]] for name, file in files.items()
        }
        schemes = {file["scheme"]["name"] for file in files.values()} or {None}
        documents.append(Document(folder.name, items, spans, schemes.pop()))
    return documents


def label_sets(document, annotator, unit):
    """For each item the labels of the spans that cover a code point of it."""
    covering = [set() for _ in document.items["character"]]
    for label, parts in document.spans[annotator]:
        for start, end in parts:
            for place in range(start, end):
                covering[place].add(label)
    return [frozenset().union(*covering[start:end]) for start, end in document.items[unit]]


def undefined_as_none(number):
    return None if math.isnan(number) else float(number)


class Study:
    """Some documents, some annotators, and the labels that count."""

    def __init__(self, documents, annotators, labels):
        self.documents = documents
        self.annotators = annotators
        self.labels = frozenset(labels)
        self.item_rows = cache(self.item_rows)

    def item_rows(self, unit, label):
        """Items × annotators: a number for each set of labels (yes or no for one label), None where missing."""
        codes = {}
        rows = []
        for document in self.documents:
            length = len(document.items[unit])
            columns = []
            for annotator in self.annotators:
                if annotator not in document.spans:
                    columns.append([None] * length)
                    continue
                counted = self.labels if label is None else {label}
                values = [value & counted for value in label_sets(document, annotator, unit)]
                columns.append([codes.setdefault(value, len(codes)) for value in values])
            rows += zip(*columns)
        return rows

    def pairable(self, unit, label):
        """Counts of each value, for every item that has values of two annotators."""
        counts = (Counter(value for value in row if value is not None) for row in self.item_rows(unit, label))
        return [count for count in counts if count.total() > 1]

    def observed_agreement(self, unit, label):
        items = self.pairable(unit, label)
        return Figure(float(item_mean(items)) if items else None, len(items))

    def cohen_kappa(self, unit, label, pair):
        first, second = (self.annotators.index(name) for name in pair)
        rows = [(row[first], row[second]) for row in self.item_rows(unit, label)]
        rows = [row for row in rows if None not in row]
        if not rows:
            return Figure(None, 0)
        ours, theirs = zip(*rows)
        counts = Counter(ours), Counter(theirs)
        observed = Fraction(sum(a == b for a, b in rows), len(rows))
        expected = Fraction(sum(counts[0][value] * counts[1][value] for value in counts[0]), len(rows) ** 2)
        value = undefined_as_none(cohen_kappa_score(ours, theirs))
        return Figure(value, len(rows), float(observed), float(expected))

    def fleiss_kappa(self, unit, label):
        """Where values are missing: Gwet's generalisation, in exact fractions."""
        items = self.pairable(unit, label)
        if not items:
            return Figure(None, 0)
        categories = set().union(*items)
        observed = item_mean(items)
        shares = [sum(Fraction(item[k], item.total()) for item in items) / len(items) for k in categories]
        expected = sum(share**2 for share in shares)
        if len({item.total() for item in items}) == 1:
            value = undefined_as_none(fleiss_kappa([[item[k] for k in categories] for item in items]))
        else:
            value = None if expected == 1 else float((observed - expected) / (1 - expected))
        return Figure(value, len(items), float(observed), float(expected))

    def krippendorff_alpha(self, unit, label):
        """`observed` and `expected` are disagreements, from the coincidences of pairable values."""
        items = self.pairable(unit, label)
        if not items:
            return Figure(None, 0)
        margins = sum(items, Counter())
        n = margins.total()
        agreeing = sum(Fraction(c * (c - 1), item.total() - 1) for item in items for c in item.values())
        observed = 1 - agreeing / n
        expected = 1 - Fraction(sum(count * (count - 1) for count in margins.values()), n * (n - 1))
        value = None
        if len(margins) > 1:  # for a single value the package raises an error
            rows = np.array(self.item_rows(unit, label), dtype=float)
            value = float(krippendorff.alpha(reliability_data=rows.T, level_of_measurement="nominal"))
        return Figure(value, len(items), float(observed), float(expected))

    def shared(self, pair):
        return [document for document in self.documents if set(pair) <= document.spans.keys()]

    def spans(self, document, annotator, label):
        counted = self.labels if label is None else {label}
        return [span for span in document.spans[annotator] if span[0] in counted]

    def span_match(self, matched, pair, label):
        """F1, precision and recall of the second annotator against the first."""
        reference = answer = both = 0
        for document in self.shared(pair):
            ours, theirs = (self.spans(document, name, label) for name in pair)
            reference, answer, both = reference + len(ours), answer + len(theirs), both + matched(ours, theirs)
        items = reference + answer
        return {
            "f1": Figure(2 * both / items if items else None, items),
            "precision": Figure(both / answer if answer else None, items),
            "recall": Figure(both / reference if reference else None, items),
        }


def item_mean(items):
    """The mean of P_u, the share of ordered pairs of values that are equal."""
    pairs = Counter()
    for item in items:
        pairs[item.total()] += sum(count * (count - 1) for count in item.values())
    return sum(Fraction(equal, m * (m - 1)) for m, equal in pairs.items()) / len(items)


def identical(ours, theirs):
    return (Counter(ours) & Counter(theirs)).total()


def overlapping(least):
    """A count of the most spans of one label that can be paired one to one."""

    def ratio(one, other):
        one, other = ({place for part in parts for place in range(*part)} for parts in (one, other))
        return Fraction(len(one & other), len(one | other))

    def fits(one, other):
        return one[0] == other[0] and (found := ratio(one[1], other[1])) > 0 and found >= least

    def matched(ours, theirs):
        if not ours or not theirs:
            return 0
        graph = csr_matrix([[int(fits(one, other)) for other in theirs] for one in ours])
        return int((maximum_bipartite_matching(graph) >= 0).sum())

    return matched


def mean(figures):
    """The mean over pairs; one undefined pair makes it undefined."""

    def of(numbers):
        return None if not numbers or None in numbers else math.fsum(numbers) / len(numbers)

    value, items, observed, expected = zip(*figures) if figures else ((),) * 4
    return Figure(of(value), sum(items), of(observed), of(expected))


def expected_rows(study, document, labels, least):
    """`{(measure, unit, label, annotators, document): Figure}`."""
    rows = {}
    pairs = list(combinations(study.annotators, 2))
    sharing = [pair for pair in pairs if study.shared(pair)]

    def add(measure, unit, label, annotators, figure):
        rows[measure, unit, label, annotators, document] = figure

    for label in [None, *labels]:
        for unit in UNITS:
            kappas = {pair: study.cohen_kappa(unit, label, pair) for pair in pairs}
            for pair in pairs:
                add("cohen-kappa", unit, label, pair, kappas[pair])
            add("cohen-kappa", unit, label, None, mean([kappas[pair] for pair in sharing]))
            add("observed-agreement", unit, label, None, study.observed_agreement(unit, label))
            add("fleiss-kappa", unit, label, None, study.fleiss_kappa(unit, label))
            add("krippendorff-alpha", unit, label, None, study.krippendorff_alpha(unit, label))
        for name, matched in (("exact", identical), ("overlap", overlapping(least))):
            matches = {pair: study.span_match(matched, pair, label) for pair in pairs}
            for pair in pairs:
                for measure, figure in matches[pair].items():
                    add(f"span-{measure}-{name}", "span", label, pair, figure)
            add(f"span-f1-{name}", "span", label, None, mean([matches[pair]["f1"] for pair in sharing]))
    return rows


def check(gainsay, documents, options, annotators=None, labels=None, least=0, per_document=False):
    """The differences between one run of `agree` and the figures worked out here, with every distance."""
    if annotators is None:
        annotators = sorted({name for document in documents for name in document.spans} - {"gold"})
    counted = [document for document in documents if len(document.spans.keys() & set(annotators)) > 1]
    if labels is None:
        scheme = read(gainsay.workspace / "Schemas" / f"{counted[0].scheme}.scheme.json")
        labels = [label["name"] for label in scheme["labels"]]

    expected = expected_rows(Study(counted, annotators, labels), None, labels, least)
    for document in counted if per_document else []:
        expected |= expected_rows(Study([document], annotators, labels), document.name, labels, least)

    given = gainsay.json("agree", *options)
    run = " ".join(["agree", *options])
    differences, distances = [], []

    def compare(what, came, due):
        if (came is None) != (due is None):
            differences.append(f"{run}: {what}: gainsay {came}, expected {due}")
        elif came is not None:
            distances.append(abs(came - due))
            if not distances[-1] <= TOLERANCE:
                differences.append(f"{run}: {what}: gainsay {came!r}, expected {due!r}")

    for what, due in (("annotators", annotators), ("documents", [document.name for document in counted])):
        if given[what] != due:
            differences.append(f"{run}: {what}: gainsay {given[what]}, expected {due}")
    found = {}
    for row in given["figures"]:
        pair = row["annotators"] and tuple(row["annotators"])
        key = row["measure"], row["unit"], row["label"], pair, row["document"]
        if key in found:
            differences.append(f"{run}: {key}: given twice")
        found[key] = row
    differences += [f"{run}: {key}: not given" for key in expected.keys() - found.keys()]
    differences += [f"{run}: {key}: not expected" for key in found.keys() - expected.keys()]
    for key in [key for key in expected if key in found]:
        row, due = found[key], expected[key]
        compare(f"{key}: value", row["value"], due.value)
        compare(f"{key}: items", row["items"], due.items)
        if (row["value"] is None) != bool(row["undefined"]):
            differences.append(f"{run}: {key}: value {row['value']} with the reason {row['undefined']!r}")
        corrected = row["measure"] in ("cohen-kappa", "fleiss-kappa", "krippendorff-alpha")
        for name in ("observed", "expected") if corrected else ():
            if row["value"] is not None or row.get(name) is not None:
                compare(f"{key}: {name}", row.get(name), getattr(due, name))
    return differences, distances


def main():
    warnings.filterwarnings("ignore")  # the peers warn of each figure that does not exist
    gainsay = Gainsay(sys.argv[1:])
    documents = load(gainsay)
    runs = [
        {"options": []},
        {"options": ["--per-document"], "per_document": True},
        {"options": ["--overlap", "0.5"], "least": Fraction(1, 2)},
        {"options": ["--annotators", "dana,noor"], "annotators": ["dana", "noor"]},
        {"options": ["--label", "claim", "--label", "denial"], "labels": ["claim", "denial"]},
    ]
    differences, distances = [], []
    for run in runs:
        more, further = check(gainsay, documents, **run)
        differences += more
        distances += further
    finish(differences, f"compared {len(distances)} figures; greatest difference {max(distances):.1e}")


if __name__ == "__main__":
    main()
