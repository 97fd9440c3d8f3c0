"""Holds every figure of `gainsay agree` to scikit-learn, statsmodels, krippendorff, NLTK and SciPy.

Usage: agreement.py GAINSAY WORKSPACE

Word and sentence ranges come from `gainsay show --json`; the rows that must be there, the items,
and the figures are worked out anew from the annotation files. One of these is made unfinished in the end.
"""

import json
import sys
import warnings
from fractions import Fraction
from functools import partial

sys.dont_write_bytecode = True
from peers import Gainsay, finish, read

try:
    from agreement_continuum import continuum_figures
    from agreement_corpus import Study, load, load_scheme
    from agreement_gamma import gamma_figures
    from agreement_items import UNITS, category_counts, item_figures
    from agreement_relations import relation_figures
    from agreement_spans import span_figures
    from agreement_values import value_counts, value_figures
except ImportError as missing:
    print(f"skipped: the Python module {missing.name} is missing")
    sys.exit(77)

TOLERANCE = 1e-9
DISORDER_TOLERANCE = 1e-7
ALPHAS = {"alpha-u", "alpha-u-binary", "alpha-cu", "alpha-ku", "alpha-u-1995"}
GAMMAS = {"gamma", "gamma-cat", "gamma-k", "gamma-soft"}
CORRECTED = {
    *ALPHAS,
    *GAMMAS,
    "cohen-kappa",
    "scott-pi",
    "fleiss-kappa",
    "hubert-kappa",
    "bennett-s",
    "gwet-ac1",
    "krippendorff-alpha",
    "relation-alpha",
}


def rows_of_continua(study, document, labels, figures):
    """`{(measure, unit, label, annotators, document): Figure}` of the alphas of unitizing, or of γ."""
    rows = {}
    for label in [None, *labels]:
        for measure, figure in figures(study, label).items():
            rows[measure, "span", label, None, document] = figure
    return rows


def expected_rows(
    study, document, labels, scheme, categories, values, least=0, distance="nominal", reference=None, union=False
):
    """`{(measure, unit, label, annotators, document): Figure}` of all but γ."""
    # The adjudicated version is held apart: items and continua are of the people alone.
    people = study.without("gold") if reference == "gold" else study
    rows = rows_of_continua(people, document, labels, partial(continuum_figures, union=union))
    for label in [None, *labels]:
        for unit in UNITS:
            count = categories[unit] if label is None else 2
            for (measure, annotators), figure in item_figures(people, unit, label, count, distance).items():
                rows[measure, unit, label, annotators, document] = figure
        for (measure, annotators), figure in span_figures(study, label, least, reference).items():
            unit = "word" if measure.startswith("token-") else "span"
            rows[measure, unit, label, annotators, document] = figure
    for key, figure in value_figures(people, scheme, least, values).items():
        rows[(*key, document)] = figure
    for key, figure in relation_figures(study, scheme, least, reference if people is not study else None).items():
        rows[(*key, document)] = figure
    return rows


def key_of(row):
    pair = row["annotators"] and tuple(row["annotators"])
    return row["measure"], row["unit"], row["label"], pair, row["document"]


def interval_faults(row):
    """What is wrong with a row's interval, whatever the figure."""
    kind, low, high = row["interval"], row["low"], row["high"]
    if kind not in ("bca", "percentile", None):
        yield f"interval {kind!r}"
    if (kind is None) == (row.get("intervalUndefined") is None):
        yield f"interval {kind!r} with the reason {row.get('intervalUndefined')!r}"
    if (low is None, high is None) != (kind is None, kind is None):
        yield f"interval {kind!r} from {low} to {high}"
    elif kind is not None:
        least = float("-inf") if row["measure"] in CORRECTED else -TOLERANCE
        if not least <= low <= high <= 1 + TOLERANCE:
            yield f"interval from {low} to {high}"


