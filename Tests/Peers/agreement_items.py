"""Coefficients of items: the definitions, and scikit-learn, statsmodels, krippendorff and NLTK where they have them."""

import math
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations

import krippendorff
import numpy as np
from agreement_corpus import Figure
from nltk.metrics import jaccard_distance, masi_distance
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

UNITS = ("character", "word", "sentence")


@cache
def label_sets(document, annotator, unit):
    """For each item the labels of the spans that cover a code point of it."""
    covering = [set() for _ in document.items["character"]]
    for span in document.spans[annotator]:
        for start, end in span.fragments:
            for place in range(start, end):
                covering[place].add(span.label)
    return [frozenset().union(*covering[start:end]) for start, end in document.items[unit]]


def undefined_as_none(number):
    return None if math.isnan(number) else float(number)


def corrected(observed, expected):
    """Agreement corrected for chance; it does not exist where chance alone agrees fully."""
    return None if expected == 1 else float((observed - expected) / (1 - expected))


def nominal(one, other):
    return int(one != other)


def unless_both_empty(distance):
    """NLTK divides by the size of the union."""
    return lambda one, other: distance(one, other) if one | other else 0


DISTANCES = {
    "nominal": nominal,
    "jaccard": unless_both_empty(jaccard_distance),
    "masi": unless_both_empty(masi_distance),
}


class Table:
    """Items × annotators: the set of labels that each one gave, None where it is missing."""

    def __init__(self, rows):
        self.rows = rows
        self.domain = list(dict.fromkeys(value for row in rows for value in row if value is not None))
        counts = [Counter(value for value in row if value is not None) for row in rows]
        self.coded = [count for count in counts if count]
        self.pairable = [count for count in counts if count.total() > 1]

    @property
    def complete(self):
        """Whether every item that has a value has equally many."""
        return len({count.total() for count in self.coded}) == 1

    def codes(self):
        """The rows with a number for each value."""
        number = {value: place for place, value in enumerate(self.domain)} | {None: None}
        return [[number[value] for value in row] for row in self.rows]

    def of(self, first, second):
        """The items that both annotators, given by their places, have coded."""
        rows = [(row[first], row[second]) for row in self.rows]
        return Table([row for row in rows if None not in row])

    def agreement(self):
        """The mean over items of P_u, the share of ordered pairs of values that are equal."""
        pairs = Counter()
        for item in self.pairable:
            pairs[item.total()] += sum(count * (count - 1) for count in item.values())
        return sum(Fraction(equal, m * (m - 1)) for m, equal in pairs.items()) / len(self.pairable)

    def shares(self):
        """Each value's share of an item's values, in the mean over the items that have any."""
        totals = Counter()
        for item in self.coded:
            for value, count in item.items():
                totals[value, item.total()] += count
        shares = Counter()
        for (value, m), count in totals.items():
            shares[value] += Fraction(count, m * len(self.coded))
        return shares

    def figure(self, expected, value=None):
        """The figure of an expected agreement; `value` stands in for a package's own."""
        observed = self.agreement()
        value = value or (lambda: corrected(observed, expected))
        return Figure(value(), len(self.pairable), float(observed), float(expected))

    def observed_agreement(self):
        return Figure(float(self.agreement()) if self.pairable else None, len(self.pairable))

    def cohen_kappa(self):
        """Of a table of two annotators without missing values."""
        if not self.rows:
            return Figure(None, 0)
        ours, theirs = zip(*self.codes())
        counts = Counter(ours), Counter(theirs)
        expected = Fraction(sum(counts[0][code] * counts[1][code] for code in counts[0]), len(self.rows) ** 2)
        return self.figure(expected, lambda: undefined_as_none(cohen_kappa_score(ours, theirs)))

    def packaged(self, method, categories=0):
        """A coefficient that statsmodels has where no value is missing; values that do not occur get empty columns."""
        columns = self.domain + [None] * (categories - len(self.domain))
        return lambda: undefined_as_none(fleiss_kappa([[item[k] for k in columns] for item in self.coded], method))

    def fleiss_kappa(self):
        """Where values are missing: Gwet's generalisation. Of two annotators without missing values: Scott's π."""
        if not self.pairable:
            return Figure(None, 0)
        expected = sum(share**2 for share in self.shares().values())
        return self.figure(expected, self.packaged("fleiss") if self.complete else None)

    def hubert_kappa(self):
        """Chance by each annotator's own shares, over all that they have coded."""
        if not self.pairable:
            return Figure(None, 0)
        columns = [Counter(value for value in column if value is not None) for column in zip(*self.rows)]
        pairs = list(combinations([column for column in columns if column], 2))
        meetings = (
            Fraction(sum(one[k] * other[k] for k in one), one.total() * other.total()) for one, other in pairs
        )
        return self.figure(sum(meetings) / len(pairs))

    def positive_agreement(self):
        """Of the labels that one annotator chose, the share that another chose too, over all ordered pairs."""
        chosen = both = 0
        for row in self.rows:
            values = [value for value in row if value is not None]
            chosen += sum(len(one) for one, _ in permutations(values, 2))
            both += sum(len(one & other) for one, other in permutations(values, 2))
        return Figure(both / chosen if chosen else None, len(self.pairable))

    def bennett_s(self, categories):
        if not self.pairable:
            return Figure(None, 0)
        value = self.packaged("randolph", categories) if self.complete else None
        return self.figure(Fraction(1, categories), value)

    def gwet_ac1(self, categories):
        if not self.pairable:
            return Figure(None, 0)
        spread = sum(share * (1 - share) for share in self.shares().values())
        return self.figure(spread / (categories - 1))

    def krippendorff_alpha(self, distance="nominal"):
        """`observed` and `expected` are disagreements, from the coincidences of pairable values."""
        if not self.pairable:
            return Figure(None, 0)
        between = cache(DISTANCES[distance])
        margins = sum(self.pairable, Counter())
        n = margins.total()
        meetings = Counter()
        for item in self.pairable:
            for one, other in combinations(item, 2):
                meetings[frozenset((one, other)), item.total()] += 2 * item[one] * item[other]
        observed = sum(between(*pair) * Fraction(count, m - 1) for (pair, m), count in meetings.items()) / n
        chance = sum(2 * between(*pair) * margins[pair[0]] * margins[pair[1]] for pair in combinations(margins, 2))
        value = None
        if len(margins) > 1:  # for a single value the package raises an error
            matrix = np.array([[between(one, other) for other in self.domain] for one in self.domain], dtype=float)
            value = float(
                krippendorff.alpha(
                    reliability_data=np.array(self.codes(), dtype=float).T,
                    level_of_measurement=lambda v1, v2, i1, i2, n_v, dtype: matrix[i1, i2],
                )
            )
        return Figure(value, len(self.pairable), float(observed), float(Fraction(chance) / (n * (n - 1))))


