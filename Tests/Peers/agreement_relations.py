"""Agreement on relations and attributes, between spans that are aligned one to one.

There can be several best alignments. Where a document's share in a figure depends on which one is taken, the
figure is not unique and cannot be compared.
"""

from collections import Counter
from functools import cache
from itertools import islice, permutations

import numpy as np
from agreement_corpus import Figure
from agreement_items import Table
from agreement_spans import common, fits
from scipy.optimize import linear_sum_assignment

MOST_ALIGNMENTS = 1000


def optima(weights, due=None):
    """Every set of pairs (row, column) of the greatest total weight, `due` where that is known.

    Another optimum than the first one found leaves out some pair of it: each is looked for by forbidding one
    pair and keeping those before it.
    """
    rows, columns = linear_sum_assignment(weights, maximize=True)
    chosen = [(row, column) for row, column in zip(rows, columns) if weights[row, column] > 0]
    total = sum(int(weights[pair]) for pair in chosen)
    if due is None:
        due = total
    if total < due:
        return
    yield chosen
    rest, kept = weights.copy(), []
    for row, column in chosen:
        without = rest.copy()
        without[row, column] = 0
        yield from (kept + others for others in optima(without, due))
        due -= int(rest[row, column])
        rest[row, :], rest[:, column] = 0, 0
        kept.append((row, column))


@cache
def alignments(document, pair, least):
    """The best alignments, `{the first annotator's span: the second's}`: equal spans with each other, then the most
    pairs, then the most code points."""
    ours, theirs = (document.spans[name] for name in pair)
    if not ours or not theirs:
        return [{}]
    shared = np.array(
        [
            [common(one.fragments, other.fragments) if fits(one, other, least) else 0 for other in theirs]
            for one in ours
        ],
        dtype=np.int64,
    )
    equal = np.array([[one[1:3] == other[1:3] for other in theirs] for one in ours])
    pair = int(shared.sum()) + 1
    weights = np.where(shared > 0, shared + pair + equal * pair * (min(equal.shape) + 1), 0)
    best = islice(optima(weights), MOST_ALIGNMENTS)
    return [{ours[row].id: theirs[column].id for row, column in chosen} for chosen in best]


def summed(study, pair, least, count):
    """The sum over documents of what `count` finds in a best alignment; None where it depends on which one."""
    total = Counter()
    for document in study.shared(pair):
        found = [count(document, pair, alignment) for alignment in alignments(document, pair, least)]
        if len(found) == MOST_ALIGNMENTS or any(one != found[0] for one in found):
            return None
        total += found[0]
    return total


def share(counts, times=1):
    """The figure of a Counter of `hits` and `items`."""
    if counts is None:
        return Figure(None, 0, unique=False)
    items = counts["items"]
    return Figure(times * counts["hits"] / items if items else None, items)


def labels_by_id(document, annotator):
    return {span.id: span.label for span in document.spans[annotator]}


def relation_f1(study, kind):
    """Counts the relations of one type, or of all, and those that match where spans are aligned."""

    def counted(document, annotator):
        label = labels_by_id(document, annotator)
        return [
            one
            for one in document.relations[annotator]
            if kind in (None, one.type)
            and label[one.source] in study.labels
            and (one.target is None or label[one.target] in study.labels)
        ]

    def count(document, pair, alignment):
        ours, theirs = (counted(document, name) for name in pair)
        partner = alignment | {None: None}
        carried = Counter(
            one._replace(source=partner[one.source], target=partner[one.target])
            for one in ours
            if one.source in partner and one.target in partner
        )
        return Counter(hits=(carried & Counter(theirs)).total(), items=len(ours) + len(theirs))

    return count


def relation_values(study, scheme, kind):
    """Counts, over ordered pairs of aligned spans that may be related, which values the two annotators gave."""
    kinds = scheme.relations.keys() if kind is None else {kind}

    def permitted(source, target):
        return any(source in scheme.relations[name][0] and target in scheme.relations[name][1] for name in kinds)

    def types(document, annotator, source, target):
        return frozenset(
            one.type
            for one in document.relations[annotator]
            if (one.source, one.target) == (source, target) and one.type in kinds
        )

    def count(document, pair, alignment):
        label = labels_by_id(document, pair[0])
        counted = [couple for couple in alignment.items() if label[couple[0]] in study.labels]
        return Counter(
            frozenset(types(document, name, *ends) for name, ends in zip(pair, zip(source, target)))
            for source, target in permutations(counted, 2)
            if permitted(label[source[0]], label[target[0]])
        )

    return count


def alpha(counts):
    """Nominal α of counted pairs of values, each given as the set of the two."""
    if counts is None:
        return Figure(None, 0, unique=False)
    return Table([(min(pair, key=sorted), max(pair, key=sorted)) for pair in counts.elements()]).krippendorff_alpha()


def attribute_agreement(study, names):
    """Counts the attributes that either annotator has set on an aligned pair, and those set alike."""

    def count(document, pair, alignment):
        ours, theirs = ({span.id: span for span in document.spans[name]} for name in pair)
        values = [
            (ours[one].attributes.get(name), theirs[other].attributes.get(name))
            for one, other in alignment.items()
            if ours[one].label in study.labels
            for name in names
        ]
        either = [value for value in values if value != (None, None)]
        return Counter(hits=sum(one == other for one, other in either), items=len(either))

    return count


def relation_figures(study, scheme, least, reference=None):
    """`{(measure, unit, label, annotators): Figure}`, of relations and of attributes; with a reference, of its pairs."""
    pairs = [(reference, name) for name in study.annotators if name != reference] if reference else study.pairs
    figures = {}

    def add(measure, unit, label, count, figure):
        counts = {pair: summed(study, pair, least, count) for pair in pairs}
        found = {pair: figure(counts[pair]) for pair in pairs}
        figures.update({(measure, unit, label, pair): found[pair] for pair in pairs})
        figures[measure, unit, label, None] = study.mean(found)
        if measure != "relation-alpha":

            def pooled(counts):
                return figure(None if None in counts.values() else sum(counts.values(), Counter()))

            figures[f"{measure}-pooled", unit, label, None] = pooled(counts)
            for who, own in () if reference else study.each(counts).items():
                figures[f"{measure}-pooled", unit, label, who] = pooled(own)

    for kind in [None, *scheme.relations]:
        add("relation-f1", "relation", kind, relation_f1(study, kind), lambda counts: share(counts, times=2))
        add("relation-alpha", "relation", kind, relation_values(study, scheme, kind), alpha)
    for name in [None, *scheme.attributes]:
        names = scheme.attributes if name is None else [name]
        add("attribute-agreement", "attribute", name, attribute_agreement(study, names), share)
    return figures
