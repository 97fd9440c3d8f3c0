"""The best alignment as an integer program for HiGHS, which `timings.py` times and `agreement_milp.py` checks with.

Unitary alignments are listed, and those chosen that cost least with each unit in exactly one. α, β and Δ∅ are 1.
"""

import math
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array

SCALE = 10_000  # of costs: HiGHS stops within an absolute 1e-6 of the optimum
NEAR = 1e-9  # what is this close to a bound is kept
FIRST = 0.05  # the reduced costs of the candidates of the first choice
BLOCK = 2**16  # rows worked on at once


def dissimilarities(units):
    """d(u, v) of every two units; these are rows of annotator, start, end and label."""
    _, start, end, label = np.asarray(units, float).T
    length = end - start
    shift = abs(start[:, None] - start) + abs(end[:, None] - end)
    return (shift / (length[:, None] + length)) ** 2 + (label[:, None] != label)


def splits(size):
    """Each way to part places 0 to size − 1 into two lists."""
    for count in range(1, size):
        for part in combinations(range(1, size), count):
            yield list(part), [place for place in range(size) if place not in part]


def worthwhile(rows, d, annotators, more):
    """Of unitary alignments, as rows of units: those that may be in a best alignment, with up to so many units `more`.

    Splitting T into A and B, with X the dissimilarities between the two, saves nothing only where
    X(A, B) < n(n − 1)/2 + |A||B|. Further units do not lower X, and as this must hold with all of them in A and with
    all in B, each raises the bound by the smaller of |A| and |B|.
    """
    keep = np.ones(len(rows), bool)
    for part, rest in splits(rows.shape[1]):
        across = sum(d[rows[:, u], rows[:, v]] for u in part for v in rest)
        bound = math.comb(annotators, 2) + len(part) * len(rest) + more * min(len(part), len(rest))
        keep &= across < bound + NEAR
    return rows[keep]


def candidates(units, d, annotators):
    """The unitary alignments of two or more units that no split improves: a matrix of rows of units for each size."""
    who = np.asarray(units)[:, 0]
    near = (d < math.comb(annotators, 2) + annotators - 1 + NEAR) & (who[:, None] < who)
    later = [np.flatnonzero(row) for row in near]
    rows = np.arange(len(units))[:, None]
    for size in range(2, annotators + 1):
        grown = [np.empty((0, size), int)]
        for begin in range(0, len(rows), BLOCK):
            block = rows[begin : begin + BLOCK]
            added = [later[last] for last in block[:, -1]]
            longer = np.column_stack([np.repeat(block, list(map(len, added)), axis=0), np.concatenate(added)])
            free = annotators - 1 - who[longer[:, -1]]  # annotators from whom a unit may still come
            grown.append(worthwhile(longer, d, annotators, free))
        rows = np.concatenate(grown)
        yield worthwhile(rows, d, annotators, 0)


def model(units, annotators):
    """The costs of unitary alignments, first those of each unit alone, and the matrix units × alignments."""
    d = dissimilarities(units)
    pairs = math.comb(annotators, 2)
    sets, costs = [np.arange(len(units))[:, None]], [np.ones(len(units))]
    for rows in candidates(units, d, annotators):
        size = rows.shape[1]
        between = sum(d[rows[:, u], rows[:, v]] for u, v in combinations(range(size), 2))
        cost = (between + pairs - math.comb(size, 2)) / pairs
        saves = cost < size + NEAR
        sets.append(rows[saves])
        costs.append(cost[saves])
    members = np.concatenate([rows.ravel() for rows in sets])
    ends = np.cumsum(np.concatenate([np.full(len(rows), rows.shape[1]) for rows in sets]))
    costs = np.concatenate(costs)
    matrix = csc_array((np.ones(len(members)), members, np.append(0, ends)), shape=(len(units), len(costs)))
    return costs, matrix


def least_choice(costs, matrix):
    """The least cost of columns that have each row exactly once."""
    found = milp(
        costs * SCALE,
        integrality=np.ones(len(costs)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, 1, 1),
        options={"mip_rel_gap": 0},
    )
    if found.status != 0:
        raise ArithmeticError(found.message)
    chosen = found.x > 0.5
    if not (matrix @ chosen == 1).all():
        raise ArithmeticError("a unit is not in exactly one unitary alignment")
    return math.fsum(costs[chosen])


def least_cost(units, annotators):
    """The cost of the best alignment, Σ δ.

    Whatever the prices of units, a choice costs their sum and the reduced costs of its columns. So the sum, with what
    reduced costs are negative, is a lower bound, and no column whose reduced cost is above the distance from there to
    some choice is in a better one. With the prices of the linear relaxation few are left.
    """
    costs, matrix = model(units, annotators)
    prices = linprog(costs, A_eq=matrix, b_eq=np.ones(len(units)), method="highs-ds").eqlin.marginals
    reduced = costs - matrix.T @ prices
    bound = math.fsum(prices) + math.fsum(reduced[reduced < 0])
    first = reduced <= FIRST
    first[: len(units)] = True  # there is a choice: each unit alone
    distance = least_choice(costs[first], matrix[:, first]) - bound
    left = reduced <= distance + NEAR
    return least_choice(costs[left], matrix[:, left])


def alignment_run(units):
    annotators = 1 + max(unit[0] for unit in units)
    return lambda: least_cost(units, annotators) * annotators / len(units)