def table_of(study, unit, label):
    """The table of all annotators; in a label's row a value is that label or nothing."""
    rows = []
    for document in study.documents:
        missing = [None] * len(document.items[unit])
        columns = [
            [value & study.counted(label) for value in label_sets(document, name, unit)]
            if name in document.spans
            else missing
            for name in study.annotators
        ]
        rows += zip(*columns)
    return Table(rows)


def category_counts(study):
    """For each unit how many values there may be: the labels, nothing, and each set of several labels that occurs."""
    several = {unit: {value for value in table_of(study, unit, None).domain if len(value) > 1} for unit in UNITS}
    return {unit: len(study.labels) + 1 + len(several[unit]) for unit in UNITS}


def item_figures(study, unit, label, categories, distance):
    """`{(measure, annotators): Figure}`."""
    table = table_of(study, unit, label)
    place = {name: place for place, name in enumerate(study.annotators)}
    two = {pair: table.of(place[pair[0]], place[pair[1]]) for pair in study.pairs}
    figures = {
        ("observed-agreement", None): table.observed_agreement(),
        ("fleiss-kappa", None): table.fleiss_kappa(),
        ("hubert-kappa", None): table.hubert_kappa(),
        ("bennett-s", None): table.bennett_s(categories),
        ("gwet-ac1", None): table.gwet_ac1(categories),
        ("krippendorff-alpha", None): table.krippendorff_alpha(distance),
        ("positive-agreement", None): table.positive_agreement(),
    }
    for measure, coefficient in (("cohen-kappa", Table.cohen_kappa), ("scott-pi", Table.fleiss_kappa)):
        found = {pair: coefficient(two[pair]) for pair in study.pairs}
        figures |= {(measure, pair): figure for pair, figure in found.items()}
        figures[measure, None] = study.mean(found)
        if measure == "cohen-kappa" and label is None:
            figures |= {(measure, name): study.mean(own) for name, own in study.each(found).items()}
    return figures
