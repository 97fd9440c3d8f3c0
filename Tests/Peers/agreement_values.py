"""Agreement on the values of attributes, with pairs of aligned spans as items."""

from collections import Counter

from agreement_corpus import Figure
from agreement_items import Table
from agreement_relations import MOST_ALIGNMENTS, alignments
from sklearn.metrics import adjusted_rand_score

NONE = "no value"
AMBIGUOUS = Figure(None, 0, unique=False)


def values_of(study, pair, least, name):
    """The values that two annotators gave on aligned spans, where either gave one; None if that depends on which of
    several best alignments is taken."""
    values = []
    for document in study.shared(pair):
        found = []
        for alignment in alignments(document, pair, least):
            ours, theirs = ({span.id: span for span in document.spans[who]} for who in pair)
            both = [
                (ours[one].attributes.get(name, NONE), theirs[other].attributes.get(name, NONE))
                for one, other in alignment.items()
                if ours[one].label in study.labels
            ]
            found.append(Counter(value for value in both if value != (NONE, NONE)))
        if len(found) == MOST_ALIGNMENTS or any(one != found[0] for one in found):
            return None
        values += found[0].elements()
    return values


def b_cubed(ours, theirs):
    """F1 of B³, item by item."""

    def mean(of, other):
        groups = Counter(of), Counter(zip(of, other))
        return sum(groups[1][pair] / groups[0][pair[0]] for pair in zip(of, other)) / len(of)

    precision, recall = mean(theirs, ours), mean(ours, theirs)
    return 2 * precision * recall / (precision + recall)


def adjusted_rand(values):
    groups = [len(set(side)) for side in zip(*values)]
    if len(values) < 2 or groups in ([1, 1], [len(values)] * 2):
        return Figure(None, len(values))
    return Figure(float(adjusted_rand_score(*zip(*values))), len(values))


def partitions(values):
    """Which spans got the same value of both, where both gave one."""
    both = [value for value in values if NONE not in value]
    cubed = Figure(b_cubed(*zip(*both)) if both else None, len(both))
    return {"adjusted-rand": adjusted_rand(both) if both else Figure(None, 0), "b-cubed": cubed}


def value_counts(study, scheme, least):
    """For each attribute how many values occur, no value being one; at least two."""
    counts = {}
    for name in scheme.attributes:
        found = [values_of(study, pair, least, name) or [] for pair in study.pairs]
        counts[name] = max(2, len({value for values in found for both in values for value in both}))
    return counts


def value_figures(study, scheme, least, counts):
    """`{(measure, unit, label, annotators): Figure}`, with how many values each attribute has."""
    figures = {}
    for name in scheme.attributes:
        found = {pair: values_of(study, pair, least, name) for pair in study.pairs}
        is_unique = None not in found.values()
        rows = []
        for pair in study.pairs:
            places = [study.annotators.index(who) for who in pair]
            for value in found[pair] or []:
                row = [None] * len(study.annotators)
                row[places[0]], row[places[1]] = value
                rows.append(row)
        table = Table(rows)
        of_all = {
            "observed-agreement": table.observed_agreement(),
            "fleiss-kappa": table.fleiss_kappa(),
            "hubert-kappa": table.hubert_kappa(),
            "bennett-s": table.bennett_s(counts[name]),
            "gwet-ac1": table.gwet_ac1(counts[name]),
            "krippendorff-alpha": table.krippendorff_alpha(),
        }
        of_pairs = {measure: {} for measure in ("cohen-kappa", "scott-pi")}
        if name in scheme.texts:
            of_pairs |= {measure: {} for measure in ("adjusted-rand", "b-cubed")}
        for pair in study.pairs:
            values = found[pair] or []
            two = {"cohen-kappa": Table(values).cohen_kappa(), "scott-pi": Table(values).fleiss_kappa()}
            for measure, figure in (two | partitions(values)).items():
                if measure in of_pairs:
                    of_pairs[measure][pair] = figure
        for measure, figure in of_all.items():
            figures[measure, "attribute", name, None] = figure if is_unique else AMBIGUOUS
        for measure, by_pair in of_pairs.items():
            for pair, figure in by_pair.items():
                figures[measure, "attribute", name, pair] = figure if found[pair] is not None else AMBIGUOUS
            figures[measure, "attribute", name, None] = study.mean(by_pair) if is_unique else AMBIGUOUS
            for who, own in study.each(by_pair).items() if measure == "cohen-kappa" else ():
                known = all(found[pair] is not None for pair in own)
                figures[measure, "attribute", name, who] = study.mean(own) if known else AMBIGUOUS
    return figures
