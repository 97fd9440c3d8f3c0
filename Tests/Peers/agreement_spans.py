"""Precision, recall and F1 of spans, under the one-to-one matching with the greatest credit, and of the words under them."""

from collections import Counter
from fractions import Fraction
from functools import cache

import numpy as np
from agreement_corpus import Figure
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching


EACH = {"span-f1-exact", "span-f1-overlap", "token-f1"}  # those that each annotator gets against the rest


@cache
def places(fragments):
    return frozenset(place for part in fragments for place in range(*part))


@cache
def common(one, other):
    """How many code points two spans, given by their fragments, share."""
    return len(places(one) & places(other))


def fits(one, other, least):
    """Whether two spans have one label and overlap, with at least this intersection over union."""
    both = common(one.fragments, other.fragments)
    either = len(places(one.fragments) | places(other.fragments))
    return one.label == other.label and both > 0 and Fraction(both, either) >= least


def identical(feature):
    """The credit where spans match that are alike in this feature."""

    def credit(ours, theirs):
        return (Counter(map(feature, ours)) & Counter(map(feature, theirs))).total()

    return credit


def partial(ours, theirs):
    """Whatever the labels: 1 for the same fragments, 1/2 for overlapping ones."""

    def halves(one, other):
        return 2 if one.fragments == other.fragments else int(common(one.fragments, other.fragments) > 0)

    if not ours or not theirs:
        return 0
    matrix = np.array([[halves(one, other) for other in theirs] for one in ours])
    return Fraction(int(matrix[linear_sum_assignment(matrix, maximize=True)].sum()), 2)


def overlapping(least):
    """The credit where spans of one label match that overlap enough."""

    def credit(ours, theirs):
        if not ours or not theirs:
            return 0
        # Equal spans are paired with each other before any other.
        equal = Counter(span[1:3] for span in ours) & Counter(span[1:3] for span in theirs)
        ours, theirs = without(ours, equal), without(theirs, equal)
        if not ours or not theirs:
            return equal.total()
        graph = csr_matrix([[int(fits(one, other, least)) for other in theirs] for one in ours])
        return equal.total() + int((maximum_bipartite_matching(graph) >= 0).sum())

    return credit


def without(spans, keys):
    """The spans, less one for each of some labels and fragments."""
    left, rest = Counter(keys), []
    for span in spans:
        if left[span[1:3]] > 0:
            left[span[1:3]] -= 1
        else:
            rest.append(span)
    return rest


def span_counts(study, credit, pair, label):
    """The spans of the first annotator and of the second, and the credit of those that match."""
    reference = answer = both = 0
    for document in study.shared(pair):
        ours, theirs = (
            [span for span in document.spans[name] if span.label in study.counted(label)] for name in pair
        )
        reference, answer, both = reference + len(ours), answer + len(theirs), both + credit(ours, theirs)
    return reference, answer, both


def words_under(document, annotator, labels):
    """How many spans of a label cover each word; fragments of one span count each, equal spans once."""
    words = Counter()
    for label, parts in {(span.label, span.fragments) for span in document.spans[annotator] if span.label in labels}:
        for start, end in parts:
            words.update(
                (label, place)
                for place, (first, last) in enumerate(document.items["word"])
                if first < end and start < last
            )
    return words


def word_counts(study, pair, label):
    """The words under labels of the first annotator and of the second, and those that both have."""
    reference = answer = both = 0
    for document in study.shared(pair):
        ours, theirs = (words_under(document, name, study.counted(label)) for name in pair)
        reference, answer, both = reference + ours.total(), answer + theirs.total(), both + (ours & theirs).total()
    return reference, answer, both


def span_match(counts):
    """F1, precision and recall of the second annotator against the first; of several pairs from their sums."""
    reference, answer, both = (sum(parts) for parts in zip(*counts)) if counts else (0, 0, 0)
    items = reference + answer
    return {
        "f1": Figure(float(2 * both / Fraction(items)) if items else None, items),
        "precision": Figure(float(both / Fraction(answer)) if answer else None, items),
        "recall": Figure(float(both / Fraction(reference)) if reference else None, items),
    }


def span_figures(study, label, least, reference):
    """`{(measure, annotators): Figure}`; with a reference, every other annotator is held to it."""
    pairs = [(reference, name) for name in study.annotators if name != reference] if reference else study.pairs
    credits = {
        "exact": identical(lambda span: (span.label, span.fragments)),
        "boundary": identical(lambda span: span.fragments),
        "partial": partial,
        "type": overlapping(0),
        "overlap": overlapping(least),
    }
    counters = {f"span-{{}}-{kind}": lambda *rest, by=by: span_counts(study, by, *rest) for kind, by in credits.items()}
    counters["token-{}"] = lambda *rest: word_counts(study, *rest)
    figures = {}
    for name, count in counters.items():
        counts = {pair: count(pair, label) for pair in pairs}
        found = {pair: span_match([counts[pair]]) for pair in pairs}
        pooled = span_match(list(counts.values()))
        for score in ("f1", "precision", "recall"):
            measure = name.format(score)
            figures |= {(measure, pair): found[pair][score] for pair in pairs}
            if score == "f1" or reference:
                figures[measure, None] = study.mean({pair: found[pair][score] for pair in pairs})
                figures[f"{measure}-pooled", None] = pooled[score]
            if measure in EACH and not reference:
                for who, own in study.each(counts).items():
                    figures[f"{measure}-pooled", who] = span_match(list(own.values()))[score]
    return figures
