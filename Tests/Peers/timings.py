"""Times one peer on one data set, for `gainsay-benchmark agreement --peers`.

Usage: timings.py PEER MEASURE PATH

    MEASURE    PEER                                   PATH
    alpha      krippendorff, nltk, numpy              items
    cohen      scikit-learn, nltk, numpy              items
    fleiss     statsmodels, nltk, numpy               items
    bootstrap  krippendorff, scipy, numpy             items with documents.i32
    span-f1    nervaluate, seqeval, numpy             spans
    decode     orjson                                 a workspace

Items are a folder with columns.u8 (a byte for each item, one annotator after another; 255 is missing) and shape.json,
spans one with spans.i32 (rows of document, annotator, start, end, label) and lengths.i32 (the tokens of each document).

Prints one line of JSON: {"peer": "numpy 2.4.6", "seconds": 0.0123, "value": 0.567}. The seconds are those of the best
run; reading the data and bringing them into the form that the peer takes fastest are not timed (of `decode`, reading
is). Where the peer cannot do it, the line has `failed`; where it is not installed, `skipped`, with the exit status 77.
"""

import gc
import json
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import NamedTuple


def skip(missing):
    print(json.dumps({"peer": None, "skipped": f"the Python module {missing.name} is missing"}))
    sys.exit(77)


try:
    import numpy as np
except ModuleNotFoundError as missing:
    skip(missing)

MISSING = 255
BLOCK = 2**16  # items or draws worked on at once: they stay in the cache
MOST_PATTERNS = 2**16
CONFIDENCE = 0.95
SEED = 1


# Reading


class Items(NamedTuple):
    columns: np.ndarray  # annotators × items
    categories: int


class Study(NamedTuple):
    """Items in the order of their documents, for the bootstrap."""

    items: Items
    lengths: np.ndarray  # items of each document
    resamples: int


class Spans(NamedTuple):
    """One annotator's spans, a column each."""

    document: np.ndarray
    start: np.ndarray
    length: np.ndarray
    label: np.ndarray


class Corpus(NamedTuple):
    reference: Spans
    response: Spans
    lengths: np.ndarray  # tokens of each document
    labels: int


def read_items(folder):
    shape = json.loads((folder / "shape.json").read_text())
    columns = np.fromfile(folder / "columns.u8", np.uint8).reshape(shape["annotators"], shape["items"])
    return Items(columns, shape["categories"])


def read_study(folder):
    resamples = json.loads((folder / "shape.json").read_text())["resamples"]
    return Study(read_items(folder), np.fromfile(folder / "documents.i32", "<i4"), resamples)


def read_corpus(folder):
    rows = np.fromfile(folder / "spans.i32", "<i4").reshape(-1, 5)
    document, annotator, start, end, label = np.ascontiguousarray(rows.T)
    columns = (document, start, end - start, label)
    reference, response = (Spans(*(column[annotator == who] for column in columns)) for who in (0, 1))
    return Corpus(reference, response, np.fromfile(folder / "lengths.i32", "<i4"), int(label.max()) + 1)


def annotation_paths(workspace):
    return [str(path) for path in sorted(workspace.glob("Annotations/*/*.json")) if path.name != "document.json"]


# Counts, for NumPy and for the peers that want them


def category_counts(rows, categories):
    """Categories × items: how many values of the item are this category."""
    dtype = np.min_scalar_type(len(rows))
    return np.stack([(rows == category).sum(axis=0, dtype=dtype) for category in range(categories)])


def complete_pairs(columns):
    """The first two annotators' values of the items that both have coded."""
    return columns[:2, np.maximum(columns[0], columns[1]) != MISSING]


def pattern_codes(columns, base):
    """The values of each item as the digits of one number: 0 where missing, otherwise the category plus 1."""
    if len(columns) == 1:
        return columns[0] + np.uint8(1)
    middle = (len(columns) + 1) // 2
    dtype = np.min_scalar_type(base ** len(columns) - 1)
    codes = pattern_codes(columns[:middle], base).astype(dtype)
    codes *= dtype.type(base ** (len(columns) - middle))
    codes += pattern_codes(columns[middle:], base)
    return codes


def pattern_frequencies(columns, base):
    """How often each pattern of values occurs."""
    patterns = base ** len(columns)
    frequencies = np.zeros(patterns, np.int64)
    for start in range(0, columns.shape[1], BLOCK):
        frequencies += np.bincount(pattern_codes(columns[:, start : start + BLOCK], base), minlength=patterns)
    return frequencies


