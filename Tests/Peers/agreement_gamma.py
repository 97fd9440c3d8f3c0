"""The observed disorders of γ, by integer programs over every alignment of a unit with others that may be worth it.

What chance gives is drawn by gainsay and not worked out here.
"""

import math
from functools import cache
from itertools import combinations, compress
from typing import NamedTuple

import numpy as np
from agreement_corpus import Figure
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

SCALE = 10_000  # of costs: HiGHS stops within an absolute 1e-6 of the optimum
NEAR = 1e-9  # sums that differ by less are equal
MOST_ALIGNMENTS = 20


class Unit(NamedTuple):
    start: int
    end: int
    label: str


class Weights(NamedTuple):
    """Of places, of labels, and of what is missing: α, β and Δ∅."""

    alpha: float = 1
    beta: float = 1
    delta: float = 1


class Best(NamedTuple):
    cost: float
    alignments: list  # lists of unitary alignments, each with a unit or None for every annotator


def positional(u, v):
    """d_pos, before it is weighted."""
    return ((abs(u.start - v.start) + abs(u.end - v.end)) / (u.end - u.start + v.end - v.start)) ** 2


def dissimilarity(u, v, weights):
    if u is None or v is None:
        return weights.delta
    return weights.delta * (weights.alpha * positional(u, v) + weights.beta * (u.label != v.label))


def candidates(lines, weights):
    """Every unitary alignment that costs n·Δ∅ at most, as (the units' places, None for none, and its cost)."""
    n = len(lines)
    pairs = math.comb(n, 2)
    between = cache(lambda u, v: dissimilarity(u, v, weights))

    def grow(places, units, total):
        if len(places) == n:
            if any(place is not None for place in places):
                yield places, total / pairs
            return
        for place, unit in [(None, None), *enumerate(lines[len(places)])]:
            more = total + sum(between(other, unit) for other in units)
            if more <= n * pairs * weights.delta + NEAR:
                yield from grow((*places, place), (*units, unit), more)

    return list(grow((), (), 0))


def units_at(lines, places):
    return [None if place is None else lines[line][place] for line, place in enumerate(places)]


def least(costs, *constraints):
    """The choice of candidates with the least total cost, None where there is none."""
    options = {"mip_rel_gap": 0}
    found = milp(
        costs * SCALE, integrality=np.ones(len(costs)), bounds=Bounds(0, 1), constraints=constraints, options=options
    )
    return None if found.x is None else found.x > 0.5


@cache
def best(lines, covering=False, weights=Weights()):
    """The least cost of alignments of tuples of units, and those that have it; there can be several.

    With `covering` a unit may stand in several unitary alignments, and one optimum is enough.
    """
    units = [(line, place) for line, units in enumerate(lines) for place in range(len(units))]
    if not units:
        return Best(0, [[]])
    row = {unit: number for number, unit in enumerate(units)}
    found = candidates(lines, weights)
    costs = np.array([cost for _, cost in found])
    entries = [
        (row[line, place], column)
        for column, (places, _) in enumerate(found)
        for line, place in enumerate(places)
        if place is not None
    ]
    matrix = csr_array((np.ones(len(entries)), tuple(zip(*entries))), shape=(len(units), len(found)))
    constraints = [LinearConstraint(matrix, 1, np.inf if covering else 1)]
    optima, chosen = [], least(costs, *constraints)
    cost = math.fsum(costs[chosen])
    while chosen is not None and math.fsum(costs[chosen]) <= cost + NEAR:
        optima.append(chosen)
        if covering or len(optima) == MOST_ALIGNMENTS:
            break
        constraints.append(LinearConstraint(chosen.astype(float), 0, chosen.sum() - 1))
        chosen = least(costs, *constraints)
    return Best(cost, [[units_at(lines, places) for places, _ in compress(found, chosen)] for chosen in optima])


def categorial(alignment, label, weights=Weights()):
    """The numerator and the denominator of γ_cat's disorder, or of γ_k's for a label k."""
    disorder, total = [], []
    for aligned in alignment:
        units = [unit for unit in aligned if unit is not None]
        for u, v in combinations(units, 2):
            if label in (None, u.label, v.label):
                weight = max(0, 1 - weights.alpha * weights.delta * positional(u, v)) / (len(units) - 1)
                disorder.append(weight * weights.delta * (u.label != v.label))
                total.append(weight)
    return math.fsum(disorder), math.fsum(total)


def categorial_of_best(lines, label):
    """The same of a best alignment, and whether all best ones have it."""
    alignments = best(lines).alignments
    parts = np.array([categorial(alignment, label) for alignment in alignments])
    return *parts[0], len(parts) < MOST_ALIGNMENTS and bool((abs(parts - parts[0]) < NEAR).all())


def lines_of(study, document, label):
    spans = study.lines(document, label).values()
    return tuple(tuple(sorted(Unit(*span.hull, span.label) for span in line)) for line in spans)


def share(numerators, denominators, items, unique=True):
    """The figure of an observed disorder; there is none where nothing is compared."""
    total = math.fsum(denominators)
    return Figure(None, items, math.fsum(numerators) / total if total else None, None, unique)


def gamma_figures(study, label):
    """`{measure: Figure}` without values and what chance gives."""
    items = study.span_count(label)
    ours = [lines_of(study, document, label) for document in study.documents]
    sizes = [sum(map(len, lines)) / len(lines) for lines in ours]
    figures = {
        "gamma": share([best(lines).cost for lines in ours], sizes, items),
        "gamma-soft": share([best(lines, covering=True).cost for lines in ours], sizes, items),
    }
    everything = [lines_of(study, document, None) for document in study.documents]
    disorders, weights, unique = zip(*(categorial_of_best(lines, label) for lines in everything))
    figures["gamma-cat" if label is None else "gamma-k"] = share(disorders, weights, items, all(unique))
    return figures