def distance_faults(row, distance):
    """Only α takes the distance asked for; rows of other things than items need not name one."""
    if row["measure"] in ALPHAS | GAMMAS:
        if "distance" in row:
            yield f"distance {row['distance']!r}, expected none"
        return
    if row["measure"].startswith("token-"):
        if "distance" in row:
            yield f"distance {row['distance']!r}, expected none"
        return
    due = distance if row["measure"] == "krippendorff-alpha" and row["unit"] in UNITS else "nominal"
    given = row.get("distance", None if row["unit"] in UNITS else "nominal")
    if given != due:
        yield f"distance {given!r}, expected {due!r}"


class Comparison:
    """One run of `agree` against the figures worked out here: what differs, by how much, and what was left out."""

    def __init__(self, options):
        self.run = " ".join(["agree", *options])
        self.differences = []
        self.distances = []
        self.left_out = 0

    def differ(self, what, how):
        self.differences.append(f"{self.run}: {what}: {how}")

    def same(self, what, came, due):
        if came != due:
            self.differ(what, f"gainsay {came}, expected {due}")

    def compare(self, what, came, due, tolerance=TOLERANCE):
        if came is None or due is None:
            self.same(what, came, due)
            return
        self.distances.append(abs(came - due))
        if not self.distances[-1] <= tolerance:
            self.differ(what, f"gainsay {came!r}, expected {due!r}")

    def row(self, key, row, due):
        """Compares a row's numbers, unless another best alignment would give others."""
        if not due.unique:
            self.left_out += 1
            return
        self.compare(f"{key}: value", row["value"], due.value)
        self.compare(f"{key}: items", row["items"], due.items)
        for name in ("observed", "expected"):
            if row["measure"] not in CORRECTED:
                self.same(f"{key}: {name}", row.get(name), None)
            elif row["value"] is not None or row.get(name) is not None:
                self.compare(f"{key}: {name}", row.get(name), getattr(due, name))

    def sampled_row(self, key, row, due):
        """Compares a row of γ: chance is drawn and cannot be known here, but with it observed must lead to value."""
        value, observed, expected = row["value"], row.get("observed"), row.get("expected")
        self.compare(f"{key}: items", row["items"], due.items)
        if not due.unique:
            self.left_out += 1
        else:
            if due.observed is None:
                self.same(f"{key}: value", value, None)
            elif value is None and due.observed > 0 and expected != 0:
                self.differ(key, f"no value, though the observed disorder is {due.observed}")
            if value is not None or observed is not None:
                self.compare(f"{key}: observed", observed, due.observed, DISORDER_TOLERANCE)
        if value is not None and observed is not None:
            self.compare(f"{key}: value", value, 1 - observed / expected if observed and expected else 1)

    def rows(self, given, expected, distance):
        found = {}
        for row in given:
            key = key_of(row)
            if key in found:
                self.differ(key, "given twice")
            found[key] = row
            if (row["value"] is None) != bool(row["undefined"]):
                self.differ(key, f"value {row['value']} with the reason {row['undefined']!r}")
            for fault in (*interval_faults(row), *distance_faults(row, distance)):
                self.differ(key, fault)
        for key in expected.keys() - found.keys():
            self.differ(key, "not given")
        for key in found.keys() - expected.keys():
            self.differ(key, "not expected")
        for key in [key for key in expected if key in found]:
            compare = self.sampled_row if key[0] in GAMMAS else self.row
            compare(key, found[key], expected[key])


