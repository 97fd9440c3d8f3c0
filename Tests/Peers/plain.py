"""The data that `timings.py` reads, and plain NumPy programs for what no package computes as fast, or at all."""

import json
from typing import NamedTuple

import numpy as np

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


def read_units(path):
    """Rows of annotator, start, end and label."""
    return np.loadtxt(path, int, delimiter=",", ndmin=2).tolist()


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
