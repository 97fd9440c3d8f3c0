"""Krippendorff's alphas of unitizing, in exact fractions: that of 1995, in its form of 2004, and the family of 2016.

Letters are those of the papers: c and k are labels, φ (None here) is nothing, L a length, m a number of annotators.
"""

from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import chain, combinations, pairwise, permutations, product
from typing import NamedTuple

from agreement_corpus import Figure


class Segment(NamedTuple):
    start: int
    end: int
    label: str | None  # None in a gap

    @property
    def length(self):
        return self.end - self.start


class Continuum(NamedTuple):
    """A document as those see it who are present: a line of units for each of them."""

    length: int
    lines: list


def common(one, other):
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def merged(parts):
    """The units of (label, start, end), ascending: parts of one label that touch or overlap are one unit."""
    units = []
    for label, start, end in sorted(parts):
        if units and units[-1].label == label and start <= units[-1].end:
            units[-1] = Segment(units[-1].start, max(units[-1].end, end), label)
        else:
            units.append(Segment(start, end, label))
    return sorted(units)


@cache
def continua(study, label):
    found = []
    for document in study.documents:
        lines = study.lines(document, label).values()
        units = [merged((span.label, *part) for span in line for part in span.fragments) for line in lines]
        found.append(Continuum(study.length(document), units))
    return found


def partition(units, length):
    """A line as units and the gaps around them; no two of the units may overlap."""
    segments, place = [], 0
    for unit in [*units, Segment(length, length, None)]:
        if place < unit.start:
            segments.append(Segment(place, unit.start, None))
        segments.append(unit)
        place = unit.end
    return segments[:-1]


def overlap(continua):
    """Whether units of one annotator overlap."""
    return any(common(*two) for continuum in continua for line in continuum.lines for two in pairwise(line))


def coincidences(continua, value=lambda segment: segment.label):
    """l_ck and R_c of 2016, added over documents; `value` may collapse labels."""
    l, r = Counter(), Counter()
    for whole, lines in continua:
        parts = [partition(line, whole) for line in lines]
        for ours, theirs in permutations(parts, 2):
            for one, other in product(ours, theirs):
                if length := common(one, other):
                    l[value(one), value(other)] += Fraction(length, len(lines) - 1)
        for segment in chain(*parts):
            r[value(segment)] += segment.length if segment.label is None else segment.length**2
    return l, r


def starred_coincidences(continua, union):
    """l*_ck, where both have marked something, and R*_c, from the length of each unit that can be paired.

    That is with each other annotator by itself, in the mean, or with `union` with any of them.
    """
    l, r = Counter(), Counter()
    for _, lines in continua:
        for place, ours in enumerate(lines):
            others = lines[:place] + lines[place + 1 :]
            for unit in ours:
                for other in chain(*others):
                    l[unit.label, other.label] += Fraction(common(unit, other), len(others))
                if union:
                    marked = {point for other in chain(*others) for point in range(other.start, other.end)}
                    r[unit.label] += len(marked.intersection(range(unit.start, unit.end))) ** 2
                else:
                    shared = [sum(common(unit, other) for other in line) for line in others]
                    r[unit.label] += Fraction(sum(length**2 for length in shared), len(others))
    return l, r


def margins(l):
    sums = Counter()
    for (c, _), length in l.items():
        sums[c] += length
    return sums


def chance(l, r):
    """ε_ck; None where the corrections leave nothing to pair with."""
    sums = margins(l)
    total = sums.total()
    rest = total and total - Fraction(r.total()) / total
    return rest > 0 and {(c, k): (sums[c] * sums[k] - (c == k) * r[c]) / rest for c, k in product(sums, repeat=2)} or None


def figure(observed, expected, items):
    """The figure of two disagreements; it does not exist where chance agrees fully."""
    return Figure(float(1 - observed / expected) if expected else None, items, float(observed), float(expected))


def family_alpha(l, r, items):
    """ᵤα, |ᵤα or cᵤα, by what is counted in l and r."""
    epsilon = chance(l, r)
    if epsilon is None:
        return Figure(None, items)
    return figure(*(sum(x[c, k] for c, k in x if c != k) / sum(l.values()) for x in (l, epsilon)), items)


def label_alpha(l, r, k, items):
    """(k)ᵤα: how far what one has marked k is k for the others that have marked it."""
    rows = [(pairs[k, k], margins(pairs)[k]) for pairs in (l, Counter(chance(l, r)))]
    if not all(row for _, row in rows):
        return Figure(None, items)
    return figure(*((row - same) / row for same, row in rows), items)


def squared_difference(one, other):
    """δ² of 1995, of two segments by two annotators."""
    if not common(one, other) or one.label is other.label is None:
        return 0
    if one.label == other.label:
        return (one.start - other.start) ** 2 + (one.end - other.end) ** 2
    unit, gap = (other, one) if one.label is None else (one, other)
    return unit.length**2 if common(unit, gap) == unit.length else 0


def disagreements(continua, c):
    """D_oc and D_ec of 1995, in the form of 2004; every document has equally many annotators."""
    observed, segments = 0, []
    for whole, lines in continua:
        parts = [partition([unit for unit in line if unit.label == c], whole) for line in lines]
        observed += sum(squared_difference(*two) for pair in combinations(parts, 2) for two in product(*pair))
        segments += chain(*parts)
    units, gaps = ([one.length for one in segments if one.label == kind] for kind in (c, None))
    if not units:
        return 0, 0
    L, m = sum(continuum.length for continuum in continua), len(continua[0].lines)
    chance = sum(
        Fraction(len(units) - 1, 3) * (2 * unit**3 - 3 * unit**2 + unit)
        + unit**2 * sum(gap - unit + 1 for gap in gaps if gap >= unit)
        for unit in units
    )
    places = m * L * (m * L - 1) - sum(unit * (unit - 1) for unit in units)
    return Fraction(2 * observed, m * (m - 1) * L**2), Fraction(2, L) * chance / places


def alpha_1995(continua, labels, items):
    return figure(*map(sum, zip(*(disagreements(continua, c) for c in sorted(labels)))), items)


@cache
def starred(study, union):
    """l* and R* of all labels that count; None where lines are no partitions."""
    return None if overlap(continua(study, None)) else starred_coincidences(continua(study, None), union)


def continuum_figures(study, label, union=False):
    """`{measure: Figure}`; those of 2016 need partitions, that of 1995 the same annotators in every document."""
    ours, counts, items = continua(study, label), starred(study, union), study.span_count(label)
    present = {tuple(study.present(document)) for document in study.documents}
    undefined = Figure(None, items)
    figures = {
        "alpha-u-1995": alpha_1995(ours, study.counted(label), items) if len(present) == 1 else undefined,
        "alpha-u": undefined if overlap(ours) else family_alpha(*coincidences(ours), items),
    }
    if label is not None:
        figures["alpha-ku"] = label_alpha(*counts, label, items) if counts else undefined
    else:
        marked = coincidences(ours, lambda segment: segment.label is not None) if counts else None
        figures["alpha-u-binary"] = family_alpha(*marked, items) if marked else undefined
        figures["alpha-cu"] = family_alpha(*counts, items) if counts else undefined
    return figures