def pattern_rows(codes, annotators, base):
    """Annotators × patterns: the category, or -1."""
    return np.stack(np.unravel_index(codes, (base,) * annotators)) - 1


def total(terms, items):
    """The sum over all items of the terms, which are worked out from an item's counts."""
    columns, categories = items
    base = categories + 1
    if base ** len(columns) > MOST_PATTERNS:
        return terms(category_counts(columns, categories)).sum(axis=0)
    frequencies = pattern_frequencies(columns, base)
    occurring = np.flatnonzero(frequencies)
    rows = pattern_rows(occurring, len(columns), base)
    return frequencies[occurring] @ terms(category_counts(rows, categories))


# NumPy: agreement


def alpha_terms(counts):
    """Of each item with a pair of values: its values of each category, and its coincidences of equal values."""
    values = counts.sum(axis=0)
    counts = np.where(values > 1, counts, 0.0)
    equal = (counts * (counts - 1)).sum(axis=0) / np.maximum(values - 1.0, 1)
    return np.column_stack([counts.T, equal])


def alpha(totals):
    """Krippendorff's alpha from sums of its terms, along the last axis."""
    values, equal = totals[..., :-1], totals[..., -1]
    n = values.sum(axis=-1)
    expected = (n**2 - (values**2).sum(axis=-1)) / (n - 1)
    return 1 - (n - equal) / expected


def fleiss_terms(counts):
    """Of each item: shares of the categories, share of agreeing pairs, whether it has a value, whether it has two."""
    values = counts.sum(axis=0, dtype=float)
    pairs = np.maximum(values * (values - 1), 1)
    shares = counts / np.maximum(values, 1)
    agreeing = (counts * (counts - 1.0)).sum(axis=0) / pairs
    return np.column_stack([shares.T, agreeing, values > 0, values > 1])


def fleiss(totals):
    """Fleiss' kappa, where values are missing in Gwet's generalisation."""
    *shares, agreeing, coded, pairable = totals
    observed = agreeing / pairable
    expected = ((np.array(shares) / coded) ** 2).sum()
    return (observed - expected) / (1 - expected)


def pair_counts(columns, categories):
    """The first two annotators' values of each category and their equal values, in the items that both have coded.

    For two annotators, to compare is faster than to count patterns.
    """
    margins = np.zeros((2, categories), np.int64)
    equal = 0
    for start in range(0, columns.shape[1], BLOCK):
        pair = columns[:2, start : start + BLOCK]
        both = np.maximum(*pair) != MISSING
        margins += [[np.count_nonzero((x == category) & both) for category in range(categories)] for x in pair]
        equal += np.count_nonzero((pair[0] == pair[1]) & both)
    return margins, equal


def cohen(margins, equal):
    n = margins[0].sum()
    observed = equal / n
    expected = margins[0] / n @ (margins[1] / n)
    return (observed - expected) / (1 - expected)


def alpha_of_two(margins, equal):
    return alpha(np.append(margins.sum(axis=0), 2.0 * equal))


def numpy_cohen(items):
    return lambda: cohen(*pair_counts(*items))


def numpy_alpha(items):
    if len(items.columns) == 2:
        return lambda: alpha_of_two(*pair_counts(*items))
    return lambda: alpha(total(alpha_terms, items))


def numpy_fleiss(items):
    return lambda: fleiss(total(fleiss_terms, items))


# NumPy: bootstrap


def document_terms(items, lengths):
    """Documents × terms of alpha; a document may have no items."""
    starts = np.cumsum(lengths) - lengths
    terms = np.zeros((len(lengths), items.categories + 1))
    for column, of_items in zip(terms.T, item_terms(items)):
        column[lengths > 0] = np.add.reduceat(of_items, starts[lengths > 0])
    return terms


def item_terms(items):
    """One array after another: a term of alpha for each item."""
    columns, categories = items
    base = categories + 1
    patterns = base ** len(columns)
    if patterns > MOST_PATTERNS:
        return iter(alpha_terms(category_counts(columns, categories)).T)
    rows = pattern_rows(np.arange(patterns), len(columns), base)
    codes = pattern_codes(columns, base)
    return (term[codes] for term in alpha_terms(category_counts(rows, categories)).T.copy())


def times_drawn(draws):
    """Resamples × documents: how often the document is in the resample."""
    offsets = draws.shape[1] * np.arange(len(draws))[:, np.newaxis]
    return np.bincount((draws + offsets).ravel(), minlength=draws.size).reshape(draws.shape)


def percentile_interval(values):
    return np.quantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])


