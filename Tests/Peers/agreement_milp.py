"""Holds best alignments to those that HiGHS finds as integer programs.

Usage: agreement_milp.py GAINSAY_BENCHMARK [COUNT]

Makes COUNT continua from a seed, 300 unless said: attributions as in news, units that lie over one another, and both
as chance would have them; 2 to 6 annotators with 10 to 60 units each. The disorders must be equal to nine places.
"""

import json
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.dont_write_bytecode = True
try:
    from timings_milp import alignment_run
except ModuleNotFoundError as missing:
    print(f"skipped: the Python module {missing.name} is missing")
    sys.exit(77)

SEED = 11
TOLERANCE = 1e-9  # of the disorder
LABELS = 3
# Of each annotator, by the number of annotators; the program grows with the power of the depth.
MOST_UNITS = {2: 60, 3: 60, 4: 60, 5: 40, 6: 30}
MOST_DEPTH = {2: 8, 3: 4, 4: 3, 5: 2, 6: 1}


# Making


def attribution(rng, start, longest=250):
    """Source, cue and content, next to one another, as lists of start, end and label."""
    parts = [(0, rng.randint(5, 40)), (1, rng.randint(4, 15)), (2, rng.randint(30, longest))]
    if rng.random() < 1 / 3:
        parts.reverse()
    spans = []
    for label, length in parts:
        spans.append([start, start + length, label])
        start += length + 1
    return spans


def attributions(rng, units):
    """Groups of spans that are marked together or not at all; some stand inside a content."""
    groups, at = [], 0
    while 3 * len(groups) < units:
        group = attribution(rng, at)
        groups.append(group)
        content = next(span for span in group if span[2] == 2)
        if content[1] - content[0] > 180 and rng.random() < 1 / 3:
            groups.append(attribution(rng, content[0] + rng.randint(0, 4), 110))
        at = group[2][1] + rng.randint(2, 60)
    return groups


def dense(rng, units, depth):
    """Single units, so many over one another everywhere."""
    groups, at = [], 0
    for _ in range(units):
        length = rng.randint(61, 300) if rng.random() < 0.05 else rng.randint(5, 60)
        groups.append([[at, at + length, rng.randrange(LABELS)]])
        at += max(1, length // depth)
    return groups


def marked(rng, groups, relabeled):
    """What an annotator makes of them: misses an eighth, moves an end of each seventh span, adds a few."""
    spans = set()
    for group in groups:
        if rng.random() > 1 / 8:
            for start, end, label in group:
                if rng.random() < 1 / 7:
                    shift = rng.randint(4, 12) * rng.choice([-1, 1])
                    if rng.random() < 0.5:
                        start = min(max(0, start + shift), end - 1)
                    else:
                        end = max(start + 1, end + shift)
                if rng.random() < relabeled:
                    label = rng.randrange(LABELS)
                spans.add((start, end, label))
        if rng.random() < 1 / 30:
            start = max(0, group[0][0] + rng.randint(-60, 60))
            spans.add((start, start + rng.randint(5, 120), rng.randrange(LABELS)))
    return sorted(spans)


def by_chance(rng, layers):
    """Each annotator's units moved around the text; one that crosses its end stays whole."""
    length = max(end for spans in layers for _, end, _ in spans)
    moved = []
    for spans in layers:
        distance = rng.randrange(length)
        starts = [((start + distance) % length, end - start, label) for start, end, label in spans]
        moved.append(sorted((start, start + size, label) for start, size, label in starts))
    return moved


def continuum(rng, number):
    annotators = 2 + number // 4 % 5
    units = rng.randint(10, MOST_UNITS[annotators])
    if number % 4 < 2:
        groups, relabeled = attributions(rng, units), 0
    else:
        groups, relabeled = dense(rng, units, rng.randint(1, MOST_DEPTH[annotators])), 0.1
    layers = [marked(rng, groups, relabeled) for _ in range(annotators)]
    return by_chance(rng, layers) if number % 2 else layers


# Comparing


def disorders(benchmark, continua):
    """What gainsay says, one for each continuum."""
    documents = [{"units": layers} for layers in continua]
    with TemporaryDirectory() as folder:
        path = Path(folder, "continua.json")
        path.write_text(json.dumps({"docs": documents}))
        call = [benchmark, "gamma", "--disorders", "--data", path]
        lines = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return [float(line) for line in lines]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    count = int(sys.argv[2]) if len(sys.argv) == 3 else 300
    rng = random.Random(SEED)
    continua = [continuum(rng, number) for number in range(count)]
    differences, most = 0, 0.0
    for layers, ours in zip(continua, disorders(sys.argv[1], continua), strict=True):
        theirs = alignment_run([(who, *unit) for who, spans in enumerate(layers) for unit in spans])()
        most = max(most, abs(ours - theirs) / theirs)
        if not abs(ours - theirs) <= TOLERANCE * theirs:
            differences += 1
            print(f"gainsay {ours!r}, HiGHS {theirs!r}: {json.dumps(layers)}")
    print(f"{count - differences} of {count} best alignments are those of HiGHS; they differ by {most:.1g} at most.")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