def check(
    gainsay,
    documents,
    options,
    annotators=None,
    labels=None,
    measures=None,
    per_document=False,
    reference=None,
    **settings,
):
    """The comparison of one run; `settings` are the least overlap, the distance and whether cᵤα takes unions.

    `measures` are asked for by name; they are of continua.
    """
    if annotators is None:
        annotators = sorted({name for document in documents for name in document.spans} - {"gold"})
    if reference and reference not in annotators:
        annotators = [*annotators, reference]
    counted = [document for document in documents if len(document.spans.keys() & set(annotators)) > 1]
    scheme = load_scheme(gainsay.workspace, counted[0].scheme)
    labels = labels or scheme.labels
    options = [*options, *(part for measure in sorted(measures or ()) for part in ("--measure", measure))]

    corpus = Study(counted, annotators, labels)
    counts_of = corpus.without("gold") if reference == "gold" else corpus
    if measures:
        figures = gamma_figures if measures <= GAMMAS else partial(continuum_figures, **settings)
        rows_due = partial(rows_of_continua, labels=labels, figures=figures)
    else:
        counts = value_counts(counts_of, scheme, settings.get("least", 0))
        shared = {"labels": labels, "scheme": scheme, "reference": reference}
        shared |= {"categories": category_counts(counts_of), "values": counts}
        rows_due = partial(expected_rows, **shared, **settings)
    expected = rows_due(corpus, None)
    for document in counted if per_document else []:
        expected |= rows_due(Study([document], annotators, labels), document.name)

    given = gainsay.json("agree", *options)
    comparison = Comparison(options)
    comparison.same("annotators", given["annotators"], annotators)
    comparison.same("documents", given["documents"], [document.name for document in counted])
    comparison.rows(given["figures"], expected, settings.get("distance", "nominal"))
    return comparison


def leave_unfinished(gainsay, document, annotator, sentence):
    """Makes an annotator's file one that is in progress, read to the end of a sentence."""
    path = gainsay.workspace / "Annotations" / document.name / f"{annotator}.json"
    end = document.items["sentence"][sentence][1]
    path.write_text(json.dumps(read(path) | {"status": "in-progress", "seenTo": end}), "utf-8")


def main():
    warnings.filterwarnings("ignore")  # the peers warn of each figure that does not exist
    gainsay = Gainsay(sys.argv[1:])
    documents = load(gainsay)
    disjoint = ["--label", "source", "--label", "cue"]  # never on the same words, so that lines are partitions
    partitions = {"per_document": True, "labels": ["source", "cue"], "measures": ALPHAS}
    runs = [
        {"options": []},
        {"options": ["--per-document"], "per_document": True},
        {"options": ["--overlap", "0.5"], "least": Fraction(1, 2)},
        {"options": ["--annotators", "dana,noor"], "annotators": ["dana", "noor"]},
        {"options": ["--label", "claim", "--label", "denial"], "labels": ["claim", "denial"]},
        {"options": ["--distance", "jaccard"], "distance": "jaccard"},
        {"options": ["--distance", "masi"], "distance": "masi"},
        {"options": ["--reference", "gold"], "reference": "gold"},
        {"options": ["--reference", "dana"], "reference": "dana"},
        {"options": [*disjoint, "--per-document"], **partitions},
        {"options": [*disjoint, "--per-document", "--cu", "union"], "union": True, **partitions},
        {"options": ["--per-document", "--samples", "3"], "per_document": True, "measures": GAMMAS},
    ]
    comparisons = [check(gainsay, documents, **run) for run in runs]
    leave_unfinished(gainsay, documents[0], "noor", 3)  # amid a quote of the others
    unfinished = load(gainsay, in_progress=True)
    for measures in (ALPHAS, GAMMAS):
        options = ["--in-progress", "--per-document", "--samples", "3"]
        run = {"options": options, "per_document": True, "measures": measures}
        comparisons.append(check(gainsay, unfinished, **run))
    distances = [distance for comparison in comparisons for distance in comparison.distances]
    left_out = sum(comparison.left_out for comparison in comparisons)
    finish(
        [difference for comparison in comparisons for difference in comparison.differences],
        f"compared {len(distances)} figures; greatest difference {max(distances, default=0):.1e}; "
        f"left out {left_out} rows that depend on which of several best alignments is taken",
    )


if __name__ == "__main__":
    main()