def numpy_bootstrap(study):
    def interval():
        rng = np.random.default_rng(SEED)
        terms = document_terms(study.items, study.lengths)
        size = len(terms)
        batch = max(1, BLOCK // size)
        alphas = np.empty(study.resamples)
        for start in range(0, study.resamples, batch):
            part = alphas[start : start + batch]
            draws = rng.integers(size, size=(len(part), size), dtype=np.min_scalar_type(size))
            part[:] = alpha(times_drawn(draws) @ terms)
        return percentile_interval(alphas)

    return interval


# NumPy: spans


def fill_keys(keys, spans, bits):
    """One number a span, which rises from span to span."""
    keys[:] = spans.document
    for column, width in zip(spans[1:], bits):
        keys <<= width
        keys |= column


def numpy_span_f1(corpus):
    sides = corpus.reference, corpus.response
    bits = [max(int(column.max()).bit_length() for column in columns) for columns in zip(*sides)][1:]
    middle, size = np.cumsum([len(spans.document) for spans in sides])

    def f1():
        keys = np.empty(size, np.int64)
        fill_keys(keys[:middle], corpus.reference, bits)
        fill_keys(keys[middle:], corpus.response, bits)
        keys.sort(kind="stable")  # two runs that rise already: it only merges them
        return 2 * np.count_nonzero(keys[1:] == keys[:-1]) / size

    return f1


# The packages


def krippendorff_alpha(items):
    """From counts: this is its fastest way, in the order of memory and type that are fastest too."""
    import krippendorff

    counts = category_counts(*items).astype(float).T
    return lambda: krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")


def krippendorff_bootstrap(study):
    """It has no bootstrap of its own."""
    import krippendorff

    counts = category_counts(*study.items).astype(float)
    documents = np.split(counts, np.cumsum(study.lengths)[:-1], axis=1)

    def interval():
        rng = np.random.default_rng(SEED)
        alphas = []
        for _ in range(study.resamples):
            draws = rng.integers(len(documents), size=len(documents))
            resample = np.concatenate([documents[draw] for draw in draws], axis=1).T
            alphas.append(krippendorff.alpha(value_counts=resample, level_of_measurement="nominal"))
        return percentile_interval(alphas)

    return interval


def sklearn_cohen(items):
    from sklearn.metrics import cohen_kappa_score

    first, second = complete_pairs(items.columns)
    return lambda: cohen_kappa_score(first, second)


def statsmodels_fleiss(items):
    """It asserts that no value is missing."""
    from statsmodels.stats.inter_rater import fleiss_kappa

    counts = category_counts(*items).astype(float).T
    return lambda: fleiss_kappa(counts)


def annotation_task(columns):
    from nltk.metrics.agreement import AnnotationTask

    rows = enumerate(columns.T.tolist())
    return AnnotationTask([(who, item, x) for item, row in rows for who, x in enumerate(row) if x != MISSING])


def nltk_alpha(items):
    return annotation_task(items.columns).alpha


def nltk_cohen(items):
    task = annotation_task(complete_pairs(items.columns))
    return lambda: task.kappa_pairwise(0, 1)


def nltk_fleiss(items):
    """Its multi-π is Fleiss' kappa; it fails where a value is missing. (Its `multi_kappa` is another coefficient.)"""
    return annotation_task(items.columns).pi


def scipy_bootstrap(study):
    """Its statistic sums up the documents' terms just as the NumPy program does."""
    from scipy.stats import bootstrap

    def interval():
        terms = document_terms(study.items, study.lengths)
        result = bootstrap(
            [np.arange(len(terms))],
            lambda draws, axis: alpha(times_drawn(draws) @ terms),
            n_resamples=study.resamples,
            batch=max(1, BLOCK // len(terms)),
            vectorized=True,
            confidence_level=CONFIDENCE,
            method="percentile",
            rng=SEED,
        )
        return result.confidence_interval

    return interval


def entities(spans, documents):
    """Lists of nervaluate's entities, whose ends are inclusive."""
    from nervaluate.entities import Entity

    lists = [[] for _ in range(documents)]
    for document, start, length, label in zip(*(column.tolist() for column in spans)):
        lists[document].append(Entity(str(label), start, start + length - 1))
    return lists


def nervaluate_span_f1(corpus):
    """Its strict strategy alone: its `Evaluator` runs three others too, and all four once more for each label.

    It pairs overlapping spans that differ, from 1 % of the reference on, and such pairs count as wrong on both sides;
    as spans of one annotator never overlap, none of them could have matched exactly.
    """
    from nervaluate.entities import EvaluationResult
    from nervaluate.strategies import StrictEvaluation

    tags = [str(label) for label in range(corpus.labels)]
    pairs = list(zip(*(entities(spans, len(corpus.lengths)) for spans in corpus[:2])))

    def f1():
        strategy = StrictEvaluation()
        merged = EvaluationResult()
        for reference, response in pairs:
            result, _ = strategy.evaluate(reference, response, tags)
            merged.correct += result.correct
            merged.incorrect += result.incorrect
            merged.missed += result.missed
            merged.spurious += result.spurious
        merged.compute_metrics()
        return merged.f1

    return f1


def tag_lists(spans, lengths, labels):
    """Each document's tags in the scheme IOB2."""
    ends = np.cumsum(lengths, dtype=np.int64)
    first = spans.start + (ends - lengths)[spans.document]
    before = np.cumsum(spans.length) - spans.length
    inside = np.arange(spans.length.sum()) + np.repeat(first - before, spans.length)
    codes = np.zeros(ends[-1], np.int32)
    codes[inside] = 2 * np.repeat(spans.label, spans.length) + 2
    codes[first] -= 1
    names = np.array(["O", *(f"{prefix}-{label}" for label in range(labels) for prefix in "BI")], dtype=object)
    return [part.tolist() for part in np.split(names[codes], ends[:-1])]


def seqeval_span_f1(corpus):
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    reference, response = (tag_lists(spans, corpus.lengths, corpus.labels) for spans in corpus[:2])
    return lambda: f1_score(reference, response, average="micro", mode="strict", scheme=IOB2)


def orjson_decode(paths):
    """Reads and decodes; the value is how much it was."""
    from orjson import loads

    def decode():
        size = 0
        for path in paths:
            with open(path, "rb") as file:
                text = file.read()
            loads(text)
            size += len(text)
        return {"bytes": size, "files": len(paths)}

    decode()  # the files are in memory from here on
    return decode


# Running


READERS = {
    "alpha": read_items,
    "cohen": read_items,
    "fleiss": read_items,
    "bootstrap": read_study,
    "span-f1": read_corpus,
    "decode": annotation_paths,
}

PEERS = {
    ("krippendorff", "alpha"): krippendorff_alpha,
    ("nltk", "alpha"): nltk_alpha,
    ("numpy", "alpha"): numpy_alpha,
    ("scikit-learn", "cohen"): sklearn_cohen,
    ("nltk", "cohen"): nltk_cohen,
    ("numpy", "cohen"): numpy_cohen,
    ("statsmodels", "fleiss"): statsmodels_fleiss,
    ("nltk", "fleiss"): nltk_fleiss,
    ("numpy", "fleiss"): numpy_fleiss,
    ("krippendorff", "bootstrap"): krippendorff_bootstrap,
    ("scipy", "bootstrap"): scipy_bootstrap,
    ("numpy", "bootstrap"): numpy_bootstrap,
    ("nervaluate", "span-f1"): nervaluate_span_f1,
    ("seqeval", "span-f1"): seqeval_span_f1,
    ("numpy", "span-f1"): numpy_span_f1,
    ("orjson", "decode"): orjson_decode,
}


def best_run(run, seconds=2, patience=30):
    """The shortest time of the runs that fit in so many seconds, and what they return.

    There are three runs at least, if patience lasts: the first one often pays for fetching memory from the system.
    """
    gc.disable()
    times = []
    while sum(times) < seconds or len(times) < 3 and sum(times) < patience:
        start = perf_counter()
        value = run()
        times.append(perf_counter() - start)
    return min(times), value


def timing(prepare, data):
    """What the line says besides the name of the peer."""
    try:
        seconds, value = best_run(prepare(data))
    except ModuleNotFoundError as missing:
        skip(missing)
    except Exception as error:  # whatever it is that keeps a peer from doing it
        return {"failed": f"{type(error).__name__}: {error}".removesuffix(": ")}
    if isinstance(value, dict):
        return {"seconds": seconds, "value": None} | value
    if not np.isfinite(value).all():
        return {"failed": f"the value is {value}"}
    return {"seconds": seconds, "value": np.asarray(value, float).tolist()}


def main():
    if len(sys.argv) != 4 or tuple(sys.argv[1:3]) not in PEERS:
        sys.exit(__doc__)
    peer, measure, path = sys.argv[1:]
    line = timing(PEERS[peer, measure], READERS[measure](Path(path)))
    print(json.dumps({"peer": f"{peer} {version(peer)}"} | line))


if __name__ == "__main__":
    main()
